#include "app/county_bed.h"

#include "../sample/sample_returns.h"
#include "store/county_store.h"
#include "store/import_store.h"
#include "store/returns_store.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

enum { NOW = 1790000000 };

struct county_bed county_bed_empty(void)
{
    struct county_bed b = { .mem = arena_new("bed"), .actor = actor_console(), .err = { .kind = ERR_NONE } };
    char *folder = arena_printf(b.mem, "/tmp/junheng-bed-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    b.folder = folder;
    CHECK_OK(house_init(folder, TEXT(SAMPLE_COUNTY_CODE), TEXT(SAMPLE_COUNTY_NAME), true, &b.err), b.err);
    CHECK_OK(house_open(&(struct house_options){ .folder = folder }, &b.house, &b.err), b.err);
    return b;
}

void county_bed_reopen(struct county_bed *b)
{
    house_close(&b->house);
    CHECK_OK(house_open(&(struct house_options){ .folder = b->folder }, &b->house, &b->err), b->err);
}

void county_bed_end(struct county_bed *b)
{
    house_close(&b->house);
    DIR *dir = opendir(b->folder);
    for (const struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            unlink(arena_printf(b->mem, "%s/%s", b->folder, entry->d_name));
    if (dir)
        closedir(dir);
    rmdir(b->folder);
    arena_free(&b->mem);
}

struct returns *county_bed_returns(struct county_bed *b, int years)
{
    const struct item_list *const items = &house_edition(b->house)->items;
    struct returns *r = returns_of_sample(b->mem, sample_county(b->mem, 1, 2025, years), items);
    for (size_t s = 0; s < r->n_sources; s++)
        for (size_t i = 0; i < items->n; i++)
            if (r->number[i] || r->text[i])
                r->sources[s].place[i] = (uint32_t)i + 1;
    return r;
}

struct staging { struct county_bed *bed; const struct returns *returns; const struct findings *findings; struct text id; };

static bool stage(void *context, struct db_session *session, struct err *err)
{
    struct staging *const s = context;
    const struct text county = house_county(s->bed->house);
    const struct text hash = TEXT("0000000000000000000000000000000000000000000000000000000000000000");
    const struct import_file_record file = { TEXT("样例"), hash, 3 };
    struct import_record record = { .id = s->id, .stamp = { 0, TEXT("测试"), NOW } };
    struct text hashes[8] = { hash, hash, hash, hash, hash, hash, hash, hash };
    if (s->findings)
        record.tally.errors = (int64_t)finding_count(s->findings, FINDING_ERROR);
    return store_county_version(session, county, &record.seen_version, err) && store_file_put(session, county, hash, TEXT("abc"), err) &&
           store_import_add(session, county, &record, &file, 1, err) &&
           (!s->findings || store_import_findings_put(session, county, s->id, s->findings, err)) &&
           store_stage(session, county, s->id, s->returns, hashes, err);
}

struct text county_bed_stage(struct county_bed *b, const struct returns *returns, const struct findings *findings)
{
    static unsigned count;
    struct staging s = { b, returns, findings, text_printf(b->mem, "import%u", ++count) };
    county_bed_write(b, stage, &s);
    return s.id;
}

struct confirming { struct county_bed *bed; struct text id; struct import_decision decision; struct import_done done; };

static bool confirm(void *context, struct db_session *session, struct err *err)
{
    struct confirming *const c = context;
    return app_import_confirm(c->bed->house, session, &c->bed->actor, c->id, &c->decision, NOW, &c->done, err);
}

struct import_done county_bed_confirm(struct county_bed *b, struct text id)
{
    struct confirming c = { .bed = b, .id = id, .decision = { .errors = IMPORT_LEAVE_OUT, .seen_version = county_bed_version(b) } };
    county_bed_write(b, confirm, &c);
    return c.done;
}

struct county_bed county_bed_full(int years)
{
    struct county_bed b = county_bed_empty();
    county_bed_confirm(&b, county_bed_stage(&b, county_bed_returns(&b, years), NULL));
    return b;
}

int64_t county_bed_version(struct county_bed *b)
{
    struct db_session *session;
    int64_t version = -1;
    CHECK_OK(db_read_begin(house_db(b->house), &session, &b->err), b->err);
    CHECK_OK(store_county_version(session, house_county(b->house), &version, &b->err), b->err);
    db_read_end(&session);
    return version;
}

void county_bed_write(struct county_bed *b, db_work *work, void *context)
{
    CHECK_OK(house_write(b->house, work, context, &b->err), b->err);
}

double county_bed_figure(struct county_bed *b, int year, const char *school, const char *item)
{
    const struct snapshot *s;
    CHECK_OK(house_snapshot(b->house, &s, &b->err), b->err);
    const size_t row = snapshot_school(s, snapshot_year(s, year), text_of(school), &b->actor);
    const double figure = row == SIZE_MAX ? BLANK : returns_number(s->returns, row, item_find(&s->edition->items, text_of(item)));
    snapshot_release(&s);
    return figure;
}

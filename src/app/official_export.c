#include "app/official_export.h"

#include "app/audit.h"
#include "app/house_inside.h"
#include "app/official.h"
#include "app/written.h"
#include "base/number.h"
#include "indicator/assess.h"
#include "report/write_workbook.h"
#include "store/audit_store.h"
#include "store/returns_store.h"

static bool has_form(const struct house *house, struct err *err)
{
    if (house->official)
        return true;
    err_set(err, ERR_ABSENT, "标准版本“%.*s”没有申报表。", TEXT_ARG(house->edition->id));
    return err_hint(err, "申报表（表Ⅰ–Ⅵ）由 official_sheets、official_cells、official_figures 三张 .csv 表给出，见 standards/README.md。");
}

bool app_official_now(struct house *house, const struct snapshot *snapshot, size_t year, struct arena *mem, struct sheet **sheets,
                      size_t *n_out, struct err *err)
{
    if (!has_form(house, err))
        return false;
    app_official_tables(house->official, snapshot->assessment, year, text_printf(mem, "%llu", (unsigned long long)snapshot->version), mem, sheets, n_out);
    return true;
}

/* ---- writing ------------------------------------------------------------------------------ */

/* "official:2025" */
static struct text object_of(struct arena *mem, int year)
{
    return text_printf(mem, "official:%d", year);
}

struct book { struct sheet *const *sheets; size_t n; };

static bool write_book(const char *path, void *context, struct err *err)
{
    const struct book *const book = context;
    return write_workbook(path, book->sheets, book->n, err);
}

struct writing { const struct actor *actor; struct text object, detail; int64_t now; };

static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct writing *const w = context;
    return audit_write(session, w->actor, "export.workbook", w->object, w->detail, w->now, err);
}

bool app_official_write(struct house *house, const struct actor *actor, const struct snapshot *snapshot, size_t year, struct text address,
                        int64_t now, struct arena *mem, struct text *xlsx_out, struct err *err)
{
    struct sheet *sheets[MOST_OFFICIAL_SHEETS];
    size_t n, cells = 0;
    if (!actor_may(actor, MAY_EXPORT, err) || !app_official_now(house, snapshot, year, mem, sheets, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        sheets[i]->address = address;
    if (!app_written(write_book, &(struct book){ sheets, n }, mem, xlsx_out, err))
        return false;
    for (size_t i = 0; i < n; i++)
        cells += sheets[i]->n;
    struct writing writing = { actor, object_of(mem, snapshot->years[year]),
                               text_printf(mem, "version=%llu sheets=%zu cells=%zu", (unsigned long long)snapshot->version, n, cells), now };
    const bool ok = db_write(house->db, note, &writing, err);
    if (ok)
        house_redraw(house); /* pages that say what has changed since the last export */
    return ok;
}

/* ---- what was written --------------------------------------------------------------------- */

bool app_official_last(struct house *house, int year, struct arena *mem, struct official_written *out, struct err *err)
{
    struct db_session *session;
    struct audit_line line;
    bool found;
    *out = (struct official_written){ 0 };
    if (!db_read_begin(house->db, &session, err))
        return false;
    const bool ok = store_audit_last(session, TEXT("export.workbook"), object_of(mem, year), mem, &line, &found, err);
    db_read_end(&session);
    if (!ok || !found)
        return ok;
    struct text rest = line.detail, word;
    double version = 0;
    while (text_split(&rest, ' ', &word))
        if (text_starts(word, TEXT("version=")) && number_parse((struct text){ word.at + 8, word.size - 8 }, &version))
            *out = (struct official_written){ true, line.at, (int64_t)version, line.who };
    return true;
}

bool app_official_then(struct house *house, const struct snapshot *snapshot, int year, int64_t version, struct arena *mem,
                       struct sheet **sheets, size_t *n_out, struct err *err)
{
    struct db_session *session;
    struct returns *returns;
    *n_out = 0;
    if (!has_form(house, err) || !db_read_begin(house->db, &session, err))
        return false;
    const bool ok = store_returns(session, house->county, &house->edition->items, version, mem, &returns, err);
    db_read_end(&session);
    if (!ok)
        return false;
    for (size_t c = 0; c < returns->n_counties; c++)
        returns->counties[c].name = snapshot->county_name;
    const struct assess_request request = { .edition = house->edition, .by = NO_ITEM, .failing_rows = true };
    struct assessment *const assessment = arena_make(mem, struct assessment);
    assess(returns, &request, mem, assessment);
    for (size_t c = 0; c < assessment->n_counties; c++)
        if (returns->counties[c].year == year)
            app_official_tables(house->official, assessment, c, text_printf(mem, "%lld", (long long)version), mem, sheets, n_out);
    return true;
}

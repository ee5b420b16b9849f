/* A return as a workbook: given to whoever fills it in, and read back into the draft. */
#include "app/audit.h"
#include "app/entry.h"
#include "app/export.h"
#include "app/written.h"
#include "base/secret.h"
#include "intake/handover.h"
#include "model/returns_overlay.h"
#include "report/write_returns.h"

/* ---- out ---------------------------------------------------------------------------------- */

static bool write_it(const char *path, void *context, struct err *err)
{
    size_t rows;
    return write_returns(context, path, &rows, err);
}

static struct returns *one_row(const struct item_list *items, const struct entry_place *at, const struct entry_figure *figures, struct arena *mem)
{
    struct returns *const r = returns_new(items, mem);
    const size_t row = returns_add(r, returns_county(r, at->county, at->year), (struct origin){ UINT32_MAX, 0 });
    for (uint16_t i = 0; i < items->n; i++) {
        if (items->at[i].level != ITEM_SCHOOL)
            continue;
        if (items->at[i].type == ITEM_TEXT)
            returns_put_text(r, row, i, figures[i].text);
        else
            returns_put_number(r, row, i, figures[i].there ? figures[i].number : BLANK);
    }
    returns_put_text(r, row, items->school_code, at->school);
    returns_arrange(r);
    return r;
}

bool app_entry_workbook(struct house *house, const struct actor *actor, int year, struct text school, int64_t now, struct arena *mem,
                        struct text *name_out, struct text *bytes_out, struct err *err)
{
    const struct edition *const edition = house_edition(house);
    const struct entry_place at = { house_county(house), year, school };
    struct collection_record collection;
    struct way way;
    struct entry_figure *figures;
    struct db_session *session;
    if (!(actor->permissions & (MAY_FILL | MAY_CONFIRM | MAY_EXPORT)))
        return actor_may(actor, MAY_FILL, err);
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = app_way(session, house, actor, year, school, now, mem, &collection, &way, err) &&
                    app_entry_figures(session, &at, &edition->items, mem, &figures, err);
    db_read_end(&session);
    if (!ok)
        return false;
    const bool visible = true;
    struct returns_request request = { .edition = edition, .returns = one_row(&edition->items, &at, figures, mem), .county = 0, .visible = &visible,
                                       .without_county = true, .mark = TEXT("") };
    *name_out = text_printf(mem, "%.*s-%d学年-填报.xlsx", TEXT_ARG(way.record.name.size ? way.record.name : school), year);
    return app_written(write_it, &request, mem, bytes_out, err) &&
           app_export_note(house, actor, text_printf(mem, "return/%d/%.*s", year, TEXT_ARG(school)), TEXT(""), now, err);
}

/* ---- in ----------------------------------------------------------------------------------- */

struct uploading {
    struct house *house;
    const struct actor *actor;
    const struct entry_place *at;
    const struct returns *read;
    size_t row;
    struct text bytes;
    int64_t now;
    struct arena *mem;
    struct entry_uploaded *out;
};

static struct text typed_of(const struct uploading *u, uint16_t item)
{
    const struct item *const it = &u->read->items->at[item];
    return it->type == ITEM_TEXT ? returns_text(u->read, u->row, item) : entry_typed(u->mem, it, returns_number(u->read, u->row, item), TEXT(""));
}

static const struct entry_cell_record *cell_of(const struct entry_cell_record *cells, size_t n, uint16_t item)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i].item == item)
            return &cells[i];
    return NULL;
}

/* What the workbook leaves blank stays as it is: a blank there is no wish to take a figure away. */
static bool put_them(void *context, struct db_session *session, struct err *err)
{
    struct uploading *const u = context;
    const struct item_list *const items = u->read->items;
    struct entry_cell_record *stand;
    struct entry_figure *figures;
    size_t n_stand, n = 0;
    struct entry_typed_cell *const cells = arena_array(u->mem, items->n, struct entry_typed_cell);
    struct entry_saved *const saved = arena_array(u->mem, items->n, struct entry_saved);
    unsigned char hash[SHA256_SIZE];
    char hex[HEX_SIZE(SHA256_SIZE) + 1];
    if (!store_entry_cells(session, u->at, items, u->mem, &stand, &n_stand, err) ||
        !app_entry_figures(session, u->at, items, u->mem, &figures, err))
        return false;
    u->out->changes = arena_array(u->mem, items->n, struct entry_change);
    for (uint16_t i = 0; i < items->n; i++) {
        const struct item *const item = &items->at[i];
        const struct text typed = item->level == ITEM_SCHOOL ? typed_of(u, i) : TEXT("");
        if (!typed.size)
            continue;
        const struct entry_cell_record *const was = cell_of(stand, n_stand, i);
        const struct text before = was && was->typed.size ? was->typed : entry_typed(u->mem, item, figures[i].number, figures[i].text);
        if (text_equal(before, typed)) {
            u->out->same++;
            continue;
        }
        u->out->changes[n] = (struct entry_change){ item->code, item->zh, before, typed };
        cells[n++] = (struct entry_typed_cell){ i, typed, was ? was->stamp : 0 };
    }
    u->out->n_changes = n;
    secret_sha256(u->bytes, hash);
    secret_hex(hash, sizeof hash, hex);
    return app_entry_save_many(u->house, session, u->actor, u->at->year, u->at->school, cells, n, u->now, u->mem, saved, err) &&
           audit_write(session, u->actor, "entry.upload", text_printf(u->mem, "return/%d/%.*s", u->at->year, TEXT_ARG(u->at->school)),
                       text_printf(u->mem, "cells=%zu sha256=%s", n, hex), u->now, err);
}

/* Only what speaks of figures of this school: others' rows are not his to mend. */
static void keep_findings(const struct findings *all, struct text school, struct arena *mem, struct entry_uploaded *out)
{
    out->findings = arena_array(mem, all->n, struct finding);
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i].level != FINDING_NOTE && (!all->at[i].school.size || text_find(all->at[i].school, school, NULL)))
            out->findings[out->n_findings++] = all->at[i];
}

bool app_entry_upload(struct house *house, const struct actor *actor, int year, struct text school, struct text name, struct text bytes,
                      int64_t now, struct arena *mem, struct entry_uploaded *out, struct err *err)
{
    const struct entry_place at = { house_county(house), year, school };
    const struct handover_file file = { handover_name(mem, name), bytes };
    const struct handover_request request = { .items = &house_edition(house)->items, .files = &file, .n_files = 1, .county = at.county, .year = year };
    struct findings findings = { .mem = mem };
    struct returns *read;
    struct entry_now stands;
    *out = (struct entry_uploaded){ 0 };
    /* Asked first: nobody reads a workbook of a stranger. */
    if (!actor_may(actor, MAY_FILL, err) || !app_entry_now(house, actor, year, school, now, mem, &stands, err) ||
        !handover_read(NULL, &request, mem, &read, &findings, err))
        return false;
    struct uploading u = { .house = house, .actor = actor, .at = &at, .read = read, .bytes = bytes, .now = now, .mem = mem, .out = out,
                           .row = returns_row(read, at.county, year, school) };
    if (u.row == SIZE_MAX) {
        err_set(err, ERR_INPUT, "“%.*s”里没有本校（%.*s）%d学年的数据。", TEXT_ARG(file.name), TEXT_ARG(school), year);
        return err_hint(err, "请在填报页下载本校的工作簿，填好再上传；学校代码和学年不要改。");
    }
    out->others = read->n - 1;
    keep_findings(&findings, school, mem, out);
    return house_write(house, put_them, &u, err);
}

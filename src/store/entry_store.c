#include "store/entry_store.h"

#include "base/number.h"
#include "store/figure_row.h"

static struct db_value text_value(struct text text)
{
    return text.size ? db_text(text) : db_null();
}

/* ---- cells -------------------------------------------------------------------------------- */

static struct entry_cell_record read_cell(const struct db_rows *rows, const struct item_list *items, uint16_t item, struct arena *mem)
{
    struct entry_cell_record cell = { .item = item, .typed = db_get_text(rows, 3, mem), .stamp = db_get_int(rows, 4),
                                      .by = { db_get_int(rows, 7), db_get_text(rows, 5, mem), db_get_int(rows, 6) } };
    figure_from_row(&items->at[item], db_get_real(rows, 1), db_get_text(rows, 2, mem), &cell.number, &cell.text);
    return cell;
}

bool store_entry_cells(struct db_session *session, const struct entry_place *at, const struct item_list *items, struct arena *mem,
                       struct entry_cell_record **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct entry_cell_record *const list = arena_array(mem, items->n, struct entry_cell_record);
    size_t n = 0;
    if (!db_select(session, Q_ENTRY_CELLS, DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school)), &rows, err))
        return false;
    while (db_next(&rows)) {
        const uint16_t item = item_find(items, db_get_text(&rows, 0, mem));
        if (item != NO_ITEM && n < items->n)
            list[n++] = read_cell(&rows, items, item, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_entry_cell(struct db_session *session, const struct entry_place *at, const struct item_list *items, uint16_t item,
                      struct arena *mem, struct entry_cell_record *out, struct err *err)
{
    struct db_rows rows;
    *out = (struct entry_cell_record){ .item = item, .number = BLANK };
    if (!db_select(session, Q_ENTRY_CELL,
                   DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school), db_text(items->at[item].code)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = read_cell(&rows, items, item, mem);
    return db_done(&rows, err);
}

bool store_entry_put(struct db_session *session, const struct entry_place *at, const struct item_list *items,
                     const struct entry_cell_record *cell, struct err *err)
{
    struct db_value number, text;
    figure_to_row(&items->at[cell->item], cell->number, cell->text, &number, &text);
    return db_run(session, Q_ENTRY_PUT,
                  DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school), db_text(items->at[cell->item].code), number, text,
                            text_value(cell->typed), db_int(cell->stamp), db_int(cell->by.account), db_text(cell->by.who), db_int(cell->by.at)),
                  err);
}

/* ---- figures: what stands, and versions ---------------------------------------------------- */

/* Rows of item, number, text. */
static bool read_figures(struct db_session *session, enum query query, const struct db_value *values, size_t n, const struct item_list *items,
                         struct arena *mem, struct entry_figure **out, struct err *err)
{
    struct db_rows rows;
    struct entry_figure *const list = arena_array(mem, items->n, struct entry_figure);
    for (size_t i = 0; i < items->n; i++)
        list[i].number = BLANK;
    *out = list;
    if (!db_select(session, query, values, n, &rows, err))
        return false;
    while (db_next(&rows)) {
        const uint16_t item = item_find(items, db_get_text(&rows, 0, mem));
        if (item == NO_ITEM)
            continue;
        list[item].there = true;
        figure_from_row(&items->at[item], db_get_real(&rows, 1), db_get_text(&rows, 2, mem), &list[item].number, &list[item].text);
    }
    return db_done(&rows, err);
}

bool store_figures_of_school(struct db_session *session, const struct entry_place *at, const struct item_list *items, struct arena *mem,
                             struct entry_figure **out, struct err *err)
{
    return read_figures(session, Q_ENTRY_STANDING, DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school)), items, mem, out, err);
}

bool store_return_version(struct db_session *session, const struct entry_place *at, const struct item_list *items, int64_t version,
                          struct arena *mem, struct entry_figure **out, struct err *err)
{
    return read_figures(session, Q_VERSION_CELLS, DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school), db_int(version)),
                        items, mem, out, err);
}

bool store_return_version_add(struct db_session *session, const struct entry_place *at, const struct item_list *items, int64_t version,
                              struct text kind, const struct entry_figure *figures, const struct stamp *by, struct err *err)
{
    if (!db_run(session, Q_VERSION_ADD,
                DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school), db_int(version), db_text(kind), db_int(by->account),
                          db_text(by->who), db_int(by->at)),
                err))
        return false;
    for (size_t i = 0; i < items->n; i++) {
        struct db_value number, text;
        if (!figures[i].there)
            continue;
        figure_to_row(&items->at[i], figures[i].number, figures[i].text, &number, &text);
        if (!db_run(session, Q_VERSION_CELL_ADD,
                    DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school), db_int(version), db_text(items->at[i].code), number, text),
                    err))
            return false;
    }
    return true;
}

bool store_return_versions(struct db_session *session, struct text county, struct text school, struct arena *mem,
                           struct return_version_record **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct return_version_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_VERSIONS_OF_SCHOOL, DB_VALUES(db_text(county), db_text(school)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct return_version_record){ (int)db_get_int(&rows, 0), db_get_int(&rows, 1), db_get_text(&rows, 2, mem),
                                                    db_get_text(&rows, 3, mem), db_get_int(&rows, 4) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

/* ---- reasons and remarks ------------------------------------------------------------------ */

bool store_entry_reason_put(struct db_session *session, const struct entry_place *at, const struct entry_reason_record *r, struct err *err)
{
    return db_run(session, Q_ENTRY_REASON_PUT,
                  DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school), db_text(r->item), db_text(r->rule), db_text(r->reason),
                            db_int(r->by.account), db_text(r->by.who), db_int(r->by.at)),
                  err);
}

bool store_entry_reasons(struct db_session *session, const struct entry_place *at, struct arena *mem, struct entry_reason_record **out,
                         size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct entry_reason_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_ENTRY_REASONS, DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct entry_reason_record){ db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem),
                                                  { 0, db_get_text(&rows, 3, mem), db_get_int(&rows, 4) } };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_entry_remark_add(struct db_session *session, const struct entry_place *at, const struct entry_remark_record *r, struct err *err)
{
    return db_run(session, Q_ENTRY_REMARK_ADD,
                  DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school), db_text(r->item), db_int(r->sent_back),
                            db_int(r->version), db_text(r->remark), db_int(r->by.account), db_text(r->by.who), db_int(r->by.at)),
                  err);
}

bool store_entry_remarks(struct db_session *session, const struct entry_place *at, struct arena *mem, struct entry_remark_record **out,
                         size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct entry_remark_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_ENTRY_REMARKS, DB_VALUES(db_text(at->county), db_int(at->year), db_text(at->school)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct entry_remark_record){ .item = db_get_text(&rows, 1, mem), .sent_back = db_get_int(&rows, 2) != 0,
                                                  .version = db_get_int(&rows, 3), .remark = db_get_text(&rows, 4, mem),
                                                  .by = { 0, db_get_text(&rows, 5, mem), db_get_int(&rows, 6) } };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

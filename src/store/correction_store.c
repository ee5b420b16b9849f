#include "store/correction_store.h"

#include "store/figure_row.h"

bool store_correction_add(struct db_session *session, struct text county, const struct item_list *items, const struct correction_record *r,
                          const struct correction_cell_record *cells, size_t n, struct err *err)
{
    if (!db_run(session, Q_CORRECTION_ADD,
                DB_VALUES(db_text(county), db_text(r->id), db_int(r->year), db_text(r->school), db_text(r->reason), db_int(r->asked.account),
                          db_text(r->asked.who), db_int(r->asked.at)),
                err))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct item *const item = &items->at[cells[i].item];
        struct db_value old_number, old_text, new_number, new_text;
        figure_to_row(item, cells[i].before.number, cells[i].before.text, &old_number, &old_text);
        figure_to_row(item, cells[i].after.number, cells[i].after.text, &new_number, &new_text);
        if (!db_run(session, Q_CORRECTION_CELL_ADD,
                    DB_VALUES(db_text(county), db_text(r->id), db_text(item->code), old_number, old_text, new_number, new_text), err))
            return false;
    }
    return true;
}

static struct correction_record read_one(const struct db_rows *rows, struct arena *mem)
{
    return (struct correction_record){
        .id = db_get_text(rows, 0, mem), .year = (int)db_get_int(rows, 1), .school = db_get_text(rows, 2, mem),
        .state = db_get_text(rows, 3, mem), .reason = db_get_text(rows, 4, mem),
        .asked = { db_get_int(rows, 5), db_get_text(rows, 6, mem), db_get_int(rows, 7) },
        .decided = { db_get_int(rows, 8), db_get_text(rows, 9, mem), db_get_int(rows, 10) },
        .decided_reason = db_get_text(rows, 11, mem), .version = db_get_int(rows, 12),
    };
}

bool store_correction(struct db_session *session, struct text county, struct text id, struct arena *mem, struct correction_record *out,
                      struct err *err)
{
    struct db_rows rows;
    bool found = false;
    if (!db_select(session, Q_CORRECTION_GET, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *out = read_one(&rows, mem);
        found = true;
    }
    if (!db_done(&rows, err))
        return false;
    return found || err_set(err, ERR_ABSENT, "没有这份更正。");
}

bool store_corrections(struct db_session *session, struct text county, size_t most, struct arena *mem, struct correction_record **out,
                       size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct correction_record *const list = arena_array(mem, most, struct correction_record);
    size_t n = 0;
    if (!db_select(session, Q_CORRECTION_ALL, DB_VALUES(db_text(county), db_int((int64_t)most)), &rows, err))
        return false;
    while (db_next(&rows) && n < most)
        list[n++] = read_one(&rows, mem);
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_correction_cells(struct db_session *session, struct text county, struct text id, const struct item_list *items, struct arena *mem,
                            struct correction_cell_record **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct correction_cell_record *const list = arena_array(mem, items->n, struct correction_cell_record);
    size_t n = 0;
    if (!db_select(session, Q_CORRECTION_CELLS, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows) && n < items->n) {
        const uint16_t item = item_find(items, db_get_text(&rows, 0, mem));
        if (item == NO_ITEM)
            continue;
        struct correction_cell_record *const cell = &list[n++];
        *cell = (struct correction_cell_record){ .item = item, .before.there = true, .after.there = true };
        figure_from_row(&items->at[item], db_get_real(&rows, 1), db_get_text(&rows, 2, mem), &cell->before.number, &cell->before.text);
        figure_from_row(&items->at[item], db_get_real(&rows, 3), db_get_text(&rows, 4, mem), &cell->after.number, &cell->after.text);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_correction_decide(struct db_session *session, struct text county, struct text id, struct text state, const struct stamp *by,
                             struct text reason, int64_t version, struct err *err)
{
    if (!db_run(session, Q_CORRECTION_DECIDE,
                DB_VALUES(db_text(state), db_int(by->account), db_text(by->who), db_int(by->at), db_text(reason),
                          version ? db_int(version) : db_null(), db_text(county), db_text(id)),
                err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_CONFLICT, "这份更正已经有了结果。");
}

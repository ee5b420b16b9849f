/* Changes made together; what following the data has seen last. */
#include "store/ledger_store.h"

bool store_ledger_batch_add(struct db_session *session, struct text county, const struct ledger_batch *batch, struct err *err)
{
    return db_run(session, Q_LEDGER_BATCH_ADD,
                  DB_VALUES(db_text(county), db_text(batch->id), db_text(batch->made_by), db_int(batch->by.account), db_text(batch->by.who),
                            db_int(batch->by.at)),
                  err);
}

bool store_ledger_batch(struct db_session *session, struct text county, struct text id, struct arena *mem, struct ledger_batch *out,
                        struct err *err)
{
    struct db_rows r;
    if (!db_select(session, Q_LEDGER_BATCH_GET, DB_VALUES(db_text(county), db_text(id)), &r, err))
        return false;
    const bool found = db_next(&r);
    if (found)
        *out = (struct ledger_batch){ text_copy(mem, id), db_get_text(&r, 0, mem),
                                      { db_get_int(&r, 1), db_get_text(&r, 2, mem), db_get_int(&r, 3) }, db_get_int(&r, 4) };
    return db_done(&r, err) && (found || err_set(err, ERR_ABSENT, "没有这一批修改。"));
}

bool store_ledger_batch_undo(struct db_session *session, struct text county, struct text id, int64_t at, struct err *err)
{
    return db_run(session, Q_LEDGER_BATCH_UNDO, DB_VALUES(db_int(at), db_text(county), db_text(id)), err) &&
           (db_changed(session) || err_set(err, ERR_CONFLICT, "这一批修改已经撤销过了。"));
}

bool store_ledger_batch_cell_add(struct db_session *session, struct text county, struct text batch, const struct ledger_batch_cell *cell,
                                 struct err *err)
{
    return db_run(session, Q_LEDGER_BATCH_CELL_ADD,
                  DB_VALUES(db_text(county), db_text(batch), db_int(cell->id), db_text(cell->field), db_text(cell->old), db_text(cell->new_)), err);
}

bool store_ledger_batch_cells(struct db_session *session, struct text county, struct text batch, struct arena *mem,
                              struct ledger_batch_cell **out, size_t *n_out, struct err *err)
{
    struct db_rows r;
    struct ledger_batch_cell *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_LEDGER_BATCH_CELLS, DB_VALUES(db_text(county), db_text(batch)), &r, err))
        return false;
    while (db_next(&r)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct ledger_batch_cell){ db_get_int(&r, 0), db_get_text(&r, 1, mem), db_get_text(&r, 2, mem), db_get_text(&r, 3, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(&r, err);
}

bool store_ledger_followed(struct db_session *session, struct text county, struct arena *mem, struct text *seen_out, int64_t *at_out,
                           struct err *err)
{
    struct db_rows r;
    if (!db_select(session, Q_LEDGER_FOLLOWED_GET, DB_VALUES(db_text(county)), &r, err))
        return false;
    const bool found = db_next(&r);
    *seen_out = found ? db_get_text(&r, 0, mem) : TEXT("");
    *at_out = found ? db_get_int(&r, 1) : 0;
    return db_done(&r, err);
}

bool store_ledger_followed_put(struct db_session *session, struct text county, struct text seen, int64_t at, struct err *err)
{
    return db_run(session, Q_LEDGER_FOLLOWED_PUT, DB_VALUES(db_text(county), db_text(seen), db_int(at)), err);
}

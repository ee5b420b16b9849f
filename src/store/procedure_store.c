#include "store/procedure_store.h"

bool store_procedure_add(struct db_session *session, struct text county, const struct procedure_event *e, struct err *err)
{
    return db_run(session, Q_PROCEDURE_ADD,
                  DB_VALUES(db_text(county), db_text(e->step), db_text(e->what), db_text(e->day), db_text(e->document), db_text(e->words), db_text(e->file_name),
                            db_text(e->sha256), db_int(e->by.account), db_text(e->by.who), db_int(e->by.at)),
                  err);
}

bool store_procedure_cross_out(struct db_session *session, struct text county, int64_t position, struct text reason, struct err *err)
{
    if (!db_run(session, Q_PROCEDURE_CROSS_OUT, DB_VALUES(db_text(reason), db_text(county), db_int(position)), err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_CONFLICT, "没有这一条，或者已经划掉了。");
}

bool store_procedure(struct db_session *session, struct text county, struct arena *mem, struct procedure_event **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct procedure_event *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_PROCEDURE_ALL, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct procedure_event){
            .position = db_get_int(&rows, 0), .step = db_get_text(&rows, 1, mem), .what = db_get_text(&rows, 2, mem), .day = db_get_text(&rows, 3, mem),
            .document = db_get_text(&rows, 4, mem), .words = db_get_text(&rows, 5, mem), .file_name = db_get_text(&rows, 6, mem),
            .sha256 = db_get_text(&rows, 7, mem), .crossed_out = db_get_text(&rows, 8, mem),
            .by = { db_get_int(&rows, 9), db_get_text(&rows, 10, mem), db_get_int(&rows, 11) } };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

/* ---- duties ------------------------------------------------------------------------------- */

bool store_duty_add(struct db_session *session, struct text county, const struct duty_record *d, struct err *err)
{
    return db_run(session, Q_DUTY_ADD,
                  DB_VALUES(db_text(county), db_text(d->unit), db_text(d->duty), db_text(d->person), db_text(d->from_day), db_int(d->by.account),
                            db_text(d->by.who), db_int(d->by.at)),
                  err);
}

bool store_duty_end(struct db_session *session, struct text county, struct text unit, int64_t position, struct text day, struct err *err)
{
    if (!db_run(session, Q_DUTY_END, DB_VALUES(db_text(day), db_text(county), db_text(unit), db_int(position)), err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_CONFLICT, "没有这一条分工，或者已经结束，或者结束早于开始。");
}

bool store_duties(struct db_session *session, struct text county, struct arena *mem, struct duty_record **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct duty_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_DUTY_ALL, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct duty_record){
            .unit = db_get_text(&rows, 0, mem), .position = db_get_int(&rows, 1), .duty = db_get_text(&rows, 2, mem), .person = db_get_text(&rows, 3, mem),
            .from_day = db_get_text(&rows, 4, mem), .until_day = db_get_text(&rows, 5, mem),
            .by = { db_get_int(&rows, 6), db_get_text(&rows, 7, mem), db_get_int(&rows, 8) } };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_group_members(struct db_session *session, struct text county, struct arena *mem, struct group_member **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct group_member *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_MEMBER_ALL, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct group_member){ .unit = db_get_text(&rows, 0, mem), .position = db_get_int(&rows, 1), .part = db_get_text(&rows, 2, mem),
                                           .name = db_get_text(&rows, 3, mem), .works_at = db_get_text(&rows, 4, mem),
                                           .from_day = db_get_text(&rows, 5, mem), .until_day = db_get_text(&rows, 6, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

#include "store/unit_store.h"

static bool read_row(const struct db_rows *rows, struct arena *mem, struct unit_row *out, struct err *err)
{
    *out = (struct unit_row){
        .code = db_get_text(rows, 0, mem), .from_day = db_get_text(rows, 3, mem), .name = db_get_text(rows, 4, mem),
        .parent = db_get_text(rows, 5, mem), .district = db_get_text(rows, 6, mem), .is_open = db_get_int(rows, 7) != 0,
        .successor = db_get_text(rows, 8, mem), .reason = db_get_text(rows, 10, mem),
        .by = { db_get_int(rows, 11), db_get_text(rows, 12, mem), db_get_int(rows, 13) },
    };
    return (unit_kind_of(db_get_text(rows, 2, mem), &out->kind) && unit_act_of(db_get_text(rows, 9, mem), &out->act)) ||
           err_set(err, ERR_OUTSIDE, "单位 %.*s 的记录读不懂：数据库可能被别的程序改过。", TEXT_ARG(out->code));
}

bool store_units(struct db_session *session, struct text county, struct arena *mem, struct unit_row **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct unit_row *list = NULL;
    size_t n = 0, capacity = 0;
    struct err unread;
    bool ok = true;
    if (!db_select(session, Q_UNIT_ALL, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        ok = ok && read_row(&rows, mem, &list[n++], err);
    }
    *out = list;
    *n_out = n;
    /* A row that could not be read is the fault to tell, not what the end of the list says. */
    return db_done(&rows, ok ? err : &unread) && ok;
}

bool store_unit_count(struct db_session *session, struct text county, int64_t *out, struct err *err)
{
    struct db_rows rows;
    *out = 0;
    if (!db_select(session, Q_UNIT_COUNT, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = db_get_int(&rows, 0);
    return db_done(&rows, err);
}

bool store_unit_put(struct db_session *session, struct text county, const struct unit_row *r, struct err *err)
{
    return db_run(session, Q_UNIT_PUT,
                  DB_VALUES(db_text(county), db_text(r->code), db_text(unit_kind_word(r->kind)), db_text(r->from_day), db_text(r->name),
                            db_text(r->parent), db_text(r->district), db_int(r->is_open), db_text(r->successor), db_text(unit_act_word(r->act)),
                            db_text(r->reason), db_int(r->by.account), db_text(r->by.who), db_int(r->by.at)),
                  err);
}

bool store_unit_members(struct db_session *session, struct text county, struct text unit, struct arena *mem, struct member_record **out,
                        size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct member_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_UNIT_MEMBERS, DB_VALUES(db_text(county), db_text(unit)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct member_record){ db_get_int(&rows, 0), db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem),
                                            db_get_text(&rows, 3, mem), db_get_text(&rows, 4, mem), db_get_text(&rows, 5, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_unit_member_put(struct db_session *session, struct text county, struct text unit, const struct member_record *m, struct err *err)
{
    return db_run(session, Q_UNIT_MEMBER_PUT,
                  DB_VALUES(db_text(county), db_text(unit), db_text(m->part), db_text(m->name), db_text(m->works_at), db_text(m->from_day)), err);
}

bool store_unit_member_end(struct db_session *session, struct text county, struct text unit, int64_t position, struct text day, struct err *err)
{
    if (!db_run(session, Q_UNIT_MEMBER_END, DB_VALUES(db_text(day), db_text(county), db_text(unit), db_int(position)), err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_CONFLICT, "这位成员不在名单里，或者已经离任，或者离任早于任职。");
}

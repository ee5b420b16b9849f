#include "store/publicity_store.h"

bool store_publicity_add(struct db_session *session, struct text county, const struct publicity *p, struct err *err)
{
    return db_run(session, Q_PUBLICITY_ADD,
                  DB_VALUES(db_text(county), db_text(p->day), db_text(p->outlet), db_text(p->level), db_text(p->title), db_text(p->link), db_text(p->place.kind),
                            db_text(p->place.name), db_text(p->place.shown), db_int(p->by.account), db_text(p->by.who), db_int(p->by.at)),
                  err);
}

bool store_publicity(struct db_session *session, struct text county, const struct publicity_filter *f, int64_t most, int64_t skipped,
                     struct arena *mem, struct publicity **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct publicity *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_PUBLICITY_LIST,
                   DB_VALUES(db_text(county), db_text(f->from_day), db_text(f->until_day), db_text(f->level), db_int(most), db_int(skipped)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct publicity){
            .id = db_get_int(&rows, 0), .day = db_get_text(&rows, 1, mem), .outlet = db_get_text(&rows, 2, mem), .level = db_get_text(&rows, 3, mem),
            .title = db_get_text(&rows, 4, mem), .link = db_get_text(&rows, 5, mem),
            .place = { db_get_text(&rows, 6, mem), db_get_text(&rows, 7, mem), db_get_text(&rows, 8, mem) },
            .withdrawn = db_get_text(&rows, 9, mem), .by = { db_get_int(&rows, 10), db_get_text(&rows, 11, mem), db_get_int(&rows, 12) } };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_publicity_counts(struct db_session *session, struct text county, const struct publicity_filter *f, struct arena *mem,
                            struct publicity_count **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct publicity_count *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_PUBLICITY_COUNTS, DB_VALUES(db_text(county), db_text(f->from_day), db_text(f->until_day)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct publicity_count){ db_get_text(&rows, 0, mem), db_get_int(&rows, 1) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_publicity_withdraw(struct db_session *session, struct text county, int64_t id, struct text reason, int64_t account, struct err *err)
{
    if (!db_run(session, Q_PUBLICITY_WITHDRAW, DB_VALUES(db_text(reason), db_text(county), db_int(id), db_int(account)), err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_CONFLICT, "没有这一条，或者已经撤回，或者是别人登记的。");
}

/* ---- good cases --------------------------------------------------------------------------- */

bool store_case_put(struct db_session *session, struct text county, const struct good_case *c, int64_t *id_out, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_GOOD_CASE_NEXT, DB_VALUES(db_text(county)), &rows, err))
        return false;
    *id_out = db_next(&rows) ? db_get_int(&rows, 0) : 1;
    return db_done(&rows, err) &&
           db_run(session, Q_GOOD_CASE_ADD,
                  DB_VALUES(db_text(county), db_int(*id_out), db_text(c->title), db_text(c->theme), db_text(c->place.kind), db_text(c->place.name),
                            db_text(c->place.shown), db_text(c->summary), db_text(c->body), db_int(c->by.account), db_text(c->by.who), db_int(c->by.at)),
                  err);
}

bool store_case_set(struct db_session *session, struct text county, const struct good_case *c, struct err *err)
{
    if (!db_run(session, Q_GOOD_CASE_SET,
                DB_VALUES(db_text(c->title), db_text(c->theme), db_text(c->summary), db_text(c->body), db_text(c->state), db_text(c->reason),
                          db_text(c->released_on), db_text(county), db_int(c->id), db_int(c->version)),
                err))
        return false;
    if (db_changed(session) == 1)
        return true;
    err_set(err, ERR_CONFLICT, "您打开之后，别人改过这个案例。");
    return err_hint(err, "请先复制您写的内容，刷新页面，对照着改。");
}

static bool take(struct db_rows *rows, struct arena *mem, struct good_case **out, size_t *n_out, struct err *err)
{
    struct good_case *list = NULL;
    size_t n = 0, capacity = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct good_case){
            .id = db_get_int(rows, 0), .title = db_get_text(rows, 1, mem), .theme = db_get_text(rows, 2, mem),
            .place = { db_get_text(rows, 3, mem), db_get_text(rows, 4, mem), db_get_text(rows, 5, mem) }, .summary = db_get_text(rows, 6, mem),
            .body = db_get_text(rows, 7, mem), .state = db_get_text(rows, 8, mem), .reason = db_get_text(rows, 9, mem),
            .version = db_get_int(rows, 10), .released_on = db_get_text(rows, 11, mem),
            .by = { db_get_int(rows, 12), db_get_text(rows, 13, mem), db_get_int(rows, 14) } };
    }
    *out = list;
    *n_out = n;
    return db_done(rows, err);
}

bool store_good_case(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct good_case *out, struct err *err)
{
    struct db_rows rows;
    struct good_case *list;
    size_t n;
    if (!db_select(session, Q_GOOD_CASE_GET, DB_VALUES(db_text(county), db_int(id)), &rows, err) || !take(&rows, mem, &list, &n, err))
        return false;
    if (!n)
        return err_set(err, ERR_ABSENT, "没有第 %lld 号案例。", (long long)id);
    *out = list[0];
    return true;
}

bool store_good_cases(struct db_session *session, struct text county, struct text state, struct text theme, int64_t most, int64_t skipped,
                      struct arena *mem, struct good_case **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_GOOD_CASE_LIST, DB_VALUES(db_text(county), db_text(state), db_text(theme), db_int(most), db_int(skipped)), &rows, err) &&
           take(&rows, mem, out, n_out, err);
}

bool store_good_cases_released(struct db_session *session, struct text county, struct arena *mem, struct good_case **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_GOOD_CASE_RELEASED, DB_VALUES(db_text(county)), &rows, err) && take(&rows, mem, out, n_out, err);
}

#include "store/collection_store.h"

static struct collection_record read_collection(const struct db_rows *rows, struct arena *mem)
{
    return (struct collection_record){
        .year = (int)db_get_int(rows, 0), .reference_day = db_get_text(rows, 1, mem), .fill_until = db_get_int(rows, 2),
        .confirm_until = db_get_int(rows, 3), .check_until = db_get_int(rows, 4), .approve_until = db_get_int(rows, 5),
        .check_asked = db_get_int(rows, 6) != 0, .version_from = db_get_int(rows, 7), .opened_by = db_get_text(rows, 8, mem),
        .opened_at = db_get_int(rows, 9), .locked_at = db_get_int(rows, 10), .locked_by = db_get_text(rows, 11, mem),
        .lock_reason = db_get_text(rows, 12, mem),
    };
}

bool store_collection_add(struct db_session *session, struct text county, const struct collection_record *c, const struct stamp *by,
                          struct err *err)
{
    if (db_run(session, Q_COLLECTION_ADD,
               DB_VALUES(db_text(county), db_int(c->year), db_text(c->reference_day), db_int(c->fill_until), db_int(c->confirm_until),
                         db_int(c->check_until), db_int(c->approve_until), db_int(c->check_asked), db_int(c->version_from),
                         db_int(by->account), db_text(by->who), db_int(by->at)),
               err))
        return true;
    if (err->kind == ERR_CONFLICT) {
        err_set(err, ERR_CONFLICT, "%d学年的填报已经开启。", c->year);
        err_hint(err, "要改时间，请在填报页上改。");
    }
    return false;
}

bool store_collection_set(struct db_session *session, struct text county, const struct collection_record *c, struct err *err)
{
    if (!db_run(session, Q_COLLECTION_SET,
                DB_VALUES(db_text(c->reference_day), db_int(c->fill_until), db_int(c->confirm_until), db_int(c->check_until),
                          db_int(c->approve_until), db_int(c->check_asked), db_text(county), db_int(c->year)),
                err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_CONFLICT, "%d学年没有开启填报，或者已经锁定。", c->year);
}

bool store_collection_lock(struct db_session *session, struct text county, int year, const struct stamp *by, struct text reason,
                           struct err *err)
{
    if (!db_run(session, Q_COLLECTION_LOCK,
                DB_VALUES(db_int(by->at), db_int(by->account), db_text(by->who), db_text(reason), db_text(county), db_int(year)), err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_CONFLICT, "%d学年没有开启填报，或者已经锁定。", year);
}

bool store_collections(struct db_session *session, struct text county, struct arena *mem, struct collection_record **out, size_t *n_out,
                       struct err *err)
{
    struct db_rows rows;
    struct collection_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_COLLECTION_ALL, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = read_collection(&rows, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_collection(struct db_session *session, struct text county, int year, struct arena *mem, struct collection_record *out,
                      bool *found_out, struct err *err)
{
    struct collection_record *list;
    size_t n;
    *found_out = false;
    if (!store_collections(session, county, mem, &list, &n, err))
        return false;
    for (size_t i = 0; i < n && !*found_out; i++)
        if (list[i].year == year) {
            *out = list[i];
            *found_out = true;
        }
    return true;
}

/* ---- the way of a return ------------------------------------------------------------------ */

static struct way_record read_way(const struct db_rows *rows, struct arena *mem)
{
    return (struct way_record){ .school = db_get_text(rows, 0, mem), .name = db_get_text(rows, 1, mem), .township = db_get_text(rows, 2, mem),
                                .state = db_get_text(rows, 3, mem), .version = db_get_int(rows, 4), .sent_back = db_get_int(rows, 5) != 0,
                                .changed_at = db_get_int(rows, 6) };
}

bool store_way_add(struct db_session *session, struct text county, int year, const struct way_record *way, int64_t now, struct err *err)
{
    return db_run(session, Q_WAY_ADD,
                  DB_VALUES(db_text(county), db_int(year), db_text(way->school), db_text(way->name), db_text(way->township), db_int(now)), err);
}

bool store_way(struct db_session *session, struct text county, int year, struct text school, struct arena *mem, struct way_record *out,
               bool *found_out, struct err *err)
{
    struct db_rows rows;
    *found_out = false;
    if (!db_select(session, Q_WAY_GET, DB_VALUES(db_text(county), db_int(year), db_text(school)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *out = read_way(&rows, mem);
        *found_out = true;
    }
    return db_done(&rows, err);
}

/* Both lists come by school: one walk beside the other. */
static bool add_progress(struct db_session *session, struct text county, int year, struct way_record *list, size_t n, struct err *err)
{
    struct arena *scratch = arena_new("progress");
    struct db_rows rows;
    size_t i = 0;
    bool ok = db_select(session, Q_WAY_PROGRESS, DB_VALUES(db_text(county), db_int(year)), &rows, err);
    if (ok) {
        while (db_next(&rows)) {
            const struct text school = db_get_text(&rows, 0, scratch);
            while (i < n && text_compare(list[i].school, school) < 0)
                i++;
            if (i < n && text_equal(list[i].school, school)) {
                list[i].typed = (size_t)db_get_int(&rows, 1);
                list[i].typed_at = db_get_int(&rows, 2);
            }
        }
        ok = db_done(&rows, err);
    }
    arena_free(&scratch);
    return ok;
}

bool store_ways(struct db_session *session, struct text county, int year, struct arena *mem, struct way_record **out, size_t *n_out,
                struct err *err)
{
    struct db_rows rows;
    struct way_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_WAY_OF_YEAR, DB_VALUES(db_text(county), db_int(year)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = read_way(&rows, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err) && add_progress(session, county, year, list, n, err);
}

bool store_way_move(struct db_session *session, struct text county, int year, struct text school, struct text from, struct text to,
                    int64_t version, bool sent_back, int64_t now, struct err *err)
{
    if (!db_run(session, Q_WAY_MOVE,
                DB_VALUES(db_text(to), db_int(version), db_int(sent_back), db_int(now), db_text(county), db_int(year), db_text(school),
                          db_text(from)),
                err))
        return false;
    if (db_changed(session) == 1)
        return true;
    err_set(err, ERR_CONFLICT, "这份填报刚刚被别人动过。");
    return err_hint(err, "请刷新页面，看看它现在的状态。");
}

bool store_return_event_add(struct db_session *session, struct text county, int year, struct text school,
                            const struct return_event_record *e, struct err *err)
{
    return db_run(session, Q_EVENT_ADD,
                  DB_VALUES(db_text(county), db_int(year), db_text(school), db_text(e->step), db_text(e->state), db_int(e->version),
                            db_int(e->by.account), db_text(e->by.who), db_text(e->role), db_int(e->by.at), db_text(e->reason)),
                  err);
}

bool store_return_events(struct db_session *session, struct text county, int year, struct text school, struct arena *mem,
                         struct return_event_record **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct return_event_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_EVENT_OF_SCHOOL, DB_VALUES(db_text(county), db_int(year), db_text(school)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct return_event_record){ .step = db_get_text(&rows, 1, mem), .state = db_get_text(&rows, 2, mem),
                                                  .version = db_get_int(&rows, 3),
                                                  .by = { db_get_int(&rows, 4), db_get_text(&rows, 5, mem), db_get_int(&rows, 7) },
                                                  .role = db_get_text(&rows, 6, mem), .reason = db_get_text(&rows, 8, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

/* ---- what counts -------------------------------------------------------------------------- */

bool store_admit(struct db_session *session, struct text county, int year, struct text school, int64_t version, struct err *err)
{
    return db_run(session, Q_ADMITTED_ADD, DB_VALUES(db_text(county), db_int(year), db_text(school), db_int(version)), err);
}

bool store_admit_end(struct db_session *session, struct text county, int year, struct text school, int64_t version, struct err *err)
{
    return db_run(session, Q_ADMITTED_END, DB_VALUES(db_int(version), db_text(county), db_int(year), db_text(school)), err);
}

bool store_lacking(struct db_session *session, struct text county, struct arena *mem, struct lacking_record **out, size_t *n_out,
                   struct err *err)
{
    struct db_rows rows;
    struct lacking_record *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_LACKING_STANDING, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct lacking_record){ (int)db_get_int(&rows, 0), db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem),
                                             db_get_text(&rows, 3, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

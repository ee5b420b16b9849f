#include "store/plan_store.h"

static struct stamp stamp_at(const struct db_rows *rows, int from, struct arena *mem)
{
    return (struct stamp){ db_get_int(rows, from), db_get_text(rows, from + 1, mem), db_get_int(rows, from + 2) };
}

static bool one_changed(struct db_session *session, const char *what, struct err *err)
{
    if (db_changed(session) == 1)
        return true;
    err_set(err, ERR_CONFLICT, "%s", what);
    return err_hint(err, "可能别人刚刚做过了；请刷新页面再看。");
}

/* ---- versions ----------------------------------------------------------------------------- */

bool store_plans(struct db_session *session, struct text county, struct arena *mem, struct plan_kept **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_PLAN_LIST, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct plan_kept){
            .version = db_get_int(&rows, 0), .title = db_get_text(&rows, 1, mem), .reason = db_get_text(&rows, 2, mem), .made = stamp_at(&rows, 3, mem),
            .adopted = { db_get_int(&rows, 7), db_get_text(&rows, 8, mem), db_get_int(&rows, 6) }, .from_day = db_get_text(&rows, 9, mem),
            .followed_on = db_get_text(&rows, 10, mem) };
    }
    return db_done(&rows, err);
}

bool store_plan_add(struct db_session *session, struct text county, const struct plan_kept *p, struct text definition, struct err *err)
{
    return db_run(session, Q_PLAN_ADD, DB_VALUES(db_text(county), db_text(p->title), db_text(definition), db_text(p->reason), db_int(p->made.account),
                                                 db_text(p->made.who), db_int(p->made.at)), err);
}

bool store_plan_definition(struct db_session *session, struct text county, int64_t version, struct arena *mem, struct text *out, struct err *err)
{
    struct db_rows rows;
    bool found = false;
    if (!db_select(session, Q_PLAN_DEFINITION, DB_VALUES(db_text(county), db_int(version)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *out = db_get_text(&rows, 0, mem);
        found = true;
    }
    if (!db_done(&rows, err))
        return false;
    return found || err_set(err, ERR_ABSENT, "没有方案的第 %lld 版。", (long long)version);
}

bool store_plan_rewrite(struct db_session *session, struct text county, const struct plan_kept *p, struct text definition, int64_t seen_at,
                        struct err *err)
{
    return db_run(session, Q_PLAN_REWRITE,
                  DB_VALUES(db_text(p->title), db_text(definition), db_text(p->reason), db_int(p->made.account), db_text(p->made.who),
                            db_int(p->made.at), db_text(county), db_int(p->version), db_int(seen_at)), err) &&
           one_changed(session, "这一版方案刚刚由别人改过，或者已经采用。", err);
}

bool store_plan_drop(struct db_session *session, struct text county, int64_t version, struct err *err)
{
    return db_run(session, Q_PLAN_DROP, DB_VALUES(db_text(county), db_int(version)), err) && one_changed(session, "这一版方案已经采用，或者已经丢弃。", err);
}

bool store_plan_adopt(struct db_session *session, struct text county, int64_t version, struct text from_day, struct text today, struct stamp by,
                      struct err *err)
{
    return db_run(session, Q_PLAN_ADOPT, DB_VALUES(db_int(by.at), db_int(by.account), db_text(by.who), db_text(from_day), db_text(today), db_text(county),
                                                   db_int(version)), err) &&
           one_changed(session, "这一版方案已经采用，或者已经丢弃。", err);
}

bool store_plan_followed(struct db_session *session, struct text county, int64_t version, struct text today, struct err *err)
{
    return db_run(session, Q_PLAN_FOLLOWED, DB_VALUES(db_text(today), db_text(county), db_int(version)), err);
}

/* ---- tasks -------------------------------------------------------------------------------- */

bool store_plan_tasks(struct db_session *session, struct text county, struct arena *mem, struct plan_made **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_PLAN_TASKS, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct plan_made){
            .id = db_get_int(&rows, 0), .key = db_get_text(&rows, 1, mem), .owner_kind = db_get_text(&rows, 2, mem), .owner_name = db_get_text(&rows, 3, mem),
            .is_open = db_get_int(&rows, 4) != 0, .title = db_get_text(&rows, 5, mem), .due = db_get_text(&rows, 6, mem),
            .product_kind = db_get_text(&rows, 7, mem), .product_name = db_get_text(&rows, 8, mem) };
    }
    return db_done(&rows, err);
}

static void counts_at(const struct db_rows *rows, int from, struct plan_state *out)
{
    out->all = db_get_int(rows, from);
    out->open = db_get_int(rows, from + 1);
    out->late = db_get_int(rows, from + 2);
    out->closed = db_get_int(rows, from + 3);
    out->proved = db_get_int(rows, from + 4);
    out->first = db_get_int(rows, from + 5);
}

bool store_plan_states(struct db_session *session, struct text county, struct text today, struct arena *mem, struct plan_state **out,
                       size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_PLAN_STATES, DB_VALUES(db_text(today), db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        struct plan_state *const state = &(*out)[(*n_out)++];
        *state = (struct plan_state){ .key = db_get_text(&rows, 0, mem) };
        counts_at(&rows, 1, state);
    }
    return db_done(&rows, err);
}

bool store_plan_units(struct db_session *session, struct text county, struct text from_key, struct text before_key, struct text today,
                      struct arena *mem, struct plan_state **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_PLAN_UNITS, DB_VALUES(db_text(today), db_text(county), db_text(from_key), db_text(before_key)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        struct plan_state *const state = &(*out)[(*n_out)++];
        *state = (struct plan_state){ .owner_kind = db_get_text(&rows, 0, mem), .owner_name = db_get_text(&rows, 1, mem) };
        counts_at(&rows, 2, state);
    }
    return db_done(&rows, err);
}

bool store_plan_task_of(struct db_session *session, struct text county, struct text key, struct text owner_kind, struct text owner_name,
                        struct arena *mem, int64_t *id_out, struct text *state_out, struct err *err)
{
    struct db_rows rows;
    *id_out = 0;
    *state_out = TEXT("");
    if (!db_select(session, Q_PLAN_TASK_OF_UNIT, DB_VALUES(db_text(county), db_text(key), db_text(owner_kind), db_text(owner_name)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *id_out = db_get_int(&rows, 0);
        *state_out = db_get_text(&rows, 1, mem);
    }
    return db_done(&rows, err);
}

/* ---- uploads ------------------------------------------------------------------------------ */

static bool number_of(struct db_session *session, enum query query, struct text county, int64_t *out, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, query, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = db_get_int(&rows, 0);
    return db_done(&rows, err);
}

bool store_plan_upload_add(struct db_session *session, struct text county, const struct plan_upload *u, int64_t *receipt_out, struct err *err)
{
    return db_run(session, Q_PLAN_UPLOAD_ADD,
                  DB_VALUES(db_text(county), db_text(u->task_key), db_text(u->place_kind), db_text(u->place_name), db_text(u->name), db_text(u->kind),
                            db_text(u->sha256), db_int(u->size), db_text(u->note), db_int(u->sent.account), db_text(u->sent.who), db_int(u->sent.at)), err) &&
           number_of(session, Q_PLAN_UPLOAD_LAST, county, receipt_out, err);
}

static bool take_uploads(struct db_rows *rows, struct arena *mem, struct plan_upload **out, size_t *n_out, struct err *err)
{
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct plan_upload){
            .receipt = db_get_int(rows, 0), .task_key = db_get_text(rows, 1, mem), .place_kind = db_get_text(rows, 2, mem),
            .place_name = db_get_text(rows, 3, mem), .name = db_get_text(rows, 4, mem), .kind = db_get_text(rows, 5, mem),
            .sha256 = db_get_text(rows, 6, mem), .size = db_get_int(rows, 7), .note = db_get_text(rows, 8, mem), .sent = stamp_at(rows, 9, mem),
            .back = { db_get_int(rows, 13), db_get_text(rows, 14, mem), db_get_int(rows, 12) }, .back_reason = db_get_text(rows, 15, mem) };
    }
    return db_done(rows, err);
}

bool store_plan_uploads(struct db_session *session, struct text county, struct text task_key, struct arena *mem, struct plan_upload **out,
                        size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_PLAN_UPLOAD_LIST, DB_VALUES(db_text(county), db_text(task_key)), &rows, err) && take_uploads(&rows, mem, out, n_out, err);
}

bool store_plan_upload(struct db_session *session, struct text county, int64_t receipt, struct arena *mem, struct plan_upload *out, struct err *err)
{
    struct db_rows rows;
    struct plan_upload *list;
    size_t n;
    if (!db_select(session, Q_PLAN_UPLOAD_GET, DB_VALUES(db_text(county), db_int(receipt)), &rows, err) || !take_uploads(&rows, mem, &list, &n, err))
        return false;
    if (!n)
        return err_set(err, ERR_ABSENT, "没有第 %lld 号回执。", (long long)receipt);
    *out = list[0];
    return true;
}

bool store_plan_upload_back(struct db_session *session, struct text county, int64_t receipt, struct stamp by, struct text reason, struct err *err)
{
    return db_run(session, Q_PLAN_UPLOAD_BACK, DB_VALUES(db_int(by.at), db_int(by.account), db_text(by.who), db_text(reason), db_text(county), db_int(receipt)), err) &&
           one_changed(session, "这一份已经退回了。", err);
}

/* ---- calendars ---------------------------------------------------------------------------- */

bool store_calendar_link_add(struct db_session *session, struct text county, struct text hash, const struct calendar_link *l, int64_t now, struct err *err)
{
    return db_run(session, Q_CALENDAR_LINK_ADD, DB_VALUES(db_text(county), db_text(hash), db_int(l->account), db_text(l->role), db_text(l->place_kind),
                                                          db_text(l->place_name), db_int(now)), err);
}

bool store_calendar_link(struct db_session *session, struct text county, struct text hash, struct arena *mem, struct calendar_link *out,
                         bool *found_out, struct err *err)
{
    struct db_rows rows;
    *found_out = false;
    if (!db_select(session, Q_CALENDAR_LINK_GET, DB_VALUES(db_text(county), db_text(hash)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *out = (struct calendar_link){ db_get_int(&rows, 0), db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem), db_get_text(&rows, 3, mem) };
        *found_out = true;
    }
    return db_done(&rows, err);
}

bool store_calendar_links(struct db_session *session, struct text county, int64_t account, int64_t *n_out, int64_t *made_out, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_CALENDAR_LINK_LIST, DB_VALUES(db_text(county), db_int(account)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *n_out = db_get_int(&rows, 0);
        *made_out = db_get_int(&rows, 1);
    }
    return db_done(&rows, err);
}

bool store_calendar_links_end(struct db_session *session, struct text county, int64_t account, int64_t now, struct err *err)
{
    return db_run(session, Q_CALENDAR_LINK_END, DB_VALUES(db_int(now), db_text(county), db_int(account)), err);
}

#include "store/meeting_store.h"

bool store_meeting_add(struct db_session *session, struct text county, const struct meeting *m, int64_t *id_out, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_MEETING_NEXT, DB_VALUES(db_text(county)), &rows, err))
        return false;
    *id_out = db_next(&rows) ? db_get_int(&rows, 0) : 1;
    return db_done(&rows, err) &&
           db_run(session, Q_MEETING_ADD,
                  DB_VALUES(db_text(county), db_int(*id_out), db_text(m->kind), db_text(m->title), db_text(m->held_on), db_text(m->held_at),
                            db_text(m->held_in), db_text(m->chair), db_text(m->attending), db_text(m->state), db_int(m->by.account),
                            db_text(m->by.who), db_int(m->by.at)),
                  err);
}

bool store_meeting_set(struct db_session *session, struct text county, const struct meeting *m, struct err *err)
{
    if (!db_run(session, Q_MEETING_SET,
                DB_VALUES(db_text(m->title), db_text(m->held_on), db_text(m->held_at), db_text(m->held_in), db_text(m->chair),
                          db_text(m->attending), db_text(m->state), db_text(m->minutes), db_text(m->document), db_text(county), db_int(m->id),
                          db_int(m->version)),
                err))
        return false;
    if (db_changed(session) == 1)
        return true;
    err_set(err, ERR_CONFLICT, "您打开之后，别人改过这次会议。");
    return err_hint(err, "请先复制您写的内容，刷新页面，对照着改。");
}

static struct meeting read_meeting(const struct db_rows *rows, struct arena *mem)
{
    return (struct meeting){ .id = db_get_int(rows, 0), .kind = db_get_text(rows, 1, mem), .title = db_get_text(rows, 2, mem),
                             .held_on = db_get_text(rows, 3, mem), .held_at = db_get_text(rows, 4, mem), .held_in = db_get_text(rows, 5, mem),
                             .chair = db_get_text(rows, 6, mem), .attending = db_get_text(rows, 7, mem), .state = db_get_text(rows, 8, mem),
                             .minutes = db_get_text(rows, 9, mem), .document = db_get_text(rows, 10, mem), .version = db_get_int(rows, 11),
                             .by = { db_get_int(rows, 12), db_get_text(rows, 13, mem), db_get_int(rows, 14) } };
}

static bool take(struct db_rows *rows, struct arena *mem, struct meeting **out, size_t *n_out, struct err *err)
{
    struct meeting *list = NULL;
    size_t n = 0, capacity = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = read_meeting(rows, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(rows, err);
}

bool store_meeting(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct meeting *out, struct err *err)
{
    struct db_rows rows;
    struct meeting *list;
    size_t n;
    if (!db_select(session, Q_MEETING_GET, DB_VALUES(db_text(county), db_int(id)), &rows, err) || !take(&rows, mem, &list, &n, err))
        return false;
    if (!n)
        return err_set(err, ERR_ABSENT, "没有第 %lld 号会议。", (long long)id);
    *out = list[0];
    return true;
}

bool store_meetings(struct db_session *session, struct text county, int64_t most, int64_t skipped, struct arena *mem, struct meeting **out,
                    size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_MEETING_LIST, DB_VALUES(db_text(county), db_int(most), db_int(skipped)), &rows, err) && take(&rows, mem, out, n_out, err);
}

bool store_meetings_unfinished(struct db_session *session, struct text county, struct arena *mem, struct meeting **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_MEETING_UNFINISHED, DB_VALUES(db_text(county)), &rows, err) && take(&rows, mem, out, n_out, err);
}

bool store_meeting_count(struct db_session *session, struct text county, int64_t *all_out, int64_t *unfinished_out, struct err *err)
{
    struct db_rows rows;
    *all_out = *unfinished_out = 0;
    if (!db_select(session, Q_MEETING_COUNT, DB_VALUES(db_text(county)), &rows, err))
        return false;
    if (db_next(&rows)) {
        *all_out = db_get_int(&rows, 0);
        *unfinished_out = db_get_int(&rows, 1);
    }
    return db_done(&rows, err);
}

/* ---- the agenda --------------------------------------------------------------------------- */

bool store_meeting_item_add(struct db_session *session, struct text county, int64_t id, const struct meeting_item *i, struct err *err)
{
    return db_run(session, Q_MEETING_ITEM_ADD,
                  DB_VALUES(db_text(county), db_int(id), db_text(i->origin), db_text(i->origin_key), db_text(i->what), db_text(i->unit),
                            db_text(i->standing), db_text(i->link)),
                  err);
}

bool store_meeting_item_drop(struct db_session *session, struct text county, int64_t id, int64_t position, struct err *err)
{
    if (!db_run(session, Q_MEETING_ITEM_DROP, DB_VALUES(db_text(county), db_int(id), db_int(position)), err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_CONFLICT, "议题里没有这一条，可能别人已经去掉了。");
}

bool store_meeting_items(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct meeting_item **out, size_t *n_out,
                         struct err *err)
{
    struct db_rows rows;
    struct meeting_item *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_MEETING_ITEMS, DB_VALUES(db_text(county), db_int(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct meeting_item){ db_get_int(&rows, 0), db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem), db_get_text(&rows, 3, mem),
                                           db_get_text(&rows, 4, mem), db_get_text(&rows, 5, mem), db_get_text(&rows, 6, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

/* ---- what was decided --------------------------------------------------------------------- */

bool store_meeting_decision_add(struct db_session *session, struct text county, int64_t id, const struct meeting_decision *d, struct err *err)
{
    return db_run(session, Q_MEETING_DECISION_ADD,
                  DB_VALUES(db_text(county), db_int(id), db_int(d->item), db_text(d->words), db_text(d->owner.kind), db_text(d->owner.name),
                            db_text(d->owner.shown), db_text(d->due), db_text(d->product)),
                  err);
}

bool store_meeting_decision_drop(struct db_session *session, struct text county, int64_t id, int64_t position, struct err *err)
{
    if (!db_run(session, Q_MEETING_DECISION_DROP, DB_VALUES(db_text(county), db_int(id), db_int(position)), err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_CONFLICT, "没有这一条决定，或者它已经成为任务。");
}

bool store_meeting_decision_task(struct db_session *session, struct text county, int64_t id, int64_t position, struct text task, struct err *err)
{
    return db_run(session, Q_MEETING_DECISION_TASK, DB_VALUES(db_text(task), db_text(county), db_int(id), db_int(position)), err);
}

bool store_meeting_decisions(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct meeting_decision **out,
                             size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct meeting_decision *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_MEETING_DECISIONS, DB_VALUES(db_text(county), db_int(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct meeting_decision){
            .position = db_get_int(&rows, 0), .item = db_get_int(&rows, 1), .words = db_get_text(&rows, 2, mem),
            .owner = { db_get_text(&rows, 3, mem), db_get_text(&rows, 4, mem), db_get_text(&rows, 5, mem) },
            .due = db_get_text(&rows, 6, mem), .product = db_get_text(&rows, 7, mem), .task = db_get_text(&rows, 8, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

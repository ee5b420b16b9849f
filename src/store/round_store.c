#include "store/round_store.h"

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

#define BY(stamp) db_int((stamp).account), db_text((stamp).who), db_int((stamp).at)
#define SPOT(at) db_text((at)->kind), db_text((at)->name)

/* ---- rounds ------------------------------------------------------------------------------- */

bool store_round_add(struct db_session *session, struct text county, const struct round_row *r, struct err *err)
{
    return db_run(session, Q_ROUND_ADD,
                  DB_VALUES(db_text(county), db_text(r->id), db_text(r->kind), db_text(r->title), db_text(r->organiser), db_int(r->year),
                            db_text(r->scope), db_text(r->first_day), db_text(r->last_day), BY(r->made)),
                  err);
}

bool store_round_edit(struct db_session *session, struct text county, const struct round_row *r, int64_t now, struct err *err)
{
    return db_run(session, Q_ROUND_EDIT,
                  DB_VALUES(db_text(r->title), db_text(r->organiser), db_text(r->scope), db_text(r->first_day), db_text(r->last_day), db_int(now),
                            db_text(county), db_text(r->id)),
                  err) &&
           one_changed(session, "这一轮督导已经反馈或者取消，不能再改。", err);
}

static bool take_rounds(struct db_rows *rows, struct arena *mem, struct round_row **out, size_t *n_out, struct err *err)
{
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct round_row){
            .id = db_get_text(rows, 0, mem), .kind = db_get_text(rows, 1, mem), .title = db_get_text(rows, 2, mem), .organiser = db_get_text(rows, 3, mem),
            .year = (int)db_get_int(rows, 4), .state = db_get_text(rows, 5, mem), .scope = db_get_text(rows, 6, mem), .first_day = db_get_text(rows, 7, mem),
            .last_day = db_get_text(rows, 8, mem), .made = stamp_at(rows, 9, mem), .changed_at = db_get_int(rows, 12), .places = (size_t)db_get_int(rows, 13),
            .done = (size_t)db_get_int(rows, 14), .findings = (size_t)db_get_int(rows, 15), .undecided = (size_t)db_get_int(rows, 16) };
    }
    return db_done(rows, err);
}

bool store_rounds(struct db_session *session, struct text county, struct arena *mem, struct round_row **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_ROUND_LIST, DB_VALUES(db_text(county)), &rows, err) && take_rounds(&rows, mem, out, n_out, err);
}

bool store_round(struct db_session *session, struct text county, struct text id, struct arena *mem, struct round_row *out, struct err *err)
{
    struct db_rows rows;
    struct round_row *list;
    size_t n;
    if (!db_select(session, Q_ROUND_GET, DB_VALUES(db_text(county), db_text(id)), &rows, err) || !take_rounds(&rows, mem, &list, &n, err))
        return false;
    if (n) {
        *out = list[0];
        return true;
    }
    err_set(err, ERR_ABSENT, "没有这一轮督导。");
    return err_hint(err, "可能链接抄错了；请从“督导”页面进入。");
}

bool store_round_step(struct db_session *session, struct text county, struct text id, struct text seen, struct text state,
                      const struct round_event *event, struct err *err)
{
    return db_run(session, Q_ROUND_STEP, DB_VALUES(db_text(state), db_int(event->by.at), db_text(county), db_text(id), db_text(seen)), err) &&
           one_changed(session, "这一轮督导的状态刚刚变了。", err) &&
           db_run(session, Q_ROUND_EVENT_ADD, DB_VALUES(db_text(county), db_text(id), db_text(event->step), db_text(event->reason), BY(event->by)), err);
}

bool store_round_events(struct db_session *session, struct text county, struct text id, struct arena *mem, struct round_event **out, size_t *n_out,
                        struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_EVENT_LIST, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct round_event){ db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem), stamp_at(&rows, 2, mem) };
    }
    return db_done(&rows, err);
}

/* ---- the team ----------------------------------------------------------------------------- */

bool store_round_member_add(struct db_session *session, struct text county, struct text id, const struct round_member *m, struct stamp by,
                            struct err *err)
{
    return db_run(session, Q_ROUND_MEMBER_ADD,
                  DB_VALUES(db_text(county), db_text(id), m->account ? db_int(m->account) : db_null(), db_text(m->name), db_text(m->unit),
                            db_text(m->duty), BY(by)),
                  err);
}

bool store_round_member_end(struct db_session *session, struct text county, struct text id, int64_t position, int64_t now, struct err *err)
{
    return db_run(session, Q_ROUND_MEMBER_END, DB_VALUES(db_int(now), db_text(county), db_text(id), db_int(position)), err) &&
           one_changed(session, "这个人已经不在督导组里。", err);
}

bool store_round_members(struct db_session *session, struct text county, struct text id, struct arena *mem, struct round_member **out, size_t *n_out,
                         struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_MEMBER_LIST, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct round_member){
            .position = db_get_int(&rows, 0), .account = db_get_int(&rows, 1), .name = db_get_text(&rows, 2, mem), .unit = db_get_text(&rows, 3, mem),
            .duty = db_get_text(&rows, 4, mem), .left_at = db_get_int(&rows, 5), .role = db_get_text(&rows, 6, mem) };
    }
    return db_done(&rows, err);
}

/* ---- draws -------------------------------------------------------------------------------- */

bool store_round_draw_add(struct db_session *session, struct text county, struct text id, const struct round_draw_row *d, struct err *err)
{
    return db_run(session, Q_ROUND_DRAW_ADD,
                  DB_VALUES(db_text(county), db_text(id), db_int(d->number), db_text(d->seed), db_text(d->strata), db_int(d->wanted), db_text(d->frame),
                            db_text(d->reason), BY(d->by)),
                  err);
}

bool store_round_draws(struct db_session *session, struct text county, struct text id, struct arena *mem, struct round_draw_row **out, size_t *n_out,
                       struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_DRAW_LIST, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct round_draw_row){
            .number = db_get_int(&rows, 0), .seed = db_get_text(&rows, 1, mem), .strata = db_get_text(&rows, 2, mem), .wanted = db_get_int(&rows, 3),
            .frame = db_get_text(&rows, 4, mem), .reason = db_get_text(&rows, 5, mem), .by = stamp_at(&rows, 6, mem) };
    }
    return db_done(&rows, err);
}

/* ---- where it goes ------------------------------------------------------------------------ */

bool store_round_place_put(struct db_session *session, struct text county, struct text id, const struct round_place *p, struct stamp by,
                           struct err *err)
{
    return db_run(session, Q_ROUND_PLACE_PUT,
                  DB_VALUES(db_text(county), db_text(id), SPOT(&p->spot), db_text(p->shown), db_text(p->township),
                            p->draw_no ? db_int(p->draw_no) : db_null(), db_text(p->reason), db_text(p->form), db_int(p->form_version), BY(by)),
                  err);
}

bool store_round_place_day(struct db_session *session, struct text county, struct text id, const struct round_spot *at, struct text day, struct err *err)
{
    return db_run(session, Q_ROUND_PLACE_DAY, DB_VALUES(db_text_or_null(day), db_text(county), db_text(id), SPOT(at)), err) &&
           one_changed(session, "这个学校或单位不在这一轮里。", err);
}

bool store_round_place_remove(struct db_session *session, struct text county, struct text id, const struct round_spot *at, struct text reason,
                              struct stamp by, struct err *err)
{
    return db_run(session, Q_ROUND_PLACE_REMOVE,
                  DB_VALUES(db_int(by.at), db_text(by.who), db_text(reason), db_text(county), db_text(id), SPOT(at)), err) &&
           one_changed(session, "它的检查表已经填了，或者它已经不在这一轮里。", err);
}

bool store_round_drawn_remove(struct db_session *session, struct text county, struct text id, struct text reason, struct stamp by, struct err *err)
{
    return db_run(session, Q_ROUND_DRAWN_REMOVE, DB_VALUES(db_int(by.at), db_text(by.who), db_text(reason), db_text(county), db_text(id)), err);
}

bool store_round_places(struct db_session *session, struct text county, struct text id, struct arena *mem, struct round_place **out, size_t *n_out,
                        struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_PLACE_LIST, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct round_place){
            .spot = { db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem) }, .shown = db_get_text(&rows, 2, mem), .township = db_get_text(&rows, 3, mem),
            .draw_no = db_get_int(&rows, 4), .reason = db_get_text(&rows, 5, mem), .visit_day = db_get_text(&rows, 6, mem), .form = db_get_text(&rows, 7, mem),
            .form_version = db_get_int(&rows, 8), .changed_at = db_get_int(&rows, 9), .done = stamp_at(&rows, 10, mem), .removed_at = db_get_int(&rows, 13),
            .removed_who = db_get_text(&rows, 14, mem), .removed_reason = db_get_text(&rows, 15, mem), .answered = db_get_int(&rows, 16) };
    }
    return db_done(&rows, err);
}

bool store_round_place_done(struct db_session *session, struct text county, struct text id, const struct round_spot *at, bool again, struct stamp by,
                            struct err *err)
{
    const bool ran = again ? db_run(session, Q_ROUND_PLACE_AGAIN, DB_VALUES(db_int(by.at), db_text(county), db_text(id), SPOT(at)), err)
                           : db_run(session, Q_ROUND_PLACE_DONE, DB_VALUES(BY(by), db_text(county), db_text(id), SPOT(at)), err);
    return ran && one_changed(session, again ? "这份检查表没有交过。" : "这份检查表已经交了。", err);
}

bool store_round_place_touch(struct db_session *session, struct text county, struct text id, const struct round_spot *at, int64_t now, struct err *err)
{
    return db_run(session, Q_ROUND_PLACE_TOUCH, DB_VALUES(db_int(now), db_text(county), db_text(id), SPOT(at)), err);
}

/* ---- sheets ------------------------------------------------------------------------------- */

bool store_round_answers(struct db_session *session, struct text county, struct text id, const struct round_spot *at, struct arena *mem,
                         struct round_answer **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_ANSWER_LIST, DB_VALUES(db_text(county), db_text(id), SPOT(at)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct round_answer){ db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem), db_get_int(&rows, 2), stamp_at(&rows, 3, mem) };
    }
    return db_done(&rows, err);
}

bool store_round_answer_put(struct db_session *session, struct text county, struct text id, const struct round_spot *at,
                            const struct round_answer *a, struct err *err)
{
    if (a->stamp > 1 && !db_run(session, Q_ROUND_ANSWER_KEEP, DB_VALUES(db_text(county), db_text(id), SPOT(at), db_text(a->field)), err))
        return false;
    return db_run(session, Q_ROUND_ANSWER_PUT,
                  DB_VALUES(db_text(county), db_text(id), SPOT(at), db_text(a->field), db_text(a->value), db_int(a->stamp), BY(a->by)), err) &&
           one_changed(session, "这一题刚刚由别人改过。", err);
}

bool store_round_photo_add(struct db_session *session, struct text county, struct text id, const struct round_photo *p, bool *fresh_out,
                           struct err *err)
{
    if (!db_run(session, Q_ROUND_PHOTO_ADD,
                DB_VALUES(db_text(county), db_text(p->id), db_text(id), SPOT(&p->spot), db_text(p->question), db_text(p->sha256), db_text(p->name),
                          db_text(p->kind), db_int(p->size), BY(p->by)),
                err))
        return false;
    *fresh_out = db_changed(session) == 1;
    return true;
}

bool store_round_photos(struct db_session *session, struct text county, struct text id, const struct round_spot *at, struct arena *mem,
                        struct round_photo **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_PHOTO_LIST, DB_VALUES(db_text(county), db_text(id), db_text(at ? at->kind : TEXT("")), db_text(at ? at->name : TEXT(""))),
                   &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct round_photo){
            .id = db_get_text(&rows, 0, mem), .spot = { db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem) }, .question = db_get_text(&rows, 3, mem),
            .sha256 = db_get_text(&rows, 4, mem), .name = db_get_text(&rows, 5, mem), .kind = db_get_text(&rows, 6, mem), .size = db_get_int(&rows, 7),
            .by = stamp_at(&rows, 8, mem) };
    }
    return db_done(&rows, err);
}

bool store_round_photo_remove(struct db_session *session, struct text county, struct text id, struct text photo, struct stamp by, struct err *err)
{
    if (!db_run(session, Q_ROUND_PHOTO_REMOVE, DB_VALUES(db_int(by.at), db_text(by.who), db_text(county), db_text(photo), db_text(id)), err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_ABSENT, "这张照片已经不在这里了。");
}

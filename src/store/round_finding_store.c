/* Inspection rounds: findings, papers, and what they ask of whom. */
#include "store/round_store.h"

static struct stamp stamp_at(const struct db_rows *rows, int from, struct arena *mem)
{
    return (struct stamp){ db_get_int(rows, from), db_get_text(rows, from + 1, mem), db_get_int(rows, from + 2) };
}

static bool one_decided(struct db_session *session, struct err *err)
{
    if (db_changed(session) == 1)
        return true;
    err_set(err, ERR_CONFLICT, "这个问题已经定了，不能再改。");
    return err_hint(err, "可能别人刚刚交办了；请刷新页面再看。");
}

bool store_finding_add(struct db_session *session, struct text county, struct text id, const struct finding_row *f, struct err *err)
{
    return db_run(session, Q_ROUND_FINDING_ADD,
                  DB_VALUES(db_text(county), db_text(id), db_text(f->spot.kind), db_text(f->spot.name), db_text(f->shown), db_text(f->question),
                            db_text(f->subject), db_text(f->stage), db_text(f->grade), db_text(f->what), db_text(f->advice), db_int(f->noted.account),
                            db_text(f->noted.who), db_int(f->noted.at)),
                  err);
}

bool store_finding_edit(struct db_session *session, struct text county, struct text id, const struct finding_row *f, int64_t now, struct err *err)
{
    return db_run(session, Q_ROUND_FINDING_EDIT,
                  DB_VALUES(db_text(f->subject), db_text(f->stage), db_text(f->grade), db_text(f->what), db_text(f->advice), db_int(now),
                            db_text(county), db_text(id), db_int(f->number)),
                  err) &&
           one_decided(session, err);
}

bool store_finding_decide(struct db_session *session, struct text county, struct text id, const struct finding_row *f, struct err *err)
{
    return db_run(session, Q_ROUND_FINDING_DECIDE,
                  DB_VALUES(db_text(f->state), db_text(f->owner_kind), db_text(f->owner_name), db_text(f->owner_shown), db_text(f->due), db_int(f->task),
                            db_text(f->reason), db_int(f->decided.account), db_text(f->decided.who), db_int(f->decided.at), db_text(county),
                            db_text(id), db_int(f->number)),
                  err) &&
           one_decided(session, err);
}

bool store_findings(struct db_session *session, struct text county, struct text id, struct arena *mem, struct finding_row **out, size_t *n_out,
                    struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_FINDING_LIST, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct finding_row){
            .number = db_get_int(&rows, 0), .spot = { db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem) }, .shown = db_get_text(&rows, 3, mem),
            .question = db_get_text(&rows, 4, mem), .subject = db_get_text(&rows, 5, mem), .stage = db_get_text(&rows, 6, mem),
            .grade = db_get_text(&rows, 7, mem), .what = db_get_text(&rows, 8, mem), .advice = db_get_text(&rows, 9, mem), .state = db_get_text(&rows, 10, mem),
            .owner_kind = db_get_text(&rows, 11, mem), .owner_name = db_get_text(&rows, 12, mem), .owner_shown = db_get_text(&rows, 13, mem),
            .due = db_get_text(&rows, 14, mem), .task = db_get_int(&rows, 15), .noted = stamp_at(&rows, 16, mem), .decided = stamp_at(&rows, 19, mem),
            .reason = db_get_text(&rows, 22, mem), .task_state = db_get_text(&rows, 23, mem), .person = db_get_text(&rows, 24, mem),
            .measures = db_get_text(&rows, 25, mem), .result = db_get_text(&rows, 26, mem), .done_on = db_get_text(&rows, 27, mem),
            .closed_on = db_get_text(&rows, 28, mem) };
    }
    return db_done(&rows, err);
}

/* ---- papers ------------------------------------------------------------------------------- */

bool store_paper_put(struct db_session *session, struct text county, struct text id, const struct paper_row *p, struct err *err)
{
    return db_run(session, Q_ROUND_PAPER_PUT,
                  DB_VALUES(db_text(county), db_text(id), db_text(p->kind), db_text(p->spot.kind), db_text(p->spot.name), db_text(p->number),
                            db_text(p->signed_on), db_text(p->words), db_int(p->by.account), db_text(p->by.who), db_int(p->by.at)),
                  err);
}

bool store_paper(struct db_session *session, struct text county, struct text id, struct text kind, const struct round_spot *at, struct arena *mem,
                 struct paper_row *out, struct err *err)
{
    struct db_rows rows;
    *out = (struct paper_row){ .kind = kind, .spot = *at };
    if (!db_select(session, Q_ROUND_PAPER_GET, DB_VALUES(db_text(county), db_text(id), db_text(kind), db_text(at->kind), db_text(at->name)), &rows, err))
        return false;
    while (db_next(&rows)) {
        out->number = db_get_text(&rows, 0, mem);
        out->signed_on = db_get_text(&rows, 1, mem);
        out->words = db_get_text(&rows, 2, mem);
        out->by = stamp_at(&rows, 3, mem);
    }
    return db_done(&rows, err);
}

/* ---- whose -------------------------------------------------------------------------------- */

bool store_round_touches(struct db_session *session, struct text county, struct arena *mem, struct round_touch **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_TOUCHES, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct round_touch){ .round = db_get_text(&rows, 0, mem), .spot = { db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem) },
                                                   .township = db_get_text(&rows, 3, mem), .by = (enum round_touch_by)db_get_int(&rows, 4) };
    }
    return db_done(&rows, err);
}

bool store_rounds_of_member(struct db_session *session, struct text county, int64_t account, struct arena *mem, struct text **out, size_t *n_out,
                            struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_OF_MEMBER, DB_VALUES(db_text(county), db_int(account)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = db_get_text(&rows, 0, mem);
    }
    return db_done(&rows, err);
}

bool store_round_covers(struct db_session *session, struct text county, int64_t account, struct arena *mem, struct round_spot **out, size_t *n_out,
                        struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_COVERS, DB_VALUES(db_text(county), db_int(account)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct round_spot){ db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem) };
    }
    return db_done(&rows, err);
}

bool store_round_work(struct db_session *session, struct text county, int64_t account, struct arena *mem, struct round_work **out, size_t *n_out,
                      struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_ROUND_WAITING, DB_VALUES(db_int(account), db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct round_work){
            .id = db_get_text(&rows, 0, mem), .title = db_get_text(&rows, 1, mem), .state = db_get_text(&rows, 2, mem), .first_day = db_get_text(&rows, 3, mem),
            .last_day = db_get_text(&rows, 4, mem), .open = (size_t)db_get_int(&rows, 5), .undecided = (size_t)db_get_int(&rows, 6),
            .on_it = db_get_int(&rows, 7) != 0 };
    }
    return db_done(&rows, err);
}

/* Judgements of two people; the registers of vetoes and preconditions. */
#include "store/evidence_store.h"

static const char *const VERDICT_WORDS[N_JUDGED] = { "met", "unmet", "open" };
static const char *const STATE_WORDS[N_JUDGEMENT_STATES] = { "waiting", "confirmed", "refused", "withdrawn" };

struct text verdict_word(enum judgement_verdict verdict)
{
    return text_of(VERDICT_WORDS[verdict]);
}

bool verdict_of_word(struct text word, enum judgement_verdict *out)
{
    for (size_t i = 0; i < N_JUDGED; i++)
        if (text_equal(word, text_of(VERDICT_WORDS[i]))) {
            *out = (enum judgement_verdict)i;
            return true;
        }
    return false;
}

struct text judgement_state_word(enum judgement_state state)
{
    return text_of(STATE_WORDS[state]);
}

static enum judgement_state state_of_word(struct text word)
{
    for (size_t i = 0; i < N_JUDGEMENT_STATES; i++)
        if (text_equal(word, text_of(STATE_WORDS[i])))
            return (enum judgement_state)i;
    return JUDGEMENT_WITHDRAWN;
}

static struct judgement judgement_at(struct db_rows *rows, struct arena *mem)
{
    struct judgement j = {
        .id = db_get_text(rows, 0, mem), .year = (int)db_get_int(rows, 1), .indicator = db_get_text(rows, 2, mem),
        .place_kind = db_get_text(rows, 3, mem), .place_name = db_get_text(rows, 4, mem), .reason = db_get_text(rows, 6, mem),
        .first = { db_get_int(rows, 7), db_get_text(rows, 8, mem), db_get_int(rows, 9) }, .state = state_of_word(db_get_text(rows, 10, mem)),
        .second = { db_get_int(rows, 11), db_get_text(rows, 12, mem), db_get_int(rows, 13) }, .second_reason = db_get_text(rows, 14, mem),
        .version = db_get_int(rows, 15),
    };
    if (!verdict_of_word(db_get_text(rows, 5, mem), &j.verdict))
        j.verdict = JUDGED_OPEN;
    return j;
}

static bool take_judgements(struct db_rows *rows, struct arena *mem, struct judgement **out, size_t *n_out, struct err *err)
{
    struct judgement *list = NULL;
    size_t n = 0, capacity = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = judgement_at(rows, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(rows, err);
}

bool store_judgement_add(struct db_session *session, struct text county, const struct judgement *j, struct err *err)
{
    if (db_run(session, Q_JUDGEMENT_ADD,
               DB_VALUES(db_text(county), db_text(j->id), db_int(j->year), db_text(j->indicator), db_text(j->place_kind), db_text(j->place_name),
                         db_text(verdict_word(j->verdict)), db_text(j->reason), db_int(j->first.account), db_text(j->first.who),
                         db_int(j->first.at)),
               err))
        return true;
    if (err->kind == ERR_CONFLICT) {
        err_set(err, ERR_CONFLICT, "这一项已经有一个评判在等第二人复核。");
        err_hint(err, "请等复核之后再评；评的人自己也可以先收回。");
    }
    return false;
}

bool store_judgements(struct db_session *session, struct text county, int year, struct arena *mem, struct judgement **out, size_t *n_out,
                      struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_JUDGEMENT_LIST, DB_VALUES(db_text(county), db_int(year)), &rows, err) &&
           take_judgements(&rows, mem, out, n_out, err);
}

bool store_judgement(struct db_session *session, struct text county, struct text id, struct arena *mem, struct judgement *out, struct err *err)
{
    struct db_rows rows;
    struct judgement *list;
    size_t n;
    if (!db_select(session, Q_JUDGEMENT_GET, DB_VALUES(db_text(county), db_text(id)), &rows, err) || !take_judgements(&rows, mem, &list, &n, err))
        return false;
    if (!n)
        return err_set(err, ERR_ABSENT, "没有这个评判。");
    *out = list[0];
    return true;
}

bool store_judgement_end(struct db_session *session, struct text county, const struct judgement *j, struct err *err)
{
    if (!db_run(session, Q_JUDGEMENT_END,
                DB_VALUES(db_text(judgement_state_word(j->state)), db_int(j->second.account), db_text(j->second.who), db_int(j->second.at),
                          db_text_or_null(j->second_reason), j->version ? db_int(j->version) : db_null(), db_text(county), db_text(j->id)),
                err))
        return false;
    if (db_changed(session))
        return true;
    err_set(err, ERR_CONFLICT, "这个评判已经有人复核过，或者收回了。");
    return err_hint(err, "请刷新页面看现在的结果。");
}

/* ---- registers ---- */

static struct register_case case_at(struct db_rows *rows, struct arena *mem)
{
    return (struct register_case){
        .id = db_get_text(rows, 0, mem), .item = db_get_text(rows, 1, mem), .year = (int)db_get_int(rows, 2),
        .happened_on = db_get_text(rows, 3, mem), .place_kind = db_get_text(rows, 4, mem), .place_name = db_get_text(rows, 5, mem),
        .place_shown = db_get_text(rows, 6, mem), .what = db_get_text(rows, 7, mem),
        .opened = { db_get_int(rows, 8), db_get_text(rows, 9, mem), db_get_int(rows, 10) },
        .closed_on = db_get_text(rows, 11, mem), .closed_how = db_get_text(rows, 12, mem),
        .closed = { db_get_int(rows, 13), db_get_text(rows, 14, mem), db_get_int(rows, 15) },
    };
}

static bool take_cases(struct db_rows *rows, struct arena *mem, struct register_case **out, size_t *n_out, struct err *err)
{
    struct register_case *list = NULL;
    size_t n = 0, capacity = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = case_at(rows, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(rows, err);
}

bool store_case_add(struct db_session *session, struct text county, const struct register_case *c, struct err *err)
{
    return db_run(session, Q_CASE_ADD,
                  DB_VALUES(db_text(county), db_text(c->id), db_text(c->item), db_int(c->year), db_text(c->happened_on), db_text(c->place_kind),
                            db_text(c->place_name), db_text(c->place_shown), db_text(c->what), db_int(c->opened.account),
                            db_text(c->opened.who), db_int(c->opened.at)),
                  err);
}

bool store_cases(struct db_session *session, struct text county, struct arena *mem, struct register_case **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_CASE_LIST, DB_VALUES(db_text(county)), &rows, err) && take_cases(&rows, mem, out, n_out, err);
}

bool store_case(struct db_session *session, struct text county, struct text id, struct arena *mem, struct register_case *out, struct err *err)
{
    struct db_rows rows;
    struct register_case *list;
    size_t n;
    if (!db_select(session, Q_CASE_GET, DB_VALUES(db_text(county), db_text(id)), &rows, err) || !take_cases(&rows, mem, &list, &n, err))
        return false;
    if (!n)
        return err_set(err, ERR_ABSENT, "登记簿里没有这一条。");
    *out = list[0];
    return true;
}

bool store_case_close(struct db_session *session, struct text county, const struct register_case *c, struct err *err)
{
    if (!db_run(session, Q_CASE_CLOSE,
                DB_VALUES(db_text(c->closed_on), db_text(c->closed_how), db_int(c->closed.account), db_text(c->closed.who), db_int(c->closed.at),
                          db_text(county), db_text(c->id)),
                err))
        return false;
    if (db_changed(session))
        return true;
    err_set(err, ERR_CONFLICT, "这一条已经由别人了结了。");
    return err_hint(err, "请刷新页面看现在的状态。");
}

bool store_cases_open(struct db_session *session, struct text county, struct text item, int year, int64_t *out, struct err *err)
{
    struct db_rows rows;
    *out = 0;
    if (!db_select(session, Q_CASE_OPEN_COUNT, DB_VALUES(db_text(county), db_text(item), db_int(year)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = db_get_int(&rows, 0);
    return db_done(&rows, err);
}

#include "store/form_store.h"

static struct stamp stamp_at(const struct db_rows *rows, int from, struct arena *mem)
{
    return (struct stamp){ db_get_int(rows, from), db_get_text(rows, from + 1, mem), db_get_int(rows, from + 2) };
}

/* ---- forms -------------------------------------------------------------------------------- */

bool store_forms(struct db_session *session, struct text county, struct arena *mem, struct form_kept **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_FORM_LIST, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct form_kept){
            .id = db_get_text(&rows, 0, mem), .version = db_get_int(&rows, 1), .shipped = db_get_int(&rows, 2) != 0, .title = db_get_text(&rows, 3, mem),
            .made = stamp_at(&rows, 4, mem), .used = { db_get_int(&rows, 8), db_get_text(&rows, 9, mem), db_get_int(&rows, 7) },
            .retired = { 0, db_get_text(&rows, 11, mem), db_get_int(&rows, 10) } };
    }
    return db_done(&rows, err);
}

bool store_form_add(struct db_session *session, struct text county, const struct form_kept *f, struct text definition, struct err *err)
{
    const bool used = f->used.at != 0;
    return db_run(session, Q_FORM_ADD,
                  DB_VALUES(db_text(county), db_text(f->id), db_int(f->version), db_int(f->shipped), db_text(f->title), db_text(definition),
                            db_int(f->made.account), db_text(f->made.who), db_int(f->made.at), used ? db_int(f->used.at) : db_null(),
                            used ? db_int(f->used.account) : db_null(), used ? db_text(f->used.who) : db_null()),
                  err);
}

bool store_form_definition(struct db_session *session, struct text county, struct text id, int64_t version, struct arena *mem, struct text *out,
                           struct err *err)
{
    struct db_rows rows;
    bool found = false;
    if (!db_select(session, Q_FORM_DEFINITION, DB_VALUES(db_text(county), db_text(id), db_int(version)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *out = db_get_text(&rows, 0, mem);
        found = true;
    }
    if (!db_done(&rows, err))
        return false;
    return found || err_set(err, ERR_ABSENT, "没有“%.*s”第 %lld 版这张表。", TEXT_ARG(id), (long long)version);
}

static bool one_changed(struct db_session *session, const char *what, struct err *err)
{
    if (db_changed(session) == 1)
        return true;
    err_set(err, ERR_CONFLICT, "%s", what);
    return err_hint(err, "可能别人刚刚做过了；请刷新页面再看。");
}

bool store_form_use(struct db_session *session, struct text county, struct text id, int64_t version, struct stamp by, struct err *err)
{
    return db_run(session, Q_FORM_USE, DB_VALUES(db_int(by.at), db_int(by.account), db_text(by.who), db_text(county), db_text(id), db_int(version)), err) &&
           one_changed(session, "这一版已经启用，或者已经停用。", err);
}

bool store_form_retire(struct db_session *session, struct text county, struct text id, int64_t version, struct stamp by, struct err *err)
{
    return db_run(session, Q_FORM_RETIRE, DB_VALUES(db_int(by.at), db_text(by.who), db_text(county), db_text(id), db_int(version)), err) &&
           one_changed(session, "这一版已经停用。", err);
}

/* ---- sheets ------------------------------------------------------------------------------- */

static struct sheet_row sheet_at(const struct db_rows *rows, struct arena *mem)
{
    return (struct sheet_row){
        .id = db_get_text(rows, 0, mem), .form = db_get_text(rows, 1, mem), .form_version = db_get_int(rows, 2), .year = (int)db_get_int(rows, 3),
        .place_kind = db_get_text(rows, 4, mem), .place_name = db_get_text(rows, 5, mem), .nth = db_get_int(rows, 6), .state = db_get_text(rows, 7, mem),
        .sent_back = db_get_int(rows, 8) != 0, .begun = stamp_at(rows, 9, mem), .changed_at = db_get_int(rows, 12),
        .submitted = stamp_at(rows, 13, mem), .ended = stamp_at(rows, 16, mem), .reason = db_get_text(rows, 19, mem), .marked = db_get_text(rows, 20, mem) };
}

static bool take_sheets(struct db_rows *rows, struct arena *mem, struct sheet_row **out, size_t *n_out, struct err *err)
{
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = sheet_at(rows, mem);
    }
    return db_done(rows, err);
}

bool store_sheet_add(struct db_session *session, struct text county, const struct sheet_row *s, struct err *err)
{
    return db_run(session, Q_FORM_SHEET_ADD,
                  DB_VALUES(db_text(county), db_text(s->id), db_text(s->form), db_int(s->form_version), db_int(s->year), db_text(s->place_kind),
                            db_text(s->place_name), db_int(s->nth), db_int(s->begun.account), db_text(s->begun.who), db_int(s->begun.at)),
                  err);
}

bool store_sheet_last(struct db_session *session, struct text county, const struct sheet_row *of, int64_t *nth_out, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_FORM_SHEET_NTH, DB_VALUES(db_text(county), db_text(of->form), db_int(of->year), db_text(of->place_kind), db_text(of->place_name)), &rows, err))
        return false;
    while (db_next(&rows))
        *nth_out = db_get_int(&rows, 0);
    return db_done(&rows, err);
}

bool store_sheet_at(struct db_session *session, struct text county, const struct sheet_row *of, struct arena *mem, struct sheet_row *out, struct err *err)
{
    struct db_rows rows;
    struct sheet_row *list;
    size_t n;
    if (!db_select(session, Q_FORM_SHEET_AT,
                   DB_VALUES(db_text(county), db_text(of->form), db_int(of->year), db_text(of->place_kind), db_text(of->place_name), db_int(of->nth)), &rows, err) ||
        !take_sheets(&rows, mem, &list, &n, err))
        return false;
    *out = n ? list[0] : (struct sheet_row){ .id = TEXT("") };
    return true;
}

bool store_sheet(struct db_session *session, struct text county, struct text id, struct arena *mem, struct sheet_row *out, struct err *err)
{
    struct db_rows rows;
    struct sheet_row *list;
    size_t n;
    if (!db_select(session, Q_FORM_SHEET_GET, DB_VALUES(db_text(county), db_text(id)), &rows, err) || !take_sheets(&rows, mem, &list, &n, err))
        return false;
    if (n) {
        *out = list[0];
        return true;
    }
    err_set(err, ERR_ABSENT, "没有这份填好的表。");
    return err_hint(err, "可能链接抄错了；请从“自评表”页面进入。");
}

bool store_sheets_of_year(struct db_session *session, struct text county, int year, struct arena *mem, struct sheet_row **out, size_t *n_out,
                          struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_FORM_SHEET_LIST, DB_VALUES(db_text(county), db_int(year)), &rows, err) && take_sheets(&rows, mem, out, n_out, err);
}

bool store_sheets_of_unit(struct db_session *session, struct text county, struct text form, struct text place_kind, struct text place_name,
                          struct arena *mem, struct sheet_row **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_FORM_SHEET_OF_UNIT, DB_VALUES(db_text(county), db_text(form), db_text(place_kind), db_text(place_name)), &rows, err) &&
           take_sheets(&rows, mem, out, n_out, err);
}

bool store_sheet_step(struct db_session *session, struct text county, const struct sheet_row *s, struct text seen, int64_t now, struct err *err)
{
    const bool submitted = s->submitted.at != 0, ended = s->ended.at != 0;
    return db_run(session, Q_FORM_SHEET_STEP,
                  DB_VALUES(db_text(s->state), db_int(s->sent_back), db_int(now), submitted ? db_int(s->submitted.account) : db_null(),
                            db_text_or_null(s->submitted.who), submitted ? db_int(s->submitted.at) : db_null(),
                            ended ? db_int(s->ended.account) : db_null(), db_text_or_null(s->ended.who), ended ? db_int(s->ended.at) : db_null(),
                            db_text(s->reason), db_text(s->marked), db_text(county), db_text(s->id), db_text(seen)),
                  err) &&
           one_changed(session, "这份表的状态刚刚变了。", err);
}

bool store_sheet_touch(struct db_session *session, struct text county, struct text id, int64_t now, struct err *err)
{
    return db_run(session, Q_FORM_SHEET_TOUCH, DB_VALUES(db_int(now), db_text(county), db_text(id)), err);
}

/* ---- answers ------------------------------------------------------------------------------ */

bool store_answers(struct db_session *session, struct text county, struct text sheet, struct arena *mem, struct answer_row **out, size_t *n_out,
                   struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_FORM_ANSWER_LIST, DB_VALUES(db_text(county), db_text(sheet)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct answer_row){ db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem), db_get_int(&rows, 2), stamp_at(&rows, 3, mem) };
    }
    return db_done(&rows, err);
}

bool store_answer_put(struct db_session *session, struct text county, struct text sheet, const struct answer_row *a, struct err *err)
{
    if (a->stamp > 1 && !db_run(session, Q_FORM_ANSWER_KEEP, DB_VALUES(db_text(county), db_text(sheet), db_text(a->field)), err))
        return false;
    return db_run(session, Q_FORM_ANSWER_PUT,
                  DB_VALUES(db_text(county), db_text(sheet), db_text(a->field), db_text(a->value), db_int(a->stamp), db_int(a->by.account),
                            db_text(a->by.who), db_int(a->by.at)),
                  err) &&
           one_changed(session, "这一题刚刚由别人改过。", err);
}

bool store_answer_past(struct db_session *session, struct text county, struct text sheet, struct text field, int64_t stamp, struct arena *mem,
                       struct text *value_out, bool *found_out, struct err *err)
{
    struct db_rows rows;
    *found_out = false;
    if (!db_select(session, Q_FORM_ANSWER_PAST, DB_VALUES(db_text(county), db_text(sheet), db_text(field), db_int(stamp)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *value_out = db_get_text(&rows, 0, mem);
        *found_out = true;
    }
    return db_done(&rows, err);
}

/* ---- steps and proofs --------------------------------------------------------------------- */

bool store_sheet_event_add(struct db_session *session, struct text county, struct text sheet, const struct sheet_event *e, struct err *err)
{
    return db_run(session, Q_FORM_EVENT_ADD,
                  DB_VALUES(db_text(county), db_text(sheet), db_text(e->step), db_int(e->by.account), db_text(e->by.who), db_int(e->by.at),
                            db_text(e->reason), db_text(e->marked)),
                  err);
}

bool store_sheet_events(struct db_session *session, struct text county, struct text sheet, struct arena *mem, struct sheet_event **out,
                        size_t *n_out, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_FORM_EVENT_LIST, DB_VALUES(db_text(county), db_text(sheet)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct sheet_event){ db_get_text(&rows, 0, mem), db_get_text(&rows, 4, mem), db_get_text(&rows, 5, mem), stamp_at(&rows, 1, mem) };
    }
    return db_done(&rows, err);
}

bool store_form_proof_add(struct db_session *session, struct text county, struct text sheet, const struct proof_row *p, struct err *err)
{
    return db_run(session, Q_FORM_PROOF_ADD,
                  DB_VALUES(db_text(county), db_text(p->id), db_text(sheet), db_text(p->question), db_text_or_null(p->evidence), db_text_or_null(p->sha256),
                            db_text(p->name), db_text(p->kind), db_int(p->size), db_int(p->by.account), db_text(p->by.who), db_int(p->by.at)),
                  err);
}

bool store_form_proofs(struct db_session *session, struct text county, struct text sheet, struct arena *mem, struct proof_row **out, size_t *n_out,
                       struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    *out = NULL;
    *n_out = 0;
    if (!db_select(session, Q_FORM_PROOF_LIST, DB_VALUES(db_text(county), db_text(sheet)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct proof_row){ db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem), db_get_text(&rows, 3, mem),
                                                 db_get_text(&rows, 4, mem), db_get_text(&rows, 5, mem), db_get_int(&rows, 6), stamp_at(&rows, 7, mem) };
    }
    return db_done(&rows, err);
}

bool store_form_proof_remove(struct db_session *session, struct text county, struct text sheet, struct text proof, struct stamp by, struct err *err)
{
    return db_run(session, Q_FORM_PROOF_REMOVE, DB_VALUES(db_int(by.at), db_text(by.who), db_text(county), db_text(sheet), db_text(proof)), err) &&
           (db_changed(session) || err_set(err, ERR_ABSENT, "这份材料已经不在这里了。"));
}

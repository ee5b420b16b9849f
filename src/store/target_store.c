#include "store/target_store.h"

/* ---- paths -------------------------------------------------------------------------------- */

static void blank_values(struct target_path *path)
{
    for (size_t i = 0; i < TARGET_MOST_YEARS; i++)
        path->value[i] = BLANK;
}

static bool read_paths(struct db_session *session, struct text county, const struct text *school, struct arena *mem, struct target_path **out,
                       size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct target_path *list = NULL;
    size_t n = 0, capacity = 0;
    if (!(school ? db_select(session, Q_TARGET_PATHS_OF, DB_VALUES(db_text(county), db_text(*school)), &rows, err)
                 : db_select(session, Q_TARGET_PATHS, DB_VALUES(db_text(county)), &rows, err)))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        struct target_path *const p = &list[n++];
        *p = (struct target_path){
            .of = { db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem) }, .basis = db_get_text(&rows, 3, mem),
            .from_year = (int)db_get_int(&rows, 4), .from_value = db_get_real(&rows, 5), .person = db_get_text(&rows, 6, mem),
            .stamp = db_get_int(&rows, 7), .by = { db_get_int(&rows, 8), db_get_text(&rows, 9, mem), db_get_int(&rows, 10) },
        };
        blank_values(p);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

/* Both lists are in the same order: one walk puts every value into its path. */
static bool read_values(struct db_session *session, struct text county, const struct text *school, struct target_path *list, size_t n,
                        struct err *err)
{
    struct db_rows rows;
    struct arena *const scratch = arena_new("targets");
    size_t at = 0;
    bool ok = school ? db_select(session, Q_TARGET_VALUES_OF, DB_VALUES(db_text(county), db_text(*school)), &rows, err)
                     : db_select(session, Q_TARGET_VALUES, DB_VALUES(db_text(county)), &rows, err);
    while (ok && db_next(&rows)) {
        const struct arena_mark mark = arena_mark(scratch);
        const struct target_of of = { db_get_text(&rows, 0, scratch), db_get_text(&rows, 1, scratch), db_get_text(&rows, 2, scratch) };
        while (at < n && !(text_equal(list[at].of.school, of.school) && text_equal(list[at].of.stage, of.stage) &&
                           text_equal(list[at].of.subject, of.subject)))
            at++;
        const int64_t i = at < n ? db_get_int(&rows, 3) - list[at].from_year - 1 : -1;
        if (i >= 0 && i < TARGET_MOST_YEARS)
            list[at].value[i] = db_get_real(&rows, 4);
        arena_rewind(scratch, mark);
    }
    ok = ok && db_done(&rows, err);
    struct arena *gone = scratch;
    arena_free(&gone);
    return ok;
}

bool store_targets(struct db_session *session, struct text county, const struct text *school, struct arena *mem, struct target_path **out,
                   size_t *n_out, struct err *err)
{
    return read_paths(session, county, school, mem, out, n_out, err) && read_values(session, county, school, *out, *n_out, err);
}

bool store_target_put(struct db_session *session, struct text county, const struct target_path *p, struct err *err)
{
    if (!db_run(session, Q_TARGET_PATH_PUT,
                DB_VALUES(db_text(county), db_text(p->of.school), db_text(p->of.stage), db_text(p->of.subject), db_text(p->basis),
                          db_int(p->from_year), db_real(p->from_value), db_text(p->person), db_int(p->by.account), db_text(p->by.who),
                          db_int(p->by.at), db_int(p->stamp)),
                err))
        return false;
    if (db_changed(session) != 1) {
        err_set(err, ERR_CONFLICT, "您打开之后，别人改过这一条目标。");
        return err_hint(err, "请刷新页面，看过现在的数再改。");
    }
    if (!db_run(session, Q_TARGET_VALUES_DROP, DB_VALUES(db_text(county), db_text(p->of.school), db_text(p->of.stage), db_text(p->of.subject)), err))
        return false;
    for (int i = 0; i < TARGET_MOST_YEARS; i++)
        if (!is_blank(p->value[i]) &&
            !db_run(session, Q_TARGET_VALUE_PUT,
                    DB_VALUES(db_text(county), db_text(p->of.school), db_text(p->of.stage), db_text(p->of.subject),
                              db_int(p->from_year + 1 + i), db_real(p->value[i])),
                    err))
            return false;
    return true;
}

/* ---- issues ------------------------------------------------------------------------------- */

bool store_target_issues(struct db_session *session, struct text county, struct arena *mem, struct target_issue **out, size_t *n_out,
                         struct err *err)
{
    struct db_rows rows;
    struct target_issue *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_TARGET_ISSUES, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct target_issue){
            .issue = db_get_int(&rows, 0), .document = db_get_text(&rows, 1, mem), .day = db_get_text(&rows, 2, mem),
            .final_year = (int)db_get_int(&rows, 3), .by = { db_get_int(&rows, 4), db_get_text(&rows, 5, mem), db_get_int(&rows, 6) },
            .opened = { db_get_int(&rows, 7), db_get_text(&rows, 8, mem), db_get_int(&rows, 9) }, .reason = db_get_text(&rows, 10, mem),
        };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_target_issue_put(struct db_session *session, struct text county, const struct target_issue *i, struct err *err)
{
    return db_run(session, Q_TARGET_ISSUE_PUT,
                  DB_VALUES(db_text(county), db_text(i->document), db_text(i->day), db_int(i->final_year), db_int(i->by.account), db_text(i->by.who),
                            db_int(i->by.at)),
                  err) &&
           db_run(session, Q_TARGET_ISSUED_PUT, DB_VALUES(db_text(county)), err);
}

bool store_target_issue_open(struct db_session *session, struct text county, const struct stamp *by, struct text reason, struct err *err)
{
    if (!db_run(session, Q_TARGET_ISSUE_OPEN,
                DB_VALUES(db_int(by->at), db_int(by->account), db_text(by->who), db_text(reason), db_text(county)), err))
        return false;
    return db_changed(session) == 1 || err_set(err, ERR_CONFLICT, "目标没有下达，或者已经打开，可以直接改。");
}

/* ---- weights ------------------------------------------------------------------------------ */

bool store_target_weights(struct db_session *session, struct text county, struct arena *mem, struct target_weights *out, struct err *err)
{
    struct db_rows rows;
    *out = (struct target_weights){ 0 };
    if (!db_select(session, Q_TARGET_WEIGHT_LAST, DB_VALUES(db_text(county)), &rows, err))
        return false;
    if (db_next(&rows))
        *out = (struct target_weights){ db_get_text(&rows, 0, mem), db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem),
                                        { db_get_int(&rows, 3), db_get_text(&rows, 4, mem), db_get_int(&rows, 5) } };
    return db_done(&rows, err);
}

bool store_target_weights_put(struct db_session *session, struct text county, const struct target_weights *w, struct err *err)
{
    return db_run(session, Q_TARGET_WEIGHT_PUT,
                  DB_VALUES(db_text(county), db_text(w->document), db_text(w->day), db_text(w->weights), db_int(w->by.account), db_text(w->by.who),
                            db_int(w->by.at)),
                  err);
}

/* Proofs and their versions; what is written in them; the index. */
#include "store/evidence_store.h"

static struct evidence_version version_at(struct db_rows *rows, int from, struct arena *mem)
{
    return (struct evidence_version){
        .sha256 = db_get_text(rows, from, mem), .name = db_get_text(rows, from + 1, mem), .kind = db_get_text(rows, from + 2, mem),
        .size = db_get_int(rows, from + 3),
        .stamp = { db_get_int(rows, from + 4), db_get_text(rows, from + 5, mem), db_get_int(rows, from + 6) },
        .text_state = db_get_text(rows, from + 7, mem), .pages = db_get_int(rows, from + 8),
    };
}

static struct evidence evidence_at(struct db_rows *rows, struct arena *mem)
{
    struct evidence e = {
        .id = db_get_text(rows, 0, mem), .search_id = db_get_int(rows, 1), .year = (int)db_get_int(rows, 2), .asked = db_get_text(rows, 3, mem),
        .place_kind = db_get_text(rows, 4, mem), .place_name = db_get_text(rows, 5, mem), .case_id = db_get_text(rows, 6, mem),
        .description = db_get_text(rows, 8, mem),
        .stamp = { db_get_int(rows, 9), db_get_text(rows, 10, mem), db_get_int(rows, 11) }, .changed_at = db_get_int(rows, 12),
        .withdrawn_at = db_get_int(rows, 13), .withdrawn_who = db_get_text(rows, 14, mem), .withdrawn_reason = db_get_text(rows, 15, mem),
        .latest = version_at(rows, 16, mem),
    };
    e.latest.version = db_get_int(rows, 7);
    return e;
}

/* All rows of a query that was begun. */
static bool take_all(struct db_rows *rows, struct arena *mem, struct evidence **out, size_t *n_out, struct err *err)
{
    struct evidence *list = NULL;
    size_t n = 0, capacity = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = evidence_at(rows, mem);
    }
    *out = list;
    *n_out = n;
    return db_done(rows, err);
}

static bool add_version(struct db_session *session, struct text county, struct text id, const struct evidence_version *v, struct err *err)
{
    return db_run(session, Q_EVIDENCE_VERSION_ADD,
                  DB_VALUES(db_text(county), db_text(id), db_int(v->version), db_text(v->sha256), db_text(v->name), db_text(v->kind),
                            db_int(v->size), db_int(v->stamp.account), db_text(v->stamp.who), db_int(v->stamp.at)),
                  err);
}

bool store_evidence_add(struct db_session *session, struct text county, const struct evidence *e, struct err *err)
{
    return db_run(session, Q_EVIDENCE_ADD,
                  DB_VALUES(db_text(county), db_text(e->id), db_int(e->search_id), db_int(e->year), db_text(e->asked), db_text(e->place_kind),
                            db_text(e->place_name), db_text_or_null(e->case_id), db_text(e->description), db_int(e->stamp.account),
                            db_text(e->stamp.who), db_int(e->stamp.at)),
                  err) &&
           add_version(session, county, e->id, &e->latest, err);
}

bool store_evidence_of_year(struct db_session *session, struct text county, int year, struct arena *mem, struct evidence **out, size_t *n_out,
                            struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_EVIDENCE_LIST, DB_VALUES(db_text(county), db_int(year)), &rows, err) && take_all(&rows, mem, out, n_out, err);
}

bool store_evidence_of_cases(struct db_session *session, struct text county, struct arena *mem, struct evidence **out, size_t *n_out,
                             struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_EVIDENCE_OF_CASE, DB_VALUES(db_text(county)), &rows, err) && take_all(&rows, mem, out, n_out, err);
}

bool store_evidence_of_file(struct db_session *session, struct text county, struct text sha256, struct arena *mem, struct evidence **out,
                            size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_EVIDENCE_OF_FILE, DB_VALUES(db_text(county), db_text(sha256)), &rows, err) && take_all(&rows, mem, out, n_out, err);
}

bool store_evidence(struct db_session *session, struct text county, struct text id, struct arena *mem, struct evidence *out, struct err *err)
{
    struct db_rows rows;
    struct evidence *list;
    size_t n;
    if (!db_select(session, Q_EVIDENCE_GET, DB_VALUES(db_text(county), db_text(id)), &rows, err) || !take_all(&rows, mem, &list, &n, err))
        return false;
    if (n) {
        *out = list[0];
        return true;
    }
    err_set(err, ERR_ABSENT, "没有这份佐证材料。");
    return err_hint(err, "可能链接抄错了；请从佐证材料目录进入。");
}

bool store_evidence_versions(struct db_session *session, struct text county, struct text id, struct arena *mem,
                             struct evidence_version **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct evidence_version *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_EVIDENCE_VERSIONS, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n] = version_at(&rows, 1, mem);
        list[n++].version = db_get_int(&rows, 0);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

/* The years of a query that was begun. */
static bool take_years(struct db_rows *rows, struct arena *mem, int **out, size_t *n_out, struct err *err)
{
    enum { MOST = 64 };
    *out = arena_array(mem, MOST, int);
    *n_out = 0;
    while (db_next(rows))
        if (*n_out < MOST)
            (*out)[(*n_out)++] = (int)db_get_int(rows, 0);
    return db_done(rows, err);
}

bool store_judgement_years(struct db_session *session, struct text county, struct arena *mem, int **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_JUDGEMENT_YEARS, DB_VALUES(db_text(county)), &rows, err) && take_years(&rows, mem, out, n_out, err);
}

/* Nothing was changed: it is not there any more as it was seen. */
static bool changed_one(struct db_session *session, struct err *err)
{
    if (db_changed(session))
        return true;
    err_set(err, ERR_CONFLICT, "这份材料刚才由别人换了版本，或者撤回了。");
    return err_hint(err, "请刷新页面，看过现在的版本再做。");
}

bool store_evidence_next(struct db_session *session, struct text county, struct text id, int64_t seen, const struct evidence_version *version,
                         struct err *err)
{
    return db_run(session, Q_EVIDENCE_NEXT,
                  DB_VALUES(db_int(version->version), db_int(version->stamp.at), db_text(county), db_text(id), db_int(seen)), err) &&
           changed_one(session, err) && add_version(session, county, id, version, err);
}

bool store_evidence_describe(struct db_session *session, struct text county, struct text id, struct text description, int64_t now,
                             struct err *err)
{
    return db_run(session, Q_EVIDENCE_DESCRIBE, DB_VALUES(db_text(description), db_int(now), db_text(county), db_text(id)), err) &&
           changed_one(session, err);
}

bool store_evidence_withdraw(struct db_session *session, struct text county, struct text id, struct text who, struct text reason, int64_t now,
                             struct err *err)
{
    return db_run(session, Q_EVIDENCE_WITHDRAW, DB_VALUES(db_int(now), db_text(who), db_text(reason), db_text(county), db_text(id)), err) &&
           changed_one(session, err);
}

/* ---- what is written ---- */

bool store_file_text_put(struct db_session *session, struct text county, struct text sha256, const struct file_text *text, struct err *err)
{
    return db_run(session, Q_FILE_TEXT_PUT,
                  DB_VALUES(db_text(county), db_text(sha256), db_text(text->state), db_int(text->pages), db_text(text->text)), err);
}

bool store_file_text(struct db_session *session, struct text county, struct text sha256, struct arena *mem, struct file_text *out,
                     struct err *err)
{
    struct db_rows rows;
    *out = (struct file_text){ .state = TEXT(""), .text = TEXT("") };
    if (!db_select(session, Q_FILE_TEXT_GET, DB_VALUES(db_text(county), db_text(sha256)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = (struct file_text){ .state = db_get_text(&rows, 0, mem), .pages = db_get_int(&rows, 1), .text = db_get_text(&rows, 2, mem) };
    return db_done(&rows, err);
}

bool store_search_put(struct db_session *session, const struct search_words *w, struct err *err)
{
    return db_run(session, Q_SEARCH_ADD, DB_VALUES(db_int(w->search_id), db_text(w->name), db_text(w->description), db_text(w->body)), err);
}

bool store_search_drop(struct db_session *session, const struct search_words *w, struct err *err)
{
    return db_run(session, Q_SEARCH_DROP, DB_VALUES(db_int(w->search_id), db_text(w->name), db_text(w->description), db_text(w->body)), err);
}

bool store_search(struct db_session *session, struct text county, struct text wanted, struct arena *mem, search_take *take, void *context,
                  struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_SEARCH_FIND, DB_VALUES(db_text(wanted), db_text(county)), &rows, err))
        return false;
    bool more = true;
    while (db_next(&rows)) {
        if (!more)
            continue; /* a query is walked to its end */
        const struct evidence found = evidence_at(&rows, mem);
        more = take(context, &found);
    }
    return db_done(&rows, err);
}

bool store_years_from(struct db_session *session, struct text county, int first, struct arena *mem, int **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_COUNTY_YEARS_FROM, DB_VALUES(db_text(county), db_int(first)), &rows, err) && take_years(&rows, mem, out, n_out, err);
}

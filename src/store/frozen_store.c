/* Frozen assessments: added whole, read whole. */
#include "store/report_store.h"

static const char *const ROLES[] = { [FROZEN_MADE] = "made", [FROZEN_PROOF] = "proof", [FROZEN_STANDARD] = "standard" };

static enum frozen_role role_of(struct text word)
{
    for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++)
        if (text_equal(word, text_of(ROLES[i])))
            return (enum frozen_role)i;
    return FROZEN_MADE;
}

/* ---- adding ------------------------------------------------------------------------------- */

static bool add_lists(struct db_session *session, struct text county, struct text id, const struct frozen_inside *inside, struct err *err)
{
    for (size_t i = 0; i < inside->n_lists; i++) {
        const struct word_list *const l = &inside->lists[i];
        for (size_t c = 0; c < l->n_rows * l->n_columns; c++)
            if (!db_run(session, Q_FROZEN_CELL_ADD,
                        DB_VALUES(db_text(county), db_text(id), db_text(l->name), db_int((int64_t)(c / l->n_columns)),
                                  db_int((int64_t)(c % l->n_columns)), db_text(l->cells[c])),
                        err))
                return false;
    }
    return true;
}

static bool add_inside(struct db_session *session, struct text county, struct text id, const struct frozen_inside *inside, struct err *err)
{
    for (size_t i = 0; i < inside->n_words; i++) {
        const struct section_words *const w = &inside->words[i];
        if (!db_run(session, Q_FROZEN_WORDS_ADD,
                    DB_VALUES(db_text(county), db_text(id), db_text(w->section), db_text(w->words), db_text(w->stamp.who), db_int(w->stamp.at)), err))
            return false;
    }
    for (size_t i = 0; i < inside->n_lacking; i++) {
        const struct frozen_school *const s = &inside->lacking[i];
        if (!db_run(session, Q_FROZEN_LACKING_ADD,
                    DB_VALUES(db_text(county), db_text(id), db_int(s->year), db_text(s->code), db_text(s->name), db_text(s->township)), err))
            return false;
    }
    for (size_t i = 0; i < inside->n_files; i++) {
        const struct frozen_file *const f = &inside->files[i];
        if (!db_run(session, Q_FROZEN_FILE_ADD,
                    DB_VALUES(db_text(county), db_text(id), db_int((int64_t)i), db_text(text_of(ROLES[f->role])), db_text(f->path),
                              db_text(f->sha256), db_int(f->size)),
                    err))
            return false;
    }
    return add_lists(session, county, id, inside, err);
}

bool store_frozen_add(struct db_session *session, struct text county, const struct frozen *f, const struct frozen_inside *inside, struct err *err)
{
    return db_run(session, Q_FROZEN_ADD,
                  DB_VALUES(db_text(county), db_text(f->id), db_int(f->year), db_text(f->reason), db_int(f->data_version), db_text(f->edition),
                            db_text(f->edition_sha256), db_text(f->county_name), db_int(f->fictional), db_text(f->address), db_int(f->stamp.account),
                            db_text(f->stamp.who), db_int(f->stamp.at), db_text(f->manifest_sha256)),
                  err) &&
           add_inside(session, county, f->id, inside, err);
}

/* ---- reading ------------------------------------------------------------------------------ */

static bool take_frozen(struct db_rows *rows, struct arena *mem, struct frozen **out, size_t *n_out, struct err *err)
{
    struct frozen *list = NULL;
    size_t n = 0, capacity = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct frozen){ .id = db_get_text(rows, 0, mem), .year = (int)db_get_int(rows, 1), .reason = db_get_text(rows, 2, mem),
                                     .data_version = db_get_int(rows, 3), .edition = db_get_text(rows, 4, mem),
                                     .edition_sha256 = db_get_text(rows, 5, mem), .county_name = db_get_text(rows, 6, mem),
                                     .fictional = db_get_int(rows, 7) != 0, .address = db_get_text(rows, 8, mem),
                                     .stamp = { db_get_int(rows, 9), db_get_text(rows, 10, mem), db_get_int(rows, 11) },
                                     .manifest_sha256 = db_get_text(rows, 12, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(rows, err);
}

bool store_frozen_list(struct db_session *session, struct text county, struct arena *mem, struct frozen **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_FROZEN_LIST, DB_VALUES(db_text(county)), &rows, err) && take_frozen(&rows, mem, out, n_out, err);
}

static bool read_words(struct db_session *session, struct text county, struct text id, struct arena *mem, struct frozen_inside *in, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    if (!db_select(session, Q_FROZEN_WORDS_LIST, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, in->words, in->n_words, capacity);
        in->words[in->n_words++] = (struct section_words){ .section = db_get_text(&rows, 0, mem), .version = 1, .words = db_get_text(&rows, 2, mem),
                                                           .stamp = { 0, db_get_text(&rows, 4, mem), db_get_int(&rows, 5) } };
    }
    return db_done(&rows, err);
}

static bool read_lacking(struct db_session *session, struct text county, struct text id, struct arena *mem, struct frozen_inside *in, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    if (!db_select(session, Q_FROZEN_LACKING_LIST, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, in->lacking, in->n_lacking, capacity);
        in->lacking[in->n_lacking++] = (struct frozen_school){ (int)db_get_int(&rows, 0), db_get_text(&rows, 1, mem), db_get_text(&rows, 2, mem), db_get_text(&rows, 3, mem) };
    }
    return db_done(&rows, err);
}

static bool read_files(struct db_session *session, struct text county, struct text id, struct arena *mem, struct frozen_inside *in, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    if (!db_select(session, Q_FROZEN_FILES, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, in->files, in->n_files, capacity);
        in->files[in->n_files++] = (struct frozen_file){ role_of(db_get_text(&rows, 0, mem)), db_get_text(&rows, 1, mem),
                                                         db_get_text(&rows, 2, mem), db_get_int(&rows, 3) };
    }
    return db_done(&rows, err);
}

struct cell { struct text list, words; size_t row, column; };

/* Cells in the order of list, row, column: lists again. */
static void lists_of(const struct cell *cells, size_t n, struct arena *mem, struct frozen_inside *in)
{
    in->lists = arena_array(mem, n + 1, struct word_list);
    for (size_t i = 0, next; i < n; i = next) {
        struct word_list *const l = &in->lists[in->n_lists++];
        *l = (struct word_list){ .name = cells[i].list };
        for (next = i; next < n && text_equal(cells[next].list, l->name); next++) {
            l->n_rows = cells[next].row + 1;
            l->n_columns = cells[next].column >= l->n_columns ? cells[next].column + 1 : l->n_columns;
        }
        l->cells = arena_array(mem, l->n_rows * l->n_columns, struct text);
        for (size_t c = i; c < next; c++)
            l->cells[cells[c].row * l->n_columns + cells[c].column] = cells[c].words;
    }
}

static bool read_lists(struct db_session *session, struct text county, struct text id, struct arena *mem, struct frozen_inside *in, struct err *err)
{
    struct db_rows rows;
    struct cell *cells = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_FROZEN_CELLS, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, cells, n, capacity);
        cells[n++] = (struct cell){ db_get_text(&rows, 0, mem), db_get_text(&rows, 3, mem), (size_t)db_get_int(&rows, 1), (size_t)db_get_int(&rows, 2) };
    }
    lists_of(cells, n, mem, in);
    return db_done(&rows, err);
}

bool store_frozen(struct db_session *session, struct text county, struct text id, struct arena *mem, struct frozen *out,
                  struct frozen_inside *in, struct err *err)
{
    struct db_rows rows;
    struct frozen *list;
    size_t n;
    *in = (struct frozen_inside){ 0 };
    if (!db_select(session, Q_FROZEN_GET, DB_VALUES(db_text(county), db_text(id)), &rows, err) || !take_frozen(&rows, mem, &list, &n, err))
        return false;
    if (!n)
        return err_set(err, ERR_ABSENT, "没有这份归档。");
    *out = list[0];
    return read_words(session, county, id, mem, in, err) && read_lacking(session, county, id, mem, in, err) &&
           read_files(session, county, id, mem, in, err) && read_lists(session, county, id, mem, in, err);
}

bool store_year_changed_since(struct db_session *session, struct text county, int year, int64_t version, bool *out, struct err *err)
{
    struct db_rows rows;
    *out = false;
    if (!db_select(session, Q_YEAR_CHANGED_SINCE, DB_VALUES(db_text(county), db_int(version), db_int(year)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = db_get_int(&rows, 0) != 0;
    return db_done(&rows, err);
}

/* The office's words of each section, and what was released. */
#include "store/report_store.h"

/* ---- words -------------------------------------------------------------------------------- */

static bool take_words(struct db_rows *rows, struct arena *mem, struct section_words **out, size_t *n_out, struct err *err)
{
    struct section_words *list = NULL;
    size_t n = 0, capacity = 0;
    while (db_next(rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct section_words){ .section = db_get_text(rows, 0, mem), .version = db_get_int(rows, 1), .words = db_get_text(rows, 2, mem),
                                            .stamp = { db_get_int(rows, 3), db_get_text(rows, 4, mem), db_get_int(rows, 5) } };
    }
    *out = list;
    *n_out = n;
    return db_done(rows, err);
}

bool store_report_words(struct db_session *session, struct text county, int year, struct text subject, struct arena *mem,
                        struct section_words **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_REPORT_WORDS_LIST, DB_VALUES(db_text(county), db_int(year), db_text(subject)), &rows, err) &&
           take_words(&rows, mem, out, n_out, err);
}

bool store_report_words_versions(struct db_session *session, struct text county, int year, struct text subject, struct text section,
                                 struct arena *mem, struct section_words **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    return db_select(session, Q_REPORT_WORDS_VERSIONS, DB_VALUES(db_text(county), db_int(year), db_text(subject), db_text(section)), &rows, err) &&
           take_words(&rows, mem, out, n_out, err);
}

bool store_report_words_put(struct db_session *session, struct text county, int year, struct text subject, const struct section_words *w,
                            struct err *err)
{
    if (db_run(session, Q_REPORT_WORDS_ADD,
               DB_VALUES(db_text(county), db_int(year), db_text(subject), db_text(w->section), db_int(w->version + 1), db_text(w->words),
                         db_int(w->stamp.account), db_text(w->stamp.who), db_int(w->stamp.at)),
               err))
        return true;
    if (err->kind == ERR_CONFLICT) {
        err_set(err, ERR_CONFLICT, "您打开之后，别人改过这一节。");
        err_hint(err, "您写的还在下面；请对照现在的文字，改好再保存。");
    }
    return false;
}

/* ---- released ----------------------------------------------------------------------------- */

bool store_release_add(struct db_session *session, struct text county, const struct release *r, const struct release_figure *figures, size_t n,
                       struct err *err)
{
    if (!db_run(session, Q_RELEASE_ADD,
                DB_VALUES(db_text(county), db_text(r->id), db_int(r->year), db_int(r->data_version), db_text(r->remark),
                          db_int(r->released.account), db_text(r->released.who), db_int(r->released.at)),
                err))
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < figures[i].table.n_rows * figures[i].table.n_columns; c++)
            if (!db_run(session, Q_RELEASE_CELL_ADD,
                        DB_VALUES(db_text(county), db_text(r->id), db_int((int64_t)i), db_text(figures[i].figure),
                                  db_int((int64_t)(c / figures[i].table.n_columns)), db_int((int64_t)(c % figures[i].table.n_columns)),
                                  db_text(figures[i].table.cells[c])),
                        err))
                return false;
    return true;
}

bool store_releases(struct db_session *session, struct text county, struct arena *mem, struct release **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct release *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_RELEASE_LIST, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct release){ .id = db_get_text(&rows, 0, mem), .year = (int)db_get_int(&rows, 1), .data_version = db_get_int(&rows, 2),
                                      .remark = db_get_text(&rows, 3, mem),
                                      .released = { db_get_int(&rows, 4), db_get_text(&rows, 5, mem), db_get_int(&rows, 6) },
                                      .withdrawn = { db_get_int(&rows, 8), db_get_text(&rows, 9, mem), db_get_int(&rows, 7) },
                                      .withdrawn_reason = db_get_text(&rows, 10, mem) };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

struct cell { size_t position, row, column; struct text figure, words; };

/* Cells in the order of position, row, column: tables again. */
static struct release_figure *tables_of(const struct cell *cells, size_t n, struct arena *mem, size_t *n_out)
{
    struct release_figure *const list = arena_array(mem, n + 1, struct release_figure);
    size_t figures = 0;
    for (size_t i = 0, next; i < n; i = next) {
        struct release_figure *const f = &list[figures++];
        *f = (struct release_figure){ .figure = cells[i].figure, .table = { .name = cells[i].figure } };
        for (next = i; next < n && cells[next].position == cells[i].position; next++) {
            f->table.n_rows = cells[next].row + 1;
            f->table.n_columns = cells[next].column >= f->table.n_columns ? cells[next].column + 1 : f->table.n_columns;
        }
        f->table.cells = arena_array(mem, f->table.n_rows * f->table.n_columns, struct text);
        for (size_t c = i; c < next; c++)
            f->table.cells[cells[c].row * f->table.n_columns + cells[c].column] = cells[c].words;
    }
    *n_out = figures;
    return list;
}

bool store_release_figures(struct db_session *session, struct text county, struct text id, struct arena *mem, struct release_figure **out,
                           size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct cell *cells = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_RELEASE_CELLS, DB_VALUES(db_text(county), db_text(id)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, cells, n, capacity);
        cells[n++] = (struct cell){ (size_t)db_get_int(&rows, 0), (size_t)db_get_int(&rows, 2), (size_t)db_get_int(&rows, 3),
                                    db_get_text(&rows, 1, mem), db_get_text(&rows, 4, mem) };
    }
    *out = tables_of(cells, n, mem, n_out);
    return db_done(&rows, err);
}

bool store_release_withdraw(struct db_session *session, struct text county, struct text id, const struct stamp *by, struct text reason, struct err *err)
{
    if (!db_run(session, Q_RELEASE_WITHDRAW,
                DB_VALUES(db_int(by->at), db_int(by->account), db_text(by->who), db_text(reason), db_text(county), db_text(id)), err))
        return false;
    if (db_changed(session))
        return true;
    err_set(err, ERR_CONFLICT, "这次公布已经撤下了，或者没有这次公布。");
    return err_hint(err, "请刷新页面看现在公布的是什么。");
}

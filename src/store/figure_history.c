/* Reading back what became of figures: their versions, their cells, the list of changes. */
#include "store/figure_row.h"
#include "store/returns_store.h"

bool store_figure_versions(struct db_session *session, struct text county, const struct item_list *items, int year,
                           struct text school, uint16_t item, struct arena *mem, struct figure_version **out, size_t *n_out,
                           struct err *err)
{
    struct db_rows rows;
    struct figure_version *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_FIGURE_VERSIONS,
                   DB_VALUES(db_text(county), db_int(year), db_text(school), db_text(items->at[item].code)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        struct figure_version *const v = &list[n++];
        *v = (struct figure_version){
            .version_from = db_get_int(&rows, 0), .version_to = db_get_int(&rows, 1), .row = (uint32_t)db_get_int(&rows, 4),
            .column = (uint32_t)db_get_int(&rows, 5), .typed = db_is_null(&rows, 6), .file = db_get_text(&rows, 7, mem),
            .sheet = db_get_text(&rows, 8, mem), .sha256 = db_get_text(&rows, 9, mem), .import_id = db_get_text(&rows, 10, mem),
            .kind = db_get_text(&rows, 11, mem), .who = db_get_text(&rows, 12, mem), .at = db_get_int(&rows, 13),
            .reason = db_get_text(&rows, 14, mem), .change_import = db_get_text(&rows, 15, mem) };
        figure_from_row(&items->at[item], db_get_real(&rows, 2), db_get_text(&rows, 3, mem), &v->number, &v->text);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

bool store_figure_marks(struct db_session *session, struct text county, const struct item_list *items, int year, struct text school,
                        int64_t version, struct arena *mem, struct figure_mark **out, struct err *err)
{
    struct db_rows rows;
    *out = arena_array(mem, items->n, struct figure_mark);
    if (!db_select(session, Q_FIGURES_OF_SCHOOL, DB_VALUES(db_text(county), db_int(year), db_text(school), db_int(version)), &rows, err))
        return false;
    while (db_next(&rows)) {
        const uint16_t item = item_find(items, db_get_text(&rows, 0, mem));
        if (item == NO_ITEM)
            continue;
        (*out)[item] = (struct figure_mark){
            .version = db_get_int(&rows, 1), .row = (uint32_t)db_get_int(&rows, 2), .column = (uint32_t)db_get_int(&rows, 3),
            .typed = db_is_null(&rows, 4), .file = db_get_text(&rows, 4, mem), .sheet = db_get_text(&rows, 5, mem),
            .sha256 = db_get_text(&rows, 6, mem), .kind = db_get_text(&rows, 7, mem), .who = db_get_text(&rows, 8, mem),
            .at = db_get_int(&rows, 9), .reason = db_get_text(&rows, 10, mem) };
    }
    return db_done(&rows, err);
}

bool store_figures_at_cell(struct db_session *session, struct text county, const struct item_list *items, struct text sha256,
                           struct text sheet, uint32_t row, uint32_t column, struct arena *mem, struct figure_place **out,
                           size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct figure_place *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_FIGURES_AT_CELL,
                   DB_VALUES(db_text(county), db_text(sha256), db_text(sheet), db_int(row), db_int(column)), &rows, err))
        return false;
    while (db_next(&rows)) {
        const uint16_t item = item_find(items, db_get_text(&rows, 2, mem));
        if (item == NO_ITEM)
            continue;
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct figure_place){ (int)db_get_int(&rows, 0), db_get_text(&rows, 1, mem), item };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

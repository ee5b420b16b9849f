/* What changes returned figures: a new data version, figures that end and figures that begin. */
#include "store/county_store.h"
#include "store/figure_row.h"
#include "store/returns_store.h"

static const char *const KIND_WORDS[N_CHANGE_KINDS] = {
    [CHANGE_IMPORT] = "import", [CHANGE_EDIT] = "edit", [CHANGE_UNDO] = "undo",
    [CHANGE_COLLECT] = "collect", [CHANGE_RETURN] = "return", [CHANGE_CORRECTION] = "correction",
    [CHANGE_JUDGEMENT] = "judgement", [CHANGE_REGISTER] = "register",
};

bool store_change_begin(struct db_session *session, struct text county, const struct change_record *change, int64_t *version_out,
                        struct err *err)
{
    int64_t now;
    if (!store_county_version(session, county, &now, err))
        return false;
    *version_out = now + 1;
    return db_run(session, Q_COUNTY_SET_VERSION, DB_VALUES(db_int(*version_out), db_text(county), db_int(now)), err) &&
           db_run(session, Q_CHANGE_ADD,
                  DB_VALUES(db_text(county), db_int(*version_out), db_text(text_of(KIND_WORDS[change->kind])), db_int(change->stamp.account),
                            db_text(change->stamp.who), db_int(change->stamp.at), db_text_or_null(change->import_id),
                            db_text_or_null(change->reason)),
                  err);
}

static struct db_value source_value(int64_t source)
{
    return source ? db_int(source) : db_null();
}

bool store_figure_put(struct db_session *session, struct text county, const struct item_list *items, int64_t version,
                      const struct figure_record *figure, struct err *err)
{
    const struct item *const item = &items->at[figure->item];
    struct db_value number, text;
    figure_to_row(item, figure->number, figure->text, &number, &text);
    return db_run(session, Q_FIGURE_END,
                  DB_VALUES(db_int(version), db_text(county), db_int(figure->year), db_text(figure->school), db_text(item->code)), err) &&
           db_run(session, Q_FIGURE_ADD,
                  DB_VALUES(db_text(county), db_int(figure->year), db_text(figure->school), db_text(item->code), db_int(version), number,
                            text, source_value(figure->source), db_int(figure->row), db_int(figure->column)),
                  err);
}

bool store_figure_standing(struct db_session *session, struct text county, const struct item_list *items, int year,
                           struct text school, uint16_t item, struct arena *mem, int64_t *version_out, double *number_out,
                           struct text *text_out, struct err *err)
{
    struct db_rows rows;
    *version_out = 0;
    *number_out = BLANK;
    *text_out = TEXT("");
    if (!db_select(session, Q_FIGURE_STANDING,
                   DB_VALUES(db_text(county), db_int(year), db_text(school), db_text(items->at[item].code)), &rows, err))
        return false;
    while (db_next(&rows)) {
        *version_out = db_get_int(&rows, 0);
        figure_from_row(&items->at[item], db_get_real(&rows, 1), db_get_text(&rows, 2, mem), number_out, text_out);
    }
    return db_done(&rows, err);
}

bool store_return_stands(struct db_session *session, struct text county, int year, struct text school, bool *out, struct err *err)
{
    struct db_rows rows;
    *out = false;
    if (!db_select(session, Q_RETURN_STANDS, DB_VALUES(db_text(county), db_int(year), db_text(school)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = true;
    return db_done(&rows, err);
}

bool store_return_put(struct db_session *session, struct text county, int64_t version, int year, struct text school,
                      int64_t source, uint32_t row, struct err *err)
{
    bool stands;
    if (!store_return_stands(session, county, year, school, &stands, err))
        return false;
    return stands || db_run(session, Q_RETURN_ADD,
                            DB_VALUES(db_text(county), db_int(year), db_text(school), db_int(version), source_value(source), db_int(row)), err);
}

/* ---- taking a change back ------------------------------------------------------------------ */

struct stored_figure { int64_t year; struct text school, item, text; bool has_text, has_source, stands; double number; int64_t source, row, column; };
struct figure_list { struct arena *mem; struct stored_figure *at; size_t n, capacity; };

static struct stored_figure *one_more(struct figure_list *list)
{
    ARENA_ROOM(list->mem, list->at, list->n, list->capacity);
    return &list->at[list->n++];
}

static bool begun_by(struct db_session *session, struct text county, int64_t version, struct figure_list *list, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_FIGURES_BEGUN_BY, DB_VALUES(db_text(county), db_int(version)), &rows, err))
        return false;
    while (db_next(&rows))
        *one_more(list) = (struct stored_figure){ .year = db_get_int(&rows, 0), .school = db_get_text(&rows, 1, list->mem),
                                                  .item = db_get_text(&rows, 2, list->mem), .stands = db_is_null(&rows, 3) };
    return db_done(&rows, err);
}

static bool ended_by(struct db_session *session, struct text county, int64_t version, struct figure_list *list, struct err *err)
{
    struct db_rows rows;
    if (!db_select(session, Q_FIGURES_ENDED_BY, DB_VALUES(db_text(county), db_int(version)), &rows, err))
        return false;
    while (db_next(&rows))
        *one_more(list) = (struct stored_figure){
            .year = db_get_int(&rows, 0), .school = db_get_text(&rows, 1, list->mem), .item = db_get_text(&rows, 2, list->mem),
            .number = db_get_real(&rows, 3), .text = db_get_text(&rows, 4, list->mem), .has_text = !db_is_null(&rows, 4),
            .has_source = !db_is_null(&rows, 5), .source = db_get_int(&rows, 5), .row = db_get_int(&rows, 6), .column = db_get_int(&rows, 7) };
    return db_done(&rows, err);
}

static int place_order(const struct stored_figure *a, const struct stored_figure *b)
{
    if (a->year != b->year)
        return a->year < b->year ? -1 : 1;
    const int order = text_compare(a->school, b->school);
    return order ? order : text_compare(a->item, b->item);
}

/* Schools that only the undone change had brought go with their last figure. */
static bool drop_returns(struct db_session *session, struct text county, int64_t undone, int64_t version, struct arena *mem, struct err *err)
{
    struct figure_list list = { .mem = mem };
    struct db_rows rows;
    if (!db_select(session, Q_RETURNS_BEGUN_BY, DB_VALUES(db_text(county), db_int(undone)), &rows, err))
        return false;
    while (db_next(&rows))
        *one_more(&list) = (struct stored_figure){ .year = db_get_int(&rows, 0), .school = db_get_text(&rows, 1, mem) };
    if (!db_done(&rows, err))
        return false;
    for (size_t i = 0; i < list.n; i++) {
        int64_t left = 0;
        if (!db_select(session, Q_FIGURES_STAND_FOR, DB_VALUES(db_text(county), db_int(list.at[i].year), db_text(list.at[i].school)), &rows, err))
            return false;
        while (db_next(&rows))
            left = db_get_int(&rows, 0);
        if (!db_done(&rows, err))
            return false;
        if (!left && !db_run(session, Q_RETURN_END,
                             DB_VALUES(db_int(version), db_text(county), db_int(list.at[i].year), db_text(list.at[i].school)), err))
            return false;
    }
    return true;
}

bool store_change_undo(struct db_session *session, struct text county, int64_t undone, int64_t version,
                       struct undo_tally *tally_out, struct err *err)
{
    struct arena *mem = arena_new("undo");
    struct figure_list begun = { .mem = mem }, ended = { .mem = mem };
    bool ok = begun_by(session, county, undone, &begun, err) && ended_by(session, county, undone, &ended, err);
    *tally_out = (struct undo_tally){ 0, 0 };
    size_t e = 0;
    for (size_t b = 0; ok && b < begun.n; b++) {
        const struct stored_figure *const now = &begun.at[b];
        while (e < ended.n && place_order(&ended.at[e], now) < 0)
            e++;
        if (!now->stands) {
            tally_out->kept++;
            continue;
        }
        tally_out->restored++;
        ok = db_run(session, Q_FIGURE_END,
                    DB_VALUES(db_int(version), db_text(county), db_int(now->year), db_text(now->school), db_text(now->item)), err);
        if (ok && e < ended.n && place_order(&ended.at[e], now) == 0) {
            const struct stored_figure *const was = &ended.at[e];
            ok = db_run(session, Q_FIGURE_ADD,
                        DB_VALUES(db_text(county), db_int(was->year), db_text(was->school), db_text(was->item), db_int(version),
                                  db_real(was->number), was->has_text ? db_text(was->text) : db_null(),
                                  was->has_source ? db_int(was->source) : db_null(), db_int(was->row), db_int(was->column)),
                        err);
        }
    }
    ok = ok && drop_returns(session, county, undone, version, mem, err);
    arena_free(&mem);
    return ok;
}

bool store_change_places(struct db_session *session, struct text county, int64_t version, struct arena *mem, struct figure_place **out,
                         size_t *n_out, struct err *err)
{
    struct db_rows rows;
    struct figure_place *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_CHANGE_PLACES, DB_VALUES(db_text(county), db_int(version)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = (struct figure_place){ (int)db_get_int(&rows, 0), db_get_text(&rows, 1, mem), NO_ITEM };
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

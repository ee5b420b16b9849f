#include "store/returns_store.h"

#include "store/figure_row.h"

enum { TYPED = UINT32_MAX };   /* the source of a figure that was typed on a page */

/* ---- reading ------------------------------------------------------------------------------ */

struct loading {
    struct db_session *session;
    struct text county;
    struct arena *mem;
    struct item_index index;
    struct returns *returns;
    int64_t *source_id;        /* [source of the returns], ascending */
};

static uint32_t source_of(const struct loading *l, int64_t id)
{
    size_t low = 0, high = l->returns->n_sources;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (l->source_id[middle] == id)
            return (uint32_t)middle;
        if (l->source_id[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return TYPED;
}

static bool load_sources(struct loading *l, struct err *err)
{
    struct db_rows rows;
    size_t capacity = 0;
    if (!db_select(l->session, Q_SOURCES_ALL, DB_VALUES(db_text(l->county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        const struct text file = db_get_text(&rows, 1, l->mem), sheet = db_get_text(&rows, 2, l->mem);
        const uint32_t i = returns_source(l->returns, file, sheet);
        l->returns->sources[i].down = db_get_int(&rows, 3) != 0;
        l->returns->sources[i].value_column = (uint32_t)db_get_int(&rows, 4);
        if (i >= capacity) {
            const size_t more = capacity ? capacity * 2 : 64;
            l->source_id = arena_grow(l->mem, l->source_id, capacity * sizeof(int64_t), more * sizeof(int64_t));
            capacity = more;
        }
        l->source_id[i] = db_get_int(&rows, 0);
    }
    return db_done(&rows, err);
}

/* The rows of schools; the county's own row (no code) makes no school. */
static bool load_rows(struct loading *l, enum query query, const struct db_value *values, size_t n, struct err *err)
{
    struct db_rows rows;
    if (!db_select(l->session, query, values, n, &rows, err))
        return false;
    while (db_next(&rows)) {
        const uint32_t county = returns_county(l->returns, l->county, (int)db_get_int(&rows, 0));
        const struct text school = db_get_text(&rows, 1, l->mem);
        if (!school.size)
            continue;
        const struct origin from = { db_is_null(&rows, 2) ? TYPED : source_of(l, db_get_int(&rows, 2)), (uint32_t)db_get_int(&rows, 3) };
        const size_t row = returns_add(l->returns, county, from);
        returns_put_text(l->returns, row, l->returns->items->school_code, school);
    }
    return db_done(&rows, err);
}

/* Where a figure stands: at its row's place, or elsewhere. */
static void note_place(struct loading *l, size_t row, uint16_t item, uint32_t source, uint32_t cell_row, uint32_t column)
{
    struct returns *const r = l->returns;
    if (source != TYPED) {
        struct source *const s = &r->sources[source];
        s->place[item] = s->down ? cell_row : column;
        if (source == r->origin[row].source && (s->down || cell_row == r->origin[row].row))
            return;
    } else if (r->origin[row].source == TYPED) {
        return;
    }
    returns_note_origin(r, row, item, (struct origin){ source, cell_row });
}

static void put_county_figure(struct loading *l, int year, uint16_t item, double number, uint32_t source, uint32_t cell_row,
                              uint32_t column)
{
    struct returns *const r = l->returns;
    const uint32_t county = returns_county(r, l->county, year);
    if (r->items->at[item].type == ITEM_TEXT)
        return;
    if (source != TYPED) {
        struct source *const s = &r->sources[source];
        s->place[item] = s->down ? cell_row : column;
    }
    returns_put_county(r, county, item, number, (struct origin){ source, cell_row });
}

/* Rows come by year and school, as the schools' rows do: one walk beside the other. */
static bool load_figures(struct loading *l, enum query query, const struct db_value *values, size_t n, struct err *err)
{
    struct returns *const r = l->returns;
    struct db_rows rows;
    size_t row = 0;
    struct arena *scratch = arena_new("figures");
    if (!db_select(l->session, query, values, n, &rows, err)) {
        arena_free(&scratch);
        return false;
    }
    /* Kept from row to row: tens of thousands of rows must not ask the system for memory each. */
    const struct arena_mark mark = arena_reserve(scratch, 4096);
    while (db_next(&rows)) {
        const int year = (int)db_get_int(&rows, 0);
        const struct text school = db_get_text(&rows, 1, scratch);
        const uint16_t item = item_index_find(&l->index, db_get_text(&rows, 2, scratch));
        double number;
        struct text text;
        if (item != NO_ITEM) {
            const bool is_text = r->items->at[item].type == ITEM_TEXT;
            figure_from_row(&r->items->at[item], db_get_real(&rows, 3), db_get_text(&rows, 4, is_text ? l->mem : scratch), &number, &text);
            const uint32_t source = db_is_null(&rows, 5) ? TYPED : source_of(l, db_get_int(&rows, 5));
            const uint32_t cell_row = (uint32_t)db_get_int(&rows, 6), column = (uint32_t)db_get_int(&rows, 7);
            if (!school.size) {
                put_county_figure(l, year, item, number, source, cell_row, column);
            } else {
                while (row < r->n && (r->counties[r->county[row]].year < year ||
                                      (r->counties[r->county[row]].year == year &&
                                       text_compare(returns_text(r, row, r->items->school_code), school) < 0)))
                    row++;
                if (row < r->n && r->counties[r->county[row]].year == year &&
                    text_equal(returns_text(r, row, r->items->school_code), school)) {
                    if (is_text)
                        returns_put_text(r, row, item, text);
                    else
                        returns_put_number(r, row, item, number);
                    note_place(l, row, item, source, cell_row, column);
                }
            }
        }
        arena_rewind(scratch, mark);
    }
    arena_free(&scratch);
    return db_done(&rows, err);
}

static bool load(struct loading *l, enum query rows, enum query figures, const struct db_value *values, size_t n, struct err *err)
{
    if (!load_sources(l, err) || !load_rows(l, rows, values, n, err) || !load_figures(l, figures, values, n, err))
        return false;
    returns_arrange(l->returns);
    return true;
}

static struct loading loading(struct db_session *session, struct text county, const struct item_list *items, struct arena *mem)
{
    return (struct loading){ .session = session, .county = county, .mem = mem, .index = item_index_new(items, mem),
                             .returns = returns_new(items, mem) };
}

bool store_returns(struct db_session *session, struct text county, const struct item_list *items, int64_t version,
                   struct arena *mem, struct returns **out, struct err *err)
{
    struct loading l = loading(session, county, items, mem);
    *out = l.returns;
    return version == VERSION_STANDING
               ? load(&l, Q_RETURNS_STANDING, Q_FIGURES_STANDING, DB_VALUES(db_text(county)), err)
               : load(&l, Q_RETURNS_AT, Q_FIGURES_AT, DB_VALUES(db_text(county), db_int(version)), err);
}

bool store_staged_returns(struct db_session *session, struct text county, struct text import_id, const struct item_list *items,
                          struct arena *mem, struct returns **out, struct err *err)
{
    struct loading l = loading(session, county, items, mem);
    *out = l.returns;
    return load(&l, Q_STAGED_RETURNS, Q_STAGED_FIGURES, DB_VALUES(db_text(county), db_text(import_id)), err);
}

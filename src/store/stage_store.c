/* Staging: what an import has read, kept until somebody confirms or drops it. */
#include "store/figure_row.h"
#include "store/import_store.h"

struct staging {
    struct db_session *session;
    struct text county, id;
    const struct returns *returns;
    int64_t first_source;      /* source i of the returns is stored as first_source + i */
};

static bool put_sources(struct staging *s, const struct text *sha256_of, struct err *err)
{
    struct db_rows rows;
    if (!db_select(s->session, Q_SOURCE_NEXT, DB_VALUES(db_text(s->county)), &rows, err))
        return false;
    while (db_next(&rows))
        s->first_source = db_get_int(&rows, 0);
    if (!db_done(&rows, err))
        return false;
    for (size_t i = 0; i < s->returns->n_sources; i++) {
        const struct source *const from = &s->returns->sources[i];
        if (!db_run(s->session, Q_SOURCE_ADD,
                    DB_VALUES(db_text(s->county), db_int(s->first_source + (int64_t)i), db_text(s->id), db_text(from->file),
                              db_text(from->sheet), db_int(from->down), db_int(from->value_column), db_text(sha256_of[i])),
                    err))
            return false;
    }
    return true;
}

/* The row and column of an item whose value came from `from`. */
static bool put_figure(const struct staging *s, int year, struct text school, uint16_t item, double number, struct text text,
                       struct origin from, struct err *err)
{
    const struct source *const source = &s->returns->sources[from.source];
    const uint32_t row = source->down ? source->place[item] : from.row;
    const uint32_t column = source->down ? source->value_column : source->place[item];
    struct db_value number_value, text_value;
    figure_to_row(&s->returns->items->at[item], number, text, &number_value, &text_value);
    if (number_value.kind == DB_NULL && text_value.kind == DB_NULL && !column)
        return true; /* nothing was asked there, so nothing was left blank */
    return db_run(s->session, Q_STAGED_FIGURE_ADD,
                  DB_VALUES(db_text(s->county), db_text(s->id), db_int(year), db_text(school), db_text(s->returns->items->at[item].code),
                            number_value, text_value, db_int(s->first_source + from.source), db_int(row), db_int(column)),
                  err);
}

static bool put_return(const struct staging *s, int year, struct text school, struct origin from, struct err *err)
{
    return db_run(s->session, Q_STAGED_RETURN_ADD,
                  DB_VALUES(db_text(s->county), db_text(s->id), db_int(year), db_text(school), db_int(s->first_source + from.source),
                            db_int(from.row)),
                  err);
}

static bool is_key(const struct item_list *items, size_t item)
{
    return items->at[item].level == ITEM_KEY;
}

/* other[item]: where it came from if not from the row's own table; known[item] says so. */
static bool stage_school(const struct staging *s, size_t row, const struct origin *other, const bool *known, struct err *err)
{
    const struct returns *const r = s->returns;
    const int year = r->counties[r->county[row]].year;
    const struct text school = returns_text(r, row, r->items->school_code);
    if (!put_return(s, year, school, r->origin[row], err))
        return false;
    for (size_t i = 0; i < r->items->n; i++) {
        if (is_key(r->items, i) || (!r->number[i] && !r->text[i]))
            continue;
        const struct origin from = known[i] ? other[i] : r->origin[row];
        if (!put_figure(s, year, school, (uint16_t)i, returns_number(r, row, (uint16_t)i), returns_text(r, row, (uint16_t)i), from, err))
            return false;
    }
    return true;
}

static bool stage_county(const struct staging *s, size_t county, struct err *err)
{
    const struct returns *const r = s->returns;
    const struct county_year *const c = &r->counties[county];
    bool noted = false;
    if (!c->figure)
        return true;
    for (size_t i = 0; i < r->items->n; i++) {
        if (is_key(r->items, i) || is_blank(c->figure[i]))
            continue;
        if (!noted && !put_return(s, c->year, TEXT(""), c->figure_origin[i], err))
            return false;
        noted = true;
        if (!put_figure(s, c->year, TEXT(""), (uint16_t)i, c->figure[i], TEXT(""), c->figure_origin[i], err))
            return false;
    }
    return true;
}

bool store_stage(struct db_session *session, struct text county, struct text id, const struct returns *returns,
                 const struct text *sha256_of, struct err *err)
{
    struct staging s = { .session = session, .county = county, .id = id, .returns = returns };
    struct arena *mem = arena_new("staging");
    struct origin *other = arena_array(mem, returns->items->n, struct origin);
    bool *known = arena_array(mem, returns->items->n, bool);
    bool ok = put_sources(&s, sha256_of, err);
    for (size_t row = 0; ok && row < returns->n; row++) {
        memset(known, 0, returns->items->n * sizeof *known);
        for (size_t i = 0; i < returns->n_others; i++)
            if (returns->others[i].row == row) {
                other[returns->others[i].item] = returns->others[i].from;
                known[returns->others[i].item] = true;
            }
        ok = stage_school(&s, row, other, known, err);
    }
    for (size_t c = 0; ok && c < returns->n_counties; c++)
        ok = stage_county(&s, c, err);
    arena_free(&mem);
    return ok;
}

bool store_staged_touched(struct db_session *session, struct text county, struct text id, int64_t seen, int64_t *out, struct err *err)
{
    struct db_rows rows;
    *out = 0;
    if (!db_select(session, Q_STAGED_TOUCHED_SINCE, DB_VALUES(db_text(county), db_text(id), db_int(seen)), &rows, err))
        return false;
    while (db_next(&rows))
        *out = db_get_int(&rows, 0);
    return db_done(&rows, err);
}

bool store_staged_drop(struct db_session *session, struct text county, struct text id, struct err *err)
{
    return db_run(session, Q_STAGED_FIGURES_DROP, DB_VALUES(db_text(county), db_text(id)), err) &&
           db_run(session, Q_STAGED_RETURNS_DROP, DB_VALUES(db_text(county), db_text(id)), err);
}

bool store_source_ids(struct db_session *session, struct text county, struct arena *mem, int64_t **out, size_t *n_out, struct err *err)
{
    struct db_rows rows;
    int64_t *list = NULL;
    size_t n = 0, capacity = 0;
    if (!db_select(session, Q_SOURCES_ALL, DB_VALUES(db_text(county)), &rows, err))
        return false;
    while (db_next(&rows)) {
        ARENA_ROOM(mem, list, n, capacity);
        list[n++] = db_get_int(&rows, 0);
    }
    *out = list;
    *n_out = n;
    return db_done(&rows, err);
}

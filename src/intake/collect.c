#include "intake/collect.h"

#include "intake/collect_row.h"

#include <string.h>

enum {
    RUN_ROWS = 8192,        /* rows handed out at once: their columns stay in the processor's cache */
    RUN_BYTES = 4 << 20,    /* asked for once, used by run after run */
};

/* ---- a run: the returns that are handed out together ---- */

static void run_new(struct collect *c)
{
    if (!c->order.runs) {
        c->run = c->order.mem;
    } else if (!c->run) {
        c->run = arena_new("returns");
        c->run_start = arena_reserve(c->run, RUN_BYTES);
    } else {
        arena_rewind(c->run, c->run_start);
    }
    c->returns = returns_new(c->items, c->run);
    if (c->order.runs)
        returns_room(c->returns, RUN_ROWS + RUN_ROWS / 2); /* so that columns need not grow */
    c->known = known_new(c->returns, c->run);
    c->has_source = false;
    c->county_known = false;
    c->county_code = TEXT("");
    c->touched = NULL;
    c->n_touched = 0;
}

struct collect *collect_new(const struct collect_order *order)
{
    struct arena *mem = arena_new("collect");
    struct collect *c = arena_make(mem, struct collect);
    c->order = *order;
    c->mem = mem;
    c->items = order->request->items;
    c->greatest = c->lacking = TEXT("");
    run_new(c);
    return c;
}

void collect_free(struct collect **collect)
{
    if (!*collect)
        return;
    if ((*collect)->order.runs)
        arena_free(&(*collect)->run);
    struct arena *mem = (*collect)->mem;
    *collect = NULL;
    arena_free(&mem);
}

bool collect_handed(const struct collect *c)
{
    return c->handed;
}

void collect_table(struct collect *c, const struct table *table)
{
    c->table = table;
    c->has_source = false;
    c->said_no_code = false;
    if (c->returns->n && table->kind == TABLE_SCHOOLS)
        known_index_schools(&c->known); /* another file about the same schools */
}

/* The source of the table in this run. */
static void note_source(struct collect *c)
{
    if (c->has_source)
        return;
    c->has_source = true;
    c->source = returns_source(c->returns, text_copy(c->run, c->table->file), text_copy(c->run, c->table->sheet));
    struct source *source = &c->returns->sources[c->source];
    memcpy(source->place, c->table->place, c->items->n * sizeof *source->place);
    source->down = c->table->down;
    source->value_column = c->table->value_column;
}

static bool hand_out(struct collect *c, struct err *err)
{
    returns_arrange(c->returns);
    c->handed = true;
    return c->order.take(c->order.context, c->returns, c->order.again, err);
}

/* ---- what a batch is, privately ---- */

static void make_room(struct collect *c, size_t n)
{
    if (n <= c->capacity)
        return;
    c->capacity = n * 2;
    for (size_t i = 0; i < N_KEYS; i++)
        c->key[i] = arena_array(c->mem, c->capacity, struct span);
    c->year = arena_array(c->mem, c->capacity, double);
    c->row = arena_array(c->mem, c->capacity, uint32_t);
    c->target = arena_array(c->mem, c->capacity, uint32_t);
    c->texts = arena_array(c->mem, c->capacity, struct text);
}

/* The texts of a column as spans of the pool; blank where the table lacks it. */
static bool read_spans(struct collect *c, const struct arrival *a, uint16_t item, struct span *out)
{
    if (item == NO_ITEM || !a->plan->at[item]) {
        memset(out, 0, a->n * sizeof *out);
        return true;
    }
    memcpy(c->texts, a->slot + a->plan->at[item], a->n * sizeof *c->texts);
    __asm__ volatile("" ::: "memory");
    for (size_t i = 0; i < a->n; i++) {
        if (i && c->texts[i].at == c->texts[i - 1].at && c->texts[i].size == c->texts[i - 1].size)
            out[i] = out[i - 1];
        else if (!pool_span(a->pool, c->texts[i], &out[i].at, &out[i].size))
            return false;
    }
    return true;
}

static bool read_keys(struct collect *c, const struct arrival *a)
{
    const uint16_t keys[N_KEYS] = { c->items->county_code, c->items->county_name, c->items->school_code, c->items->school_name };
    for (size_t k = 0; k < N_KEYS; k++)
        if (!read_spans(c, a, keys[k], c->key[k]))
            return false;
    const uint16_t year = c->items->year;
    if (year != NO_ITEM && a->plan->at[year])
        memcpy(c->year, a->slot + a->plan->at[year], a->n * sizeof *c->year);
    else
        for (size_t i = 0; i < a->n; i++)
            c->year[i] = BLANK;
    memcpy(c->row, a->slot + a->plan->row_at, a->n * sizeof *c->row);
    __asm__ volatile("" ::: "memory");
    for (size_t i = 0; i < a->n; i++) {
        if (!is_blank(c->year[i]) && !(c->year[i] >= 1000 && c->year[i] <= 9999))
            return false;
        c->row[i] += a->row_base;
    }
    return true;
}

/* ---- which county, which school ---- */

static struct text span_text(const char *pool, struct span span)
{
    return (struct text){ span.size ? pool + span.at : "", span.size };
}

enum next_row { ROW_HERE, ROW_NEXT_RUN, ROW_UNSORTED };

/* Finds the county of row i and sets c->county. */
static enum next_row find_county(struct collect *c, const char *pool, size_t i)
{
    struct text code = span_text(pool, c->key[KEY_COUNTY_CODE][i]);
    if (!code.size)
        code = c->order.request->county;
    const int year = is_blank(c->year[i]) ? c->order.request->year : (int)c->year[i];
    if (!c->county_known || year != c->county_year || !text_equal(code, c->county_code)) {
        if (c->order.runs && !text_equal(code, c->county_code)) {
            if (c->county_known && c->returns->n >= RUN_ROWS)
                return ROW_NEXT_RUN;
            if (c->handed && text_compare(code, c->greatest) <= 0)
                return ROW_UNSORTED;
        }
        if (!code.size || !year) {
            if (c->order.runs)
                return ROW_UNSORTED; /* what it lacks is told by all the others together */
            c->lacking = c->table->file;
            c->lacks_county |= !code.size;
            c->lacks_year |= !year;
        }
        c->county = known_county(&c->known, code, year);
        c->county_code = c->returns->counties[c->county].code;
        c->county_year = year;
        c->county_known = true;
    }
    const struct span name = c->key[KEY_COUNTY_NAME][i];
    if (name.size && !c->returns->counties[c->county].name.size)
        c->returns->counties[c->county].name = span_text(pool, name);
    return ROW_HERE;
}

/* Settles where each row from `start` on goes; new ones get their place in the returns at once,
 * with county, origin and code.  Stops at *end_out where the next run must start. */
static enum next_row settle_rows(struct collect *c, const char *pool, size_t start, size_t n, size_t *end_out)
{
    struct returns *r = c->returns;
    returns_room(r, n - start);
    struct text *const codes = returns_text_column(r, c->items->school_code);
    for (size_t i = start; i < n; i++) {
        *end_out = i;
        const enum next_row where = find_county(c, pool, i);
        if (where != ROW_HERE)
            return where;
        struct text code = span_text(pool, c->key[KEY_SCHOOL_CODE][i]);
        if (!code.size) {
            code = span_text(pool, c->key[KEY_SCHOOL_NAME][i]);
            if (!collect_code_missing(c, c->row[i], code)) {
                c->target[i] = LEFT_OUT;
                continue;
            }
        }
        const uint32_t found = known_school(&c->known, c->county, code);
        if (found != NO_ROW) {
            c->target[i] = found;
            continue;
        }
        const size_t at = r->n++;
        r->county[at] = c->county;
        r->origin[at] = (struct origin){ c->source, c->row[i] };
        codes[at] = code;
        c->target[i] = NEW_ROW;
        known_add(&c->known, (uint32_t)at);
    }
    *end_out = n;
    return ROW_HERE;
}

/* ---- figures into columns ---- */

static bool carried(const struct collect *c, const struct arrival *a, uint16_t item)
{
    return a->plan->at[item] && c->items->at[item].level == ITEM_SCHOOL && item != c->items->county_name &&
           (!c->order.request->wanted || c->order.request->wanted[item] || item == c->items->school_name);
}

bool collect_figures_allowed(const struct item *item, const double *x, size_t n)
{
    bool bad = false;
    if (item->type != ITEM_ENUM && item->type != ITEM_BOOLEAN) {
        for (size_t i = 0; i < n; i++)
            bad |= __builtin_isinf(x[i]) != 0;
        return !bad;
    }
    const double least = item->type == ITEM_ENUM ? 1 : 0, most = item->type == ITEM_ENUM ? (double)item->n_values : 1;
    for (size_t i = 0; i < n; i++)
        bad |= !is_blank(x[i]) && !(x[i] >= least && x[i] <= most && x[i] == (double)(int)x[i]);
    return !bad;
}

/* Fills the columns of the rows that were added, `first` the first of them. */
static bool fill_new_rows(struct collect *c, const struct arrival *a, const char *pool, size_t start, size_t end, size_t first)
{
    struct returns *r = c->returns;
    const size_t n = end - start;
    const bool all = r->n - first == n;
    for (uint16_t item = 0; item < c->items->n; item++) {
        if (!carried(c, a, item))
            continue;
        size_t at = first;
        if (c->items->at[item].type == ITEM_TEXT) {
            const bool name = item == c->items->school_name;
            struct span *const spans = name ? c->key[KEY_SCHOOL_NAME] : c->key[KEY_OTHER];
            if (!name && !read_spans(c, a, item, spans))
                return false;
            struct text *const column = returns_text_column(r, item);
            for (size_t i = start; i < end; i++)
                if (c->target[i] == NEW_ROW)
                    column[at++] = span_text(pool, spans[i]);
            continue;
        }
        const double *const from = (const double *)(const void *)(a->slot + a->plan->at[item]) + start;
        double *const column = returns_number_column(r, item) + first;
        if (all) {
            memcpy(column, from, n * sizeof *column);
        } else {
            at = 0;
            for (size_t i = 0; i < n; i++)
                if (c->target[start + i] == NEW_ROW)
                    column[at++] = *(const volatile double *)&from[i];
        }
        __asm__ volatile("" ::: "memory");
        if (!collect_figures_allowed(&c->items->at[item], column, r->n - first))
            return false;
    }
    return true;
}

static enum collected collect_schools(struct collect *c, const struct arrival *a, struct err *err)
{
    for (size_t start = 0; start < a->n;) {
        const char *const pool = a->pool->size ? arena_copy(c->run, a->pool->at, a->pool->size) : "";
        size_t end = start;
        note_source(c);
        const size_t first = c->returns->n;
        const enum next_row where = settle_rows(c, pool, start, a->n, &end);
        if (where == ROW_UNSORTED)
            return COLLECT_UNSORTED;
        if (!fill_new_rows(c, a, pool, start, end, first))
            return COLLECT_NONSENSE;
        for (size_t i = start; i < end; i++)
            if (c->target[i] < LEFT_OUT && !collect_second_row(c, a, pool, i, c->target[i]))
                return COLLECT_NONSENSE;
        if (where == ROW_NEXT_RUN) {
            const struct returns *const r = c->returns;
            for (size_t i = 0; i < r->n_counties; i++)
                if (text_compare(r->counties[i].code, c->greatest) > 0)
                    c->greatest = text_copy(c->mem, r->counties[i].code);
            if (!hand_out(c, err))
                return COLLECT_FAILED;
            c->order.again = false;
            run_new(c);
        }
        start = end;
    }
    return COLLECTED;
}

static enum collected collect_counties(struct collect *c, const struct arrival *a)
{
    const char *const pool = a->pool->size ? arena_copy(c->run, a->pool->at, a->pool->size) : "";
    note_source(c);
    for (size_t i = 0; i < a->n; i++) {
        if (find_county(c, pool, i) == ROW_UNSORTED)
            return COLLECT_UNSORTED;
        if (!collect_county_row(c, a, i))
            return COLLECT_NONSENSE;
    }
    return COLLECTED;
}

enum collected collect_rows(struct collect *c, const char *slot, const struct batch_plan *plan, size_t n,
                            const struct pool *pool, uint32_t row_base, struct err *err)
{
    const struct arrival arrival = { slot, plan, n, pool, row_base };
    make_room(c, n);
    if (!c->table || !read_keys(c, &arrival))
        return COLLECT_NONSENSE;
    return c->table->kind == TABLE_COUNTY ? collect_counties(c, &arrival) : collect_schools(c, &arrival, err);
}

/* ---- the end ---- */

bool collect_finish(struct collect *c, struct err *err)
{
    return ((!c->lacks_county && !c->lacks_year) || collect_fill_gaps(c, err)) && hand_out(c, err);
}

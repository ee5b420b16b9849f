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

struct arena *collector_arena(const struct collector *c)
{
    return c->mem;
}

bool collector_table(struct collector *c, const struct table *table, struct err *err)
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
    const struct table *const table = c->table;
    const uint32_t place = item < c->items->n ? table->place[item] : 0;
    finding_add(c->findings, &(struct finding){
        .level = level, .rule = text_of(rule), .file = table->file, .sheet = table->sheet,
        .row = table->down && place ? place : row, .column = table->down ? (place ? table->value_column : 0) : place,
        .school = school, .item = item < c->items->n ? c->items->at[item].code : TEXT(""),
        .read = read, .expected = expected, .mend = mend });
}

static struct text place_of(struct collector *c, const struct cell_address *at)
{
    char cell[16];
    return text_printf(c->findings->mem, "%.*s%s%.*s%s %s", TEXT_ARG(at->file), at->sheet.size ? " Sheet“" : "",
                       TEXT_ARG(at->sheet), at->sheet.size ? "”" : "", cell_name(cell, at->row, at->column));
}

/* ---- schools that are known -------------------------------------------------------------- */

static unsigned long key(const struct collector *c, uint32_t county, struct text code)
{
    (void)c;
    return text_hash(code) * 31 + county;
}

static void insert_known(struct collector *c, size_t row)
{
    struct known_schools *const k = &c->known;
    if (k->used * 2 >= k->size) {
        const size_t size = k->size ? k->size * 2 : 1024;
        uint32_t *const old = k->slot;
        const size_t old_size = k->size;
        k->slot = arena_array(c->mem, size, uint32_t);
        k->size = size;
        for (size_t i = 0; i < old_size; i++)
            if (old[i]) {
                const size_t r = old[i] - 1;
                size_t at = key(c, c->returns->county[r], returns_text(c->returns, r, c->items->school_code)) % size;
                while (k->slot[at])
                    at = (at + 1) % size;
                k->slot[at] = old[i];
            }
    }
    size_t at = key(c, c->returns->county[row], returns_text(c->returns, row, c->items->school_code)) % k->size;
    while (k->slot[at])
        at = (at + 1) % k->size;
    k->slot[at] = (uint32_t)row + 1;
    k->used++;
}

static size_t find_known(struct collector *c, uint32_t county, struct text code)
{
    struct known_schools *const k = &c->known;
    if (!k->built) {
        k->built = true;
        for (size_t r = 0; r < c->returns->n; r++)
            insert_known(c, r);
    }
    if (!k->size)
        return SIZE_MAX;
    for (size_t at = key(c, county, code) % k->size; k->slot[at]; at = (at + 1) % k->size) {
        const size_t r = k->slot[at] - 1;
        if (c->returns->county[r] == county && text_equal(returns_text(c->returns, r, c->items->school_code), code))
            return r;
    }
    return SIZE_MAX;
}

/* ---- keys -------------------------------------------------------------------------------- */

/* The county of a row: what stands there, else what the command line supplies, else (for now)
 * none: another file may tell (collector_finish). */
static uint32_t county_of(struct collector *c, const struct batch *batch, size_t i)
{
    struct text code = batch->text[c->items->county_code] ? batch->text[c->items->county_code][i] : TEXT("");
    const double year_read = c->items->year < c->items->n && batch->number[c->items->year] ? batch->number[c->items->year][i] : BLANK;
    if (!code.size)
        code = c->request->county;
    const int year = is_blank(year_read) ? c->request->year : (int)year_read;
    if (c->any_row && year == c->year && text_equal(code, c->county_code))
        return c->county;
    if (!code.size || !year) {
        c->lacking = c->table->file;
        c->lacks_county |= !code.size;
        c->lacks_year |= !year;
    }
    const size_t counties = c->returns->n_counties;
    c->county = returns_county(c->returns, code, year);
    c->fresh = c->returns->n_counties > counties;
    c->county_code = c->returns->counties[c->county].code;
    c->year = year;
    c->last_code = TEXT("");
    c->any_row = true;
    return c->county;
}

static void name_county(struct collector *c, uint32_t county, const struct batch *batch, size_t i)
{
    const uint16_t item = c->items->county_name;
    if (item >= c->items->n || !batch->text[item] || !batch->text[item][i].size || c->returns->counties[county].name.size)
        return;
    c->returns->counties[county].name = batch->text[item][i];
}

/* ---- county figures ---------------------------------------------------------------------- */

static void county_row(struct collector *c, const struct batch *batch, size_t i, uint32_t row)
{
    const uint32_t county = county_of(c, batch, i);
    name_county(c, county, batch, i);
    for (uint16_t item = 0; item < c->items->n; item++) {
        if (!batch->number[item] || c->items->at[item].level != ITEM_COUNTY || is_blank(batch->number[item][i]))
            continue;
        const double x = batch->number[item][i], had = returns_county_number(c->returns, county, item);
        if (!is_blank(had)) {
            if (had != x) {
                const struct cell_address first = returns_county_cell(c->returns, county, item);
                char number[NUMBER_SIZE];
                number_shortest(number, x);
                find(c, FINDING_ERROR, "figure.conflict", row, item, TEXT(""), text_of(number),
                     text_printf(c->findings->mem, "与 %.*s 填的同一项应一致", TEXT_ARG(place_of(c, &first))), TEXT("已采用先读到的数；请核对后只留一处"));
            }
            continue;
        }
        returns_put_county(c->returns, county, item, x, (struct origin){ c->source, row });
    }
}

/* ---- school rows ------------------------------------------------------------------------- */

static bool same_sheet(const struct collector *c, size_t row)
{
    const struct source *const a = &c->returns->sources[c->returns->origin[row].source], *const b = &c->returns->sources[c->source];
    return text_equal(a->file, b->file) && text_equal(a->sheet, b->sheet);
}

/* A second row about a school: within one table an error; from another file it completes the first. */
static void second_row(struct collector *c, size_t first, const struct batch *batch, size_t i, uint32_t row)
{
    struct returns *const r = c->returns;
    const struct text code = returns_text(r, first, c->items->school_code);
    const struct cell_address first_cell = returns_cell(r, first, c->items->school_code);
    if (same_sheet(c, first)) {
        find(c, FINDING_ERROR, "school.twice", row, c->items->school_code, code, code,
             text_printf(c->findings->mem, "一所学校一年只应填一行，第 %u 行已有它", first_cell.row ? first_cell.row : r->origin[first].row),
             TEXT("这一行没有采用；请核对后删去重复的一行"));
        return;
    }
    bool repeated = false;
    for (uint16_t item = 0; item < c->items->n; item++) {
        const struct item *const about = &c->items->at[item];
        if (batch->text[item] && batch->text[item][i].size && about->level != ITEM_KEY && !returns_text(r, first, item).size) {
            returns_put_text(r, first, item, batch->text[item][i]);
            returns_note_origin(r, first, item, (struct origin){ c->source, row });
        }
        if (!batch->number[item] || about->level != ITEM_SCHOOL || is_blank(batch->number[item][i]))
            continue;
        const double x = batch->number[item][i], had = returns_number(r, first, item);
        if (is_blank(had)) {
            returns_put_number(r, first, item, x);
            returns_note_origin(r, first, item, (struct origin){ c->source, row });
        } else if (had == x) {
            repeated |= about->type != ITEM_ENUM && about->type != ITEM_BOOLEAN;
        } else {
            const struct cell_address other = returns_cell(r, first, item);
            char number[NUMBER_SIZE];
            number_shortest(number, x);
            find(c, FINDING_ERROR, "figure.conflict", row, item, code, about->type == ITEM_ENUM && x >= 1 && x <= (double)about->n_values
                     ? about->values[(size_t)x - 1].zh : text_of(number),
                 text_printf(c->findings->mem, "与 %.*s 填的同一项应一致", TEXT_ARG(place_of(c, &other))), TEXT("已采用先读到的数；请核对后只留一处"));
        }
    }
    if (repeated)
        find(c, FINDING_WARNING, "school.twice", row, c->items->school_code, code, code,
             text_printf(c->findings->mem, "同一所学校同一年在 %.*s 已填过", TEXT_ARG(place_of(c, &first_cell))),
             TEXT("相同的数只算一次；若是重复的文件请去掉一个"));
}

/* The code of a row's school; empty when it has neither code nor name. */
static struct text code_of(struct collector *c, const struct batch *batch, size_t i, uint32_t row)
{
    const struct text code = batch->text[c->items->school_code] ? batch->text[c->items->school_code][i] : TEXT("");
    if (code.size)
        return code;
    const struct text name = batch->text[c->items->school_name] ? batch->text[c->items->school_name][i] : TEXT("");
    if (name.size)
        find(c, FINDING_WARNING, "school.no_code", row, c->items->school_code, name, TEXT(""), TEXT("应填学校代码"),
             TEXT("暂以学校名称代替；请补填学校（机构）标识码"));
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
    }
    const size_t at = returns_add(r, county, (struct origin){ c->source, row });
    for (uint16_t item = 0; item < c->items->n; item++) {
        if (batch->number[item] && c->items->at[item].level == ITEM_SCHOOL)
            returns_put_number(r, at, item, batch->number[item][i]);
        if (batch->text[item] && batch->text[item][i].size)
            returns_put_text(r, at, item, batch->text[item][i]);
    }
    const struct text kept = text_equal(returns_text(r, at, c->items->school_code), code) ? returns_text(r, at, c->items->school_code) : code;
    returns_put_text(r, at, c->items->school_code, kept);
    c->last_code = kept;
    if (c->known.built)
        insert_known(c, at);
}

/* How many rows from i on follow the last one in order, in its county and year: they can be taken
 * by the column.  Returns 0 where a row must be looked at by itself. */
static size_t orderly_rows(const struct collector *c, const struct batch *batch, size_t i)
{
    const struct text *const county = batch->text[c->items->county_code], *const code = batch->text[c->items->school_code];
    const double *const year = c->items->year < c->items->n ? batch->number[c->items->year] : NULL;
    if (c->known.built || !c->any_row || !c->last_code.size || !code || (!county && !c->request->county.size) || (!year && !c->request->year))
        return 0;
    struct text last = c->last_code;
    size_t n = 0;
    for (; i + n < batch->n; n++) {
        const size_t k = i + n;
        if ((county && !(n && county[k].at == county[k - 1].at) && !text_equal(county[k], c->county_code)) ||
            (year && year[k] != c->year) || text_compare(code[k], last) <= 0)
            break;
        last = code[k];
    }
    return n;
}

static void take_columns(struct collector *c, const struct batch *batch, size_t i, size_t n, uint64_t before)
{
    struct returns *const r = c->returns;
    returns_room(r, n);
    for (uint16_t item = 0; item < c->items->n; item++) {
        if (batch->number[item] && c->items->at[item].level == ITEM_SCHOOL)
            memcpy(returns_number_column(r, item) + r->n, batch->number[item] + i, n * sizeof(double));
        if (batch->text[item])
            memcpy(returns_text_column(r, item) + r->n, batch->text[item] + i, n * sizeof(struct text));
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

/* The one county and year that a county file speaks of, where rows name none. */
static bool only_county(const struct returns *r, uint32_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_counties; i++)
        if (r->counties[i].figure && r->counties[i].code.size && r->counties[i].year) {
            *out = (uint32_t)i;
            n++;
        }
    return n == 1;
}

static bool fits(const struct county_year *gap, const struct county_year *whole)
{
    return !gap->figure && (!gap->code.size || text_equal(gap->code, whole->code)) && (!gap->year || gap->year == whole->year);
}

static bool lacks_keys(const struct collect *c, bool code, bool year, struct err *err)
{
    err_set(err, ERR_INPUT, "“%.*s”里没有%s%s%s，不知道是哪个县、哪一年的。", TEXT_ARG(c->lacking), code ? "“县代码”（county_code）" : "",
            code && year ? "和" : "", year ? "“学年”（year）" : "");
    return err_hint(err, "请在表中加上%s%s%s列，每行都填；或在命令后加上%s%s%s。", code ? "“县代码”" : "", code && year ? "和" : "", year ? "“学年”" : "",
                    code ? " --county 六位县代码" : "", code && year ? " 和" : "", year ? " --year 年份" : "");
}

/* Rows without a county or a year find theirs in the one county file, or nowhere. */
static bool fill_gaps(struct collect *c, struct err *err)
{
    struct returns *r = c->returns;
    uint32_t home = 0;
    const bool any = only_county(r, &home);
    uint32_t *const becomes = arena_array(c->run, r->n_counties + 1, uint32_t);
    size_t kept = 0;
    for (size_t i = 0; i < r->n_counties; i++) {
        const struct county_year *county = &r->counties[i];
        const bool gap = !county->code.size || !county->year;
        if (gap && !(any && fits(county, &r->counties[home])))
            return lacks_keys(c, !county->code.size, !county->year, err);
        becomes[i] = gap ? home : (uint32_t)i;
    }
    uint32_t *const place = arena_array(c->run, r->n_counties + 1, uint32_t);
    for (size_t i = 0; i < r->n_counties; i++)
        if (becomes[i] == i) {
            place[i] = (uint32_t)kept;
            r->counties[kept++] = r->counties[i];
        }
    for (size_t row = 0; row < r->n; row++)
        r->county[row] = place[becomes[r->county[row]]];
    r->n_counties = kept;
    return true;
}

bool collect_finish(struct collect *c, struct err *err)
{
    return ((!c->lacks_county && !c->lacks_year) || fill_gaps(c, err)) && hand_out(c, err);
}

#include "intake/collect.h"

#include "base/unicode.h"

#include <stdio.h>
#include <string.h>

/* Where a school's row is, by county and code.  Built when the order first allows a school to
 * come twice: sorted files never need it. */
struct known_schools { uint32_t *slot; size_t size, used; bool built; };

struct collector {
    const struct intake_request *request;
    const struct item_list *items;
    struct arena *mem;
    struct findings *findings;
    struct returns *returns;
    struct known_schools known;
    const struct table *table;
    uint32_t source;
    uint32_t county;             /* of the last row */
    struct text county_code;
    int year;
    bool any_row;
    bool fresh;                  /* the county and year had no row before this run of rows */
    struct text last_code;       /* of the last row */
    struct text lacking;         /* a file whose rows name no county or year */
    bool lacks_county, lacks_year;
};

struct collector *collector_new(const struct intake_request *request, struct arena *mem, struct findings *findings)
{
    struct collector *c = arena_make(mem, struct collector);
    c->request = request;
    c->items = request->items;
    c->mem = mem;
    c->findings = findings;
    c->returns = returns_new(request->items, mem);
    c->county_code = c->last_code = TEXT("");
    return c;
}

struct arena *collector_arena(const struct collector *c)
{
    return c->mem;
}

bool collector_table(struct collector *c, const struct table *table, struct err *err)
{
    (void)err;
    c->table = table;
    c->source = returns_source(c->returns, table->file, table->sheet);
    struct source *const source = &c->returns->sources[c->source];
    memcpy(source->place, table->place, c->items->n * sizeof *source->place);
    source->down = table->down;
    source->value_column = table->value_column;
    return true;
}

/* ---- findings ---------------------------------------------------------------------------- */

static void find(struct collector *c, enum finding_level level, const char *rule, uint32_t row, uint16_t item, struct text school,
                 struct text read, struct text expected, struct text mend)
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
        find(c, FINDING_ERROR, "school.no_code", row, c->items->school_code, TEXT(""), TEXT(""), TEXT("应填学校代码和学校名称"),
             TEXT("这一行没有采用；请补填"));
    return name;
}

static void school_row(struct collector *c, const struct batch *batch, size_t i, uint32_t row)
{
    const struct text code = code_of(c, batch, i, row);
    if (!code.size)
        return;
    struct returns *const r = c->returns;
    const uint32_t county = county_of(c, batch, i);
    name_county(c, county, batch, i);
    /* Rising codes within a county not left yet cannot repeat one. */
    if (c->known.built || (c->last_code.size ? text_compare(code, c->last_code) <= 0 : !c->fresh)) {
        const size_t first = r->n ? find_known(c, county, code) : SIZE_MAX;
        if (first != SIZE_MAX) {
            second_row(c, first, batch, i, row);
            return;
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
    for (size_t k = 0; k < n; k++) {
        r->county[r->n + k] = c->county;
        r->origin[r->n + k] = (struct origin){ c->source, (uint32_t)(batch->row[i + k] + before) };
    }
    r->n += n;
    c->last_code = returns_text(r, r->n - 1, c->items->school_code);
}

void collector_rows(struct collector *c, const struct batch *batch, uint64_t before)
{
    for (size_t i = 0; i < batch->n;) {
        const uint32_t row = (uint32_t)(batch->row[i] + before);
        if (c->table->kind == TABLE_COUNTY) {
            county_row(c, batch, i++, row);
            continue;
        }
        const size_t n = orderly_rows(c, batch, i);
        if (n) {
            take_columns(c, batch, i, n, before);
            i += n;
        } else {
            school_row(c, batch, i++, row);
        }
    }
}

/* ---- the end ----------------------------------------------------------------------------- */

/* The one county and year that the county files speak of, where some rows name none. */
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
    return (!gap->code.size || text_equal(gap->code, whole->code)) && (!gap->year || gap->year == whole->year);
}

bool collector_finish(struct collector *c, struct returns **out, struct err *err)
{
    struct returns *const r = c->returns;
    uint32_t home = 0;
    const bool known = only_county(r, &home);
    uint32_t *const becomes = arena_array(c->mem, r->n_counties, uint32_t);
    size_t n = 0;
    for (size_t i = 0; i < r->n_counties; i++) {
        const struct county_year *const county = &r->counties[i];
        const bool gap = !county->code.size || !county->year;
        if (gap && (!known || !fits(county, &r->counties[home]) || county->figure)) {
            const bool code = !county->code.size, year = !county->year;
            err_set(err, ERR_INPUT, "文件“%.*s”缺少%s%s%s。", TEXT_ARG(c->lacking), code ? "“县代码”" : "", code && year ? "和" : "", year ? "“学年”" : "");
            return err_hint(err, "请在表中加上%s%s%s列，或在命令后加上%s%s%s。", code ? "“县代码”" : "", code && year ? "、" : "", year ? "“学年”" : "",
                            code ? " --county 六位代码" : "", code && year ? " 和" : "", year ? " --year 年份" : "");
        }
        becomes[i] = gap ? home : (uint32_t)i;
    }
    for (size_t row = 0; row < r->n; row++)
        r->county[row] = becomes[r->county[row]];
    for (size_t i = 0; i < r->n_counties; i++) { /* drop those that became another */
        const uint32_t to = (uint32_t)n;
        if (becomes[i] != i)
            continue;
        r->counties[n++] = r->counties[i];
        for (size_t row = 0; row < r->n && to != i; row++)
            if (r->county[row] == i)
                r->county[row] = to;
    }
    r->n_counties = n;
    returns_arrange(r);
    *out = r;
    return true;
}

size_t collector_held(const struct collector *c)
{
    return c->returns->n;
}

struct collector *collector_cut(struct collector *c, struct arena *mem)
{
    struct returns *const old = c->returns;
    if (!old->n)
        return NULL;
    const struct text code = old->counties[old->county[old->n - 1]].code;
    size_t first = old->n;
    while (first > 0 && text_equal(old->counties[old->county[first - 1]].code, code))
        first--;
    if (!first)
        return NULL;
    struct collector *const rest = collector_new(c->request, mem, c->findings);
    struct returns *const r = rest->returns;
    for (size_t i = 0; i < old->n_sources; i++) {
        const uint32_t source = returns_source(r, old->sources[i].file, old->sources[i].sheet);
        uint32_t *const place = r->sources[source].place;
        memcpy(place, old->sources[i].place, c->items->n * sizeof *place);
        r->sources[source] = old->sources[i];
        r->sources[source].place = place;
    }
    rest->table = c->table;
    rest->source = c->source;
    for (size_t row = first; row < old->n; row++) {
        const struct county_year *const county = &old->counties[old->county[row]];
        const uint32_t index = returns_county(r, county->code, county->year);
        if (county->name.size && !r->counties[index].name.size)
            r->counties[index].name = text_copy(mem, county->name);
        const size_t at = returns_add(r, index, old->origin[row]);
        for (uint16_t item = 0; item < c->items->n; item++) {
            if (old->number[item])
                returns_put_number(r, at, item, old->number[item][row]);
            if (old->text[item])
                returns_put_text(r, at, item, text_copy(mem, old->text[item][row]));
        }
        rest->county = index;
    }
    rest->county_code = r->counties[rest->county].code;
    rest->year = r->counties[rest->county].year;
    rest->any_row = true;
    rest->last_code = returns_text(r, r->n - 1, c->items->school_code);
    size_t kept = 0; /* counties only the rows cut off spoke of stand last: they go with them */
    for (size_t i = 0; i < old->n_counties; i++)
        if (!text_equal(old->counties[i].code, code))
            kept = i + 1;
    old->n = first;
    old->n_counties = kept;
    return rest;
}

#include "intake/collect_row.h"

#include <string.h>

/* ---- findings ---- */

static void say(struct collect *c, enum finding_level level, struct text rule, uint32_t row, uint16_t item, struct text school,
                struct text read, struct text expected, struct text mend)
{
    const struct table *table = c->table;
    const uint32_t place = item != NO_ITEM && item < COUNT(table->place) ? table->place[item] : 0;
    const struct finding finding = {
        .level = level, .rule = rule, .file = table->file, .sheet = table->sheet, .row = table->down && place ? place : row,
        .column = table->down ? (place ? table->value_column : 0) : place, .school = school,
        .item = item < c->items->n ? c->items->at[item].code : TEXT(""), .read = read, .expected = expected, .mend = mend,
    };
    finding_add(c->order.findings, &finding);
}

/* 「学校.xlsx Sheet“小学”D17」 */
static struct text place_of(struct arena *mem, struct cell_address at)
{
    char cell[16];
    struct buf out = { .mem = mem };
    buf_add(&out, at.file);
    if (at.sheet.size)
        buf_printf(&out, " Sheet“%.*s”", TEXT_ARG(at.sheet));
    cell_name(cell, at.row, at.column);
    if (cell[0])
        buf_printf(&out, " %s", cell);
    else if (at.row)
        buf_printf(&out, " 第 %u 行", at.row);
    return buf_text(&out);
}

static struct text shown(struct arena *mem, const struct item *item, double x)
{
    if (item->type == ITEM_ENUM && x >= 1 && x <= (double)item->n_values)
        return item->values[(size_t)x - 1].zh;
    if (item->type == ITEM_BOOLEAN)
        return x != 0 ? TEXT("是") : TEXT("否");
    char number[NUMBER_SIZE];
    const size_t size = number_shortest(number, x);
    return text_copy(mem, (struct text){ number, size });
}

bool collect_code_missing(struct collect *c, uint32_t row, struct text name)
{
    const uint16_t code = c->items->school_code;
    if (!name.size) {
        say(c, FINDING_ERROR, TEXT("school.no_code"), row, code, TEXT(""), TEXT(""), TEXT("应填学校代码和学校名称"),
            TEXT("这一行没有采用；请补填"));
        return false;
    }
    if (c->table->place[code]) {
        say(c, FINDING_WARNING, TEXT("school.no_code"), row, code, name, TEXT(""), TEXT("应填学校代码"),
            TEXT("暂以学校名称代替；请补填学校（机构）标识码"));
    } else if (!c->said_no_code) {
        c->said_no_code = true;
        say(c, FINDING_WARNING, TEXT("school.no_code"), 0, NO_ITEM, TEXT(""), TEXT(""), TEXT("表中没有“学校代码”"),
            TEXT("暂以学校名称代替；请加上学校（机构）标识码，以免同名学校混在一起"));
    }
    return true;
}

/* ---- one figure at a time, read once ---- */

static bool read_figure(const struct collect *c, const struct arrival *a, uint16_t item, size_t i, double *out)
{
    *out = ((const volatile double *)(const void *)(a->slot + a->plan->at[item]))[i];
    return collect_figures_allowed(&c->items->at[item], out, 1);
}

static bool read_text(const struct arrival *a, uint16_t item, size_t i, const char *pool, struct text *out)
{
    struct text text;
    uint32_t at, size;
    memcpy(&text, a->slot + a->plan->at[item] + i * sizeof text, sizeof text);
    __asm__ volatile("" ::: "memory");
    if (!pool_span(a->pool, text, &at, &size))
        return false;
    *out = (struct text){ size ? pool + at : "", size };
    return true;
}

static bool same_table(struct collect *c, uint32_t row)
{
    if (c->returns->capacity > c->n_touched) {
        c->touched = arena_grow(c->run, c->touched, c->n_touched * sizeof *c->touched, c->returns->capacity * sizeof *c->touched);
        c->n_touched = c->returns->capacity;
    }
    const bool same = c->returns->origin[row].source == c->source || c->touched[row] == c->source + 1;
    c->touched[row] = c->source + 1;
    return same;
}

static void say_conflict(struct collect *c, struct cell_address first, uint32_t row, uint16_t item, struct text school, struct text read)
{
    struct arena *const mem = c->order.findings->mem;
    say(c, FINDING_ERROR, TEXT("figure.conflict"), row, item, school, read,
        text_printf(mem, "与 %.*s 填的同一项不一致", TEXT_ARG(place_of(mem, first))), TEXT("已采用先读到的；请核对后只留一处"));
}

/* One item of a row that completes another. */
static bool complete_text(struct collect *c, const struct arrival *a, const char *pool, size_t i, uint32_t first, uint16_t item)
{
    struct returns *r = c->returns;
    struct text text;
    if (!read_text(a, item, i, pool, &text))
        return false;
    const struct text had = returns_text(r, first, item);
    if (!text.size || text_equal(text, had))
        return true;
    if (had.size) {
        say_conflict(c, returns_cell(r, first, item), c->row[i], item, returns_text(r, first, c->items->school_code), text);
        return true;
    }
    returns_put_text(r, first, item, text);
    returns_note_origin(r, first, item, (struct origin){ c->source, c->row[i] });
    return true;
}

/* *repeated is set when the same figure stood there already. */
static bool complete_number(struct collect *c, const struct arrival *a, size_t i, uint32_t first, uint16_t item, bool *repeated)
{
    struct returns *r = c->returns;
    struct arena *const mem = c->order.findings->mem;
    double x;
    if (!read_figure(c, a, item, i, &x))
        return false;
    const double had = returns_number(r, first, item);
    if (is_blank(x))
        return true;
    if (is_blank(had)) {
        returns_put_number(r, first, item, x);
        returns_note_origin(r, first, item, (struct origin){ c->source, c->row[i] });
        return true;
    }
    const struct item *about = &c->items->at[item];
    const struct text school = returns_text(r, first, c->items->school_code);
    if (findings_full(c->order.findings))
        return true;
    if (had != x)
        say_conflict(c, returns_cell(r, first, item), c->row[i], item, school, shown(mem, about, x));
    else if (about->type == ITEM_INTEGER || about->type == ITEM_NUMBER) /* a type or a flag may stand in each file */
        *repeated = true;
    return true;
}

bool collect_second_row(struct collect *c, const struct arrival *a, const char *pool, size_t i, uint32_t first)
{
    struct returns *r = c->returns;
    if (same_table(c, first)) {
        const struct text code = returns_text(r, first, c->items->school_code);
        struct arena *const mem = c->order.findings->mem;
        if (!findings_full(c->order.findings))
            say(c, FINDING_ERROR, TEXT("school.twice"), c->row[i], c->items->school_code, code, code,
                text_printf(mem, "一所学校一年只填一行，%.*s 已有它", TEXT_ARG(place_of(mem, returns_cell(r, first, c->items->school_code)))),
                TEXT("这一行没有采用；请核对后删去重复的一行"));
        return true;
    }
    bool repeated = false;
    for (uint16_t item = 0; item < c->items->n; item++) {
        if (!a->plan->at[item] || c->items->at[item].level != ITEM_SCHOOL ||
            (c->order.request->wanted && !c->order.request->wanted[item] && item != c->items->school_name))
            continue;
        if (!(c->items->at[item].type == ITEM_TEXT ? complete_text(c, a, pool, i, first, item) : complete_number(c, a, i, first, item, &repeated)))
            return false;
    }
    /* Said once a school: a file given twice repeats every figure of every school. */
    if (repeated && !findings_full(c->order.findings)) {
        const struct text code = returns_text(r, first, c->items->school_code);
        struct arena *const mem = c->order.findings->mem;
        say(c, FINDING_WARNING, TEXT("school.twice"), c->row[i], c->items->school_code, code, code,
            text_printf(mem, "同一所学校同一年在 %.*s 已填过同样的数", TEXT_ARG(place_of(mem, returns_cell(r, first, c->items->school_code)))),
            TEXT("只算一次；若是重复的文件请去掉一个"));
    }
    return true;
}

bool collect_county_row(struct collect *c, const struct arrival *a, size_t i)
{
    struct returns *r = c->returns;
    for (uint16_t item = 0; item < c->items->n; item++) {
        const struct item *about = &c->items->at[item];
        double x;
        if (!a->plan->at[item] || about->type == ITEM_TEXT || about->level != ITEM_COUNTY)
            continue;
        if (!read_figure(c, a, item, i, &x))
            return false;
        const double had = returns_county_number(r, c->county, item);
        if (is_blank(x) || had == x)
            continue;
        if (is_blank(had))
            returns_put_county(r, c->county, item, x, (struct origin){ c->source, c->row[i] });
        else
            say_conflict(c, returns_county_cell(r, c->county, item), c->row[i], item, c->county_code, shown(c->order.findings->mem, about, x));
    }
    return true;
}

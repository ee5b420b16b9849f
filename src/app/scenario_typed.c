#include "app/scenario_typed.h"

#include "app/scenario.h"
#include "standard/expression.h"

#include <math.h>

enum { MOST_FIELDS = 32, MOST_FAULTS = 50, CENTS = 100 };

void typed_put(struct typed_changes *changes, struct typed_change change)
{
    for (size_t i = 0; i < changes->n; i++) {
        struct typed_change *const at = &changes->at[i];
        if (at->item == change.item && text_equal(at->school, change.school)) {
            at->typed = change.typed;
            return;
        }
    }
    if (changes->n == changes->capacity) {
        const size_t more = changes->capacity ? 2 * changes->capacity : 32;
        struct typed_change *const at = arena_array(changes->mem, more, struct typed_change);
        if (changes->n)
            memcpy(at, changes->at, changes->n * sizeof *at);
        changes->at = at;
        changes->capacity = more;
    }
    changes->at[changes->n++] = change;
}

/* ---- a block, field by field ---------------------------------------------------------------- */

struct block { struct arena *mem; struct text rest; size_t line; };

/* A field that begins with a quote may hold tabs, line breaks and doubled quotes, as spreadsheets copy them. */
static struct text quoted_field(struct block *b)
{
    struct buf out = { .mem = b->mem };
    size_t i = 1;
    for (; i < b->rest.size; i++) {
        if (b->rest.at[i] != '"')
            buf_byte(&out, b->rest.at[i]);
        else if (i + 1 < b->rest.size && b->rest.at[i + 1] == '"')
            buf_byte(&out, b->rest.at[i++]);
        else
            break;
    }
    i += i < b->rest.size;
    b->rest = (struct text){ b->rest.at + i, b->rest.size - i };

    return text_trim(buf_text(&out));
}

static size_t next_row(struct block *b, struct text fields[MOST_FIELDS])
{
    size_t n = 0;
    bool ended = false;
    b->line++;
    while (!ended) {
        struct text field;
        if (b->rest.size && b->rest.at[0] == '"') {
            field = quoted_field(b);
            while (b->rest.size && b->rest.at[0] != '\t' && b->rest.at[0] != '\n') /* behind the closing quote */
                b->rest = (struct text){ b->rest.at + 1, b->rest.size - 1 };
        } else {
            size_t i = 0;
            while (i < b->rest.size && b->rest.at[i] != '\t' && b->rest.at[i] != '\n')
                i++;
            field = text_trim((struct text){ b->rest.at, i });
            b->rest = (struct text){ b->rest.at + i, b->rest.size - i };
        }
        ended = !b->rest.size || b->rest.at[0] == '\n';
        if (b->rest.size)
            b->rest = (struct text){ b->rest.at + 1, b->rest.size - 1 };
        if (n < MOST_FIELDS)
            fields[n++] = field;
    }
    return n;
}

/* ---- what a row names ------------------------------------------------------------------------- */

/* 「运动场地面积（平方米）」 without what stands in brackets at its end. */
static struct text without_unit(struct text name)
{
    size_t at;
    if (text_ends(name, TEXT("）")) && text_find(name, TEXT("（"), &at))
        return text_trim((struct text){ name.at, at });
    if (text_ends(name, TEXT(")")) && text_find(name, TEXT("("), &at))
        return text_trim((struct text){ name.at, at });
    return name;
}

static bool item_is_called(const struct item *item, struct text name)
{
    if (text_equal(item->code, name) || text_equal(item->zh, name))
        return true;
    for (size_t i = 0; i < item->n_aliases; i++)
        if (text_equal(item->aliases[i], name))
            return true;
    return false;
}

static uint16_t find_item(const struct item_list *items, enum item_level level, struct text name)
{
    const struct text names[] = { name, without_unit(name) };
    for (size_t k = 0; k < COUNT(names); k++)
        for (size_t i = 0; i < items->n; i++)
            if (items->at[i].level == level && items->at[i].type != ITEM_TEXT && item_is_called(&items->at[i], names[k]))
                return (uint16_t)i;
    return NO_ITEM;
}

/* The code of the one school of that name or code; empty with a fault otherwise. */
static struct text find_school(const struct snapshot *s, size_t year, const struct actor *actor, struct text name, struct text *fault)
{
    const struct county_year *const county = &s->returns->counties[year];
    struct text found = { 0 };
    if (snapshot_school(s, year, name, actor) != SIZE_MAX)
        return name;
    for (size_t row = county->first; row < county->first + county->n; row++) {
        if (!text_equal(returns_text(s->returns, row, s->edition->items.school_name), name) || !snapshot_visible(s, row, actor))
            continue;
        if (found.size) {
            *fault = TEXT("有几所学校叫这个名字，请写学校代码");
            return (struct text){ 0 };
        }
        found = returns_text(s->returns, row, s->edition->items.school_code);
    }
    *fault = TEXT("");
    if (!found.size)
        *fault = TEXT("没有这所学校");
    return found;
}

/* ---- the block ---------------------------------------------------------------------------------- */

struct columns { size_t school, item, value; };  /* value SIZE_MAX: the last one of each row */

static bool is_heading(const struct text *fields, size_t n, struct columns *columns)
{
    struct columns found = { SIZE_MAX, SIZE_MAX, SIZE_MAX };
    for (size_t i = 0; i < n; i++) {
        const struct text name = without_unit(fields[i]);
        if (text_equal(name, TEXT("学校")) || text_equal(name, TEXT("学校名称")) || text_equal(name, TEXT("学校代码")) ||
            text_equal(name, TEXT("School")))
            found.school = found.school == SIZE_MAX || text_ends(name, TEXT("代码")) ? i : found.school;
        else if (text_equal(name, TEXT("项目")) || text_equal(name, TEXT("Item")))
            found.item = i;
        else if (text_equal(name, TEXT("改为")) || text_equal(name, TEXT("值")) || text_equal(name, TEXT("To")))
            found.value = i;
    }
    if (found.school == SIZE_MAX || found.item == SIZE_MAX)
        return false;
    *columns = found;
    return true;
}

static void fault(struct pasted *out, struct arena *mem, size_t line, struct text what, struct text read)
{
    if (!out->faults)
        out->faults = arena_array(mem, MOST_FAULTS, struct pasted_fault);
    if (out->n_faults < MOST_FAULTS)
        out->faults[out->n_faults++] = (struct pasted_fault){
            line, read.size ? text_printf(mem, "第 %zu 行：%.*s（“%.*s”）。", line, TEXT_ARG(what), TEXT_ARG(read))
                            : text_printf(mem, "第 %zu 行：%.*s。", line, TEXT_ARG(what)) };
}

struct pasted app_scenario_paste(const struct snapshot *s, size_t year, const struct actor *actor, struct text block,
                                 struct typed_changes *into)
{
    struct arena *const mem = into->mem;
    struct block b = { .mem = mem, .rest = block };
    struct columns columns = { 0, 1, SIZE_MAX };
    struct pasted out = { 0 };
    while (b.rest.size) {
        struct text fields[MOST_FIELDS], wrong = { 0 };
        const size_t n = next_row(&b, fields);
        if ((n == 1 && !fields[0].size) || is_heading(fields, n, &columns))
            continue;
        const size_t value = columns.value == SIZE_MAX ? n - 1 : columns.value;
        if (n < 3 || columns.school >= n || columns.item >= n || value >= n) {
            fault(&out, mem, b.line, TEXT("要有三列：学校、项目、值"), (struct text){ 0 });
            continue;
        }
        const bool of_county = !fields[columns.school].size || text_equal(fields[columns.school], TEXT("全县"));
        struct text school = TEXT("");
        if (!of_county)
            school = find_school(s, year, actor, fields[columns.school], &wrong);
        if (wrong.size) {
            fault(&out, mem, b.line, wrong, fields[columns.school]);
            continue;
        }
        const uint16_t item = find_item(&s->edition->items, of_county ? ITEM_COUNTY : ITEM_SCHOOL, fields[columns.item]);
        if (item == NO_ITEM) {
            fault(&out, mem, b.line, TEXT("没有这个项目，或者它不是数"), fields[columns.item]);
            continue;
        }
        typed_put(into, (struct typed_change){ school, item, fields[value] });
        out.rows++;
    }
    return out;
}

/* ---- what a school lacks -------------------------------------------------------------------------- */

uint16_t scenario_item_of_level(const struct edition *edition, const struct level *level)
{
    uint16_t first = NO_ITEM;
    size_t first_at = SIZE_MAX, at;
    for (size_t i = 0; i < level->n_rests_on; i++) {
        const struct item *const item = &edition->items.at[level->rests_on[i]];
        if (item->level == ITEM_SCHOOL && text_find(level->formula, item->code, &at) && at < first_at) {
            first = level->rests_on[i];
            first_at = at;
        }
    }
    return first;
}

/* In the item's own unit, rounded up to what can be added. */
static double in_item_units(const struct item *item, double quantity)
{
    const double n = text_equal(item->unit, TEXT("10000 yuan")) ? quantity / 10000 : quantity;
    const double least = 1e-7; /* a division's last digit is no person more */
    return item->type == ITEM_INTEGER ? ceil(n - least) : ceil(n * CENTS - least) / CENTS;
}

struct filling {
    const struct snapshot *s;
    size_t row, n;
    uint16_t item[N_EVALUATED * MAX_LEVELS + MAX_LEVELS];
    double then[N_EVALUATED * MAX_LEVELS + MAX_LEVELS];
};

/* The item itself where it was returned, else one it is told from: 县级以上骨干教师数 for 初中县级以上骨干教师数. */
static uint16_t source_of(const struct filling *f, uint16_t item)
{
    const struct edition *const e = f->s->edition;
    if (!is_blank(returns_number(f->s->returns, f->row, item)))
        return item;
    for (size_t d = 0; d < e->n_derivations; d++) {
        size_t n;
        const uint16_t *const from = expression_items(e->derivations[d].formula, &n);
        for (size_t i = 0; e->derivations[d].item == item && i < n; i++)
            if (e->items.at[from[i]].level == ITEM_SCHOOL && e->items.at[from[i]].type != ITEM_TEXT &&
                !is_blank(returns_number(f->s->returns, f->row, from[i])))
                return from[i];
    }
    return NO_ITEM;
}

/* How much of what is returned for the whole school counts for the unit: less than all where it is split. */
static double share_of(const struct filling *f, const struct level *level, double amount)
{
    double total = 0;
    bool split = false;
    for (size_t i = 0; i < level->n_rests_on; i++) {
        const uint16_t source = source_of(f, level->rests_on[i]);
        split |= source != level->rests_on[i];
        total += source == NO_ITEM ? 0 : returns_number(f->s->returns, f->row, source);
    }
    return split && amount > 0 && total > amount ? amount / total : 1;
}

/* One figure more by a quantity of the level's resource; nothing where either is not known. */
static void fill_one(struct filling *f, const struct level *level, double quantity, double share)
{
    const uint16_t asked = scenario_item_of_level(f->s->edition, level), item = asked == NO_ITEM ? NO_ITEM : source_of(f, asked);
    if (item == NO_ITEM || is_blank(quantity) || quantity <= 0)
        return;
    const double then = returns_number(f->s->returns, f->row, item) + in_item_units(&f->s->edition->items.at[item], quantity / share);
    size_t i = 0;
    while (i < f->n && f->item[i] != item)
        i++;
    f->item[i] = item;
    f->then[i] = i < f->n ? fmax(f->then[i], then) : then; /* one figure for both stages: what the needier asks */
    f->n += i == f->n;
}

static void fill_school(struct filling *f, const struct school_need *need)
{
    /* What stages share is asked of the school once; teachers of each stage by themselves. */
    for (size_t u = 0; u < need->n_units; u++) {
        const struct stage_assessment *const stage = need->unit[u].stage;
        const struct stage_rule *const rule = &f->s->edition->stages[stage->stage];
        for (size_t l = 0; l < rule->n_levels; l++) {
            const struct level *const level = &rule->levels[l];
            const double amount = need->unit[u].level[l].now * stage->unit_pupils[need->unit[u].unit] / level->per;
            if (!level->shared)
                fill_one(f, level, need->unit[u].level[l].chosen, share_of(f, level, amount));
        }
    }
    for (size_t d = 0; d < need->n_demands; d++)
        if (need->demand[d].level->shared)
            fill_one(f, need->demand[d].level, need->demand[d].chosen, 1);
}

size_t app_scenario_fill(const struct snapshot *s, size_t year, size_t row, struct typed_changes *into)
{
    const struct county_needs *const needs = &s->needs[year];
    const struct text school = returns_text(s->returns, row, s->edition->items.school_code);
    struct filling f = { .s = s, .row = row };
    for (size_t i = 0; i < needs->n; i++)
        if (needs->schools[i].row == row)
            fill_school(&f, &needs->schools[i]);
    for (size_t i = 0; i < f.n; i++)
        typed_put(into, (struct typed_change){ school, f.item[i], text_printf(into->mem, "%.15g", round(f.then[i] * CENTS) / CENTS) });
    return f.n;
}

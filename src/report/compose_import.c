#include "report/compose_import.h"

#include "base/err.h"
#include "report/compose_figures.h"
#include "report/say.h"
#include "report/words.h"

#include <math.h>

/* ── single figures ── */

static bool is_amount(const struct item *item)
{
    return (item->type == ITEM_NUMBER || item->type == ITEM_INTEGER) && !text_equal(item->unit, TEXT("year"));
}

void compose_import_change(struct arena *mem, struct import_change *c, bool english)
{
    const struct text unit = c->item->unit, name = say_item(mem, c->item, english);
    const bool named = !unit.size || text_find(name, unit_zh(unit), NULL); /* 公用经费预算总额(万元) */
    c->item_words = !is_amount(c->item) || (english ? !unit.size : named) ? name
                    : english ? text_printf(mem, "%.*s (%.*s)", TEXT_ARG(name), TEXT_ARG(unit))
                              : text_printf(mem, "%.*s（%.*s）", TEXT_ARG(name), TEXT_ARG(unit_zh(unit)));
    c->before_words = say_figure(mem, c->item, c->before, c->before_text, english);
    c->base_words = say_figure(mem, c->item, c->base, c->base_text, english);
    c->after_words = say_figure(mem, c->item, c->after, c->after_text, english);
    const double by = is_amount(c->item) ? c->after - c->before : BLANK;
    c->difference_words = say_change(mem, by, is_blank(by) || by == floor(by) ? 0 : 2);
}

/* ── the county ── */

static const struct county_assessment *year_of(const struct assessment *a, int year)
{
    for (size_t i = 0; i < a->n_counties; i++)
        if (a->counties[i].county->year == year)
            return &a->counties[i];
    return NULL;
}

static size_t within(const struct stage_assessment *s)
{
    size_t n = 0;
    for (size_t l = 0; s && l < s->n_levels; l++)
        n += s->cv[l].met == STATE_MET;
    return n;
}

static void compare_level(struct arena *mem, const struct level *level, const struct stage_assessment *was, const struct stage_assessment *is,
                          size_t l, bool english, struct effect_year *y)
{
    const struct effect_level made = {
        .name = say_level(level, english), .stage = say_stage(is->stage, english),
        .before = was ? say_cv(mem, &was->cv[l], level->cv_limit, english) : say_blank(english),
        .after = say_cv(mem, &is->cv[l], level->cv_limit, english),
        .limit = is_blank(level->cv_limit) ? TEXT("") : words_fixed(mem, level->cv_limit, 3),
        .before_state = was ? was->cv[l].met : STATE_NO_DATA, .after_state = is->cv[l].met,
    };
    if (!text_equal(made.before, made.after) || made.before_state != made.after_state)
        y->levels[y->n_levels++] = made;
}

static void compare_stage(struct arena *mem, const struct edition *edition, const struct stage_assessment *was,
                          const struct stage_assessment *is, bool english, struct effect_year *y)
{
    y->stages[y->n_stages++] = (struct effect_stage){
        .stage = is->stage, .name = say_stage(is->stage, english), .before_units = was ? was->n : 0, .after_units = is->n,
        .before_passing = was ? was->passing : 0, .after_passing = is->passing, .before_within = within(was), .after_within = within(is),
        .of = is->n_levels };
    for (size_t l = 0; l < is->n_levels; l++)
        compare_level(mem, &edition->stages[is->stage].levels[l], was, is, l, english, y);
}

static bool moves(const struct effect_year *y)
{
    bool any = y->is_new || y->before != y->after || y->n_levels;
    for (size_t s = 0; s < y->n_stages && !any; s++)
        any = y->stages[s].before_units != y->stages[s].after_units || y->stages[s].before_passing != y->stages[s].after_passing;
    return any;
}

struct effect_year *compose_import_effect(struct arena *mem, const struct assessment *before, const struct assessment *after,
                                          bool english, size_t *n_out)
{
    struct effect_year *years = arena_array(mem, after->n_counties, struct effect_year);
    *n_out = 0;
    for (size_t c = after->n_counties; c-- > 0;) {
        const struct county_assessment *is = &after->counties[c], *was = year_of(before, is->county->year);
        struct effect_year y = { .year = is->county->year, .name = say_year(mem, is->county->year, english), .is_new = !was,
                                 .before = was ? was->verdict : STATE_NO_DATA, .after = is->verdict,
                                 .stages = arena_array(mem, N_EVALUATED, struct effect_stage),
                                 .levels = arena_array(mem, N_EVALUATED * MAX_LEVELS, struct effect_level) };
        for (size_t s = 0; s < is->n_stages; s++)
            compare_stage(mem, after->edition, was ? composing_stage(was, is->stages[s].stage) : NULL, &is->stages[s], english, &y);
        if (moves(&y))
            years[(*n_out)++] = y;
    }
    return years;
}

/* ── as sheets ── */

struct column { const char *zh, *en; double width; };

static struct sheet *listing(struct arena *mem, const char *name, const struct column *columns, uint32_t n, bool english)
{
    struct sheet *sheet = sheet_new(mem, text_of(name));
    sheet->frozen_rows = 1;
    for (uint32_t c = 0; c < n; c++) {
        sheet_put_text(sheet, 1, c + 1, LOOK_HEADING, text_of(english ? columns[c].en : columns[c].zh));
        sheet->width[c + 1] = columns[c].width;
    }
    return sheet;
}

static void put_count(struct arena *mem, struct sheet *sheet, size_t n, bool english)
{
    sheet_put_text(sheet, (uint32_t)n + 3, 1, LOOK_NOTE, text_printf(mem, english ? "%zu rows of %zu" : "共写出 %zu 行，符合条件 %zu 行。", n, n));
}

static struct text level_word(enum finding_level level, bool english)
{
    static const char *const WORDS[][2] = { { "错误", "error" }, { "提醒", "warning" }, { "说明", "note" } };
    return text_of(WORDS[level][english]);
}

static struct sheet *findings_sheet(struct arena *mem, const struct findings *findings, const struct item_list *items, bool english)
{
    static const struct column COLUMNS[] = { { "级别", "Level", 7 }, { "文件", "File", 26 }, { "表", "Sheet", 16 }, { "格", "Cell", 8 },
                                             { "学校", "School", 30 }, { "项目", "Item", 24 }, { "读到", "Read", 22 },
                                             { "应为", "Expected", 34 }, { "怎么改", "How to mend", 44 } };
    struct sheet *sheet = listing(mem, english ? "Findings" : "问题清单", COLUMNS, COUNT(COLUMNS), english);
    uint32_t row = 2;
    for (int level = FINDING_ERROR; level <= FINDING_NOTE; level++)
        for (size_t i = 0; i < findings->n; i++) {
            const struct finding *f = &findings->at[i];
            char cell[16];
            if ((int)f->level != level)
                continue;
            const uint16_t item = f->item.size ? item_find(items, f->item) : NO_ITEM;
            const struct text place = cell_name(cell, f->row, f->column)[0] ? text_copy(mem, text_of(cell))
                                      : f->row ? text_printf(mem, english ? "row %u" : "第 %u 行", f->row) : TEXT("");
            const struct text words[] = { level_word(f->level, english), f->file, f->sheet, place,
                                          f->school, item == NO_ITEM ? f->item : say_item(mem, &items->at[item], english), f->read, f->expected, f->mend };
            for (uint32_t c = 0; c < COUNT(words); c++)
                if (words[c].size)
                    sheet_put_text(sheet, row, c + 1, LOOK_TEXT, words[c]);
            row++;
        }
    put_count(mem, sheet, findings->n, english);
    return sheet;
}

static void put_value(struct sheet *sheet, uint32_t row, uint32_t column, const struct item *item, double number, struct text words)
{
    if (is_amount(item) && !is_blank(number))
        sheet_put_number(sheet, row, column, LOOK_PLAIN, number)->decimals = DECIMALS_ALL;
    else
        sheet_put_text(sheet, row, column, LOOK_TEXT, words);
}

static struct sheet *changes_sheet(struct arena *mem, const struct import_change *changes, size_t n, bool english)
{
    static const struct column COLUMNS[] = { { "类别", "Kind", 7 }, { "学年", "Year", 7 }, { "学校代码", "School code", 14 }, { "学校", "School", 30 },
                                             { "项目", "Item", 32 }, { "库中", "Stands", 14 }, { "本次", "Read", 14 }, { "差", "Difference", 12 } };
    struct sheet *sheet = listing(mem, english ? "Changes" : "改动", COLUMNS, COUNT(COLUMNS), english);
    for (size_t i = 0; i < n; i++) {
        const struct import_change *c = &changes[i];
        const uint32_t row = (uint32_t)i + 2;
        sheet_put_text(sheet, row, 1, LOOK_TEXT, c->kind);
        sheet_put_number(sheet, row, 2, LOOK_WHOLE, c->year);
        sheet_put_text(sheet, row, 3, LOOK_TEXT, c->school);
        sheet_put_text(sheet, row, 4, LOOK_TEXT, c->school.size ? c->name : english ? TEXT("the county") : TEXT("全县"));
        sheet_put_text(sheet, row, 5, LOOK_TEXT, c->item_words);
        put_value(sheet, row, 6, c->item, c->before, c->before_words);
        put_value(sheet, row, 7, c->item, c->after, c->after_words);
        if (is_amount(c->item) && !is_blank(c->after - c->before))
            sheet_put_number(sheet, row, 8, LOOK_PLAIN, c->after - c->before)->decimals = DECIMALS_ALL;
    }
    put_count(mem, sheet, n, english);
    return sheet;
}

void import_sheets(struct arena *mem, const struct findings *findings, const struct item_list *items, const struct import_change *changes,
                   size_t n_changes, bool english, struct sheet *sheets[2])
{
    sheets[0] = findings_sheet(mem, findings, items, english);
    sheets[1] = changes_sheet(mem, changes, n_changes, english);
}

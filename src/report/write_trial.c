#include "report/write_trial.h"

#include "report/say.h"

enum { HEAD_ROW = 3, CHANGE_COLUMNS = 9, EFFECT_COLUMNS = 5 };

struct trial_writing { const struct trial_sheets_request *request; struct arena *mem; bool english; };

static struct text either(const struct trial_writing *w, const char *zh, const char *en)
{
    return text_of(w->english ? en : zh);
}

static void put_words(const struct trial_writing *w, struct sheet *sheet, uint32_t row, const char *const (*words)[2], uint32_t n, enum sheet_look look)
{
    for (uint32_t i = 0; i < n; i++)
        sheet_put_text(sheet, row, i + 1, look, either(w, words[i][0], words[i][1]));
}

static struct sheet *begin(const struct trial_writing *w, struct text name, uint32_t columns)
{
    const struct composing *const c = w->request->composing;
    struct sheet *const sheet = sheet_new(w->mem, name);
    const struct text title = w->request->name.size ? w->request->name : either(w, "试算", "What-if");
    sheet_put_merged(sheet, 1, 1, 1, columns, LOOK_TITLE, text_printf(w->mem, "%.*s · %.*s", TEXT_ARG(say_county(w->mem, composing_county(c)->county, w->english)), TEXT_ARG(title)));
    sheet_put_merged(sheet, 2, 1, 2, columns, LOOK_NOTE,
                     text_printf(w->mem, w->english ? "A trial: no official figure is changed. %.*s %.*s" : "试算，不影响正式数据。%.*s %.*s",
                                 TEXT_ARG(say_year(w->mem, composing_county(c)->county->year, w->english)), TEXT_ARG(w->request->version)));
    sheet->frozen_rows = HEAD_ROW;
    sheet->print = (struct sheet_print){ .on = true, .first_repeated = HEAD_ROW, .last_repeated = HEAD_ROW };
    return sheet;
}

static void put_figure(const struct trial_writing *w, struct sheet *sheet, uint32_t row, uint32_t column, double value)
{
    if (is_blank(value))
        sheet_put_text(sheet, row, column, LOOK_TEXT, say_blank(w->english))->is_missing = true;
    else
        sheet_put_number(sheet, row, column, LOOK_DECIMAL, value)->decimals = DECIMALS_ALL;
}

static struct sheet *changes_sheet(const struct trial_writing *w)
{
    static const char *const HEADS[CHANGE_COLUMNS][2] = {
        { "学校代码", "School code" }, { "学校", "School" }, { "项目", "Item" }, { "单位", "Unit" }, { "现值", "Now" }, { "改为", "To" },
        { "差", "Change" }, { "缺口还剩", "Still missing" }, { "约需（万元，估算）", "Cost, 10,000 yuan (estimated)" } };
    static const double WIDTHS[CHANGE_COLUMNS] = { 14, 28, 26, 10, 12, 12, 12, 28, 18 };
    const struct comparison *const x = w->request->comparison;
    struct sheet *const sheet = begin(w, either(w, "改动", "Changes"), CHANGE_COLUMNS);
    uint32_t row = HEAD_ROW;
    put_words(w, sheet, row++, HEADS, CHANGE_COLUMNS, LOOK_HEADING);
    for (uint32_t i = 0; i < CHANGE_COLUMNS; i++)
        sheet->width[i + 1] = WIDTHS[i];
    for (size_t i = 0; i < x->n_changes; i++, row++) {
        const struct compare_change *const change = &x->changes[i];
        sheet_put_text(sheet, row, 1, LOOK_TEXT, change->school);
        sheet_put_text(sheet, row, 2, LOOK_TEXT, change->school.size ? change->name : either(w, "全县", "The county"));
        sheet_put_text(sheet, row, 3, LOOK_TEXT, change->item_name);
        sheet_put_text(sheet, row, 4, LOOK_TEXT, change->unit);
        put_figure(w, sheet, row, 5, change->before);
        put_figure(w, sheet, row, 6, change->after);
        put_figure(w, sheet, row, 7, change->difference);
        sheet_put_text(sheet, row, 8, LOOK_TEXT, change->left);
        if (is_blank(change->cost))
            sheet_put_text(sheet, row, 9, LOOK_TEXT, change->cost_words);
        else
            sheet_put_number(sheet, row, 9, LOOK_DECIMAL, change->cost / 10000);
    }
    sheet_put_merged(sheet, row, 1, row, CHANGE_COLUMNS, LOOK_NOTE,
                     text_printf(w->mem, w->english ? "%zu rows written, of %zu that the trial changes." : "共写出 %zu 行，方案改了 %zu 处。", x->n_changes, x->n_changes));
    return sheet;
}

static uint32_t put_section(const struct trial_writing *w, struct sheet *sheet, uint32_t row, const char *zh, const char *en)
{
    sheet_put_merged(sheet, row, 1, row, EFFECT_COLUMNS, LOOK_GROUP, either(w, zh, en));
    return row + 1;
}

static struct sheet *effect_sheet(const struct trial_writing *w)
{
    static const char *const HEADS[EFFECT_COLUMNS][2] = {
        { "学段", "Stage" }, { "指标或学校", "Indicator or school" }, { "现在", "Now" }, { "试算", "Trial" }, { "上限", "Limit" } };
    static const double WIDTHS[EFFECT_COLUMNS] = { 12, 36, 18, 18, 12 };
    const struct comparison *const x = w->request->comparison;
    struct sheet *const sheet = begin(w, either(w, "效果", "Effect"), EFFECT_COLUMNS);
    uint32_t row = HEAD_ROW;
    put_words(w, sheet, row++, HEADS, EFFECT_COLUMNS, LOOK_HEADING);
    for (uint32_t i = 0; i < EFFECT_COLUMNS; i++)
        sheet->width[i + 1] = WIDTHS[i];
    sheet_put_merged(sheet, row, 1, row, EFFECT_COLUMNS, LOOK_TEXT, x->sentence);
    row++;
    sheet_put_merged(sheet, row, 1, row, EFFECT_COLUMNS, LOOK_TEXT, x->second);
    row++;
    row = put_section(w, sheet, row, "达标学校（所）和差异系数", "Schools that pass, coefficients");
    for (size_t s = 0; s < x->n_stages; s++) {
        const struct compare_stage *const stage = &x->stages[s];
        sheet_put_text(sheet, row, 1, LOOK_TEXT, stage->name);
        sheet_put_text(sheet, row, 2, LOOK_TEXT, either(w, "达标学校", "Schools that pass"));
        sheet_put_number(sheet, row, 3, LOOK_WHOLE, (double)stage->before_passing);
        sheet_put_number(sheet, row++, 4, LOOK_WHOLE, (double)stage->after_passing);
        for (size_t l = 0; l < stage->n_levels; l++, row++) {
            const struct compare_level *const level = &stage->levels[l];
            sheet_put_text(sheet, row, 1, LOOK_TEXT, stage->name);
            sheet_put_text(sheet, row, 2, LOOK_TEXT, level->name);
            sheet_put_text(sheet, row, 3, LOOK_TEXT, level->before_words)->tone = level->before_state == STATE_BELOW ? TONE_BELOW : TONE_NONE;
            sheet_put_text(sheet, row, 4, LOOK_TEXT, level->after_words)->tone = level->after_state == STATE_BELOW ? TONE_BELOW : TONE_NONE;
            sheet_put_text(sheet, row, 5, LOOK_TEXT, level->limit_words);
        }
    }
    row = put_section(w, sheet, row, "结论变了的学校", "Schools whose verdict changes");
    for (size_t i = 0; i < x->n_schools; i++, row++) {
        sheet_put_text(sheet, row, 1, LOOK_TEXT, x->schools[i].stage_name);
        sheet_put_text(sheet, row, 2, LOOK_TEXT, x->schools[i].name);
        sheet_put_text(sheet, row, 3, LOOK_TEXT, x->schools[i].before_words);
        sheet_put_text(sheet, row, 4, LOOK_TEXT, x->schools[i].after_words);
    }
    row = put_section(w, sheet, row, "变差的", "What gets worse");
    for (size_t i = 0; i < x->n_worse; i++, row++)
        sheet_put_merged(sheet, row, 1, row, EFFECT_COLUMNS, LOOK_TEXT, x->worse[i]);
    if (!x->n_worse)
        sheet_put_merged(sheet, row, 1, row, EFFECT_COLUMNS, LOOK_TEXT, either(w, "没有变差的。", "Nothing gets worse."));
    return sheet;
}

void trial_sheets(const struct trial_sheets_request *request, struct sheet *out[TRIAL_SHEETS])
{
    const struct trial_writing w = { request, request->composing->mem, request->composing->english };
    out[0] = changes_sheet(&w);
    out[1] = effect_sheet(&w);
}

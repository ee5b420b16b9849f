/* The board as a workbook. */
#include "app/targets.h"

#include "app/export.h"
#include "model/sheet.h"

static void put_value(struct sheet *sheet, uint32_t row, uint32_t column, const struct target_line *l, double value)
{
    if (is_blank(value))
        return;
    const bool share = l->rule && l->goal.decimals == 3;
    struct sheet_cell *const cell = sheet_put_number(sheet, row, column, share ? LOOK_PERCENT : LOOK_DECIMAL, value);
    if (!share)
        cell->decimals = l->is_cv ? 3 : l->level ? 2 : DECIMALS_ALL;
}

static struct text alarms_of(const struct target_board *b, const struct target_line *l, struct arena *mem)
{
    struct buf words = { .mem = mem };
    for (unsigned a = 1; a < 1u << N_TARGET_ALARMS; a <<= 1)
        if (l->alarms & a)
            buf_add(&words, target_alarm_words(b, l, (enum target_alarm)a, false, mem));
    return words.size ? buf_text(&words) : TEXT("");
}

bool app_targets_workbook(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct target_filter *filter,
                          int64_t now, struct arena *mem, struct text *bytes_out, struct err *err)
{
    static const char *const HEADS[] = { "学校", "学段", "指标", "责任单位", "责任人", "标准" };
    struct target_board b;
    if (!actor_may(actor, MAY_EXPORT, err) || !app_targets(house, snapshot, actor, filter, now, mem, &b, err))
        return false;
    struct sheet *const sheet = sheet_new(mem, TEXT("年度目标"));
    uint32_t column = 1;
    for (size_t i = 0; i < COUNT(HEADS); i++)
        sheet_put_text(sheet, 1, column++, LOOK_HEADING, text_of(HEADS[i]));
    for (size_t y = 0; y <= b.now; y++)
        sheet_put_text(sheet, 1, column++, LOOK_HEADING, text_printf(mem, "%d 实测", b.first + (int)y));
    for (size_t y = 0; y < b.n_years; y++)
        sheet_put_text(sheet, 1, column++, LOOK_HEADING, text_printf(mem, "%d 目标", b.first + (int)y));
    sheet_put_text(sheet, 1, column++, LOOK_HEADING, TEXT("推算达标"));
    sheet_put_text(sheet, 1, column, LOOK_HEADING, TEXT("提醒"));
    for (size_t i = 0; i < b.n; i++) {
        const struct target_line *const l = &b.lines[i];
        const uint32_t row = (uint32_t)i + 2;
        sheet_put_text(sheet, row, 1, LOOK_TEXT, l->where.size ? l->where : TEXT("全县"));
        sheet_put_text(sheet, row, 2, LOOK_TEXT, target_stage(l, false));
        sheet_put_text(sheet, row, 3, LOOK_TEXT, text_printf(mem, "%.*s%s", TEXT_ARG(target_name(snapshot->edition, l, false)), l->is_cv ? "的差异系数" : ""));
        sheet_put_text(sheet, row, 4, LOOK_TEXT, place_name(&b.names, l->owner.place));
        sheet_put_text(sheet, row, 5, LOOK_TEXT, l->person);
        put_value(sheet, row, 6, l, l->goal.threshold);
        column = 7;
        for (size_t y = 0; y <= b.now; y++)
            put_value(sheet, row, column++, l, l->measured[y]);
        for (size_t y = 0; y < b.n_years; y++)
            put_value(sheet, row, column++, l, l->target[y]);
        sheet_put_text(sheet, row, column++, LOOK_TEXT, target_pass_words(&b, l, false, mem));
        sheet_put_text(sheet, row, column, LOOK_TEXT, alarms_of(&b, l, mem));
    }
    sheet->width[1] = 24;
    sheet->width[3] = 22;
    sheet->width[4] = 16;
    sheet->width[column] = 60;
    sheet->frozen_rows = 1;
    sheet->frozen_columns = 3;
    sheet->print.on = true;
    return app_export_sheets(house, actor, (struct sheet *const[]){ sheet }, 1, TEXT("targets"), b.n, b.n, now, mem, bytes_out, err);
}

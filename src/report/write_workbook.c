#include "report/write_workbook.h"

#include "report/xlsx_late.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The look of each kind of cell, once a workbook. */
static void make_formats(lxw_workbook *book, lxw_format *formats[N_LOOKS])
{
    static const char *const patterns[N_LOOKS] = {
        [LOOK_TEXT] = "@",           [LOOK_WHOLE] = "0",      [LOOK_DECIMAL] = "0.00",
        [LOOK_THOUSANDS] = "#,##0.##", [LOOK_PERCENT] = "0.0%", [LOOK_DEGREES] = "0.00000", [LOOK_TOTAL] = "0.##",
    };
    for (int look = 0; look < N_LOOKS; look++) {
        lxw_format *format = formats[look] = xlsx.workbook_add_format(book);
        xlsx.format_set_font_name(format, "宋体");
        xlsx.format_set_font_size(format, look == LOOK_TITLE ? 16 : look == LOOK_NOTE ? 9 : 11);
        xlsx.format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
        if (patterns[look])
            xlsx.format_set_num_format(format, patterns[look]);
        if (look == LOOK_TITLE || look == LOOK_GROUP || look == LOOK_HEADING || look == LOOK_TOTAL)
            xlsx.format_set_bold(format);
        if (look == LOOK_TITLE || look == LOOK_GROUP || look == LOOK_HEADING)
            xlsx.format_set_align(format, LXW_ALIGN_CENTER);
        if (look == LOOK_HEADING)
            xlsx.format_set_text_wrap(format);
        if (look == LOOK_GROUP || look == LOOK_HEADING)
            xlsx.format_set_bg_color(format, 0xDDEBF7);
        if (look != LOOK_TITLE && look != LOOK_NOTE)
            xlsx.format_set_border(format, LXW_BORDER_THIN);
    }
}

/* libxlsxwriter wants texts ended by a zero: sheet_put_* has copied them so. */
static bool put_cell(lxw_worksheet *page, const struct sheet_cell *cell, lxw_format *format)
{
    const lxw_row_t row = cell->row - 1;
    const lxw_col_t column = (lxw_col_t)(cell->column - 1);
    if (cell->last_row != cell->row || cell->last_column != cell->column)
        return xlsx.worksheet_merge_range(page, row, column, cell->last_row - 1, (lxw_col_t)(cell->last_column - 1),
                                          cell->text.at, format) == LXW_NO_ERROR;
    if (cell->is_number)
        return xlsx.worksheet_write_number(page, row, column, cell->number, format) == LXW_NO_ERROR;
    return xlsx.worksheet_write_string(page, row, column, cell->text.at, format) == LXW_NO_ERROR;
}

static bool put_sheet(lxw_workbook *book, const struct sheet *sheet, lxw_format *formats[N_LOOKS])
{
    lxw_worksheet *page = xlsx.workbook_add_worksheet(book, sheet->name.at);
    if (!page)
        return false;
    for (uint32_t column = 1; column <= SHEET_MOST_COLUMNS; column++)
        if (sheet->width[column] > 0.0)
            xlsx.worksheet_set_column(page, (lxw_col_t)(column - 1), (lxw_col_t)(column - 1), sheet->width[column], NULL);
    if (sheet->frozen_rows || sheet->frozen_columns)
        xlsx.worksheet_freeze_panes(page, sheet->frozen_rows, (lxw_col_t)sheet->frozen_columns);
    for (size_t i = 0; i < sheet->n; i++)
        if (!put_cell(page, &sheet->cells[i], formats[sheet->cells[i].look]))
            return false;
    return true;
}

bool write_workbook(const char *path, struct sheet *const *sheets, size_t n, struct err *err)
{
    /* A fixed date of creation: else no two runs would give the same bytes. */
    lxw_doc_properties properties = { .author = (char *)"均衡 Junheng", .created = 1756684800 /* 2025-09-01 */ };
    lxw_format *formats[N_LOOKS];
    if (!xlsx_load(path, err))
        return false;
    lxw_workbook *book = xlsx.workbook_new(path);
    if (!book)
        return err_set(err, ERR_OUTSIDE, "写不了工作簿“%s”：内存不足。", path);
    xlsx.workbook_set_properties(book, &properties);
    make_formats(book, formats);
    bool all = true;
    for (size_t i = 0; i < n; i++)
        all = put_sheet(book, sheets[i], formats) && all;
    errno = 0;
    const lxw_error result = xlsx.workbook_close(book);
    if (result != LXW_NO_ERROR) {
        err_set(err, ERR_OUTSIDE, "写不了工作簿“%s”：%s。", path, errno ? err_system(errno) : xlsx.lxw_strerror(result));
        return err_hint(err, "请核对文件夹是否存在、是否可写，磁盘是否已满。");
    }
    if (!all)
        return err_set(err, ERR_OUTSIDE, "工作簿“%s”有内容超出 .xlsx 的限度，没有写全。", path);
    return true;
}

#include "report/write_workbook.h"

#include "report/xlsx_book.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { N_DECIMALS = DECIMALS_MOST - DECIMALS_ALL + 1 };

/* The formats made so far: most of them are never needed. */
struct formats {
    lxw_workbook *book;
    lxw_format *made[N_LOOKS][N_DECIMALS][N_TONES];
};

/* How the looks differ; what is not said is so: 宋体 11, left, a border, no fill. */
static const struct look {
    const char *pattern, *font;
    double size;
    bool bold, centre, wrap, bare;
    uint32_t fill;
} LOOKS[N_LOOKS] = {
    [LOOK_TITLE] = { .size = 16, .bold = true, .centre = true, .bare = true },
    [LOOK_NOTE] = { .size = 9, .bare = true },
    [LOOK_GROUP] = { .bold = true, .centre = true, .fill = 0xDDEBF7 },
    [LOOK_HEADING] = { .bold = true, .centre = true, .wrap = true, .fill = 0xDDEBF7 },
    [LOOK_TEXT] = { .pattern = "@" },
    [LOOK_WHOLE] = { .pattern = "0" },
    [LOOK_DECIMAL] = { .pattern = "0.00" },
    [LOOK_THOUSANDS] = { .pattern = "#,##0.##" },
    [LOOK_PERCENT] = { .pattern = "0.0%" },
    [LOOK_DEGREES] = { .pattern = "0.00000" },
    [LOOK_TOTAL] = { .pattern = "0.##", .bold = true },
    [LOOK_FORM_TITLE] = { .font = "黑体", .size = 14, .bare = true },
    [LOOK_FORM_HEAD] = { .size = 9, .bold = true, .centre = true, .wrap = true },
    [LOOK_FORM_CODE] = { .size = 9, .bold = true, .centre = true },
    [LOOK_FORM_LABEL] = { .size = 9, .wrap = true },
    [LOOK_FORM_VALUE] = { .size = 10, .centre = true },
    [LOOK_FORM_TEXT] = { .size = 9, .wrap = true },
    [LOOK_FORM_NOTE] = { .size = 9, .bare = true },
};

/* As docs of the pages have them: the darker, the worse. */
static const struct { uint32_t fill, ink; bool bold; } TONES[N_TONES] = {
    [TONE_NEAR] = { 0xFDF3DC, 0x8A5A00, false },
    [TONE_BELOW] = { 0xFBE6E3, 0xA8201A, true },
    [TONE_NO_DATA] = { 0xF1F2F4, 0x5B6470, false },
};

static const char *pattern_of(int decimals, const char *otherwise)
{
    static const char *const fixed[] = { "0.0", "0.00", "0.000", "0.0000", "0.00000", "0.000000", "0.0000000", "0.00000000", "0.000000000" };
    return decimals == DECIMALS_OF_LOOK ? otherwise
           : decimals == DECIMALS_NONE  ? "0"
           : decimals == DECIMALS_ALL   ? "General"
                                        : fixed[decimals - 1];
}

static lxw_format *make_format(lxw_workbook *book, const struct look *look, int decimals, enum sheet_tone tone)
{
    lxw_format *format = xlsx.workbook_add_format(book);
    const char *pattern = pattern_of(decimals, look->pattern);
    const uint32_t fill = TONES[tone].fill ? TONES[tone].fill : look->fill;
    xlsx.format_set_font_name(format, look->font ? look->font : "宋体");
    xlsx.format_set_font_size(format, look->size > 0.0 ? look->size : 11);
    xlsx.format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (pattern)
        xlsx.format_set_num_format(format, pattern);
    if (look->bold || TONES[tone].bold)
        xlsx.format_set_bold(format);
    if (look->centre)
        xlsx.format_set_align(format, LXW_ALIGN_CENTER);
    if (look->wrap)
        xlsx.format_set_text_wrap(format);
    if (fill)
        xlsx.format_set_bg_color(format, fill);
    if (TONES[tone].ink)
        xlsx.format_set_font_color(format, TONES[tone].ink);
    if (!look->bare)
        xlsx.format_set_border(format, LXW_BORDER_THIN);
    return format;
}

static lxw_format *format_of(struct formats *formats, const struct sheet_cell *cell)
{
    const int decimals = cell->is_number ? cell->decimals : DECIMALS_OF_LOOK;
    lxw_format **made = &formats->made[cell->look][decimals - DECIMALS_ALL][cell->tone];
    if (!*made)
        *made = make_format(formats->book, &LOOKS[cell->look], decimals, cell->tone);
    return *made;
}

/* ── the way back to where a figure came from ── */

enum { LONGEST_TIP = 255, LONGEST_URL = 2000 };

static struct text trace_of(const struct sheet_cell *cell)
{
    struct text trace = cell->trace;
    for (size_t i = 0; i < cell->n_parts && !trace.size; i++)
        trace = cell->parts[i].trace;
    return trace;
}

/* 「来源：cv:primary:L4:2025」, all keys of a cell of several parts that there is room for. */
static const char *tip_of(struct arena *mem, const struct sheet_cell *cell)
{
    struct buf tip = { .mem = mem };
    buf_printf(&tip, "来源：%.*s", TEXT_ARG(trace_of(cell)));
    for (size_t i = 0; i < cell->n_parts; i++)
        if (cell->parts[i].trace.size && !text_equal(cell->parts[i].trace, trace_of(cell)) && tip.size + cell->parts[i].trace.size + 2 < LONGEST_TIP)
            buf_printf(&tip, " %.*s", TEXT_ARG(cell->parts[i].trace));
    return text_string(mem, buf_text(&tip));
}

static const char *url_of(struct arena *mem, struct text address, struct text trace)
{
    struct buf url = { .mem = mem };
    buf_printf(&url, "%.*s/lineage?of=", TEXT_ARG(address));
    for (size_t i = 0; i < trace.size; i++) {
        const char c = trace.at[i];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.')
            buf_byte(&url, c);
        else
            buf_printf(&url, "%%%02X", (unsigned)(unsigned char)c);
    }
    return text_string(mem, buf_text(&url));
}

/* A link without a look: the form is printed as it was issued.  What the cell holds is written over it. */
static bool put_link(lxw_worksheet *page, const struct sheet *sheet, const struct sheet_cell *cell, lxw_format *format)
{
    const struct text trace = trace_of(cell);
    if (!sheet->address.size || !trace.size || sheet->address.size + 3 * trace.size > LONGEST_URL)
        return true;
    return xlsx.worksheet_write_url_opt(page, cell->row - 1, (lxw_col_t)(cell->column - 1), url_of(sheet->mem, sheet->address, trace), format, " ",
                                        tip_of(sheet->mem, cell)) == LXW_NO_ERROR;
}

/* libxlsxwriter wants texts ended by a zero: sheet_put_* has copied them so. */
static bool put_cell(lxw_worksheet *page, const struct sheet *sheet, const struct sheet_cell *cell, lxw_format *format)
{
    const lxw_row_t row = cell->row - 1;
    const lxw_col_t column = (lxw_col_t)(cell->column - 1);
    if ((cell->last_row != cell->row || cell->last_column != cell->column) &&
        xlsx.worksheet_merge_range(page, row, column, cell->last_row - 1, (lxw_col_t)(cell->last_column - 1), "", format) != LXW_NO_ERROR)
        return false;
    if (!put_link(page, sheet, cell, format))
        return false;
    if (cell->is_number)
        return xlsx.worksheet_write_number(page, row, column, cell->number, format) == LXW_NO_ERROR;
    if (!cell->text.size)
        return xlsx.worksheet_write_blank(page, row, column, format) == LXW_NO_ERROR;
    return xlsx.worksheet_write_string(page, row, column, cell->text.at, format) == LXW_NO_ERROR;
}

static void set_print(lxw_worksheet *page, const struct sheet *sheet)
{
    enum { A4 = 9 };
    const struct sheet_print *print = &sheet->print;
    if (!print->on)
        return;
    xlsx.worksheet_set_paper(page, A4);
    xlsx.worksheet_set_landscape(page);
    xlsx.worksheet_set_margins(page, 0.4, 0.4, 0.7, 0.6);
    xlsx.worksheet_fit_to_pages(page, 1, 0);
    if (print->first_repeated)
        xlsx.worksheet_repeat_rows(page, print->first_repeated - 1, print->last_repeated - 1);
    /* An & would start a code. */
    struct buf header = { .mem = sheet->mem };
    buf_add(&header, TEXT("&R"));
    for (const char *at = xlsx_text(sheet->mem, print->header, 70); *at; at++)
        buf_byte(&header, *at == '&' ? '+' : *at);
    buf_byte(&header, '\0');
    if (print->header.size)
        xlsx.worksheet_set_header(page, header.at);
    xlsx.worksheet_set_footer(page, "&C第 &P 页，共 &N 页");
}

static bool put_sheet(struct formats *formats, const struct sheet *sheet)
{
    lxw_worksheet *page = xlsx.workbook_add_worksheet(formats->book, sheet->name.at);
    if (!page)
        return false;
    for (uint32_t column = 1; column <= SHEET_MOST_COLUMNS; column++)
        if (sheet->width[column] > 0.0)
            xlsx.worksheet_set_column(page, (lxw_col_t)(column - 1), (lxw_col_t)(column - 1), sheet->width[column], NULL);
    if (sheet->frozen_rows || sheet->frozen_columns)
        xlsx.worksheet_freeze_panes(page, sheet->frozen_rows, (lxw_col_t)sheet->frozen_columns);
    for (size_t i = 0; i < sheet->n_heights; i++)
        xlsx.worksheet_set_row(page, sheet->heights[i].row - 1, sheet->heights[i].points, NULL);
    set_print(page, sheet);
    for (size_t i = 0; i < sheet->n; i++)
        if (!put_cell(page, sheet, &sheet->cells[i], format_of(formats, &sheet->cells[i])))
            return false;
    return true;
}

bool write_workbook(const char *path, struct sheet *const *sheets, size_t n, struct err *err)
{
    /* A fixed date of creation: else no two runs would give the same bytes. */
    lxw_doc_properties properties = { .author = (char *)"均衡 Junheng", .created = 1756684800 /* 2025-09-01 */ };
    if (!xlsx_load(path, err))
        return false;
    lxw_workbook *book = xlsx.workbook_new(path);
    if (!book)
        return err_set(err, ERR_OUTSIDE, "写不了工作簿“%s”：内存不足。", path);
    xlsx.workbook_set_properties(book, &properties);
    struct arena *mem = arena_new("write_workbook");
    struct formats *formats = arena_make(mem, struct formats);
    formats->book = book;
    bool all = true;
    for (size_t i = 0; i < n; i++)
        all = put_sheet(formats, sheets[i]) && all;
    arena_free(&mem);
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

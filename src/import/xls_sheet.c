#include "import/xls_book.h"

#include "model/finding.h"

#include <math.h>

enum { MAX_TEXT_BYTES = 64 << 20, MAX_MERGES = 100000, MAX_XLS_COLUMNS = 256 };

struct sheet {
    struct xls_book *book;
    struct grid *grid;
    struct err *err;
    struct buf scratch;          /* one cell's text */
    uint32_t row, column;        /* of the formula whose text is awaited; 0: none */
};

static bool damaged_at(struct sheet *sheet, uint32_t row, uint32_t column, const char *why)
{
    char cell[16];
    return xls_damaged(sheet->err, "工作表“%.*s”的 %s %s", TEXT_ARG(sheet->grid->name), cell_name(cell, row, column), why);
}

/* Counts a cell against the caps before it is added. */
static bool room_for(struct sheet *sheet, uint32_t row, uint32_t column, size_t text_size)
{
    struct xls_book *const book = sheet->book;
    if (column > MAX_XLS_COLUMNS)
        return damaged_at(sheet, row, column, "超出了 .xls 最多 256 列的范围");
    if (++book->cells > GRID_MAX_CELLS) {
        err_set(sheet->err, ERR_LIMIT, "工作簿的单元格超过 %d 个（读到工作表“%.*s”为止）。", GRID_MAX_CELLS,
                TEXT_ARG(sheet->grid->name));
        return err_hint(sheet->err, "请删去与填报无关的工作表和空行，或拆成几个文件。");
    }
    book->text_bytes += text_size;
    if (book->text_bytes > MAX_TEXT_BYTES) {
        err_set(sheet->err, ERR_LIMIT, "工作簿的文字超过 %d MB（读到工作表“%.*s”为止）。", MAX_TEXT_BYTES >> 20,
                TEXT_ARG(sheet->grid->name));
        return err_hint(sheet->err, "请删去与填报无关的工作表和长文字，或拆成几个文件。");
    }
    return true;
}

static bool add_text(struct sheet *sheet, uint32_t row, uint32_t column, enum cell_kind kind, struct text text)
{
    if (!room_for(sheet, row, column, text.size))
        return false;
    if (text.size)
        grid_add_text(sheet->grid, row, column, kind, text);
    return true;
}

static bool add_number(struct sheet *sheet, uint32_t row, uint32_t column, unsigned xf, double x)
{
    if (!isfinite(x))
        return add_text(sheet, row, column, CELL_ERROR, TEXT("#NUM!"));
    if (!room_for(sheet, row, column, 0))
        return false;
    const struct xls_book *const book = sheet->book;
    const struct number_format format = xf < book->n_formats ? book->formats[xf] : (struct number_format){ 0 };
    double date;
    if (format.date && date_of_serial(x, book->from_1904, &date))
        grid_add_number(sheet->grid, row, column, CELL_DATE, date, false);
    else
        grid_add_number(sheet->grid, row, column, CELL_NUMBER, x, format.percent);
    return true;
}

static bool add_error(struct sheet *sheet, uint32_t row, uint32_t column, unsigned code)
{
    static const struct { unsigned code; struct text zh; } ERRORS[] = {
        { 0x00, TEXT("#NULL!") }, { 0x07, TEXT("#DIV/0!") }, { 0x0F, TEXT("#VALUE!") }, { 0x17, TEXT("#REF!") },
        { 0x1D, TEXT("#NAME?") }, { 0x24, TEXT("#NUM!") },   { 0x2A, TEXT("#N/A") },
    };
    for (size_t i = 0; i < COUNT(ERRORS); i++)
        if (ERRORS[i].code == code)
            return add_text(sheet, row, column, CELL_ERROR, ERRORS[i].zh);
    return add_text(sheet, row, column, CELL_ERROR, TEXT("#N/A"));
}

static bool add_boolean(struct sheet *sheet, uint32_t row, uint32_t column, unsigned value)
{
    if (!room_for(sheet, row, column, 0))
        return false;
    grid_add_number(sheet->grid, row, column, CELL_BOOLEAN, value != 0, false);
    return true;
}

/* LABEL, RSTRING: a text in its place; STRING: the text of the formula before it. */
static bool add_own_text(struct sheet *sheet, struct xls_record record, size_t skip, uint32_t row, uint32_t column)
{
    struct xls_reader reader = xls_reader_of(sheet->book->stream, record, skip);
    sheet->scratch.size = 0;
    if (!xls_read_string(&reader, false, &sheet->scratch))
        return damaged_at(sheet, row, column, "的文字读不完整");
    return add_text(sheet, row, column, CELL_TEXT, buf_text(&sheet->scratch));
}

static bool add_shared_text(struct sheet *sheet, uint32_t row, uint32_t column, uint32_t index)
{
    const struct xls_book *const book = sheet->book;
    if (index >= book->n_shared)
        return damaged_at(sheet, row, column, "指向不存在的文字");
    const struct xls_string at = book->shared[index];
    return add_text(sheet, row, column, CELL_TEXT, (struct text){ book->strings.at + at.at, at.size });
}

static bool add_row_of_rk(struct sheet *sheet, uint32_t row, uint32_t column, struct text body)
{
    for (size_t at = 4; at + 6 + 2 <= body.size; at += 6, column++)
        if (!add_number(sheet, row, column, xls_u16(body, at), xls_rk(xls_u32(body, at + 2))))
            return false;
    return true;
}

/* The value the program saw last is kept beside the formula; a text follows in a STRING. */
static bool add_formula(struct sheet *sheet, uint32_t row, uint32_t column, struct text body)
{
    enum { TEXT_FOLLOWS, BOOLEAN, ERROR, EMPTY };
    if (xls_u16(body, 12) != 0xFFFF)
        return add_number(sheet, row, column, xls_u16(body, 4), xls_double(body, 6));
    const unsigned value = (unsigned char)body.at[8];
    switch (body.at[6]) {
    case TEXT_FOLLOWS: sheet->row = row, sheet->column = column; return true;
    case BOOLEAN: return add_boolean(sheet, row, column, value);
    case ERROR: return add_error(sheet, row, column, value);
    case EMPTY: return true;
    default: return damaged_at(sheet, row, column, "的公式结果认不出");
    }
}

static bool add_merges(struct sheet *sheet, struct text body)
{
    const size_t n = body.size < 2 ? 0 : xls_u16(body, 0);
    for (size_t i = 0, at = 2; i < n && at + 8 <= body.size; i++, at += 8) {
        const struct merge merge = { xls_u16(body, at) + 1u, xls_u16(body, at + 4) + 1u, xls_u16(body, at + 2) + 1u,
                                     xls_u16(body, at + 6) + 1u };
        if (merge.last_row < merge.row || merge.last_column < merge.column || merge.last_column > MAX_XLS_COLUMNS)
            continue;
        if (sheet->grid->n_merges == MAX_MERGES) {
            err_set(sheet->err, ERR_LIMIT, "工作表“%.*s”的合并单元格超过 %d 处。", TEXT_ARG(sheet->grid->name), MAX_MERGES);
            return err_hint(sheet->err, "请取消与填报无关的合并单元格，另存后再试。");
        }
        grid_add_merge(sheet->grid, merge);
    }
    return true;
}

static bool add_record(struct sheet *sheet, struct xls_record record)
{
    static const struct { unsigned type; size_t least; } CELLS[] = {
        { XLS_LABELSST, 10 }, { XLS_NUMBER, 14 }, { XLS_RK, 10 },     { XLS_MULRK, 12 },
        { XLS_FORMULA, 20 },  { XLS_LABEL, 9 },   { XLS_RSTRING, 9 }, { XLS_BOOLERR, 8 },
    };
    const struct text body = record.body;
    if (record.type == XLS_MERGEDCELLS)
        return add_merges(sheet, body);
    if (record.type == XLS_STRING && sheet->row) {
        const uint32_t row = sheet->row, column = sheet->column;
        sheet->row = 0;
        return add_own_text(sheet, record, 0, row, column);
    }
    size_t least = 0;
    for (size_t i = 0; i < COUNT(CELLS); i++)
        if (CELLS[i].type == record.type)
            least = CELLS[i].least;
    if (!least)
        return true;
    if (body.size < least)
        return xls_damaged(sheet->err, "工作表“%.*s”中有不完整的单元格记录", TEXT_ARG(sheet->grid->name));
    const uint32_t row = xls_u16(body, 0) + 1u, column = xls_u16(body, 2) + 1u;
    const unsigned xf = xls_u16(body, 4);
    sheet->row = 0;
    switch (record.type) {
    case XLS_LABELSST: return add_shared_text(sheet, row, column, xls_u32(body, 6));
    case XLS_NUMBER: return add_number(sheet, row, column, xf, xls_double(body, 6));
    case XLS_RK: return add_number(sheet, row, column, xf, xls_rk(xls_u32(body, 6)));
    case XLS_MULRK: return add_row_of_rk(sheet, row, column, body);
    case XLS_FORMULA: return add_formula(sheet, row, column, body);
    case XLS_BOOLERR:
        return body.at[7] ? add_error(sheet, row, column, (unsigned char)body.at[6])
                          : add_boolean(sheet, row, column, (unsigned char)body.at[6]);
    default: return add_own_text(sheet, record, 6, row, column);
    }
}

bool xls_is_worksheet(const struct xls_book *book, size_t at)
{
    enum { WORKSHEET = 0x0010 };
    struct xls_record bof;
    return xls_next(book->stream, &at, &bof) && bof.type == XLS_BOF && bof.body.size >= 4 &&
           xls_u16(bof.body, 2) == WORKSHEET;
}

bool xls_sheet(struct xls_book *book, size_t at, struct grid *grid, struct err *err)
{
    struct sheet sheet = { .book = book, .grid = grid, .err = err, .scratch = { .mem = book->mem } };
    struct xls_record record;
    size_t depth = 0; /* a chart drawn on the sheet is a stream within the stream */
    while (xls_next(book->stream, &at, &record)) {
        if (record.type == XLS_BOF) {
            depth++;
        } else if (record.type == XLS_EOF) {
            if (--depth == 0) {
                grid_finish(grid);
                return true;
            }
        } else if (depth == 1 && !add_record(&sheet, record)) {
            return false;
        }
    }
    return xls_damaged(err, "工作表“%.*s”不完整，后半部分缺失", TEXT_ARG(grid->name));
}

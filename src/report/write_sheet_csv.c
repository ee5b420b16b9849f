#include "report/write_sheet_csv.h"
#include "base/number.h"
#include "report/csv_field.h"

#include <iconv.h>

static void add_cell(struct buf *buf, const struct sheet_cell *cell)
{
    if (!cell->is_number) {
        csv_add_safely(buf, cell->text);
        return;
    }
    char shown[NUMBER_SIZE];
    const size_t size = number_shortest(shown, cell->number);
    buf_add(buf, (struct text){ shown, size });
}

/* Every row has as many fields as the widest. */
static void end_row(struct buf *buf, uint32_t column, uint32_t last)
{
    for (; column < last; column++)
        buf_byte(buf, ',');
    buf_add(buf, TEXT("\r\n"));
}

static bool convert(struct arena *mem, struct text utf8, const char *to, struct text *out, struct err *err)
{
    iconv_t converter = iconv_open(to, "UTF-8");
    if (converter == (iconv_t)-1)
        return err_set(err, ERR_OUTSIDE, "系统缺少编码 %s 的转换表。", to);
    size_t from_left = utf8.size, to_left = 2 * utf8.size + 16, room = to_left;
    char *bytes = arena_alloc(mem, room), *from = (char *)(uintptr_t)utf8.at, *at = bytes;
    const size_t result = iconv(converter, &from, &from_left, &at, &to_left);
    iconv_close(converter);
    if (result == (size_t)-1 || from_left)
        return err_set(err, ERR_INPUT, "表中有字符不能写成 %s。", to);
    *out = (struct text){ bytes, room - to_left };
    return true;
}

bool write_sheet_csv(struct arena *mem, const struct sheet *sheet, enum csv_encoding encoding, struct text *out,
                     struct err *err)
{
    struct buf buf = { .mem = mem };
    uint32_t row = 1, column = 1, last = 1;
    for (size_t i = 0; i < sheet->n; i++)
        if (sheet->cells[i].column > last)
            last = sheet->cells[i].column;
    if (encoding == CSV_UTF8_BOM)
        buf_add(&buf, TEXT("\xEF\xBB\xBF"));
    for (size_t i = 0; i < sheet->n; i++) {
        const struct sheet_cell *cell = &sheet->cells[i];
        for (; row < cell->row; row++, column = 1)
            end_row(&buf, column, last);
        for (; column < cell->column; column++)
            buf_byte(&buf, ',');
        add_cell(&buf, cell);
    }
    end_row(&buf, column, last);
    *out = buf_text(&buf);
    return encoding != CSV_GB18030 || convert(mem, *out, "GB18030", out, err);
}

#include "model/cell_table.h"

#include "base/csv.h"
#include "base/unicode.h"

bool cell_table_csv(struct text file, struct text csv, struct arena *mem, struct cell_table *out, struct err *err)
{
    struct csv_scanner scanner = { csv.at, csv.at + csv.size, ',' };
    struct csv_field fields[CELL_MOST_COLUMNS];
    size_t capacity = 0, n = 0;
    *out = (struct cell_table){ .file = file };
    if (text_starts(csv, TEXT("\xEF\xBB\xBF")))
        scanner.at += 3;
    if (csv.size > CELL_LARGEST) {
        err_set(err, ERR_LIMIT, "“%.*s”超过 1 MB，不像一张表。", TEXT_ARG(file));
        return err_hint(err, "请只保留要读的行。");
    }
    if (!utf8_valid(csv)) {
        err_set(err, ERR_INPUT, "“%.*s”不是 UTF-8 编码的 CSV。", TEXT_ARG(file));
        return err_hint(err, "请在表格软件里另存为“CSV UTF-8”，或者直接传 .xlsx。");
    }
    for (;;) {
        const enum csv_status status = csv_next(&scanner, fields, COUNT(fields), &n);
        if (status == CSV_END)
            return true;
        if (status != CSV_ROW) {
            err_set(err, ERR_INPUT, status == CSV_OPEN_QUOTE ? "“%.*s”第 %zu 行的引号没有结束。" : "“%.*s”第 %zu 行的列太多。", TEXT_ARG(file), out->n + 1);
            return err_hint(err, "请对照模板改这一行。");
        }
        if (out->n == CELL_MOST_ROWS) {
            err_set(err, ERR_LIMIT, "“%.*s”超过 %d 行。", TEXT_ARG(file), CELL_MOST_ROWS);
            return err_hint(err, "请把它拆成几张表。");
        }
        ARENA_ROOM(mem, out->rows, out->n, capacity);
        struct text *const cells = arena_array(mem, n + 1, struct text);
        for (size_t i = 0; i < n; i++)
            cells[i] = csv_value(mem, fields[i]);
        out->rows[out->n++] = (struct cell_row){ cells, n };
    }
}

struct text cell_table_write(const struct cell_table *table, struct arena *mem)
{
    struct buf buf = { .mem = mem };
    for (size_t r = 0; r < table->n; r++) {
        for (size_t c = 0; c < table->rows[r].n; c++) {
            if (c)
                buf_byte(&buf, ',');
            csv_add(&buf, table->rows[r].at[c], ',');
        }
        buf_byte(&buf, '\n');
    }
    return buf_text(&buf);
}

size_t cell_table_find(const struct cell_table *table, struct text word)
{
    for (size_t r = 0; r < table->n; r++)
        if (table->rows[r].n && text_equal(text_trim(table->rows[r].at[0]), word))
            return r;
    return SIZE_MAX;
}

struct text cell_table_place(const struct cell_table *table, uint32_t row, uint32_t column, struct arena *mem)
{
    struct buf buf = { .mem = mem };
    if (table->sheet.size)
        buf_printf(&buf, "“%.*s”", TEXT_ARG(table->sheet));
    if (!row)
        return buf.size ? buf_text(&buf) : TEXT("整张表");
    buf_printf(&buf, "第 %u 行", (unsigned)row);
    if (column > 26)
        buf_printf(&buf, " %c%c 列", (char)('A' + (column - 1) / 26 - 1), (char)('A' + (column - 1) % 26));
    else if (column)
        buf_printf(&buf, " %c 列", (char)('A' + column - 1));
    return buf_text(&buf);
}

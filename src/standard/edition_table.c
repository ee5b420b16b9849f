#include "standard/edition_table.h"

#include "base/csv.h"
#include "base/number.h"
#include "base/unicode.h"

#include <string.h>

static bool file_fault(const struct edition_table *t, size_t row, const char *what, const char *hint)
{
    if (row)
        err_set(t->err, ERR_INPUT, "%.*s/%.*s 第 %zu 行：%s。", TEXT_ARG(t->folder), TEXT_ARG(t->file), row,
                what);
    else
        err_set(t->err, ERR_INPUT, "%.*s/%.*s：%s。", TEXT_ARG(t->folder), TEXT_ARG(t->file), what);
    return err_hint(t->err, "%s", hint);
}

static bool read_names(struct edition_table *t, const struct csv_field *fields, size_t n, size_t row,
                       size_t *place)
{
    for (size_t k = 0; k < t->n_columns; k++)
        place[k] = MAX_TABLE_COLUMNS;
    for (size_t f = 0; f < n; f++) {
        const struct text name = text_trim(fields[f].text);
        size_t k = 0;
        while (k < t->n_columns && !text_equal(name, text_of(t->columns[k])))
            k++;
        if (k < t->n_columns && place[k] == MAX_TABLE_COLUMNS)
            place[k] = f;
        else if (name.size)
            return file_fault(
                t, row,
                arena_printf(t->mem, k < t->n_columns ? "“%.*s”列重复" : "不认识“%.*s”列", TEXT_ARG(name)),
                "列名见自带标准版本的同名文件（standards/cn-2017/）。");
    }
    for (size_t k = 0; k < t->n_columns; k++)
        if (place[k] == MAX_TABLE_COLUMNS)
            return file_fault(t, row, arena_printf(t->mem, "缺少“%s”列", t->columns[k]),
                              "列名见自带标准版本的同名文件（standards/cn-2017/）。");
    return true;
}

static bool read_row(struct edition_table *t, const struct csv_field *fields, size_t n, size_t row,
                     const size_t *place)
{
    size_t named = 0;
    for (size_t k = 0; k < t->n_columns; k++)
        named = place[k] + 1 > named ? place[k] + 1 : named;
    for (size_t f = named; f < n; f++)
        if (text_trim(fields[f].text).size)
            return file_fault(t, row, "列数多于列名", "公式或说明里有逗号的，整格要加英文双引号。");
    struct text *const cells = &t->cells[t->n * t->n_columns];
    for (size_t k = 0; k < t->n_columns; k++)
        cells[k] = place[k] < n ? text_trim(csv_value(t->mem, fields[place[k]])) : TEXT("");
    t->row[t->n++] = (uint32_t)row;
    return true;
}

/* An upper bound of the records, to lay out the cells once. */
static size_t count_lines(struct text bytes)
{
    size_t lines = 1;
    for (size_t i = 0; i < bytes.size; i++)
        lines += bytes.at[i] == '\n' || bytes.at[i] == '\r';
    return lines;
}

bool edition_table_read(struct arena *mem, struct text folder, struct text file, struct text bytes,
                        const char *const *columns, size_t n_columns, struct edition_table *out,
                        struct err *err)
{
    *out = (struct edition_table){
        .mem = mem, .folder = folder, .file = file, .columns = columns, .n_columns = n_columns, .err = err
    };
    if (bytes.size > MAX_TABLE_SIZE)
        return file_fault(out, 0, "文件超过 1 MiB", "标准版本的表都很小；请确认放对了文件。");
    if (text_starts(bytes, TEXT("\xEF\xBB\xBF")))
        bytes = (struct text){ bytes.at + 3, bytes.size - 3 };
    if (!utf8_valid(bytes))
        return file_fault(out, 0, "不是 UTF-8 编码", "请用电子表格软件打开，另存为 CSV UTF-8 后再试。");
    const size_t lines = count_lines(bytes), most = lines < MAX_TABLE_ROWS ? lines : MAX_TABLE_ROWS;
    out->cells = arena_array(mem, most * n_columns, struct text);
    out->row = arena_array(mem, most, uint32_t);
    struct csv_scanner scanner = { bytes.at, bytes.at + bytes.size, ',' };
    struct csv_field fields[MAX_TABLE_COLUMNS];
    size_t place[MAX_TABLE_COLUMNS] = { 0 }, n = 0;
    bool named = false;
    for (size_t row = 1;; row++) {
        const enum csv_status status = csv_next(&scanner, fields, MAX_TABLE_COLUMNS, &n);
        if (status == CSV_END)
            break;
        if (status == CSV_OPEN_QUOTE)
            return file_fault(out, row, "引号没有配对", "请用电子表格软件打开，另存为 CSV UTF-8 后再试。");
        bool empty = true;
        for (size_t f = 0; f < n && empty; f++)
            empty = text_trim(fields[f].text).size == 0;
        if (empty || text_starts(text_trim(fields[0].text), TEXT("#")))
            continue;
        if (status == CSV_TOO_MANY)
            return file_fault(out, row, "列数太多", "公式或说明里有逗号的，整格要加英文双引号。");
        if (out->n == most)
            return file_fault(out, row, "行数太多", "一张表最多 2000 行。");
        if (named ? !read_row(out, fields, n, row, place) : !read_names(out, fields, n, row, place))
            return false;
        named = true;
    }
    return named || file_fault(out, 0, "没有列名行", "列名见自带标准版本的同名文件（standards/cn-2017/）。");
}

struct text table_cell(const struct edition_table *t, size_t row, size_t column)
{
    return t->cells[row * t->n_columns + column];
}

bool table_fault(const struct edition_table *t, size_t row, size_t column, const char *expected)
{
    const struct text read = table_cell(t, row, column);
    const size_t shown = read.size > 120 ? 120 : read.size;
    err_set(t->err, ERR_INPUT, "%.*s/%.*s 第 %u 行“%s”列：%s%.*s%s，应为%s。", TEXT_ARG(t->folder),
            TEXT_ARG(t->file), t->row[row], t->columns[column], read.size ? "读到“" : "空白", (int)shown,
            read.at, read.size ? "”" : "", expected);
    return err_hint(t->err, "请改正这一格后再试；各列的写法见 standards/README.md。");
}

bool table_fault_inside(const struct edition_table *t, size_t row, size_t column)
{
    struct err inside = *t->err;
    err_set(t->err, inside.kind, "%.*s/%.*s 第 %u 行“%s”列：%s", TEXT_ARG(t->folder), TEXT_ARG(t->file),
            t->row[row], t->columns[column], inside.what);
    return err_hint(t->err, "%s", inside.hint);
}

bool table_text(const struct edition_table *t, size_t row, size_t column, struct text *out)
{
    *out = table_cell(t, row, column);
    return out->size || table_fault(t, row, column, "文字");
}

bool table_number(const struct edition_table *t, size_t row, size_t column, double *out)
{
    return number_parse(table_cell(t, row, column), out) || table_fault(t, row, column, "数字");
}

bool table_number_or_blank(const struct edition_table *t, size_t row, size_t column, double *out)
{
    *out = BLANK;
    return !table_cell(t, row, column).size || number_parse(table_cell(t, row, column), out) ||
           table_fault(t, row, column, "数字或空白");
}

bool table_yes(const struct edition_table *t, size_t row, size_t column, bool *out)
{
    const struct text cell = table_cell(t, row, column);
    *out = text_equal(cell, TEXT("yes")) || text_equal(cell, TEXT("是"));
    return *out || text_equal(cell, TEXT("no")) || text_equal(cell, TEXT("否")) ||
           table_fault(t, row, column, " yes 或 no");
}

bool table_word(const struct edition_table *t, size_t row, size_t column, const char *const *words, size_t n,
                int *out)
{
    const struct text cell = table_cell(t, row, column);
    struct buf all = { .mem = t->mem };
    for (size_t i = 0; i < n; i++)
        if (text_equal(cell, text_of(words[i]))) {
            *out = (int)i;
            return true;
        }
    for (size_t i = 0; i < n; i++)
        buf_printf(&all, "%s%s", i ? "、" : " ", words[i][0] ? words[i] : "空白");
    buf_byte(&all, '\0');
    return table_fault(t, row, column, all.at);
}

static bool is_code(struct text code)
{
    for (size_t i = 0; i < code.size; i++) {
        const char c = code.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
              c == '-' || c == '.'))
            return false;
    }
    return code.size > 0 && code.size <= 64;
}

bool table_new_code(const struct edition_table *t, size_t row, size_t column, struct text *out)
{
    *out = table_cell(t, row, column);
    if (!is_code(*out))
        return table_fault(t, row, column, "字母、数字、_、-、. 组成的编号（不超过 64 个）");
    for (size_t above = 0; above < row; above++)
        if (text_equal(table_cell(t, above, column), *out))
            return table_fault(t, row, column,
                               arena_printf(t->mem, "不重复的编号（第 %u 行已用）", t->row[above]));
    return true;
}

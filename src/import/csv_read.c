#include "import/csv_read.h"

#include "base/csv.h"
#include "base/number.h"
#include "base/unicode.h"
#include "import/layout.h"
#include "import/value.h"

#include <stdio.h>
#include <string.h>

enum what { SKIPPED, NUMBER, CHOICE, TEXTUAL };
enum { MEMO = 8 };

/* Spellings of enums and flags met of late: a column of types repeats a handful of words. */
struct memo { struct text spelling; double value; };

struct column {
    enum what what;
    uint16_t item;
    double *number;       /* of the batch in hand */
    struct text *text;
    struct memo memo[MEMO];
    size_t n_memo;
    struct text last_raw, last_kept;  /* a text like the row before's is kept once a batch */
};

struct csv_file {
    struct arena *mem, *scratch;
    struct csv_request request;
    struct text bytes;
    char separator;
    struct item_names *names;
    struct bind_request bind;
    struct binding binding;
    bool bound;
    size_t rows_start;
    struct column *columns;  /* [table column − 1] */
    size_t n_columns;        /* up to the last that is read */
    size_t header_width;     /* all headings, those that are no items too */
    size_t code_column;      /* index of the school code's; SIZE_MAX: none */
    struct csv_field *fields;
};

/* ---- the head ---------------------------------------------------------------------------- */

/* The separator that cuts the first lines into the most fields, and into as many each. */
static char find_separator(struct text head)
{
    static const char SEPARATORS[] = { ',', '\t', ';' };
    struct csv_field fields[512];
    char best = ',';
    size_t most = 0;
    for (size_t i = 0; i < sizeof SEPARATORS; i++) {
        struct csv_scanner scanner = { head.at, head.at + head.size, SEPARATORS[i] };
        size_t n, widest = 0;
        for (int line = 0; line < 20 && csv_next(&scanner, fields, COUNT(fields), &n) != CSV_END; line++)
            if (n > widest)
                widest = n;
        if (widest > most) {
            most = widest;
            best = SEPARATORS[i];
        }
    }
    return best;
}

static struct text decoded(struct csv_file *file, struct text raw)
{
    bool damaged = false;
    return decoder_text(file->request.decoder, file->scratch, raw, &damaged);
}

/* Our own exports put one ' before a text that a spreadsheet would take for a formula. */
static struct text without_guard(struct text text)
{
    static const struct text DANGEROUS[] = { TEXT("="), TEXT("+"), TEXT("-"), TEXT("@"), TEXT("\t"), TEXT("\r"),
                                             TEXT("＝"), TEXT("＋"), TEXT("－"), TEXT("＠") };
    if (text.size < 2 || text.at[0] != '\'')
        return text;
    const struct text rest = { text.at + 1, text.size - 1 };
    for (size_t i = 0; i < COUNT(DANGEROUS); i++)
        if (text_starts(rest, DANGEROUS[i]))
            return rest;
    return text;
}

static struct text field_text(struct csv_file *file, struct csv_field field)
{
    return without_guard(text_trim(decoded(file, csv_value(file->scratch, field))));
}

static bool too_wide(const struct csv_file *file, uint64_t row, struct err *err)
{
    err_set(err, ERR_LIMIT, "文件“%.*s”第 %llu 行超过 %d 列。", TEXT_ARG(file->request.file), (unsigned long long)row, CSV_MAX_COLUMNS);
    return err_hint(err, "请检查分隔符，删去多余的列。");
}

static bool open_quote(const struct csv_file *file, uint64_t row, struct err *err)
{
    err_set(err, ERR_INPUT, "文件“%.*s”第 %llu 行有一个引号没有配对，其后的内容无法分行。", TEXT_ARG(file->request.file), (unsigned long long)row);
    return err_hint(err, "请补上或删去这一行多余的引号（\"）。");
}

/* Puts records into a grid: the first `most`, or all of them. */
static bool to_grid(struct csv_file *file, struct text bytes, size_t most, struct grid *grid, bool whole, struct err *err)
{
    struct csv_scanner scanner = { bytes.at, bytes.at + bytes.size, file->separator };
    size_t n, cells = 0;
    for (uint32_t row = 1; row <= most; row++) {
        const struct arena_mark mark = arena_mark(file->scratch);
        const enum csv_status status = csv_next(&scanner, file->fields, CSV_MAX_COLUMNS, &n);
        if (status == CSV_END)
            break;
        if (status == CSV_TOO_MANY)
            return too_wide(file, row, err);
        if (status == CSV_OPEN_QUOTE) {
            if (whole)
                return open_quote(file, row, err);
            break; /* the head may end inside a quoted field */
        }
        for (uint32_t i = 0; i < n; i++) {
            if (!file->fields[i].text.size)
                continue;
            const struct text value = field_text(file, file->fields[i]);
            if (value.size > CSV_MAX_FIELD || ++cells > GRID_MAX_CELLS || row > GRID_MAX_ROWS) {
                err_set(err, ERR_LIMIT, "文件“%.*s”第 %u 行超过了能读的大小。", TEXT_ARG(file->request.file), row);
                return err_hint(err, "请删去与填报无关的内容后再试。");
            }
            if (value.size)
                grid_add_text(grid, row, i + 1, CELL_TEXT, value);
        }
        arena_rewind(file->scratch, mark);
    }
    grid_finish(grid);
    return true;
}

/* Where the row after `rows` records starts. */
static size_t offset_after(const struct csv_file *file, uint32_t rows)
{
    struct csv_scanner scanner = { file->bytes.at, file->bytes.at + file->bytes.size, file->separator };
    size_t n;
    for (uint32_t i = 0; i < rows; i++)
        (void)csv_next(&scanner, NULL, 0, &n);
    return (size_t)(scanner.at - file->bytes.at);
}

static void plan_columns(struct csv_file *file)
{
    const struct item_list *const items = file->request.items;
    const struct table *const table = &file->binding.table;
    for (size_t i = 0; i < items->n; i++)
        if (table->place[i] > file->n_columns)
            file->n_columns = table->place[i];
    file->columns = arena_array(file->mem, file->n_columns, struct column);
    file->code_column = SIZE_MAX;
    for (uint16_t i = 0; i < items->n; i++) {
        if (!table->place[i])
            continue;
        struct column *const column = &file->columns[table->place[i] - 1];
        column->item = i;
        const enum item_type type = items->at[i].type;
        column->what = type == ITEM_TEXT ? TEXTUAL : type == ITEM_BOOLEAN || type == ITEM_ENUM ? CHOICE : NUMBER;
        if (i == items->school_code)
            file->code_column = table->place[i] - 1;
    }
}

bool csv_open(struct arena *mem, const struct csv_request *request, struct text bytes, struct csv_file **out, struct err *err)
{
    struct csv_file *const file = arena_make(mem, struct csv_file);
    file->mem = mem;
    file->scratch = arena_new("csv");
    arena_defer(mem, (void (*)(void *))arena_free, &file->scratch);
    file->request = *request;
    file->bytes = bytes;
    file->fields = arena_array(mem, CSV_MAX_COLUMNS, struct csv_field);
    file->names = item_names_new(mem, request->items);
    file->bind = (struct bind_request){ .names = file->names, .file = request->file };

    struct text head = { bytes.at, bytes.size < CSV_HEAD ? bytes.size : CSV_HEAD };
    if (head.size < bytes.size) /* whole lines only */
        while (head.size && head.at[head.size - 1] != '\n')
            head.size--;
    file->separator = find_separator(head);
    struct grid *const grid = grid_new(mem, TEXT("")); /* not in scratch, which is rewound row by row */
    if (!to_grid(file, head, BIND_ROWS, grid, false, err))
        return false;
    file->bound = bind_table(mem, &file->bind, grid, 1, &file->binding) && !file->binding.table.down;
    if (file->bound) {
        for (size_t i = 0; i < file->binding.n_bound; i++)
            if (file->binding.bound[i].column > file->header_width)
                file->header_width = file->binding.bound[i].column;
        if (request->wanted)
            for (size_t i = 0; i < request->items->n; i++)
                if (!request->wanted[i])
                    file->binding.table.place[i] = 0;
        plan_columns(file);
        file->rows_start = offset_after(file, file->binding.table.header_row);
    }
    *out = file;
    return true;
}

const struct table *csv_table(const struct csv_file *file)
{
    return file->bound ? &file->binding.table : NULL;
}

size_t csv_rows_start(const struct csv_file *file)
{
    return file->rows_start;
}

size_t csv_line_after(const struct csv_file *file, size_t at)
{
    if (at >= file->bytes.size)
        return file->bytes.size;
    const char *const end = memchr(file->bytes.at + at, '\n', file->bytes.size - at);
    return end ? (size_t)(end + 1 - file->bytes.at) : file->bytes.size;
}

/* ---- the rows ---------------------------------------------------------------------------- */

struct reading {
    struct csv_file *file;
    const struct table_sink *sink;
    struct batch *batch;
    uint64_t number;   /* of the row in hand */
    const char *end;   /* of the bytes */
};

static void take_batch(struct reading *r)
{
    r->batch = r->sink->room(r->sink->context);
    for (size_t i = 0; i < r->file->n_columns; i++) {
        struct column *const column = &r->file->columns[i];
        column->last_raw = (struct text){ NULL, 0 };
        if (column->what == TEXTUAL)
            column->text = r->batch->text[column->item];
        else if (column->what != SKIPPED)
            column->number = r->batch->number[column->item];
    }
}

static void find(struct reading *r, size_t column, struct text read, struct value_fault fault)
{
    struct csv_file *const file = r->file;
    const struct finding finding = {
        .level = fault.level, .rule = fault.rule, .file = file->request.file, .row = (uint32_t)r->number,
        .column = column == SIZE_MAX ? 0 : (uint32_t)column + 1,
        .item = column < file->n_columns && file->columns[column].what != SKIPPED
                    ? file->request.items->at[file->columns[column].item].code : TEXT(""),
        .read = read, .expected = fault.expected, .mend = fault.mend,
    };
    r->sink->finding(r->sink->context, &finding);
}

/* A number, enum or flag that is no plain run of digits. */
static double slow_number(struct reading *r, size_t column, struct csv_field field)
{
    struct csv_file *const file = r->file;
    const struct arena_mark mark = arena_mark(file->scratch);
    struct value_fault fault = { 0 };
    const struct text text = field_text(file, field);
    const double x = value_number_text(file->scratch, &file->request.items->at[file->columns[column].item], text, &fault);
    if (fault.rule.size)
        find(r, column, text, fault);
    arena_rewind(file->scratch, mark);
    return x;
}

static double choice(struct reading *r, size_t index, struct csv_field field)
{
    struct column *const column = &r->file->columns[index];
    for (size_t i = 0; i < column->n_memo; i++)
        if (text_equal(column->memo[i].spelling, field.text))
            return column->memo[i].value;
    const double x = slow_number(r, index, field);
    if (!is_blank(x) && column->n_memo < MEMO) /* points into the file, which outlives the reading */
        column->memo[column->n_memo++] = (struct memo){ field.text, x };
    return x;
}

/* False when the batch has no room left for the text. */
static bool textual(struct reading *r, size_t index, struct csv_field field)
{
    struct column *const column = &r->file->columns[index];
    struct text *const into = &column->text[r->batch->n];
    if (!field.text.size) {
        *into = TEXT("");
        return true;
    }
    if (column->last_raw.at && text_equal(column->last_raw, field.text)) {
        *into = column->last_kept;
        return true;
    }
    const struct arena_mark mark = arena_mark(r->file->scratch);
    struct text text = field_text(r->file, field);
    if (text.size > CSV_MAX_FIELD / 16)
        text.size = 0; /* no code and no name is that long */
    const struct text kept = text.size ? r->sink->keep_text(r->sink->context, r->batch, text) : TEXT("");
    arena_rewind(r->file->scratch, mark);
    if (!kept.at)
        return false;
    column->last_raw = field.text;
    column->last_kept = *into = kept;
    return true;
}

enum row_end { ROW_READ, ROW_NO_ROOM, ROW_OPEN_QUOTE, ROW_WIDE };

static const char *plain_field(const char *at, const char *end, char separator)
{
    while (at < end && *at != separator && *at != '\n' && *at != '\r')
        at++;
    return at;
}

/* Reads one field that starts at *at: quoted or not. */
static bool next_field(const char **at, const char *end, char separator, struct csv_field *out)
{
    const char *p = *at;
    *out = (struct csv_field){ .text = { p, 0 } };
    if (p < end && *p == '"') {
        const char *const start = ++p;
        out->quoted = true;
        for (;;) {
            const char *quote = p < end ? memchr(p, '"', (size_t)(end - p)) : NULL;
            if (!quote)
                return false;
            if (quote + 1 < end && quote[1] == '"') {
                out->doubled = true;
                p = quote + 2;
                continue;
            }
            out->text = (struct text){ start, (size_t)(quote - start) };
            p = plain_field(quote + 1, end, separator);
            break;
        }
    } else {
        p = plain_field(p, end, separator);
        out->text.size = (size_t)(p - out->text.at);
    }
    *at = p;
    return true;
}

/* The number that stands at *at as plain digits, a point among them at most; moves behind it.
 * False when anything else stands there. */
static inline bool plain_number(const char **at, const char *end, char separator, double *out)
{
    static const double POWER[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    const char *p = *at;
    uint64_t mantissa = 0;
    const char *const start = p;
    while (p < end && (unsigned char)(*p - '0') < 10)
        mantissa = mantissa * 10 + (uint64_t)(*p++ - '0');
    size_t digits = (size_t)(p - start), after = 0;
    if (p < end && *p == '.') {
        const char *const point = ++p;
        while (p < end && (unsigned char)(*p - '0') < 10)
            mantissa = mantissa * 10 + (uint64_t)(*p++ - '0');
        after = (size_t)(p - point);
    }
    if (!digits || digits + after > 12 || (p < end && *p != separator && *p != '\n' && *p != '\r'))
        return false;
    *out = after ? (double)mantissa / POWER[after] : (double)mantissa;
    *at = p;
    return true;
}

static bool is_whole(double x)
{
    return x == (double)(int64_t)x;
}

/* One row into the batch at batch->n; *at moves behind it.  n_out: how many fields it had. */
static enum row_end read_row(struct reading *r, const char **at, size_t *n_out, size_t *last_filled_out)
{
    struct csv_file *const file = r->file;
    const struct item *const items = file->request.items->at;
    const char *p = *at;
    const char *const end = r->end;
    const char separator = file->separator;
    const size_t known = file->n_columns;
    size_t n = 0, last_filled = 0;
    for (;;) {
        struct column *const column = n < known ? &file->columns[n] : NULL;
        struct csv_field field;
        double x;
        if (column && column->what == NUMBER && plain_number(&p, end, separator, &x)) {
            const enum item_type type = items[column->item].type;
            if (type == ITEM_INTEGER && !is_whole(x)) {
                char digits[NUMBER_SIZE];
                const size_t size = number_shortest(digits, x);
                x = slow_number(r, n, (struct csv_field){ .text = { digits, size } });
            } else if (column->item == file->request.items->year) {
                x = x >= 1900 && x <= 2200 && is_whole(x) ? x : BLANK;
            }
            column->number[r->batch->n] = x;
            last_filled = n + 1;
        } else {
            if (!next_field(&p, end, separator, &field))
                return ROW_OPEN_QUOTE;
            if (field.text.size)
                last_filled = n + 1;
            if (column)
                switch (column->what) {
                case SKIPPED: break;
                case NUMBER: column->number[r->batch->n] = field.text.size ? slow_number(r, n, field) : BLANK; break;
                case CHOICE: column->number[r->batch->n] = field.text.size ? choice(r, n, field) : BLANK; break;
                case TEXTUAL:
                    if (!textual(r, n, field))
                        return ROW_NO_ROOM;
                    break;
                }
        }
        n++;
        if (p < end && *p == separator) {
            if (n >= CSV_MAX_COLUMNS)
                return ROW_WIDE;
            p++;
            continue;
        }
        break;
    }
    for (size_t i = n; i < known; i++) { /* a row that ends early */
        if (file->columns[i].what == TEXTUAL)
            file->columns[i].text[r->batch->n] = TEXT("");
        else if (file->columns[i].what != SKIPPED)
            file->columns[i].number[r->batch->n] = BLANK;
    }
    if (p < end && *p == '\r')
        p++;
    if (p < end && *p == '\n')
        p++;
    *at = p;
    *n_out = n;
    *last_filled_out = last_filled;
    return ROW_READ;
}

/* Is the row a school's?  Only rows without a code that starts with a digit are looked at twice. */
static bool is_school(struct reading *r, const char *row)
{
    struct csv_file *const file = r->file;
    if (file->code_column != SIZE_MAX) {
        const struct text code = file->columns[file->code_column].text[r->batch->n];
        if (code.size && (unsigned char)(*code.at - '0') < 10)
            return true;
    }
    const struct arena_mark mark = arena_mark(file->scratch);
    struct csv_scanner scanner = { row, r->end, file->separator };
    size_t n = 0;
    (void)csv_next(&scanner, file->fields, CSV_MAX_COLUMNS, &n);
    struct text *const texts = arena_array(file->scratch, n, struct text), shown = TEXT("");
    for (size_t i = 0; i < n; i++) {
        texts[i] = field_text(file, file->fields[i]);
        if (!shown.size)
            shown = texts[i];
    }
    const enum row_kind kind = bind_row(&file->binding, &file->bind, texts, n, file->scratch);
    if (kind != ROW_DATA)
        bind_report_row(&file->binding, (uint32_t)r->number, kind, shown, r->sink);
    arena_rewind(file->scratch, mark);
    return kind == ROW_DATA;
}

static void report_width(struct reading *r, size_t n, size_t last_filled)
{
    struct csv_file *const file = r->file;
    const bool fewer = n < file->n_columns;
    char expected[128];
    snprintf(expected, sizeof expected, "这一行有 %zu 格，表头有 %zu 格", fewer ? n : last_filled, file->header_width);
    find(r, SIZE_MAX, TEXT(""),
         (struct value_fault){ .rule = TEXT("csv.width"), .level = fewer ? FINDING_WARNING : FINDING_ERROR, .expected = text_of(expected),
                               .mend = fewer ? TEXT("缺的格按空处理；若有漏填请补上") : TEXT("请检查这一行是否多了分隔符，含分隔符的内容要用引号括起来") });
}

bool csv_read_rows(struct csv_file *file, size_t from, size_t to, uint64_t number, const struct table_sink *sink,
                   size_t *end_out, uint64_t *rows_out, struct err *err)
{
    struct reading r = { .file = file, .sink = sink, .number = number, .end = file->bytes.at + file->bytes.size };
    const char *at = file->bytes.at + from;
    const char *const stop = file->bytes.at + (to < file->bytes.size ? to : file->bytes.size);
    while (at < stop) {
        if (!r.batch)
            take_batch(&r);
        const char *const row = at;
        size_t n = 0, last_filled = 0;
        switch (read_row(&r, &at, &n, &last_filled)) {
        case ROW_NO_ROOM:
            if (!r.batch->n) {
                err_set(err, ERR_LIMIT, "文件“%.*s”第 %llu 行的文字太长。", TEXT_ARG(file->request.file), (unsigned long long)r.number);
                return err_hint(err, "请检查这一行的引号和分隔符。");
            }
            if (!sink->ship(sink->context, r.batch, err))
                return false;
            r.batch = NULL;
            continue; /* the same row again, into a new batch */
        case ROW_OPEN_QUOTE: return open_quote(file, r.number, err);
        case ROW_WIDE: return too_wide(file, r.number, err);
        case ROW_READ: break;
        }
        if (last_filled && is_school(&r, row)) {
            if (n < file->n_columns || last_filled > file->header_width) /* 备注 left off at the end is nothing */
                report_width(&r, n, last_filled);
            r.batch->row[r.batch->n++] = (uint32_t)r.number;
            if (r.batch->n == r.batch->capacity) {
                if (!sink->ship(sink->context, r.batch, err))
                    return false;
                r.batch = NULL;
            }
        }
        r.number++;
    }
    if (r.batch && !sink->ship(sink->context, r.batch, err))
        return false;
    *end_out = (size_t)(at - file->bytes.at);
    *rows_out = r.number - number;
    return true;
}

void csv_report_header(struct csv_file *file, const struct table_sink *sink)
{
    bind_report(&file->binding, &file->bind, sink, file->scratch);
}

bool csv_read(struct csv_file *file, const struct table_sink *sink, struct err *err)
{
    if (file->bound) {
        size_t end;
        uint64_t rows;
        csv_report_header(file, sink);
        return sink->begin(sink->context, &file->binding.table, err) &&
               csv_read_rows(file, file->rows_start, file->bytes.size, file->binding.table.header_row + 1, sink, &end, &rows, err) &&
               sink->end(sink->context, err);
    }
    if (file->bytes.size > CSV_MAX_GRID) {
        err_set(err, ERR_LIMIT, "文件“%.*s”太大，而且没有找到能识别的表头。", TEXT_ARG(file->request.file));
        return err_hint(err, "表头应有“学校代码”“学校名称”和各指标项的名称；可用 junheng template school 生成样表对照。");
    }
    struct grid *const grid = grid_new(file->mem, TEXT(""));
    if (!to_grid(file, file->bytes, SIZE_MAX, grid, true, err))
        return false;
    struct grid *sheets[] = { grid };
    const struct workbook workbook = { sheets, 1 };
    const struct layout_request request = { .items = file->request.items, .file = file->request.file };
    return layout_read(&workbook, &request, sink, file->mem, err);
}

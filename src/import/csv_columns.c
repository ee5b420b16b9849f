#include "import/csv_columns.h"

#include "base/number.h"
#include "import/csv_bytes.h"
#include "base/unicode.h"
#include "import/word_ids.h"

#include <string.h>

enum { HEAD_ROWS = 40, MOST_FIELDS = 4096, LONGEST_WORD = 512 };

enum how { PASS_OVER, NUMBER, WORD };

struct column { enum how how; size_t chosen; struct text last; char raw[64]; uint32_t id; };

struct chosen_table {
    struct csv_dialect dialect;
    struct csv_decoders *decoders;
    struct text file;
    size_t n_chosen;
    const struct chosen *chosen;
    struct column *columns;
    size_t n_columns;              /* up to the last chosen one */
    struct word_ids *words;
    uint64_t body, more_lines;
    uint32_t header_row;
    struct csv_walk walk;
    const struct chosen_sink *sink;
    struct chosen_rows *rows;
    struct arena *scratch;
    struct arena_mark empty;
    bool ends[256];
};

/* ---- headings ---- */

bool chosen_match(const struct text *headings, size_t n_headings, const struct chosen *chosen, size_t n, struct arena *scratch,
                  size_t *place_out, size_t *missing_out)
{
    const struct arena_mark mark = arena_mark(scratch);
    bool all = true;
    for (size_t w = 0; w < n && all; w++) {
        const struct text name = text_fold(scratch, chosen[w].name);
        place_out[w] = SIZE_MAX;
        for (size_t i = 0; i < n_headings && place_out[w] == SIZE_MAX; i++)
            if (headings[i].size && text_equal(text_fold(scratch, headings[i]), name))
                place_out[w] = i;
        if (place_out[w] == SIZE_MAX) {
            *missing_out = w;
            all = false;
        }
    }
    arena_rewind(scratch, mark);
    return all;
}

bool chosen_refuse(struct text file, const struct text *headings, size_t n_headings, struct text missing, struct err *err)
{
    struct arena *mem = arena_new("headings");
    struct buf list = { .mem = mem };
    size_t n = 0;
    for (size_t i = 0; i < n_headings && n < 12; i++)
        if (headings[i].size && headings[i].size < 60) {
            buf_printf(&list, "%s“%.*s”", list.size ? "、" : "", TEXT_ARG(headings[i]));
            n++;
        }
    err_set(err, ERR_INPUT, "“%.*s”里没有“%.*s”这一列。", TEXT_ARG(file), TEXT_ARG(missing));
    if (n)
        err_hint(err, "表头有：%.*s。请按表头写列名。", TEXT_ARG(buf_text(&list)));
    else
        err_hint(err, "文件里没有找到表头；第一行应是各列的名称。");
    arena_free(&mem);
    return false;
}

static struct text field_text(struct chosen_table *t, struct csv_field field)
{
    bool damaged = false;
    const struct text value = csv_value(t->scratch, field);
    return text_trim(csv_unguarded(csv_utf8(&t->dialect, t->decoders, t->scratch, value, &damaged)));
}

static size_t count_lines(const char *at, const char *end)
{
    size_t n = 0;
    for (; at < end; at++)
        n += *at == '\n';
    return n;
}

/* Finds the heading row; the columns' places are in `place`. */
static bool find_headings(struct chosen_table *t, size_t *place, struct err *err)
{
    const struct text head = t->dialect.head;
    struct csv_scanner scanner = { head.at, head.at + head.size, t->dialect.separator };
    struct csv_field *fields = arena_array(t->scratch, MOST_FIELDS, struct csv_field);
    struct text *headings = arena_array(t->scratch, MOST_FIELDS, struct text), *first = NULL;
    size_t n_first = 0, missing = 0, missing_first = 0;
    for (uint32_t i = 0; i < HEAD_ROWS; i++) {
        size_t n, filled = 0;
        const char *const start = scanner.at;
        const enum csv_status status = csv_next(&scanner, fields, MOST_FIELDS, &n);
        if (status == CSV_OPEN_QUOTE && t->dialect.head_is_all)
            return csv_refuse_row(t->file, (struct text){ start, (size_t)(scanner.end - start) },
                                  t->dialect.lines_before + 1 + count_lines(head.at, start), err);
        if (status == CSV_END || status == CSV_OPEN_QUOTE)
            break;
        for (size_t k = 0; k < n; k++) {
            headings[k] = field_text(t, fields[k]);
            filled += headings[k].size > 0;
        }
        if (chosen_match(headings, n, t->chosen, t->n_chosen, t->scratch, place, &missing)) {
            t->header_row = t->dialect.lines_before + i + 1;
            t->body = t->dialect.start + (uint64_t)(scanner.at - head.at);
            t->more_lines = count_lines(head.at, scanner.at) - (scanner.at > head.at && scanner.at[-1] == '\n' ? i + 1 : i);
            return true;
        }
        if (filled && !first) {
            first = arena_copy(t->scratch, headings, n * sizeof *headings);
            n_first = n;
            missing_first = missing;
        }
    }
    return chosen_refuse(t->file, first, n_first, t->chosen[missing_first].name, err);
}

static void forget(void *with)
{
    arena_free(with);
}

bool chosen_open(struct arena *mem, const struct csv_input *input, struct text file, struct csv_decoders *decoders,
                 const struct chosen *chosen, size_t n, struct chosen_table **out, struct err *err)
{
    struct chosen_table *t = arena_make(mem, struct chosen_table);
    size_t place[MAX_CHOSEN];
    *t = (struct chosen_table){ .decoders = decoders, .file = file, .n_chosen = n, .chosen = chosen, .scratch = arena_new("csv columns") };
    arena_defer(mem, forget, &t->scratch);
    if (!csv_dialect_find(mem, input, file, decoders, &t->dialect, err) || !find_headings(t, place, err))
        return false;
    for (size_t w = 0; w < n; w++)
        if (place[w] >= t->n_columns)
            t->n_columns = place[w] + 1;
    t->columns = arena_array(mem, t->n_columns, struct column);
    for (size_t w = 0; w < n; w++) {
        t->columns[place[w]].how = chosen[w].number ? NUMBER : WORD;
        t->columns[place[w]].chosen = w;
    }
    t->words = word_ids_new(mem);
    t->walk = (struct csv_walk){ .file = file, .input = &t->dialect.input, .mem = mem };
    t->ends[(unsigned char)t->dialect.separator] = t->ends['\n'] = t->ends['\r'] = true;
    arena_rewind(t->scratch, (struct arena_mark){ NULL, 0 });
    arena_alloc(t->scratch, 1);
    t->empty = arena_mark(t->scratch);
    *out = t;
    return true;
}

bool chosen_parts(const struct chosen_table *t)
{
    return !t->dialect.rewritten;
}

uint64_t chosen_body(const struct chosen_table *t)
{
    return t->body;
}

/* ---- fields ---- */

double chosen_number(struct text text, struct arena *scratch, bool *bad_out)
{
    double x;
    *bad_out = false;
    text = text_trim(text_nfkc(scratch, text));
    if (!text.size)
        return BLANK;
    char plain[64];
    size_t size = 0;
    for (size_t i = 0; i < text.size && size < sizeof plain; i++)
        if (text.at[i] != ',')
            plain[size++] = text.at[i];
    if (size < sizeof plain && number_parse((struct text){ plain, size }, &x))
        return x;
    *bad_out = true;
    return BLANK;
}

void chosen_say_bad(const struct chosen_sink *sink, struct text file, struct text sheet, uint32_t row, uint32_t column, struct text read)
{
    if (read.size > 120) {
        read.size = 120;
        while (read.size && ((unsigned char)read.at[read.size] & 0xC0) == 0x80)
            read.size--;
    }
    const struct finding finding = { .level = FINDING_ERROR, .rule = TEXT("cell.number"), .file = file, .sheet = sheet, .row = row, .column = column,
                                     .school = TEXT(""), .item = TEXT(""), .read = read, .expected = TEXT("应为数字"),
                                     .mend = TEXT("按空白处理；请改为不带单位和文字的数字") };
    sink->finding(sink->context, &finding);
}

static double careful_number(struct chosen_table *t, size_t column, struct csv_field field)
{
    bool bad;
    const struct text text = field_text(t, field);
    const double x = chosen_number(text, t->scratch, &bad);
    if (bad)
        chosen_say_bad(t->sink, t->file, TEXT(""), t->walk.record, (uint32_t)column + 1, text);
    return x;
}

/* By address: handed over by value, the field's halves would be read before they are written back. */
static uint32_t word_of(struct chosen_table *t, struct column *column, const struct csv_field *field)
{
    const struct text raw = field->text;
    if (column->last.at && column->last.size == raw.size && same_bytes(column->last.at, raw.at, raw.size))
        return column->id;
    bool is_new;
    const uint32_t id = word_id(t->words, raw, &is_new);
    if (is_new) {
        struct text word = field_text(t, *field);
        if (word.size > LONGEST_WORD) {
            word.size = LONGEST_WORD;
            while (word.size && ((unsigned char)word.at[word.size] & 0xC0) == 0x80)
                word.size--;
        }
        t->sink->word(t->sink->context, word);
        arena_rewind(t->scratch, t->empty);
    }
    column->last = (struct text){ NULL, 0 };
    if (raw.size <= sizeof column->raw) {
        memcpy(column->raw, raw.at, raw.size);
        column->last = (struct text){ column->raw, raw.size };
        column->id = id;
    }
    return id;
}

/* The end of the field at `at`; NULL when its quote is still open at limit. */
static inline const char *field_end(const struct chosen_table *t, const char *at, const char *limit, struct csv_field *out)
{
    *out = (struct csv_field){ .text = { at, 0 } };
    if (*at == '"') {
        out->quoted = true;
        out->text.at = ++at;
        for (;;) {
            const char *quote = at < limit ? memchr(at, '"', (size_t)(limit - at)) : NULL;
            if (!quote)
                return NULL;
            if (quote[1] != '"') {
                out->text.size = (size_t)(quote - out->text.at);
                at = quote + 1;
                break;
            }
            out->doubled = true;
            at = quote + 2;
        }
        while (!t->ends[(unsigned char)*at])
            at++;
        return at;
    }
    while (!t->ends[(unsigned char)*at])
        at++;
    out->text.size = (size_t)(at - out->text.at);
    return at;
}

static enum csv_row read_row(void *context, const char **at, const char *limit, struct err *err)
{
    struct chosen_table *const t = context;
    const char separator = t->dialect.separator;
    if (word_ids_full(t->words)) {
        err_set(err, ERR_LIMIT, "“%.*s”里选作文字的列有四百多万种不同的内容，不像学校或分组。", TEXT_ARG(t->file));
        err_hint(err, "请核对列名：应选学校代码、学校名称这样的列。");
        return CSV_ROW_FAILED;
    }
    if (!t->rows)
        t->rows = t->sink->room(t->sink->context);
    struct chosen_rows *const rows = t->rows;
    const size_t n = rows->n;
    const char *p = *at;
    size_t c = 0;
    bool slow = false, filled = false;
    for (;; p++) {
        struct column *const column = &t->columns[c];
        struct csv_field field;
        const char *end;
        if (column->how == NUMBER && (end = plain_figure(p, t->ends, true, &rows->number[column->chosen][n])) != NULL) {
            filled |= end > p;
        } else {
            end = field_end(t, p, limit, &field);
            if (!end)
                return CSV_ROW_UNENDED;
            filled |= field.text.size > 0;
            if (column->how == NUMBER) {
                slow = true;
                rows->number[column->chosen][n] = careful_number(t, c, field);
            } else if (column->how == WORD) {
                rows->word[column->chosen][n] = word_of(t, column, &field);
            }
        }
        p = end;
        if (++c == t->n_columns || *p != separator)
            break;
    }
    for (; c < t->n_columns; c++) {
        struct column *const column = &t->columns[c];
        if (column->how == NUMBER)
            rows->number[column->chosen][n] = BLANK;
        else if (column->how == WORD)
            rows->word[column->chosen][n] = word_of(t, column, &(struct csv_field){ .text = { "", 0 } });
    }
    while (*p == separator) { /* columns nobody asked for */
        struct csv_field field;
        p = field_end(t, p + 1, limit, &field);
        if (!p)
            return CSV_ROW_UNENDED;
        filled |= field.text.size > 0;
    }
    p += *p == '\r';
    p += *p == '\n';
    *at = p;
    if (slow)
        arena_rewind(t->scratch, t->empty);
    if (!filled)
        return CSV_ROW_READ; /* an empty line */
    rows->row[n] = t->walk.record;
    if (++rows->n == rows->capacity) {
        t->sink->ship(t->sink->context, rows);
        t->rows = NULL;
    }
    return CSV_ROW_READ;
}

bool chosen_read(struct chosen_table *t, struct csv_part *part, const struct chosen_sink *sink, struct err *err)
{
    const char *at;
    part->first = part->from == t->body;
    part->record = part->first ? t->header_row : 0;
    part->more_lines = part->first ? t->more_lines : 0;
    t->sink = sink;
    t->rows = NULL;
    if (!csv_walk_start(&t->walk, part, &at, err))
        return false;
    if (sink->begin)
        sink->begin(sink->context, part);
    if (!csv_walk_rows(&t->walk, part, at, read_row, t, err))
        return false;
    if (t->rows && t->rows->n)
        sink->ship(sink->context, t->rows);
    if (sink->end)
        sink->end(sink->context, part);
    return true;
}

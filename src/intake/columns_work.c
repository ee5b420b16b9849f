#include "intake/columns_work.h"

#include "base/csv.h"
#include "base/number.h"
#include "base/unicode.h"
#include "intake/wire.h"

#include <string.h>

enum { HEAD_ROWS = 40, WIDEST = 4096, LONGEST_WORD = 512 };

struct words { struct text *at; uint32_t *slot; size_t n, capacity, size; };

struct columns_reader {
    const struct work *work;
    struct slots *slots;
    struct arena *mem, *scratch;
    struct decoder *decoder;
    struct columns_plan plan;
    size_t column[MOST_COLUMNS];       /* [wanted] its index in the table */
    int wanted_at[WIDEST];             /* [table column] which wanted one, −1: none */
    size_t last;                       /* the last table column that is wanted */
    struct words words;
    uint32_t slot, words_slot;
    size_t n, words_used, words_n;     /* in the slots in hand */
    bool holds, holds_words;
    struct text sheet;
    struct csv_field *fields;
    struct text last_word;
    uint32_t last_id;
};

void columns_plan(const struct wanted_column *wanted, size_t n, size_t slot_size, struct columns_plan *out)
{
    size_t per_row = sizeof(uint32_t);
    for (size_t i = 0; i < n; i++)
        per_row += wanted[i].number ? sizeof(double) : sizeof(uint32_t);
    out->capacity = (slot_size - 64) / per_row & ~(size_t)1; /* even: doubles stay aligned */
    size_t at = 0;
    for (int numbers = 1; numbers >= 0; numbers--)
        for (size_t i = 0; i < n; i++)
            if (wanted[i].number == numbers) {
                out->at[i] = at;
                at += out->capacity * (numbers ? sizeof(double) : sizeof(uint32_t));
            }
    out->at[n] = at; /* the row numbers */
}

static void flush(struct columns_reader *r)
{
    if (r->holds_words)
        slots_tell(r->slots, MESSAGE_WORDS, r->words_slot, r->words_n, r->words_used);
    if (r->holds)
        slots_tell(r->slots, MESSAGE_COLUMNS, r->slot, r->n, 0);
    r->holds = r->holds_words = false;
    r->n = r->words_n = r->words_used = 0;
}

static void tell_finding(struct columns_reader *r, uint64_t row, size_t column, struct text read, struct text expected, struct text mend)
{
    const uint32_t slot = slots_take(r->slots);
    wire_finding(slot_at(r->slots, slot), r->slots->size, &(struct finding){
        .level = FINDING_ERROR, .rule = TEXT("cell.number"), .sheet = r->sheet, .row = (uint32_t)row, .column = (uint32_t)column + 1,
        .read = read, .expected = expected, .mend = mend });
    slots_tell(r->slots, MESSAGE_FINDING, slot, 0, 0);
}

static void send_word(struct columns_reader *r, struct text word)
{
    const uint32_t size = (uint32_t)word.size;
    if (r->holds_words && r->words_used + sizeof size + word.size > r->slots->size)
        flush(r); /* what is held refers to words sent before or with it */
    if (!r->holds_words) {
        r->words_slot = slots_take(r->slots);
        r->holds_words = true;
    }
    unsigned char *const at = slot_at(r->slots, r->words_slot) + r->words_used;
    memcpy(at, &size, sizeof size);
    memcpy(at + sizeof size, word.at, word.size);
    r->words_used += sizeof size + word.size;
    r->words_n++;
}

/* The id of a word in this child's dictionary. */
static uint32_t word_id(struct columns_reader *r, struct text word)
{
    struct words *const w = &r->words;
    if (word.size > LONGEST_WORD)
        word.size = LONGEST_WORD;
    if (w->n * 2 >= w->size) {
        const size_t size = w->size ? w->size * 2 : 4096;
        w->slot = arena_array(r->mem, size, uint32_t);
        w->size = size;
        for (size_t i = 0; i < w->n; i++) {
            size_t at = text_hash(w->at[i]) % size;
            while (w->slot[at])
                at = (at + 1) % size;
            w->slot[at] = (uint32_t)i + 1;
        }
    }
    size_t at = text_hash(word) % w->size;
    for (; w->slot[at]; at = (at + 1) % w->size)
        if (text_equal(w->at[w->slot[at] - 1], word))
            return w->slot[at] - 1;
    if (w->n == w->capacity) {
        const size_t more = w->capacity ? w->capacity * 2 : 1024;
        w->at = arena_grow(r->mem, w->at, w->n * sizeof *w->at, more * sizeof *w->at);
        w->capacity = more;
    }
    w->at[w->n] = text_copy(r->mem, word);
    w->slot[at] = (uint32_t)w->n + 1;
    send_word(r, w->at[w->n]);
    return (uint32_t)w->n++;
}

static double number_of(struct columns_reader *r, struct text text, uint64_t row, size_t column)
{
    double x;
    if (number_parse(text, &x))
        return x;
    const struct text plain = text_nfkc(r->scratch, text_trim(text));
    struct buf digits = { .mem = r->scratch };
    for (size_t i = 0; i < plain.size; i++)
        if (plain.at[i] != ',')
            buf_byte(&digits, plain.at[i]);
    if (!plain.size)
        return BLANK;
    if (number_parse(buf_text(&digits), &x))
        return x;
    tell_finding(r, row, column, text, TEXT("应为数字"), TEXT("按空处理；请改为不带单位的数字"));
    return BLANK;
}

static void place_row(struct columns_reader *r)
{
    if (r->holds && r->n == r->plan.capacity)
        flush(r);
    if (!r->holds) {
        r->slot = slots_take(r->slots);
        r->holds = true;
        r->n = 0;
    }
}

static double *number_at(struct columns_reader *r, size_t wanted)
{
    return (double *)(void *)(slot_at(r->slots, r->slot) + r->plan.at[wanted]) + r->n;
}

static uint32_t *id_at(struct columns_reader *r, size_t wanted)
{
    return (uint32_t *)(void *)(slot_at(r->slots, r->slot) + r->plan.at[wanted]) + r->n;
}

/* Which column each wanted heading stands in; SIZE_MAX in r->column where it is not there. */
static bool match_headings(struct columns_reader *r, const struct text *headings, size_t n)
{
    bool all = true;
    for (size_t i = 0; i < WIDEST; i++)
        r->wanted_at[i] = -1;
    r->last = 0;
    for (size_t w = 0; w < r->work->n_columns; w++) {
        const struct text wanted = text_fold(r->scratch, r->work->columns[w].name);
        r->column[w] = SIZE_MAX;
        for (size_t i = n; i-- > 0;)
            if (text_equal(text_fold(r->scratch, headings[i]), wanted))
                r->column[w] = i;
        if (r->column[w] == SIZE_MAX) {
            all = false;
            continue;
        }
        r->wanted_at[r->column[w]] = (int)w;
        if (r->column[w] > r->last)
            r->last = r->column[w];
    }
    return all;
}

static bool no_heading(const struct columns_reader *r, const struct text *headings, size_t n, struct err *err)
{
    struct buf list = { .mem = r->mem };
    for (size_t i = 0; i < n && i < 12; i++)
        if (headings[i].size)
            buf_printf(&list, "%s“%.*s”", list.size ? "、" : "", TEXT_ARG(headings[i]));
    struct text missing = TEXT("");
    for (size_t w = 0; w < r->work->n_columns && !missing.size; w++)
        if (r->column[w] == SIZE_MAX)
            missing = r->work->columns[w].name;
    err_set(err, ERR_INPUT, "文件“%.*s”里没有“%.*s”这一列。", TEXT_ARG(r->work->name), TEXT_ARG(missing));
    return err_hint(err, "表头是：%.*s。请按表头写列名。", TEXT_ARG(buf_text(&list)));
}

static struct columns_reader *reader(const struct work *work, struct slots *slots, struct arena *mem)
{
    struct columns_reader *r = arena_make(mem, struct columns_reader);
    r->work = work;
    r->slots = slots;
    r->mem = mem;
    r->scratch = arena_new("columns");
    r->fields = arena_array(mem, WIDEST, struct csv_field);
    r->sheet = TEXT("");
    columns_plan(work->columns, work->n_columns, slots->size, &r->plan);
    return r;
}

static struct text field_text(struct columns_reader *r, struct csv_field field)
{
    bool damaged = false;
    return text_trim(decoder_text(r->decoder, r->scratch, csv_value(r->scratch, field), &damaged));
}

/* Finds separator and header; start: behind the header. */
static bool find_header(struct columns_reader *r, struct text bytes, char *separator, size_t *start, uint64_t *row, struct err *err)
{
    static const char SEPARATORS[] = { ',', '\t', ';' };
    struct text *headings = arena_array(r->mem, WIDEST, struct text);
    size_t n_first = 0;
    for (size_t s = 0; s < COUNT(SEPARATORS); s++) {
        struct csv_scanner scanner = { bytes.at, bytes.at + bytes.size, SEPARATORS[s] };
        for (uint64_t line = 1; line <= HEAD_ROWS; line++) {
            size_t n;
            const enum csv_status status = csv_next(&scanner, r->fields, WIDEST, &n);
            if (status != CSV_ROW && status != CSV_TOO_MANY)
                break;
            for (size_t i = 0; i < n; i++)
                headings[i] = field_text(r, r->fields[i]);
            if (match_headings(r, headings, n)) {
                *separator = SEPARATORS[s];
                *start = (size_t)(scanner.at - bytes.at);
                *row = line;
                return true;
            }
            if (s == 0 && line == 1)
                n_first = n;
        }
    }
    struct csv_scanner scanner = { bytes.at, bytes.at + bytes.size, ',' };
    (void)csv_next(&scanner, r->fields, WIDEST, &n_first);
    for (size_t i = 0; i < n_first; i++)
        headings[i] = text_copy(r->mem, field_text(r, r->fields[i]));
    (void)match_headings(r, headings, n_first);
    return no_heading(r, headings, n_first, err);
}

static size_t line_after(struct text bytes, size_t at)
{
    const char *end = at < bytes.size ? memchr(bytes.at + at, '\n', bytes.size - at) : NULL;
    return end ? (size_t)(end + 1 - bytes.at) : bytes.size;
}

/* One field's worth at *at, up to separator or line end; quotes undone by the caller. */
static bool skim(const char **at, const char *end, char separator, struct csv_field *out)
{
    const char *p = *at;
    *out = (struct csv_field){ .text = { p, 0 } };
    if (p < end && *p == '"') {
        const char *const start = ++p;
        for (;;) {
            const char *quote = p < end ? memchr(p, '"', (size_t)(end - p)) : NULL;
            if (!quote)
                return false;
            p = quote + 1;
            if (p < end && *p == '"') {
                out->doubled = true;
                p++;
                continue;
            }
            out->quoted = true;
            out->text = (struct text){ start, (size_t)(quote - start) };
            break;
        }
        while (p < end && *p != separator && *p != '\n' && *p != '\r')
            p++;
    } else {
        while (p < end && *p != separator && *p != '\n' && *p != '\r')
            p++;
        out->text.size = (size_t)(p - out->text.at);
    }
    *at = p;
    return true;
}

static uint32_t field_id(struct columns_reader *r, struct csv_field field)
{
    if (r->last_word.at && text_equal(r->last_word, field.text))
        return r->last_id;
    r->last_id = word_id(r, field_text(r, field));
    r->last_word = field.text;
    return r->last_id;
}

static bool read_lines(struct columns_reader *r, struct text bytes, char separator, size_t from, size_t to, uint64_t number,
                       size_t *end_out, uint64_t *rows_out, struct err *err)
{
    const char *p = bytes.at + from;
    const char *const end = bytes.at + bytes.size, *const stop = to < bytes.size ? bytes.at + to : end;
    uint64_t row = number;
    for (; p < stop; row++) {
        const struct arena_mark mark = arena_mark(r->scratch);
        const char *const line = p;
        place_row(r);
        uint32_t given = 0;
        bool any = false;
        for (size_t i = 0;; i++) {
            struct csv_field field;
            if (!skim(&p, end, separator, &field)) {
                err_set(err, ERR_INPUT, "文件“%.*s”第 %llu 行有一个引号没有配对。", TEXT_ARG(r->work->name), (unsigned long long)row);
                return err_hint(err, "请补上或删去这一行多余的引号（\"）。");
            }
            const int wanted = i < WIDEST ? r->wanted_at[i] : -1;
            any |= field.text.size > 0;
            if (wanted >= 0) {
                given |= 1u << wanted;
                if (!r->work->columns[wanted].number) {
                    const uint32_t id = field_id(r, field); /* may flush: the row starts again in a new slot */
                    if (!r->holds)
                        break;
                    *id_at(r, (size_t)wanted) = id;
                } else {
                    double x;
                    if (!number_parse(field.text, &x))
                        x = field.text.size ? number_of(r, field_text(r, field), row, i) : BLANK;
                    *number_at(r, (size_t)wanted) = x;
                }
            }
            if (p < end && *p == separator) {
                p++;
                continue;
            }
            break;
        }
        if (!r->holds) { /* the words' slot was full: back to the start of the line */
            p = line;
            row--;
            arena_rewind(r->scratch, mark);
            continue;
        }
        for (size_t w = 0; w < r->work->n_columns; w++)
            if (!(given & 1u << w)) {
                if (r->work->columns[w].number)
                    *number_at(r, w) = BLANK;
                else
                    *id_at(r, w) = word_id(r, TEXT(""));
            }
        if (p < end && *p == '\r')
            p++;
        if (p < end && *p == '\n')
            p++;
        if (any && r->holds) {
            *((uint32_t *)(void *)(slot_at(r->slots, r->slot) + r->plan.at[r->work->n_columns]) + r->n) = (uint32_t)row;
            r->n++;
        }
        arena_rewind(r->scratch, mark);
    }
    flush(r);
    *end_out = (size_t)(p - bytes.at);
    *rows_out = row - number;
    return true;
}

bool columns_from_text(const struct work *work, struct slots *slots, struct arena *mem, struct text bytes,
                       struct decoder *decoder, struct err *err)
{
    struct columns_reader *const r = reader(work, slots, mem);
    char separator;
    size_t start;
    uint64_t header;
    r->decoder = decoder;
    if (!find_header(r, bytes, &separator, &start, &header, err))
        return false;
    for (size_t k = work->part; k == 0 || start + k * work->chunk < bytes.size; k += work->parts) {
        const size_t nominal = start + k * work->chunk, from = k == 0 ? start : line_after(bytes, nominal - 1);
        size_t behind = from;
        uint64_t rows = 0;
        slots_tell(slots, MESSAGE_CHUNK, NO_SLOT, from, 0);
        if (!read_lines(r, bytes, separator, from, nominal + work->chunk, k == 0 ? header + 1 : 0, &behind, &rows, err))
            return false;
        slots_tell(slots, MESSAGE_CHUNK_END, NO_SLOT, behind, rows);
        if (start >= bytes.size)
            break;
    }
    return true;
}

static bool book_row(struct columns_reader *r, const struct grid *grid, uint32_t row, const struct cell *cells, size_t n)
{
    place_row(r);
    for (size_t w = 0; w < r->work->n_columns; w++) {
        const struct cell *cell = NULL;
        for (size_t i = 0; i < n; i++)
            if (cells[i].column == r->column[w] + 1)
                cell = &cells[i];
        if (!r->work->columns[w].number) {
            const uint32_t id = word_id(r, cell ? text_trim(grid_shown(r->scratch, grid, cell)) : TEXT(""));
            if (!r->holds)
                return false;
            *id_at(r, w) = id;
        } else if (!cell) {
            *number_at(r, w) = BLANK;
        } else if (cell->kind == CELL_NUMBER) {
            *number_at(r, w) = cell->number;
        } else {
            *number_at(r, w) = number_of(r, grid_shown(r->scratch, grid, cell), row, r->column[w]);
        }
    }
    *((uint32_t *)(void *)(slot_at(r->slots, r->slot) + r->plan.at[r->work->n_columns]) + r->n) = row;
    r->n++;
    return true;
}

bool columns_from_book(const struct work *work, struct slots *slots, struct arena *mem, const struct workbook *book, struct err *err)
{
    struct columns_reader *const r = reader(work, slots, mem);
    struct text *const headings = arena_array(mem, WIDEST, struct text);
    size_t widest = 0;
    for (size_t s = 0; s < book->n; s++) {
        const struct grid *const grid = book->sheets[s];
        bool found = false;
        r->sheet = grid->name;
        const uint32_t last = grid->n ? grid->cells[grid->n - 1].row : 0;
        for (uint32_t row = 1; row <= last; row++) {
            const struct cell *cells;
            const size_t n = grid_row(grid, row, &cells);
            if (!n)
                continue;
            if (found) {
                while (!book_row(r, grid, row, cells, n)) {}
                continue;
            }
            if (row > HEAD_ROWS)
                break;
            size_t width = 0;
            for (size_t i = 0; i < WIDEST; i++)
                headings[i] = TEXT("");
            for (size_t i = 0; i < n; i++)
                if (cells[i].column <= WIDEST) {
                    headings[cells[i].column - 1] = text_trim(grid_shown(mem, grid, &cells[i]));
                    width = cells[i].column;
                }
            found = match_headings(r, headings, width);
            if (width > widest)
                widest = width;
        }
        if (found) {
            flush(r);
            return true;
        }
    }
    return no_heading(r, headings, widest, err);
}

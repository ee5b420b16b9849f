#include "import/csv_rows.h"

#include "base/number.h"
#include "import/csv_bytes.h"
#include "import/unit_name.h"
#include "import/value.h"

#include <string.h>

enum { MOST_TEXT = 4096, KNOWN = 8, SHORT = 23, MOST_RAW = 64 };

enum how { PASS_OVER, NUMBER, SPELT /* enums, flags, years: few spellings */, WORDS };

struct spelling { char at[SHORT]; uint8_t size; double value; };

struct column {
    enum how how;
    bool whole;                     /* an integer: a decimal point is looked at closely */
    uint16_t item;
    double *number;                 /* of the batch being filled */
    struct text *text;
    struct spelling known[KNOWN];   /* of SPELT: the last ones that were read without a fault */
    unsigned next_known;
    struct text last;               /* of WORDS: as kept in this batch */
    char raw[MOST_RAW];             /* … as it stood in the file, where that differs */
    size_t raw_size;
};

struct fault { uint16_t item; uint32_t column; struct text read; struct value_fault what; };

struct csv_rows {
    const struct csv_dialect *dialect;
    const struct csv_request *request;
    const struct binding *binding;
    const struct bind_request *names;
    struct table table;             /* the binding's, less what is not wanted */
    struct arena *scratch;
    struct arena_mark empty;        /* of scratch */
    struct csv_walk walk;
    struct column *columns;
    size_t n_columns, width, last;  /* up to the last that is read; of the header; up to its last item */
    uint16_t key;                   /* the item that says a row is a school (a county) */
    bool ends[256], plain[256];
    char separator;
    const struct table_sink *sink;
    struct batch *batch;
    struct fault *faults;           /* of this row */
    size_t n_faults;
};

static enum how how_to_read(const struct item *item)
{
    if (item->type == ITEM_TEXT)
        return WORDS;
    if (item->type == ITEM_ENUM || item->type == ITEM_BOOLEAN || item_is_year(item))
        return SPELT;
    return NUMBER;
}

static void forget(void *with)
{
    arena_free(with);
}

struct csv_rows *csv_rows_new(struct arena *mem, const struct csv_dialect *dialect, const struct csv_request *request,
                              const struct binding *binding, const struct bind_request *names, size_t width)
{
    struct csv_rows *r = arena_make(mem, struct csv_rows);
    const struct item_list *items = request->items;
    *r = (struct csv_rows){ .dialect = dialect, .request = request, .binding = binding, .names = names, .table = binding->table,
                            .scratch = arena_new("csv row"), .walk = { .file = request->file, .input = &dialect->input, .mem = mem }, .width = width, .separator = dialect->separator };
    arena_defer(mem, forget, &r->scratch);
    arena_alloc(r->scratch, 1); /* so that rewinding keeps the first block */
    r->empty = arena_mark(r->scratch);
    r->key = binding->table.kind == TABLE_SCHOOLS ? items->school_code : items->county_code;
    if (r->key != NO_ITEM && !r->table.place[r->key])
        r->key = NO_ITEM;
    for (size_t i = 0; i < items->n; i++) {
        if (r->table.place[i] > r->last)
            r->last = r->table.place[i];
        if (request->wanted && !request->wanted[i] && items->at[i].level != ITEM_KEY && i != items->school_name && i != items->county_name)
            r->table.place[i] = 0;
        if (r->table.place[i] > r->n_columns)
            r->n_columns = r->table.place[i];
    }
    r->n_columns = r->n_columns ? r->n_columns : 1;
    r->columns = arena_array(mem, r->n_columns, struct column);
    for (size_t i = 0; i < items->n; i++)
        if (r->table.place[i]) {
            struct column *column = &r->columns[r->table.place[i] - 1];
            column->how = how_to_read(&items->at[i]);
            column->item = (uint16_t)i;
            column->whole = items->at[i].type == ITEM_INTEGER || item_is_share(&items->at[i]);
            if (item_is_share(&items->at[i]) || text_equal(items->at[i].unit, TEXT("degree")))
                column->how = SPELT; /* limits of their own: every cell goes the careful way */
        }
    r->faults = arena_array(mem, r->n_columns + 2, struct fault);
    r->ends[(unsigned char)r->separator] = r->ends['\n'] = r->ends['\r'] = true;
    for (int c = '0'; c <= 'z'; c++)
        r->plain[c] = (c <= '9') || (c >= 'A' && c <= 'Z') || c >= 'a';
    return r;
}

/* ---- one field ---- */

/* The end of the field that starts at `at`; NULL when a quote in it is still open at `limit`. */
static const char *field_end(const struct csv_rows *r, const char *at, const char *limit, struct csv_field *out)
{
    *out = (struct csv_field){ .text = { at, 0 } };
    if (*at != '"') {
        while (!r->ends[(unsigned char)*at])
            at++;
        out->text.size = (size_t)(at - out->text.at);
        return at;
    }
    out->quoted = true;
    out->text.at = ++at;
    for (;;) {
        const char *quote = at < limit ? memchr(at, '"', (size_t)(limit - at)) : NULL;
        if (!quote)
            return NULL;
        if (quote[1] == '"') { /* the window ends behind a line end: there is a next byte */
            out->doubled = true;
            at = quote + 2;
            continue;
        }
        out->text.size = (size_t)(quote - out->text.at);
        at = quote + 1;
        while (!r->ends[(unsigned char)*at])
            at++;
        return at;
    }
}

static struct text shortened(struct text text)
{
    if (text.size <= 120)
        return text;
    text.size = 120;
    while (text.size && ((unsigned char)text.at[text.size] & 0xC0) == 0x80)
        text.size--;
    return text;
}

static void add_fault(struct csv_rows *r, uint16_t item, size_t column, struct text read, struct value_fault what)
{
    if (r->n_faults < r->n_columns + 2)
        r->faults[r->n_faults++] = (struct fault){ item, (uint32_t)column, shortened(read), what };
}

/* A field as UTF-8, undone of quotes and guards; what cannot be decoded is said. */
static struct text field_text(struct csv_rows *r, struct csv_field field, const struct column *column)
{
    bool damaged = false;
    struct text text = csv_value(r->scratch, field);
    text = csv_unguarded(csv_utf8(r->dialect, r->request->decoders, r->scratch, text, &damaged));
    if (damaged && column)
        add_fault(r, column->item, (size_t)(column - r->columns) + 1, text,
                  (struct value_fault){ TEXT("cell.encoding"), TEXT("有无法识别的字符"),
                                        TEXT("在 Excel 或 WPS 中另存为“CSV UTF-8”或 .xlsx，核对这一格"), FINDING_WARNING });
    return text;
}

static double careful_number(struct csv_rows *r, struct column *column, struct csv_field field)
{
    const size_t size = field.text.size;
    struct value_fault fault;
    const size_t faults = r->n_faults;
    const struct text text = field_text(r, field, column);
    const double value = value_number_text(r->scratch, &r->request->items->at[column->item], text, &fault);
    if (fault.rule.size) {
        r->n_faults = faults; /* one thing said of a cell is enough */
        add_fault(r, column->item, (size_t)(column - r->columns) + 1, text, fault);
    } else if (column->how == SPELT && size <= SHORT && size) {
        struct spelling *known = &column->known[column->next_known++ % KNOWN];
        memcpy(known->at, field.text.at, size);
        known->size = (uint8_t)size;
        known->value = value;
    }
    return value;
}

/* The text as kept; at is NULL when there is no room. */
static struct text careful_text(struct csv_rows *r, struct column *column, struct csv_field field)
{
    const struct text raw = field.text;
    if (!raw.size)
        return TEXT("");
    if (raw.size == column->raw_size && memcmp(raw.at, column->raw, raw.size) == 0)
        return column->last;
    struct value_fault fault;
    const struct text read = field_text(r, field, column);
    struct text text = value_text_text(r->scratch, &r->request->items->at[column->item], read, &fault);
    if (text.size > MOST_TEXT) {
        fault = (struct value_fault){ TEXT("cell.long"), TEXT("文字太长，没有读取"), TEXT("缩短到一百字以内"), FINDING_ERROR };
        text = TEXT("");
    }
    if (fault.rule.size)
        add_fault(r, column->item, (size_t)(column - r->columns) + 1, read, fault);
    if (!text.size)
        return TEXT("");
    text = r->sink->keep_text(r->sink->context, r->batch, text);
    if (text.at && !r->n_faults && raw.size <= MOST_RAW) {
        memcpy(column->raw, raw.at, raw.size);
        column->raw_size = raw.size;
        column->last = text;
    }
    return text;
}

/* ---- one row ---- */

enum row_end { ROW_READ, ROW_UNENDED /* a quote is still open at the window's end */, ROW_NO_ROOM };

static enum row_end read_careful(struct csv_rows *r, struct column *column, size_t n, const char **at, const char *limit)
{
    struct csv_field field;
    const char *const end = field_end(r, *at, limit, &field);
    if (!end)
        return ROW_UNENDED;
    *at = end;
    switch (column->how) {
    case PASS_OVER: break;
    case NUMBER:
    case SPELT: column->number[n] = careful_number(r, column, field); break;
    case WORDS: {
        const struct text kept = careful_text(r, column, field);
        if (!kept.at)
            return ROW_NO_ROOM;
        column->text[n] = kept;
        break;
    }
    }
    return ROW_READ;
}

/* Letters and digits alone, as codes are. */
static inline bool read_plain_text(struct csv_rows *r, struct column *column, size_t n, const char **at)
{
    const char *p = *at;
    while (r->plain[(unsigned char)*p])
        p++;
    const size_t size = (size_t)(p - *at);
    if (size <= 4 || size > MOST_RAW || !r->ends[(unsigned char)*p])
        return false;
    if (column->last.size == size && !column->raw_size && same_bytes(column->last.at, *at, size)) {
        column->text[n] = column->last;
    } else {
        const struct text kept = r->sink->keep_text(r->sink->context, r->batch, (struct text){ *at, size });
        if (!kept.at)
            return false;
        column->text[n] = kept; /* from here, not from column->last: what was just written is slow to read */
        column->last = kept;
        column->raw_size = 0;
    }
    *at = p;
    return true;
}

/* Like careful_number, for a spelling met before. */
static inline bool read_known(const struct csv_rows *r, const struct column *column, size_t n, const char **at)
{
    if (r->ends[(unsigned char)**at]) {
        column->number[n] = BLANK;
        return true;
    }
    for (size_t i = 0; i < KNOWN && column->known[i].size; i++) {
        const struct spelling *known = &column->known[i];
        if (same_bytes(*at, known->at, known->size) && r->ends[(unsigned char)(*at)[known->size]]) {
            column->number[n] = known->value;
            *at += known->size;
            return true;
        }
    }
    return false;
}

/* Reads the fields of the row at *at into place n of the batch; *at is then at its line end.
 * Given  a line end stands before limit, and CSV_WINDOW_SLACK bytes behind it can be looked at */
static enum row_end read_fields(struct csv_rows *r, const char **at, const char *limit, size_t *n_fields)
{
    const size_t n = r->batch->n;
    const char *p = *at;
    size_t c = 0;
    for (;;) {
        struct column *column = &r->columns[c];
        bool done = false;
        const char *end = p;
        switch (column->how) {
        case NUMBER: done = (end = plain_figure(p, r->ends, !column->whole, &column->number[n])) != NULL; break;
        case WORDS: done = read_plain_text(r, column, n, &end); break;
        case SPELT: done = read_known(r, column, n, &end); break;
        case PASS_OVER: break;
        }
        if (done) {
            p = end;
        } else {
            const enum row_end how = read_careful(r, column, n, &p, limit);
            if (how != ROW_READ)
                return how;
        }
        c++;
        if (*p != r->separator || c == r->n_columns)
            break;
        p++;
    }
    *n_fields = c;
    for (; c < r->n_columns; c++) {
        if (r->columns[c].number)
            r->columns[c].number[n] = BLANK;
        if (r->columns[c].text)
            r->columns[c].text[n] = TEXT("");
    }
    *at = p;
    return ROW_READ;
}

/* What stands behind the last column that is read: counts it, and the filled fields beyond the header. */
static enum row_end read_rest(const struct csv_rows *r, const char **at, const char *limit, size_t *n_fields, size_t *surplus)
{
    const char *p = *at;
    while (*p == r->separator) {
        struct csv_field field;
        p = field_end(r, p + 1, limit, &field);
        if (!p)
            return ROW_UNENDED;
        ++*n_fields;
        if (*n_fields > r->width && text_trim(field.text).size)
            ++*surplus;
    }
    *at = p;
    return ROW_READ;
}

static struct text *row_fields(struct csv_rows *r, const char *start, const char *end, size_t *n_out)
{
    enum { MOST = BIND_COLUMNS };
    struct csv_scanner scanner = { start, end, r->separator };
    struct csv_field *fields = arena_array(r->scratch, MOST, struct csv_field);
    struct text *texts = arena_array(r->scratch, MOST, struct text);
    csv_next(&scanner, fields, MOST, n_out);
    for (size_t i = 0; i < *n_out; i++)
        texts[i] = text_trim(field_text(r, fields[i], NULL));
    return texts;
}

static void tell(const struct csv_rows *r, enum finding_level level, uint32_t column, struct text rule, struct text school, struct text item,
                 struct text read, struct text expected, struct text mend)
{
    const struct finding finding = { .level = level, .rule = rule, .file = r->table.file, .sheet = r->table.sheet, .row = r->walk.record,
                                     .column = column, .school = school, .item = item, .read = read, .expected = expected, .mend = mend };
    r->sink->finding(r->sink->context, &finding);
}

static struct text named(const struct csv_rows *r, uint16_t item)
{
    return item != NO_ITEM && r->table.place[item] ? r->batch->text[item][r->batch->n] : TEXT("");
}

/* Says what is wrong with the row that is about to be kept. */
static void report(struct csv_rows *r, size_t n_fields, size_t surplus)
{
    const struct item_list *items = r->request->items;
    const bool schools = r->table.kind == TABLE_SCHOOLS;
    const struct text code = named(r, schools ? items->school_code : items->county_code);
    const struct text name = named(r, schools ? items->school_name : items->county_name);
    const struct text school = code.size && name.size ? text_printf(r->scratch, "%.*s %.*s", TEXT_ARG(code), TEXT_ARG(name))
                               : code.size            ? code
                                                      : name;
    if (n_fields < r->last) /* 备注 left off at the end is nothing */
        tell(r, FINDING_WARNING, 0, TEXT("row.short"), school, TEXT(""), TEXT(""),
             text_printf(r->scratch, "表头有 %zu 列，这一行只有 %zu 格，缺的当作空白", r->width, n_fields), TEXT("核对这一行，补齐缺的格"));
    if (surplus)
        tell(r, FINDING_ERROR, 0, TEXT("row.long"), school, TEXT(""), TEXT(""),
             text_printf(r->scratch, "表头有 %zu 列，这一行多出 %zu 格有内容，没有读取", r->width, surplus),
             TEXT("核对这一行是否错位；格内有逗号的，要用双引号括起来"));
    for (size_t i = 0; i < r->n_faults; i++) {
        const struct fault *fault = &r->faults[i];
        tell(r, fault->what.level, fault->column, fault->what.rule, school, items->at[fault->item].code, fault->read,
             fault->what.expected, fault->what.mend);
    }
}

/* ---- rows into batches ---- */

static void take_batch(struct csv_rows *r)
{
    r->batch = r->sink->room(r->sink->context);
    for (size_t c = 0; c < r->n_columns; c++) {
        struct column *column = &r->columns[c];
        if (column->how == PASS_OVER)
            continue;
        column->number = r->batch->number[column->item];
        column->text = r->batch->text[column->item];
        column->last = TEXT("");
        column->raw_size = 0;
    }
}

static bool ship(struct csv_rows *r, struct err *err)
{
    struct batch *const full = r->batch;
    r->batch = NULL;
    return !full || !full->n || r->sink->ship(r->sink->context, full, err);
}

/* The row that was read stands in place n of the batch: keeps it or leaves it out. */
static void keep_row(struct csv_rows *r, const char *start, const char *end, size_t n_fields, size_t surplus)
{
    const struct text key = r->key == NO_ITEM ? TEXT("") : r->batch->text[r->key][r->batch->n];
    if (!key.size || *key.at < '0' || *key.at > '9') {
        size_t n;
        const struct text *fields = row_fields(r, start, end, &n);
        const enum row_kind kind = bind_row(r->binding, r->names, fields, n, r->scratch);
        if (kind != ROW_DATA) {
            size_t first = 0;
            while (first < n && !fields[first].size)
                first++;
            bind_report_row(r->binding, r->walk.record, kind, first < n ? shortened(fields[first]) : TEXT(""), r->sink);
            return;
        }
    }
    if (r->n_faults || surplus || n_fields < r->last)
        report(r, n_fields, surplus);
    r->batch->row[r->batch->n++] = r->walk.record;
}

static enum csv_row no_room(struct csv_rows *r, struct err *err)
{
    if (r->batch->n)
        return ship(r, err) ? CSV_ROW_AGAIN : CSV_ROW_FAILED;
    err_set(err, ERR_LIMIT, "“%.*s”第 %u 行的文字太长，读不下。", TEXT_ARG(r->table.file), r->walk.record);
    err_hint(err, "把学校名称等文字缩短到一百字以内再导入。");
    return CSV_ROW_FAILED;
}

static enum csv_row read_row(void *context, const char **at, const char *limit, struct err *err)
{
    struct csv_rows *const r = context;
    const char *p = *at;
    size_t n_fields = 0, surplus = 0;
    if (!r->batch)
        take_batch(r);
    r->n_faults = 0;
    arena_rewind(r->scratch, r->empty);
    enum row_end end = read_fields(r, &p, limit, &n_fields);
    if (end == ROW_READ && *p == r->separator)
        end = read_rest(r, &p, limit, &n_fields, &surplus);
    if (end != ROW_READ)
        return end == ROW_NO_ROOM ? no_room(r, err) : CSV_ROW_UNENDED;
    const char *const start = *at, *const stop = p;
    if (*p == '\r')
        p++;
    if (*p == '\n')
        p++;
    *at = p;
    if (n_fields == 1 && stop == start) /* an empty line */
        return CSV_ROW_READ;
    keep_row(r, start, stop, n_fields, surplus);
    return r->batch->n < r->batch->capacity || ship(r, err) ? CSV_ROW_READ : CSV_ROW_FAILED;
}

bool csv_rows_read(struct csv_rows *r, struct csv_part *part, const struct table_sink *sink, struct err *err)
{
    const char *at;
    r->sink = sink;
    r->batch = NULL;
    return csv_walk_start(&r->walk, part, &at, err) && sink->begin(sink->context, &r->table, err) &&
           csv_walk_rows(&r->walk, part, at, read_row, r, err) && ship(r, err) && sink->end(sink->context, err);
}

#include "import/csv_read.h"

#include "import/bind.h"
#include "import/csv_rows.h"
#include "import/layout.h"

#include <string.h>

enum { FEW_ROWS = 4 };

struct csv_table {
    struct arena *mem;
    struct csv_request request;
    struct csv_dialect dialect;
    struct bind_request names;
    struct binding binding;
    struct grid *head;          /* the first records */
    struct csv_rows *rows;      /* NULL where the items run down a column, or nothing was recognised */
    uint64_t body;
    uint32_t header_row;        /* rows up to the body, */
    uint64_t more_lines;        /* and by how much the lines outnumber them */
};

/* ---- the head ---- */

static void add_record(struct csv_table *t, struct grid *grid, uint32_t row, const struct csv_field *fields, size_t n, struct arena *scratch)
{
    for (size_t i = 0; i < n; i++) {
        bool damaged = false;
        if (!fields[i].text.size)
            continue;
        const struct text value = csv_value(scratch, fields[i]);
        const struct text text = text_trim(csv_unguarded(csv_utf8(&t->dialect, t->request.decoders, scratch, value, &damaged)));
        if (text.size)
            grid_add_text(grid, row, (uint32_t)i + 1, CELL_TEXT, text.size <= GRID_MAX_TEXT ? text : (struct text){ text.at, 0 });
    }
}

static bool too_many_columns(const struct csv_table *t, uint32_t row, size_t most, struct err *err)
{
    err_set(err, ERR_LIMIT, "“%.*s”第 %u 行超过 %zu 列，读不下。", TEXT_ARG(t->request.file), row, most);
    return err_hint(err, "请在 Excel 或 WPS 中删去右边用不着的空列，再重新保存。");
}

/* The first `most` records as a grid; where each ends, so that the body can be found. */
static bool read_head(struct csv_table *t, uint32_t most, uint64_t ends[BIND_ROWS + 1], size_t widths[BIND_ROWS + 1], struct arena *scratch, struct err *err)
{
    const struct text head = t->dialect.head;
    struct csv_scanner scanner = { head.at, head.at + head.size, t->dialect.separator };
    struct csv_field *fields = arena_array(scratch, BIND_COLUMNS, struct csv_field);
    t->head = grid_new(t->mem, TEXT(""));
    for (uint32_t i = 0; i < most; i++) {
        size_t n;
        const uint32_t row = t->dialect.lines_before + i + 1;
        const char *const start = scanner.at;
        const enum csv_status status = csv_next(&scanner, fields, BIND_COLUMNS, &n);
        if (status == CSV_END)
            break;
        if (status == CSV_TOO_MANY)
            return too_many_columns(t, row, BIND_COLUMNS, err);
        if (status == CSV_OPEN_QUOTE) {
            if (!t->dialect.head_is_all)
                break; /* it may be closed in what was not looked at; the rows will tell */
            uint64_t line = row;
            for (const char *p = head.at; p < start; p++)
                line += *p == '\n';
            return csv_refuse_row(t->request.file, (struct text){ start, (size_t)(head.at + head.size - start) }, line - i, err);
        }
        ends[i] = t->dialect.start + (uint64_t)(scanner.at - head.at);
        widths[i] = n;
        add_record(t, t->head, row, fields, n, scratch);
    }
    grid_finish(t->head);
    return true;
}

static size_t count_lines(struct text text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += text.at[i] == '\n';
    return n;
}

bool csv_table_open(struct arena *mem, const struct csv_input *input, const struct csv_request *request,
                    struct csv_table **out, struct err *err)
{
    uint64_t ends[BIND_ROWS + 1] = { 0 };
    size_t widths[BIND_ROWS + 1] = { 0 };
    struct csv_table *t = arena_make(mem, struct csv_table);
    t->mem = mem;
    t->request = *request;
    t->names = (struct bind_request){
        .names = request->names ? request->names : item_names_new(mem, request->items), .file = request->file };
    struct arena *scratch = arena_new("csv head");
    bool ok = csv_dialect_find(mem, input, request->file, request->decoders, &t->dialect, err);
    /* Nearly always the first row is the header: told from a few rows it costs a tenth. */
    ok = ok && read_head(t, FEW_ROWS, ends, widths, scratch, err);
    bool bound = ok && bind_table(mem, &t->names, t->head, 1, &t->binding) && !t->binding.table.down &&
                 t->binding.table.header_row == t->dialect.lines_before + 1;
    if (ok && !bound) {
        ok = read_head(t, BIND_ROWS, ends, widths, scratch, err);
        bound = ok && bind_table(mem, &t->names, t->head, 1, &t->binding) && !t->binding.table.down;
    }
    if (bound) {
        const uint32_t header = t->binding.table.header_row - t->dialect.lines_before;
        t->header_row = t->binding.table.header_row;
        t->body = ends[header - 1];
        t->more_lines = count_lines((struct text){ t->dialect.head.at, (size_t)(t->body - t->dialect.start) }) - header;
        t->rows = csv_rows_new(mem, &t->dialect, &t->request, &t->binding, &t->names, widths[header - 1]);
    }
    arena_free(&scratch);
    *out = t;
    return ok;
}

bool csv_table_parts(const struct csv_table *t)
{
    return t->rows && !t->dialect.rewritten;
}

uint64_t csv_table_body(const struct csv_table *t)
{
    return t->body;
}

bool csv_table_read(struct csv_table *t, struct csv_part *part, const struct table_sink *sink, struct err *err)
{
    part->first = part->from == t->body;
    part->record = part->first ? t->header_row : 0;
    part->more_lines = part->first ? t->more_lines : 0;
    if (part->first) {
        struct arena *scratch = arena_new("csv header");
        bind_report(&t->binding, &t->names, sink, scratch);
        arena_free(&scratch);
    }
    return csv_rows_read(t->rows, part, sink, err);
}

/* ---- forms, and what is no table at all: the workbooks' way ---- */

bool csv_table_grid(struct csv_table *t, struct grid **out, struct err *err)
{
    const struct csv_input *input = &t->dialect.input;
    if (input->size > CSV_MAX_FORM) {
        err_set(err, ERR_LIMIT, "“%.*s”要整个读入，却有 %llu MB，读不下。", TEXT_ARG(t->request.file), (unsigned long long)(input->size >> 20));
        return err_hint(err, "请一所学校存一个文件，或改成一行一所学校的表。");
    }
    char *bytes = arena_alloc(t->mem, (size_t)(input->size - t->dialect.start) + 1);
    size_t size = 0, got = 1;
    while (got) {
        if (!input->read(input->context, t->dialect.start + size, bytes + size, (size_t)(input->size - t->dialect.start) - size, &got, err))
            return false;
        size += got;
    }
    struct grid *grid = grid_new(t->mem, TEXT(""));
    struct csv_scanner scanner = { bytes, bytes + size, t->dialect.separator };
    struct arena *scratch = arena_new("csv form");
    struct csv_field *fields = arena_array(scratch, CSV_MAX_FIELDS, struct csv_field);
    uint32_t row = t->dialect.lines_before;
    bool ok = true;
    while (ok) {
        const struct arena_mark mark = arena_mark(scratch);
        const char *const start = scanner.at;
        size_t n;
        const enum csv_status status = csv_next(&scanner, fields, CSV_MAX_FIELDS, &n);
        if (status == CSV_END)
            break;
        row++;
        if (status == CSV_TOO_MANY)
            ok = too_many_columns(t, row, CSV_MAX_FIELDS, err);
        else if (status == CSV_OPEN_QUOTE)
            ok = csv_refuse_row(t->request.file, (struct text){ start, (size_t)(bytes + size - start) },
                                t->dialect.lines_before + 1 + count_lines((struct text){ bytes, (size_t)(start - bytes) }), err);
        else
            add_record(t, grid, row, fields, n, scratch);
        if (ok && (row > GRID_MAX_ROWS || grid->n > GRID_MAX_CELLS)) {
            err_set(err, ERR_LIMIT, "“%.*s”的行数或格数太多，读不下。", TEXT_ARG(t->request.file));
            ok = err_hint(err, "请一所学校存一个文件，或改成一行一所学校的表。");
        }
        arena_rewind(scratch, mark);
    }
    arena_free(&scratch);
    grid_finish(grid);
    *out = grid;
    return ok;
}

static bool read_form(struct csv_table *t, const struct table_sink *sink, struct err *err)
{
    struct grid *grid = t->head;
    /* What was not recognised at the top is not read through: layout words the refusal. */
    if (t->binding.table.down && !csv_table_grid(t, &grid, err))
        return false;
    const struct workbook workbook = { &grid, 1 };
    const struct layout_request layout = { .items = t->request.items, .file = t->request.file };
    struct arena *scratch = arena_new("layout"); /* rewound by it: never where findings are kept */
    const bool ok = layout_read(&workbook, &layout, sink, scratch, err);
    arena_free(&scratch);
    return ok;
}

bool csv_table_read_all(struct csv_table *t, const struct table_sink *sink, struct err *err)
{
    struct csv_part part = { .from = t->body, .to = UINT64_MAX };
    return t->rows ? csv_table_read(t, &part, sink, err) : read_form(t, sink, err);
}

bool csv_read(struct arena *mem, const struct csv_input *input, const struct csv_request *request,
              const struct table_sink *sink, struct err *err)
{
    struct csv_table *table;
    return csv_table_open(mem, input, request, &table, err) && csv_table_read_all(table, sink, err);
}

#include "intake/intake.h"

#include "base/number.h"
#include "base/unicode.h"
#include "import/csv_read.h"
#include "intake/bytes.h"

#include <string.h>

/* How a cell travels: its head, then 8 bytes of a number or `size` bytes of a text.  A sheet is a
 * head of row 0 whose text is its name. */
struct head { uint32_t row, size; uint16_t column; uint8_t kind, reserved; };

struct cells_work { const struct parts *parts; const struct item_list *items; struct input_tools tools; };

static bool prepare(void *context, struct arena *mem, struct err *err)
{
    struct cells_work *work = context;
    return input_prepare(mem, work->parts->book, &work->tools, err);
}

static void add_text(struct buf *out, struct head head, struct text text)
{
    head.size = (uint32_t)text.size;
    buf_add(out, (struct text){ (const char *)&head, sizeof head });
    buf_add(out, text);
}

static void add_cell(struct buf *out, const struct grid *grid, const struct cell *cell)
{
    struct head head = { .row = cell->row, .column = cell->column, .size = sizeof(double) };
    switch ((enum cell_kind)cell->kind) {
    case CELL_NUMBER: head.kind = cell->percent ? SHOWN_PERCENT : SHOWN_NUMBER; break;
    case CELL_BOOLEAN: head.kind = SHOWN_BOOLEAN; break;
    case CELL_DATE: head.kind = SHOWN_DATE; break;
    case CELL_TEXT:
    case CELL_ERROR:
    case CELL_UNKNOWN: head.kind = SHOWN_TEXT; add_text(out, head, grid_text(grid, cell)); return;
    }
    buf_add(out, (struct text){ (const char *)&head, sizeof head });
    buf_add(out, (struct text){ (const char *)&cell->number, sizeof cell->number });
}

static bool read_cells(void *context, const struct share *share, struct arena *mem, struct channel *channel, struct err *err)
{
    (void)share;
    struct cells_work *work = context;
    enum file_kind kind;
    struct text bytes;
    struct workbook book = { 0 };
    struct grid *only;
    if (!input_kind(&work->parts->input, mem, &kind, &bytes, err))
        return false;
    if (kind == FILE_CSV) {
        const struct csv_input input = input_csv(&work->parts->input);
        const struct csv_request request = { .items = work->items, .file = work->parts->input.name, .decoders = &work->tools.decoders };
        struct csv_table *table;
        if (!csv_table_open(mem, &input, &request, &table, err) || !csv_table_grid(table, &only, err))
            return false;
        book = (struct workbook){ &only, 1 };
    } else if (!input_workbook(mem, kind, bytes, &book, err)) {
        return false;
    }
    struct buf out = { .mem = mem };
    for (size_t s = 0; s < book.n; s++) {
        add_text(&out, (struct head){ .kind = SHOWN_TEXT }, book.sheets[s]->name);
        for (size_t i = 0; i < book.sheets[s]->n; i++)
            add_cell(&out, book.sheets[s], &book.sheets[s]->cells[i]);
    }
    bytes_send(channel, buf_text(&out));
    return true;
}

/* The next head and what follows it; false at the end, or where the bytes make no sense. */
static bool next_piece(struct text *rest, struct head *head, struct text *content)
{
    if (rest->size < sizeof *head)
        return false;
    memcpy(head, rest->at, sizeof *head);
    if (head->size > rest->size - sizeof *head || head->kind > SHOWN_BOOLEAN || head->row > GRID_MAX_ROWS || head->column > GRID_MAX_COLUMNS ||
        (head->kind != SHOWN_TEXT && head->size != sizeof(double)))
        return false;
    *content = (struct text){ rest->at + sizeof *head, head->size };
    if (head->kind == SHOWN_TEXT && !utf8_valid(*content))
        return false;
    rest->at += sizeof *head + head->size;
    rest->size -= sizeof *head + head->size;
    return true;
}

static bool next_cell(void *context, struct shown_cell *out)
{
    struct text *const rest = context;
    struct head head;
    struct text content;
    do {
        if (!next_piece(rest, &head, &content) || !head.row)
            return false;
        *out = (struct shown_cell){ .row = head.row, .column = head.column, .kind = (enum shown_kind)head.kind, .text = TEXT("") };
        if (head.kind == SHOWN_TEXT)
            out->text = content;
        else
            memcpy(&out->number, content.at, sizeof out->number);
    } while (!out->column || (head.kind != SHOWN_TEXT && !__builtin_isfinite(out->number)));
    return true;
}

bool intake_cells(const char *path, const struct item_list *items, struct arena *mem, struct cell_source **sources_out,
                  size_t *n_out, struct err *err)
{
    struct parts parts;
    struct cells_work work = { .parts = &parts, .items = items };
    const struct parts_work parts_work = { .context = &work, .prepare = prepare, .read = read_cells, .part_size = 0 };
    struct text bytes, content;
    struct head head;
    if (!bytes_gather(&parts, path, &parts_work, mem, &bytes, err))
        return false;
    struct cell_source *const sources = arena_array(mem, GRID_MAX_SHEETS, struct cell_source);
    struct text *const starts = arena_array(mem, GRID_MAX_SHEETS, struct text);
    size_t n = 0;
    for (struct text rest = bytes; next_piece(&rest, &head, &content);)
        if (!head.row && n < GRID_MAX_SHEETS) {
            starts[n] = rest;
            sources[n] = (struct cell_source){ .file = text_copy(mem, parts.input.name), .sheet = content, .context = &starts[n], .next = next_cell };
            n++;
        }
    *sources_out = sources;
    *n_out = n;
    return true;
}

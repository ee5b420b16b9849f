#include "intake/intake.h"

#include "import/csv_read.h"
#include "intake/bytes.h"
#include "intake/cells_wire.h"

struct cells_work { const struct parts *parts; const struct item_list *items; struct input_tools tools; };

static bool prepare(void *context, struct arena *mem, struct err *err)
{
    struct cells_work *work = context;
    return input_prepare(mem, work->parts->book, &work->tools, err);
}

static void add_cell(struct buf *out, const struct grid *grid, const struct cell *cell)
{
    struct shown_cell shown = { .row = cell->row, .column = cell->column, .text = TEXT("") };
    switch ((enum cell_kind)cell->kind) {
    case CELL_NUMBER: shown.kind = cell->percent ? SHOWN_PERCENT : SHOWN_NUMBER; break;
    case CELL_BOOLEAN: shown.kind = SHOWN_BOOLEAN; break;
    case CELL_DATE: shown.kind = SHOWN_DATE; break;
    case CELL_TEXT:
    case CELL_ERROR:
    case CELL_UNKNOWN: shown.kind = SHOWN_TEXT; shown.text = grid_text(grid, cell); break;
    }
    if (shown.kind != SHOWN_TEXT)
        shown.number = cell->number;
    cells_put(out, &shown);
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
        cells_put_sheet(&out, book.sheets[s]->name);
        for (size_t i = 0; i < book.sheets[s]->n; i++)
            add_cell(&out, book.sheets[s], &book.sheets[s]->cells[i]);
    }
    bytes_send(channel, buf_text(&out));
    return true;
}

bool intake_cells(const char *path, int fd, const struct item_list *items, struct arena *mem, struct cell_source **sources_out,
                  size_t *n_out, struct err *err)
{
    struct parts parts;
    struct cells_work work = { .parts = &parts, .items = items };
    const struct parts_work parts_work = { .context = &work, .prepare = prepare, .read = read_cells, .part_size = 0 };
    struct text bytes;
    if (!bytes_gather(&parts, path, fd, &parts_work, mem, &bytes, err))
        return false;
    *n_out = cells_get(bytes, text_copy(mem, parts.input.name), mem, sources_out);
    return true;
}

#include "app/import_row.h"

#include "intake/handover.h"

/* The heading is among the first rows: the one with the most words in it. */
enum { HEAD_ROWS = 12, MOST_COLUMNS = 512 };

struct row_reading {
    struct arena *mem;
    uint32_t row;
    struct text head[HEAD_ROWS + 1][MOST_COLUMNS + 1];
    unsigned words[HEAD_ROWS + 1];
    struct text text[MOST_COLUMNS + 1];
    bool found;                  /* the sheet is there */
};

static struct text said(struct arena *mem, const struct shown_cell *cell)
{
    const long day = (long)cell->number;
    switch (cell->kind) {
    case SHOWN_TEXT: return text_copy(mem, cell->text);
    case SHOWN_PERCENT: return text_printf(mem, "%.12g%%", cell->number * 100);
    case SHOWN_DATE: return text_printf(mem, "%04ld-%02ld-%02ld", day / 10000, day / 100 % 100, day % 100);
    case SHOWN_BOOLEAN: return cell->number != 0 ? TEXT("TRUE") : TEXT("FALSE");
    default: return text_printf(mem, "%.15g", cell->number);
    }
}

static void take(struct row_reading *r, const struct shown_cell *cell)
{
    if (cell->column > MOST_COLUMNS)
        return;
    if (cell->row == r->row)
        r->text[cell->column] = said(r->mem, cell);
    else if (cell->row < r->row && cell->row <= HEAD_ROWS && cell->kind == SHOWN_TEXT && cell->text.size) {
        r->head[cell->row][cell->column] = text_copy(r->mem, cell->text);
        r->words[cell->row]++;
    }
}

static bool read_rows(struct row_reading *r, const struct handover_file *file, const struct item_list *items, struct text sheet, uint32_t first,
                      uint32_t last, struct err *err)
{
    struct cell_source *sources;
    size_t n;
    const struct handover_window window = { &sheet, first, last };
    if (!handover_cells(NULL, file, items, &window, r->mem, &sources, &n, err))
        return false;
    for (size_t s = 0; s < n; s++) {
        struct shown_cell cell;
        if (!text_equal(sources[s].sheet, sheet))
            continue;
        r->found = true;
        while (sources[s].next(sources[s].context, &cell))
            take(r, &cell);
    }
    return true;
}

static void gather(const struct row_reading *r, struct import_row *out)
{
    unsigned head = 0;
    for (unsigned row = 1; row <= HEAD_ROWS; row++)
        if (r->words[row] > r->words[head])
            head = row;
    out->cells = arena_array(r->mem, MOST_COLUMNS, struct row_cell);
    for (uint32_t c = 1; c <= MOST_COLUMNS; c++)
        if (r->text[c].size || (head && r->head[head][c].size))
            out->cells[out->n++] = (struct row_cell){ c, head ? r->head[head][c] : TEXT(""), r->text[c] };
}

bool app_import_row(struct house *house, const struct actor *actor, struct text id, size_t file, struct text sheet, uint32_t row,
                    struct arena *mem, struct import_row *out, struct err *err)
{
    struct handover_file sent;
    const struct item_list *const items = &house_edition(house)->items;
    *out = (struct import_row){ .n = 0 };
    if (!app_import_file(house, actor, id, file, mem, &sent.name, &sent.bytes, err))
        return false;
    struct row_reading *const r = arena_make(mem, struct row_reading);
    r->mem = mem;
    r->row = row;
    if (row > 1 && !read_rows(r, &sent, items, sheet, 1, row - 1 < HEAD_ROWS ? row - 1 : HEAD_ROWS, err))
        return false;
    if (!read_rows(r, &sent, items, sheet, row, row, err))
        return false;
    if (!r->found) {
        err_set(err, ERR_ABSENT, "文件里没有这张表。");
        return err_hint(err, "请从问题清单里点格子进入。");
    }
    out->file = sent.name;
    gather(r, out);
    return true;
}

#include "app/filled_rows.h"

void filled_fault_add(struct filled_faults *f, struct text sheet, struct text cell, struct text what, struct text hint)
{
    ARENA_ROOM(f->mem, f->at, f->n, f->capacity);
    f->at[f->n++] = (struct filled_fault){ sheet, cell, what, hint };
}

struct text filled_cell(const struct filled_rows *rows, uint32_t row, size_t head, struct arena *mem)
{
    char letters[4] = { 0 };
    size_t n = 0;
    struct buf name = { .mem = mem };
    for (uint32_t c = rows->column[head] ? rows->column[head] : 1; c && n < 3; c = (c - 1) / 26)
        letters[n++] = (char)('A' + (c - 1) % 26);
    while (n--)
        buf_byte(&name, letters[n]);
    buf_printf(&name, "%u", row ? row : 1);
    return buf_text(&name);
}

struct reading {
    struct arena *mem;
    struct filled_rows *out;
    const char *const *heads;
    size_t n_heads, needed, most, capacity;
    struct text *value;              /* of the row being read */
    uint32_t row;
};

static void end_row(struct reading *r)
{
    struct filled_rows *const out = r->out;
    bool any = false;
    for (size_t h = 0; r->value && h < r->n_heads; h++)
        any |= r->value[h].size > 0;
    if (any && out->n == r->most) {
        out->too_many = true;
    } else if (any) {
        ARENA_ROOM(r->mem, out->rows, out->n, r->capacity);
        out->rows[out->n++] = (struct filled_row){ r->row, r->value };
    }
    r->value = NULL;
}

static bool has_head(const struct reading *r)
{
    for (size_t h = 0; h < r->needed; h++)
        if (!r->out->column[h])
            return false;
    return r->out->head_row != 0;
}

static void take(struct reading *r, const struct shown_cell *cell)
{
    const struct text value = cell_said(cell, r->mem);
    if (!r->out->head_row || cell->row == r->out->head_row) {
        for (size_t h = 0; h < r->n_heads; h++)
            if (text_equal(value, text_of(r->heads[h]))) {
                r->out->column[h] = cell->column;
                r->out->head_row = cell->row;
            }
        return;
    }
    if (cell->row != r->row)
        end_row(r);
    r->row = cell->row;
    if (!r->value) {
        r->value = arena_array(r->mem, r->n_heads, struct text);
        for (size_t h = 0; h < r->n_heads; h++)
            r->value[h] = TEXT("");
    }
    for (size_t h = 0; h < r->n_heads; h++)
        if (r->out->column[h] == cell->column)
            r->value[h] = value;
}

void filled_rows_read(const struct cell_source *sources, size_t n, const char *const *heads, size_t n_heads, size_t needed, size_t most,
                      struct arena *mem, struct filled_rows *out)
{
    for (size_t s = 0; s < n; s++) {
        *out = (struct filled_rows){ .sheet = sources[s].sheet, .column = arena_array(mem, n_heads, uint32_t) };
        struct reading r = { .mem = mem, .out = out, .heads = heads, .n_heads = n_heads, .needed = needed, .most = most };
        struct shown_cell cell;
        while (sources[s].next(sources[s].context, &cell)) {
            if (out->head_row && cell.row != out->head_row && !has_head(&r)) {
                /* A word of the head stood alone, in a title or a remark: the head may come below. */
                out->head_row = 0;
                memset(out->column, 0, n_heads * sizeof *out->column);
            }
            take(&r, &cell);
        }
        if (!has_head(&r))
            continue;
        end_row(&r);
        return;
    }
    *out = (struct filled_rows){ .sheet = n ? sources[0].sheet : TEXT(""), .column = arena_array(mem, n_heads, uint32_t) };
}

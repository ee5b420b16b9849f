#include "model/sheet.h"

#include <assert.h>

struct sheet *sheet_new(struct arena *mem, struct text name)
{
    struct sheet *sheet = arena_make(mem, struct sheet);
    sheet->mem = mem;
    sheet->name = text_copy(mem, name);
    return sheet;
}

static struct sheet_cell *put(struct sheet *sheet, uint32_t row, uint32_t column, enum sheet_look look)
{
    assert(row >= 1 && column >= 1 && column <= SHEET_MOST_COLUMNS);
    ARENA_ROOM(sheet->mem, sheet->cells, sheet->n, sheet->capacity);
    struct sheet_cell *cell = &sheet->cells[sheet->n++];
    *cell = (struct sheet_cell){ .row = row, .column = column, .last_row = row, .last_column = column, .look = look };
    return cell;
}

struct sheet_cell *sheet_put_text(struct sheet *sheet, uint32_t row, uint32_t column, enum sheet_look look, struct text text)
{
    struct sheet_cell *cell = put(sheet, row, column, look);
    cell->text = text_copy(sheet->mem, text);
    return cell;
}

struct sheet_cell *sheet_put_number(struct sheet *sheet, uint32_t row, uint32_t column, enum sheet_look look, double number)
{
    struct sheet_cell *cell = put(sheet, row, column, look);
    cell->is_number = true;
    cell->number = number;
    return cell;
}

struct sheet_cell *sheet_put_merged(struct sheet *sheet, uint32_t row, uint32_t column, uint32_t last_row,
                                    uint32_t last_column, enum sheet_look look, struct text text)
{
    struct sheet_cell *cell = put(sheet, row, column, look);
    cell->last_row = last_row;
    cell->last_column = last_column;
    cell->text = text_copy(sheet->mem, text);
    return cell;
}

void sheet_set_height(struct sheet *sheet, uint32_t row, double points)
{
    ARENA_ROOM(sheet->mem, sheet->heights, sheet->n_heights, sheet->heights_capacity);
    sheet->heights[sheet->n_heights++] = (struct sheet_height){ row, points };
}

#include "model/cells.h"

#include "base/number.h"

#include <math.h>

struct text cell_said(const struct shown_cell *cell, struct arena *mem)
{
    if (cell->kind == SHOWN_TEXT)
        return text_copy(mem, text_trim(cell->text));
    if (cell->kind == SHOWN_DATE) {
        const int day = (int)cell->number;
        return text_printf(mem, "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
    }
    char digits[NUMBER_SIZE];
    const size_t n = isfinite(cell->number) ? number_shortest(digits, cell->number) : 0;
    return text_copy(mem, (struct text){ digits, n });
}

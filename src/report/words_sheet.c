#include "report/words_sheet.h"

enum { WIDEST = 48, NARROWEST = 8 };

/* Characters as wide as Latin ones; a Chinese one is two. */
static double width_of(struct text text)
{
    double wide = 0;
    for (size_t i = 0; i < text.size; i++)
        wide += (unsigned char)text.at[i] < 0x80 ? 1 : ((unsigned char)text.at[i] & 0xC0) == 0xC0 ? 2 : 0;
    return wide;
}

struct sheet *words_sheet(struct arena *mem, struct text name, const struct word_list *list)
{
    struct sheet *const sheet = sheet_new(mem, name);
    for (size_t r = 0; r < list->n_rows; r++)
        for (size_t c = 0; c < list->n_columns && c < SHEET_MOST_COLUMNS; c++) {
            const struct text words = list->cells[r * list->n_columns + c];
            const double wide = width_of(words) + 2;
            sheet_put_text(sheet, (uint32_t)r + 1, (uint32_t)c + 1, r ? LOOK_TEXT : LOOK_HEADING, words);
            if (wide > sheet->width[c + 1])
                sheet->width[c + 1] = wide > WIDEST ? WIDEST : wide < NARROWEST ? NARROWEST : wide;
        }
    sheet->frozen_rows = 1;
    sheet->print = (struct sheet_print){ .on = true, .first_repeated = 1, .last_repeated = 1 };
    return sheet;
}

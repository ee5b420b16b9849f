#include "report/table.h"

#include "base/unicode.h"

struct text_table table_new(struct arena *mem, size_t columns, const enum align *align)
{
    return (struct text_table){ .mem = mem, .columns = columns, .align = align };
}

void table_row(struct text_table *t, const struct table_cell *cells)
{
    if (t->rows == t->capacity) {
        const size_t more = t->capacity ? t->capacity * 2 : 16, one = t->columns * sizeof *t->cells;
        t->cells = arena_grow(t->mem, t->cells, t->rows * one, more * one);
        t->capacity = more;
    }
    for (size_t c = 0; c < t->columns; c++)
        t->cells[t->rows * t->columns + c] = cells[c];
    t->rows++;
}

void shown_write(struct out *out, struct text text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char c = (unsigned char)text.at[i], next = i + 1 < text.size ? (unsigned char)text.at[i + 1] : 0;
        const bool c1 = c == 0xC2 && next >= 0x80 && next < 0xA0;
        if (c >= 0x20 && c != 0x7F && !c1)
            continue;
        out_text(out, (struct text){ text.at + from, i - from });
        out_byte(out, ' ');
        i += c1;
        from = i + 1;
    }
    out_text(out, (struct text){ text.at + from, text.size - from });
}

void tone_write(struct out *out, struct text text, enum tone tone, bool colour)
{
    static const char *const CODES[] = {
        [TONE_PLAIN] = "", [TONE_FAILING] = "\033[1;31m", [TONE_NEAR] = "\033[33m",
        [TONE_UNKNOWN] = "\033[90m", [TONE_STRONG] = "\033[1m", [TONE_QUIET] = "\033[90m",
    };
    if (!colour || tone == TONE_PLAIN) {
        shown_write(out, text);
        return;
    }
    out_string(out, CODES[tone]);
    shown_write(out, text);
    out_string(out, "\033[0m");
}

static void spaces(struct out *out, size_t n)
{
    while (n-- > 0)
        out_byte(out, ' ');
}

void table_write(const struct text_table *t, struct out *out, size_t indent, bool colour)
{
    size_t *widest = arena_array(t->mem, t->columns, size_t);
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        const size_t width = text_width(t->cells[i].text);
        if (width > widest[i % t->columns])
            widest[i % t->columns] = width;
    }
    for (size_t r = 0; r < t->rows; r++) {
        size_t owed = indent; /* blanks before the next text: none stand at the end of a line */
        for (size_t c = 0; c < t->columns; c++) {
            const struct table_cell *cell = &t->cells[r * t->columns + c];
            const size_t free = widest[c] - text_width(cell->text);
            if (cell->text.size) {
                spaces(out, owed + (t->align[c] == ALIGN_RIGHT ? free : 0));
                tone_write(out, cell->text, cell->tone, colour);
                owed = t->align[c] == ALIGN_RIGHT ? 2 : free + 2;
            } else {
                owed += widest[c] + 2;
            }
        }
        out_byte(out, '\n');
    }
}

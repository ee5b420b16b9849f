#include "intake/cells_wire.h"

#include "base/unicode.h"
#include "import/grid.h"

#include <string.h>

/* How a cell travels: its head, then 8 bytes of a number or `size` bytes of a text.  A sheet is a
 * head of row 0 whose text is its name. */
struct head { uint32_t row, size; uint16_t column; uint8_t kind, reserved; };

static void put(struct buf *out, struct head head, const void *content)
{
    buf_add(out, (struct text){ (const char *)&head, sizeof head });
    buf_add(out, (struct text){ content, head.size });
}

void cells_put_sheet(struct buf *out, struct text name)
{
    put(out, (struct head){ .kind = SHOWN_TEXT, .size = (uint32_t)name.size }, name.at);
}

void cells_put(struct buf *out, const struct shown_cell *cell)
{
    const struct head head = { .row = cell->row, .column = (uint16_t)cell->column, .kind = (uint8_t)cell->kind,
                               .size = cell->kind == SHOWN_TEXT ? (uint32_t)cell->text.size : sizeof cell->number };
    put(out, head, cell->kind == SHOWN_TEXT ? cell->text.at : (const char *)&cell->number);
}

/* The next head and what follows it; false at the end, or where the bytes make no sense. */
static bool next_piece(struct text *rest, struct head *head, struct text *content)
{
    if (rest->size < sizeof *head)
        return false;
    memcpy(head, rest->at, sizeof *head);
    if (head->size > rest->size - sizeof *head || head->kind > SHOWN_BOOLEAN || head->row > GRID_MAX_ROWS || head->column > GRID_MAX_COLUMNS ||
        (head->kind != SHOWN_TEXT && (head->size != sizeof(double) || !head->row)))
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

size_t cells_get(struct text bytes, struct text file, struct arena *mem, struct cell_source **out)
{
    struct cell_source *const sources = arena_array(mem, GRID_MAX_SHEETS, struct cell_source);
    struct text *const starts = arena_array(mem, GRID_MAX_SHEETS, struct text), content;
    struct head head;
    size_t n = 0;
    for (struct text rest = bytes; next_piece(&rest, &head, &content);)
        if (!head.row && n < GRID_MAX_SHEETS) {
            starts[n] = rest;
            sources[n] = (struct cell_source){ .file = file, .sheet = content, .context = &starts[n], .next = next_cell };
            n++;
        }
    *out = sources;
    return n;
}

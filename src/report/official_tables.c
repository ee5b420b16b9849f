#include "report/official_tables.h"

#include "report/official_fill.h"
#include "report/words.h"

/* One sheet while it is being composed. */
struct laying {
    struct arena *mem;
    const struct official_request *request;
    const struct official_sheet *from;
    struct sheet *sheet;
};

/* Whether a part in [ ] has all it needs. */
static bool is_whole(const struct laying *l, const struct official_cell *cell, unsigned group, const struct official_row *row)
{
    for (size_t i = 0; i < cell->n; i++)
        if (cell->pieces[i].group == group && cell->pieces[i].fill &&
            !official_fill(l->mem, l->request, &cell->pieces[i], row).known)
            return false;
    return true;
}

static uint32_t moved(uint32_t row, int64_t down)
{
    return (uint32_t)((int64_t)row + down);
}

static void put_sentence(struct laying *l, const struct official_cell *cell, int64_t down, const struct official_row *row)
{
    struct buf buf = { .mem = l->mem };
    struct sheet_part *parts = arena_array(l->mem, cell->n ? cell->n : 1, struct sheet_part);
    size_t n = 0, traced = 0;
    for (size_t i = 0; i < cell->n; i++) {
        const struct official_piece *piece = &cell->pieces[i];
        struct sheet_part part = { .text = piece->words };
        if (piece->group && !is_whole(l, cell, piece->group, row))
            continue;
        if (piece->fill) {
            const struct official_filling filling = official_fill(l->mem, l->request, piece, row);
            if (filling.known)
                part = (struct sheet_part){ filling.text, filling.trace };
        }
        traced += part.trace.size > 0;
        buf_add(&buf, part.text);
        parts[n++] = part;
    }
    struct sheet_cell *made = sheet_put_merged(l->sheet, moved(cell->row, down), cell->column, moved(cell->last_row, down), cell->last_column,
                                               cell->look, buf_text(&buf));
    if (traced) {
        made->parts = parts;
        made->n_parts = n;
    }
}

/* A cell that is one place alone: a number stays a number. */
static void put_place(struct laying *l, const struct official_cell *cell, int64_t down, const struct official_row *row)
{
    const struct official_filling filling = official_fill(l->mem, l->request, &cell->pieces[0], row);
    struct sheet_cell *made;
    if (filling.known && filling.is_number) {
        made = sheet_put_number(l->sheet, moved(cell->row, down), cell->column, cell->look, filling.number);
        made->decimals = filling.decimals;
    } else {
        made = sheet_put_text(l->sheet, moved(cell->row, down), cell->column, cell->look, filling.text);
        made->is_missing = !filling.known && l->request->assessment;
    }
    made->last_row = moved(cell->last_row, down);
    made->last_column = cell->last_column;
    made->trace = filling.trace;
}

static void put_cell(struct laying *l, const struct official_cell *cell, int64_t down, const struct official_row *row)
{
    if (cell->n == 1 && cell->pieces[0].fill && !cell->pieces[0].group)
        put_place(l, cell, down, row);
    else
        put_sentence(l, cell, down, row);
}

static enum official_each sample_of(enum official_each each)
{
    return each == EACH_PRIMARY ? EACH_SAMPLE_PRIMARY : EACH_SAMPLE_JUNIOR;
}

/* The rows of one stage's units, in the place of the sample's rows.
 *   Returns  the first cell behind both; *down_out: by how much further down all that follows stands */
static size_t put_units(struct laying *l, size_t first, int64_t *down)
{
    const struct official_sheet *from = l->from;
    const enum official_each each = from->cells[first].each;
    uint32_t last_row = from->cells[first].row;
    size_t end = first;
    for (; end < from->n && (from->cells[end].each == each || from->cells[end].each == sample_of(each)); end++)
        last_row = from->cells[end].row;
    const uint32_t sample_rows = last_row - from->cells[first].row + 1;
    if (!l->request->assessment) {
        for (size_t i = first; i < end; i++)
            if (from->cells[i].each != each)
                put_cell(l, &from->cells[i], *down, NULL);
        return end;
    }
    const struct stage_assessment *stage = official_stage(l->request, each == EACH_PRIMARY ? STAGE_PRIMARY : STAGE_JUNIOR);
    const size_t n = stage ? stage->n : 0;
    for (size_t u = 0; u < n; u++) {
        const struct official_row row = { stage, u };
        for (size_t i = first; i < end; i++)
            if (from->cells[i].each == each)
                put_cell(l, &from->cells[i], *down + (int64_t)u, &row);
    }
    *down += (int64_t)n - sample_rows;
    return end;
}

static void set_paper(struct laying *l)
{
    const struct official_request *request = l->request;
    l->sheet->print = (struct sheet_print){ .on = true, .first_repeated = l->from->first_repeated, .last_repeated = l->from->last_repeated };
    if (!request->assessment)
        return;
    const struct county_year *county = request->assessment->counties[request->county].county;
    struct buf head = { .mem = l->mem };
    buf_add(&head, words_county(l->mem, county));
    buf_add(&head, TEXT("　"));
    buf_add(&head, words_year(l->mem, county->year));
    if (request->version.size)
        buf_printf(&head, "　数据版本 %.*s", TEXT_ARG(request->version));
    buf_printf(&head, "　%.*s", TEXT_ARG(request->form->edition->id));
    l->sheet->print.header = buf_text(&head);
}

static struct sheet *compose(const struct official_request *request, const struct official_sheet *from, struct arena *mem)
{
    struct laying l = { mem, request, from, sheet_new(mem, from->name) };
    int64_t down = 0;
    for (size_t i = 0; i < from->n_widths; i++)
        l.sheet->width[from->widths[i].at] = from->widths[i].size;
    for (size_t i = 0; i < from->n;) {
        const struct official_cell *cell = &from->cells[i];
        if (cell->each == EACH_PRIMARY || cell->each == EACH_JUNIOR) {
            i = put_units(&l, i, &down);
        } else {
            put_cell(&l, cell, down, NULL);
            i++;
        }
    }
    for (size_t i = 0; i < from->n_heights; i++)
        sheet_set_height(l.sheet, from->heights[i].at, from->heights[i].size);
    set_paper(&l);
    return l.sheet;
}

void official_tables(const struct official_request *request, struct arena *mem, struct sheet **sheets, size_t *n_out)
{
    for (size_t i = 0; i < request->form->n_sheets; i++)
        sheets[i] = compose(request, &request->form->sheets[i], mem);
    *n_out = request->form->n_sheets;
}

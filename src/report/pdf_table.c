/* A table on paper: rows are never cut; the head is repeated on each page. */
#include "report/doc_xml.h"
#include "report/pdf_page.h"

#include <math.h>

enum { PAD = 3, SMALL = 260 };
static const struct pdf_style TEXT_STYLE = { .face = FACE_SERIF, .size = 10.5, .line = 15.5 };
static const struct pdf_style HEAD_STYLE = { .face = FACE_SANS, .size = 10.5, .line = 15.5 };

struct laid { struct pdf_text text; bool there; };

struct laying {
    struct pdf *pdf;
    const struct doc_table *t;
    double *x;            /* [column + 1] */
    double *height;       /* [row] */
    struct laid *cells;
};

static const struct doc_cell *cell_at(const struct laying *l, size_t row, size_t column)
{
    return &l->t->cells[row * l->t->n_columns + column];
}

static void lay_cells(struct laying *l)
{
    const struct doc_table *t = l->t;
    for (size_t r = 0; r < t->n_rows; r++)
        for (size_t i = 0; i < t->n_columns; i++) {
            const struct doc_cell *cell = cell_at(l, r, i);
            if (!cell->across)
                continue;
            struct pdf_style style = r < t->n_heads ? HEAD_STYLE : TEXT_STYLE;
            style.align = cell->align;
            struct laid *laid = &l->cells[r * t->n_columns + i];
            laid->text = pdf_text_new(l->pdf, &cell->spans, style, l->x[i + cell->across] - l->x[i] - 2 * PAD);
            laid->there = true;
            if (cell->down == 1)
                l->height[r] = fmax(l->height[r], laid->text.height + 2 * PAD);
        }
}

/* What a cell over several rows needs beyond them goes to the last. */
static void stretch_rows(struct laying *l)
{
    const struct doc_table *t = l->t;
    for (size_t r = 0; r < t->n_rows; r++)
        for (size_t i = 0; i < t->n_columns; i++) {
            const struct doc_cell *cell = cell_at(l, r, i);
            if (!cell->across || cell->down < 2)
                continue;
            double have = 0;
            for (size_t k = r; k < r + cell->down; k++)
                have += l->height[k];
            const double want = l->cells[r * t->n_columns + i].text.height + 2 * PAD;
            l->height[r + cell->down - 1] += fmax(0, want - have);
        }
}

/* The row after the last that hangs together with `row` through cells over several rows. */
static size_t group_end(const struct laying *l, size_t row)
{
    size_t end = row + 1;
    for (size_t r = row; r < end; r++)
        for (size_t i = 0; i < l->t->n_columns; i++)
            if (cell_at(l, r, i)->across && r + cell_at(l, r, i)->down > end)
                end = r + cell_at(l, r, i)->down;
    return end;
}

static void frame(struct pdf *pdf, double x, double y, double width, double height, bool shaded)
{
    if (shaded) {
        draw.cairo_set_source_rgb(pdf->cairo, 0.94, 0.94, 0.94);
        draw.cairo_rectangle(pdf->cairo, x, y, width, height);
        draw.cairo_fill(pdf->cairo);
    }
    draw.cairo_set_source_rgb(pdf->cairo, 0, 0, 0);
    draw.cairo_set_line_width(pdf->cairo, 0.5);
    draw.cairo_rectangle(pdf->cairo, x, y, width, height);
    draw.cairo_stroke(pdf->cairo);
}

static double rows_height(const struct laying *l, size_t from, size_t to)
{
    double sum = 0;
    for (size_t r = from; r < to; r++)
        sum += l->height[r];
    return sum;
}

static void draw_rows(struct laying *l, size_t from, size_t to)
{
    struct pdf *pdf = l->pdf;
    for (size_t r = from; r < to; r++) {
        for (size_t i = 0; i < l->t->n_columns; i++) {
            const struct doc_cell *cell = cell_at(l, r, i);
            if (!cell->across)
                continue;
            const struct pdf_text *text = &l->cells[r * l->t->n_columns + i].text;
            const double height = rows_height(l, r, r + cell->down);
            frame(pdf, l->x[i], pdf->y, l->x[i + cell->across] - l->x[i], height, r < l->t->n_heads);
            pdf_text_draw(pdf, text, l->x[i] + PAD, pdf->y + (height - text->height) / 2);
        }
        pdf->y += l->height[r];
    }
}

static struct laying lay(struct pdf *pdf, const struct doc_table *t)
{
    const double all = doc_table_width(t);
    struct laying l = { .pdf = pdf, .t = t, .x = arena_array(pdf->mem, t->n_columns + 1, double), .height = arena_array(pdf->mem, t->n_rows, double),
                        .cells = arena_array(pdf->mem, t->n_rows * t->n_columns, struct laid) };
    l.x[0] = PDF_LEFT;
    for (size_t i = 0; i < t->n_columns; i++)
        l.x[i + 1] = l.x[i] + PDF_TEXT_WIDTH * t->width[i] / all;
    lay_cells(&l);
    stretch_rows(&l);
    return l;
}

static void unlay(struct laying *l)
{
    for (size_t i = 0; i < l->t->n_rows * l->t->n_columns; i++)
        if (l->cells[i].there)
            pdf_text_free(&l->cells[i].text);
}

/* A small table stands on one page; a large one begins where two rows fit in. */
static double least(const struct laying *l)
{
    const struct doc_table *t = l->t;
    const double whole = rows_height(l, 0, t->n_rows);
    const size_t rows = t->n_rows < t->n_heads + 2 ? t->n_rows : t->n_heads + 2;
    return PDF_CAPTION + (whole < SMALL ? whole : rows_height(l, 0, rows));
}

double pdf_table_least(struct pdf *pdf, const struct doc_table *t)
{
    struct laying l = lay(pdf, t);
    const double height = least(&l);
    unlay(&l);
    return height;
}

void pdf_table(struct pdf *pdf, const struct doc_table *t, struct text number)
{
    struct laying l = lay(pdf, t);
    const double head = rows_height(&l, 0, t->n_heads);
    pdf_need(pdf, least(&l));
    pdf_caption(pdf, number, t->caption);
    for (size_t r = 0; r < t->n_rows;) {
        const size_t end = r < t->n_heads ? t->n_heads : group_end(&l, r);
        if (pdf->y + rows_height(&l, r, end) > PDF_BOTTOM && pdf->y > PDF_TOP + head + 1) {
            pdf_new_page(pdf);
            if (r >= t->n_heads)
                draw_rows(&l, 0, t->n_heads);
        }
        draw_rows(&l, r, end);
        r = end;
    }
    unlay(&l);
}

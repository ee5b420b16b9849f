/* pdf_page.h — pages being filled from top to bottom: for the files write_pdf*.c alone.  All measures in points, y downwards. */
#pragma once
#include "report/doc.h"
#include "report/draw_cairo.h"

struct pdf {
    const struct doc *doc;
    struct arena *mem;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoContext *pango;
    double y;                      /* where the next thing begins, from the top of the page */
    unsigned page;                 /* from 1 */
    int outline[5];                /* the entry last made at each level */
};

/* A4; margins 37, 26, 35, 28 mm. */
#define PDF_WIDTH 595.2756
#define PDF_HEIGHT 841.8898
#define PDF_LEFT 79.3701
#define PDF_TOP 104.8819
#define PDF_TEXT_WIDTH 442.2047
#define PDF_BOTTOM 742.6772        /* of the text */

enum pdf_face { FACE_SERIF, FACE_SERIF_BOLD, FACE_SANS, FACE_SANS_BOLD };
struct pdf_style {
    enum pdf_face face;
    double size, line;             /* of the type, from line to line */
    double indent, spacing;        /* of the first line; between characters */
    enum doc_align align;
};

/* Text set to a width: lines, to be put down one by one. */
struct pdf_text {
    PangoLayout *layout;           /* pdf_text_free */
    struct pdf_style style;
    double height;
    struct pdf_link { size_t from, to; struct text key; } *links;  /* bytes of the text */
    size_t n_links;
};
struct pdf_text pdf_text_new(struct pdf *pdf, const struct doc_spans *spans, struct pdf_style style, double width);
void pdf_text_free(struct pdf_text *text);
/* All of it, on this page, from `y` down. */
void pdf_text_draw(struct pdf *pdf, const struct pdf_text *text, double x, double y);
/* Line by line down the page, on to the next where it is full. */
void pdf_text_flow(struct pdf *pdf, const struct pdf_text *text);

void pdf_new_page(struct pdf *pdf);
/* Turns the page unless so much is left of it. */
void pdf_need(struct pdf *pdf, double height);

#define PDF_CAPTION 29.0           /* what a caption over a table takes */
/* 「表 1　各方面达标情况」 */
void pdf_caption(struct pdf *pdf, struct text number, struct text words);
/* The height below which a table with its caption does not begin. */
double pdf_table_least(struct pdf *pdf, const struct doc_table *table);
/* A table with its caption. */
void pdf_table(struct pdf *pdf, const struct doc_table *table, struct text number);

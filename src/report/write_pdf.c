/* A document as .pdf: the same sections in the same order as write_docx. */
#include "report/pdf_page.h"
#include "report/write_doc.h"

#define LINE 28.0
/* 28 characters of 16 pt do not quite fit into 156 mm. */
#define TIGHT (-0.22)

static const struct pdf_style TITLE = { .face = FACE_SERIF_BOLD, .size = 22, .line = 34, .align = DOC_CENTRE };
static const struct pdf_style SUBTITLE = { .face = FACE_SERIF, .size = 16, .line = LINE, .align = DOC_CENTRE };
static const struct pdf_style BODY = { .face = FACE_SERIF, .size = 16, .line = LINE, .indent = 32, .spacing = TIGHT };
static const struct pdf_style INSIDE = { .face = FACE_SERIF_BOLD, .size = 16, .line = LINE, .indent = 32, .spacing = TIGHT };
static const struct pdf_style NOTE = { .face = FACE_SERIF, .size = 10.5, .line = 16 };
static const struct pdf_style CAPTION = { .face = FACE_SANS, .size = 12, .line = 20, .align = DOC_CENTRE };
static const struct pdf_style HEADINGS[] = {    /* [level] */
    { .line = 0 },
    { .face = FACE_SANS_BOLD, .size = 16, .line = LINE, .indent = 32 }, { .face = FACE_SANS, .size = 16, .line = LINE, .indent = 32 },
    { .face = FACE_SERIF_BOLD, .size = 16, .line = LINE, .indent = 32 }, { .face = FACE_SERIF, .size = 16, .line = LINE, .indent = 32 },
};

static void put_spans(struct pdf *pdf, const struct doc_spans *spans, struct pdf_style style)
{
    struct pdf_text t = pdf_text_new(pdf, spans, style, PDF_TEXT_WIDTH);
    pdf_text_flow(pdf, &t);
    pdf_text_free(&t);
}

static void put_line(struct pdf *pdf, struct text words, struct pdf_style style)
{
    struct doc_span span = { DOC_TEXT, words, TEXT("") };
    if (words.size)
        put_spans(pdf, &(struct doc_spans){ &span, 1, 1 }, style);
}

void pdf_caption(struct pdf *pdf, struct text number, struct text words)
{
    pdf->y += 6;
    put_line(pdf, text_printf(pdf->mem, "%.*s　%.*s", TEXT_ARG(number), TEXT_ARG(words)), CAPTION);
    pdf->y += 3;
}

static void put_table(struct pdf *pdf, const struct doc_table *t, struct text number)
{
    pdf_table(pdf, t, number);
    pdf->y += 4;
    put_line(pdf, t->note, NOTE);
    pdf->y += 10;
}

static void put_chart(struct pdf *pdf, const struct doc_block *b, struct text number)
{
    pdf_need(pdf, b->chart->height + CAPTION.line + 12);
    pdf->y += 6;
    draw.cairo_save(pdf->cairo);
    draw.cairo_translate(pdf->cairo, PDF_LEFT + (PDF_TEXT_WIDTH - b->chart->width) / 2, pdf->y);
    draw_on(pdf->cairo, pdf->pango, b->chart);
    draw.cairo_restore(pdf->cairo);
    draw.cairo_set_source_rgb(pdf->cairo, 0, 0, 0);
    pdf->y += b->chart->height;
    put_line(pdf, text_printf(pdf->mem, "%.*s　%.*s", TEXT_ARG(number), TEXT_ARG(b->caption)), CAPTION);
    pdf->y += 6;
}

/* The paragraph with which the document ends, above its signature: that is not to stand alone on a page. */
static bool is_last(const struct pdf *pdf, size_t section, size_t block)
{
    return section + 1 == pdf->doc->n && block + 1 == pdf->doc->sections[section]->n;
}

enum { LAST_LINES = 6 };

/* A heading stays with what follows it: two lines, a chart, the beginning of a table, another heading. */
static double with_heading(struct pdf *pdf, size_t at)
{
    const struct doc_section *s = pdf->doc->sections[at];
    if (!s->n)
        return LINE + (at + 1 < pdf->doc->n ? with_heading(pdf, at + 1) : 0);
    const struct doc_block *b = &s->blocks[0];
    return LINE + (b->table ? pdf_table_least(pdf, b->table) : b->chart ? b->chart->height + CAPTION.line + 12 : LINE * (is_last(pdf, at, 0) ? LAST_LINES : 2));
}

static void put_heading(struct pdf *pdf, size_t at)
{
    const struct doc_section *s = pdf->doc->sections[at];
    const unsigned level = s->level < 4 ? s->level : 4;
    const struct text words = text_printf(pdf->mem, "%.*s%.*s", TEXT_ARG(doc_number(pdf->doc, at, pdf->mem)), TEXT_ARG(s->heading));
    pdf_need(pdf, with_heading(pdf, at));
    int parent = CAIRO_PDF_OUTLINE_ROOT;
    for (unsigned i = 1; i < level; i++)
        if (pdf->outline[i])
            parent = pdf->outline[i];
    pdf->outline[level] = draw.cairo_pdf_surface_add_outline(pdf->surface, parent, text_string(pdf->mem, words),
                                                            text_string(pdf->mem, text_printf(pdf->mem, "page=%u pos=[0 %.1f]", pdf->page, pdf->y)),
                                                            (cairo_pdf_outline_flags_t)0);
    for (unsigned i = level + 1; i < 5; i++)
        pdf->outline[i] = 0;
    put_line(pdf, words, HEADINGS[level]);
}

static void put_section(struct pdf *pdf, size_t at)
{
    const struct doc_section *s = pdf->doc->sections[at];
    if (s->level)
        put_heading(pdf, at);
    for (size_t i = 0; i < s->n; i++) {
        const struct doc_block *b = &s->blocks[i];
        switch (b->kind) {
        case DOC_PARAGRAPH:
            if (is_last(pdf, at, i))
                pdf_need(pdf, LINE * LAST_LINES);
            put_spans(pdf, &b->spans, BODY);
            break;
        case DOC_HEADING:
            pdf_need(pdf, LINE * 2);
            put_spans(pdf, &b->spans, INSIDE);
            break;
        case DOC_NOTE: put_spans(pdf, &b->spans, NOTE); break;
        case DOC_TABLE: put_table(pdf, b->table, doc_caption_number(pdf->doc, at, i, pdf->mem)); break;
        case DOC_CHART: put_chart(pdf, b, doc_caption_number(pdf->doc, at, i, pdf->mem)); break;
        case DOC_PAGE_BREAK: pdf_new_page(pdf); break;
        }
    }
}

static void put_signature(struct pdf *pdf)
{
    const struct pdf_style sign = { .face = FACE_SERIF, .size = 16, .line = LINE, .align = DOC_RIGHT };
    if (!pdf->doc->signer.size && !pdf->doc->date.size)
        return;
    pdf_need(pdf, LINE * 4);
    pdf->y += LINE * 2;
    /* Four characters in from the right. */
    put_line(pdf, pdf->doc->signer.size ? text_printf(pdf->mem, "%.*s　　　　", TEXT_ARG(pdf->doc->signer)) : TEXT(""), sign);
    put_line(pdf, pdf->doc->date.size ? text_printf(pdf->mem, "%.*s　　　　", TEXT_ARG(pdf->doc->date)) : TEXT(""), sign);
}

static void put_document(struct pdf *pdf)
{
    pdf_new_page(pdf);
    pdf->y += LINE;
    put_line(pdf, pdf->doc->title, TITLE);
    put_line(pdf, pdf->doc->subtitle, SUBTITLE);
    pdf->y += LINE;
    for (size_t i = 0; i < pdf->doc->n; i++)
        put_section(pdf, i);
    put_signature(pdf);
    draw.cairo_show_page(pdf->cairo);
}

bool write_pdf(const struct doc *doc, struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct buf out = { .mem = mem };
    if (!cairo_load(err))
        return false;
    struct pdf pdf = { .doc = doc, .mem = mem };
    pdf.surface = draw.cairo_pdf_surface_create_for_stream(draw_into_buf, &out, PDF_WIDTH, PDF_HEIGHT);
    draw.cairo_pdf_surface_set_metadata(pdf.surface, CAIRO_PDF_METADATA_TITLE, text_string(mem, doc_title(doc, mem)));
    draw.cairo_pdf_surface_set_metadata(pdf.surface, CAIRO_PDF_METADATA_CREATOR, "Junheng");
    /* The day on which zips begin: the clock would make every file another. */
    draw.cairo_pdf_surface_set_metadata(pdf.surface, CAIRO_PDF_METADATA_CREATE_DATE, "1980-01-01T00:00:00Z");
    pdf.cairo = draw.cairo_create(pdf.surface);
    pdf.pango = draw_context();
    put_document(&pdf);
    const cairo_status_t drawn = draw.cairo_status(pdf.cairo);
    draw.g_object_unref(pdf.pango);
    draw.cairo_destroy(pdf.cairo);
    draw.cairo_surface_finish(pdf.surface);
    const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : draw.cairo_surface_status(pdf.surface);
    draw.cairo_surface_destroy(pdf.surface);
    *bytes_out = buf_text(&out);
    return status == CAIRO_STATUS_SUCCESS || draw_failed(status, err);
}

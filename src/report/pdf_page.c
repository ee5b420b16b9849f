#include "report/pdf_page.h"

#define LINES_FOOT 0.26  /* of a line lies below the foot of its letters */

/* ── text ── */

static struct text joined(struct arena *mem, const struct doc_spans *spans, struct pdf_text *out)
{
    struct buf all = { .mem = mem };
    out->links = arena_array(mem, spans->n, struct pdf_link);
    for (size_t i = 0; i < spans->n; i++) {
        if (spans->at[i].kind == DOC_FIGURE)
            out->links[out->n_links++] = (struct pdf_link){ all.size, all.size + spans->at[i].text.size, spans->at[i].key };
        buf_add(&all, spans->at[i].text);
    }
    return buf_text(&all);
}

static void make_strong(PangoAttrList *attributes, const struct doc_spans *spans)
{
    size_t at = 0;
    for (size_t i = 0; i < spans->n; i++) {
        if (spans->at[i].kind == DOC_STRONG) {
            PangoAttribute *const bold = draw.pango_attr_weight_new(PANGO_WEIGHT_BOLD);
            bold->start_index = (guint)at;
            bold->end_index = (guint)(at + spans->at[i].text.size);
            draw.pango_attr_list_insert(attributes, bold);
        }
        at += spans->at[i].text.size;
    }
}

struct pdf_text pdf_text_new(struct pdf *pdf, const struct doc_spans *spans, struct pdf_style style, double width)
{
    static const char *const FACES[] = { "Noto Serif CJK SC", "Noto Serif CJK SC Bold", "Noto Sans CJK SC", "Noto Sans CJK SC Bold" };
    static const PangoAlignment ALIGN[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT };
    struct pdf_text t = { .layout = draw.pango_layout_new(pdf->pango), .style = style };
    const struct text words = joined(pdf->mem, spans, &t);
    PangoFontDescription *const font = draw.pango_font_description_from_string(FACES[style.face]);
    PangoAttrList *const attributes = draw.pango_attr_list_new();
    draw.pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
    draw.pango_attr_list_insert(attributes, draw.pango_attr_letter_spacing_new((int)(style.spacing * PANGO_SCALE)));
    make_strong(attributes, spans);
    draw.pango_layout_set_font_description(t.layout, font);
    draw.pango_layout_set_attributes(t.layout, attributes);
    draw.pango_layout_set_width(t.layout, (int)(width * PANGO_SCALE));
    draw.pango_layout_set_wrap(t.layout, PANGO_WRAP_WORD_CHAR);
    draw.pango_layout_set_indent(t.layout, (int)(style.indent * PANGO_SCALE));
    draw.pango_layout_set_alignment(t.layout, ALIGN[style.align]);
    draw.pango_layout_set_text(t.layout, words.at ? words.at : "", (int)words.size);
    draw.pango_attr_list_unref(attributes);
    draw.pango_font_description_free(font);
    t.height = draw.pango_layout_get_line_count(t.layout) * style.line;
    return t;
}

void pdf_text_free(struct pdf_text *t)
{
    draw.g_object_unref(t->layout);
    t->layout = NULL;
}

static void put_link(struct pdf *pdf, double x, double y, double width, double height, struct text key)
{
    if (!pdf->doc->address.size)
        return;
    struct buf attributes = { .mem = pdf->mem };
    buf_printf(&attributes, "rect=[%.2f %.2f %.2f %.2f] uri='", x, y, width, height);
    const struct text link = doc_link(pdf->doc, key, pdf->mem);
    for (size_t i = 0; i < link.size; i++)
        if (link.at[i] == '\'' || link.at[i] == '\\')
            buf_printf(&attributes, "%%%02X", (unsigned)(unsigned char)link.at[i]);
        else
            buf_byte(&attributes, link.at[i]);
    buf_add(&attributes, TEXT("'"));
    buf_byte(&attributes, '\0');
    draw.cairo_tag_begin(pdf->cairo, "Link", attributes.at);
    draw.cairo_tag_end(pdf->cairo, "Link");
}

static void put_links(struct pdf *pdf, const struct pdf_text *t, PangoLayoutLine *line, double x, double y)
{
    const size_t from = (size_t)line->start_index, to = from + (size_t)line->length;
    for (size_t i = 0; i < t->n_links; i++) {
        const struct pdf_link *link = &t->links[i];
        if (link->to <= from || link->from >= to)
            continue;
        int *ranges, n;
        draw.pango_layout_line_get_x_ranges(line, (int)(link->from > from ? link->from : from), (int)(link->to < to ? link->to : to), &ranges, &n);
        for (int k = 0; k < n; k++)
            put_link(pdf, x + (double)ranges[2 * k] / PANGO_SCALE, y, (double)(ranges[2 * k + 1] - ranges[2 * k]) / PANGO_SCALE, t->style.line, link->key);
        draw.g_free(ranges);
    }
}

/* Lines from `y` down; where `flows`, on to the next page. */
static double put_lines(struct pdf *pdf, const struct pdf_text *t, double x, double y, bool flows)
{
    PangoLayoutIter *const iter = draw.pango_layout_get_iter(t->layout);
    do {
        PangoLayoutLine *const line = draw.pango_layout_iter_get_line_readonly(iter);
        PangoRectangle extents;
        draw.pango_layout_iter_get_line_extents(iter, NULL, &extents);
        if (flows && y + t->style.line > PDF_BOTTOM + 0.5) {
            pdf_new_page(pdf);
            y = pdf->y;
        }
        draw.cairo_move_to(pdf->cairo, x + (double)extents.x / PANGO_SCALE, y + t->style.line / 2 + t->style.size * (0.5 - LINES_FOOT / 2));
        draw.pango_cairo_show_layout_line(pdf->cairo, line);
        put_links(pdf, t, line, x, y);
        y += t->style.line;
    } while (draw.pango_layout_iter_next_line(iter));
    draw.pango_layout_iter_free(iter);
    return y;
}

void pdf_text_draw(struct pdf *pdf, const struct pdf_text *t, double x, double y)
{
    put_lines(pdf, t, x, y, false);
}

void pdf_text_flow(struct pdf *pdf, const struct pdf_text *t)
{
    pdf->y = put_lines(pdf, t, PDF_LEFT, pdf->y, true);
}

/* ── pages ── */

static void put_aside(struct pdf *pdf, struct text words, double size, enum doc_align align, double x, double y, double width)
{
    struct doc_span span = { DOC_TEXT, words, TEXT("") };
    const struct doc_spans spans = { &span, 1, 1 };
    struct pdf_text t = pdf_text_new(pdf, &spans, (struct pdf_style){ .face = FACE_SERIF, .size = size, .line = size * 1.3, .align = align }, width);
    pdf_text_draw(pdf, &t, x, y);
    pdf_text_free(&t);
}

/* Head and foot: — 1 — one character in from the outer margin, its top 7 mm below the text. */
static void put_around(struct pdf *pdf)
{
    const bool odd = pdf->page % 2;
    if (pdf->doc->header.size)
        put_aside(pdf, pdf->doc->header, 9, DOC_RIGHT, PDF_LEFT, 56.7, PDF_TEXT_WIDTH);
    put_aside(pdf, text_printf(pdf->mem, "— %u —", pdf->page), 14, odd ? DOC_RIGHT : DOC_LEFT, PDF_LEFT + 14, PDF_BOTTOM + 19.8, PDF_TEXT_WIDTH - 28);
}

void pdf_new_page(struct pdf *pdf)
{
    if (pdf->page)
        draw.cairo_show_page(pdf->cairo);
    pdf->page++;
    pdf->y = PDF_TOP;
    put_around(pdf);
}

void pdf_need(struct pdf *pdf, double height)
{
    if (pdf->y + height > PDF_BOTTOM + 0.5 && pdf->y > PDF_TOP)
        pdf_new_page(pdf);
}

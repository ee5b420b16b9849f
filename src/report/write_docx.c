/* A document as .docx: word/document.xml here, the parts that are the same for every document in docx_parts.c. */
#include "report/doc_xml.h"
#include "report/docx_parts.h"
#include "report/draw_cairo.h"
#include "report/write_doc.h"
#include "report/zip_writer.h"

#include <stdlib.h>

enum { TEXT_WIDTH = 8844 /* 156 mm, in twentieths of a point */, EMU_OF_POINT = 12700, SMALL_TABLE = 14 /* rows that stay on one page */ };

struct docx {
    const struct doc *doc;
    struct arena *mem;
    struct buf body;
    struct doc_figures figures;   /* a link each */
    struct text *charts;          /* PNG; empty: not drawn */
    size_t n_charts;
};

/* ── words ── */

static void put_run(struct buf *out, const char *properties, struct text words)
{
    buf_printf(out, "<w:r>%s<w:t xml:space=\"preserve\">", properties);
    xml_text(out, words);
    buf_add(out, TEXT("</w:t></w:r>"));
}

static int by_key(const void *a, const void *b)
{
    const struct doc_span *x = a, *y = b;
    return text_compare(x->key, y->key);
}

static void put_figure(struct docx *d, const struct doc_span *span)
{
    if (!d->doc->address.size) {
        put_run(&d->body, "", span->text);
        return;
    }
    const struct doc_span *of = bsearch(span, d->figures.at, d->figures.n, sizeof *of, by_key);
    buf_printf(&d->body, "<w:hyperlink r:id=\"f%td\" w:history=\"1\" w:tooltip=\"来源：", of - d->figures.at);
    xml_text(&d->body, span->key);
    buf_add(&d->body, TEXT("\">"));
    put_run(&d->body, "<w:rPr><w:rStyle w:val=\"Figure\"/></w:rPr>", span->text);
    buf_add(&d->body, TEXT("</w:hyperlink>"));
}

static void put_spans(struct docx *d, const struct doc_spans *spans)
{
    for (size_t i = 0; i < spans->n; i++)
        if (spans->at[i].kind == DOC_FIGURE)
            put_figure(d, &spans->at[i]);
        else
            put_run(&d->body, spans->at[i].kind == DOC_STRONG ? "<w:rPr><w:b/></w:rPr>" : "", spans->at[i].text);
}

static void put_paragraph(struct docx *d, const char *style, const struct doc_spans *spans, bool with_next)
{
    buf_printf(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>", style, with_next ? "<w:keepNext/>" : "");
    put_spans(d, spans);
    buf_add(&d->body, TEXT("</w:p>"));
}

static void put_line(struct docx *d, const char *style, struct text words)
{
    if (!words.size)
        return;
    buf_printf(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
    put_run(&d->body, "", words);
    buf_add(&d->body, TEXT("</w:p>"));
}

/* ── tables ── */

static long width_of(const struct doc_table *t, double all, size_t column, unsigned across)
{
    double sum = 0;
    for (size_t i = column; i < column + across; i++)
        sum += t->width[i];
    return (long)(TEXT_WIDTH * sum / all);
}

/* The cell that covers this one from above; NULL where none does.  Sideways is the covering cell's own gridSpan. */
static const struct doc_cell *covering(const struct doc_table *t, size_t row, size_t column)
{
    for (size_t r = row; r-- > 0;) {
        const struct doc_cell *cell = &t->cells[r * t->n_columns + column];
        if (cell->across)
            return r + cell->down > row ? cell : NULL;
    }
    return NULL;
}

static void put_cell(struct docx *d, const struct doc_table *t, double all, size_t row, size_t column)
{
    static const char *const ALIGN[] = { "left", "center", "right" };
    const struct doc_cell *cell = &t->cells[row * t->n_columns + column], *above = cell->across ? NULL : covering(t, row, column);
    if (!cell->across && !above)
        return;
    const struct doc_cell *shown = above ? above : cell;
    buf_printf(&d->body, "<w:tc><w:tcPr><w:tcW w:w=\"%ld\" w:type=\"dxa\"/>", width_of(t, all, column, shown->across));
    if (shown->across > 1)
        buf_printf(&d->body, "<w:gridSpan w:val=\"%u\"/>", shown->across);
    if (above || cell->down > 1)
        buf_printf(&d->body, "<w:vMerge w:val=\"%s\"/>", above ? "continue" : "restart");
    if (row < t->n_heads)
        buf_add(&d->body, TEXT("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F0F0F0\"/>"));
    buf_printf(&d->body, "<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s<w:jc w:val=\"%s\"/></w:pPr>",
               row < t->n_heads ? "TableHead" : "TableText", row + 1 < t->n_rows && (row < t->n_heads || t->n_rows <= SMALL_TABLE) ? "<w:keepNext/>" : "", ALIGN[shown->align]);
    if (!above)
        put_spans(d, &cell->spans);
    buf_add(&d->body, TEXT("</w:p></w:tc>"));
}

static void put_table(struct docx *d, const struct doc_table *t, struct text number)
{
    const double all = doc_table_width(t);
    put_line(d, "TableCaption", text_printf(d->mem, "%.*s　%.*s", TEXT_ARG(number), TEXT_ARG(t->caption)));
    buf_printf(&d->body, "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>"
                         "<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>", TEXT_WIDTH);
    for (size_t i = 0; i < t->n_columns; i++)
        buf_printf(&d->body, "<w:gridCol w:w=\"%ld\"/>", width_of(t, all, i, 1));
    buf_add(&d->body, TEXT("</w:tblGrid>"));
    for (size_t r = 0; r < t->n_rows; r++) {
        buf_add(&d->body, r < t->n_heads ? TEXT("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>") : TEXT("<w:tr><w:trPr><w:cantSplit/></w:trPr>"));
        for (size_t i = 0; i < t->n_columns; i++)
            put_cell(d, t, all, r, i);
        buf_add(&d->body, TEXT("</w:tr>"));
    }
    buf_add(&d->body, TEXT("</w:tbl>"));
    put_line(d, "Note", t->note.size ? t->note : TEXT(" "));
}

/* ── charts ── */

static void put_chart(struct docx *d, const struct doc_block *b, struct text number)
{
    const size_t at = d->n_charts;
    struct err err = { 0 };
    d->charts = arena_grow(d->mem, d->charts, at * sizeof *d->charts, (at + 1) * sizeof *d->charts);
    d->n_charts++;
    if (!draw_png(b->chart, d->mem, &d->charts[at], &err)) {
        d->charts[at] = TEXT("");
        put_line(d, "ChartCaption", TEXT("（这里的图没有画出：服务器没有安装 Pango 和 Cairo。图中的数都在表里。）"));
    } else {
        const long wide = (long)(b->chart->width * EMU_OF_POINT), high = (long)(b->chart->height * EMU_OF_POINT);
        buf_printf(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"Chart\"/></w:pPr><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
                   "<wp:extent cx=\"%ld\" cy=\"%ld\"/><wp:docPr id=\"%zu\" name=\"chart%zu\" descr=\"", wide, high, at + 1, at + 1);
        xml_text(&d->body, b->caption);
        buf_printf(&d->body, "\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
                   "<pic:nvPicPr><pic:cNvPr id=\"%zu\" name=\"chart%zu.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"c%zu\"/>"
                   "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%ld\" cy=\"%ld\"/></a:xfrm>"
                   "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
                   at + 1, at + 1, at, wide, high);
    }
    put_line(d, "ChartCaption", text_printf(d->mem, "%.*s　%.*s", TEXT_ARG(number), TEXT_ARG(b->caption)));
}

/* ── the whole ── */

static void put_section(struct docx *d, size_t at)
{
    static const char *const STYLES[] = { "", "Heading1", "Heading2", "Heading3", "Heading4" };
    const struct doc_section *s = d->doc->sections[at];
    if (s->level) {
        buf_printf(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr><w:bookmarkStart w:id=\"%zu\" w:name=\"s%zu\"/>",
                   STYLES[s->level < 4 ? s->level : 4], at, at);
        put_run(&d->body, "", text_printf(d->mem, "%.*s%.*s", TEXT_ARG(doc_number(d->doc, at, d->mem)), TEXT_ARG(s->heading)));
        buf_printf(&d->body, "<w:bookmarkEnd w:id=\"%zu\"/></w:p>", at);
    }
    for (size_t i = 0; i < s->n; i++) {
        const struct doc_block *b = &s->blocks[i];
        switch (b->kind) {
        case DOC_PARAGRAPH: put_paragraph(d, "Body", &b->spans, at + 1 == d->doc->n && i + 1 == s->n); break; /* not the signature alone on a page */
        case DOC_HEADING: put_paragraph(d, "Inside", &b->spans, false); break;
        case DOC_NOTE: put_paragraph(d, "Note", &b->spans, false); break;
        case DOC_TABLE: put_table(d, b->table, doc_caption_number(d->doc, at, i, d->mem)); break;
        case DOC_CHART: put_chart(d, b, doc_caption_number(d->doc, at, i, d->mem)); break;
        case DOC_PAGE_BREAK: buf_add(&d->body, TEXT("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>")); break;
        }
    }
}

static void put_body(struct docx *d)
{
    buf_add(&d->body, text_of(docx_document_head));
    struct text rest = d->doc->title, line;
    buf_add(&d->body, TEXT("<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>"));
    for (bool first = true; text_split(&rest, '\n', &line); first = false) {
        buf_add(&d->body, first ? TEXT("") : TEXT("<w:r><w:br/></w:r>"));
        put_run(&d->body, "", line);
    }
    buf_add(&d->body, TEXT("</w:p>"));
    put_line(d, "Subtitle", d->doc->subtitle);
    for (size_t i = 0; i < d->doc->n; i++)
        put_section(d, i);
    put_line(d, "Sign", d->doc->signer);
    put_line(d, "SignDate", d->doc->date);
    buf_add(&d->body, text_of(docx_document_foot));
}

static struct text relations(const struct docx *d)
{
    struct buf out = { .mem = d->mem };
    buf_add(&out, text_of(docx_relations_head));
    for (size_t i = 0; i < d->figures.n && d->doc->address.size; i++) {
        buf_printf(&out, "<Relationship Id=\"f%zu\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"", i);
        xml_text(&out, doc_link(d->doc, d->figures.at[i].key, d->mem));
        buf_add(&out, TEXT("\" TargetMode=\"External\"/>"));
    }
    for (size_t i = 0; i < d->n_charts; i++)
        if (d->charts[i].size)
            buf_printf(&out, "<Relationship Id=\"c%zu\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\""
                       " Target=\"media/chart%zu.png\"/>", i, i + 1);
    buf_add(&out, TEXT("</Relationships>"));
    return buf_text(&out);
}

bool write_docx(const struct doc *doc, struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct docx d = { .doc = doc, .mem = mem, .body = { .mem = mem }, .figures = doc_figures(doc, mem) };
    put_body(&d);
    const struct docx_part more[] = {
        { "word/document.xml", buf_text(&d.body) },
        { "word/_rels/document.xml.rels", relations(&d) },
        { "word/header1.xml", docx_header(mem, doc->header) },
        { "docProps/core.xml", docx_core(mem, doc_title(doc, mem)) },
    };
    struct zip_writer zip = zip_writer_new(mem, d.body.size + 65536);
    for (size_t i = 0; i < docx_n_parts; i++)
        if (!zip_writer_put(&zip, text_of(docx_parts[i].path), docx_parts[i].bytes, err))
            return false;
    for (size_t i = 0; i < COUNT(more); i++)
        if (!zip_writer_put(&zip, text_of(more[i].path), more[i].bytes, err))
            return false;
    for (size_t i = 0; i < d.n_charts; i++)
        if (d.charts[i].size && !zip_writer_put(&zip, text_printf(mem, "word/media/chart%zu.png", i + 1), d.charts[i], err))
            return false;
    *bytes_out = zip_writer_end(&zip);
    return true;
}

/* A document as HTML: for pages of ours, and by itself to be read or printed from a browser. */
#include "report/doc_xml.h"
#include "report/write_doc.h"

static const char STYLE[] =
    "@page{size:A4;margin:37mm 26mm 35mm 28mm}"
    "body{max-width:156mm;margin:2em auto;padding:0 1em;font:16pt/28pt 仿宋_GB2312,FangSong,'Noto Serif CJK SC',serif;color:#000}"
    "h1{font:bold 22pt/34pt 方正小标宋简体,'Noto Serif CJK SC',serif;text-align:center}"
    ".doc-subtitle,.doc-header,figcaption,caption{text-align:center}"
    ".doc-header{font-size:9pt;text-align:right}"
    "h2,h3,h4,h5,p{margin:0;text-indent:2em;font-size:16pt;line-height:28pt}"
    "h2{font-family:黑体,SimHei,'Noto Sans CJK SC',sans-serif;font-weight:normal}"
    "h3{font-family:楷体_GB2312,KaiTi,'Noto Serif CJK SC',serif;font-weight:normal}"
    "p.doc-subtitle,p.doc-header{text-indent:0}p.doc-subtitle{margin-bottom:28pt}"
    "p.doc-note{font-size:10.5pt;line-height:18pt;text-indent:0}"
    "table{border-collapse:collapse;width:100%;font-size:10.5pt;line-height:16pt;margin:.5em 0}"
    "caption,figcaption{font:12pt/20pt 黑体,SimHei,'Noto Sans CJK SC',sans-serif}"
    "td,th{border:1px solid #000;padding:1pt 3pt;text-align:center;font-weight:normal}th{background:#f0f0f0}"
    ".left{text-align:left}.right{text-align:right}figure{margin:.5em 0}svg{max-width:100%;height:auto}"
    "a.src{color:inherit;text-decoration:none}.doc-sign{text-align:right;padding-right:4em}";

static void put_spans(struct buf *out, const struct doc *doc, const struct doc_spans *spans)
{
    for (size_t i = 0; i < spans->n; i++) {
        const struct doc_span *s = &spans->at[i];
        if (s->kind == DOC_FIGURE) {
            buf_add(out, TEXT("<a class=\"src\" href=\""));
            xml_text(out, doc_link(doc, s->key, out->mem));
            buf_add(out, TEXT("\" data-key=\""));
            xml_text(out, s->key);
            buf_add(out, TEXT("\">"));
        } else if (s->kind == DOC_STRONG) {
            buf_add(out, TEXT("<strong>"));
        }
        xml_text(out, s->text);
        buf_add(out, s->kind == DOC_FIGURE ? TEXT("</a>") : s->kind == DOC_STRONG ? TEXT("</strong>") : TEXT(""));
    }
}

static void put_table(struct buf *out, const struct doc *doc, const struct doc_table *t, struct text number)
{
    buf_printf(out, "<table class=\"doc-table\"><caption>%.*s　", TEXT_ARG(number));
    xml_text(out, t->caption);
    buf_add(out, TEXT("</caption>"));
    for (size_t r = 0; r < t->n_rows; r++) {
        buf_add(out, r == 0 && t->n_heads ? TEXT("<thead><tr>") : r == t->n_heads ? TEXT("<tbody><tr>") : TEXT("<tr>"));
        const char *const tag = r < t->n_heads ? "th" : "td";
        for (size_t i = 0; i < t->n_columns; i++) {
            const struct doc_cell *cell = &t->cells[r * t->n_columns + i];
            if (!cell->across)
                continue;
            buf_printf(out, "<%s", tag);
            if (cell->across > 1)
                buf_printf(out, " colspan=\"%u\"", cell->across);
            if (cell->down > 1)
                buf_printf(out, " rowspan=\"%u\"", cell->down);
            buf_add(out, cell->align == DOC_LEFT ? TEXT(" class=\"left\">") : cell->align == DOC_RIGHT ? TEXT(" class=\"right\">") : TEXT(">"));
            put_spans(out, doc, &cell->spans);
            buf_printf(out, "</%s>", tag);
        }
        buf_add(out, r + 1 == t->n_heads ? TEXT("</tr></thead>") : TEXT("</tr>"));
    }
    buf_add(out, t->n_rows > t->n_heads ? TEXT("</tbody></table>") : TEXT("</table>"));
    if (t->note.size) {
        buf_add(out, TEXT("<p class=\"doc-note\">"));
        xml_text(out, t->note);
        buf_add(out, TEXT("</p>"));
    }
}

static void put_shape(struct buf *out, const struct shape *s)
{
    static const char *const ANCHOR[] = { "start", "middle", "end" };
    switch (s->kind) {
    case SHAPE_LINE:
        buf_printf(out, "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" stroke=\"#%06x\" stroke-width=\"%.2f\"%s/>", s->x, s->y, s->x2,
                   s->y2, s->colour, s->width, s->dashed ? " stroke-dasharray=\"4 2\"" : "");
        break;
    case SHAPE_BAR:
        buf_printf(out, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#%06x\"/>", s->x, s->y, s->x2 - s->x, s->y2 - s->y,
                   s->colour);
        break;
    case SHAPE_DOT:
        buf_printf(out, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\" fill=\"#%06x\"/>", s->x, s->y, s->x2, s->colour);
        break;
    case SHAPE_WORDS:
        buf_printf(out, "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.1f\" text-anchor=\"%s\" fill=\"#%06x\">", s->x, s->y, s->width, ANCHOR[s->at],
                   s->colour);
        xml_text(out, s->words);
        buf_add(out, TEXT("</text>"));
        break;
    }
}

static void put_chart(struct buf *out, const struct doc_block *b, struct text number)
{
    buf_printf(out, "<figure class=\"doc-chart\"><svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %.0f %.0f\" aria-label=\"",
               b->chart->width, b->chart->height);
    xml_text(out, b->caption);
    buf_add(out, TEXT("\">"));
    for (size_t i = 0; i < b->chart->n; i++)
        put_shape(out, &b->chart->shapes[i]);
    buf_printf(out, "</svg><figcaption>%.*s　", TEXT_ARG(number));
    xml_text(out, b->caption);
    buf_add(out, TEXT("</figcaption></figure>"));
}

static void put_element(struct buf *out, const struct doc *doc, const char *open, const char *close, const struct doc_spans *spans)
{
    buf_add(out, text_of(open));
    put_spans(out, doc, spans);
    buf_add(out, text_of(close));
}

static void put_section(struct buf *out, const struct doc *doc, size_t at)
{
    const struct doc_section *s = doc->sections[at];
    buf_add(out, TEXT("<section id=\""));
    xml_text(out, s->id);
    buf_add(out, TEXT("\">"));
    if (s->level) {
        buf_printf(out, "<h%u>%.*s", s->level + 1, TEXT_ARG(doc_number(doc, at, out->mem)));
        xml_text(out, s->heading);
        buf_printf(out, "</h%u>", s->level + 1);
    }
    for (size_t i = 0; i < s->n; i++) {
        const struct doc_block *b = &s->blocks[i];
        switch (b->kind) {
        case DOC_PARAGRAPH: put_element(out, doc, "<p>", "</p>", &b->spans); break;
        case DOC_HEADING: put_element(out, doc, "<p><strong>", "</strong></p>", &b->spans); break;
        case DOC_NOTE: put_element(out, doc, "<p class=\"doc-note\">", "</p>", &b->spans); break;
        case DOC_TABLE: put_table(out, doc, b->table, doc_caption_number(doc, at, i, out->mem)); break;
        case DOC_CHART: put_chart(out, b, doc_caption_number(doc, at, i, out->mem)); break;
        case DOC_PAGE_BREAK: break;
        }
    }
    buf_add(out, TEXT("</section>\n"));
}

struct text write_section_html(const struct doc *doc, size_t section, struct arena *mem)
{
    struct buf out = { .mem = mem };
    put_section(&out, doc, section);
    return buf_text(&out);
}

static void put_line(struct buf *out, const char *open, struct text words, const char *close)
{
    if (!words.size)
        return;
    buf_add(out, text_of(open));
    xml_text(out, words);
    buf_add(out, text_of(close));
}

struct text write_doc_html(const struct doc *doc, struct arena *mem)
{
    struct buf out = { .mem = mem };
    buf_add(&out, TEXT("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"));
    put_line(&out, "<title>", doc_title(doc, mem), "</title>");
    put_line(&out, "<style>", text_of(STYLE), "</style>");
    buf_add(&out, TEXT("</head><body>\n"));
    put_line(&out, "<p class=\"doc-header\">", doc->header, "</p>");
    put_line(&out, "<h1>", doc_title(doc, mem), "</h1>");
    put_line(&out, "<p class=\"doc-subtitle\">", doc->subtitle, "</p>\n");
    for (size_t i = 0; i < doc->n; i++)
        put_section(&out, doc, i);
    put_line(&out, "<p class=\"doc-sign\">", doc->signer, "</p>");
    put_line(&out, "<p class=\"doc-sign\">", doc->date, "</p>");
    buf_add(&out, TEXT("</body></html>\n"));
    return buf_text(&out);
}

/* ── its words alone ── */

static void say_line(struct buf *out, struct text words)
{
    buf_add(out, words);
    if (words.size)
        buf_byte(out, '\n');
}

struct text write_doc_text(const struct doc *doc, struct arena *mem)
{
    struct buf out = { .mem = mem };
    say_line(&out, doc_title(doc, mem));
    say_line(&out, doc->subtitle);
    for (size_t s = 0; s < doc->n; s++) {
        const struct doc_section *of = doc->sections[s];
        if (of->level)
            say_line(&out, text_printf(mem, "%.*s%.*s", TEXT_ARG(doc_number(doc, s, mem)), TEXT_ARG(of->heading)));
        for (size_t b = 0; b < of->n; b++) {
            const struct doc_block *block = &of->blocks[b];
            const struct text caption = block->table ? block->table->caption : block->caption;
            say_line(&out, doc_plain(mem, &block->spans));
            if (block->table || block->chart)
                say_line(&out, text_printf(mem, "%.*s　%.*s", TEXT_ARG(doc_caption_number(doc, s, b, mem)), TEXT_ARG(caption)));
            for (size_t i = 0; block->table && i < block->table->n_rows * block->table->n_columns; i++)
                say_line(&out, doc_plain(mem, &block->table->cells[i].spans));
            if (block->table)
                say_line(&out, block->table->note);
        }
    }
    say_line(&out, doc->signer);
    say_line(&out, doc->date);
    return buf_text(&out);
}

/* doc.h — a report as a value: sections of blocks, with every figure bound to where it comes from.
 *
 * Whoever composes one (compose_report_*) knows no file format; whoever writes one (write_docx, write_pdf, write_doc_html)
 * knows no schools.  A section has an id that stays the same from year to year ("verdict", "dim-resource", "cv-primary-L4",
 * "school-3141018501"), so that an office can keep its own words for it; doc_words.h turns a section's blocks into text
 * that people edit, and back.
 *
 * A figure is a span with a key: that of its lineage (app/lineage_key.h), and where one number is worded in more than one
 * way a facet behind it: "passing:primary:2025" 73, "passing:primary:2025#share" 69.5%.  So a key with its facet has one
 * wording in one draft, and a figure that has moved is found by its key (doc_figure). */
#pragma once
#include "base/text.h"
#include "report/drawing.h"

#include <stdint.h>

enum doc_span_kind { DOC_TEXT, DOC_STRONG, DOC_FIGURE };
struct doc_span {
    enum doc_span_kind kind;
    struct text text;             /* of a figure: as it is worded */
    struct text key;              /* of a figure; else empty */
};
struct doc_spans { struct doc_span *at; size_t n, capacity; };

enum doc_align { DOC_LEFT, DOC_CENTRE, DOC_RIGHT };
struct doc_cell {
    struct doc_spans spans;
    unsigned across, down;        /* columns and rows it takes; 0: it is covered by another */
    enum doc_align align;
};
struct doc_table {
    struct text caption;          /* without its number */
    size_t n_columns, n_rows, n_heads;   /* heads: rows at the top, repeated on each page */
    double *width;                /* [column] in characters of the table's size; they are scaled to the page */
    struct doc_cell *cells;       /* [row × n_columns + column] */
    struct text note;             /* below it, small; may be empty */
};

enum doc_block_kind {
    DOC_PARAGRAPH,
    DOC_HEADING,                  /* inside a section, one level below its own; not numbered */
    DOC_NOTE,                     /* small, without indent */
    DOC_TABLE, DOC_CHART,
    DOC_PAGE_BREAK,
};
struct doc_block {
    enum doc_block_kind kind;
    struct text id;               /* of a table or chart: unique in its section, "table", "cv" */
    struct doc_spans spans;       /* of a paragraph, heading, note */
    struct doc_table *table;
    struct text caption;          /* of a chart, without its number */
    struct drawing *chart;
};

struct doc_section {
    struct text id;
    unsigned level;               /* 1: 一、 2: （一） 3: 1. 4: （1）; 0: no heading, what stands before the first */
    struct text heading;          /* without its number */
    struct doc_block *blocks;
    size_t n, capacity;
};

struct doc {
    struct arena *mem;
    struct text title, subtitle;  /* a '\n' parts the lines of a long title; subtitle may be empty: 「（2025学年）」 */
    struct text address;          /* before "/lineage?of=…": "https://jh.example.cn"; empty: none */
    struct text header;           /* top of each page, small: 「虚构数据」, the version of the data; may be empty */
    struct text signer, date;     /* 落款: 「青禾县教育局」, 「2026年1月11日」; may be empty */
    struct doc_section **sections;
    size_t n, capacity;
};

/* ── making ── */

struct doc *doc_new(struct arena *mem, struct text title);
struct doc_section *doc_add(struct doc *doc, struct text id, unsigned level, struct text heading);
struct doc_block *doc_block(struct doc *doc, struct doc_section *section, enum doc_block_kind kind);
/* A paragraph, to be filled by the calls below. */
struct doc_spans *doc_paragraph(struct doc *doc, struct doc_section *section);

void doc_say(struct arena *mem, struct doc_spans *spans, struct text words);
#define doc_sayf(mem, spans, ...) doc_say(mem, spans, text_printf(mem, __VA_ARGS__))
void doc_strong(struct arena *mem, struct doc_spans *spans, struct text words);
/* Empty words say nothing; an empty key makes them plain text. */
void doc_figure(struct arena *mem, struct doc_spans *spans, struct text words, struct text key);
/* A sentence made elsewhere: every number in it that is data becomes a figure, key#facet1, key#facet2, … in their order.
 * What the standard asks (after 上限, 应…, 不低于 …), years, dates, numbers that belong to a name (L5, 6/7, 85%底线) stay words. */
void doc_numbers(struct arena *mem, struct doc_spans *spans, struct text sentence, struct text key, const char *facet);

struct doc_table *doc_table(struct doc *doc, struct doc_section *section, struct text id, struct text caption, size_t n_columns,
                            size_t n_rows, size_t n_heads);
/* The cell of a row and column, from 0. */
struct doc_cell *doc_at(struct doc_table *table, size_t row, size_t column);
/* Words into a cell. */
void doc_put(struct arena *mem, struct doc_table *table, size_t row, size_t column, enum doc_align align, struct text words);
void doc_put_figure(struct arena *mem, struct doc_table *table, size_t row, size_t column, struct text words, struct text key);
/* Makes a cell take more columns and rows. */
void doc_merge(struct doc_table *table, size_t row, size_t column, size_t across, size_t down);
void doc_chart(struct doc *doc, struct doc_section *section, struct text id, struct text caption, struct drawing *chart);

/* ── reading ── */

struct doc_section *doc_find(const struct doc *doc, struct text id);          /* NULL: there is none */
/* How the key is worded in the draft; false when no figure of it has this key. */
bool doc_worded(const struct doc *doc, struct text key, struct text *words_out);
/* The number before a section's heading: 一、 （二） 3. （4）; empty where it has none. */
struct text doc_number(const struct doc *doc, size_t section, struct arena *mem);
/* 「表 3」, 「图 1」: counted through the whole document.  Given the block's section and place in it. */
struct text doc_caption_number(const struct doc *doc, size_t section, size_t block, struct arena *mem);
/* The title in one line. */
struct text doc_title(const struct doc *doc, struct arena *mem);
/* Spans as plain words. */
struct text doc_plain(struct arena *mem, const struct doc_spans *spans);
/* The key of lineage alone: without its facet. */
struct text doc_key(struct text key);
/* Where a figure leads: address/lineage?of=…; empty where the span has no key.  DOCX and PDF leave it out where the document has
 * no address: a path alone leads nowhere from a file. */
struct text doc_link(const struct doc *doc, struct text key, struct arena *mem);
/* All figures, each key once, in the order of the keys: for whoever compares two drafts. */
struct doc_figures { struct doc_span *at; size_t n; };
struct doc_figures doc_figures(const struct doc *doc, struct arena *mem);

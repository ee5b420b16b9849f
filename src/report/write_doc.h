/* write_doc.h — a document as a file: the same sections, words, tables and figures in each form; the same document gives the
 * same bytes (no clock, no chance).
 *
 * Page and type as an official document has them.   Source  GB/T 9704-2012: A4, margins 37 35 28 26 mm, title 2号小标宋, text
 * 3号仿宋, 28 pt a line, 一、 黑体, （一） 楷体, page numbers — 1 — at the outer foot. */
#pragma once
#include "base/err.h"
#include "report/doc.h"

/* .docx.  Charts are pictures drawn by Cairo; where that is not installed a line says so in their place. */
bool write_docx(const struct doc *doc, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;
/* .pdf, its text selectable.   Errors  ERR_OUTSIDE: Pango and Cairo are not installed */
bool write_pdf(const struct doc *doc, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;
/* A whole page of HTML, charts as SVG. */
struct text write_doc_html(const struct doc *doc, struct arena *mem);
/* One section of it, heading and blocks, for a page of ours: every figure is <a class="src" href="/lineage?of=…" data-key="…">. */
struct text write_section_html(const struct doc *doc, size_t section, struct arena *mem);
/* All its words in the order of the file, a line a paragraph or cell: what a reader of any form reads. */
struct text write_doc_text(const struct doc *doc, struct arena *mem);

/* docx_parts.h — the parts of a .docx that every document has: styles, fonts, page, numbers of pages. */
#pragma once
#include "base/text.h"

struct docx_part { const char *path; struct text bytes; };
extern const struct docx_part docx_parts[];   /* [Content_Types].xml first */
extern const size_t docx_n_parts;

extern const char docx_document_head[], docx_document_foot[];  /* of word/document.xml */
extern const char docx_relations_head[];                       /* of word/_rels/document.xml.rels */
struct text docx_header(struct arena *mem, struct text words);
struct text docx_core(struct arena *mem, struct text title);

/* document_kind.h — which kind of proof (佐证材料) a file is, by its bytes, whatever its name says. */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum document_kind {
    DOCUMENT_PDF, DOCUMENT_DOCX, DOCUMENT_XLSX, DOCUMENT_PPTX, DOCUMENT_OFD,
    DOCUMENT_DOC, DOCUMENT_XLS, DOCUMENT_PPT, DOCUMENT_WPS, DOCUMENT_ET, DOCUMENT_DPS,   /* compound files; WPS's own by their name */
    DOCUMENT_PNG, DOCUMENT_JPEG, DOCUMENT_WEBP,
    N_DOCUMENT_KINDS
};

/* Its word ("pdf", "jpg"), by which it is stored; its media type; whether a browser may show it as a picture. */
struct document_info { const char *word, *type; bool picture; };
const struct document_info *document_info(enum document_kind kind);
/* False: no such word. */
bool document_of_word(struct text word, enum document_kind *out) MUST_CHECK;

/* Errors  ERR_INPUT: no proof, with the remedy: HEIC pictures, archives, macros, encrypted files, web pages, rubbish */
bool document_kind(struct text bytes, struct text name, enum document_kind *out, struct err *err) MUST_CHECK;

/* document.h — a proof (佐证材料) looked into: which kind of file it is, and what is written in it.  For the process that the
 * files are handed to (handover.h): a confined child looks at the bytes; a PDF then goes to an installed pdftotext, in a process
 * that can reach nothing but the bytes and its answer. */
#pragma once
#include "base/err.h"
#include "import/document_kind.h"

#include <stdint.h>

enum document_state {
    DOCUMENT_READ,         /* text is what is written in it, perhaps nothing (a scan) */
    DOCUMENT_NO_TEXT,      /* a picture, an old format: not looked into */
    DOCUMENT_NO_PROGRAM,   /* a PDF, and pdftotext is not installed */
    DOCUMENT_UNREADABLE,   /* a PDF that pdftotext refuses: encrypted, damaged */
    N_DOCUMENT_STATES
};

struct document {
    enum document_kind kind;
    enum document_state state;
    uint32_t pages;        /* 0: not known */
    struct text text;      /* UTF-8 */
};

/* fd: the open file.   Errors  ERR_INPUT: no proof; ERR_LIMIT: a bomb; each with the remedy */
bool intake_document(const char *name, int fd, struct arena *mem, struct document *out, struct err *err) MUST_CHECK;

/* One page of a PDF drawn as PNG by an installed pdftoppm, `wide` pixels wide.  False without one (ERR_ABSENT) or when it cannot. */
bool intake_pdf_page(const char *name, int fd, unsigned page, unsigned wide, struct arena *mem, struct text *png_out, struct err *err) MUST_CHECK;

/* How it goes over the pipe. */
void document_put(struct buf *out, const struct document *document);
/* The text points into the bytes.  False: this is no document. */
bool document_get(struct text bytes, struct document *out) MUST_CHECK;

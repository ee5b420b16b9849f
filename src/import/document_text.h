/* document_text.h — what is written in a .docx, .pptx, .xlsx or .ofd, as plain text to be searched: paragraphs, a line each.
 * Sizes are counted while inflating (package.h).  For the confined child. */
#pragma once
#include "base/err.h"
#include "base/text.h"
#include "import/document_kind.h"

#include <stdint.h>

enum { DOCUMENT_MOST_TEXT = 2 << 20 /* bytes; what stands behind them is not looked at */ };

/* Whether a file of this kind is read here; else it has no text. */
bool document_has_text(enum document_kind kind);
/* Returns  UTF-8, in mem; pages_out: of a presentation or .ofd, else 0
 *   Errors  ERR_INPUT: damaged, encrypted; ERR_LIMIT: too large when inflated, a bomb */
bool document_text(struct arena *mem, struct text bytes, enum document_kind kind, struct text *out, uint32_t *pages_out, struct err *err) MUST_CHECK;

/* xlsx_strings.h — the texts a workbook keeps in one place, and how it writes odd characters. */
#pragma once
#include "import/package.h"

#include <stdint.h>

struct xlsx_strings {
    struct buf pool;
    uint32_t *ends;       /* [text] where it ends in the pool; it starts where the one before ends */
    size_t n, capacity;
};

/* Reads a shared-strings part; none when `part` is NO_PART. */
bool xlsx_strings_read(struct arena *mem, struct package *package, size_t part, struct xlsx_strings *out,
                       struct err *err) MUST_CHECK;
struct text xlsx_string(const struct xlsx_strings *strings, size_t i);   /* i < n */

/* Undoes _xHHHH_ from `start` to the end of the buffer ("_x000D_" is a carriage return). */
void xlsx_unescape(struct buf *buf, size_t start);
/* A piece of a <t>: without xml:space="preserve" white space at its ends is not part of it.
 * `start` is where the element's text began. */
void xlsx_trim(struct buf *buf, size_t start);

/* encoding.h — bytes in another encoding become UTF-8.
 *
 * Opening a decoder loads what iconv needs from disk, so it is done before the child is locked
 * (security.md §4); decoding then needs no file. */
#pragma once
#include "import/sniff.h"

struct decoder;

/* For any enum encoding, UTF-8 too (which then is only checked).
 *   Returns  NULL when the system cannot convert it (ERR_OUTSIDE)
 *   Owns     lives in mem, closed with it */
struct decoder *decoder_open(enum encoding encoding, struct arena *mem, struct err *err) MUST_CHECK;

/* The text in UTF-8: `bytes` itself where nothing has to change, else in mem.
 *   Given    bytes  without BOM; whole characters (cut UTF-16 at even offsets, GB18030 at a
 *                   separator or line end).  A whole file may be given at once.
 *   Rule     what cannot be decoded becomes U+FFFD, and *damaged_out true (it is never reset) */
struct text decoder_text(struct decoder *decoder, struct arena *mem, struct text bytes, bool *damaged_out);

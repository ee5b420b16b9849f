/* percent.h — %XX undone, strictly: what is left is UTF-8 without control characters, or nothing. */
#pragma once
#include "base/text.h"

enum percent_mode {
    PERCENT_PATH,   /* "+" is a plus */
    PERCENT_QUERY,  /* "+" is a blank; no line ends */
    PERCENT_FORM,   /* "+" is a blank; TAB, CR and LF may occur (a text area) */
};

/* False when a "%" is not followed by two hexadecimal digits, or the result is not UTF-8, or holds a control
 * character.  The result is the input itself where nothing had to be undone, else lives in mem. */
bool percent_decode(struct text raw, enum percent_mode mode, struct arena *mem, struct text *out);
/* All but A–Z a–z 0–9 - . _ ~ and "/" becomes %XX. */
struct text percent_encode_path(struct text path, struct arena *mem);
/* A value of a query: "/" and "&" too. */
struct text percent_encode_part(struct text part, struct arena *mem);

/* unicode.h — UTF-8, and the few things about characters that tables need. */
#pragma once
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

bool utf8_valid(struct text text);
/* Takes the next character off *rest (size > 0); an invalid byte gives U+FFFD and moves on by one. */
uint32_t utf8_next(struct text *rest);
void utf8_add(struct buf *buf, uint32_t character);
size_t utf8_length(struct text text);           /* in characters */
/* Columns a terminal gives the text: CJK and full-width two, combining none. */
size_t text_width(struct text text);
/* NFKC, all white space dropped, ASCII letters small: the form in which headers, item names and
 * enum names are compared ("（小 学）" = "(小学)").  Lives in mem. */
struct text text_fold(struct arena *mem, struct text text);
/* NFKC alone (full-width digits become ASCII digits). */
struct text text_nfkc(struct arena *mem, struct text text);
/* How many single-character edits lie between a and b, at most `limit` + 1. */
size_t text_distance(struct arena *mem, struct text a, struct text b, size_t limit);

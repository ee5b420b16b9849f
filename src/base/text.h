/* text.h — strings between modules: a pointer and a size, UTF-8, not ended by a zero; and the
 * buffer that builds one. */
#pragma once
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct text { const char *at; size_t size; };

#define TEXT(literal) ((struct text){ "" literal, sizeof(literal) - 1 })
#define TEXT_ARG(text) (int)(text).size, (text).at   /* for "%.*s" */

struct text text_of(const char *zero_ended);          /* NULL gives the empty text */
struct text text_copy(struct arena *mem, struct text from); /* zero-ended copy, the zero not counted */
struct text text_printf(struct arena *mem, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *text_string(struct arena *mem, struct text text);  /* zero-ended copy */
static inline bool text_equal(struct text a, struct text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}
int text_compare(struct text a, struct text b);       /* by bytes, as strcmp */
bool text_starts(struct text text, struct text with);
bool text_ends(struct text text, struct text with);
struct text text_trim(struct text text);              /* ASCII white space, U+3000, U+00A0, BOM */
bool text_find(struct text in, struct text what, size_t *at_out);
/* Cuts the next part off *rest at `separator`; false when nothing is left. */
bool text_split(struct text *rest, char separator, struct text *part_out);
unsigned long text_hash(struct text text);

/* A growing text.  Starts as {mem}. */
struct buf { struct arena *mem; char *at; size_t size, capacity; };
void buf_add(struct buf *buf, struct text text);
void buf_byte(struct buf *buf, char byte);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct text buf_text(const struct buf *buf);          /* valid until the buffer grows */

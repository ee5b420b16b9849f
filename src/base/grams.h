/* grams.h — text cut for a full-text index that knows no Chinese: every pair of neighbouring characters is a word of its own,
 * so that 「章程」 is found in 「学校章程核准」 whatever the words are.  Letters and digits stay whole words, small. */
#pragma once
#include "base/text.h"

enum { GRAMS_MOST_WORDS = 8 /* of a query */ };

/* The words of a text, a blank between them.  Line breaks and blanks between Chinese characters are passed over: a PDF breaks
 * its lines anywhere. */
struct text grams_of(struct arena *mem, struct text text);
/* What is looked for, as FTS5 writes it: each word of the query (blanks part them) must stand somewhere as it is; a single
 * character and the beginning of a word of letters will do.  Empty when there is nothing to look for. */
struct text grams_query(struct arena *mem, struct text query);
/* Where one of the query's words stands in a text: folded alike.  False when none does.
 *   Returns  the first place, in bytes of `text`, and how many */
bool grams_place(struct text text, struct text query, size_t *at_out, size_t *size_out);

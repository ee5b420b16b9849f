/* word_ids.h — a dictionary: each different text has a number, in the order of first appearance. */
#pragma once
#include "base/text.h"

#include <stdint.h>

struct word_ids;
struct word_ids *word_ids_new(struct arena *mem);
/* Its number; the text is copied when it is new. */
uint32_t word_id(struct word_ids *words, struct text word, bool *new_out);
/* More than four million: nothing a column of schools or groups holds. */
bool word_ids_full(const struct word_ids *words);
size_t word_ids_count(const struct word_ids *words);
struct text word_text(const struct word_ids *words, uint32_t id);

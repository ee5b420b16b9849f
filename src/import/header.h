/* header.h — names of items as people write them. */
#pragma once
#include "model/item.h"

struct item_names;   /* an index of every folded code, name and alias of an edition */

struct item_names *item_names_new(struct arena *mem, const struct item_list *items);
/* The item with exactly this name (folded: NFKC, spaces dropped, letters small; a bracket at the
 * end that holds only a known unit is stripped, never （小学） or （初中）); NO_ITEM when none. */
uint16_t item_named(const struct item_names *names, struct text heading, struct arena *scratch);
/* The item whose name is near but not equal, to be offered and never taken; NO_ITEM when none. */
uint16_t item_guess(const struct item_names *names, struct text heading, struct arena *scratch);

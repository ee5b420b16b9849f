/* bind_inside.h — what bind.c and bind_down.c share. */
#pragma once
#include "import/bind.h"

/* Enters a heading that path_read has read: takes the item's place, or says why not. */
void bind_enter(struct binding *binding, const struct bind_request *request, struct heading heading,
                struct bound bound, uint32_t place, struct arena *scratch);
/* Decides schools or county, and lets go of school items in a county's table.
 * Returns false when only keys were recognised, or fewer than two items. */
bool bind_kind(struct binding *binding, const struct item_list *items);

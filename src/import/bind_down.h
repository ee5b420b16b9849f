/* bind_down.h — for bind.c alone: items that run down a column, as in the official forms. */
#pragma once
#include "import/bind.h"
#include "import/layout_window.h"

/* Looks for the column that holds most items' names.  Returns how many items it names (0: none);
 * out->name_column is set. */
size_t down_find(struct arena *mem, const struct bind_request *request, const struct window *window,
                 struct binding *out);
/* Fills the rest of `out` for that column: items, value columns, what is unused. */
void down_bind(struct arena *mem, const struct bind_request *request, const struct window *window,
               struct binding *out);

/* nation_columns.h — nation.csv as columns in memory, read past the confined child: for benches of
 * the library alone. */
#pragma once
#include "base/err.h"
#include "model/returns.h"

/* Reads the rows of at most `counties` counties and years (0: all) into arranged returns. */
bool nation_columns(struct arena *mem, const char *path, const struct item_list *items, size_t counties,
                    struct returns **out, struct err *err) MUST_CHECK;

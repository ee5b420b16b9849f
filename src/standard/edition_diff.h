/* edition_diff.h — what changed from one edition to another, cell by cell.  Pure: bytes in. */
#pragma once
#include "standard/edition_load.h"

enum edition_change_kind { EDITION_CHANGED, EDITION_ADDED, EDITION_REMOVED };

struct edition_change {
    enum edition_change_kind kind;
    struct text table, id, column;  /* "levels.csv", "L4 primary", "at_least"; no column where a row came or went */
    struct text was, now;
};

/* In the order of the tables and of their rows: changed and removed as they stood, then added.
 *   Errors  ERR_INPUT: a table of either cannot be read */
bool edition_diff(struct arena *mem, struct text folder_a, const struct edition_file *a, size_t n_a,
                  struct text folder_b, const struct edition_file *b, size_t n_b,
                  const struct edition_change **out, size_t *n_out, struct err *err) MUST_CHECK;

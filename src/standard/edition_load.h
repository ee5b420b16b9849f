/* edition_load.h — the tables of an edition (edition, items, types, indicators, levels, rules,
 * derivations, relaxations, checks: *.csv), read, checked, compiled.  Pure: bytes in. */
#pragma once
#include "base/err.h"
#include "model/edition.h"

struct edition_file { struct text name, bytes; };  /* "levels.csv" */

/* Errors name file, row, column and what was expected (ERR_INPUT). */
bool edition_load(struct arena *mem, struct text folder, const struct edition_file *files, size_t n,
                  const struct edition **out, struct err *err) MUST_CHECK;

/* owners_load.h — who answers for what by default: an edition's owners.csv, read and checked.  Pure: bytes in. */
#pragma once
#include "model/owner.h"
#include "standard/edition_load.h"

/* *n_out is 0 when the edition has no such table.
 *   Errors  ERR_INPUT: file, row, column and what was expected; also when no row says who answers for the rest (other) */
bool owners_load(struct arena *mem, struct text folder, const struct edition_file *files, size_t n, struct owner_rule **out, size_t *n_out,
                 struct err *err) MUST_CHECK;
/* "D11", "school", "township", "county", "township:柳林镇", "school:4101850011": what may stand as an owner. */
bool owner_word_sound(struct text word);

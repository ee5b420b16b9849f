/* evidence_load.h — which proofs an edition asks for: its evidence.csv, read and checked.  Pure: bytes in. */
#pragma once
#include "model/evidence.h"
#include "standard/edition_load.h"

/* An edition without the table asks for nothing: an empty list.
 *   Errors  ERR_INPUT: file, row, column and what was expected */
bool evidence_load(struct arena *mem, const struct edition *edition, struct text folder, const struct edition_file *files, size_t n,
                   struct evidence_list *out, struct err *err) MUST_CHECK;

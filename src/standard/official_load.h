/* official_load.h — the official tables of an edition: official_sheets.csv, official_cells.csv,
 * official_figures.csv, read, checked, compiled.  Read only when they are asked for. */
#pragma once
#include "model/official.h"
#include "standard/edition_load.h"

/* *out is NULL where the edition has no official tables.
 *   Errors   ERR_INPUT: file, row, column and what was expected */
bool official_load(struct arena *mem, const struct edition *edition, struct text folder, const struct edition_file *files,
                   size_t n, const struct official_form **out, struct err *err) MUST_CHECK;

/* edition.h — which standard is asked for?  One that the program carries, or a folder of tables. */
#pragma once
#include "base/err.h"
#include "model/edition.h"
#include "model/evidence.h"

struct edition_file;

/* The names of the editions carried inside, in order; each lives as long as the program. */
const char *const *app_edition_names(size_t *n_out);
/* The tables of an edition: by name ("cn-2017"), or from a folder on disk.
 *   Errors  ERR_ABSENT: neither; ERR_OUTSIDE, ERR_LIMIT: a file of it cannot be read */
bool app_edition_files(struct arena *mem, const char *name_or_folder, const struct edition_file **files_out,
                       size_t *n_out, struct err *err) MUST_CHECK;
/* Loads it; NULL or "" is the first of the names.
 *   Errors  as above, and ERR_INPUT: file, row, column and what was expected */
bool app_edition(struct arena *mem, const char *name_or_folder, const struct edition **out, struct err *err) MUST_CHECK;
/* Which proofs it asks for (evidence.csv); perhaps none. */
bool app_edition_asked(struct arena *mem, const struct edition *edition, const char *name_or_folder, struct evidence_list *out, struct err *err) MUST_CHECK;

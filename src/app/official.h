/* official.h — the official tables (申报表 表Ⅰ–Ⅵ) of a county and year: worked out and composed. */
#pragma once
#include "base/err.h"
#include "model/assessment.h"
#include "model/official.h"

/* The form of an edition by its name or folder, as app_edition took it; all in mem, for as long as one likes.
 *   Errors   ERR_ABSENT where the edition has no official tables; those of reading */
bool app_official_form(struct arena *mem, const struct edition *edition, const char *name_or_folder,
                       const struct official_form **out, struct err *err) MUST_CHECK;
/* The sheets of one county and year of an assessment, filled; `version` of the data stands in the printed head.
 *   Returns  sheets[MOST_OFFICIAL_SHEETS], *n_out of them, in mem */
void app_official_tables(const struct official_form *form, const struct assessment *assessment, size_t county,
                         struct text version, struct arena *mem, struct sheet **sheets, size_t *n_out);

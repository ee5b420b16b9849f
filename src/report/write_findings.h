/* write_findings.h — what was read, as a new workbook with the bad cells coloured and commented:
 * for files to which no styles can be added (CSV, .xls, .ods). */
#pragma once
#include "base/err.h"
#include "model/cells.h"
#include "model/finding.h"

/* Writes it to `path`, replacing what stands there: first the sheet 问题清单 with every finding
 * (each leads to its cell by a click), then the sheets, in their order, with their cells as read.
 *
 *   Given   findings  about any files; those of no source are only listed
 *   Rule    a bad cell is filled by its worst level (red, yellow, blue) and says in a comment what
 *           was read, what is expected and how to mend it; a blank that is wrong is filled too
 *   Errors  ERR_OUTSIDE where the file cannot be written; ERR_LIMIT beyond 64 sheets, or where
 *           rows or columns do not fit .xlsx */
bool write_findings(const char *path, const struct cell_source *sources, size_t n, const struct findings *findings,
                    struct err *err) MUST_CHECK;

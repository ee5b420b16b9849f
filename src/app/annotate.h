/* annotate.h — a file back with its faults marked. */
#pragma once
#include "base/err.h"
#include "model/edition.h"
#include "model/finding.h"

/* Writes to `into` the workbook at `path` with styles and comments added to the bad cells, all else
 * untouched; from CSV, .xls or .ods a new .xlsx with the same cells and the same marks.
 *   Errors  those of reading; ERR_USAGE when `into` is the file itself; ERR_OUTSIDE when it cannot be written */
bool app_annotate(const char *path, const struct edition *edition, const struct findings *findings, const char *into,
                  struct arena *mem, struct err *err) MUST_CHECK;

/* The same for a file that somebody sent, in a program that must not fork: read in a process of its own
 * (intake/handover.h).  Findings about other files are passed over; the name is cleaned as there. */
bool app_annotate_upload(struct text name, struct text bytes, const struct edition *edition, const struct findings *findings,
                         struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

/* report_file.h — a report with the office's words as a file: DOCX, PDF, or a workbook.  The county's workbook is 表Ⅰ–Ⅵ; that of
 * another report holds its tables, each on a sheet. */
#pragma once
#include "app/report_words.h"

struct report_file { struct text name, type, bytes; };
/* Given   as  "docx", "pdf", "xlsx".  Leaves an "export.report" (of 表Ⅰ–Ⅵ an "export.workbook") in the audit.  Slow.
 *   Errors  ERR_DENIED; ERR_USAGE: another form; ERR_CONFLICT: a section's words are broken; those of app_report; ERR_OUTSIDE */
bool app_report_file(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, const struct report_of *of,
                     const struct report_terms *terms, struct text as, int64_t now, struct arena *mem, struct report_file *out,
                     struct err *err) MUST_CHECK;
/* The tables of a document as a workbook, each on a sheet, figures with their lineage.   Errors  ERR_ABSENT: it has none */
bool app_report_tables(const struct doc *doc, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

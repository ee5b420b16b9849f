/* office_paper.h — a paper of the office (会议材料、会议纪要、组织机构表 …) as a file. */
#pragma once
#include "app/report_file.h"

/* Leaves an "export.report" in the audit under `object`.  Slow.
 *   Given   asked  "docx" (also where nothing is asked), "pdf"   Errors  ERR_USAGE: another form; ERR_OUTSIDE */
bool app_office_paper(struct house *house, const struct actor *actor, struct doc *doc, struct text object, struct text asked, int64_t now,
                      struct arena *mem, struct report_file *out, struct err *err) MUST_CHECK;

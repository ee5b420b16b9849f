/* page_reports.h — what the pages of reports share. */
#pragma once
#include "app/report_words.h"
#include "web/request.h"
#include "web/view_reports.h"

/* Which report the address names: {of} and ?id=.   Errors  ERR_USAGE, ERR_ABSENT */
bool report_asked(const struct request *request, struct report_of *out, struct err *err) MUST_CHECK;
/* "/reports/school?id=…&year=2025"; `part` "" or "/edit" or "/file". */
struct text report_path(const struct request *request, const struct report_of *of, const char *part);
/* A section's line: its state, and what has moved in it. */
struct section_view section_said(const struct request *request, const struct report *report, size_t at);

/* ledger_paper.h — what is printed of the ledger: a school on one page (一校一策), the county in one table (一县一案). */
#pragma once
#include "app/ledger.h"
#include "report/doc.h"

enum { LEDGER_PAPER_MOST = 2000 };   /* rows of the county's table; the workbook has all */

/* A school's rows, open ones first.   Given  school  its code   Errors  ERR_ABSENT: no such school, or not the actor's */
bool app_ledger_school_paper(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text school, int64_t now,
                             struct arena *mem, struct doc **out, struct err *err) MUST_CHECK;
/* All open rows, township by township, with sums by kind and by owner.   Errors  ERR_DENIED: for who sees the county */
bool app_ledger_county_paper(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now, struct arena *mem,
                             struct doc **out, struct err *err) MUST_CHECK;

/* reporting.h — a report drafted from the state of the data, and written as a file. */
#pragma once
#include "app/house.h"
#include "base/day.h"
#include "report/doc.h"

enum report_kind { REPORT_COUNTY, REPORT_SCHOOL, REPORT_TOWNSHIP, REPORT_INDICATOR };
struct report_of { enum report_kind kind; struct text which; };  /* which: the school's code, the township, the indicator's plain id */
/* "county", "school:3141018501", "township:柳林镇", "indicator:L4": as commands and addresses name it; which points into `words`.
 *   Errors  ERR_USAGE */
bool report_of_words(struct text words, struct report_of *out, struct err *err) MUST_CHECK;
struct text report_of_word(const struct report_of *of, struct arena *mem);

struct report_terms {
    struct day today;          /* of the report */
    struct text address;       /* of the server, before "/lineage?of=…" */
    struct text signer;        /* empty: as usual */
};
/* The draft of a year (an index into snapshot->years).
 *   Owns    everything in mem; it points into the snapshot too
 *   Errors  ERR_DENIED; ERR_ABSENT: no data, no such school, township, indicator, or the actor may not see it */
bool app_report_draft(const struct snapshot *snapshot, const struct actor *actor, size_t year, const struct report_of *of,
                      const struct report_terms *terms, struct arena *mem, struct doc **out, struct err *err) MUST_CHECK;

enum report_form { REPORT_DOCX, REPORT_PDF, REPORT_HTML, N_REPORT_FORMS };
struct text report_form_type(enum report_form form);              /* its MIME type */
enum report_form report_form_of(struct text file_name);           /* by its ending; N_REPORT_FORMS: none of them */
/* The same document gives the same bytes.   Errors  ERR_OUTSIDE: a library is not installed */
bool app_report_write(const struct doc *doc, enum report_form form, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

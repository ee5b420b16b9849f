/* annotate_sheet.h — the marks of one worksheet written into its part. */
#pragma once
#include "import/annotate_marks.h"

/* The merged ranges of a sheet alone, in a grid of its name. */
bool annotate_merges(struct text part, const char *shown, struct grid *into, struct err *err) MUST_CHECK;
/* Fills in of each mark what the sheet says of its place. */
bool annotate_survey(struct text part, const char *shown, struct marks *marks, struct err *err) MUST_CHECK;
/* The part with the marked styles; `drawing` is the id of the relation to the comments' shapes,
 * NULL where the sheet has its own already. */
bool annotate_sheet(struct arena *mem, struct text part, const char *shown, const struct marks *marks, const char *drawing,
                    bool strict, struct text *out, struct err *err) MUST_CHECK;

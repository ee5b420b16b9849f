/* annotate.h — the user's own workbook back, with only styles and comments added to the bad cells. */
#pragma once
#include "base/err.h"
#include "model/finding.h"

/* All parts that need not change are copied byte for byte.  Existing comments are kept. */
bool xlsx_annotate(struct arena *mem, struct text bytes, const struct findings *findings,
                   struct text *bytes_out, struct err *err) MUST_CHECK;

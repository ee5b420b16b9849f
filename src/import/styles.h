/* styles.h — which cell styles of a workbook show a date, which a percentage. */
#pragma once
#include "import/package.h"
#include "import/xls_format.h"

struct styles { struct number_format *formats; size_t n; };   /* [style of a cell] */

/* Reads a styles part; no styles at all when `part` is NO_PART. */
bool styles_read(struct arena *mem, struct package *package, size_t part, struct styles *out, struct err *err) MUST_CHECK;

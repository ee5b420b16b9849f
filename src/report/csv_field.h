/* csv_field.h — a text as a field of a CSV that a spreadsheet program may open. */
#pragma once
#include "base/csv.h"

/* Like csv_add with ','; a text that such a program would take for a formula gets one ' in front. */
void csv_add_safely(struct buf *buf, struct text text);

/* value_fault.h — how the faults of a cell are worded; for value*.c alone. */
#pragma once
#include "import/value.h"

/* Each sets *fault and returns BLANK, so that `return fault_…(…);` does both. */
double fault_number(struct arena *mem, const struct item *item, struct text read, struct value_fault *fault);
double fault_integer(struct arena *mem, double value, struct value_fault *fault);
double fault_percent(struct arena *mem, const struct item *item, struct value_fault *fault);
double fault_flag(struct value_fault *fault);
double fault_enum(struct arena *mem, const struct item *item, struct text folded, struct value_fault *fault);
double fault_year(struct value_fault *fault);
double fault_blank_mark(const struct item *item, struct value_fault *fault);
/* A fault without further words. */
double fault_is(struct value_fault *fault, struct text rule, struct text expected, struct text mend);

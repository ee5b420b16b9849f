/* template.h — the blank workbook that schools or the county fill in. */
#pragma once
#include "base/err.h"
#include "model/edition.h"

/* Errors: ERR_OUTSIDE when the file cannot be written. */
bool app_template(const struct edition *edition, enum item_level level, const char *path, struct err *err) MUST_CHECK;

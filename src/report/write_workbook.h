/* write_workbook.h — sheets as an .xlsx file. */
#pragma once
#include "base/err.h"
#include "model/sheet.h"

/* Writes the sheets in their order to `path`, replacing what stands there; the same sheets give
 * the same bytes.  ERR_OUTSIDE when the file cannot be written. */
bool write_workbook(const char *path, struct sheet *const *sheets, size_t n, struct err *err) MUST_CHECK;

/* write_template.h — the blank workbook that schools and the county fill in. */
#pragma once
#include "base/err.h"
#include "model/edition.h"

/* Writes it to `path`, replacing what stands there; the same edition gives the same bytes.
 *
 *   Given   level  ITEM_SCHOOL: sheet 学校填报表, one row a school, the items of keys and schools
 *                  across (row 3, units in row 4);  ITEM_COUNTY: sheet 区县填报表, the items
 *                  of keys and the county down column B, their values in column D
 *   Rule    every item of the level is there under its own name, in the order of the edition, so
 *           that our readers know each; a second sheet 填报说明 explains them all
 *   Errors  ERR_OUTSIDE where the file cannot be written */
bool write_template(const struct edition *edition, enum item_level level, const char *path, struct err *err) MUST_CHECK;

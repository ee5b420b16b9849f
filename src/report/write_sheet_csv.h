/* write_sheet_csv.h — a sheet as comma-separated text, as spreadsheet programs save it. */
#pragma once
#include "base/err.h"
#include "model/sheet.h"

enum csv_encoding { CSV_UTF8, CSV_UTF8_BOM, CSV_GB18030 };

/* The bytes of the file, in mem: lines end CR LF, every row has as many fields as the
 * widest, a merged range stands in its first cell.  ERR_INPUT when a character has no place in the encoding. */
bool write_sheet_csv(struct arena *mem, const struct sheet *sheet, enum csv_encoding encoding, struct text *out,
                     struct err *err) MUST_CHECK;

/* sniff.h — what kind of file is this, by its bytes, whatever its name says? */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum file_kind { FILE_CSV, FILE_XLSX, FILE_ODS, FILE_XLS };

/* `name` only words the refusal.  Refused with the way to save it as .xlsx: encrypted OOXML or
 * xls, macro files (.xlsm content), HTML or SpreadsheetML under any name, .xlsb, .docx, PDF,
 * pictures, old BIFF2–5, a zip that is no workbook, an empty file, binary rubbish. */
bool sniff(struct text bytes, struct text name, enum file_kind *out, struct err *err) MUST_CHECK;

enum encoding { ENCODING_UTF8, ENCODING_GB18030, ENCODING_UTF16LE, ENCODING_UTF16BE };

/* By BOM, else by which decodes; `bytes` may be the first part of a file (cut anywhere).
 * bom_out: how many bytes of BOM to skip. */
enum encoding sniff_encoding(struct text bytes, size_t *bom_out);

/* export.h — figures that leave the house as workbooks, each with its line in the audit. */
#pragma once
#include "app/house.h"
#include "model/sheet.h"

struct exported {
    struct text name, bytes;   /* 「青禾县-2025学年-填报数据-第3版.xlsx」 */
    size_t rows, of;           /* schools written, schools of the year that the actor may see */
};

/* What was returned in a year (an index into snapshot->years), of the schools that the actor may see, marked so
 * that it can be changed and given back.  The county's own figures go with it for who sees the whole county.
 *   Errors  ERR_DENIED; ERR_ABSENT: no figures; ERR_OUTSIDE */
bool app_export_returns(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, int64_t now,
                        struct arena *mem, struct exported *out, struct err *err) MUST_CHECK;
/* The blank workbook to be filled in. */
bool app_export_template(const struct edition *edition, enum item_level level, struct arena *mem, struct exported *out, struct err *err) MUST_CHECK;
/* The line in the audit of any other workbook that was given out. */
bool app_export_note(struct house *house, const struct actor *actor, struct text object, struct text detail, int64_t now,
                     struct err *err) MUST_CHECK;
/* Sheets as a page shows them, with their line in the audit.
 *   Given   object  what was exported: the page's address; so many rows, of so many that match
 *   Errors  ERR_DENIED; ERR_OUTSIDE */
bool app_export_sheets(struct house *house, const struct actor *actor, struct sheet *const *sheets, size_t n, struct text object, size_t rows,
                       size_t of, int64_t now, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

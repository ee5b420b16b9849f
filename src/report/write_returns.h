/* write_returns.h — all that was returned for one county and year, as a workbook to be edited and given back. */
#pragma once
#include "base/err.h"
#include "model/edition.h"
#include "model/returns.h"

struct returns_request {
    const struct edition *edition;
    const struct returns *returns;
    size_t county;               /* index of the county and year */
    const bool *visible;         /* [row of the returns]: the schools that are written; NULL: all */
    bool without_county;         /* leave the county's own figures out */
    struct text mark;            /* what the workbook is told by when it comes back: stands alone in 说明 A1 */
};

/* Writes it to `path`, replacing what stands there; the same returns give the same bytes.
 *   Sheets   学校填报表 and 区县填报表 as in the template (write_template.h), filled; 说明: the mark, how to go on,
 *            how many rows there are of how many
 *   Rule     our readers read it back without a finding and with the same figures; a blank stays blank
 *   Returns  *rows_out: schools written (NULL: not asked)
 *   Errors   ERR_OUTSIDE where the file cannot be written */
bool write_returns(const struct returns_request *request, const char *path, size_t *rows_out, struct err *err) MUST_CHECK;

/* write_matrix.h — the matrix of schools as it is shown, as a sheet to be written: rows in the order and number
 * shown, for each indicator the four columns people know: 基本值, 达标值, 实际值, 是否达标. */
#pragma once
#include "model/sheet.h"
#include "report/compose_matrix.h"

struct matrix_sheet_request {
    const struct composing *composing;  /* whence the matrix was composed: county, year, language */
    const struct matrix *matrix;        /* its rows are written, all of them, in their order */
    struct text version;                /* of the data; may be empty */
    struct text filter;                 /* in words: what was chosen; may be empty */
};

/* One sheet, in the composing's memory; its last line says how many rows there are.  States are words and fills;
 * all texts are texts, whatever they begin with. */
struct sheet *matrix_sheet(const struct matrix_sheet_request *request);

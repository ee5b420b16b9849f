/* layout.h — from the sheets of a workbook to tables of values: which row is the header, which
 * column is which item, or whether the items run down a column as in the official forms. */
#pragma once
#include "import/grid.h"
#include "import/table.h"

struct layout_request {
    const struct item_list *items;
    struct text file;             /* as named by the user, for findings */
};

/* Reads every sheet.  A sheet in which no table is recognised (notes, formulas) is a finding of
 * level NOTE; a workbook in which none at all is recognised is an ERR_INPUT that says what a
 * header must hold.  Bad cells are findings and blanks. */
bool layout_read(const struct workbook *workbook, const struct layout_request *request,
                 const struct table_sink *sink, struct arena *scratch, struct err *err) MUST_CHECK;

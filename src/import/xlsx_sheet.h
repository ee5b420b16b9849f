/* xlsx_sheet.h — the cells of one worksheet part. */
#pragma once
#include "import/grid_caps.h"
#include "import/styles.h"
#include "import/xlsx_strings.h"

struct xlsx_book {           /* what the sheets of a workbook share */
    struct package *package;
    struct xlsx_strings strings;
    struct styles styles;
    bool from_1904;
    struct grid_caps caps;
};

bool xlsx_sheet_read(struct xlsx_book *book, size_t part, struct grid *grid, struct err *err) MUST_CHECK;

/* "BC12" → row 12, column 55; false when it is no place of a sheet. */
bool xlsx_place(struct text reference, uint32_t *row_out, uint32_t *column_out);

/* sheet.h — a sheet to be written: cells with a look, merged ranges, widths.  A plain value:
 * whoever composes it knows no file format, whoever writes it (report/) knows no schools. */
#pragma once
#include "base/text.h"

#include <stdint.h>

enum sheet_look {
    LOOK_PLAIN,
    LOOK_TITLE,      /* large, centred */
    LOOK_NOTE,       /* small: who filled it in, units, remarks */
    LOOK_GROUP,      /* caption over several headings */
    LOOK_HEADING,
    LOOK_TEXT,       /* a code keeps its leading zeros */
    LOOK_WHOLE,      /* 1234 */
    LOOK_DECIMAL,    /* 1234.50 */
    LOOK_THOUSANDS,  /* 1,234.5 */
    LOOK_PERCENT,    /* 0.125 is shown 12.5% */
    LOOK_DEGREES,    /* 113.01234 */
    LOOK_TOTAL,      /* bold, 1234 */
    N_LOOKS
};

/* Rows and columns count from 1; a merged range names its last ones, else they are the same. */
struct sheet_cell {
    uint32_t row, column, last_row, last_column;
    enum sheet_look look;
    bool is_number;
    double number;
    struct text text;
};

enum { SHEET_MOST_COLUMNS = 512 };

struct sheet {
    struct arena *mem;
    struct text name;
    struct sheet_cell *cells;       /* in the order of rows, then columns */
    size_t n, capacity;
    double width[SHEET_MOST_COLUMNS + 1];  /* [column] in characters; 0: as usual */
    uint32_t frozen_rows, frozen_columns;
};

struct sheet *sheet_new(struct arena *mem, struct text name);
void sheet_put_text(struct sheet *sheet, uint32_t row, uint32_t column, enum sheet_look look, struct text text);
void sheet_put_number(struct sheet *sheet, uint32_t row, uint32_t column, enum sheet_look look, double number);
void sheet_put_merged(struct sheet *sheet, uint32_t row, uint32_t column, uint32_t last_row, uint32_t last_column,
                      enum sheet_look look, struct text text);

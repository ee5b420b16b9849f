/* bind.h — which item stands where in a table: finds the header among the first rows of a sheet,
 * reads its headings of one or several rows, or finds the column down which the items run.
 *
 * Serves both layout.c (workbooks) and the reader of CSV.  A CSV reader
 *   1. puts the first BIND_ROWS records into a grid (grid_add_text, a field a cell, trimmed,
 *      blanks left out; row = line of the file; grid_finish) and calls bind_table(…, 1, …);
 *   2. when that is false, or binding.table.down holds: such a file is small; it puts the whole
 *      file into a grid and hands a workbook of this one sheet to layout_read (layout.h), which
 *      also words the refusal;
 *   3. else calls bind_report, sink->begin(&binding.table), and reads the rows after
 *      table.header_row itself: an item's field is column table.place[item] (0: not there).
 *      For each row whose school code is blank or does not start with a digit it asks bind_row,
 *      and leaves out rows that are no school (ROW_TOTAL, ROW_NOTE, ROW_HEADER, ROW_BLANK) with
 *      bind_report_row. */
#pragma once
#include "import/grid.h"
#include "import/header.h"
#include "import/table.h"

enum {
    BIND_ROWS = 40,        /* so far down a header is looked for */
    BIND_COLUMNS = 2048,   /* so far right headings are read */
    BIND_LINES = 2000,     /* so far down items are read where they run down a column */
};

struct bind_request {
    const struct item_names *names;
    struct text file;      /* for findings */
    bool again;            /* a further table of a sheet: its header starts at from_row */
};

enum bound_state {
    BOUND_TAKEN,
    BOUND_UNUSED,          /* no item's name */
    BOUND_GUESS,           /* near an item's name: offered */
    BOUND_UNIT,            /* an item's name with a unit in which it is not asked: left out, an error */
    BOUND_TWICE,           /* an item that an earlier column has already: left out, an error */
    BOUND_OTHER_LEVEL,     /* a school's item in a county's table */
};

struct bound {             /* one heading */
    uint32_t row, column;  /* its lowest cell */
    struct text shown;     /* 专任教师>小学 */
    uint16_t item;         /* NO_ITEM where unused */
    enum bound_state state;
};

struct binding {
    struct table table;    /* the texts of file and sheet are the request's and the grid's */
    struct bound *bound;
    size_t n_bound;
    uint32_t first_row;    /* of the header; where `down`, of the items */
    uint32_t last_row;     /* where `down`: the last item's row */
    uint32_t name_column;  /* where `down` */
    uint32_t *value_columns;  /* where `down`: each one a school (table.value_column is the first) */
    size_t n_value_columns;   /* 0 there: no column of values was found */
    bool names_on_top;     /* where `down`: the schools' names stand above the value columns */
};

/* Looks for a table from `from_row` on.  What it makes lives in mem; reports nothing.
 *   Returns  false when no table is recognised: fewer than two items, or nothing but keys */
bool bind_table(struct arena *mem, const struct bind_request *request, const struct grid *grid,
                uint32_t from_row, struct binding *out);
/* Sends what is to be said about the headings: header.unused and header.guess (notes),
 * header.unit and header.twice (errors). */
void bind_report(const struct binding *binding, const struct bind_request *request,
                 const struct table_sink *sink, struct arena *scratch);

enum row_kind {
    ROW_DATA,
    ROW_BLANK,   /* nothing in the columns that are items, keys of the county and year apart */
    ROW_TOTAL,   /* 合计, 小计, 平均 … without a school code */
    ROW_NOTE,    /* 注：…, 填表人：… */
    ROW_HEADER,  /* the header again, as on each printed page */
};

/* What a row is.  Given fields[n], [column − 1], texts as they stand (blank: size 0). */
enum row_kind bind_row(const struct binding *binding, const struct bind_request *request,
                       const struct text *fields, size_t n, struct arena *scratch);
/* Says in a note why the row was left out; nothing for ROW_DATA and ROW_BLANK. */
void bind_report_row(const struct binding *binding, uint32_t row, enum row_kind kind, struct text shown,
                     const struct table_sink *sink);

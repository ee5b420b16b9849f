/* xls_book.h — what the sheets of an .xls share; made by xls.c, read by xls_sheet.c. */
#pragma once
#include "import/grid.h"
#include "import/xls_format.h"
#include "import/xls_record.h"

struct xls_string { uint32_t at, size; };  /* into `strings` */

struct xls_book {
    struct arena *mem;
    struct text stream;
    bool from_1904;
    struct buf strings;              /* the shared strings, one behind the other */
    struct xls_string *shared;
    size_t n_shared, shared_capacity;
    struct number_format *formats;   /* [XF]: of the style a cell points at */
    size_t n_formats;
    size_t cells, text_bytes;        /* of all sheets so far, against the caps */
};

/* Reads the sheet whose BOF stands at `at` into the grid.
 * Errors: ERR_INPUT where it is damaged, ERR_LIMIT beyond the caps of grid.h. */
bool xls_sheet(struct xls_book *book, size_t at, struct grid *grid, struct err *err) MUST_CHECK;
/* Whether a sheet of cells begins there (else a chart or a module). */
bool xls_is_worksheet(const struct xls_book *book, size_t at);
/* 「.xls 工作簿已损坏：…」 with the remedy; always false. */
bool xls_damaged(struct err *err, const char *format, ...) PRINTF(2, 3);

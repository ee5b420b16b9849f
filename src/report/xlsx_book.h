/* xlsx_book.h — an .xlsx in the making: begun, ended whole or not at all; what both writers of
 * workbooks need of libxlsxwriter. */
#pragma once
#include "base/err.h"
#include "base/text.h"
#include "report/xlsx_late.h"

struct xlsx_book {
    struct arena *mem;       /* of the maker; lives until xlsx_end */
    lxw_workbook *book;
    const char *path, *part; /* written beside the place, then renamed over it */
    const char *names[80];   /* of the sheets so far */
    size_t n_names;
    bool full;               /* something did not fit in */
};

/* Whether the file can be called so: Excel and WPS open a workbook only under a name in .xlsx. */
bool xlsx_path(const char *path, struct err *err) MUST_CHECK;
bool xlsx_begin(struct xlsx_book *x, struct arena *mem, const char *path, struct err *err) MUST_CHECK;
/* Adds a sheet: the name is cut and cleaned as Excel wants it, and made different from the others. */
lxw_worksheet *xlsx_add_sheet(struct xlsx_book *x, struct text name);
const char *xlsx_sheet_name(const struct xlsx_book *x);  /* of the sheet added last */
bool xlsx_end(struct xlsx_book *x, struct err *err) MUST_CHECK;

/* A zero-ended copy that XML can hold, at most `most` characters long (… where it was cut). */
const char *xlsx_text(struct arena *mem, struct text text, size_t most);

/* How a format looks; 0 and NULL where it does not matter. */
struct xlsx_look {
    double size;
    bool bold, wrap, centre, border, unlocked, top, link;
    unsigned fill, colour;   /* 0xRRGGBB; 0: none, black */
    const char *pattern;     /* of numbers: "@", "0", "yyyy-mm-dd" */
};
lxw_format *xlsx_format(struct xlsx_book *x, struct xlsx_look look);

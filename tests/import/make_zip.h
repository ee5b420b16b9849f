/* make_zip.h — small workbooks for tests, out of the XML that matters. */
#pragma once
#include "base/text.h"

struct zip_maker;
struct zip_maker *zip_maker_new(struct arena *mem);
void zip_maker_add(struct zip_maker *maker, const char *name, struct text bytes);   /* deflated */
void zip_maker_store(struct zip_maker *maker, const char *name, struct text bytes); /* as it is */
struct text zip_maker_bytes(struct zip_maker *maker);                               /* the whole file; once */

/* Each is the inside of its root element; NULL leaves the part out (or gives the plainest). */
struct xlsx_inside {
    const char *sheet;      /* of <worksheet>: "<sheetData>…</sheetData>" */
    const char *strings;    /* of <sst> */
    const char *styles;     /* of <styleSheet> */
    const char *book;       /* of <workbook> before <sheets>: "<workbookPr date1904=\"1\"/>" */
    const char *sheet_rels; /* of the sheet's <Relationships> */
    const char *part_name, *part;   /* one part more, whole */
    const char *part_name_2, *part_2;
};
/* One sheet, 「学校」, and everything around it. */
struct text make_xlsx(struct arena *mem, const struct xlsx_inside *inside);
/* The inside of <office:spreadsheet>, and of <office:automatic-styles> (NULL: none). */
struct text make_ods(struct arena *mem, const char *spreadsheet, const char *styles);

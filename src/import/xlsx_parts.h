/* xlsx_parts.h — which part of the package is what: the workbook, its sheets, styles, texts. */
#pragma once
#include "import/package.h"

#include <stdint.h>

/* One line of a .rels part.  `type` is the last word of the type's address ("worksheet"): the
 * strict and the transitional addresses end alike. */
struct relation { struct text id, type, target; };   /* target: path within the package; empty where outside */
struct relations { struct relation *at; size_t n, capacity; };

/* The relations of a part; none when it has no .rels. */
bool relations_read(struct arena *mem, struct package *package, struct text path, struct relations *out,
                    struct err *err) MUST_CHECK;
const struct relation *relation_by_id(const struct relations *relations, struct text id);
const struct relation *relation_by_type(const struct relations *relations, const char *type);
/* Where the relations of a part stand: xl/workbook.xml → xl/_rels/workbook.xml.rels. */
struct text relations_path(struct arena *mem, struct text path);

struct xlsx_sheet_part { struct text name, id; bool hidden; size_t part; };

struct xlsx_parts {
    size_t workbook, strings, styles;    /* NO_PART when not there */
    bool from_1904;                      /* days are counted from 1904-01-01 */
    struct xlsx_sheet_part *sheets;      /* worksheets in the user's order */
    size_t n_sheets;
};

bool xlsx_parts_read(struct arena *mem, struct package *package, struct xlsx_parts *out, struct err *err) MUST_CHECK;

/* schools_asked.h — what of the list of schools is asked for, as it travels in addresses: stage, filters, search,
 * order, page.  Every link of the list, of a school's page and of the export is made from it. */
#pragma once
#include "report/compose_matrix.h"
#include "web/request.h"

struct schools_asked {
    struct matrix_filter filter;
    bool stage_given;
    struct text year;        /* as asked; empty: the latest */
    size_t page;             /* from 1 */
};

/*   Errors  ERR_USAGE: a value that is not there */
bool schools_asked(const struct request *request, const struct composing *c, struct schools_asked *out, struct err *err) MUST_CHECK;
/* "/schools?stage=primary&verdict=unmet&sort=L4": `path`, then what was asked for. */
struct text schools_path(const struct composing *c, const struct schools_asked *asked, const char *path);
/* "/schools/2101?stage=primary": a school's page, which finds its neighbours by it. */
struct text school_path(const struct composing *c, const struct schools_asked *asked, struct text code, const char *behind);
/* The word of an order in addresses: "verdict", "L4". */
struct text schools_sort_code(const struct composing *c, const struct matrix_filter *filter);
/* Whether any filter narrows the list down. */
bool schools_narrowed(const struct schools_asked *asked);
/* 「乡镇：柳林镇；结论：不达标；按骨干教师排」, for paper and workbooks. */
struct text schools_filter_words(const struct request *request, const struct composing *c, const struct schools_asked *asked,
                                 const struct matrix *matrix);

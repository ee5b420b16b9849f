/* template_maker.h — the sheets of the workbook that schools and the county fill in: blank (write_template.h), or
 * holding what was returned (write_returns.h). */
#pragma once
#include "model/edition.h"
#include "model/returns.h"
#include "report/xlsx_book.h"

struct template_looks { lxw_format *title, *note, *key, *heading, *unit, *plain, *wrapped, *input, *input_text, *input_whole; };

struct template_maker {
    struct xlsx_book x;
    const struct edition *edition;
    const struct item_list *items;
    struct template_looks looks;
    /* What stands in the cells; NULL: nothing, the sheets are blank. */
    const struct returns *returns;
    size_t county;               /* index of the county and year */
    const bool *visible;         /* [row of the returns]; NULL: all */
    /* of the sheet being made */
    const struct item **asked;   /* in order */
    size_t n, written;           /* items; rows of schools */
};

/* Call once the book is begun. */
void template_make_looks(struct template_maker *maker);
void template_schools(struct template_maker *maker);       /* 学校填报表; sets written */
void template_county(struct template_maker *maker);        /* 区县填报表 */
/* 填报说明: all items of a level with all that is known of them. */
void template_explanations(struct template_maker *maker, enum item_level level);
/* A text in a cell, counted from 0, with a look of this book. */
void template_write(const struct template_maker *maker, lxw_worksheet *sheet, size_t row, size_t column, struct text text,
                    lxw_format *look);

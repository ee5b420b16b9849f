/* template_item.h — how one item is asked for: in words, as a rule of the cell, as a pattern. */
#pragma once
#include "model/item.h"
#include "report/xlsx_book.h"

/* 「不小于 0 的整数」, 「从下拉列表中选一项」… */
struct text ask_in_words(const struct item_list *items, const struct item *item);
/* The choices: 「公办、民办…」, 「是、否」; empty where there are none. */
struct text ask_choices(struct arena *mem, const struct item *item);
/* 必填: without it the row cannot be told. */
bool ask_is_needed(const struct item_list *items, const struct item *item);
/* "@" for texts (leading zeros survive), "0" for whole numbers, else NULL. */
const char *ask_pattern(const struct item *item);
/* Puts the rule on the cells from (row, column) to (last_row, column), counted from 0. */
void ask_by_rule(struct arena *mem, lxw_worksheet *sheet, const struct item_list *items, const struct item *item,
                 lxw_row_t row, lxw_row_t last_row, lxw_col_t column);

/* narrowing.h — words that make another figure of an item: 高中 over 班级数, 生均 before 用房面积. */
#pragma once
#include "model/item.h"

/* Whether one of the item's names holds this folded text. */
bool held_by_a_name(const struct item *item, struct text folded, struct arena *scratch);
/* “小学部”, “学生情况(初中)”: the folded text speaks of one stage, and the item's names do not. */
bool speaks_of_a_stage(struct text folded, const struct item *item, struct arena *scratch);
/* The folded text holds a word that changes what is counted (上学年, 女, 生均 …), and the item's
 * names do not. */
bool narrows(struct text folded, const struct item *item, struct arena *scratch);

/* words.h — how figures read: digits, units, commas.  Rounding is for show alone; where it would say
 * the opposite of the verdict, digits are added until it does not.
 *
 * A blank reads 「缺」: never 0, never a dash. */
#pragma once
#include "model/assessment.h"

struct text words_count(struct arena *mem, double n);                 /* 61,234; a fraction keeps its digits */
struct text words_fixed(struct arena *mem, double x, int decimals);   /* commas, halves away from zero */
/* A level (2 decimals): never reads as reaching threshold or floor when it does not, nor the reverse. */
struct text words_level(struct arena *mem, double value, const struct level *level, enum state state);
/* A coefficient (3 decimals) beside its limit. */
struct text words_cv(struct arena *mem, double cv, double limit, enum state met);
struct text words_share(struct arena *mem, double share);             /* 0.411 → 41.1% */
/* A rule's value or threshold in the rule's unit: 12.3%, 8 所, 8,200 元/生, 2 件.  `state` keeps the
 * rounding honest; STATE_NO_DATA does not. */
struct text words_rule_value(struct arena *mem, const struct rule *rule, double value, enum state state);
struct text words_rule_limit(struct arena *mem, const struct rule *rule); /* 「不低于 10%」 */
/* A quantity in a sentence, rounded up: 2 名, 3 间, 412 平方米, 3.86 万元, 1.20 亿元. */
struct text words_quantity(struct arena *mem, struct text quantity, double n);
/* What a level counts, without 「每百名学生拥有…数」 or 「生均…面积」: 县级以上骨干教师, 体育运动场馆. */
struct text words_resource(const struct level *level);
/* 再配 (persons), 添 (money), 增 (all else): how a need of it begins. */
struct text words_need_verb(const struct level *level);
/* A figure as an item is returned: with its unit; enums and flags by name. */
struct text words_figure(struct arena *mem, const struct item *item, double value, struct text text);
struct text words_year(struct arena *mem, int year);                  /* 2025学年 */
struct text words_county(struct arena *mem, const struct county_year *county); /* its name, else 「代码 410185 的县」 */
/* A set's name where it may be empty: 「未填」. */
struct text words_set(struct text name);

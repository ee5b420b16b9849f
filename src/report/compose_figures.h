/* compose_figures.h — a school's returned figures: who it is, what it has, what rules that every school must keep
 * say of it. */
#pragma once
#include "report/compose_school.h"

/* An item's name: its Chinese one, or its code as words. */
struct text say_item(struct arena *mem, const struct item *item, bool english);
/* A figure without its unit: 812, 是, 镇区; 缺 where blank. */
struct text say_figure(struct arena *mem, const struct item *item, double value, struct text text, bool english);
/* The figures of a school (its rows by year) in groups: 学生, 教师, 校舍和场地 …; items nobody ever reported for it are
 * left out. */
struct figure_group *compose_figure_groups(const struct composing *c, const uint32_t *rows, size_t n_years, size_t *n_out);
/* A figure as returned; a total that is blank is the sum of its known stages (班级总数: 小学班级数 + 初中班级数). */
double compose_known(const struct composing *c, uint32_t row, uint16_t item);
struct school_fact *compose_facts(const struct composing *c, uint32_t row, size_t *n_out);
struct school_rule *compose_school_rules(const struct composing *c, uint32_t row, size_t *n_out);
/* The figures a rule rests on, of one school with its parts: 「班级 18 个班，最大班额 45 人」. */
struct text compose_rule_figures(const struct composing *c, uint32_t row, const struct rule *rule, bool blanks_too);
/* The groups of a school's items: who it is, pupils, teachers, … */
enum { N_FIGURE_GROUPS = 9 };
size_t compose_group_of(const struct item *item);
struct text compose_group_name(size_t group, bool english);

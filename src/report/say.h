/* say.h — the words of pages in the reader's language: Chinese, or English where `english`.  What a figure is
 * called, how many of it are missing, what a verdict is; rounding is that of words.h. */
#pragma once
#include "report/composing.h"

struct text say_state(enum state state, bool english);          /* 达标 · met */
/* 达标, 达标（6/7）, 不达标, 缺数据 */
struct text say_verdict(struct arena *mem, enum state verdict, unsigned met, size_t n_levels, bool english);
struct text say_stage(enum stage stage, bool english);          /* 小学 · primary */
struct text say_level(const struct level *level, bool english); /* 骨干教师 · Backbone teachers */
struct text say_level_whole(const struct level *level, bool english);
/* A rule by its short name, a part of one (G11b) by its own. */
struct text say_rule_name(const struct edition *edition, const struct rule *rule, bool english);
struct text say_blank(bool english);                            /* 缺 · missing */
struct text say_year(struct arena *mem, int year, bool english);/* 2025学年 · 2025 */
struct text say_county(struct arena *mem, const struct county_year *county, bool english);
struct text say_unit(struct text unit, bool english);           /* m²/生 · m² per pupil */
struct text say_value(struct arena *mem, double value, const struct level *level, enum state state, bool english);
struct text say_number(struct arena *mem, double x, bool english);                 /* 4.2 · 2,000 */
struct text say_cv(struct arena *mem, const struct cv_result *cv, double limit, bool english);
struct text say_change(struct arena *mem, double change, int decimals);            /* +0.12, −0.12; empty where blank */
struct text say_share(struct arena *mem, double share, bool english);              /* 41.1% */
/* Rounded up: 2 名, 412 m², 3 间, 3.86 万元 · 2, 412 m², 38,600 yuan */
struct text say_quantity(struct arena *mem, struct text quantity, double n, bool english);
/* 再配 2 名骨干教师, 增 412 m² 运动场地 · backbone teachers +2.  `verb` false: without 再配. */
struct text say_need(struct arena *mem, const struct level *level, double n, bool verb, bool english);
/* What the cheapest way asks of a school: 「再配 2 名骨干教师、增 412 m² 运动场地」; empty where nothing, or nothing
 * is known to. */
struct text say_needs(struct arena *mem, const struct school_need *need, bool english);
/* Money for a table, in 万元: 1,343.09; 「待试算」 where blank. */
struct text say_cost(struct arena *mem, double yuan, bool english);
/* Money in a sentence: 「约 386 万元」. */
struct text say_about_money(struct arena *mem, double yuan, bool english);
struct text say_lower(struct arena *mem, struct text english);  /* "Backbone teachers" inside a sentence; "PE" stays */
struct text say_list(struct arena *mem, const struct text *parts, size_t n, bool english); /* 甲、乙 · A, B */

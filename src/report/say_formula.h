/* say_formula.h — an edition's formula as people read it: items by their names, × ÷ − as signs. */
#pragma once
#include "report/composing.h"

/* 「运动场地面积 + 室内体育用房面积」 for "area_outdoor_sports_m2 + area_indoor_sports_m2". */
struct text say_formula(struct arena *mem, const struct edition *edition, struct text formula, bool english);
/* A level's whole rule: 「（运动场地面积 + 室内体育用房面积）÷ 小学在校生数」. */
struct text say_level_formula(struct arena *mem, const struct edition *edition, enum stage stage, const struct level *level, bool english);
/* How what several stages share is split; empty where it is not. */
struct text say_split(struct arena *mem, const struct edition *edition, const struct level *level, bool english);

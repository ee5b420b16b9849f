/* say_assessed.h — what the engine found, as sentences in the reader's language. */
#pragma once
#include "report/compose_county.h"
#include "report/composing.h"

/* compose_cv_words, or the same in English. */
struct text say_cv_words(const struct composing *c, const struct stage_assessment *stage, size_t level);
/* The bounds of an undecided coefficient: 「0.470—0.490」; empty where it is decided by its figure. */
struct text say_cv_bounds(const struct composing *c, const struct stage_assessment *stage, size_t level);
/* compose_rule_words of the county shown, or the same in English; names no school where not all may be seen. */
struct text say_rule_words(const struct composing *c, const struct rule_result *result);
/* The same for where there is little room: names a school only where it is the only one that fails. */
struct text say_rule_short(const struct composing *c, const struct rule_result *result);
/* A rule's value in its unit, without its limit: 17.2%, 4 所; 「缺」; empty where a person alone judges. */
struct text say_rule_value(const struct composing *c, const struct rule_result *result);
struct text say_rule_limit(const struct composing *c, const struct rule *rule);  /* 「不低于 10%」; empty: none */
/* compose_county_sentence, or the same in English. */
struct text say_county_sentence(const struct composing *c, const struct blocks *blocks);

/* verdict.h — is it enough?  The decisions of the method, each in one place.  Pure, no allocation.
 *
 * Decisions are those of exact arithmetic (domain specification §2.5): figures have at most two
 * decimals, and a relative slack of 1e-12 lets binary fractions decide as fractions would. */
#pragma once
#include "base/number.h"
#include "model/assessment.h"

#include <math.h>

#define VERDICT_SLACK 1e-12
#define VERDICT_CV_SLACK 1e-9

/* Does `amount` reach `threshold` for so many pupils?  Missing never does.  Rule: k·R ≥ t·n. */
static inline bool verdict_reaches(double amount, double per, double threshold, double pupils)
{
    return amount * per >= threshold * pupils * (1 - VERDICT_SLACK);
}

/* 达标, 达到85%, 不达标, 缺数据 of one unit in one level; 不适用 where the edition sets no threshold. */
enum state verdict_of_level(const struct level *level, double amount, double pupils);
/* 临界: within the share `close` of the threshold or the floor, or the figure as shown (two decimals)
 * reaches the threshold and the exact one does not. */
bool verdict_close_to_level(const struct level *level, double close, double value, enum state state);

/* Does the coefficient pass?  From its limits where units are missing; 不适用 without a limit. */
enum state verdict_of_cv(double limit, double low, double high);
bool verdict_close_to_cv(double limit, double close, double cv);

/* A school's stage: at least `least_met` levels met and none below its floor.  BELOW as soon as what is
 * missing can no longer heal it; 不适用 when the edition sets no threshold at all. */
enum state verdict_of_unit(size_t least_met, size_t met, size_t near, size_t below, size_t missing);

/* A number against the threshold of a rule; no_data for a blank. */
enum state verdict_of_number(enum rule_compare compare, double threshold, double value);
bool verdict_close_to_threshold(enum rule_compare compare, double threshold, double close, double value);

/* Both must hold: unmet if one fails, else no_data if one is missing, else met.  不适用 asks nothing. */
enum state verdict_and(enum state a, enum state b);

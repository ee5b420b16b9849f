#include "indicator/verdict.h"

enum { SHOWN_LEVEL = 2, SHOWN_CV = 3 };  /* decimals on paper (§2.5) */

enum state verdict_of_level(const struct level *level, double amount, double pupils)
{
    if (is_blank(amount) || is_blank(pupils))
        return STATE_NO_DATA;
    if (is_blank(level->at_least))
        return STATE_NOT_APPLICABLE;
    if (verdict_reaches(amount, level->per, level->at_least, pupils))
        return STATE_MET;
    return verdict_reaches(amount, level->per, level->at_least * level->floor, pupils) ? STATE_NEAR : STATE_BELOW;
}

static bool within(double value, double limit, double close)
{
    return fabs(value - limit) <= (close + VERDICT_SLACK) * fabs(limit);
}

bool verdict_close_to_level(const struct level *level, double close, double value, enum state state)
{
    if (state == STATE_NO_DATA || state == STATE_NOT_APPLICABLE)
        return false;
    if (within(value, level->at_least, close) || within(value, level->at_least * level->floor, close))
        return true;
    /* Rounding moves a figure by half a hundredth at most. */
    return state != STATE_MET && value >= level->at_least - 0.0051 &&
           number_round(value, SHOWN_LEVEL) >= level->at_least;
}

enum state verdict_of_cv(double limit, double low, double high)
{
    if (is_blank(limit))
        return STATE_NOT_APPLICABLE;
    if (low > limit + VERDICT_CV_SLACK)
        return STATE_BELOW;
    return high <= limit + VERDICT_CV_SLACK ? STATE_MET : STATE_NO_DATA;
}

bool verdict_close_to_cv(double limit, double close, double cv)
{
    if (is_blank(limit) || is_blank(cv))
        return false;
    return within(cv, limit, close) ||
           (cv > limit + VERDICT_CV_SLACK && cv <= limit + 0.00051 && number_round(cv, SHOWN_CV) <= limit);
}

enum state verdict_of_unit(size_t least_met, size_t met, size_t near, size_t below, size_t missing)
{
    if (!met && !near && !below && !missing)
        return STATE_NOT_APPLICABLE;
    if (below || met + missing < least_met)
        return STATE_BELOW;
    return missing ? STATE_NO_DATA : STATE_MET;
}

enum state verdict_of_number(enum rule_compare compare, double threshold, double value)
{
    const double slack = VERDICT_SLACK * fabs(threshold);
    bool met = true;
    if (is_blank(value))
        return STATE_NO_DATA;
    switch (compare) {
    case COMPARE_NONE: break;
    case COMPARE_AT_LEAST: met = value >= threshold - slack; break;
    case COMPARE_AT_MOST: met = value <= threshold + slack; break;
    case COMPARE_BELOW: met = value < threshold - slack; break; /* strict: 0.15 does not pass < 0.15 */
    }
    return met ? STATE_MET : STATE_BELOW;
}

bool verdict_close_to_threshold(enum rule_compare compare, double threshold, double close, double value)
{
    return compare != COMPARE_NONE && threshold != 0 && within(value, threshold, close);
}

enum state verdict_and(enum state a, enum state b)
{
    if (a == STATE_NOT_APPLICABLE)
        return b;
    if (b == STATE_NOT_APPLICABLE)
        return a;
    if (a == STATE_BELOW || b == STATE_BELOW)
        return STATE_BELOW;
    return a == STATE_NO_DATA || b == STATE_NO_DATA ? STATE_NO_DATA : STATE_MET;
}

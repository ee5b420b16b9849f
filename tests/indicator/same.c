#include "same.h"

static bool same_bits(double a, double b)
{
    return (is_blank(a) && is_blank(b)) || !memcmp(&a, &b, sizeof a);
}

static void check_figure(double got, double expected, const char *what, const char *stage, size_t l, size_t k)
{
    if (!same_bits(got, expected))
        fail_msg("%s of %s level %zu unit %zu is %.17g, expected %.17g", what, stage, l, k, got, expected);
}

static void check_column(const double *got, const double *expected, size_t n, const char *what, const char *stage, size_t l)
{
    assert_int_equal(!got, !expected);
    for (size_t k = 0; got && k < n; k++)
        check_figure(got[k], expected[k], what, stage, l, k);
}

static void check_stage(const struct stage_assessment *got, const struct stage_assessment *expected)
{
    const char *const stage = stage_code(expected->stage).at;
    assert_int_equal(got->stage, expected->stage);
    assert_int_equal(got->n, expected->n);
    assert_memory_equal(got->row, expected->row, got->n * sizeof *got->row);
    check_figure(got->pupils, expected->pupils, "pupils", stage, 0, 0);
    check_figure(got->combined_cv, expected->combined_cv, "combined", stage, 0, 0);
    assert_int_equal(got->passing, expected->passing);
    assert_int_equal(got->combined_met, expected->combined_met);
    assert_int_equal(got->verdict, expected->verdict);
    assert_memory_equal(got->unit_verdict, expected->unit_verdict, got->n);
    assert_memory_equal(got->unit_met, expected->unit_met, got->n);
    check_column(got->unit_pupils, expected->unit_pupils, got->n, "pupils", stage, 0);
    for (size_t l = 0; l < got->n_levels; l++) {
        const struct cv_result *const a = &got->cv[l], *const b = &expected->cv[l];
        check_figure(a->mean, b->mean, "mean", stage, l, 0);
        check_figure(a->sd, b->sd, "sd", stage, l, 0);
        check_figure(a->cv, b->cv, "cv", stage, l, 0);
        check_figure(a->low, b->low, "low", stage, l, 0);
        check_figure(a->high, b->high, "high", stage, l, 0);
        assert_int_equal(a->met, b->met);
        assert_int_equal(a->close, b->close);
        assert_int_equal(a->units_met, b->units_met);
        assert_int_equal(a->units_near, b->units_near);
        assert_int_equal(a->units_below, b->units_below);
        assert_int_equal(a->units_missing, b->units_missing);
        check_column(got->value[l], expected->value[l], got->n, "value", stage, l);
        check_column(got->missing[l], expected->missing[l], got->n, "missing", stage, l);
        check_column(got->missing_to_floor[l], expected->missing_to_floor[l], got->n, "missing to floor", stage, l);
        check_column(got->share[l], expected->share[l], got->n, "share", stage, l);
        assert_memory_equal(got->state[l], expected->state[l], got->n);
        assert_memory_equal(got->close[l], expected->close[l], got->n);
        assert_int_equal(!got->estimated[l], !expected->estimated[l]);
        if (got->estimated[l])
            assert_memory_equal(got->estimated[l], expected->estimated[l], got->n);
    }
}

void check_same_county(const struct county_assessment *got, const struct county_assessment *expected)
{
    assert_int_equal(got->n_stages, expected->n_stages);
    for (size_t s = 0; s < got->n_stages; s++)
        check_stage(&got->stages[s], &expected->stages[s]);
    assert_int_equal(got->n_rules, expected->n_rules);
    for (size_t k = 0; k < got->n_rules; k++) {
        const struct rule_result *const a = &got->rules[k], *const b = &expected->rules[k];
        if (a->rule != b->rule || !same_bits(a->value, b->value) || a->state != b->state || a->close != b->close ||
            a->schools != b->schools || a->failing != b->failing || a->unknown != b->unknown)
            fail_msg("rule %.*s: value %.17g state %d schools %zu failing %zu unknown %zu, expected %.17g %d %zu %zu %zu",
                     TEXT_ARG(b->rule->id), a->value, (int)a->state, a->schools, a->failing, a->unknown, b->value,
                     (int)b->state, b->schools, b->failing, b->unknown);
    }
    assert_int_equal(got->verdict, expected->verdict);
}

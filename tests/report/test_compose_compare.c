#include "paged.h"

#include "report/compose_compare.h"

/* The small county with figures of its latest year changed. */
static struct comparison *tried(struct paged *p, size_t n, const char *const (*where)[2], const double *value)
{
    struct bed changed = p->bed;
    struct change *changes = arena_array(p->c.mem, n, struct change);
    changed.returns = returns_copy(p->bed.returns, p->bed.mem);
    for (size_t i = 0; i < n; i++) {
        const size_t row = composing_row(p->assessment, composing_county(&p->c), text_of(where[i][0]));
        const uint16_t item = bed_item(&p->bed, where[i][1]);
        changes[i] = (struct change){ .item = item, .county = (uint32_t)p->c.year, .school = text_of(where[i][0]), .name = composing_name(&p->c, row),
                                      .before = returns_number(p->bed.returns, row, item), .after = value[i] };
        returns_put_number(changed.returns, row, item, value[i]);
    }
    struct assessment *after = arena_make(p->bed.mem, struct assessment);
    *after = bed_assess(&changed);
    return compose_compare(&p->c, after, changes, n, prices_usual());
}

/* Two backbone teachers go from A to B: x = 1.8, 1, 2, 2, 2; X stays 1.76; S² = 0.4·0.04² + 0.16·0.76² + 0.44·0.24² = 0.1184;
 * CV = 0.3441 / 1.76 = 0.1955. */
TEST(compare, shows_what_a_trial_changes)
{
    struct paged p = paged_small();
    static const char *const WHERE[][2] = { { "A", "teachers_backbone_primary" }, { "B", "teachers_backbone_primary" } };
    const struct comparison *x = tried(&p, 2, WHERE, (const double[]){ 18, 4 });
    CHECK_TEXT(x->sentence, "改 2 处：小学达标 3 → 4 所。");
    CHECK_TEXT(x->second, "没有变差的。");
    const struct compare_level *backbone = &x->stages[0].levels[1];
    CHECK_TEXT(backbone->before_words, "0.312");
    CHECK_TEXT(backbone->after_words, "0.196");
    CHECK_NEAR(backbone->after, 0.195507, 1e-6);
    CHECK(backbone->changed && !backbone->worse);
    CHECK_INT(backbone->before_met, 4);
    CHECK_INT(backbone->after_met, 5);
    CHECK(!x->stages[0].levels[0].changed);
    CHECK_INT(x->n_schools, 1);
    CHECK_TEXT(x->schools[0].name, "柳林镇中心小学");
    CHECK_TEXT(x->schools[0].before_words, "不达标");
    CHECK_TEXT(x->schools[0].after_words, "达标（6/7）");
    CHECK_TEXT(x->changes[1].before_words, "2");
    CHECK_TEXT(x->changes[1].difference_words, "+2");
    CHECK_TEXT(x->changes[1].left, "达到");
    CHECK_TEXT(x->changes[0].difference_words, "−2");
    CHECK_TEXT(x->changes[0].cost_words, "0.00");
    CHECK_TEXT(x->before_verdict_words, "不达标");
    p.c.english = true;
    CHECK_TEXT(tried(&p, 2, WHERE, (const double[]){ 18, 4 })->sentence, "Figures changed: 2: primary schools that pass 3 → 4.");
    paged_free(&p);
}

/* x = 8, 6.97, 8, 6.333, 10: X = 20288 / 2500 = 8.1152, S² = 0.0053 + 0.2098 + 0.0011 + 0.3810 + 0.8526 = 1.4498,
 * CV = 1.2041 / 8.1152 = 0.1484. */
TEST(compare, always_names_what_gets_worse)
{
    struct paged p = paged_small();
    static const char *const WHERE[][2] = { { "D", "area_outdoor_sports_m2" } };
    const struct comparison *x = tried(&p, 1, WHERE, (const double[]){ 1900 }); /* 6.33 m², below 6.375 */
    CHECK_TEXT(x->sentence, "改 1 处：小学达标 3 → 2 所。");
    CHECK_TEXT(x->second, "变差的：小学运动场地的差异系数 0.136 → 0.148，上升；朝阳小学（小学）达标（6/7） → 不达标。");
    CHECK_INT(x->n_worse, 2);
    CHECK(x->schools[0].worse);
    CHECK_TEXT(x->changes[0].left, "增 350 m² 运动场地"); /* 7.5 · 300 − 1900 */
    CHECK_INT(x->changes[0].state, STATE_BELOW);
    CHECK_TEXT(x->changes[0].cost_words, "0.00"); /* less of something saves nothing */
    paged_free(&p);
}

/* Three more teachers at B, two fewer at A: one is hired, at 90,000 yuan.  212 m² of grounds at 600 yuan: 127,200. */
TEST(compare, estimates_the_cost_and_hires_nobody_who_only_moves)
{
    struct paged p = paged_small();
    static const char *const WHERE[][2] = { { "A", "teachers_above_degree_primary" }, { "B", "teachers_above_degree_primary" },
                                            { "B", "area_outdoor_sports_m2" }, { "B", "equipment_value_10k_yuan" } };
    const struct comparison *x = tried(&p, 4, WHERE, (const double[]){ 48, 23, 3000, 103 });
    CHECK_NEAR(x->moved, 2, 0);
    CHECK_TEXT(x->changes[1].cost_words, "27.00");
    CHECK_TEXT(x->changes[2].cost_words, "12.72");
    CHECK_TEXT(x->changes[3].cost_words, "3.00");
    CHECK_NEAR(x->cost, 90000 + 127200 + 30000, 1e-6);
    CHECK_TEXT(x->cost_words, "24.72");
    CHECK_CONTAINS(x->sentence, "改 4 处，约 25 万元：");
    paged_free(&p);
}

TEST(compare, puts_scenarios_side_by_side)
{
    struct paged p = paged_small();
    static const char *const FIRST[][2] = { { "B", "teachers_backbone_primary" } }, *const SECOND[][2] = { { "E", "teachers_backbone_junior" } };
    const struct comparison *const both[] = { tried(&p, 1, FIRST, (const double[]){ 4 }), tried(&p, 1, SECOND, (const double[]){ 3 }) };
    const struct trials *t = compose_trials(&p.c, both, 2);
    CHECK_TEXT(t->rows[0].name, "达标的小学");
    CHECK_TEXT(t->rows[0].now, "3");
    CHECK_TEXT(t->rows[0].cells[0], "4");
    CHECK_TEXT(t->rows[0].cells[1], "3");
    CHECK_TEXT(t->rows[1].cells[1], "1");
    CHECK_TEXT(t->rows[2].name, "超限的差异系数");
    CHECK_TEXT(t->rows[3].name, "小学骨干教师的差异系数");
    CHECK_TEXT(t->rows[3].cells[1], "0.312");
    CHECK_TEXT(t->rows[t->n_rows - 1].name, "约需（万元，估算）");
    CHECK_INT(t->n_rows, 5);
    paged_free(&p);
}

TEST(compare, shows_a_rule_that_changes)
{
    struct paged p = paged_small();
    static const char *const WHERE[][2] = { { "A", "pupils_primary" } };
    const struct comparison *x = tried(&p, 1, WHERE, (const double[]){ 2100 }); /* above 2,000 */
    CHECK_INT(x->n_rules, 1);
    CHECK_TEXT(x->rules[0].name, "学校规模");
    CHECK_TEXT(x->rules[0].before_words, "0 所");
    CHECK_TEXT(x->rules[0].after_words, "1 所");
    CHECK(x->rules[0].worse);
    CHECK_TEXT(x->changes[0].left, "");
    paged_free(&p);
}

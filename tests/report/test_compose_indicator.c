#include "paged.h"

#include "report/compose_indicator.h"

/* S² = 0.3024 (see test_compose_overview.c); each school's part P/P_N·(x − X)²: B 0.254016, A 0.02304, E 0.013824,
 * D 0.006912, C 0.004608. */
TEST(level, says_who_makes_the_spread_the_largest_first)
{
    struct paged p = paged_small();
    const struct level_view *v = compose_level(&p.c, STAGE_PRIMARY, TEXT("L2"));
    static const struct { const char *code, *share, *running; } ORDER[] = {
        { "B", "84.0%", "84%" }, { "A", "7.6%", "92%" }, { "E", "4.6%", "96%" }, { "D", "2.3%", "98%" }, { "C", "1.5%", "100%" },
    };
    CHECK_INT(v->n_units, 5);
    for (size_t i = 0; i < 5; i++) {
        CHECK_TEXT(v->units[i].code, ORDER[i].code);
        CHECK_TEXT(v->units[i].share_words, ORDER[i].share);
        CHECK_TEXT(v->units[i].running_words, ORDER[i].running);
    }
    CHECK(!v->units[0].above && v->units[1].above);
    CHECK_TEXT(v->sentence, "1 所小学不到 1 人/百生。差异系数 0.312，不超过上限 0.500。");
    CHECK_TEXT(v->mean_words, "1.76");
    CHECK_TEXT(v->floor_words, "0.85");
    CHECK_NEAR(v->least, 0.5, 1e-12);
    CHECK_NEAR(v->greatest, 2, 1e-12);
    CHECK_TEXT(v->previous.id, "L1");
    CHECK_TEXT(v->next.name, "体育艺术教师");
    p.c.english = true;
    CHECK_TEXT(compose_level(&p.c, STAGE_PRIMARY, TEXT("L2"))->sentence,
               "Below 1 per 100 pupils: 1 of 5 primary schools. Coefficient 0.312, within the limit 0.500.");
    CHECK(!compose_level(&p.c, STAGE_PRIMARY, TEXT("L9")));
    paged_free(&p);
}

TEST(level, does_not_decide_what_is_not_known)
{
    struct paged p = paged_small();
    const struct level_view *v = compose_level(&p.c, STAGE_PRIMARY, TEXT("L7"));
    CHECK_TEXT(v->sentence, "有数据的小学都不低于 2.3 间/百生。缺 1 所学校的数据。无论它报多少，都在 0.000 和 0.000 之间，不超限。");
    CHECK_TEXT(v->cv_words, "缺");
    CHECK_TEXT(v->bounds, "0.000—0.000");
    CHECK_TEXT(v->units[0].share_words, "");
    CHECK_BLANK(v->units[0].running);
    CHECK_INT(v->units[0].state, STATE_NO_DATA); /* first who lacks data, then the least */
    CHECK(v->units[1].value <= v->units[2].value && v->units[2].value <= v->units[3].value);
    CHECK_INT(v->missing, 1);
    paged_free(&p);
}

TEST(level, parts_town_and_country)
{
    struct paged p = paged_small();
    const struct level_view *v = compose_level(&p.c, STAGE_PRIMARY, TEXT("L5"));
    CHECK_INT(v->n_areas, 3);
    CHECK_TEXT(v->areas[0].name, "城区");
    CHECK_TEXT(v->areas[1].name, "镇区");
    CHECK_TEXT(v->areas[2].name, "乡村");
    CHECK_TEXT(v->areas[1].mean_words, "6.97");
    CHECK_INT(v->areas[2].schools, 3);
    CHECK_NEAR(v->areas[2].mean, (200 * 8 + 300 * 6.9 + 600 * 10) / 1100, 1e-9);
    CHECK_INT(v->areas[2].near, 1);
    CHECK_NEAR(v->areas[2].least, 6.9, 1e-9);
    for (size_t i = 0; i < v->n_units; i++)
        CHECK(text_equal(v->areas[v->units[i].area_at].name, v->units[i].area));
    paged_free(&p);
}

TEST(level, says_how_it_is_defined_and_where_it_stands)
{
    struct paged p = paged_small();
    const struct level_view *grounds = compose_level(&p.c, STAGE_JUNIOR, TEXT("L5")), *backbone = compose_level(&p.c, STAGE_PRIMARY, TEXT("L2")),
                            *rooms = compose_level(&p.c, STAGE_PRIMARY, TEXT("L4"));
    CHECK_TEXT(grounds->definition, "（运动场地面积 + 室内体育用房面积） ÷ 初中在校生数");
    CHECK_TEXT(backbone->definition, "小学县级以上骨干教师数 × 100 ÷ 小学在校生数");
    CHECK_TEXT(rooms->definition, "取大（教学及辅助用房面积 − 室内体育用房面积；0） ÷ 小学在校生数");
    CHECK_TEXT(backbone->split, "");
    CHECK_TEXT(grounds->split, "几个学段共用的，先按学生数 × 1 : 1.1 : 1.32（小学、初中、高中）分到各学段。");
    CHECK_TEXT(grounds->clause, "教督〔2017〕6号 第六条（五）");
    CHECK_TEXT(grounds->edition, "cn-2017");
    CHECK_INT(grounds->n_years, 2);
    CHECK_TEXT(backbone->years[0].cv_words, "0.000");
    CHECK_TEXT(backbone->years[1].cv_words, "0.312");
    CHECK_INT(backbone->years[1].met, 4);
    paged_free(&p);
}

TEST(level, names_only_the_schools_that_may_be_seen)
{
    struct paged p = paged_small();
    bool *visible = arena_array(p.c.mem, p.bed.returns->n, bool);
    visible[composing_row(p.assessment, composing_county(&p.c), TEXT("A"))] = true;
    p.c.visible = visible;
    const struct level_view *v = compose_level(&p.c, STAGE_PRIMARY, TEXT("L2"));
    CHECK_INT(v->n_units, 1);
    CHECK_TEXT(v->units[0].running_words, "92%"); /* B's share is counted all the same */
    CHECK_INT(v->schools, 5);
    paged_free(&p);
}

TEST(rule, shows_its_parts_and_its_years)
{
    struct paged p = paged_sample();
    const struct rule_view *v = compose_rule(&p.c, TEXT("G11"));
    CHECK_TEXT(v->name, "交流轮岗");
    CHECK_TEXT(v->sentence, "交流轮岗：不达标。骨干教师占交流轮岗教师的比例：17.5%，应不低于 20%。");
    CHECK_INT(v->n_parts, 2);
    CHECK_TEXT(v->parts[0].value_words, "12.0%");
    CHECK_INT(v->parts[0].n_years, 3);
    CHECK_INT(v->parts[1].years[2].state, STATE_BELOW);
    CHECK_TEXT(v->parts[0].definition, "实际交流轮岗教师数 ÷ 符合交流条件教师总数");
    CHECK_TEXT(v->clause, "教督〔2017〕6号 第七条（十一）");
    CHECK_TEXT(compose_rule(&p.c, TEXT("Q2"))->sentence, "残疾儿童入学率：缺数据。");
    CHECK_TEXT(compose_rule(&p.c, TEXT("X7"))->mark.value, "88.4%");
    CHECK(compose_rule(&p.c, TEXT("G7"))->parts[1].shown_only);
    CHECK(!compose_rule(&p.c, TEXT("G99")));
    paged_free(&p);
}

/* 青禾县实验小学 has 1,890 pupils and 520 more in another part: 2,410 of at most 2,000. */
TEST(rule, names_the_schools_that_fail_with_the_figures_of_all_their_parts)
{
    struct paged p = paged_sample();
    const struct rule_view *v = compose_rule(&p.c, TEXT("G4"));
    CHECK_INT(v->parts[0].n_failing, 1);
    CHECK_TEXT(v->parts[0].failing_schools[0].words, "小学在校生 2,410 人（含校区）");
    CHECK_TEXT(v->sentence, "学校规模：不达标。1 所学校不符合（青禾县实验小学（虚构））。");
    bool *visible = arena_array(p.c.mem, p.bed.returns->n, bool);
    p.c.visible = visible;
    v = compose_rule(&p.c, TEXT("G4"));
    CHECK_INT(v->parts[0].n_failing, 0);
    CHECK_TEXT(v->sentence, "学校规模：不达标。1 所学校不符合。");
    paged_free(&p);
}

static void compose_one(const struct composing *c)
{
    (void)compose_level(c, STAGE_PRIMARY, TEXT("L5"));
}

TEST(level, is_composed_in_a_moment)
{
    struct paged p = paged_sample();
    const double ms = paged_fastest(&p, 20, compose_one);
    print_message("level: %.3f ms\n", ms);
    CHECK(ms < 10); /* under the sanitizers */
    paged_free(&p);
}

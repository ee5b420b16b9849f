#include "paged.h"

#include "report/compose_beside.h"
#include "report/compose_figures.h"

static uint32_t row_of(const struct paged *p, const char *code)
{
    const size_t row = composing_row(p->assessment, composing_county(&p->c), text_of(code));
    CHECK(row != SIZE_MAX);
    return (uint32_t)row;
}

static struct text sentence(const struct paged *p, const char *code)
{
    return compose_school_sentence(&p->c, row_of(p, code));
}

TEST(school, says_in_a_sentence_what_is_needed)
{
    struct paged p = paged_small();
    CHECK_TEXT(sentence(&p, "A"), "达标：7 项都达标。");
    CHECK_TEXT(sentence(&p, "B"), "不达标：7 项中 5 项达标。再配 2 名骨干教师即可。"); /* the grounds may stay at 92 % */
    CHECK_TEXT(sentence(&p, "C"), "缺数据：7 项中 6 项达标，缺多媒体教室的数据。");
    CHECK_TEXT(sentence(&p, "D"), "达标（6/7）：6 项达标，1 项达到标准的 92%。");
    CHECK_TEXT(sentence(&p, "E"), "小学达标：7 项都达标；初中不达标：7 项中 5 项达标。再配 1 名骨干教师即可。");
    /* Grounds for 2,589 m² of 3,000: below their floor as well.  To the floor: 2,550 − 2,500. */
    returns_put_number(p.bed.returns, row_of(&p, "B"), bed_item(&p.bed, "area_outdoor_sports_m2"), 2500);
    paged_assess(&p);
    CHECK_TEXT(sentence(&p, "B"), "不达标：7 项中 5 项达标。再配 2 名骨干教师、增 50 m² 运动场地即可。");
    returns_put_number(p.bed.returns, row_of(&p, "B"), bed_item(&p.bed, "classrooms_multimedia"), BLANK);
    paged_assess(&p);
    CHECK_TEXT(sentence(&p, "B"), "不达标：7 项中 4 项达标。至少再配 2 名骨干教师、增 50 m² 运动场地。");
    p.c.english = true;
    CHECK_TEXT(sentence(&p, "D"), "Met (6/7): 6 indicators met, 1 at 92% of the standard.");
    CHECK_TEXT(sentence(&p, "E"), "Primary stage met: all 7 indicators met; junior stage unmet: 5 of 7 indicators met. Enough to pass: backbone teachers +1.");
    paged_free(&p);
}

/* 7.4999 of 7.5 is 99.999 %: never 100 %. */
TEST(school, never_rounds_what_is_missing_away)
{
    struct paged p = paged_small();
    returns_put_number(p.bed.returns, row_of(&p, "D"), bed_item(&p.bed, "area_outdoor_sports_m2"), 7.4999 * 300);
    paged_assess(&p);
    CHECK_TEXT(sentence(&p, "D"), "达标（6/7）：6 项达标，1 项达到标准的 99%。");
    paged_free(&p);
}

TEST(school, shows_each_indicator_with_what_is_missing_and_its_part_of_the_spread)
{
    struct paged p = paged_small();
    const struct school_view *v = compose_school(&p.c, row_of(&p, "B"));
    const struct school_level *backbone = &v->stages[0].levels[1], *grounds = &v->stages[0].levels[4];
    CHECK_INT(v->n_stages, 1);
    CHECK_TEXT(backbone->value_words, "0.50");
    CHECK_TEXT(backbone->threshold_words, "1");
    CHECK_TEXT(backbone->floor_words, "0.85");
    CHECK_TEXT(backbone->mean_words, "1.76");
    CHECK_TEXT(backbone->to_threshold, "再配 2 名骨干教师");
    CHECK_TEXT(backbone->to_floor, "再配 2 名骨干教师"); /* 0.85 % of 400 = 3.4: four in all */
    CHECK_NEAR(backbone->share, 0.254016 / 0.3024, 1e-9); /* 0.16·1.26² of S² */
    CHECK_TEXT(backbone->share_sentence, "占全县差异的 84.0%，低于均值");
    CHECK_TEXT(backbone->change, "−1.50");
    CHECK_TEXT(grounds->to_threshold, "增 212 m² 运动场地");
    CHECK_TEXT(grounds->to_floor, "");
    CHECK_TEXT(grounds->state_words, "达到85%");
    CHECK_INT(v->n_years, 2);
    CHECK_TEXT(backbone->history_words[0], "2.00");
    CHECK_INT(backbone->history_state[0], STATE_MET);
    CHECK_TEXT(v->stages[0].last_words, "达标");
    CHECK_TEXT(v->second, "小学 · 镇区 · 公办 · 400 名学生。去年达标。");
    CHECK_INT(v->state, STATE_BELOW);
    CHECK_NEAR(v->longitude, 113.2, 1e-9);
    paged_free(&p);
}

TEST(school, gathers_its_figures_by_subject_over_the_years)
{
    struct paged p = paged_small();
    const struct school_view *v = compose_school(&p.c, row_of(&p, "B"));
    CHECK_TEXT(v->groups[0].name, "学生");
    CHECK_TEXT(v->groups[0].figures[0].name, "小学在校生数");
    CHECK_TEXT(v->groups[0].figures[0].words[1], "400");
    CHECK_TEXT(v->groups[0].figures[0].unit, "人");
    CHECK_TEXT(v->groups[0].figures[0].change, "");
    bool seen = false;
    for (size_t i = 0; i < v->groups[1].n; i++)
        if (text_equal(v->groups[1].figures[i].code, TEXT("teachers_backbone_primary"))) {
            CHECK_TEXT(v->groups[1].figures[i].words[0], "8");
            CHECK_TEXT(v->groups[1].figures[i].change, "−6");
            seen = true;
        }
    CHECK(seen);
    CHECK_TEXT(v->facts[1].name, "学校类型");
    CHECK_TEXT(v->facts[1].words, "小学");
    paged_free(&p);
}

TEST(school, says_what_every_school_must_keep)
{
    struct paged p = paged_small();
    const uint32_t b = row_of(&p, "B");
    returns_put_number(p.bed.returns, b, bed_item(&p.bed, "classes_primary"), 13);
    returns_put_number(p.bed.returns, b, bed_item(&p.bed, "music_rooms_96m2"), 1); /* 13 classes: 2 of each */
    returns_put_number(p.bed.returns, b, bed_item(&p.bed, "art_rooms_90m2"), 2);
    paged_assess(&p);
    size_t n;
    const struct school_rule *rules = compose_school_rules(&p.c, b, &n);
    CHECK_INT(n, 4);                       /* G6 asks only schools under 100 pupils */
    CHECK_TEXT(rules[0].id, "G3");
    CHECK_INT(rules[0].state, STATE_BELOW);
    CHECK_TEXT(rules[0].name, "音乐、美术教室");
    CHECK_TEXT(rules[0].state_words, "不符合");
    CHECK_TEXT(rules[0].words, "96平方米以上音乐教室 1 间，班级 13 个班，90平方米以上美术教室 2 间");
    CHECK_INT(rules[1].state, STATE_MET);
    CHECK_TEXT(rules[1].words, "小学在校生 400 人");
    CHECK_INT(rules[3].state, STATE_NO_DATA);
    CHECK_TEXT(rules[3].words, "教师培训经费预算 缺，公用经费预算总额 缺");
    paged_free(&p);
}

TEST(school, knows_a_part_of_another_and_one_that_is_no_unit)
{
    struct paged p = paged_small();
    bed_county(&p.bed, "410185", 2025);
    bed_school(&p.bed, "F", "primary");
    bed_text(&p.bed, "host_school_code", "A");
    bed_put(&p.bed, "pupils_primary", 100);
    bed_school(&p.bed, "G", "teaching_point");
    bed_put(&p.bed, "pupils_primary", 12);
    paged_assess(&p);
    CHECK_TEXT(sentence(&p, "F"), "属于城关第一小学，不单独评估。");
    CHECK_TEXT(sentence(&p, "G"), "不作为评估单元，不看七项资源指标。");
    const struct school_view *v = compose_school(&p.c, row_of(&p, "G"));
    CHECK_INT(v->n_stages, 0);
    CHECK_INT(v->state, STATE_NOT_APPLICABLE);
    CHECK_INT(v->n_years, 1); /* it was not there last year */
    paged_free(&p);
}

TEST(neighbours, are_those_of_the_list_one_came_from)
{
    struct paged p = paged_small();
    const struct matrix *x = compose_matrix(&p.c, &(struct matrix_filter){ .sort = SORT_CODE });
    const struct neighbours b = compose_neighbours(x, TEXT("B")), a = compose_neighbours(x, TEXT("A")), none = compose_neighbours(x, TEXT("Z"));
    CHECK_TEXT(b.previous.code, "A");
    CHECK_TEXT(b.next.name, "重阳小学");
    CHECK_INT(b.place, 2);
    CHECK_TEXT(a.previous.code, "");
    CHECK_INT(none.place, 0);
    paged_free(&p);
}

static const struct beside_row *beside(const struct side_by_side *s, const char *name, int stage)
{
    for (size_t i = 0; i < s->n_rows; i++)
        if (text_equal(s->rows[i].name, text_of(name)) && s->rows[i].stage == stage)
            return &s->rows[i];
    fail_msg("no row %s", name);
    return NULL;
}

TEST(side_by_side, puts_schools_into_the_same_rows)
{
    struct paged p = paged_small();
    const uint32_t rows[] = { row_of(&p, "A"), row_of(&p, "B"), row_of(&p, "E") };
    const struct side_by_side *s = compose_side_by_side(&p.c, rows, 3);
    CHECK_INT(s->n, 3);
    CHECK_TEXT(s->schools[1].verdict_words, "不达标");
    const struct beside_row *backbone = beside(s, "骨干教师", STAGE_PRIMARY), *junior = beside(s, "骨干教师", STAGE_JUNIOR);
    CHECK_TEXT(backbone->cells[0].words, "2.00");
    CHECK_TEXT(backbone->cells[1].words, "0.50");
    CHECK_INT(backbone->cells[1].state, STATE_BELOW);
    CHECK(backbone->differs);
    CHECK_TEXT(backbone->threshold_words, "1");
    CHECK_TEXT(junior->cells[0].words, "");
    CHECK_TEXT(junior->cells[2].words, "0.67");
    CHECK(!beside(s, "高学历教师", STAGE_PRIMARY)->differs);
    CHECK_TEXT(beside(s, "学校类型", -1)->cells[2].words, "九年一贯制");
    CHECK_TEXT(beside(s, "学校规模", -1)->cells[0].words, "符合");
    paged_free(&p);
}

static void compose_one(const struct composing *c)
{
    (void)compose_school(c, (uint32_t)composing_county(c)->county->first);
}

TEST(school, is_composed_in_a_moment)
{
    struct paged p = paged_sample();
    const double ms = paged_fastest(&p, 20, compose_one);
    print_message("school: %.3f ms\n", ms);
    CHECK(ms < 10); /* under the sanitizers */
    paged_free(&p);
}

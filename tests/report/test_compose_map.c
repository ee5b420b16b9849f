#include "paged.h"

#include "report/compose_map.h"

static const struct map_point *point(const struct map_point *points, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(points[i].code, text_of(code)))
            return &points[i];
    fail_msg("no point %s", code);
    return NULL;
}

TEST(map, places_schools_by_verdict_and_lists_those_without_a_place)
{
    struct paged p = paged_small();
    const struct map_view *v = compose_map(&p.c, &(struct map_question){ .stage = -1 });
    CHECK_INT(v->n, 2);
    CHECK_INT(v->n_unplaced, 3);
    CHECK_TEXT(v->title, "结论");
    const struct map_point *b = point(v->points, v->n, "B"), *e = point(v->unplaced, v->n_unplaced, "E"), *d = point(v->unplaced, v->n_unplaced, "D");
    CHECK_NEAR(b->longitude, 113.2, 1e-9);
    CHECK_NEAR(b->pupils, 400, 0);
    CHECK_INT(b->state, STATE_BELOW);
    CHECK_TEXT(b->words, "小学不达标");
    CHECK_INT(e->state, STATE_BELOW);  /* its junior stage */
    CHECK_NEAR(e->pupils, 900, 0);
    CHECK_TEXT(e->words, "小学达标；初中不达标");
    CHECK(d->some);
    CHECK_TEXT(d->state_words, "达标（6/7）");
    CHECK_INT(v->count[STATE_BELOW], 2);
    CHECK_INT(v->count[STATE_NO_DATA], 1);
    CHECK_INT(v->count[STATE_MET], 2);
    CHECK_INT(v->some, 1);
    CHECK_NEAR(v->west, 113.0, 1e-9);
    CHECK_NEAR(v->north, 34.6, 1e-9);
    CHECK_NEAR(v->most_pupils, 1000, 0);
    paged_free(&p);
}

TEST(map, colours_by_one_indicator_of_one_stage)
{
    struct paged p = paged_small();
    const struct map_view *v = compose_map(&p.c, &(struct map_question){ .stage = STAGE_PRIMARY, .level = TEXT("L5") });
    CHECK_TEXT(v->title, "小学运动场地（m²/生）");
    CHECK_INT(point(v->points, v->n, "B")->state, STATE_NEAR);
    CHECK_TEXT(point(v->points, v->n, "B")->words, "6.97 m²/生");
    CHECK_TEXT(point(v->points, v->n, "B")->value_words, "6.97");
    CHECK_TEXT(point(v->points, v->n, "B")->state_words, "达到85%");
    v = compose_map(&p.c, &(struct map_question){ .stage = STAGE_JUNIOR, .kinds = 1u << MAP_NOT_ASSESSED });
    CHECK_INT(point(v->points, v->n, "B")->state, STATE_NOT_APPLICABLE);
    CHECK_TEXT(point(v->points, v->n, "B")->words, "不评估");
    p.c.english = true;
    CHECK_TEXT(compose_map(&p.c, &(struct map_question){ .stage = STAGE_PRIMARY, .level = TEXT("L5") })->title, "Sports grounds (m² per pupil), primary");
    paged_free(&p);
}

TEST(map, takes_no_place_off_the_earth)
{
    struct paged p = paged_small();
    returns_put_number(p.bed.returns, composing_row(p.assessment, composing_county(&p.c), TEXT("A")), bed_item(&p.bed, "longitude"), 1130);
    const struct map_view *v = compose_map(&p.c, &(struct map_question){ .stage = -1 });
    CHECK_INT(v->n, 1);
    CHECK_NEAR(v->west, 113.2, 1e-9);
    paged_free(&p);
}

TEST(map, filters_by_kind_and_counts_what_each_choice_would_give)
{
    struct paged p = paged_small();
    const struct map_view *all = compose_map(&p.c, &(struct map_question){ .stage = -1 });
    CHECK_INT(all->kinds[MAP_BELOW].n, 2);
    CHECK_INT(all->kinds[MAP_SOME].n, 1);
    CHECK_INT(all->kinds[MAP_MET].n, 1);
    CHECK_TEXT(all->sentence, "结论：5 所中 2 所不达标、1 所缺数据、1 所达标（6/7）、1 所达标。");
    const struct map_view *v = compose_map(&p.c, &(struct map_question){ .stage = -1, .kinds = 1u << MAP_BELOW });
    CHECK_INT(v->n + v->n_unplaced, 2);
    CHECK_INT(v->kinds[MAP_SOME].n, 1);
    CHECK(v->kinds[MAP_BELOW].chosen && !v->kinds[MAP_SOME].chosen);
    CHECK_TEXT(v->sentence, "结论：2 所不达标。");
    CHECK_INT(point(v->unplaced, v->n_unplaced, "E")->stage, STAGE_JUNIOR);
    v = compose_map(&p.c, &(struct map_question){ .stage = -1, .township = TEXT("没有的镇") });
    CHECK_INT(v->n + v->n_unplaced, 0);
    CHECK_TEXT(v->sentence, "结论：没有符合条件的学校。");
    CHECK_INT(map_kind_by_code(TEXT("some")), MAP_SOME);
    CHECK_INT(map_kind_by_code(TEXT("x")), N_MAP_KINDS);
    paged_free(&p);
}

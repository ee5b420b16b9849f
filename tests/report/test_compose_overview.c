#include "paged.h"

#include "report/compose_overview.h"

static struct day january(void)
{
    return (struct day){ 2026, 1, 11 };
}

static const struct overview *over(const struct paged *p)
{
    return compose_overview(&p->c, plan_usual(), prices_usual(), january());
}

static const struct blocker *blocker(const struct overview *o, const char *id, int stage)
{
    for (size_t i = 0; i < o->blockers.n; i++)
        if (text_equal(o->blockers.at[i].id, text_of(id)) && o->blockers.at[i].stage == stage)
            return &o->blockers.at[i];
    fail_msg("no blocker %s", id);
    return NULL;
}

static const struct mark *mark(const struct dimension *d, const char *id)
{
    for (size_t i = 0; i < d->n; i++)
        if (text_equal(d->marks[i].id, text_of(id)))
            return &d->marks[i];
    fail_msg("no mark %s", id);
    return NULL;
}

TEST(overview, says_the_verdict_and_how_many_fell_back)
{
    struct paged p = paged_small();
    const struct overview *o = over(&p);
    CHECK_TEXT(o->sentence, "2025学年，登封市还不能申报认定，差 2 件事，另有 45 件缺数据。");
    /* Last year all five primary schools passed; B fell below, C lacks data. */
    CHECK_TEXT(o->second, "小学 5 所中 3 所、初中 1 所中 0 所达标；14 个差异系数都没有超限。比去年：达标的少 2 所，退回不达标的 1 所。");
    p.c.english = true;
    CHECK_TEXT(over(&p)->sentence, "In school year 2025, 登封市 cannot apply for recognition yet: unmet matters 2, without data 45.");
    p.c.english = false;
    p.c.year = 0; /* the first year has none before it */
    CHECK_TEXT(over(&p)->second, "小学 5 所中 5 所、初中 1 所中 0 所达标；14 个差异系数都没有超限。");
    paged_free(&p);
}

/* Backbone teachers: x = 2, 0.5, 2, 2, 2 for 1000, 400, 200, 300, 600 pupils; X = 1.76, S² = 0.84·0.24² + 0.16·1.26² = 0.3024,
 * CV = 0.5499 / 1.76 = 0.3124. */
TEST(overview, has_a_row_for_each_indicator_of_a_stage)
{
    struct paged p = paged_small();
    const struct overview *o = over(&p);
    CHECK_INT(o->n_stages, 2);
    const struct overview_row *backbone = &o->stages[0].rows[1], *rooms = &o->stages[0].rows[6];
    CHECK_TEXT(backbone->name, "骨干教师");
    CHECK_NEAR(backbone->cv, 0.312448, 1e-6);
    CHECK_TEXT(backbone->cv_words, "0.312");
    CHECK_TEXT(backbone->limit_words, "0.500");
    CHECK_TEXT(backbone->last_words, "0.000");
    CHECK_INT(backbone->met, 4);
    CHECK_INT(backbone->below, 1);
    CHECK_TEXT(rooms->cv_words, "缺");
    CHECK_TEXT(rooms->bounds, "0.000—0.000");
    CHECK_INT(rooms->state, STATE_MET); /* whatever C reports */
    CHECK_INT(rooms->missing, 1);
    CHECK_INT(o->stages[0].within, 7);
    CHECK_INT(o->stages[0].passing, 3);
    CHECK_INT(o->stages[0].unknown, 1);
    CHECK_NEAR(o->stages[1].scale, 0.5, 1e-12); /* both stages share one */
    paged_free(&p);
}

TEST(overview, marks_an_indicator_by_the_worst_of_its_parts)
{
    struct paged p = paged_sample();
    const struct overview *o = over(&p);
    const struct mark *rotation = mark(&o->government, "G11"), *funds = mark(&o->government, "G2");
    CHECK_INT(o->government.of, 15);
    CHECK_INT(o->quality.of, 9);
    CHECK_INT(o->recognition.of, 1);
    CHECK_INT(o->resources.of, 14);
    CHECK_INT(rotation->state, STATE_BELOW);       /* 12 % do, 21 of 120 = 17.5 % do not */
    CHECK_TEXT(rotation->value, "17.5%");
    CHECK_TEXT(rotation->limit, "不低于 20%");
    CHECK_INT(funds->state, STATE_NO_DATA);        /* the quota is met, nobody judged the rest */
    CHECK_TEXT(mark(&o->recognition, "S1")->value, "88.4%");
    CHECK_TEXT(mark(&o->government, "G1")->words, "判定为达标");
    p.c.english = true;
    o = over(&p);
    CHECK_TEXT(mark(&o->government, "G11")->limit, "at least 20%");
    CHECK_TEXT(mark(&o->government, "G4")->value, "1 schools");
    paged_free(&p);
}

TEST(overview, lists_what_blocks_by_cost_then_the_unpriced_then_missing_data)
{
    struct paged p = paged_sample();
    const struct overview *o = over(&p);
    int place = 0;
    double cost = INFINITY;
    for (size_t i = 0; i < o->blockers.n; i++) {
        const struct blocker *b = &o->blockers.at[i];
        const int now = b->state != STATE_BELOW ? 3 : is_blank(b->cost) ? 1 : b->cost > 0 ? 0 : 2;
        CHECK(now >= place);
        CHECK(now || b->cost <= cost);
        CHECK(b->what.size && b->missing.size && b->who.size && b->when.size == 10);
        place = now;
        cost = now ? cost : b->cost;
    }
    CHECK_TEXT(blocker(o, "L5", STAGE_PRIMARY)->cost_words, "待试算");
    CHECK_TEXT(blocker(o, "L5", STAGE_PRIMARY)->what, "小学运动场地的差异系数超限");
    /* 19 schools × 33.6 万元 */
    CHECK_TEXT(blocker(o, "G3", -1)->cost_words, "638.40");
    CHECK_INT(o->blockers.failing + o->blockers.unknown, o->blockers.n);
    paged_free(&p);
}

/* 600 and 300 pupils share 3,000 m² of rooms: 3.226 and 3.548 a pupil.  To the floors: 3.825 · 930 = 3557.25 m² for the
 * primary pupils, 4.93 · 930 / 1.1 = 4168.0909 m² for the others, who ask more: 1168.10 m² at 3,500 yuan. */
TEST(blockers, pay_once_for_what_two_stages_share)
{
    struct paged p = paged_small();
    const size_t e = composing_row(p.assessment, &p.assessment->counties[1], TEXT("E"));
    returns_put_number(p.bed.returns, e, bed_item(&p.bed, "area_teaching_m2"), 3000);
    returns_put_number(p.bed.returns, e, bed_item(&p.bed, "teachers_backbone_junior"), 3);
    paged_assess(&p);
    const struct overview *o = over(&p);
    const struct blocker *primary = blocker(o, "units", STAGE_PRIMARY), *junior = blocker(o, "units", STAGE_JUNIOR);
    CHECK_TEXT(junior->what, "1 所初中不达标");
    CHECK_TEXT(junior->missing, "教学及辅助用房 1 所，差 1,169 m²");
    CHECK_NEAR(junior->cost, 1168.10 * 3500, 1e-3);
    CHECK_TEXT(junior->cost_words, "408.84");
    CHECK_TEXT(junior->who, "发改委、财政局");
    CHECK_TEXT(junior->when, "2027-08-31");
    CHECK_TEXT(primary->missing, "骨干教师 1 所，差 2 名；教学及辅助用房 1 所，差 558 m²");
    CHECK_NEAR(primary->cost, 0, 0);
    CHECK(o->blockers.at[0].stage == STAGE_JUNIOR); /* the most costly first */
    paged_free(&p);
}

TEST(overview, draws_the_straight_line_from_the_first_year_to_the_goal)
{
    struct paged p = paged_small();
    const struct trend_line *primary = &over(&p)->trends[0], *junior = &over(&p)->trends[1];
    CHECK_INT(primary->n, 6); /* 2024 … 2029 */
    CHECK_NEAR(primary->points[1].share, 0.6, 1e-12);
    CHECK_TEXT(primary->points[1].share_words, "60.0%");
    CHECK_BLANK(primary->points[2].share);
    CHECK(primary->behind);
    CHECK_NEAR(junior->points[0].target, 0, 1e-12);
    CHECK_NEAR(junior->points[2].target, 0.4, 1e-12);
    CHECK_NEAR(junior->points[5].target, 1, 1e-12);
    CHECK_TEXT(junior->points[2].share_words, "");
    paged_free(&p);
}

/* 2026-01-11 → 2029-11-01: 1,390 days; the returns of September 2026 … 2029 are still to come. */
TEST(plan, counts_the_days_to_the_inspection)
{
    struct paged p = paged_small();
    struct overview_plan plan = compose_plan(&p.c, plan_usual(), january());
    CHECK_INT(plan.days_to_inspection, 1390);
    CHECK_INT(plan.returns_left, 4);
    CHECK_TEXT(plan.words, "离迎检还有 1,390 天；还有 4 个学年的数据可以变。");
    CHECK(plan.phases[0].past && plan.phases[1].now && !plan.phases[2].past);
    CHECK_NEAR(plan.phases[2].to, 1, 1e-12);
    plan = compose_plan(&p.c, plan_usual(), (struct day){ 2030, 1, 1 });
    CHECK_INT(plan.days_to_inspection, 0);
    CHECK_TEXT(plan.words, "迎检阶段，还有 365 天结束。");
    plan = compose_plan(&p.c, plan_usual(), (struct day){ 2031, 1, 1 });
    CHECK_TEXT(plan.words, "方案的期限已过。");
    CHECK_NEAR(plan.today, 1, 0);
    paged_free(&p);
}

/* Rooms are built by the summer after the next; nothing is due once the inspection has begun. */
TEST(plan, sets_dates_before_the_inspection)
{
    struct arena *mem = arena_new("test");
    const struct plan *plan = plan_usual();
    CHECK_TEXT(day_words(mem, duty_day(DUTY_RETURN, plan, january())), "2026-01-20");
    CHECK_TEXT(day_words(mem, duty_day(DUTY_PAPER, plan, january())), "2026-03-31");
    CHECK_TEXT(day_words(mem, duty_day(DUTY_SUMMER, plan, january())), "2026-08-31");
    CHECK_TEXT(day_words(mem, duty_day(DUTY_BUILDING, plan, january())), "2027-08-31");
    CHECK_TEXT(day_words(mem, duty_day(DUTY_BUILDING, plan, (struct day){ 2029, 3, 1 })), "2029-10-31");
    CHECK_TEXT(day_words(mem, duty_day(DUTY_PAPER, plan, (struct day){ 2030, 1, 1 })), "2030-03-31");
    arena_free(&mem);
}

TEST(prices, are_the_countys_own_where_it_has_some)
{
    struct arena *mem = arena_new("test");
    struct prices prices;
    struct err err = { 0 };
    const struct level *grounds = &bed_edition("cn-2017")->stages[0].levels[4], *rooms = &bed_edition("cn-2017")->stages[0].levels[3];
    CHECK_OK(prices_read(mem, TEXT("id,yuan,note\n# ours\nL5,450,\"as built, 2025\"\nL4,,not known\n"), &prices, &err), err);
    CHECK_NEAR(price_of_level(&prices, grounds), 450, 0);
    CHECK_BLANK(price_of_level(&prices, rooms));
    CHECK_NEAR(price_of_level(&prices, &bed_edition("cn-2017")->stages[0].levels[6]), 50000, 0);
    CHECK(!prices_read(mem, TEXT("L5,-3,\n"), &prices, &err));
    CHECK_CONTAINS(text_of(err.what), "第 1 行：读到“-3”");
    CHECK(!prices_read(mem, TEXT("L5,3,a,b\n"), &prices, &err));
    arena_free(&mem);
}

static void compose_one(const struct composing *c)
{
    (void)compose_overview(c, plan_usual(), prices_usual(), january());
}

TEST(overview, is_composed_in_a_moment)
{
    struct paged p = paged_sample();
    const double ms = paged_fastest(&p, 20, compose_one);
    print_message("overview: %.3f ms\n", ms);
    CHECK(ms < 20); /* under the sanitizers; a tenth of it without */
    paged_free(&p);
}

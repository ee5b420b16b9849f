/* The conditions for applying: each blocks by itself, and nothing else does. */
#include "paged.h"

#include "report/compose_overview.h"
#include "report/compose_readiness.h"

static const struct readiness_judged JUDGED[] = { { { "G1", 2 }, true, false }, { { "G2", 2 }, true, false } };

static struct readiness_facts all_done(void)
{
    return (struct readiness_facts){ .collected = true, .locked = true, .locked_words = TEXT("王敏 2026-12-01"), .judged = JUDGED, .n_judged = 2,
                                     .frozen = true, .frozen_words = TEXT("王敏 2026-12-20，第 31 版数据") };
}

static const struct readiness *gate(const struct paged *p, struct readiness_facts facts)
{
    return compose_readiness(&p->c, &facts, plan_usual(), prices_usual(), (struct day){ 2026, 1, 11 });
}

static const struct readiness_row *row(const struct readiness *r, const char *id, int stage)
{
    for (size_t i = 0; i < r->n; i++)
        if (text_equal(r->rows[i].id, text_of(id)) && r->rows[i].stage == stage)
            return &r->rows[i];
    fail_msg("no row %s", id);
    return NULL;
}

/* The county as it would be with all met. */
static void meet_all(struct paged *p)
{
    struct county_assessment *const county = &p->assessment->counties[p->c.year];
    for (size_t i = 0; i < county->n_rules; i++)
        county->rules[i].state = STATE_MET;
    for (size_t s = 0; s < county->n_stages; s++) {
        struct stage_assessment *const st = &county->stages[s];
        st->passing = st->n;
        for (size_t u = 0; u < st->n; u++)
            st->unit_verdict[u] = STATE_MET;
        for (size_t l = 0; l < st->n_levels; l++)
            st->cv[l].met = STATE_MET;
    }
}

TEST(readiness, names_every_condition_of_the_standard)
{
    struct paged p = paged_small();
    const struct readiness *r = gate(&p, all_done());
    CHECK_INT(r->of[READINESS_PRECONDITIONS], 2);
    CHECK_INT(r->of[READINESS_VETOES], 7);      /* X8 is off */
    CHECK_INT(r->of[READINESS_SCHOOLS], 2);
    CHECK_INT(r->of[READINESS_SPREAD], 14);
    CHECK_INT(r->of[READINESS_GOVERNMENT], 15);
    CHECK_INT(r->of[READINESS_QUALITY], 9);
    CHECK_INT(r->of[READINESS_RECOGNITION], 1);
    CHECK_INT(r->of[READINESS_WORK], 4);
    paged_free(&p);
}

TEST(readiness, says_what_blocks_who_sees_to_it_and_by_when)
{
    struct paged p = paged_small();
    const struct readiness *r = gate(&p, all_done());
    CHECK(!r->ready);
    const struct readiness_row *schools = row(r, "units", STAGE_PRIMARY);
    CHECK_INT(schools->state, STATE_BELOW);
    CHECK_TEXT(schools->words, "5 所中 3 所达标，另有 1 所缺数据");
    CHECK(schools->who.size && schools->when.size);
    CHECK_TEXT(row(r, "G1", -1)->words, "还没有人判定");
    CHECK_INT(row(r, "G1", -1)->place, READINESS_AT_PROOF);
    CHECK(row(r, "G1", -1)->who.size > 0);
    CHECK_CONTAINS(r->sentence, "还不能申报");
    paged_free(&p);
}

/* What the overview counts as blocking, blocks here. */
TEST(readiness, agrees_with_the_list_of_blockers)
{
    struct paged p = paged_sample();
    const struct readiness *r = gate(&p, all_done());
    const struct overview *o = compose_overview(&p.c, plan_usual(), prices_usual(), (struct day){ 2026, 1, 11 });
    for (size_t i = 0; i < o->blockers.n; i++) {
        const struct blocker *const b = &o->blockers.at[i];
        bool found = false;
        for (size_t k = 0; k < r->n; k++)
            found |= r->rows[k].stage == b->stage && text_starts(b->id, r->rows[k].id) && r->rows[k].state != STATE_MET;
        if (!found)
            fail_msg("%.*s does not block", TEXT_ARG(b->id));
    }
    CHECK(r->failing + r->unknown > 0);
    paged_free(&p);
}

TEST(readiness, is_there_when_all_is_met_and_each_fact_alone_takes_it_away)
{
    struct paged p = paged_small();
    meet_all(&p);
    CHECK(gate(&p, all_done())->ready);
    CHECK_TEXT(gate(&p, all_done())->sentence, "2025学年，登封市已具备申报条件：54 条都达到。");

    const struct text lacking[] = { TEXT("柳林镇中心小学") };
    struct readiness_facts f = all_done();
    f.lacking = lacking, f.n_lacking = 1;
    CHECK(!gate(&p, f)->ready);
    CHECK_TEXT(row(gate(&p, f), "lacking", -1)->words, "1 所学校的数据没有审定：柳林镇中心小学");
    f = all_done(), f.locked = false;
    CHECK(!gate(&p, f)->ready);
    f.collected = false;    /* imported: there is nothing to lock */
    CHECK(gate(&p, f)->ready);
    const struct readiness_judged waits[] = { { TEXT("G1"), true, false }, { TEXT("G2"), false, true } };
    f = all_done(), f.judged = waits;
    CHECK(!gate(&p, f)->ready);
    CHECK_TEXT(row(gate(&p, f), "judged", -1)->words, "2 项中 1 项没有复核过的评判（G2），其中 1 项在等第二人");
    f = all_done(), f.frozen = false;
    CHECK(!gate(&p, f)->ready);
    f = all_done(), f.frozen_stale = true;
    CHECK(!gate(&p, f)->ready);
    CHECK_CONTAINS(row(gate(&p, f), "frozen", -1)->words, "要重新归档");
    paged_free(&p);
}

TEST(readiness, is_taken_away_by_any_one_condition)
{
    struct paged p = paged_small();
    meet_all(&p);
    struct county_assessment *const county = &p.assessment->counties[p.c.year];
    for (size_t i = 0; i < county->n_rules; i++) {
        const bool decides = county->rules[i].rule->kind != RULE_SHOWN;
        county->rules[i].state = STATE_NO_DATA;
        CHECK(gate(&p, all_done())->ready != decides);
        county->rules[i].state = STATE_MET;
    }
    for (size_t s = 0; s < county->n_stages; s++)
        for (size_t l = 0; l < county->stages[s].n_levels; l++) {
            county->stages[s].cv[l].met = STATE_BELOW;
            CHECK(!gate(&p, all_done())->ready);
            county->stages[s].cv[l].met = STATE_MET;
        }
    paged_free(&p);
}

TEST(readiness, speaks_english)
{
    struct paged p = paged_small();
    p.c.english = true;
    CHECK_CONTAINS(gate(&p, all_done())->sentence, "cannot apply yet");
    CHECK_TEXT(row(gate(&p, all_done()), "units", STAGE_PRIMARY)->words, "3 of 5 meet it; without data: 1");
    paged_free(&p);
}

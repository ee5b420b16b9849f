/* Every page of counties of every kind of difficulty: nothing breaks, nothing is said twice or not at all. */
#include "paged.h"

#include "report/compose_beside.h"
#include "report/compose_compare.h"
#include "report/compose_indicator.h"
#include "report/compose_map.h"

static void find_all(const struct composing *c)
{
    const struct county_assessment *county = composing_county(c);
    for (size_t s = 0; s < county->n_stages; s++)
        for (size_t u = 0; u < county->stages[s].n; u++) {
            const uint32_t row = county->stages[s].row[u];
            CHECK_INT(composing_unit(&county->stages[s], row), u);
            CHECK_INT(composing_row(c->assessment, county, composing_code(c, row)), row);
        }
}

static void compose_lists(const struct composing *c)
{
    const struct overview *o = compose_overview(c, plan_usual(), prices_usual(), (struct day){ 2026, 1, 11 });
    CHECK(o->sentence.size);
    CHECK_INT(o->blockers.n, o->blockers.failing + o->blockers.unknown);
    for (int stage = 0; stage < N_EVALUATED; stage++) {
        const struct stage_assessment *s = composing_stage(composing_county(c), (enum stage)stage);
        for (int sort = SORT_VERDICT; sort <= SORT_LEVEL; sort++) {
            const struct matrix *x = compose_matrix(c, &(struct matrix_filter){ .stage = (enum stage)stage, .sort = (enum matrix_sort)sort,
                                                                                .sort_level = 3, .reverse = sort % 2 });
            CHECK_INT(x->n, s ? s->n : 0);
        }
        const struct stage_rule *rule = &c->assessment->edition->stages[stage];
        for (size_t l = 0; l < rule->n_levels; l++) {
            const struct level_view *v = compose_level(c, (enum stage)stage, rule->levels[l].id);
            CHECK((v != NULL) == (s != NULL));
            if (v)
                CHECK(v->sentence.size && v->n_units == s->n);
            CHECK(compose_map(c, &(struct map_question){ .stage = stage, .level = rule->levels[l].id })->title.size);
        }
    }
    for (size_t r = 0; r < c->assessment->edition->n_rules; r++)
        (void)compose_rule(c, c->assessment->edition->rules[r].plain);
    CHECK_INT(compose_map(c, &(struct map_question){ .stage = -1, .kinds = (1u << N_MAP_KINDS) - 1 })->n_unplaced, composing_county(c)->county->n);
}

static void compose_schools(const struct composing *c)
{
    const struct county_year *county = composing_county(c)->county;
    uint32_t rows[MOST_BESIDE];
    for (uint32_t i = 0; i < county->n; i++) {
        const struct school_view *v = compose_school(c, (uint32_t)county->first + i);
        CHECK(v->sentence.size && v->n_years >= 1);
        rows[i % MOST_BESIDE] = (uint32_t)county->first + i;
        if (i % MOST_BESIDE == MOST_BESIDE - 1)
            CHECK_INT(compose_side_by_side(c, rows, MOST_BESIDE)->n, MOST_BESIDE);
    }
}

static void compose_all(struct paged *p)
{
    for (p->c.year = 0; p->c.year < p->assessment->n_counties; p->c.year++)
        for (int english = 0; english < 2; english++) {
            struct composing c = p->c;
            c.mem = arena_new("pages");
            c.english = english;
            find_all(&c);
            compose_lists(&c);
            compose_schools(&c);
            const struct comparison *x = compose_compare(&c, p->assessment, NULL, 0, prices_usual());
            CHECK(x->sentence.size && !x->n_worse && !x->n_schools);
            arena_free(&c.mem);
        }
}

TEST(pages, are_composed_of_every_kind_of_county)
{
    struct paged p = { .bed = bed_new("cn-2017") };
    struct dice dice = { 7 };
    for (unsigned i = 0; i < 40; i++)
        bed_hostile_county(&p.bed, &dice, i);
    bed_county(&p.bed, "999999", 2025); /* not one school */
    paged_assess(&p);
    compose_all(&p);
    paged_free(&p);
}

TEST(pages, are_composed_by_another_edition)
{
    struct paged p = { .bed = bed_new("cn-2012-basic") };
    for (int year = 2024; year <= 2025; year++) {
        bed_county(&p.bed, "410185", year);
        for (int i = 1; i <= 12; i++) {
            bed_school(&p.bed, arena_printf(p.bed.mem, "S%02d", i), i % 4 ? "primary" : "nine_year");
            bed_put(&p.bed, "pupils_primary", 100 * i);
            bed_put(&p.bed, "area_teaching_m2", 450 * i + 9 * year);
            bed_put(&p.bed, "area_sports_m2", 800 * i);
            if (i % 4 == 0)
                bed_put(&p.bed, "pupils_junior", 60 * i);
        }
    }
    paged_assess(&p);
    compose_all(&p);
    paged_free(&p);
}

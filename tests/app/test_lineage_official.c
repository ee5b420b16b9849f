/* Every number of the official tables leads to where it comes from. */
#include "stocked.h"

#include "app/lineage.h"
#include "app/official_export.h"

static bool walk(const struct stocked *s, struct text key, struct lineage *out, struct err *err)
{
    static struct actor console;
    console = actor_console();
    const struct lineage_request request = { s->house, s->snapshot, &console, LANG_ZH };
    *out = (struct lineage){ 0 };
    return lineage_of(&request, key, s->mem, out, err);
}

static void resolves(const struct stocked *s, struct text trace, double number, size_t *n)
{
    struct lineage lineage;
    struct err err = { 0 };
    if (!walk(s, trace, &lineage, &err))
        fail_msg("%.*s: %s", TEXT_ARG(trace), err.what);
    CHECK(lineage.n > 1 && lineage.title.size > 0);
    /* What stands in the cell is what the chain begins with: a few are shown in percent or rounded as the form prints them. */
    if (text_starts(trace, TEXT("official:")) && !is_blank(number))
        CHECK_NEAR(lineage.steps[0].value, number, 0);
    ++*n;
}

TEST(lineage_official, of_every_number_in_the_tables_is_there)
{
    struct stocked s = stocked_shared();
    struct sheet *sheets[MOST_OFFICIAL_SHEETS];
    struct err err = { 0 };
    size_t n, looked = 0, own = 0;
    CHECK_OK(app_official_now(s.house, s.snapshot, s.snapshot->n_years - 1, s.mem, sheets, &n, &err), err);
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < sheets[i]->n; c++) {
            const struct sheet_cell *const cell = &sheets[i]->cells[c];
            /* The many columns of a unit are of a kind: of each sheet some rows are enough. */
            if (cell->row > 20 && cell->row % 17)
                continue;
            if (cell->trace.size)
                resolves(&s, cell->trace, cell->is_number ? cell->number : BLANK, &looked);
            own += text_starts(cell->trace, TEXT("official:"));
            for (size_t p = 0; p < cell->n_parts; p++)
                if (cell->parts[p].trace.size)
                    resolves(&s, cell->parts[p].trace, BLANK, &looked);
        }
    CHECK(looked > 200);
    CHECK(own > 10);
}

TEST(lineage_official, of_a_sum_names_what_each_school_brings)
{
    struct stocked s = stocked_shared();
    struct lineage whole;
    struct err err = { 0 };
    double sum = 0;
    size_t schools = 0;
    CHECK_OK(walk(&s, text_printf(s.mem, "official:n_primary:%d", s.snapshot->years[s.snapshot->n_years - 1]), &whole, &err), err);
    for (size_t i = 0; i < whole.n; i++) {
        struct lineage one;
        if (whole.steps[i].depth != 2 || !text_starts(whole.steps[i].key, TEXT("official:")))
            continue;
        sum += whole.steps[i].value;
        schools++;
        if (schools % 10 == 1)
            CHECK_OK(walk(&s, whole.steps[i].key, &one, &err), err);
    }
    CHECK(schools > 10);
    CHECK_NEAR(sum, whole.steps[0].value, 0);
}

TEST(lineage_official, is_refused_in_words_where_there_is_none)
{
    struct stocked s = stocked_shared();
    struct lineage lineage;
    struct err err = { 0 };
    CHECK(!walk(&s, text_printf(s.mem, "official:nothing:%d", s.snapshot->years[0]), &lineage, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    CHECK_CONTAINS(text_of(err.what), "申报表里没有");
}

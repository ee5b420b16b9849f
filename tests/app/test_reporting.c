/* Reports from a county's house: every figure leads back, whoever may see them, the same bytes. */
#include "stocked.h"

#include "app/lineage.h"
#include "app/reporting.h"

#include <stdlib.h>

static const struct report_terms TERMS = { { 2026, 1, 11 }, TEXT("http://127.0.0.1:8420"), TEXT("") };

static struct doc *drafted_of(const struct stocked *s, const struct actor *actor, const char *of, size_t year)
{
    struct err err = { 0 };
    struct report_of which;
    struct doc *doc;
    CHECK_OK(report_of_words(text_of(of), &which, &err), err);
    CHECK_OK(app_report_draft(s->snapshot, actor, year, &which, &TERMS, s->mem, &doc, &err), err);
    return doc;
}

static struct doc *drafted(const struct stocked *s, const struct actor *actor, const char *of)
{
    return drafted_of(s, actor, of, s->snapshot->usual_year);
}

static const char *some_school(const struct stocked *s)
{
    const struct county_assessment *county = &s->snapshot->assessment->counties[s->snapshot->usual_year];
    const uint32_t row = county->stages[county->n_stages - 1].row[0];
    return arena_printf(s->mem, "school:%.*s", TEXT_ARG(returns_text(s->snapshot->returns, row, s->snapshot->edition->items.school_code)));
}

static const char *some_township(const struct stocked *s)
{
    const struct returns *r = s->snapshot->returns;
    return arena_printf(s->mem, "township:%.*s",
                        TEXT_ARG(returns_text(r, r->counties[s->snapshot->usual_year].first, s->snapshot->edition->items.township)));
}

/* Walks every figure's key to its lineage: none is a dead end. */
static size_t figures_that_lead_back(const struct stocked *s, const struct doc *doc)
{
    const struct actor console = actor_console();
    const struct lineage_request request = { s->house, s->snapshot, &console, LANG_ZH };
    const struct doc_figures all = doc_figures(doc, s->mem);
    for (size_t i = 0; i < all.n; i++) {
        struct lineage lineage;
        struct err err = { 0 };
        const struct arena_mark mark = arena_mark(s->mem);
        if (!lineage_of(&request, doc_key(all.at[i].key), s->mem, &lineage, &err))
            fail_msg("%.*s (%.*s): %s", TEXT_ARG(all.at[i].key), TEXT_ARG(all.at[i].text), err.what);
        arena_rewind(s->mem, mark);
    }
    return all.n;
}

TEST(reporting, leads_every_figure_back_to_its_lineage)
{
    const struct stocked s = stocked_shared();
    const struct actor console = actor_console();
    for (size_t year = 0; year < s.snapshot->n_years; year++)
        CHECK(figures_that_lead_back(&s, drafted_of(&s, &console, "county", year)) > 400);
    CHECK(figures_that_lead_back(&s, drafted(&s, &console, some_school(&s))) > 20);
    CHECK(figures_that_lead_back(&s, drafted(&s, &console, some_township(&s))) > 20);
    CHECK(figures_that_lead_back(&s, drafted(&s, &console, "indicator:L5")) > 100);
    CHECK(figures_that_lead_back(&s, drafted(&s, &console, "indicator:G11")) > 2);
}

struct worded { struct text key, words; };

static int by_key(const void *a, const void *b)
{
    return text_compare(((const struct worded *)a)->key, ((const struct worded *)b)->key);
}

static size_t take(struct worded *into, size_t n, const struct doc_spans *spans)
{
    for (size_t i = 0; i < spans->n; i++)
        if (spans->at[i].kind == DOC_FIGURE)
            into[n++] = (struct worded){ spans->at[i].key, spans->at[i].text };
    return n;
}

/* What flags a figure that has changed (doc_worded) rests on it. */
static void each_key_has_one_wording(const struct stocked *s, const struct doc *doc)
{
    struct worded *all = arena_array(s->mem, 20000, struct worded);
    size_t n = 0;
    for (size_t i = 0; i < doc->n; i++)
        for (size_t b = 0; b < doc->sections[i]->n && n < 19000; b++) {
            const struct doc_block *block = &doc->sections[i]->blocks[b];
            n = take(all, n, &block->spans);
            for (size_t c = 0; block->table && c < block->table->n_rows * block->table->n_columns; c++)
                n = take(all, n, &block->table->cells[c].spans);
        }
    qsort(all, n, sizeof *all, by_key);
    for (size_t i = 1; i < n; i++)
        if (text_equal(all[i].key, all[i - 1].key) && !text_equal(all[i].words, all[i - 1].words))
            fail_msg("%.*s is worded %.*s and %.*s", TEXT_ARG(all[i].key), TEXT_ARG(all[i].words), TEXT_ARG(all[i - 1].words));
}

TEST(reporting, words_each_key_in_one_way)
{
    const struct stocked s = stocked_shared();
    const struct actor console = actor_console();
    each_key_has_one_wording(&s, drafted(&s, &console, "county"));
    each_key_has_one_wording(&s, drafted(&s, &console, some_school(&s)));
    each_key_has_one_wording(&s, drafted(&s, &console, some_township(&s)));
    each_key_has_one_wording(&s, drafted(&s, &console, "indicator:L5"));
    each_key_has_one_wording(&s, drafted(&s, &console, "indicator:G11"));
}

TEST(reporting, drafts_and_writes_the_same_bytes_again)
{
    const struct stocked s = stocked_shared();
    const struct actor console = actor_console();
    for (unsigned form = 0; form < N_REPORT_FORMS; form++) {
        struct err err = { 0 };
        struct text one, two;
        CHECK_OK(app_report_write(drafted(&s, &console, "county"), (enum report_form)form, s.mem, &one, &err), err);
        CHECK_OK(app_report_write(drafted(&s, &console, "county"), (enum report_form)form, s.mem, &two, &err), err);
        CHECK(one.size > 1000 && text_equal(one, two));
    }
}

TEST(reporting, names_the_schools_in_the_same_order_in_every_table)
{
    const struct stocked s = stocked_shared();
    const struct actor console = actor_console();
    const struct doc *doc = drafted(&s, &console, "county");
    const struct county_assessment *county = &s.snapshot->assessment->counties[s.snapshot->usual_year];
    const struct doc_section *schools = doc_find(doc, TEXT("schools"));
    size_t rows = 0;
    for (size_t b = 0, stage = 0; b < schools->n; b++) {
        const struct doc_table *t = schools->blocks[b].table;
        if (!t)
            continue;
        size_t u = 0; /* units stand in the order of the official tables */
        for (size_t r = 1; r < t->n_rows; r++, rows++) {
            const struct text name = doc_plain(s.mem, &t->cells[r * t->n_columns + 1].spans);
            const struct stage_assessment *of = &county->stages[stage];
            while (u < of->n && !text_equal(name, returns_text(s.snapshot->returns, of->row[u], s.snapshot->edition->items.school_name)))
                u++;
            CHECK(u++ < of->n);
        }
        stage++;
    }
    CHECK(rows > 0);
}

TEST(reporting, shows_a_principal_the_own_school_and_no_county)
{
    const struct stocked s = stocked_shared();
    struct actor actor = actor_console();
    const struct text own = { some_school(&s) + 7, strlen(some_school(&s)) - 7 };
    struct err err = { 0 };
    struct report_of of = { REPORT_COUNTY, TEXT("") };
    struct doc *doc;
    actor.place = (struct place){ PLACE_SCHOOL, own };
    CHECK(!app_report_draft(s.snapshot, &actor, s.snapshot->usual_year, &of, &TERMS, s.mem, &doc, &err));
    CHECK_INT(err.kind, ERR_DENIED);
    CHECK(drafted(&s, &actor, some_school(&s)) != NULL);
    of = (struct report_of){ REPORT_SCHOOL, TEXT("0000000000") };
    CHECK(!app_report_draft(s.snapshot, &actor, s.snapshot->usual_year, &of, &TERMS, s.mem, &doc, &err));
    CHECK_INT(err.kind, ERR_ABSENT);
    actor.permissions = MAY_NOTHING;
    CHECK(!app_report_draft(s.snapshot, &actor, s.snapshot->usual_year, &of, &TERMS, s.mem, &doc, &err));
    CHECK_INT(err.kind, ERR_DENIED);
}

TEST(reporting, names_what_there_is_to_ask_for)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    struct report_of of;
    CHECK_OK(report_of_words(TEXT("indicator:L4"), &of, &err), err);
    CHECK_INT(of.kind, REPORT_INDICATOR);
    CHECK_TEXT(report_of_word(&of, mem), "indicator:L4");
    CHECK(!report_of_words(TEXT("school"), &of, &err) && !report_of_words(TEXT("county:x"), &of, &err) && !report_of_words(TEXT(""), &of, &err));
    CHECK_CONTAINS(text_of(err.hint), "township:");
    arena_free(&mem);
}

/* Every form of forms/ is read without a fault and holds what the standard asks of it. */
#include "check.h"

#include "base/file.h"
#include "survey/form_read.h"

static const char *const NAMES[] = { "school-quality", "pupil-quality", "county-quality", "township-year", "department-year", "warm-campus", "lesson-visit", "smart-classroom" };

static const struct form *shipped(struct arena *mem, const char *name)
{
    struct err err;
    struct text bytes;
    struct cell_table table;
    struct form_faults faults = { .mem = mem };
    CHECK_OK(file_read(mem, check_path(mem, arena_printf(mem, "forms/%s.csv", name)), 1 << 20, &bytes, &err), err);
    CHECK_OK(cell_table_csv(text_of(name), bytes, mem, &table, &err), err);
    const struct form *const form = form_read(&table, mem, &faults);
    if (!form)
        fail_msg("%s, %.*s: %.*s", name, TEXT_ARG(form_fault_place(&table, &faults.at[0], mem)), TEXT_ARG(faults.at[0].what));
    CHECK_TEXT(form->id, name);
    return form;
}

TEST(shipped_forms, are_all_read)
{
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < COUNT(NAMES); i++)
        shipped(mem, NAMES[i]);
    arena_free(&mem);
}

TEST(shipped_forms, grade_twelve_key_indicators_with_proof)
{
    static const struct { const char *name, *prefix; enum form_who who; } LEVELS[] = {
        { "county-quality", "CQ", FORM_COUNTY }, { "school-quality", "SQ", FORM_SCHOOL }, { "pupil-quality", "TQ", FORM_SCHOOL },
    };
    struct arena *mem = arena_new("test");
    for (size_t l = 0; l < COUNT(LEVELS); l++) {
        const struct form *const f = shipped(mem, LEVELS[l].name);
        CHECK_INT(f->who, LEVELS[l].who);
        CHECK_TEXT(f->result_bars, "待改进");
        for (int k = 1; k <= 12; k++) {
            const size_t at = form_find(f, text_printf(mem, "%s%d", LEVELS[l].prefix, k));
            CHECK(at != SIZE_MAX);
            CHECK_INT(f->questions[at].type, ASK_GRADE);
            CHECK(f->questions[at].required);
            CHECK_INT(f->questions[at].n_proof_values, 2);
        }
    }
    arena_free(&mem);
}

TEST(shipped_forms, show_a_department_its_own_duties_alone)
{
    struct arena *mem = arena_new("test");
    const struct form *const f = shipped(mem, "department-year");
    const struct form_question *const which = &f->questions[form_find(f, TEXT("D0"))];
    CHECK_INT(which->n_choices, 21);
    for (size_t i = 0; i < which->n_choices; i++) {
        size_t sections = 0;
        for (size_t s = 0; s < f->n_sections; s++)
            sections += f->sections[s].n_terms == 1 && text_equal(f->sections[s].terms[0].values[0], which->choices[i]);
        CHECK_INT(sections, 1);
    }
    arena_free(&mem);
}

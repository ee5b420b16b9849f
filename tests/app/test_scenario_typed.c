/* Changes of a trial put together: pasted as a block, and all that a school lacks at once. */
#include "stocked.h"

#include "app/scenario.h"
#include "app/scenario_typed.h"

static size_t latest(const struct stocked *s)
{
    return s->snapshot->n_years - 1;
}

static struct text name_of(const struct stocked *s, size_t row)
{
    return returns_text(s->snapshot->returns, row, s->snapshot->edition->items.school_name);
}

static struct text code_of(const struct stocked *s, size_t row)
{
    return returns_text(s->snapshot->returns, row, s->snapshot->edition->items.school_code);
}

static struct pasted paste(const struct stocked *s, struct text block, struct typed_changes *into)
{
    const struct actor console = actor_console();
    *into = (struct typed_changes){ .mem = s->mem };
    return app_scenario_paste(s->snapshot, latest(s), &console, block, into);
}

TEST(scenario_paste, takes_rows_of_school_item_value_by_name_and_by_code)
{
    const struct stocked s = stocked_shared();
    const size_t row = s.snapshot->returns->counties[latest(&s)].first;
    const struct text name = name_of(&s, row), code = code_of(&s, row);
    const uint16_t item = stocked_item(&s, "classrooms_multimedia"), money = stocked_item(&s, "equipment_value_10k_yuan");
    const struct text item_name = s.snapshot->edition->items.at[item].zh;
    struct typed_changes changes;
    const struct pasted done = paste(&s, text_printf(s.mem, "%.*s\t%.*s\t 12 \r\n%.*s\tequipment_value_10k_yuan\t\"1,234.5\"\r\n", TEXT_ARG(name),
                                                     TEXT_ARG(item_name), TEXT_ARG(code)), &changes);
    CHECK_INT(done.rows, 2);
    CHECK_INT(done.n_faults, 0);
    CHECK_INT(changes.n, 2);
    CHECK(text_equal(changes.at[0].school, code));
    CHECK_INT(changes.at[0].item, item);
    CHECK_TEXT(changes.at[0].typed, "12");
    CHECK_INT(changes.at[1].item, money);
    CHECK_TEXT(changes.at[1].typed, "1,234.5");
}

TEST(scenario_paste, finds_its_columns_by_a_heading_as_the_export_writes_it)
{
    const struct stocked s = stocked_shared();
    const size_t row = s.snapshot->returns->counties[latest(&s)].first;
    struct typed_changes changes;
    const struct text block = text_printf(s.mem, "学校代码\t学校\t项目\t单位\t现值\t改为\t差\n%.*s\t%.*s\tclassrooms_multimedia\t间\t3\t9\t6\n",
                                          TEXT_ARG(code_of(&s, row)), TEXT_ARG(name_of(&s, row)));
    const struct pasted done = paste(&s, block, &changes);
    CHECK_INT(done.rows, 1);
    CHECK(text_equal(changes.at[0].school, code_of(&s, row)));
    CHECK_TEXT(changes.at[0].typed, "9");
}

TEST(scenario_paste, tells_by_line_what_it_cannot_take_and_takes_the_rest)
{
    const struct stocked s = stocked_shared();
    const struct text code = code_of(&s, s.snapshot->returns->counties[latest(&s)].first);
    struct typed_changes changes;
    const struct pasted done = paste(&s, text_printf(s.mem, "没有的学校\tclassrooms_multimedia\t1\n%.*s\t没有的项目\t1\n%.*s\tschool_name\t1\n%.*s\tx\n\n"
                                                            "%.*s\tclassrooms_multimedia\t\"7\"",
                                                     TEXT_ARG(code), TEXT_ARG(code), TEXT_ARG(code), TEXT_ARG(code)), &changes);
    CHECK_INT(done.rows, 1);
    CHECK_TEXT(changes.at[0].typed, "7");
    CHECK_INT(done.n_faults, 4);
    CHECK_INT(done.faults[0].line, 1);
    CHECK_TEXT(done.faults[0].words, "第 1 行：没有这所学校（“没有的学校”）。");
    CHECK_TEXT(done.faults[1].words, "第 2 行：没有这个项目，或者它不是数（“没有的项目”）。");
    CHECK_INT(done.faults[2].line, 3);
    CHECK_TEXT(done.faults[3].words, "第 4 行：要有三列：学校、项目、值。");
}

TEST(scenario_paste, a_row_that_comes_twice_is_typed_anew_in_its_place)
{
    const struct stocked s = stocked_shared();
    const struct text code = code_of(&s, s.snapshot->returns->counties[latest(&s)].first);
    struct typed_changes changes;
    paste(&s, text_printf(s.mem, "%.*s\tclassrooms_multimedia\t1\n%.*s\tclassrooms_multimedia\t2", TEXT_ARG(code), TEXT_ARG(code)), &changes);
    CHECK_INT(changes.n, 1);
    CHECK_TEXT(changes.at[0].typed, "2");
}

TEST(scenario_paste, any_bytes_are_taken_or_told)
{
    const struct stocked s = stocked_shared();
    const char *const blocks[] = { "", "\"", "\"\"", "\"a\"b\tc\td", "\t\t\t", "\n\n", "\"a\t", "a\t\"b\nc\"\td\"", "\xff\xfe\t\x01\t9" };
    for (size_t i = 0; i < COUNT(blocks); i++) {
        struct typed_changes changes;
        const struct pasted done = paste(&s, text_of(blocks[i]), &changes);
        CHECK_INT(changes.n, 0);
        CHECK(done.n_faults <= 4);
    }
}

TEST(scenario_fill, makes_every_school_pass_of_which_all_is_known)
{
    const struct stocked s = stocked_shared();
    const struct actor console = actor_console();
    const struct county_needs *const needs = &s.snapshot->needs[latest(&s)];
    size_t filled = 0;
    for (size_t i = 0; i < needs->n; i++) {
        const struct school_need *const need = &needs->schools[i];
        struct typed_changes typed = { .mem = s.mem };
        const size_t put = app_scenario_fill(s.snapshot, latest(&s), need->row, &typed);
        if (need->passes)
            CHECK_INT(put, 0);
        if (need->passes || need->no_data)
            continue;
        struct scenario_change *const changes = arena_array(s.mem, typed.n, struct scenario_change);
        struct tried tried;
        struct err err = { 0 };
        for (size_t k = 0; k < typed.n; k++) {
            changes[k] = (struct scenario_change){ .school = typed.at[k].school, .item = typed.at[k].item };
            CHECK(app_try_read(s.snapshot->edition, typed.at[k].item, typed.at[k].typed, s.mem, &changes[k].number, &err));
        }
        CHECK(app_try(s.snapshot, latest(&s), &console, changes, typed.n, s.mem, &tried, &err));
        const struct county_assessment *const county = &tried.assessment->counties[tried.county];
        for (size_t st = 0; st < county->n_stages; st++)
            for (size_t u = 0; u < county->stages[st].n; u++)
                if (county->stages[st].row[u] == need->row && county->stages[st].unit_verdict[u] != STATE_MET)
                    fail_msg("%.*s still fails after %zu changes", TEXT_ARG(name_of(&s, need->row)), typed.n);
        filled++;
    }
    CHECK(filled > 0);
}

#include "check.h"

#include "app/edition.h"
#include "standard/logic_check.h"

struct fixture {
    struct arena *mem;
    const struct edition *edition;
    struct returns *returns;
    struct findings findings;
    uint32_t source;
};

static struct fixture start(void)
{
    struct fixture f = { .mem = arena_new("test") };
    struct err err = { 0 };
    CHECK_OK(app_edition(f.mem, "cn-2017", &f.edition, &err), err);
    f.returns = returns_new(&f.edition->items, f.mem);
    f.findings.mem = f.mem;
    f.source = returns_source(f.returns, TEXT("学校.xlsx"), TEXT("小学"));
    for (size_t i = 0; i < f.edition->items.n; i++)
        f.returns->sources[f.source].place[i] = (uint32_t)i + 1;
    return f;
}

static uint16_t item(const struct fixture *f, const char *code)
{
    const uint16_t found = item_find(&f->edition->items, text_of(code));
    assert_true(found != NO_ITEM);
    return found;
}

static void put(struct fixture *f, size_t row, const char *code, double value)
{
    returns_put_number(f->returns, row, item(f, code), value);
}

/* A primary school: code, name, type, 120 pupils in 4 classes, 10 teachers. */
static size_t school(struct fixture *f, int year, const char *code)
{
    const uint32_t county = returns_county(f->returns, TEXT("410185"), year);
    const size_t row = returns_add(f->returns, county, (struct origin){ f->source, 5 + (uint32_t)f->returns->n });
    returns_put_text(f->returns, row, f->edition->items.school_code, text_of(code));
    returns_put_text(f->returns, row, f->edition->items.school_name, TEXT("阳光小学"));
    put(f, row, "school_type", item_value(&f->edition->items.at[f->edition->items.school_type], TEXT("primary")));
    put(f, row, "pupils_primary", 120);
    put(f, row, "classes_primary", 4);
    put(f, row, "teachers_primary", 10);
    return row;
}

static const struct finding *run(struct fixture *f, const char *rule)
{
    returns_arrange(f->returns);
    logic_checks(f->edition, f->returns, &f->findings);
    const struct finding *found = NULL;
    for (size_t i = 0; i < f->findings.n; i++)
        if (text_equal(f->findings.at[i].rule, text_of(rule))) {
            assert_true(!found); /* each fault is found once */
            found = &f->findings.at[i];
        }
    return found;
}

TEST(logic_check, finds_nothing_in_figures_that_agree)
{
    struct fixture f = start();
    school(&f, 2025, "A1");
    school(&f, 2025, "A2");
    run(&f, "");
    CHECK_INT(f.findings.n, 0);
    arena_free(&f.mem);
}

TEST(logic_check, points_at_the_cell_of_a_part_above_its_whole)
{
    struct fixture f = start();
    school(&f, 2025, "A1");
    const size_t row = school(&f, 2025, "A2");
    put(&f, row, "teachers_backbone_primary", 12);
    const struct finding *const found = run(&f, "check.backbone_primary");
    assert_non_null(found);
    CHECK_INT(f.findings.n, 1);
    CHECK_INT(found->level, FINDING_ERROR);
    CHECK_TEXT(found->file, "学校.xlsx");
    CHECK_INT(found->row, 6);
    CHECK_INT(found->column, item(&f, "teachers_backbone_primary") + 1);
    CHECK_TEXT(found->school, "A2 阳光小学");
    CHECK_TEXT(found->item, "teachers_backbone_primary");
    CHECK_TEXT(found->read, "12");
    CHECK_CONTAINS(found->expected, "不应多于");
    arena_free(&f.mem);
}

TEST(logic_check, says_nothing_of_what_is_blank)
{
    struct fixture f = start();
    const size_t row = school(&f, 2025, "A1");
    put(&f, row, "teachers_primary", BLANK);
    put(&f, row, "teachers_backbone_primary", 12);
    CHECK_INT(run(&f, "") == NULL && f.findings.n == 0, 1);
    arena_free(&f.mem);
}

/* One broken school a check: what is set besides the good school, and what must be found. */
TEST(logic_check, finds_every_kind_of_disagreement)
{
    static const struct { const char *rule; bool warning; struct { const char *item; double value; } set[8]; } CASES[] = {
        { "check.above_degree_primary", false, { { "teachers_above_degree_primary", 11 } } },
        { "check.pe_arts_primary", false, { { "teachers_pe_primary", 6 }, { "teachers_arts_primary", 5 } } },
        { "check.pupils_primary_total", false, { { "pupils_total", 119 }, { "pupils_junior", BLANK } } },
        { "check.pupils_sum", false, { { "pupils_total", 121 }, { "pupils_junior", 0 } } },
        { "check.catchment_primary", false, { { "pupils_in_catchment_primary", 121 } } },
        { "check.over_45", false, { { "classes_primary_over_45", 5 } } },
        { "check.class_size_primary", true, { { "classes_primary", 1 } } },
        { "check.class_size_small_primary", true, { { "classes_primary", 41 } } },
        { "check.classes_primary_none", false, { { "classes_primary", 0 } } },
        { "check.teachers_none_primary", true, { { "teachers_primary", 0 } } },
        { "check.certified", false, { { "teachers_certified", 11 }, { "teachers_total", 10 } } },
        { "check.trained", false, { { "teachers_trained_360h", 11 }, { "teachers_total", 10 } } },
        { "check.teachers_primary_total", false, { { "teachers_total", 9 } } },
        { "check.indoor_sports", false, { { "area_indoor_sports_m2", 500 }, { "area_teaching_m2", 400 } } },
        { "check.gymnasium", true, { { "area_gymnasium_m2", 500 }, { "area_indoor_sports_m2", 400 } } },
        { "check.equipment_none", true, { { "equipment_value_10k_yuan", 0 }, { "classrooms_multimedia", 4 } } },
        { "check.equipment_unit", true, { { "equipment_value_10k_yuan", 300000 }, { "pupils_junior", 0 } } },
        { "check.bands_sum", false, { { "classes_total", 4 }, { "classes_le_25", 1 }, { "classes_26_30", 2 }, { "classes_31_35", 0 }, { "classes_36_40", 0 }, { "classes_41_45", 0 }, { "classes_46_50", 0 } } },
        { "check.largest_over_45", false, { { "classes_primary_over_45", 1 }, { "largest_class", 45 } } },
        { "check.music_rooms", false, { { "music_rooms", 1 }, { "music_rooms_96m2", 1 }, { "music_rooms_73m2", 1 } } },
        { "check.training_budget", false, { { "training_budget_10k_yuan", 9 }, { "public_funds_budget_10k_yuan", 8 } } },
        { "check.built_2010", true, { { "built_by_2010", 1 }, { "built_year", 2011 } } },
        { "check.built_year", false, { { "built_year", 2027 } } },
        { "check.small_rural_50_99", false, { { "small_rural_50_99", 1 } } },
        { "check.small_rural_class", false, { { "small_rural_class_under_30", 1 }, { "largest_class", 30 } } },
        { "check.dense_city", false, { { "dense_city_centre", 1 }, { "area_kind", 3 } } },
        { "check.longitude", false, { { "longitude", 34.5 } } },
        { "check.latitude", false, { { "latitude", 113 } } },
        { "check.attached_junior", true, { { "pupils_junior", 30 } } },
        { "check.type_primary", true, { { "pupils_primary", 0 }, { "classes_primary", 0 } } },
        { "check.sponsor", true, { { "ownership", 1 }, { "sponsor", 10 } } },
        { "check.cohort_graduates", false, { { "cohort_graduates_junior", 90 }, { "cohort_entrants_junior", 80 }, { "cohort_in_junior", 5 } } },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct fixture f = start();
        school(&f, 2025, "A1");
        const size_t row = school(&f, 2025, "A2");
        for (size_t k = 0; k < 8 && CASES[i].set[k].item; k++)
            put(&f, row, CASES[i].set[k].item, CASES[i].set[k].value);
        if (!strcmp(CASES[i].rule, "check.bands_sum"))
            for (size_t k = 0; k < 4; k++)
                put(&f, row, (const char *const[]){ "classes_51_55", "classes_56_60", "classes_61_65", "classes_ge_66" }[k], 0);
        const struct finding *const found = run(&f, CASES[i].rule);
        if (!found)
            fail_msg("%s is not found", CASES[i].rule);
        assert_true((found->level == FINDING_WARNING) == CASES[i].warning);
        CHECK(found->expected.size && found->mend.size && found->row == 6);
        arena_free(&f.mem);
    }
}

TEST(logic_check, checks_the_figures_of_the_county)
{
    struct fixture f = start();
    school(&f, 2025, "A1");
    const uint32_t county = returns_county(f.returns, TEXT("410185"), 2025);
    returns_put_county(f.returns, county, item(&f, "rotation_moved"), 20, (struct origin){ f.source, 2 });
    returns_put_county(f.returns, county, item(&f, "rotation_moved_backbone"), 21, (struct origin){ f.source, 2 });
    returns_put_county(f.returns, county, item(&f, "recognised_basic_year"), 2026, (struct origin){ f.source, 2 });
    const struct finding *const found = run(&f, "check.rotation_backbone");
    assert_non_null(found);
    CHECK_INT(found->row, 2);
    CHECK_TEXT(found->read, "21");
    CHECK_INT(f.findings.n, 2); /* and recognised in a year to come */
    arena_free(&f.mem);
}

TEST(logic_check, asks_why_a_figure_changed_by_more_than_a_fifth_in_a_year)
{
    struct fixture f = start();
    put(&f, school(&f, 2024, "A1"), "pupils_primary", 100);
    put(&f, school(&f, 2024, "A2"), "pupils_primary", 100);
    put(&f, school(&f, 2024, "A3"), "pupils_primary", 100);
    school(&f, 2025, "A1"); /* 120: just a fifth */
    school(&f, 2025, "A4");
    put(&f, school(&f, 2025, "A3"), "pupils_primary", 79);
    const struct finding *const found = run(&f, "check.year.pupils_primary");
    assert_non_null(found);
    CHECK_INT(found->level, FINDING_WARNING);
    CHECK_TEXT(found->school, "A3 阳光小学");
    CHECK_TEXT(found->read, "79（上年 100）");
    CHECK_INT(f.findings.n, 1);
    arena_free(&f.mem);
}

TEST(logic_check, does_not_compare_years_that_do_not_follow)
{
    struct fixture f = start();
    put(&f, school(&f, 2023, "A1"), "pupils_primary", 50);
    school(&f, 2025, "A1");
    CHECK(!run(&f, "check.year.pupils_primary"));
    arena_free(&f.mem);
}

TEST(logic_check, finds_a_campus_whose_host_is_not_there)
{
    struct fixture f = start();
    school(&f, 2025, "A1");
    returns_put_text(f.returns, school(&f, 2025, "A2"), f.edition->items.host_school_code, TEXT("A1"));
    returns_put_text(f.returns, school(&f, 2025, "A3"), f.edition->items.host_school_code, TEXT("A9"));
    const struct finding *const found = run(&f, "campus.host");
    assert_non_null(found);
    CHECK_TEXT(found->read, "A9");
    CHECK_INT(found->level, FINDING_ERROR);
    CHECK_INT(f.findings.n, 1);
    arena_free(&f.mem);
}

TEST(logic_check, finds_a_campus_of_a_campus_but_lets_a_teaching_point_name_its_manager)
{
    struct fixture f = start();
    school(&f, 2025, "A1");
    returns_put_text(f.returns, school(&f, 2025, "A2"), f.edition->items.host_school_code, TEXT("A1"));
    returns_put_text(f.returns, school(&f, 2025, "A3"), f.edition->items.host_school_code, TEXT("A2"));
    const size_t point = school(&f, 2025, "A4");
    put(&f, point, "school_type", item_value(&f.edition->items.at[f.edition->items.school_type], TEXT("teaching_point")));
    returns_put_text(f.returns, point, f.edition->items.host_school_code, TEXT("Z9"));
    const struct finding *const found = run(&f, "campus.chain");
    assert_non_null(found);
    CHECK_TEXT(found->school, "A3 阳光小学");
    CHECK_INT(f.findings.n, 1);
    arena_free(&f.mem);
}

TEST(logic_check, finds_rows_without_code_type_or_name)
{
    struct fixture f = start();
    const uint32_t county = returns_county(f.returns, TEXT("410185"), 2025);
    returns_add(f.returns, county, (struct origin){ f.source, 7 });
    run(&f, "");
    CHECK_INT(f.findings.n, 3);
    CHECK_INT(finding_count(&f.findings, FINDING_ERROR), 2);
    CHECK_INT(f.findings.at[0].row, 7);
    arena_free(&f.mem);
}

TEST(logic_check, reads_every_row_of_a_long_table)
{
    struct fixture f = start();
    for (int i = 0; i < 9000; i++) {
        const size_t row = school(&f, 2025, arena_printf(f.mem, "S%05d", i));
        if (i == 8999)
            put(&f, row, "teachers_backbone_primary", 12);
    }
    const struct finding *const found = run(&f, "check.backbone_primary");
    assert_non_null(found);
    CHECK_TEXT(found->school, "S08999 阳光小学");
    arena_free(&f.mem);
}

/* A row typed on a page stands in no table: nothing is looked up there. */
TEST(logic_check, takes_a_row_that_came_from_no_table)
{
    struct arena *mem = arena_new("test");
    const struct edition *edition;
    struct err err;
    CHECK_OK(app_edition(mem, NULL, &edition, &err), err);
    struct returns *r = returns_new(&edition->items, mem);
    const size_t row = returns_add(r, returns_county(r, TEXT("419900"), 2025), (struct origin){ UINT32_MAX, 0 });
    returns_put_text(r, row, edition->items.school_code, TEXT("1"));
    returns_arrange(r);
    struct findings findings = { .mem = mem };
    logic_checks(edition, r, &findings);
    CHECK(findings.n > 0); /* it has no type */
    arena_free(&mem);
}

#include "paged.h"

#include "report/compose_entry.h"

static uint32_t row_of(const struct paged *p, const char *code)
{
    const size_t row = composing_row(p->assessment, composing_county(&p->c), text_of(code));
    CHECK(row != SIZE_MAX);
    return (uint32_t)row;
}

static const struct entry_cell *cell_of(const struct entry *entry, const char *item)
{
    for (size_t g = 0; g < entry->n_groups; g++)
        for (size_t i = 0; i < entry->groups[g].n; i++)
            if (text_equal(entry->groups[g].cells[i].code, text_of(item)))
                return &entry->groups[g].cells[i];
    return NULL;
}

TEST(entry, shows_each_figure_as_it_is_typed_beside_last_years)
{
    struct paged p = paged_small();
    const struct entry *entry = compose_entry(&p.c, row_of(&p, "B"), false);
    const struct entry_cell *pupils = cell_of(entry, "pupils_primary"), *area = cell_of(entry, "area_kind"), *boarding = cell_of(entry, "boarding");
    CHECK_TEXT(entry->last_year, "2024学年");
    CHECK_TEXT(pupils->typed, "400");
    CHECK_TEXT(pupils->seen, "400");
    CHECK_TEXT(pupils->last_words, "400");
    CHECK_TEXT(pupils->unit, "人");
    CHECK_TEXT(pupils->change, ""); /* nothing changed */
    CHECK(!pupils->words && !pupils->wanted);
    CHECK(area->words && boarding->words);
    CHECK_TEXT(boarding->typed, "否");
    CHECK_TEXT(boarding->seen, "0");
    CHECK(area->typed.size && area->seen.size == 1); /* 镇区; its ordinal */
    CHECK_TEXT(cell_of(entry, "school_name")->seen, "柳林镇中心小学");
    paged_free(&p);
}

TEST(entry, asks_for_what_an_indicator_waits_for)
{
    struct paged p = paged_small();
    const struct entry *entry = compose_entry(&p.c, row_of(&p, "C"), false); /* lacks its multimedia classrooms */
    CHECK(cell_of(entry, "classrooms_multimedia")->wanted);
    CHECK(!cell_of(entry, "pupils_primary")->wanted);
    CHECK(entry->wanted >= 1);
    CHECK_INT(compose_entry(&p.c, row_of(&p, "A"), false)->wanted, 0);
    paged_free(&p);
}

TEST(entry, leaves_out_what_no_school_of_its_type_returns_until_it_is_asked_for)
{
    struct paged p = paged_small();
    const struct entry *few = compose_entry(&p.c, row_of(&p, "A"), false), *all = compose_entry(&p.c, row_of(&p, "A"), true);
    CHECK(cell_of(few, "pupils_junior") == NULL);
    CHECK(cell_of(all, "pupils_junior") != NULL);
    CHECK(few->left_out > 0);
    CHECK_INT(all->left_out, 0);
    CHECK_INT(few->cells + few->left_out, all->cells);
    CHECK(cell_of(compose_entry(&p.c, row_of(&p, "E"), false), "pupils_junior") != NULL); /* a nine-year school */
    paged_free(&p);
}

TEST(entry, says_the_change_on_last_year_with_its_sign)
{
    struct paged p = paged_small();
    returns_put_number(p.bed.returns, row_of(&p, "B"), bed_item(&p.bed, "pupils_primary"), 388);
    returns_put_number(p.bed.returns, row_of(&p, "B"), bed_item(&p.bed, "area_teaching_m2"), BLANK);
    paged_assess(&p);
    const struct entry *entry = compose_entry(&p.c, row_of(&p, "B"), false);
    CHECK_TEXT(cell_of(entry, "pupils_primary")->change, "−12");
    CHECK_TEXT(cell_of(entry, "area_teaching_m2")->change, "");
    CHECK_TEXT(cell_of(entry, "area_teaching_m2")->typed, "");
    CHECK_TEXT(cell_of(entry, "area_teaching_m2")->seen, "");
    paged_free(&p);
}

/* What is typed and what is sent along come back as the same value. */
TEST(entry, types_what_reads_back_as_the_same)
{
    struct paged p = paged_small();
    const struct item *area = &p.bed.edition->items.at[bed_item(&p.bed, "area_kind")], *number = &p.bed.edition->items.at[bed_item(&p.bed, "area_teaching_m2")];
    double back;
    CHECK_TEXT(entry_typed(p.bed.mem, number, 5604.97, TEXT("")), "5604.97");
    CHECK(number_parse(entry_seen(p.bed.mem, number, 0.1 + 0.2, TEXT("")), &back) && back == 0.1 + 0.2);
    CHECK_TEXT(entry_typed(p.bed.mem, area, item_value(area, TEXT("town")), TEXT("")), "镇区");
    CHECK_TEXT(entry_typed(p.bed.mem, area, BLANK, TEXT("")), "");
    CHECK_TEXT(entry_typed(p.bed.mem, area, 99, TEXT("")), "99"); /* of another edition: as it stands */
    paged_free(&p);
}

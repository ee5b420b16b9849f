#include "check.h"
#include "sample/files.h"

static struct sample_county *county_of(struct arena *mem, uint64_t seed)
{
    struct sample_county *county = sample_county(mem, seed, 2025, 3);
    sample_faults(mem, county);
    return county;
}

TEST(county, has_150_schools_in_15_townships_all_said_to_be_fictional)
{
    struct arena *mem = arena_new("test");
    const struct sample_county *county = county_of(mem, 1);
    bool seen[N_TOWNSHIPS] = { false };
    CHECK_INT(county->n, 150);
    for (size_t i = 0; i < county->n; i++) {
        const struct sample_school *school = &county->schools[i];
        CHECK_CONTAINS(school->text[SCHOOL_NAME], "虚构");
        CHECK_CONTAINS(school->text[COUNTY_CODE], "419900");
        for (size_t t = 0; t < N_TOWNSHIPS; t++)
            seen[t] = seen[t] || text_equal(school->text[TOWNSHIP], text_of(TOWNSHIPS[t].name));
        for (size_t k = 0; k < i; k++) {
            CHECK(!text_equal(school->text[SCHOOL_CODE], county->schools[k].text[SCHOOL_CODE]));
            CHECK(!text_equal(school->text[SCHOOL_NAME], county->schools[k].text[SCHOOL_NAME]));
        }
    }
    for (size_t t = 0; t < N_TOWNSHIPS; t++)
        CHECK(seen[t]);
    arena_free(&mem);
}

TEST(county, has_every_kind_of_school_the_standard_tells_apart)
{
    static const char *const types[] = { "小学", "初级中学", "九年一贯制", "十二年一贯制", "完全中学", "教学点", "特殊教育" };
    struct arena *mem = arena_new("test");
    const struct sample_county *county = county_of(mem, 1);
    size_t of[COUNT(types)] = { 0 }, campuses = 0, private = 0, attached = 0, small_points = 0, points = 0, small_villages = 0;
    for (size_t i = 0; i < county->n; i++) {
        const struct sample_school *school = &county->schools[i];
        const double *f = school->figure[0];
        for (size_t t = 0; t < COUNT(types); t++)
            of[t] += text_equal(school->text[SCHOOL_TYPE], text_of(types[t]));
        const bool point = text_equal(school->text[SCHOOL_TYPE], TEXT("教学点"));
        const bool primary = text_equal(school->text[SCHOOL_TYPE], TEXT("小学"));
        campuses += school->text[HOST_CODE].size > 0;
        private += text_equal(school->text[OWNERSHIP], TEXT("民办"));
        attached += primary && f[PUPILS_J] > 0;
        small_points += point && f[PUPILS_P] < 50;
        points += point && f[PUPILS_P] >= 50;
        small_villages += primary && f[PUPILS_P] < 100;
    }
    for (size_t t = 0; t < COUNT(types); t++)
        CHECK(of[t] > 0);
    CHECK(campuses && private && attached && small_points && points && small_villages);
    arena_free(&mem);
}

/* Figures that contradict each other would bury the mistakes made on purpose. */
TEST(county, reports_parts_that_are_not_above_their_wholes)
{
    struct arena *mem = arena_new("test");
    const struct sample_county *county = sample_county(mem, 1, 2025, 3);  /* without the mistakes */
    for (size_t i = 0; i < county->n; i++)
        for (int back = 0; back < 3; back++) {
            const double *f = county->schools[i].figure[back];
            /* A comparison with a blank is false. */
            CHECK(!(f[DEGREE_P] > f[TEACHERS_P]) && !(f[DEGREE_J] > f[TEACHERS_J]));
            CHECK(!(f[BACKBONE_P] > f[TEACHERS_P]) && !(f[BACKBONE_J] > f[TEACHERS_J]));
            CHECK(!(f[PE_P] + f[ARTS_P] > f[TEACHERS_P]) && !(f[PE_J] + f[ARTS_J] > f[TEACHERS_J]));
            CHECK(!(f[AREA_INDOOR] > f[AREA_TEACHING]));
            CHECK(!(f[CERTIFIED] > f[TEACHERS_ALL]) && !(f[TRAINED] > f[TEACHERS_ALL]));
            CHECK(!(f[MUSIC_ROOMS_96] > f[MUSIC_ROOMS]) && !(f[ART_ROOMS_90] > f[ART_ROOMS]));
            CHECK(!(f[OVER_45] > f[CLASSES_P]) && !(f[OVER_50] > f[CLASSES_J]));
            CHECK(!(f[CATCHMENT_P] > f[PUPILS_P]) && !(f[CATCHMENT_J] > f[PUPILS_J]));
            CHECK(!(f[PUPILS_P] > f[CLASSES_P] * f[LARGEST_CLASS]));
            CHECK(!(f[PUPILS_J] > f[CLASSES_J] * f[LARGEST_CLASS]));
        }
    arena_free(&mem);
}

TEST(county, changes_by_less_than_a_fifth_from_year_to_year_save_where_it_is_a_mistake)
{
    static const enum column watched[] = {
        PUPILS_P, PUPILS_J, PUPILS_S, TEACHERS_P, TEACHERS_J, DEGREE_P, DEGREE_J, BACKBONE_P, BACKBONE_J,
        AREA_TEACHING, AREA_OUTDOOR, EQUIPMENT, MULTIMEDIA, CLASSES_P, CLASSES_J,
    };
    struct arena *mem = arena_new("test");
    const struct sample_county *county = county_of(mem, 1);
    size_t jumps = 0;
    for (size_t i = 0; i < county->n; i++)
        for (int back = 0; back < 2; back++)
            for (size_t w = 0; w < COUNT(watched); w++) {
                const double now = county->schools[i].figure[back][watched[w]];
                const double before = county->schools[i].figure[back + 1][watched[w]];
                jumps += watched[w] != CLASSES_P && fabs(now - before) > 0.2 * before;
            }
    CHECK_INT(jumps, 1);
    arena_free(&mem);
}

TEST(sample_files, names_the_place_of_every_mistake)
{
    struct arena *mem = arena_new("test");
    struct sample_county *county = county_of(mem, 1);
    const struct sample_files *files = sample_files(mem, county);
    const struct text guide = sample_guide(mem, county, files);
    CHECK_INT(county->n_faults, 9);
    for (size_t i = 0; i < county->n_faults; i++) {
        CHECK_CONTAINS(county->faults[i].where, "2025-");
        CHECK_CONTAINS(guide, text_string(mem, county->faults[i].where));
        CHECK_CONTAINS(guide, county->faults[i].what);
    }
    for (size_t i = 0; i < files->n; i++)
        CHECK_CONTAINS(guide, text_string(mem, files->at[i].name));
    arena_free(&mem);
}

/* The years come as files of their own: three years are two pairs more than one. */
TEST(sample_files, are_one_a_township_and_two_a_year_before)
{
    struct arena *mem = arena_new("test");
    struct sample_county *one = sample_county(mem, 1, 2025, 1), *three = sample_county(mem, 1, 2025, 3);
    CHECK_INT(sample_files(mem, one)->n, N_TOWNSHIPS + 3);
    CHECK_INT(sample_files(mem, three)->n, N_TOWNSHIPS + 3 + 4);
    arena_free(&mem);
}

#include "check.h"
#include "base/out.h"
#include "sample/nation.h"

static struct text nation(struct arena *mem, unsigned counties, int years, uint64_t seed)
{
    struct out *out = out_new_memory(mem);
    const struct nation_request request = { .counties = counties, .last_year = 2025, .years = years, .seed = seed };
    nation_write(&request, out);
    return out_collected(out);
}

static size_t lines(struct text text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += text.at[i] == '\n';
    return n;
}

TEST(nation, gives_the_same_bytes_for_the_same_seed)
{
    struct arena *mem = arena_new("test");
    CHECK(text_equal(nation(mem, 5, 2, 9), nation(mem, 5, 2, 9)));
    CHECK(!text_equal(nation(mem, 5, 2, 9), nation(mem, 5, 2, 10)));
    arena_free(&mem);
}

TEST(nation, begins_with_the_counties_of_a_smaller_one)
{
    struct arena *mem = arena_new("test");
    CHECK(text_starts(nation(mem, 6, 2, 9), nation(mem, 4, 2, 9)));
    arena_free(&mem);
}

/* The size of it and the order of it: 20–250 schools a county, 74 on average, by county code,
 * year, school code. */
TEST(nation, has_74_schools_a_county_in_order)
{
    struct arena *mem = arena_new("test");
    struct text rest = nation(mem, NATION_MOST_COUNTIES, 1, 1), line, before = { 0 };
    CHECK_NEAR((double)(lines(rest) - 1) / NATION_MOST_COUNTIES, 74.0, 1.5);
    CHECK(text_split(&rest, '\n', &line));
    CHECK(text_starts(line, TEXT("county_code,year,school_code,school_type,pupils_primary,")));
    size_t here = 0;
    while (text_split(&rest, '\n', &line) && line.size) {
        const struct text key = { line.at, sizeof "110121,2025,31101211000" - 1 };
        CHECK(before.size == 0 || text_compare(before, key) < 0);
        if (before.size && memcmp(before.at, key.at, 6) != 0) {
            CHECK(here >= NATION_LEAST_SCHOOLS && here <= NATION_MOST_SCHOOLS);
            here = 0;
        }
        before = key;
        here++;
    }
    arena_free(&mem);
}

TEST(nation, leaves_about_one_cell_in_a_thousand_blank)
{
    struct arena *mem = arena_new("test");
    struct text rest = nation(mem, 200, 1, 1), line;
    size_t asked = 0, blank = 0;
    while (text_split(&rest, '\n', &line)) {
        /* The last five figures are asked of every school. */
        size_t field = 0, start = 0;
        for (size_t i = 0; i <= line.size; i++) {
            if (i < line.size && line.at[i] != ',')
                continue;
            if (++field > 15) {
                asked++;
                blank += i == start;
            }
            start = i + 1;
        }
    }
    CHECK_NEAR((double)blank / (double)asked, 0.001, 0.0003);
    arena_free(&mem);
}

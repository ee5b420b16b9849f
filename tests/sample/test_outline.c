#include "check.h"
#include "import/geojson.h"
#include "report/write_geojson.h"
#include "sample/outline.h"

static double area_of(const struct outline_path *ring)
{
    double twice = 0.0;
    for (size_t i = 0; i + 1 < ring->n; i++)
        twice += ring->at[i].longitude * ring->at[i + 1].latitude - ring->at[i + 1].longitude * ring->at[i].latitude;
    return twice / 2.0;
}

static double side(struct lonlat a, struct lonlat b, struct lonlat p)
{
    return (b.longitude - a.longitude) * (p.latitude - a.latitude) - (b.latitude - a.latitude) * (p.longitude - a.longitude);
}

static bool crosses_itself(const struct outline_path *ring)
{
    for (size_t i = 0; i + 1 < ring->n; i++)
        for (size_t k = i + 2; k + 1 < ring->n; k++) {
            const struct lonlat a = ring->at[i], b = ring->at[i + 1], c = ring->at[k], d = ring->at[k + 1];
            if (side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0)
                return true;
        }
    return false;
}

/* However the land is bent: fifteen townships, anticlockwise, none crossing itself, that fill the
 * county without a gap or an overlap. */
TEST(outline, divides_the_county_into_its_townships)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct arena *mem = arena_new("test");
        const struct outline *outline = sample_outline(mem, land_new(mem, seed));
        double whole = 0.0, parts = 0.0;
        size_t townships = 0, roads = 0;
        for (size_t s = 0; s < outline->n; s++) {
            const struct outline_shape *shape = &outline->shapes[s];
            roads += shape->kind == OUTLINE_ROAD;
            if (shape->kind == OUTLINE_ROAD)
                continue;
            const struct outline_path *ring = &shape->paths[0];
            CHECK_INT(shape->n, 1);
            CHECK(!memcmp(&ring->at[0], &ring->at[ring->n - 1], sizeof *ring->at));
            CHECK(area_of(ring) > 0.0);
            if (crosses_itself(ring))
                fail_msg("seed %d: %.*s crosses itself", (int)seed, TEXT_ARG(shape->name));
            townships += shape->kind == OUTLINE_TOWNSHIP;
            *(shape->kind == OUTLINE_TOWNSHIP ? &parts : &whole) += area_of(ring);
        }
        CHECK_INT(townships, N_TOWNSHIPS);
        CHECK(roads >= N_TOWNSHIPS - 1);
        CHECK_NEAR(parts / whole, 1.0, 1e-9);
        CHECK(whole * 92.7 * 111.2 > 1000.0 && whole * 92.7 * 111.2 < 1900.0);  /* km², as a county has */
        arena_free(&mem);
    }
}

TEST(outline, has_every_school_inside_its_township_and_none_on_another)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct arena *mem = arena_new("test");
        const struct sample_county *county = sample_county(mem, seed, 2025, 3);
        const struct outline *outline = sample_outline(mem, county->land);
        for (size_t i = 0; i < county->n; i++) {
            const struct sample_school *school = &county->schools[i];
            const struct lonlat at = { school->figure[0][LONGITUDE], school->figure[0][LATITUDE] };
            const struct outline_shape *in = outline_at(outline, OUTLINE_TOWNSHIP, at);
            CHECK(in != NULL);
            CHECK(text_equal(in->name, school->text[TOWNSHIP]));
            CHECK(outline_at(outline, OUTLINE_COUNTY, at) != NULL);
            CHECK_NEAR(school->figure[2][LONGITUDE], at.longitude, 0);
            for (size_t k = 0; k < i; k++) {
                const double x = (county->schools[k].figure[0][LONGITUDE] - at.longitude) * 92.7;
                const double y = (county->schools[k].figure[0][LATITUDE] - at.latitude) * 111.2;
                CHECK(x * x + y * y > 0.04);  /* 200 m apart */
            }
        }
        arena_free(&mem);
    }
}

TEST(outline, comes_back_from_geojson_as_it_was)
{
    struct arena *mem = arena_new("test");
    struct err err = { 0 };
    const struct outline *outline = sample_outline(mem, land_new(mem, 1));
    struct outline *back;
    struct out *out = out_new_memory(mem);
    write_geojson(outline, out);
    CHECK_OK(geojson_read(mem, TEXT("样例"), out_collected(out), &back, &err), err);
    CHECK(text_equal(back->name, outline->name));
    CHECK_INT(back->n, outline->n);
    for (size_t s = 0; s < outline->n; s++) {
        const struct outline_shape *a = &outline->shapes[s], *b = &back->shapes[s];
        CHECK_INT(a->kind, b->kind);
        CHECK(text_equal(a->name, b->name) && text_equal(a->code, b->code));
        CHECK_INT(a->n, b->n);
        CHECK_INT(a->paths[0].n, b->paths[0].n);
        CHECK(!memcmp(a->paths[0].at, b->paths[0].at, a->paths[0].n * sizeof *a->paths[0].at));
    }
    CHECK_NEAR(back->low.longitude, outline->low.longitude, 0);
    CHECK_NEAR(back->high.latitude, outline->high.latitude, 0);
    arena_free(&mem);
}

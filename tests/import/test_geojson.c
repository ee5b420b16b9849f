#include "check.h"
#include "import/geojson.h"

static bool read(struct arena *mem, const char *json, struct outline **out, struct err *err)
{
    *err = (struct err){ 0 };
    return geojson_read(mem, TEXT("县界.json"), text_of(json), out, err);
}

#define SQUARE "[[113,34],[114,34],[114,35],[113,35],[113,34]]"

TEST(geojson, reads_areas_with_their_holes_and_roads)
{
    struct arena *mem = arena_new("test");
    struct outline *outline;
    struct err err;
    CHECK_OK(read(mem,
                  "\xEF\xBB\xBF{\"type\":\"FeatureCollection\",\"name\":\"甲县\",\"features\":["
                  "{\"type\":\"Feature\",\"properties\":{\"name\":\"甲县\",\"adcode\":419900},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[" SQUARE
                  ",[[113.4,34.4],[113.6,34.4],[113.5,34.6]]]}},"
                  "{\"type\":\"Feature\",\"properties\":{\"name\":\"白沙镇\"},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "]]}},"
                  "{\"type\":\"Feature\",\"properties\":{\"name\":\"县政府\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[113,34]}},"
                  "{\"type\":\"Feature\",\"properties\":{\"name\":\"老路\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[112,34],[113,36.5,210]]}}]}",
                  &outline, &err), err);
    CHECK_TEXT(outline->name, "甲县");
    CHECK_INT(outline->n, 3);
    CHECK_TEXT(outline->shapes[0].code, "419900");
    CHECK_INT(outline->shapes[0].kind, OUTLINE_COUNTY);
    CHECK_INT(outline->shapes[0].n, 2);
    CHECK(!outline->shapes[0].paths[0].hole && outline->shapes[0].paths[1].hole);
    CHECK_INT(outline->shapes[0].paths[1].n, 4);  /* closed for it */
    CHECK_INT(outline->shapes[1].kind, OUTLINE_TOWNSHIP);
    CHECK_INT(outline->shapes[2].kind, OUTLINE_ROAD);
    CHECK_NEAR(outline->low.longitude, 112.0, 0);
    CHECK_NEAR(outline->high.latitude, 36.5, 0);
    CHECK(outline_holds(&outline->shapes[0], (struct lonlat){ 113.2, 34.2 }));
    CHECK(!outline_holds(&outline->shapes[0], (struct lonlat){ 113.5, 34.5 }));   /* in the hole */
    CHECK(!outline_holds(&outline->shapes[0], (struct lonlat){ 115.0, 34.5 }));
    CHECK(outline_at(outline, OUTLINE_TOWNSHIP, (struct lonlat){ 113.5, 34.5 }) == &outline->shapes[1]);
    arena_free(&mem);
}

TEST(geojson, takes_a_bare_geometry_and_a_bare_list_for_what_they_are)
{
    struct arena *mem = arena_new("test");
    struct outline *outline;
    struct err err;
    CHECK_OK(read(mem, "{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}", &outline, &err), err);
    CHECK_INT(outline->n, 1);
    CHECK_INT(outline->shapes[0].kind, OUTLINE_COUNTY);
    CHECK_OK(read(mem, "[{\"type\":\"Feature\",\"properties\":{\"name\":\"乙片\",\"kind\":\"township\"},\"geometry\":"
                       "{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}}]", &outline, &err), err);
    CHECK_INT(outline->shapes[0].kind, OUTLINE_TOWNSHIP);
    arena_free(&mem);
}

TEST(geojson, says_what_is_wrong_with_a_file_and_where)
{
    static const struct { const char *json, *says; } cases[] = {
        { "", "读不下去" },
        { "{\"type\":\"FeatureCollection\",\"features\":[", "第 1 行" },
        { "[]", "一个面也没有" },
        { "{\"features\":7}", "不是列表" },
        { "[7]", "不是要素" },
        { "[{\"properties\":{\"name\":\"甲\"}}]", "“甲”：没有 geometry" },
        { "{\"type\":\"Polygon\",\"coordinates\":[[[500000,3800000],[500001,3800000],[500001,3800001]]]}", "平面坐标" },
        { "{\"type\":\"Polygon\",\"coordinates\":[[[34,113],[35,113],[35,114]]]}", "颠倒" },
        { "{\"type\":\"Polygon\",\"coordinates\":[[[113,34],[114,34]]]}", "围不成面" },
        { "{\"type\":\"Polygon\",\"coordinates\":[[[113,34]]]}", "少于两个点" },
        { "{\"type\":\"Polygon\",\"coordinates\":[]}", "没有边界" },
        { "{\"type\":\"Polygon\",\"coordinates\":[[[\"113\",34],[114,34],[114,35]]]}", "两个数" },
        { "{\"type\":\"GeometryCollection\",\"coordinates\":[]}", "形状应是" },
        { "{\"type\":\"LineString\",\"coordinates\":[[113,34],[114,34]]}", "一个面也没有" },
        { "{\"type\":\"Polygon\",\"coordinates\":[[[1e999,34],[114,34],[114,35]]]}", "读不下去" },
    };
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct outline *outline;
        struct err err;
        CHECK(!read(mem, cases[i].json, &outline, &err));
        CHECK_INT(err.kind, ERR_INPUT);
        CHECK_CONTAINS(text_of(err.what), cases[i].says);
        CHECK(err.hint[0] != '\0');
    }
    arena_free(&mem);
}

TEST(geojson, refuses_more_than_it_is_willing_to_take)
{
    struct arena *mem = arena_new("test");
    struct outline *outline;
    struct err err = { 0 };
    char *large = arena_alloc(mem, GEOJSON_LARGEST + 1);
    memset(large, ' ', GEOJSON_LARGEST + 1);
    CHECK(!geojson_read(mem, TEXT("大.json"), (struct text){ large, GEOJSON_LARGEST + 1 }, &outline, &err));
    CHECK_INT(err.kind, ERR_LIMIT);
    struct buf many = { .mem = mem };
    buf_add(&many, TEXT("["));
    for (int i = 0; i <= GEOJSON_MOST_SHAPES; i++)
        buf_printf(&many, "%s{\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}}", i ? "," : "");
    buf_add(&many, TEXT("]"));
    CHECK(!geojson_read(mem, TEXT("多.json"), buf_text(&many), &outline, &err));
    CHECK_INT(err.kind, ERR_LIMIT);
    CHECK_CONTAINS(text_of(err.what), "5000");
    arena_free(&mem);
}

/* Published outlines: 登封 alone, and the twelve counties of 郑州. */
TEST(geojson, reads_published_outlines)
{
    struct arena *mem = arena_new("test");
    struct outline *outline;
    struct err err = { 0 };
    const struct text one = check_shared(mem, "data/geo/dengfeng_410185.json");
    const struct text many = check_shared(mem, "data/geo/zhengzhou_410100_counties.json");
    CHECK_OK(geojson_read(mem, TEXT("登封"), one, &outline, &err), err);
    CHECK_INT(outline->n, 1);
    CHECK_TEXT(outline->shapes[0].name, "登封市");
    CHECK_TEXT(outline->shapes[0].code, "410185");
    CHECK_INT(outline->shapes[0].kind, OUTLINE_COUNTY);
    CHECK(outline_holds(&outline->shapes[0], (struct lonlat){ 113.037768, 34.459939 }));  /* its seat */
    CHECK_OK(geojson_read(mem, TEXT("郑州"), many, &outline, &err), err);
    CHECK_INT(outline->n, 12);
    const struct outline_shape *found = outline_at(outline, OUTLINE_COUNTY, (struct lonlat){ 113.037768, 34.459939 });
    CHECK(found != NULL);
    CHECK_TEXT(found->name, "登封市");
    arena_free(&mem);
}

#include "sample/county.h"
#include "base/number.h"
#include "sample/dice.h"
#include "sample/figures.h"
#include "sample/land.h"

#include <assert.h>
#include <string.h>

const struct township TOWNSHIPS[N_TOWNSHIPS] = {
    { "城关街道", "城区", "城区第一学区" }, { "东岭街道", "城区", "城区第一学区" },
    { "西河街道", "城区", "城区第二学区" }, { "青阳镇", "镇区", "东部学区" },
    { "石桥镇", "镇区", "东部学区" },       { "柳林镇", "镇区", "东部学区" },
    { "白沙镇", "镇区", "南部学区" },       { "大营镇", "镇区", "南部学区" },
    { "龙泉镇", "镇区", "南部学区" },       { "马庄镇", "镇区", "西部学区" },
    { "双井镇", "镇区", "西部学区" },       { "北岗乡", "乡村", "北部学区" },
    { "云台乡", "乡村", "北部学区" },       { "竹沟乡", "乡村", "西部学区" },
    { "黄岭乡", "乡村", "北部学区" },
};

/* How many schools of each sort a township has: 141 together. */
enum sort { PRIMARY, VILLAGE, SMALL_POINT, POINT, JUNIOR, NINE_YEAR, PRIVATE_PRIMARY, PRIVATE_NINE_YEAR, CAMPUS, N_SORTS };
static const unsigned char PLAN[N_TOWNSHIPS][N_SORTS] = {
    { 6, 0, 0, 0, 2, 1, 1, 1, 1 }, { 6, 0, 0, 0, 2, 1, 1, 0, 1 }, { 5, 0, 0, 0, 2, 1, 1, 0, 1 },
    { 2, 5, 1, 0, 2, 0, 1, 0, 0 }, { 2, 5, 0, 1, 2, 0, 0, 0, 0 }, { 2, 4, 1, 1, 1, 1, 0, 0, 0 },
    { 1, 5, 1, 0, 1, 1, 1, 0, 0 }, { 2, 5, 1, 1, 1, 1, 0, 0, 0 }, { 2, 4, 0, 1, 2, 0, 0, 0, 0 },
    { 1, 5, 1, 1, 1, 1, 0, 0, 0 }, { 2, 4, 1, 0, 1, 1, 0, 0, 0 }, { 1, 4, 1, 1, 1, 0, 0, 0, 0 },
    { 1, 3, 1, 1, 1, 0, 0, 0, 0 }, { 1, 3, 1, 1, 0, 1, 0, 0, 0 }, { 1, 3, 1, 0, 0, 1, 0, 0, 0 },
};

/* The schools that report to the bureau itself: one of each kind that is rare. */
static const struct { const char *name, *type, *ownership; unsigned township; int primary, junior, senior; } BUREAU[] = {
    { "第一中学", "完全中学", "公办", 0, 0, 1240, 1860 },
    { "第二中学", "完全中学", "公办", 2, 0, 860, 1100 },
    { "实验学校", "十二年一贯制", "公办", 1, 980, 760, 620 },
    { "明德学校", "十二年一贯制", "民办", 2, 640, 480, 300 },
    { "第三初级中学", "初级中学", "公办", 1, 0, 1720, 0 },
    { "实验小学", "小学", "公办", 0, 1890, 0, 0 },
    { "外国语小学", "小学", "公办", 2, 1320, 0, 0 },
    { "实验小学北校区", "小学", "公办", 1, 520, 0, 0 },
    { "特殊教育学校", "特殊教育", "公办", 0, 0, 0, 0 },
};

static const struct { const char *type; char digit; } CODES[] = {
    { "小学", '2' }, { "教学点", '2' }, { "特殊教育", '5' },  /* every other type: 3 */
};

struct maker {
    struct arena *mem;
    struct dice dice;
    struct sample_county *county;
    unsigned villages;       /* names of villages used up */
    struct text last_host;   /* the code of the last large primary school, for its campus */
};

static const char *village(struct maker *maker)
{
    static const char *const families[] = { "王", "李", "赵", "刘", "陈", "杨", "郭", "宋", "孟", "韩", "冯", "崔" };
    static const char *const places[] = { "庄", "沟", "岗", "寨", "营", "湾", "店", "坡" };
    const unsigned i = maker->villages++;
    return arena_printf(maker->mem, "%s%s", families[i % 12], places[(i / 12 + i) % 8]);
}

static const char *ordinal(unsigned i)
{
    static const char *const words[] = { "第一", "第二", "第三", "第四", "第五", "第六", "第七", "第八" };
    assert(i < sizeof words / sizeof *words);
    return words[i];
}

/* A new school without figures. */
static struct sample_school *add(struct maker *maker, unsigned reports, unsigned township, struct text name,
                                 const char *type, const char *ownership, const char *area_kind)
{
    struct sample_county *county = maker->county;
    struct sample_school *school = &county->schools[county->n++];
    char digit = '3';
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
        if (!strcmp(type, CODES[i].type))
            digit = CODES[i].digit;
    *school = (struct sample_school){ .reports = reports, .township = township };
    school->text[COUNTY_CODE] = TEXT(SAMPLE_COUNTY_CODE);
    school->text[SCHOOL_CODE] = text_printf(maker->mem, "%c" SAMPLE_COUNTY_CODE "%03zu", digit, county->n);
    school->text[SCHOOL_NAME] = name;
    school->text[SCHOOL_TYPE] = text_of(type);
    school->text[OWNERSHIP] = text_of(ownership);
    school->text[AREA_KIND] = text_of(area_kind);
    school->text[TOWNSHIP] = text_of(TOWNSHIPS[township].name);
    school->text[DISTRICT] = text_of(TOWNSHIPS[township].district);
    school->text[BOARDING] = TEXT("否");
    school->text[SPONSOR] = !strcmp(ownership, "民办") ? TEXT("民办") : TEXT("县级教育部门");
    school->figure = (double (*)[N_COLUMNS])arena_alloc_array(maker->mem, (size_t)county->years, sizeof *school->figure);
    for (int year = 0; year < county->years; year++)
        for (int c = 0; c < N_COLUMNS; c++)
            school->figure[year][c] = BLANK;
    return school;
}

static void add_of_sort(struct maker *maker, unsigned t, enum sort sort, unsigned i)
{
    struct arena *mem = maker->mem;
    struct dice *dice = &maker->dice;
    const char *place = TOWNSHIPS[t].name, *area = TOWNSHIPS[t].area_kind;
    const bool urban = t < 3, rural = t > 10;
    struct sample_school *school;
    struct text name;
    int primary = 0, junior = 0;
    switch (sort) {
    case PRIMARY:
        name = urban || i ? text_printf(mem, "青禾县%s%s小学（虚构）", place, ordinal(i))
                          : text_printf(mem, "青禾县%s中心小学（虚构）", place);
        school = add(maker, t, t, name, "小学", "公办", area);
        primary = urban ? dice_between(dice, 620, 1750) : dice_between(dice, rural ? 180 : 380, rural ? 360 : 860);
        if (urban)
            maker->last_host = school->text[SCHOOL_CODE];
        /* A remote central school with classes of the junior stage (附设初中班). */
        if (rural && t == 14)
            junior = 78;
        break;
    case VILLAGE:
        school = add(maker, t, t, text_printf(mem, "青禾县%s%s小学（虚构）", place, village(maker)), "小学", "公办", "乡村");
        school->outlying = true;
        primary = dice_chance(dice, 0.4) ? dice_between(dice, 38, 96) : dice_between(dice, 104, 280);
        break;
    case SMALL_POINT:
    case POINT:
        school = add(maker, t, t, text_printf(mem, "青禾县%s%s教学点（虚构）", place, village(maker)), "教学点", "公办", "乡村");
        school->outlying = true;
        primary = sort == POINT ? dice_between(dice, 52, 84) : dice_between(dice, 11, 44);
        break;
    case JUNIOR:
        name = urban ? text_printf(mem, "青禾县%s%s初级中学（虚构）", place, ordinal(i))
                     : text_printf(mem, "青禾县%s%s初级中学（虚构）", place, i ? "第二" : "");
        school = add(maker, t, t, name, "初级中学", "公办", area);
        junior = urban ? dice_between(dice, 980, 1720) : dice_between(dice, rural ? 190 : 360, rural ? 340 : 880);
        break;
    case NINE_YEAR:
        school = add(maker, t, t, text_printf(mem, "青禾县%s九年制学校（虚构）", place), "九年一贯制", "公办", area);
        primary = urban ? dice_between(dice, 700, 1100) : dice_between(dice, 210, 460);
        junior = urban ? dice_between(dice, 480, 800) : dice_between(dice, 150, 320);
        break;
    case PRIVATE_PRIMARY:
        school = add(maker, t, t, text_printf(mem, "青禾县%s启明小学（虚构）", place), "小学", "民办", area);
        primary = dice_between(dice, 240, 520);
        break;
    case PRIVATE_NINE_YEAR:
        school = add(maker, t, t, text_printf(mem, "青禾县%s博雅学校（虚构）", place), "九年一贯制", "民办", area);
        primary = dice_between(dice, 320, 520);
        junior = dice_between(dice, 240, 420);
        break;
    case CAMPUS:
        school = add(maker, t, t, text_printf(mem, "青禾县%s%s小学分校区（虚构）", place, ordinal((unsigned)PLAN[t][PRIMARY] - 1)),
                     "小学", "公办", area);
        school->text[HOST_CODE] = maker->last_host;
        primary = dice_between(dice, 180, 420);
        break;
    case N_SORTS:
        return;
    }
    if (!urban && (sort == JUNIOR || sort == NINE_YEAR))
        school->text[BOARDING] = TEXT("是");
    figures_make(dice, school, primary, junior, 0);
}

static void add_bureau_schools(struct maker *maker)
{
    struct text host = { 0 };
    for (size_t i = 0; i < sizeof BUREAU / sizeof *BUREAU; i++) {
        struct text name = text_printf(maker->mem, "青禾县%s（虚构）", BUREAU[i].name);
        struct sample_school *school = add(maker, UNDER_BUREAU, BUREAU[i].township, name, BUREAU[i].type,
                                           BUREAU[i].ownership, "城区");
        if (!strcmp(BUREAU[i].name, "实验小学"))
            host = school->text[SCHOOL_CODE];
        if (!strcmp(BUREAU[i].name, "实验小学北校区"))
            school->text[HOST_CODE] = host;
        if (BUREAU[i].senior)
            school->text[BOARDING] = TEXT("是");
        figures_make(&maker->dice, school, BUREAU[i].primary, BUREAU[i].junior, BUREAU[i].senior);
    }
}

/* Where each school stands; a stream of its own, so that no other figure depends on it. */
static void place_schools(struct maker *maker, uint64_t seed)
{
    struct sample_county *county = maker->county;
    struct dice dice;
    dice_seed(&dice, seed, UINT64_MAX - 2);
    county->land = land_new(maker->mem, seed);
    for (size_t i = 0; i < county->n; i++) {
        struct sample_school *school = &county->schools[i];
        const struct lonlat at = land_place(maker->mem, county->land, &dice, school->township, school->outlying);
        for (int year = 0; year < county->years; year++) {
            school->figure[year][LONGITUDE] = at.longitude;
            school->figure[year][LATITUDE] = at.latitude;
        }
    }
}

struct sample_county *sample_county(struct arena *mem, uint64_t seed, int last_year, int years)
{
    assert(years >= 1 && years <= SAMPLE_MOST_YEARS);
    struct sample_county *county = arena_make(mem, struct sample_county);
    struct maker maker = { .mem = mem, .county = county };
    size_t most = sizeof BUREAU / sizeof *BUREAU;
    for (size_t t = 0; t < N_TOWNSHIPS; t++)
        for (size_t sort = 0; sort < N_SORTS; sort++)
            most += PLAN[t][sort];
    county->schools = arena_array(mem, most, struct sample_school);
    county->last_year = last_year;
    county->years = years;
    dice_seed(&maker.dice, seed, UINT64_MAX);  /* a stream that no county of the nation has */
    for (unsigned t = 0; t < N_TOWNSHIPS; t++)
        for (unsigned sort = 0; sort < N_SORTS; sort++)
            for (unsigned i = 0; i < PLAN[t][sort]; i++)
                add_of_sort(&maker, t, (enum sort)sort, i);
    add_bureau_schools(&maker);
    assert(county->n == most);
    for (size_t i = 0; i < county->n; i++)
        figures_earlier(&maker.dice, &county->schools[i], last_year, years);
    /* One school falls back: new houses, more pupils, no more teachers. */
    for (size_t i = 0; i < county->n; i++)
        if (figures_fall_back(&maker.dice, &county->schools[i], years))
            break;
    place_schools(&maker, seed);
    return county;
}

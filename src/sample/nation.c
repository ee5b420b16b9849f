#include "sample/nation.h"
#include "sample/dice.h"

#include <assert.h>
#include <string.h>

enum figure {
    PUPILS_PRIMARY, PUPILS_JUNIOR, PUPILS_SENIOR,
    DEGREE_PRIMARY, DEGREE_JUNIOR, BACKBONE_PRIMARY, BACKBONE_JUNIOR,
    PE_PRIMARY, ARTS_PRIMARY, PE_JUNIOR, ARTS_JUNIOR,
    TEACHING, INDOOR, OUTDOOR, EQUIPMENT, MULTIMEDIA,
    N_FIGURES
};

static const char HEADER[] =
    "county_code,year,school_code,school_type,pupils_primary,pupils_junior,pupils_senior,"
    "teachers_above_degree_primary,teachers_above_degree_junior,teachers_backbone_primary,"
    "teachers_backbone_junior,teachers_pe_primary,teachers_arts_primary,teachers_pe_junior,"
    "teachers_arts_junior,area_teaching_m2,area_indoor_sports_m2,area_outdoor_sports_m2,"
    "equipment_value_10k_yuan,classrooms_multimedia\n";

enum { PRIMARY = 1, JUNIOR = 2, SENIOR = 4 };

static const struct kind {
    const char *code;
    unsigned stages;
    double share;            /* of all schools */
    int least, most;         /* pupils of a stage */
} KINDS[] = {
    { "primary", PRIMARY, 0.585, 60, 1600 },
    { "junior", JUNIOR, 0.19, 150, 1800 },
    { "nine_year", PRIMARY | JUNIOR, 0.105, 120, 1100 },
    { "teaching_point", PRIMARY, 0.07, 12, 96 },
    { "complete", JUNIOR | SENIOR, 0.022, 300, 1300 },
    { "twelve_year", PRIMARY | JUNIOR | SENIOR, 0.01, 200, 900 },
    { "special", 0, 0.012, 0, 0 },
    { "primary", PRIMARY | JUNIOR, 0.006, 80, 400 },  /* with attached junior classes (附设班) */
};
enum { N_KINDS = sizeof KINDS / sizeof *KINDS };

/* Provinces by code and about how many counties each has: 2,846 together. */
static const struct { int code, counties; } PROVINCES[] = {
    { 11, 16 }, { 12, 16 }, { 13, 167 }, { 14, 117 }, { 15, 103 }, { 21, 100 }, { 22, 60 }, { 23, 121 },
    { 31, 16 }, { 32, 95 }, { 33, 90 }, { 34, 104 }, { 35, 84 }, { 36, 100 }, { 37, 136 }, { 41, 158 },
    { 42, 103 }, { 43, 122 }, { 44, 122 }, { 45, 111 }, { 46, 26 }, { 50, 38 }, { 51, 183 }, { 52, 88 },
    { 53, 129 }, { 54, 74 }, { 61, 107 }, { 62, 87 }, { 63, 44 }, { 64, 22 }, { 65, 107 },
};

struct school {
    const struct kind *kind;
    double now[N_FIGURES];      /* persons, m², 10,000 yuan, rooms */
    double growth[N_FIGURES];   /* a year, as a factor */
};

/* County number `place` (from 0) has this code: ten counties a prefecture, as codes go. */
static int county_code(unsigned place)
{
    size_t province = 0;
    while (place >= (unsigned)PROVINCES[province].counties)
        place -= (unsigned)PROVINCES[province++].counties;
    return PROVINCES[province].code * 10000 + ((int)place / 10 + 1) * 100 + (int)place % 10 + 21;
}

/* What one stage has of a resource: so much per pupil of what the standard asks, spread by chance. */
static double resource(struct dice *dice, double pupils, double asked, double level, double spread)
{
    const double factor = level + spread * dice_bell(dice);
    return factor > 0.05 ? pupils * asked * factor : 0.0;
}

static void make_school(struct dice *dice, double wealth, struct school *school)
{
    double chance = dice_share(dice);
    size_t k = 0;
    while (k + 1 < N_KINDS && chance >= KINDS[k].share)
        chance -= KINDS[k++].share;
    const struct kind *kind = school->kind = &KINDS[k];
    memset(school->now, 0, sizeof school->now);
    double weighted = 0.0;
    for (int stage = 0; stage < 3; stage++) {
        if (!(kind->stages & (1u << stage)))
            continue;
        const double size = dice_share(dice);
        const double pupils = kind->least + (kind->most - kind->least) * size * size;
        school->now[PUPILS_PRIMARY + stage] = pupils;
        weighted += pupils * (stage == 0 ? 1.0 : stage == 1 ? 1.2 : 1.4);
    }
    const double primary = school->now[PUPILS_PRIMARY], junior = school->now[PUPILS_JUNIOR];
    const double own = wealth + 0.12 * dice_bell(dice);
    school->now[DEGREE_PRIMARY] = resource(dice, primary, 0.042, own + 0.25, 0.2);
    school->now[DEGREE_JUNIOR] = resource(dice, junior, 0.053, own + 0.2, 0.2);
    school->now[BACKBONE_PRIMARY] = resource(dice, primary, 0.01, own + 0.1, 0.35);
    school->now[BACKBONE_JUNIOR] = resource(dice, junior, 0.01, own + 0.1, 0.35);
    school->now[PE_PRIMARY] = resource(dice, primary, 0.004, own + 0.1, 0.2);
    school->now[ARTS_PRIMARY] = resource(dice, primary, 0.005, own + 0.1, 0.2);
    school->now[PE_JUNIOR] = resource(dice, junior, 0.004, own + 0.1, 0.2);
    school->now[ARTS_JUNIOR] = resource(dice, junior, 0.005, own + 0.1, 0.2);
    school->now[TEACHING] = resource(dice, weighted, 4.9, own + 0.25, 0.3);
    school->now[INDOOR] = dice_chance(dice, 0.4) ? school->now[TEACHING] * dice_within(dice, 0.05, 0.2) : 0.0;
    school->now[OUTDOOR] = resource(dice, weighted, 7.9, own + 0.2, 0.4);
    school->now[EQUIPMENT] = resource(dice, weighted, 0.2, own + 0.2, 0.35);
    school->now[MULTIMEDIA] = resource(dice, weighted, 0.023, own + 0.25, 0.25);
    for (int i = 0; i < N_FIGURES; i++)
        school->growth[i] = i <= PUPILS_SENIOR ? 1.0 + 0.02 * dice_bell(dice)
                            : i == OUTDOOR     ? 1.0
                                               : dice_within(dice, 0.995, 1.04);
}

static char *put_whole(char *at, uint64_t x)
{
    char digits[20];
    int n = 0;
    do
        digits[n++] = (char)('0' + x % 10);
    while (x /= 10);
    while (n)
        *at++ = digits[--n];
    return at;
}

/* With up to two decimals, no zeros at the end. */
static char *put_hundredths(char *at, uint64_t x)
{
    at = put_whole(at, x / 100);
    if (x % 100) {
        *at++ = '.';
        *at++ = (char)('0' + x / 10 % 10);
        if (x % 10)
            *at++ = (char)('0' + x % 10);
    }
    return at;
}

static char *put_figure(char *at, enum figure figure, double x)
{
    if (figure >= TEACHING && figure <= EQUIPMENT)
        return put_hundredths(at, (uint64_t)(x * 100.0 + 0.5));
    return put_whole(at, (uint64_t)(x + 0.5));
}

/* Does a school of these stages report this figure at all? */
static bool asked(unsigned stages, enum figure figure)
{
    switch (figure) {
    case PUPILS_PRIMARY: case DEGREE_PRIMARY: case BACKBONE_PRIMARY: case PE_PRIMARY: case ARTS_PRIMARY:
        return stages & PRIMARY;
    case PUPILS_JUNIOR: case DEGREE_JUNIOR: case BACKBONE_JUNIOR: case PE_JUNIOR: case ARTS_JUNIOR:
        return stages & JUNIOR;
    case PUPILS_SENIOR:
        return stages & SENIOR;
    default:
        return true;
    }
}

static void write_school(struct out *out, struct dice *dice, const char *head, size_t head_size, unsigned serial,
                         const struct school *school)
{
    char line[512], *at = line;
    memcpy(at, head, head_size);
    at += head_size;
    at = put_whole(at, 1000 + serial);
    *at++ = ',';
    const size_t code_size = strlen(school->kind->code);
    memcpy(at, school->kind->code, code_size);
    at += code_size;
    uint64_t luck = dice_next(dice);
    for (int i = 0; i < N_FIGURES; i++) {
        *at++ = ',';
        if (!asked(school->kind->stages, (enum figure)i))
            continue;
        luck = luck * 0x5851f42d4c957f2du + 0x14057b7ef767814fu;
        if (luck >> 54 != 0)  /* else a blank: one in 1,024 */
            at = put_figure(at, (enum figure)i, school->now[i]);
    }
    *at++ = '\n';
    out_text(out, (struct text){ line, (size_t)(at - line) });
}

static size_t write_county(const struct nation_request *request, unsigned place, struct out *out)
{
    struct school schools[NATION_MOST_SCHOOLS];
    struct dice dice;
    dice_seed(&dice, request->seed, place);
    const double size = dice_share(&dice), cubed = size * size * size;
    const int n = NATION_LEAST_SCHOOLS +
                  (int)((NATION_MOST_SCHOOLS - NATION_LEAST_SCHOOLS) * (0.76 * cubed + 0.24 * cubed * size) + 0.5);
    const double wealth = 1.0 + 0.1 * dice_bell(&dice);
    for (int i = 0; i < n; i++)
        make_school(&dice, wealth, &schools[i]);
    const int code = county_code(place);
    for (int y = 0; y < request->years; y++) {
        /* 410122,2025,3410122 in front of each school's serial number */
        char head[64], *at = put_whole(head, (uint64_t)code);
        *at++ = ',';
        at = put_whole(at, (uint64_t)(request->last_year - request->years + 1 + y));
        *at++ = ',';
        *at++ = '3';
        at = put_whole(at, (uint64_t)code);
        for (int i = 0; i < n; i++) {
            write_school(out, &dice, head, (size_t)(at - head), (unsigned)i, &schools[i]);
            for (int f = 0; f < N_FIGURES; f++)
                schools[i].now[f] *= schools[i].growth[f];
        }
    }
    return (size_t)n * (size_t)request->years;
}

size_t nation_write(const struct nation_request *request, struct out *out)
{
    assert(request->counties >= 1 && request->counties <= NATION_MOST_COUNTIES);
    assert(request->years >= 1 && request->years <= NATION_MOST_YEARS);
    out_string(out, HEADER);
    size_t rows = 0;
    for (unsigned place = 0; place < request->counties; place++)
        rows += write_county(request, place, out);
    return rows;
}

#include "bed.h"

#include "base/file.h"
#include "standard/edition_load.h"

#include <stdio.h>

static const char *const FILES[] = { "edition.csv", "items.csv", "types.csv", "indicators.csv", "levels.csv", "rules.csv",
                                     "derivations.csv", "relaxations.csv", "checks.csv" };

const struct edition *bed_edition(const char *id)
{
    static const struct edition *loaded[2];
    const size_t which = strcmp(id, "cn-2017") != 0;
    struct edition_file files[COUNT(FILES)];
    struct err err = { 0 };
    size_t n = 0;
    if (loaded[which])
        return loaded[which];
    struct arena *mem = arena_new("edition");
    for (size_t i = 0; i < COUNT(FILES); i++) {
        const char *path = check_path(mem, arena_printf(mem, "standards/%s/%s", id, FILES[i]));
        struct text bytes;
        if (!file_read(mem, path, 1 << 20, &bytes, &err))
            continue; /* an edition without rules has no rules.csv */
        files[n++] = (struct edition_file){ text_of(FILES[i]), bytes };
    }
    CHECK_OK(edition_load(mem, text_of(id), files, n, &loaded[which], &err), err);
    return loaded[which];
}

struct bed bed_new(const char *edition)
{
    struct bed bed = { .mem = arena_new("bed"), .edition = bed_edition(edition) };
    bed.returns = returns_new(&bed.edition->items, bed.mem);
    return bed;
}

void bed_free(struct bed *bed)
{
    arena_free(&bed->mem);
}

uint16_t bed_item(const struct bed *bed, const char *code)
{
    const uint16_t item = item_find(&bed->edition->items, text_of(code));
    if (item == NO_ITEM)
        fail_msg("no item %s", code);
    return item;
}

static double ordinal_of(const struct bed *bed, uint16_t item, const char *code)
{
    const unsigned ordinal = item_value(&bed->edition->items.at[item], text_of(code));
    if (!ordinal)
        fail_msg("no value %s", code);
    return ordinal;
}

void bed_county(struct bed *bed, const char *code, int year)
{
    bed->county = returns_county(bed->returns, text_of(code), year);
}

size_t bed_school(struct bed *bed, const char *code, const char *type)
{
    bed->row = returns_add(bed->returns, bed->county, (struct origin){ 0, 0 });
    bed_text(bed, "school_code", code);
    if (type[0])
        bed_enum(bed, "school_type", type);
    return bed->row;
}

void bed_put(struct bed *bed, const char *item, double value)
{
    returns_put_number(bed->returns, bed->row, bed_item(bed, item), value);
}

void bed_text(struct bed *bed, const char *item, const char *value)
{
    returns_put_text(bed->returns, bed->row, bed_item(bed, item), text_copy(bed->mem, text_of(value)));
}

void bed_enum(struct bed *bed, const char *item, const char *code)
{
    const uint16_t at = bed_item(bed, item);
    returns_put_number(bed->returns, bed->row, at, ordinal_of(bed, at, code));
}

void bed_county_figure(struct bed *bed, const char *item, double value)
{
    returns_put_county(bed->returns, bed->county, bed_item(bed, item), value, (struct origin){ 0, 0 });
}

void bed_county_enum(struct bed *bed, const char *item, const char *code)
{
    const uint16_t at = bed_item(bed, item);
    bed_county_figure(bed, item, ordinal_of(bed, at, code));
}

size_t bed_primary(struct bed *bed, const char *code, double pupils, const double value[7])
{
    const size_t row = bed_school(bed, code, "primary");
    bed_put(bed, "pupils_primary", pupils);
    bed_put(bed, "teachers_above_degree_primary", value[0] * pupils / 100);
    bed_put(bed, "teachers_backbone_primary", value[1] * pupils / 100);
    bed_put(bed, "teachers_pe_primary", value[2] * pupils / 100);
    bed_put(bed, "teachers_arts_primary", 0);
    bed_put(bed, "area_teaching_m2", value[3] * pupils);
    bed_put(bed, "area_indoor_sports_m2", 0);
    bed_put(bed, "area_outdoor_sports_m2", value[4] * pupils);
    bed_put(bed, "equipment_value_10k_yuan", value[5] * pupils / 10000);
    bed_put(bed, "classrooms_multimedia", value[6] * pupils / 100);
    return row;
}

struct assess_request bed_request(const struct bed *bed)
{
    return (struct assess_request){ .edition = bed->edition, .by = NO_ITEM, .needs = true, .shares = true, .failing_rows = true };
}

struct assessment bed_assess(struct bed *bed)
{
    const struct assess_request request = bed_request(bed);
    struct assessment out;
    returns_arrange(bed->returns);
    assess(bed->returns, &request, bed->mem, &out);
    return out;
}

const struct stage_assessment *bed_stage(const struct county_assessment *county, enum stage stage)
{
    for (size_t s = 0; s < county->n_stages; s++)
        if (county->stages[s].stage == stage)
            return &county->stages[s];
    return NULL;
}

size_t bed_unit(const struct bed *bed, const struct stage_assessment *stage, const char *school)
{
    for (size_t k = 0; stage && k < stage->n; k++)
        if (text_equal(returns_text(bed->returns, stage->row[k], bed->edition->items.school_code), text_of(school)))
            return k;
    fail_msg("no unit of %s", school);
    return 0;
}

const struct rule_result *bed_rule(const struct county_assessment *county, const char *id)
{
    for (size_t k = 0; k < county->n_rules; k++)
        if (text_equal(county->rules[k].rule->id, text_of(id)))
            return &county->rules[k];
    fail_msg("no rule %s", id);
    return NULL;
}

uint64_t throw_next(struct dice *dice)
{
    /* splitmix64 */
    uint64_t z = dice->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

double throw_unit(struct dice *dice)
{
    return (double)(throw_next(dice) >> 11) * 0x1p-53;
}

long throw_between(struct dice *dice, long least, long most)
{
    return least + (long)(throw_next(dice) % (uint64_t)(most - least + 1));
}

bool throw_chance(struct dice *dice, double p)
{
    return throw_unit(dice) < p;
}

/* ---- made-up counties --------------------------------------------------------------------- */

static const char *const TYPES[] = { "primary", "primary", "primary", "junior", "junior", "nine_year", "twelve_year", "complete",
                                     "teaching_point", "special", "senior" };
enum { FIRST_STAGE = 1, SECOND_STAGE = 2, THIRD_STAGE = 4 };

static int stages_of(const char *type)
{
    static const struct { const char *type; int stages; } OF[] = {
        { "primary", 1 }, { "teaching_point", 1 }, { "junior", 2 }, { "nine_year", 3 }, { "twelve_year", 7 }, { "complete", 6 },
        { "special", 3 }, { "senior", 4 },
    };
    for (size_t i = 0; i < COUNT(OF); i++)
        if (!strcmp(type, OF[i].type))
            return OF[i].stages;
    return 0;
}

/* Puts a figure, or leaves it out where the county is careless. */
static void put(struct bed *bed, struct dice *dice, double careless, const char *item, double value)
{
    if (!throw_chance(dice, careless))
        bed_put(bed, item, value);
}

static double round2(double x)
{
    return floor(x * 100 + 0.5) / 100;
}

static void put_resources(struct bed *bed, struct dice *dice, double careless, double pupils[3], double wealth)
{
    const double all = pupils[0] + pupils[1] + pupils[2];
    const double level = wealth * (0.4 + 1.4 * throw_unit(dice));
    const double hall = throw_chance(dice, 0.5) ? round2(all * throw_unit(dice)) : 0;
    put(bed, dice, careless, "teachers_above_degree_primary", floor(pupils[0] * 0.05 * level * (0.7 + throw_unit(dice) * 0.6)));
    put(bed, dice, careless, "teachers_above_degree_junior", floor(pupils[1] * 0.06 * level * (0.7 + throw_unit(dice) * 0.6)));
    put(bed, dice, careless, "teachers_backbone_primary", floor(pupils[0] * 0.012 * level * (0.5 + throw_unit(dice))));
    put(bed, dice, careless, "teachers_backbone_junior", floor(pupils[1] * 0.012 * level * (0.5 + throw_unit(dice))));
    put(bed, dice, careless, "teachers_pe_primary", floor(pupils[0] * 0.005 * level + 2 * throw_unit(dice)));
    put(bed, dice, careless, "teachers_pe_junior", floor(pupils[1] * 0.005 * level + 2 * throw_unit(dice)));
    put(bed, dice, careless, "teachers_arts_primary", floor(pupils[0] * 0.005 * level + 2 * throw_unit(dice)));
    put(bed, dice, careless, "teachers_arts_junior", floor(pupils[1] * 0.005 * level + 2 * throw_unit(dice)));
    put(bed, dice, careless, "area_teaching_m2", round2(all * 5.5 * level * (0.6 + throw_unit(dice)) + hall));
    put(bed, dice, careless, "area_indoor_sports_m2", hall);
    put(bed, dice, careless, "area_outdoor_sports_m2", round2(all * 9 * level * (0.6 + throw_unit(dice))));
    put(bed, dice, careless, "equipment_value_10k_yuan", round2(all * 0.24 * level * (0.5 + throw_unit(dice))));
    put(bed, dice, careless, "classrooms_multimedia", floor(all * 0.025 * level * (0.6 + throw_unit(dice))));
}

static double size_of(struct dice *dice, bool extreme)
{
    if (extreme)
        return throw_chance(dice, 0.5) ? (double)throw_between(dice, 1, 3) : (double)throw_between(dice, 20000, 90000);
    return throw_chance(dice, 0.04) ? 0 : (double)throw_between(dice, 5, 2400);
}

static void put_pupils(struct bed *bed, struct dice *dice, double careless, const char *type, bool extreme, double pupils[3])
{
    static const char *const ITEM[] = { "pupils_primary", "pupils_junior", "pupils_senior" };
    const int stages = stages_of(type);
    for (int k = 0; k < 3; k++) {
        const bool has = stages >> k & 1;
        pupils[k] = has ? size_of(dice, extreme) : 0;
        if (!strcmp(type, "teaching_point") && has)
            pupils[k] = (double)throw_between(dice, 0, 3) * 49 + (double)throw_between(dice, 0, 2);
        if (!has && throw_chance(dice, 0.06))
            pupils[k] = (double)throw_between(dice, 1, 120); /* 附设班 */
        if (!has && !(pupils[k] > 0) && throw_chance(dice, 0.5))
            continue; /* nobody writes the zeros of a stage that the school has not */
        put(bed, dice, has ? careless / 2 : 0, ITEM[k], pupils[k]);
    }
    if (throw_chance(dice, 0.3))
        bed_put(bed, "pupils_total", pupils[0] + pupils[1] + pupils[2]); /* from which a blank stage may be told */
}

void bed_hostile_county(struct bed *bed, struct dice *dice, unsigned number)
{
    static const size_t SIZES[] = { 1, 2, 3, 9, 30, 75 };
    static const char *const PLACES[] = { "甲乡", "乙镇", "丙街道", "" };
    char code[32], host[32];
    snprintf(code, sizeof code, "%06u", 100000 + number);
    bed_county(bed, code, 2024 + (int)(number % 2));
    const size_t schools = SIZES[throw_between(dice, 0, 5)];
    const double careless = throw_chance(dice, 0.4) ? 0 : throw_unit(dice) * 0.08;
    const double wealth = throw_chance(dice, 0.05) ? 0 : 0.6 + throw_unit(dice);
    const bool extreme = throw_chance(dice, 0.1);
    for (size_t i = 0; i < schools; i++) {
        const char *type = TYPES[throw_between(dice, 0, (long)COUNT(TYPES) - 1)];
        const bool typeless = throw_chance(dice, careless / 4);
        double pupils[3];
        snprintf(code, sizeof code, "S%04ld-%02zu", throw_between(dice, 0, 9999), i);
        bed_school(bed, code, typeless ? "" : type);
        if (i && throw_chance(dice, 0.12)) {
            /* a host that was, that is itself a campus, that comes later, that is not there */
            const size_t first = bed->row - i;
            const size_t of = first + (size_t)throw_between(dice, 0, (long)i - 1);
            snprintf(host, sizeof host, "%.*s", TEXT_ARG(returns_text(bed->returns, of, bed->edition->items.school_code)));
            bed_text(bed, "host_school_code", throw_chance(dice, 0.1) ? "S9999-99" : throw_chance(dice, 0.05) ? code : host);
        }
        put_pupils(bed, dice, careless, type, extreme, pupils);
        put_resources(bed, dice, careless, pupils, throw_chance(dice, 0.03) ? 0 : wealth);
        bed_text(bed, "township", PLACES[throw_between(dice, 0, 3)]);
        if (!throw_chance(dice, careless))
            bed_enum(bed, "area_kind", throw_chance(dice, 0.3) ? "urban" : throw_chance(dice, 0.5) ? "town" : "rural");
    }
}

void bed_ordinary_county(struct bed *bed, struct dice *dice, unsigned number, size_t schools)
{
    char code[32];
    snprintf(code, sizeof code, "%06u", 100000 + number);
    bed_county(bed, code, 2025);
    for (size_t i = 0; i < schools; i++) {
        const char *type = i % 3 == 0 ? "junior" : i % 10 == 1 ? "nine_year" : "primary";
        double pupils[3] = { 0, 0, 0 };
        snprintf(code, sizeof code, "S%05zu", i);
        bed_school(bed, code, type);
        if (stages_of(type) & FIRST_STAGE)
            bed_put(bed, "pupils_primary", pupils[0] = (double)throw_between(dice, 40, 2000));
        if (stages_of(type) & SECOND_STAGE)
            bed_put(bed, "pupils_junior", pupils[1] = (double)throw_between(dice, 60, 2000));
        put_resources(bed, dice, 0, pupils, 1);
        bed_enum(bed, "area_kind", i % 4 ? "rural" : "urban");
    }
}

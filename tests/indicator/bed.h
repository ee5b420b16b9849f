/* bed.h — a test bed for the engine: real editions, returns written as short calls, made-up counties. */
#pragma once
#include "check.h"

#include "indicator/assess.h"

struct bed {
    struct arena *mem;
    const struct edition *edition;
    struct returns *returns;
    uint32_t county;          /* the one that schools are added to */
    size_t row;               /* the one that figures are put into */
};

/* The edition "cn-2017" or "cn-2012-basic", from standards/. */
const struct edition *bed_edition(const char *id);
struct bed bed_new(const char *edition);
void bed_free(struct bed *bed);
void bed_county(struct bed *bed, const char *code, int year);
size_t bed_school(struct bed *bed, const char *code, const char *type);   /* type "": not said */
void bed_put(struct bed *bed, const char *item, double value);
void bed_text(struct bed *bed, const char *item, const char *value);
void bed_enum(struct bed *bed, const char *item, const char *code);
void bed_county_figure(struct bed *bed, const char *item, double value);
void bed_county_enum(struct bed *bed, const char *item, const char *code);
uint16_t bed_item(const struct bed *bed, const char *code);
/* A primary school whose seven levels have these values for so many pupils. */
size_t bed_primary(struct bed *bed, const char *code, double pupils, const double value[7]);
/* Arranges and assesses; needs, shares and failing rows asked for. */
struct assessment bed_assess(struct bed *bed);
struct assess_request bed_request(const struct bed *bed);
/* The unit of a school in a stage; fails the test when there is none. */
size_t bed_unit(const struct bed *bed, const struct stage_assessment *stage, const char *school);
const struct stage_assessment *bed_stage(const struct county_assessment *county, enum stage stage); /* or NULL */
const struct rule_result *bed_rule(const struct county_assessment *county, const char *id);

/* Numbers that are the same on every run. */
struct dice { uint64_t state; };
uint64_t throw_next(struct dice *dice);
double throw_unit(struct dice *dice);                       /* [0, 1) */
long throw_between(struct dice *dice, long least, long most);
bool throw_chance(struct dice *dice, double p);

/* Adds one made-up county of every kind of difficulty: one school, zero resources, missing cells, extreme
 * sizes, every kind of split school, campuses with and without host, attached classes, teaching points of
 * 49 and 50. */
void bed_hostile_county(struct bed *bed, struct dice *dice, unsigned number);
/* Adds one ordinary county: every figure known, `schools` schools of one or two stages. */
void bed_ordinary_county(struct bed *bed, struct dice *dice, unsigned number, size_t schools);

/* item.h — what a school or a county is asked: the items (指标项) of an edition, with the names
 * people call them by.  Plain values, made by standard/edition from items.csv. */
#pragma once
#include "base/text.h"

#include <stdint.h>

enum item_level { ITEM_KEY, ITEM_SCHOOL, ITEM_COUNTY };
enum item_type { ITEM_TEXT, ITEM_INTEGER, ITEM_NUMBER, ITEM_BOOLEAN, ITEM_ENUM };
/* What a campus (校区) does to its host's figure. */
enum item_merge { MERGE_HOST /* nothing: the host's own stays */, MERGE_SUM, MERGE_MAX };

struct enum_value {       /* stored as its ordinal, from 1, in the order of items.csv */
    struct text code;     /* "nine_year" */
    struct text zh;       /* "九年一贯制": how it is shown */
    struct text *names;   /* every other spelling that is taken */
    size_t n_names;
};

struct item {
    struct text code;     /* "pupils_primary" */
    struct text zh;       /* 小学在校生数 */
    struct text *aliases;
    size_t n_aliases;
    struct text unit;     /* "persons", "m2", "10000 yuan", …; empty for texts, enums and flags */
    struct text note;
    struct enum_value *values;
    size_t n_values;
    enum item_level level;
    enum item_type type;
    enum item_merge merge;
};

enum { NO_ITEM = UINT16_MAX, MAX_ITEMS = 512 };

struct item_list {
    struct item *at;
    size_t n;
    /* The few items the program itself speaks of; NO_ITEM where the edition has none. */
    uint16_t county_code, county_name, year, school_code, school_name, school_type,
        host_school_code, township, district, area_kind, ownership;
};

/* The index of an item by its code; NO_ITEM when there is none. */
uint16_t item_find(const struct item_list *items, struct text code);
/* Sets the named indexes above.  Call once all items stand. */
void item_list_finish(struct item_list *items);
/* The ordinal of an enum value by its code, 0 when there is none. */
unsigned item_value(const struct item *item, struct text code);
/* A unit as people read it: persons 人, m2 平方米, 10000 yuan 万元, rooms 间 …; empty stays empty. */
struct text unit_zh(struct text unit);

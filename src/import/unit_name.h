/* unit_name.h — units of measure as people write them: “人”, “㎡”, “万元”, “个”, “%”. */
#pragma once
#include "model/item.h"

enum unit_dimension {
    UNIT_COUNT, /* 个, 份, 处 …: a number of anything */
    UNIT_SCHOOLS,
    UNIT_PERSONS,
    UNIT_AREA,
    UNIT_MONEY,
    UNIT_ROOMS,
    UNIT_CLASSES,
    UNIT_GRADES,
    UNIT_YEAR,
    UNIT_DEGREE,
    UNIT_CASES,
    UNIT_BOOKS,
    UNIT_COMPUTERS,
    UNIT_SHARE,
};

struct unit_name {
    enum unit_dimension dimension;
    double scale; /* of its dimension's own: 万元 10000, % 0.01 */
};

/* Reads a folded text (text_fold) that is a unit and nothing else. */
bool unit_named(struct text folded, struct unit_name *out);
/* Whether figures written in this unit are what the item asks for as they stand.  False means
 * that they would be off by a factor or are another thing altogether. */
bool unit_suits(struct unit_name unit, const struct item *item);
/* An item whose value is a share from 0 to 1. */
bool item_is_share(const struct item *item);
/* An item whose value is a calendar year. */
bool item_is_year(const struct item *item);

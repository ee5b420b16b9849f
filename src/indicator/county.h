/* county.h — one county and year, from its rows in the workings to its verdict. */
#pragma once
#include "indicator/rules.h"
#include "indicator/stage.h"

/* 达标 when every stage and every rule that decides is; unmet as soon as something known fails for
 * good; no_data where a county has no unit at all. */
enum state county_verdict(const struct county_assessment *county);

/* same.h — are two assessments of a county the same, bit for bit? */
#pragma once
#include "check.h"

#include "model/assessment.h"

/* Fails the test, saying where, when they differ.  Sets and lists of failing rows are not compared. */
void check_same_county(const struct county_assessment *got, const struct county_assessment *expected);

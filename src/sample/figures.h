/* figures.h — what one made-up school has: classes, teachers, rooms, grounds, money, all in
 * keeping with each other and with its pupils. */
#pragma once
#include "sample/county.h"
#include "sample/dice.h"

/* Fills the school's last year.  Pupils of a stage it lacks are 0. */
void figures_make(struct dice *dice, struct sample_school *school, int primary, int junior, int senior);
/* Fills the years before out of the last one, and the column YEAR of all: never more than a fifth
 * away from the year that follows. */
void figures_earlier(struct dice *dice, struct sample_school *school, int last_year, int years);
/* Makes the school one that falls back: in the years before it had so many pupils fewer that its PE
 * and arts teachers were enough.  False when that is not what it lacks. */
bool figures_fall_back(struct dice *dice, struct sample_school *school, int years);

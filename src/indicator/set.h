/* set.h — any other set of a county's schools, judged as the county is: 学区, township, urban and rural. */
#pragma once
#include "indicator/stage.h"

/* Parts the units of a county (units[stage], from the county's stages) by the request's item: texts by
 * their bytes, enum values by their Chinese names in the edition's order; schools that do not say come
 * first, under an empty name.  A campus follows its host. */
void set_assess_all(struct county_assessment *county, const struct method *method, struct units *const units[N_EVALUATED],
                    size_t first, struct arena *mem, struct arena *scratch);

/* wanted.h — which items an assessment uses, so that reading may leave the others behind. */
#pragma once
#include "app/assess.h"

/* One flag an item, in mem: the keys and names, whatever a formula, check or wish of the request
 * speaks of, and the item of --by. */
const bool *wanted_items(const struct app_assess_request *request, struct arena *mem);

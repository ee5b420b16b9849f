/* host.h — to which school does a campus (校区, 不计校数) belong? */
#pragma once
#include "indicator/method.h"

/* Sets root[i], local to the run of rows that starts at `first`: the row of the host for a campus, else i.
 *   Given    whole counties
 *   Returns  whether there is any campus
 *   Rule     a row with a host_school_code that is no teaching point, whose host stands in the same county and
 *            year and names no host itself; else the row stays its own unit */
bool host_find_all(const struct method *method, size_t first, size_t n, uint32_t *root);

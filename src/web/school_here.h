/* school_here.h — pages of one school, of a year in which it may be absent. */
#pragma once
#include "web/request.h"

/* Whether the school {code} stands in the year that is shown.   Errors  ERR_ABSENT: in another alone */
bool school_here(const struct request *request, struct err *err) MUST_CHECK;

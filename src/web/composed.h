/* composed.h — what a page's values are composed from: the request's snapshot, its year, its reader. */
#pragma once
#include "report/composing.h"
#include "web/request.h"

/* NULL where there is no data yet (empty_page answers then).  What the reader may not see is marked so. */
struct composing *composing_of(struct request *request);
/* The page that stands where there are no figures yet: what will be here, and how it comes. */
void empty_page(struct request *request, struct response *response, struct text title, const char *page);
/* "2025": the year shown, for links and keys of lineage. */
struct text year_digits(const struct request *request);

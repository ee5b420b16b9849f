/* page_error.h — what a refused request is answered with: what happened, what was saved, what to do. */
#pragma once
#include "web/exchange.h"

/* Makes the response out of e->fault: a page, or JSON under /api/. */
void page_error(struct exchange *exchange);
/* The HTTP status of a kind of error. */
int status_of(enum err_kind kind);

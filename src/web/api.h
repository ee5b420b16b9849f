/* api.h — what the handlers of /api/v1 share: JSON in, JSON out.  The shapes are promised in web/api/openapi.json. */
#pragma once
#include "app/lineage.h"
#include "base/out.h"
#include "web/api_read.h"
#include "web/request.h"

/* An answer begun, and handed over. */
struct out *api_out(const struct request *request);
void api_done(struct response *response, struct out *out);

void api_write_figure(struct out *out, const char *key, const struct item *item, double number, struct text text);
/* The item of a code.   Errors  ERR_ABSENT */
bool api_item(const struct item_list *items, struct text code, uint16_t *out, struct err *err) MUST_CHECK;

/* Who asks, of which data: for app/lineage and its like. */
struct lineage_request api_lineage(const struct request *request);

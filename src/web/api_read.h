/* api_read.h — JSON that was sent, looked into.  (jansson behind it; its names and those of base/out.h do not go
 * together, so that they meet nowhere.) */
#pragma once
#include "model/item.h"
#include "web/request.h"

struct json;   /* a value; NULL: it is not there */

const struct json *api_member(const struct json *object, const char *key);
bool api_is_object(const struct json *value);
bool api_is_list(const struct json *value);
size_t api_size(const struct json *list);
const struct json *api_at(const struct json *list, size_t i);

/* The object that was sent.  Freed with the request.
 *   Errors  ERR_USAGE: no JSON object, a name twice, too deep, and where */
bool api_body(const struct request *request, const struct json **out, struct err *err) MUST_CHECK;
/* A text, a whole number of the object; what is not there is empty, `otherwise`.
 *   Errors  ERR_USAGE: something else stands there */
bool api_text(const struct json *object, const char *key, struct text *out, struct err *err) MUST_CHECK;
bool api_integer(const struct json *object, const char *key, int64_t from, int64_t to, int64_t otherwise, int64_t *out, struct err *err) MUST_CHECK;
bool api_bool(const struct json *object, const char *key, bool otherwise, bool *out, struct err *err) MUST_CHECK;
/* ERR_USAGE without an Idempotency-Key: acts that change something are done once. */
bool api_needs_key(const struct request *request, struct err *err) MUST_CHECK;

/* A figure in JSON: a number, true or false, the code of a choice, a text; null: a blank. */
struct api_figure {
    struct text typed;      /* as the importer would read it from a cell; empty: a blank */
    double number;          /* BLANK where it is no number, or not a choice of the item */
    struct text text;       /* of a text */
};
/* ERR_USAGE: an array, an object. */
bool api_figure(struct arena *mem, const struct item *item, const struct json *value, struct api_figure *out, struct err *err) MUST_CHECK;

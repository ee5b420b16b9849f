/* form.h — a form's body, application/x-www-form-urlencoded. */
#pragma once
#include "web/pairs.h"

enum { FORM_FIELDS = 8192, FORM_SIZE = 2 * 1024 * 1024 };

/* Line ends come as the browser sends them, CR LF.   Errors  ERR_USAGE: badly encoded; ERR_LIMIT: too many fields */
bool form_parse(struct text body, struct arena *mem, struct pairs *out, struct err *err) MUST_CHECK;

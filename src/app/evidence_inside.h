/* evidence_inside.h — what evidence.c, judgement.c and register.c share. */
#pragma once
#include "base/err.h"
#include "base/text.h"

/* A random id, as addresses have it. */
struct text evidence_new_id(struct arena *mem);
/* Whether a reason is given and not too long; else worded with what it is: 「评判的理由」. */
bool evidence_reason_right(struct text reason, const char *what, struct err *err) MUST_CHECK;

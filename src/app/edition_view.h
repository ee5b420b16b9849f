/* edition_view.h — what an edition says of one of its ids, in words, for whoever shows it. */
#pragma once
#include "base/err.h"
#include "model/edition.h"

struct view_entry { const char *key; struct text label, value; };  /* "at_least", 标准, "4.5" */
struct view_section { struct text title; struct view_entry *entries; size_t n; };

/* An indicator by its plain id (L4, G11, Q9), a rule or part of one (G11a, PRE1, X3), a relaxation,
 * or an item by its code.   Errors  ERR_USAGE: there is none, with the nearest offered */
bool app_edition_show(struct arena *mem, const struct edition *edition, struct text id,
                      const struct view_section **out, size_t *n_out, struct err *err) MUST_CHECK;

struct edition_change_view { struct text table, id, column, was, now, kind; };  /* kind: 改 增 删 */
/* What changed between two editions, each a name or a folder. */
bool app_edition_diff(struct arena *mem, const char *a, const char *b, const struct edition_change_view **out,
                      size_t *n_out, struct err *err) MUST_CHECK;

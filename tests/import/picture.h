/* picture.h — sheets drawn as text, for the tests of layout: a line a row, cells parted by '|',
 * spaces around them dropped; a number is a number cell, unless ' stands before it. */
#pragma once
#include "import/layout.h"

struct grid *picture(struct arena *mem, const char *name, const char *drawn);
/* Reads these sheets into memory; the test fails when that is refused. */
struct table_memory *read_sheets(struct arena *mem, struct grid *const *sheets, size_t n);
struct table_memory *read_sheet(struct arena *mem, const char *drawn);
/* The figure of a row of the t-th table by item code; fails when the table has no such column. */
double figure(const struct table_memory *read, size_t t, size_t row, const char *code);
struct text words(const struct table_memory *read, size_t t, size_t row, const char *code);
bool holds(const struct table_memory *read, size_t t, const char *code);
/* The first finding of this rule (after `skip` others), or NULL. */
const struct finding *found(const struct table_memory *read, const char *rule, size_t skip);

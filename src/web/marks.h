/* marks.h — what in a page is its reader's own (name, form token, form key, how much waits for him), held open until it is sent.
 *
 * frame_of puts marks in their places; respond fills them.  So one page made can be sent to all who may see the
 * same (shared.h).  A mark holds bytes drawn when the server starts: nobody else can write one. */
#pragma once
#include "base/text.h"

enum mark_kind { MARK_WHO, MARK_TOKEN, MARK_KEY, MARK_MINE, N_MARKS };
enum { MARK_SIZE = 12 };

struct marks { char text[N_MARKS][MARK_SIZE + 1]; };
struct mark_place { size_t at; enum mark_kind kind; };

struct marks marks_new(void);
struct text mark_of(const struct marks *marks, enum mark_kind kind);
/* Where they stand in a page, in order. */
void marks_find(const struct marks *marks, struct text page, struct arena *mem, struct mark_place **out, size_t *n_out);
/* The page with values (HTML) in their places. */
struct text marks_fill(struct text page, const struct mark_place *places, size_t n, const struct text values[N_MARKS], struct arena *mem);

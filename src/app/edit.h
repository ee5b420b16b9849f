/* edit.h — a returned figure corrected on a page: a new version, the old one kept. */
#pragma once
#include "app/house.h"

struct figure_edit {
    int year;
    struct text school;          /* code; empty: the county's own */
    uint16_t item;
    struct text typed;           /* as typed; read as a cell would be: 12 is a number, “12人” is not; empty: taken away */
    double seen;                 /* what stood there when it was shown, so that nobody overwrites unseen */
    struct text seen_text;
    struct text reason;          /* why; may be empty */
};
struct figure_edited { int64_t version; double number; struct text text; };

/* Inside the writer.
 *   Errors  ERR_INPUT: not a figure, in the words of import/value; ERR_CONFLICT: somebody else changed it first
 *           (「这格 9:42 由王敏改为 36，您填的是 34。留哪一个？」); ERR_ABSENT: no such school, item */
bool app_figure_edit(struct house *house, struct db_session *session, const struct actor *actor, const struct figure_edit *edit,
                     int64_t now, struct arena *mem, struct figure_edited *out, struct err *err) MUST_CHECK;

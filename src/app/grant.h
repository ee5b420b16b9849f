/* grant.h — puts the figures of wishes (试算) into a copy of the returns. */
#pragma once
#include "app/assess.h"
#include "model/returns.h"

/* Fulfils every wish whose school (or county) stands in these returns: in the latest year it has.
 *   Returns  the changes made, in mem; their figures stand in `into`, a returns_copy of the returns
 *   Errors   ERR_USAGE when a name is that of several schools */
bool grant_wishes(struct wish *wishes, size_t n, struct returns *into, struct arena *mem, struct change **changes_out,
                  size_t *n_out, struct err *err) MUST_CHECK;
/* After the last returns: ERR_USAGE for a wish nobody fulfilled, with the nearest name seen. */
struct near;
bool grant_all_done(const struct wish *wishes, size_t n, const struct near *nearest, struct err *err) MUST_CHECK;
/* Looks for names near those of unfulfilled wishes. */
void grant_look_near(const struct wish *wishes, size_t n, const struct returns *returns, struct near *nearest);

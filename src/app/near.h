/* near.h — the name that may have been meant, for "是不是 …？". */
#pragma once
#include "base/text.h"

struct near { struct arena *mem; struct text wanted, best; size_t distance; bool found; };

struct near near_start(struct arena *mem, struct text wanted);
/* Keeps the candidate when it is nearer than the best so far: at most a third of the characters
 * differ, or one name begins with the other. */
/* What it keeps is copied into mem. */
void near_try(struct near *near, struct text candidate);

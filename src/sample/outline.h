/* outline.h — the made-up county's outline: its border, its 15 townships, the roads between their
 * seats.  Townships meet exactly: what two share are the same points. */
#pragma once
#include "sample/land.h"

struct outline *sample_outline(struct arena *mem, const struct land *land);

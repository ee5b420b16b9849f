/* indicator_paths.h — the addresses of indicators' pages, and which of the 32 stand beside one. */
#pragma once
#include "web/composed.h"
#include "web/view_indicator.h"

/* stage −1: of the county. */
struct text indicator_path(const struct request *request, struct text id, int stage);
/* The indicators before and behind an id in the edition's list; resources keep the stage. */
void indicators_beside(const struct request *request, const struct composing *c, struct text id, int stage, struct view_beside *previous,
                       struct view_beside *next);

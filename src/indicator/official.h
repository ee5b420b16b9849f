/* official.h — the figures that the official tables ask for and that are no indicator. */
#pragma once
#include "model/assessment.h"
#include "model/official.h"

/* Works them out for one county and year of an assessment, with its relaxations; all in mem. */
void official_work_out(const struct official_form *form, const struct assessment *assessment, size_t county,
                       struct arena *mem, struct official_values *out);

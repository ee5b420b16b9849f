/* stage.h — one stage of a county, or of any set of its schools, judged: values, states, coefficients,
 * verdicts.  From what the units have, whoever they are. */
#pragma once
#include "indicator/units.h"

/* Room for n units; results live in mem. */
void stage_make(struct stage_assessment *out, const struct method *method, enum stage stage, size_t n,
                struct arena *mem);
/* Rows and pupils of the units; `first` makes local rows rows of the returns. */
void stage_name_units(struct stage_assessment *out, const struct units *units, size_t first);
/* One level: values, states, coefficient with its limits.  mem NULL: what is estimated stays in `units`. */
void stage_judge_level(struct stage_assessment *out, const struct method *method, const struct units *units,
                       size_t level, struct arena *mem);
/* Once all levels are judged: the units' verdicts, the combined coefficient, the stage's verdict. */
void stage_conclude(struct stage_assessment *out, const struct method *method);

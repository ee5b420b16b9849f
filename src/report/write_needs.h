/* write_needs.h — what every school lacks (缺口), as people or programs read it. */
#pragma once
#include "report/write_assessment.h"

extern const struct assessment_writer needs_as_json;
/* A row a school, a stage and an indicator. */
extern const struct assessment_writer needs_as_csv;
extern const struct assessment_writer needs_as_table;

/* write_assessment.h — an assessment as people or programs read it, county by county as it comes. */
#pragma once
#include "base/out.h"
#include "model/assessed.h"
#include "model/finding.h"

struct assessment_view {
    const struct edition *edition;
    const struct relaxation_on *relaxations;
    size_t n_relaxations;
    bool units;             /* schools too; false: --brief */
    bool all;               /* the table lists every school that fails, every figure that is missing */
    bool colour;
};

/* One way of writing; all go to the same `out`. */
struct assessment_writer {
    void (*begin)(struct out *out, const struct assessment_view *view);
    void (*part)(struct out *out, const struct assessment_view *view, const struct assessed *part, struct arena *scratch);
    void (*end)(struct out *out, const struct assessment_view *view, const struct findings *findings, struct arena *scratch);
};

/* One object; its shape is a promise: docs/assess.schema.json. */
extern const struct assessment_writer assessment_as_json;
/* A row a unit; without units a row a stage.  Numbers unrounded, a blank is empty. */
extern const struct assessment_writer assessment_as_csv;
/* For people, Chinese: the verdict, the coefficients, what blocks, the schools that need most. */
extern const struct assessment_writer assessment_as_table;

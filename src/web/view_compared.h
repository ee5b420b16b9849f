/* view_compared.h — up to four schools side by side. */
#pragma once
#include "report/compose_beside.h"
#include "web/state.h"
#include "web/view_frame.h"

struct view_compared_school { const struct beside_school *school; struct text path, without_path; const char *state; };
struct view_compared_row {
    const struct beside_row *row;
    struct text heading;                   /* before the first row of a stage; empty: none */
    struct text paths[MOST_BESIDE];        /* where each value comes from; empty: it is no figure */
};

struct view_compared {
    const struct view_frame *frame;
    const struct side_by_side *beside;
    struct view_compared_school schools[MOST_BESIDE];
    struct view_compared_row *rows;
    size_t too_many;                       /* that were chosen beyond four */
    struct text list_path, absent;         /* absent: codes that are not there */
    struct text all_path, differing_path;  /* the other of: all rows, only those that differ */
    bool only_differing;
};

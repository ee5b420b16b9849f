/* view_mayor.h — the mayor's page (一页纸): one screen, one A4. */
#pragma once
#include "web/svg.h"
#include "web/view_frame.h"

struct mayor_stage { struct text name, passing, of, source; };
struct mayor_stuck { struct text what, unit, standing, link; };
struct mayor_line { struct text words, link; };
struct mayor_day { struct text day, what, link; };
struct view_mayor {
    const struct view_frame *frame;
    struct text sentence, second, year, goal, targets;   /* targets: empty where no alarm stands */
    struct mayor_stage *stages;
    size_t n_stages;
    struct svg trend;
    bool has_trend;
    struct mayor_stuck *stuck;
    size_t n_stuck;
    struct mayor_line *worse;
    size_t n_worse;
    struct mayor_day *days;
    size_t n_days;
};

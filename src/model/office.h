/* office.h — what the county office keeps: meetings, public concerns, publicity, good cases, the way of recognition, duties.
 * Plain values; days are texts (2026-11-25), places as app/actor.h has them with the name they had when it was written. */
#pragma once
#include "base/text.h"
#include "model/stamp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place as a row keeps it: "school", its code, 柳林镇中心小学. */
struct office_place { struct text kind, name, shown; };

struct meeting {
    int64_t id, version;
    struct text kind, title, held_on, held_at, held_in, chair, attending, state, minutes, document;
    struct stamp by;
};
struct meeting_item { int64_t position; struct text origin, origin_key, what, unit, standing, link; };
struct meeting_decision {
    int64_t position, item;          /* item: of the agenda; 0: none */
    struct text words, due, product, task;
    struct office_place owner;
};

struct concern {
    int64_t id;
    struct text came_on, channel, kind, township, what, reference, due_on, state, replied_on, reply, cause, satisfied, task;
    struct office_place place, owner;
    int64_t replied_by, reopened;
    struct stamp by;
};
struct concern_count { struct text kind, last_on; struct office_place place; int64_t n, open; };
struct concern_sums { int64_t all, open, late, in_time, not_in_time, satisfied, not_satisfied; };
struct work_day { struct text day; bool works; };

struct publicity {
    int64_t id;
    struct text day, outlet, level, title, link, withdrawn;
    struct office_place place;
    struct stamp by;
};
struct good_case {
    int64_t id, version;
    struct text title, theme, summary, body, state, reason, released_on;
    struct office_place place;
    struct stamp by;
};

struct procedure_event {
    int64_t position;
    struct text step, what, day, document, words, file_name, sha256, crossed_out;
    struct stamp by;
};
struct duty_record { struct text unit; int64_t position; struct text duty, person, from_day, until_day; struct stamp by; };

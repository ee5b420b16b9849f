/* scenario.h — a what-if (试算方案) that is kept under a name. */
#pragma once
#include "model/item.h"
#include "model/stamp.h"

struct scenario_record { struct text id, name; int year; struct stamp made; int64_t changed_at; size_t n_changes; };
/* One changed figure; an empty school is the county's own.  A blank number takes the figure away. */
struct scenario_change { struct text school; uint16_t item; double number; };

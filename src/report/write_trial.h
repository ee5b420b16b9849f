/* write_trial.h — a trial (试算) as two sheets: the figures that it changes, and what comes of it. */
#pragma once
#include "model/sheet.h"
#include "report/compose_compare.h"

enum { TRIAL_SHEETS = 2 };

struct trial_sheets_request {
    const struct composing *composing;
    const struct comparison *comparison;
    struct text name;                     /* of the scenario; may be empty */
    struct text version;                  /* of the data, in words; may be empty */
};

/* In the composing's memory.  The first sheet's rows can be pasted back into the grid (its headings are 学校代码, 学校,
 * 项目, 改为); its last line says how many there are. */
void trial_sheets(const struct trial_sheets_request *request, struct sheet *out[TRIAL_SHEETS]);

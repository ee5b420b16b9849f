/* what_if_view.h — a trial, tried and put into words for its page. */
#pragma once
#include "web/view_what_if.h"
#include "web/what_if_form.h"

struct trying {
    struct request *request;
    const struct composing *composing;
    struct typed_changes typed;
    struct what_if_cells cells;
    const struct comparison *comparison;
};

/* Tries the changes (typed stands already) and compares.   Errors  of app_try */
bool what_if_try(struct trying *t, struct err *err) MUST_CHECK;
/* Kept changes of the year shown, tried and compared; those of schools that are not there are left out. */
bool what_if_compare_kept(struct trying *t, const struct scenario_change *changes, size_t n, struct err *err) MUST_CHECK;
/* Rows and effect into the view. */
void what_if_view(const struct trying *t, struct view_what_if *view);
/* Schools that fit what is looked for: name, pinyin initials, code, township. */
void what_if_find(const struct trying *t, struct text q, bool failing_only, struct view_what_if *view);

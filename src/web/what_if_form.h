/* what_if_form.h — a trial as a form carries it: one field a changed figure, "c:SCHOOL:ITEM", holding what is typed. */
#pragma once
#include "app/scenario.h"
#include "app/scenario_typed.h"
#include "web/request.h"

/* "c:2101…:classrooms_multimedia"; the school is empty for the county's own figures. */
struct text what_if_field(struct arena *mem, struct text school, const struct item *item);
/* All such fields of the form, in its order; fields that name no item are passed over. */
struct typed_changes what_if_typed(const struct request *request);
/* A kept scenario's, as they would be typed. */
struct typed_changes what_if_kept(struct arena *mem, const struct scenario_change *changes, size_t n);

/* One row of the grid and what it means. */
struct what_if_cell {
    struct typed_change typed;
    size_t row;                  /* of the school in the year; SIZE_MAX: the county's, or not there */
    struct text fault, hint;     /* empty: it can be taken */
    bool changes;                /* something is typed, and it is not what stands */
    double number;
};
struct what_if_cells { struct what_if_cell *at; size_t n; struct scenario_change *changes; size_t n_changes, n_faults; };
struct what_if_cells what_if_read(const struct request *request, const struct typed_changes *typed);

/* page_forms.h — what the pages of forms share. */
#pragma once
#include "app/form_view.h"
#include "web/request.h"
#include "web/view_forms.h"

/* The school year of ?year= (a year without data too), else the usual one. */
bool forms_year(const struct request *request, int *out, struct err *err) MUST_CHECK;
/* "school:3141…" of ?place=; of the actor's own where it is not there and he has one. */
bool forms_place(const struct request *request, const struct form *form, struct place *out, struct err *err) MUST_CHECK;
struct text forms_path(const struct request *request, struct text id, const char *what, int year, struct place unit, int64_t nth);
const char *sheet_class(enum sheet_state state, bool sent_back);
/* Whether the fault is one that the page says itself; then it is taken out of err. */
bool forms_fault(struct err *err, struct err *fault_out);

/* page_tasks.h — what the pages of tasks share. */
#pragma once
#include "app/place_names.h"
#include "app/task.h"
#include "web/request.h"
#include "web/view_tasks.h"

const struct place_names *tasks_places(const struct request *request);
/* As a line of a list. */
struct task_line task_line_of(const struct request *request, const struct place_names *places, const struct task_view *view);
struct text task_state_said(const struct request *request, enum task_way way, enum task_state state);
const char *task_state_class(const struct task_view *view);
struct text task_left_said(const struct request *request, const struct task_view *view);
/* 骨干教师（L3）: what a subject is called; the subject itself where the edition does not know it. */
struct text task_subject_said(const struct request *request, struct text subject);
/* Places to choose from, in groups: the county, departments, townships, schools; `closed` ones are left out. */
struct task_options *task_place_options(const struct request *request, const struct place_names *places, struct text chosen, size_t *n_out);

/* ?state=…&owner=…: as asked; `words_out`: the filter as a sentence, empty where there is none. */
struct tasks_asked { struct task_filter filter; struct text state, owner, group; bool mine; enum task_order order; int64_t page; };
bool tasks_asked(const struct request *request, const struct place_names *places, struct tasks_asked *out, struct text *words_out, struct err *err) MUST_CHECK;

/* The tasks of an origin for the page of the thing itself, and the address of a new order that knows what the wish says already
 * (owner, about, title, text, person, subject, stage, due; kind). */
bool tasks_of_view(struct request *request, const struct task_wish *wish, const struct view_tasks_of **out, struct err *err) MUST_CHECK;

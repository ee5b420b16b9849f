/* place_names.h — what places (actor.h) are called today, and which there are to choose from.
 *
 * Departments and school districts are named by their unit's code, schools by theirs, townships as returned.  All of it stands in the
 * snapshot: making the list asks the database nothing, whatever the number of places. */
#pragma once
#include "app/house.h"

/* One that can be chosen: <option value="department:D11">市财政局</option>. */
struct place_choice {
    struct place place;
    struct text value, name;
    struct text township;        /* of a school: as returned, for groups; may be empty */
    bool stands;                 /* false: closed or merged; it keeps its name, and nobody chooses it any more */
};
struct place_list { const struct place_choice *at; size_t n; };
struct place_names {
    struct place_list all;                        /* closed ones too, by kind and by what the place is named by */
    struct place_list standing[PLACE_COUNTY + 1]; /* [place_kind], by code; of the county the one */
};
/* As of the day of `now`: the tree of units; what it lacks from the latest returns, and where it knows no department at all, the
 * plan's own list.  The texts are the snapshot's or in mem. */
void place_names_of(const struct snapshot *snapshot, int64_t now, struct arena *mem, struct place_names *out);

/* As the tree has it last, what comes later too: for what has no day of its own (a sheet of a year). */
void place_names_last(const struct snapshot *snapshot, struct arena *mem, struct place_names *out);

/* 市财政局, 柳林镇中心小学, 柳林镇, 青禾县; what nobody knows any more: its code. */
struct text place_name(const struct place_names *names, struct place place);
/* NULL: there is none. */
const struct place_choice *place_find(const struct place_names *names, struct place place);
/* "department:D11", "township:柳林镇", "county": what a form's <option> carries. */
struct text place_value(struct place place, struct arena *mem);
/* The value of a form's field, of a place that stands.
 *   Errors  ERR_INPUT: nothing chosen, or not a value; ERR_ABSENT: no such place; ERR_CONFLICT: closed or merged */
bool place_parse(const struct place_names *names, struct text value, struct place *out, struct err *err) MUST_CHECK;
/* The same as somebody types it into a workbook: a value as above, 部门:财政局, or the bare name or code: 市财政局, 财政局, D11, 柳林镇,
 * 柳林镇中心小学, 全县.   Errors  as above; ERR_CONFLICT also: several are called so */
bool place_said(const struct place_names *names, struct text said, struct place *out, struct err *err) MUST_CHECK;
/* The department that is called so, in full or without the 市, 县, 市委 before it; NULL: none. */
const struct place_choice *place_department_named(const struct place_names *names, struct text name);

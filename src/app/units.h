/* units.h — the county's units: read on any day, changed, and first filled from what is known. */
#pragma once
#include "app/house.h"
#include "store/unit_store.h"

struct unit_tree { struct unit_row *rows; size_t n_rows; struct unit *at; size_t n; };  /* every change; the tree on the day */
/* What of it the actor may see: all for who sees the county, else his own branch is for the page to choose.   Errors  ERR_OUTSIDE */
bool app_units_at(struct house *house, struct text day, struct arena *mem, struct unit_tree *out, struct err *err) MUST_CHECK;

/* One act on one unit, inside the writer.   Errors  ERR_DENIED, ERR_INPUT, ERR_ABSENT, ERR_CONFLICT: as model/unit.h */
bool app_unit_act(struct house *house, struct db_session *session, const struct actor *actor, const struct unit_wish *wish, int64_t now,
                  struct arena *mem, struct err *err) MUST_CHECK;
/* Several acts, one after the other, all or none; inside the writer.
 *   Given   n_seen  how many rows the tree had when they were thought out
 *   Errors  as above; ERR_CONFLICT also: somebody changed the tree meanwhile */
bool app_units_apply(struct house *house, struct db_session *session, const struct actor *actor, const struct unit_wish *wishes, size_t n, size_t n_seen,
                     int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* The first list: the county, its townships (as returned, with their codes where those are known), school districts, schools of the
 * returns, the departments of the plan of work, the leading group and its office.  Only units that are not there yet; inside the writer.
 *   Returns  how many were added */
bool app_units_seed(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                    struct text day, int64_t now, struct arena *mem, size_t *n_out, struct err *err) MUST_CHECK;

bool app_unit_members(struct house *house, struct text unit, struct arena *mem, struct member_record **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Joins the leading group or its office; leaves it on a day.  Inside the writer. */
bool app_unit_member_add(struct house *house, struct db_session *session, const struct actor *actor, struct text unit,
                         const struct member_record *member, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
bool app_unit_member_end(struct house *house, struct db_session *session, const struct actor *actor, struct text unit, int64_t position,
                         struct text day, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* A list that the program carries: "departments.csv" (code,name), "townships.csv"; empty: no such. */
struct text units_carried(const char *name);

/* Whether a school is asked for a year with that reference day: not where the tree says that it is closed then, or not yet there. */
bool units_expect(const struct unit_row *rows, size_t n, struct text school, struct text day);

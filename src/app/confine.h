/* confine.h — to which schools an actor is confined beyond what his place says by itself. */
#pragma once
#include "app/house.h"

/* Fills actor->only: the head of a school district (学区) sees the schools that the tree of units puts into it today; an assessor
 * (评估人员) exactly those that his inspection rounds visit, until they are over.  To be called for
 * every actor that comes in, once the snapshot is there (web/dispatch.c).  What `only` is made of
 * lives in mem and in the snapshot.   Errors  ERR_OUTSIDE */
bool app_confine(struct house *house, const struct snapshot *snapshot, int64_t now, struct arena *mem, struct actor *actor, struct err *err) MUST_CHECK;
/* Whether the actor's schools are told by something that may change without a new snapshot: then an older state will not do. */
bool app_is_confined(const struct actor *actor);

/* The codes of a district's schools and campuses on a day, sorted; closed ones too, for the years in which they were there.  A campus lies
 * where its school does unless it says otherwise. */
struct school_set district_schools(const struct unit_row *units, size_t n, struct text district, struct text day, struct arena *mem);
/* The district (its unit's code) a school lies in on a day; empty: none, or nobody said. */
struct text school_district(const struct unit_row *units, size_t n, struct text school, struct text day);

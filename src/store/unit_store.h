/* unit_store.h — the units' rows, and the members of the leading group. */
#pragma once
#include "db/db.h"
#include "model/unit.h"

/* Every change, by code, day and order of entry. */
bool store_units(struct db_session *session, struct text county, struct arena *mem, struct unit_row **out, size_t *n_out, struct err *err) MUST_CHECK;
/* How many there are: as many as before, the same as before. */
bool store_unit_count(struct db_session *session, struct text county, int64_t *out, struct err *err) MUST_CHECK;
bool store_unit_put(struct db_session *session, struct text county, const struct unit_row *row, struct err *err) MUST_CHECK;

struct member_record { int64_t position; struct text part, name, works_at, from_day, until_day; };   /* until_day empty: still */
bool store_unit_members(struct db_session *session, struct text county, struct text unit, struct arena *mem, struct member_record **out,
                        size_t *n_out, struct err *err) MUST_CHECK;
bool store_unit_member_put(struct db_session *session, struct text county, struct text unit, const struct member_record *member, struct err *err) MUST_CHECK;
/*   Errors  ERR_CONFLICT: not there, ended already, or before it began */
bool store_unit_member_end(struct db_session *session, struct text county, struct text unit, int64_t position, struct text day, struct err *err) MUST_CHECK;

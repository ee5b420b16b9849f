/* procedure_store.h — the way of recognition; who sees to what. */
#pragma once
#include "db/db.h"
#include "model/office.h"

bool store_procedure_add(struct db_session *session, struct text county, const struct procedure_event *event, struct err *err) MUST_CHECK;
/*   Errors  ERR_CONFLICT: not there, or crossed out */
bool store_procedure_cross_out(struct db_session *session, struct text county, int64_t position, struct text reason, struct err *err) MUST_CHECK;
/* In the order of their days, crossed out ones too. */
bool store_procedure(struct db_session *session, struct text county, struct arena *mem, struct procedure_event **out, size_t *n_out,
                     struct err *err) MUST_CHECK;

bool store_duty_add(struct db_session *session, struct text county, const struct duty_record *duty, struct err *err) MUST_CHECK;
bool store_duty_end(struct db_session *session, struct text county, struct text unit, int64_t position, struct text day, struct err *err) MUST_CHECK;
bool store_duties(struct db_session *session, struct text county, struct arena *mem, struct duty_record **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Everybody of the leading group and its office, those who left too. */
struct group_member { struct text unit, part, name, works_at, from_day, until_day; int64_t position; };
bool store_group_members(struct db_session *session, struct text county, struct arena *mem, struct group_member **out, size_t *n_out, struct err *err) MUST_CHECK;

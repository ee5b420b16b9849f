/* publicity_store.h — what was in the media; good cases. */
#pragma once
#include "db/db.h"
#include "model/office.h"

bool store_publicity_add(struct db_session *session, struct text county, const struct publicity *item, struct err *err) MUST_CHECK;
/* Of some days, newest first, withdrawn ones too; level '' : all. */
struct publicity_filter { struct text from_day, until_day, level; };
bool store_publicity(struct db_session *session, struct text county, const struct publicity_filter *filter, int64_t most, int64_t skipped,
                     struct arena *mem, struct publicity **out, size_t *n_out, struct err *err) MUST_CHECK;
struct publicity_count { struct text level; int64_t n; };
bool store_publicity_counts(struct db_session *session, struct text county, const struct publicity_filter *filter, struct arena *mem,
                            struct publicity_count **out, size_t *n_out, struct err *err) MUST_CHECK;
/*   Given   account  who put it there; 0: whoever it was   Errors  ERR_CONFLICT: not there, withdrawn, or another's */
bool store_publicity_withdraw(struct db_session *session, struct text county, int64_t id, struct text reason, int64_t account, struct err *err) MUST_CHECK;

bool store_case_put(struct db_session *session, struct text county, const struct good_case *one, int64_t *id_out, struct err *err) MUST_CHECK;
/* Behind one->version.   Errors  ERR_CONFLICT */
bool store_case_set(struct db_session *session, struct text county, const struct good_case *one, struct err *err) MUST_CHECK;
bool store_good_case(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct good_case *out, struct err *err) MUST_CHECK;
/* Without their bodies, newest first; '' leaves all.  Those that are public, with them. */
bool store_good_cases(struct db_session *session, struct text county, struct text state, struct text theme, int64_t most, int64_t skipped,
                      struct arena *mem, struct good_case **out, size_t *n_out, struct err *err) MUST_CHECK;
bool store_good_cases_released(struct db_session *session, struct text county, struct arena *mem, struct good_case **out, size_t *n_out,
                               struct err *err) MUST_CHECK;

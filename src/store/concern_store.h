/* concern_store.h — public concerns, counted and found; the days that are moved; the office's numbers. */
#pragma once
#include "db/db.h"
#include "model/office.h"

bool store_concern_add(struct db_session *session, struct text county, const struct concern *concern, int64_t *id_out, struct err *err) MUST_CHECK;
/* All that can change of it, where it is still in the state `seen`.   Errors  ERR_CONFLICT */
bool store_concern_set(struct db_session *session, struct text county, const struct concern *concern, struct text seen, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_concern(struct db_session *session, struct text county, int64_t id, struct arena *mem, struct concern *out, struct err *err) MUST_CHECK;

/* Empty texts leave all.  own: of a place, or to be answered by it, or in that township. */
struct concern_filter {
    struct text from_day, until_day;     /* both given */
    struct text state, kind, channel, late /* a day: open, and due before it */;
    struct text place_kind, place_name, own_kind, own_name;
};
bool store_concerns(struct db_session *session, struct text county, const struct concern_filter *filter, int64_t most, int64_t skipped,
                    struct arena *mem, struct concern **out, size_t *n_out, struct err *err) MUST_CHECK;
bool store_concern_sums(struct db_session *session, struct text county, const struct concern_filter *filter, struct text today,
                        struct concern_sums *out, struct err *err) MUST_CHECK;
/* By kind and place, the most frequent first; of the filter days and own alone count. */
bool store_concern_counts(struct db_session *session, struct text county, const struct concern_filter *filter, struct arena *mem,
                          struct concern_count **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Open beyond a day; of an owner; replied to and not asked about. */
bool store_concerns_late(struct db_session *session, struct text county, struct text today, int64_t most, struct arena *mem, struct concern **out,
                         size_t *n_out, struct err *err) MUST_CHECK;
bool store_concerns_of_owner(struct db_session *session, struct text county, struct text kind, struct text name, struct arena *mem,
                             struct concern **out, size_t *n_out, struct err *err) MUST_CHECK;
bool store_concerns_replied(struct db_session *session, struct text county, struct arena *mem, struct concern **out, size_t *n_out, struct err *err) MUST_CHECK;

bool store_work_days(struct db_session *session, struct text county, struct arena *mem, struct work_day **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Those of a year in the place of what stood. */
bool store_work_days_put(struct db_session *session, struct text county, int year, const struct work_day *days, size_t n, struct arena *mem,
                         struct err *err) MUST_CHECK;
/* `usual` where nobody has set it. */
bool store_office_number(struct db_session *session, struct text county, struct text name, int64_t usual, int64_t *out, struct err *err) MUST_CHECK;
bool store_office_number_put(struct db_session *session, struct text county, struct text name, int64_t number, struct err *err) MUST_CHECK;

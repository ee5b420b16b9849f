/* collection_store.h — data years being collected and the way of each school's return, as rows.  States are words here; what
 * they mean is work/return_state's. */
#pragma once
#include "db/db.h"
#include "model/stamp.h"

struct collection_record {
    int year;
    struct text reference_day;              /* "2026-09-01" */
    int64_t fill_until, confirm_until, check_until, approve_until;   /* the last second of each window */
    bool check_asked;
    int64_t version_from;                   /* of the data */
    struct text opened_by;
    int64_t opened_at;
    int64_t locked_at;                      /* 0: not */
    struct text locked_by, lock_reason;
};
bool store_collection_add(struct db_session *session, struct text county, const struct collection_record *collection,
                          const struct stamp *by, struct err *err) MUST_CHECK;
/* Its windows.  ERR_CONFLICT: it is locked. */
bool store_collection_set(struct db_session *session, struct text county, const struct collection_record *collection,
                          struct err *err) MUST_CHECK;
bool store_collection_lock(struct db_session *session, struct text county, int year, const struct stamp *by, struct text reason,
                           struct err *err) MUST_CHECK;
/* All, the latest first. */
bool store_collections(struct db_session *session, struct text county, struct arena *mem, struct collection_record **out,
                       size_t *n_out, struct err *err) MUST_CHECK;
/* *found_out says whether the year is or was collected. */
bool store_collection(struct db_session *session, struct text county, int year, struct arena *mem, struct collection_record *out,
                      bool *found_out, struct err *err) MUST_CHECK;

struct way_record {
    struct text school, name, township, state;
    int64_t version;                        /* submissions and corrections so far */
    bool sent_back;
    int64_t changed_at;
    size_t typed;                           /* cells; in a list */
    int64_t typed_at;                       /* the last of them; 0: none */
};
/* Asks a school; nothing happens when it is asked already. */
bool store_way_add(struct db_session *session, struct text county, int year, const struct way_record *way, int64_t now,
                   struct err *err) MUST_CHECK;
bool store_way(struct db_session *session, struct text county, int year, struct text school, struct arena *mem, struct way_record *out,
               bool *found_out, struct err *err) MUST_CHECK;
/* All schools that are asked, by code. */
bool store_ways(struct db_session *session, struct text county, int year, struct arena *mem, struct way_record **out, size_t *n_out,
                struct err *err) MUST_CHECK;
/* From one state to another.  ERR_CONFLICT: it is in another by now. */
bool store_way_move(struct db_session *session, struct text county, int year, struct text school, struct text from, struct text to,
                    int64_t version, bool sent_back, int64_t now, struct err *err) MUST_CHECK;

struct return_event_record { struct text step, state; int64_t version; struct stamp by; struct text role, reason; };
bool store_return_event_add(struct db_session *session, struct text county, int year, struct text school,
                            const struct return_event_record *event, struct err *err) MUST_CHECK;
bool store_return_events(struct db_session *session, struct text county, int year, struct text school, struct arena *mem,
                         struct return_event_record **out, size_t *n_out, struct err *err) MUST_CHECK;

/* From this data version on the school's return counts; until this one it did. */
bool store_admit(struct db_session *session, struct text county, int year, struct text school, int64_t version, struct err *err) MUST_CHECK;
bool store_admit_end(struct db_session *session, struct text county, int year, struct text school, int64_t version,
                     struct err *err) MUST_CHECK;
/* Schools that are asked and do not count, by year and code. */
struct lacking_record { int year; struct text school, name, township; };
bool store_lacking(struct db_session *session, struct text county, struct arena *mem, struct lacking_record **out, size_t *n_out,
                   struct err *err) MUST_CHECK;

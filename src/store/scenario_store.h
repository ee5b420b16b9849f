/* scenario_store.h — what-if scenarios (试算方案) kept under a name; and keys of acts already done. */
#pragma once
#include "db/db.h"
#include "model/scenario.h"

/* ERR_CONFLICT when the county has one of that name. */
bool store_scenario_add(struct db_session *session, struct text county, const struct scenario_record *scenario, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_scenario(struct db_session *session, struct text county, struct text id, struct arena *mem, struct scenario_record *out,
                    struct err *err) MUST_CHECK;
bool store_scenarios(struct db_session *session, struct text county, struct arena *mem, struct scenario_record **out, size_t *n_out,
                     struct err *err) MUST_CHECK;
bool store_scenario_rename(struct db_session *session, struct text county, struct text id, struct text name, int64_t now,
                           struct err *err) MUST_CHECK;
bool store_scenario_drop(struct db_session *session, struct text county, struct text id, struct err *err) MUST_CHECK;
bool store_scenario_changes(struct db_session *session, struct text county, struct text id, const struct item_list *items,
                            struct arena *mem, struct scenario_change **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Takes the place of all its changes. */
bool store_scenario_put(struct db_session *session, struct text county, struct text id, const struct item_list *items,
                        const struct scenario_change *changes, size_t n, int64_t now, struct err *err) MUST_CHECK;

/* Whether a key was used, and what it gave then.  A key of someone else's is ERR_DENIED. */
bool store_act_key_find(struct db_session *session, struct text county, struct text key, int64_t account, struct arena *mem,
                        bool *found_out, struct text *result_out, struct err *err) MUST_CHECK;
/* In the savepoint of the act itself.  ERR_CONFLICT when it was used in the meantime. */
bool store_act_key_put(struct db_session *session, struct text county, struct text key, int64_t account, struct text result,
                       int64_t now, struct err *err) MUST_CHECK;

/* publicity.h — what was in the media (舆论宣传), and the library of good cases (典型案例): handed in by units, taken in by the office,
 * shown on the public page once another person releases them.   Source  domain specification S5.2.2, S6.4 */
#pragma once
#include "app/place_names.h"
#include "model/waiting.h"
#include "store/publicity_store.h"
#include "work/case_state.h"
#include "work/concern_state.h"   /* struct office_word */

const struct office_word *publicity_levels(size_t *n_out);   /* 县级 … 国家级 media */
const struct office_word *case_themes(size_t *n_out);        /* the four dimensions */

struct publicity_wish { struct text day, outlet, level, title, link; struct place place; };
/* Inside the writer.   Errors  ERR_DENIED: MAY_SUBMIT, or about a place that is not his; ERR_INPUT: also a link that is not http(s) */
bool app_publicity_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                       const struct publicity_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* By who put it there, or the office. */
bool app_publicity_withdraw(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct text reason, int64_t now,
                            struct arena *mem, struct err *err) MUST_CHECK;
struct publicity_page { struct publicity *list; size_t n; struct publicity_count *counts; size_t n_counts; };
bool app_publicity(struct house *house, const struct actor *actor, const struct publicity_filter *filter, int64_t most, int64_t skipped,
                   struct arena *mem, struct publicity_page *out, struct err *err) MUST_CHECK;

struct good_case_wish { struct text title, theme, summary, body; struct place place; };
bool app_good_case_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                       const struct good_case_wish *wish, int64_t now, struct arena *mem, int64_t *id_out, struct err *err) MUST_CHECK;
/* A step: CASE_AGAIN with the wish (title … body), CASE_RETURN and CASE_UNRELEASE with a reason.   Errors  as case_move; ERR_CONFLICT: changed meanwhile */
bool app_good_case_step(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t seen, enum case_step step,
                        struct text reason, const struct good_case_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
struct case_view { struct good_case one; enum case_state state; bool offers[N_CASE_STEPS]; };
bool app_good_case(struct house *house, const struct actor *actor, int64_t id, struct arena *mem, struct case_view *out, struct err *err) MUST_CHECK;
bool app_good_cases(struct house *house, const struct actor *actor, struct text state, struct text theme, int64_t most, int64_t skipped,
                    struct arena *mem, struct good_case **out, size_t *n_out, struct err *err) MUST_CHECK;
/* What everybody sees. */
bool app_good_cases_public(struct house *house, struct arena *mem, struct good_case **out, size_t *n_out, struct err *err) MUST_CHECK;
struct text case_link(int64_t id, struct arena *mem);
bool app_cases_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err) MUST_CHECK;

/* concern.h — public concerns (热点难点、信访): registered, answered by the unit they were passed to within so many working days, asked
 * about by another person, counted by kind and place.  No name of who complained belongs here.
 *   Source  domain specification S4.1.4c */
#pragma once
#include "app/place_names.h"
#include "model/waiting.h"
#include "store/concern_store.h"
#include "work/concern_state.h"

enum { CONCERN_REPLY_DAYS = 15 /* working days, unless the office sets others */, CONCERN_OFTEN = 3 /* of a kind at a place: 反复出现 */ };

struct concern_wish {
    struct text came_on, channel, kind, what, reference;
    struct place place;          /* where */
    struct place owner;          /* who is to answer */
};
/* Inside the writer.   Errors  ERR_DENIED: also of a place that is not the township's own; ERR_INPUT */
bool app_concern_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     const struct concern_wish *wish, int64_t now, struct arena *mem, int64_t *id_out, struct err *err) MUST_CHECK;

struct concern_act {
    enum concern_step step;
    struct text words;           /* the reply; the reason; what was heard on asking */
    struct text cause;           /* of a reply: where it comes from */
    struct place owner;          /* CONCERN_PASS_ON: to whom */
    struct text seen;            /* the state that was seen */
};
/* Inside the writer.   Errors  as concern_move; ERR_CONFLICT: somebody did the next step meanwhile; ERR_INPUT: no words */
bool app_concern_step(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, int64_t id,
                      const struct concern_act *act, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* An order of rectification out of it, to its owner.  Inside the writer.
 *   Errors  ERR_DENIED: MAY_ASSIGN; ERR_CONFLICT: there is one already; ERR_INPUT */
bool app_concern_order(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct text title, struct text due,
                       int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* Which steps the actor may take now. */
struct concern_offers { bool steps[N_CONCERN_STEPS]; bool order; };
struct concern_view { struct concern concern; enum concern_state state; struct concern_offers offers; int days_left /* working days; negative: late */; };
/* ERR_ABSENT: there is none, or not for him: the county's people see all, others what concerns or is to be answered by their place. */
bool app_concern(struct house *house, const struct actor *actor, int64_t id, int64_t now, struct arena *mem, struct concern_view *out, struct err *err) MUST_CHECK;

struct concern_page { struct concern *list; size_t n; struct concern_sums sums; struct concern_count *counts; size_t n_counts; };
/* A page of what the filter leaves of what the actor may see (own_kind, own_name are filled in here), the sums of all of it, the counts of
 * the filter's days. */
bool app_concerns(struct house *house, const struct actor *actor, struct concern_filter *filter, int64_t most, int64_t skipped, int64_t now,
                  struct arena *mem, struct concern_page *out, struct err *err) MUST_CHECK;
/* The same filter, every row, as a workbook with the counts by kind and place; `said`: the filter as a sentence.  Leaves a line in the audit.
 * Slow.   Errors  ERR_DENIED: not MAY_EXPORT; ERR_LIMIT: more than 20,000 */
bool app_concerns_export(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct concern_filter *filter,
                         struct text said, int64_t now, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;
/* Open beyond their day, the longest first; inside a session. */
bool app_concerns_late(struct house *house, struct db_session *session, int64_t now, int64_t most, struct arena *mem, struct concern **out,
                       size_t *n_out, struct err *err) MUST_CHECK;

/* The working days: how many a reply has, and which days are moved (调休): "2026-10-10 班", "2026-10-01 休", a line each; those of the years
 * that are named take the place of what stood.   Errors  ERR_INPUT names the line */
struct concern_terms { int64_t reply_days; struct work_day *moved; size_t n; };
bool app_concern_terms(struct house *house, struct arena *mem, struct concern_terms *out, struct err *err) MUST_CHECK;
bool app_concern_terms_put(struct house *house, struct db_session *session, const struct actor *actor, int64_t reply_days, struct text lines,
                           int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
struct text concern_link(int64_t id, struct arena *mem);
/* What of it waits for a person: to be answered, to be asked about. */
bool app_concerns_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err) MUST_CHECK;

/* meeting.h — joint meetings (联席会议): called with an agenda made from what is stuck, held, their minutes issued; with the minutes
 * their decisions become tasks.   Source  domain specification S6.2c, S5.1.2 */
#pragma once
#include "app/place_names.h"
#include "model/waiting.h"
#include "report/doc.h"
#include "store/meeting_store.h"
#include "work/meeting_state.h"

struct meeting_whole {
    struct meeting meeting;
    enum meeting_state state;
    struct meeting_item *items;
    size_t n_items;
    struct meeting_decision *decisions;
    size_t n_decisions;
    bool may;                   /* the actor keeps it (MAY_MEET) */
};
/* For who works in the county.   Errors  ERR_DENIED, ERR_ABSENT */
bool app_meeting(struct house *house, const struct actor *actor, int64_t id, struct arena *mem, struct meeting_whole *out, struct err *err) MUST_CHECK;
struct meeting_page { struct meeting *list; size_t n; int64_t all, unfinished; };
bool app_meetings(struct house *house, const struct actor *actor, int64_t most, int64_t skipped, struct arena *mem, struct meeting_page *out,
                  struct err *err) MUST_CHECK;

/* The next one that is called and still to come.  Returns  *found_out: there is one */
bool app_meeting_next(struct house *house, const struct actor *actor, int64_t now, struct arena *mem, struct meeting *out, bool *found_out,
                      struct err *err) MUST_CHECK;

/* What a meeting may speak of: what is stuck, with whom.  Overdue tasks first, then concerns beyond their day, open vetoes, what slipped. */
bool app_meeting_stuck(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t most, int64_t now,
                       struct arena *mem, struct meeting_item **out, size_t *n_out, struct err *err) MUST_CHECK;

/* ---- acts, inside the writer; by MAY_MEET ---- */

struct meeting_wish { struct text kind, title, held_on, held_at, held_in, chair, attending; };
/*   Errors  ERR_DENIED; ERR_INPUT */
bool app_meeting_call(struct house *house, struct db_session *session, const struct actor *actor, const struct meeting_wish *wish, int64_t now,
                      struct arena *mem, int64_t *id_out, struct err *err) MUST_CHECK;
/* Day, place, people; behind the version that was seen. */
bool app_meeting_edit(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t seen,
                      const struct meeting_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Items onto the agenda; those of the same origin and key are there once.   Errors  ERR_CONFLICT: the minutes are issued */
bool app_meeting_items(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, const struct meeting_item *items,
                       size_t n, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
bool app_meeting_item_drop(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t position, int64_t now,
                           struct arena *mem, struct err *err) MUST_CHECK;
/* It was held: not before its day. */
bool app_meeting_hold(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t now, struct arena *mem,
                      struct err *err) MUST_CHECK;
bool app_meeting_cancel(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct text reason, int64_t now,
                        struct arena *mem, struct err *err) MUST_CHECK;
bool app_meeting_minutes(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t seen, struct text minutes,
                         int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
struct decision_wish { int64_t item; struct text words; struct place owner; struct text due, product; };
bool app_meeting_decide(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, int64_t id,
                        const struct decision_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
bool app_meeting_decision_drop(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, int64_t position,
                               int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* The minutes are issued under a document number, each decision becomes a task of its owner.  *n_out of them.
 *   Errors  ERR_INPUT: no minutes, no number */
bool app_meeting_issue(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct text document, int64_t now,
                       struct arena *mem, size_t *n_out, struct err *err) MUST_CHECK;

/* The meeting's paper: before it the pack (会议材料: agenda with what is stuck), after it the minutes (会议纪要). */
struct doc *app_meeting_doc(const struct snapshot *snapshot, const struct meeting_whole *whole, struct arena *mem);
struct text meeting_link(int64_t id, struct arena *mem);
bool app_meetings_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err) MUST_CHECK;

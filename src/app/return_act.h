/* return_act.h — the steps of a return: submitted, confirmed, checked, approved, sent back, reopened.  What may follow what stands in
 * work/return_state.h; here stands who asks, whether the figures are sound, and what the step does to the data. */
#pragma once
#include "app/entry.h"

struct sent_back_cell { struct text item, reason; };    /* item: its code */
struct return_act {
    int year;
    struct text school;
    enum return_step step;
    struct text reason;                     /* of what is sent back, reopened */
    const struct sent_back_cell *cells;     /* what is to be mended, each with why */
    size_t n_cells;
};
struct return_done {
    enum return_state state;
    int64_t version;                        /* of the return */
    int64_t data_version;                   /* where the step changed what counts; else 0 */
};
/* Takes the step.  Writes by itself: never on the writer's thread.
 * Approval applies the return to the returned figures as one change and lets the school count; reopening ends that.
 *   Errors  ERR_DENIED: another's step, or the same person has done the one before; ERR_CONFLICT: not from this state, or somebody
 *           typed meanwhile; ERR_INPUT: errors, blanks, warnings without a reason, no reason given; ERR_ABSENT */
bool app_return_step(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct return_act *act,
                     int64_t now, struct arena *mem, struct return_done *out, struct err *err) MUST_CHECK;

/* Whether the next step on the way to approval is the actor's. */
bool app_return_is_mine(const struct actor *actor, const struct way *way);
/* Which steps the actor could take now, and why not the next one: what a page offers. */
struct return_offer { enum return_step step; bool sound_asked; };
size_t app_return_offers(const struct actor *actor, const struct collection_record *collection, const struct way *way,
                         struct return_offer out[N_RETURN_STEPS]);

/* Two versions of a return, or of two years, cell by cell.  Version 0: the draft as it is. */
struct version_cell { struct text code, name, unit, group; struct text before, after; bool differs; };
bool app_return_compare(struct house *house, const struct actor *actor, struct text school, int year_a, int64_t version_a, int year_b,
                        int64_t version_b, enum lang lang, struct arena *mem, struct version_cell **out, size_t *n_out, struct err *err) MUST_CHECK;

/* What waits for the actor: returns whose next step is his (model/waiting.h). */
struct waiting_list;
bool app_returns_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err) MUST_CHECK;

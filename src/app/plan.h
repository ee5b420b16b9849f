/* plan.h — the county's plan of work (工作方案): which holds, how it is revised, and the tasks that come of it.
 *
 * The program brings one along (plans/); a county's revisions are versions: written (a draft, which may be rewritten), then adopted,
 * then kept as they are.  Adopting makes tasks: what is done once at once, what comes every year as its year comes (app_plan_follow).
 * A task of the plan has the origin plan and the key "4.2.1.3-1", "5.2.1a-1@2027"; each of several owners has one of his own. */
#pragma once
#include "app/house.h"
#include "app/place_names.h"
#include "model/waiting.h"
#include "store/plan_store.h"
#include "work/plan_compare.h"
#include "work/plan_days.h"

enum { PLAN_AHEAD_DAYS = 366 /* a yearly task is issued so long before its day */ };

struct plan_info {
    bool kept;                       /* false: the program's own, as it came */
    struct plan_kept row;            /* where kept */
    const struct work_plan *plan;
};
/* The one that holds: adopted last; else the program's.  *draft_out (may be NULL) the one being written after it; its plan is NULL where
 * there is none.  session NULL: a reader of its own. */
bool app_plan(struct house *house, struct db_session *session, struct arena *mem, struct plan_info *out, struct plan_info *draft_out,
              struct err *err) MUST_CHECK;
bool app_plan_versions(struct house *house, struct arena *mem, struct plan_kept **out, size_t *n_out, struct err *err) MUST_CHECK;
bool plan_adopted(const struct plan_info *info);

/* ---- revising: the office (MAY_ASSIGN), inside the writer ---- */

/* A workbook or CSV as a plan.  Slow.   Returns  the plan, NULL where there are faults */
struct plan_sent { const struct work_plan *plan; struct plan_faults faults; };
bool app_plan_read(struct house *house, const struct snapshot *snapshot, struct text name, struct text bytes, int64_t now, struct arena *mem,
                   struct plan_sent *out, struct err *err) MUST_CHECK;
/* Kept as the draft, in the place of the one there is.
 *   Given   seen_at  made.at of the draft that was seen, 0: none was   Errors  ERR_CONFLICT: another was written meanwhile */
bool app_plan_keep(struct house *house, struct db_session *session, const struct actor *actor, const struct work_plan *plan, struct text reason,
                   int64_t seen_at, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Cells of one row of the draft (or of the plan that holds, as a new draft): { column, value }; a new task behind an item; a row taken
 * out.  What would not be a plan is refused with the first fault's words (ERR_INPUT). */
enum plan_edit_kind { PLAN_EDIT_SET, PLAN_EDIT_ADD, PLAN_EDIT_REMOVE };
struct plan_edit { enum plan_edit_kind kind; struct text id; /* of the row; ADD: of the item */ struct text cells[N_PLAN_COLUMNS]; bool set[N_PLAN_COLUMNS]; };
bool app_plan_edit(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                   const struct plan_edit *edit, struct text reason, int64_t seen_at, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
bool app_plan_drop(struct house *house, struct db_session *session, const struct actor *actor, int64_t now, struct err *err) MUST_CHECK;

/* ---- adopting ---- */

struct plan_done { size_t issued, changed, withdrawn, units; };
/* The draft, or where there is none and nothing was adopted yet the program's own, holds from now on.  Tasks due before from_day
 * are not issued; of those issued before, what the plan says anew is changed, what it does not ask any more is withdrawn. */
bool app_plan_adopt(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                    struct text from_day, int64_t now, struct arena *mem, struct plan_done *out, struct err *err) MUST_CHECK;
/* A duty (upkeep.h): once a day, the yearly tasks whose year has come. */
bool app_plan_follow(struct house *house, int64_t now, struct arena *mem, struct text *done_out, struct err *err);

/* ---- looking ---- */

/* "4.2.1.3-1@2027" → "4.2.1.3-1", 2027 (0: once). */
struct text plan_key_task(struct text key, int *year_out);
struct text plan_key(const struct plan_task *task, int year, struct arena *mem);
/* The places of owners; what a code names nobody knows of is left out (*unknown_out counts them). */
void plan_places(const struct plan_owners *owners, const struct place_names *names, struct arena *mem, struct place **out, size_t *n_out,
                 size_t *unknown_out);
/* Owners in words: 市教育局、各乡镇（街道） */
struct text plan_owners_said(const struct plan_owners *owners, const struct place_names *names, struct arena *mem);
/* How the tasks stand, by key. */
bool app_plan_states(struct house *house, const struct actor *actor, int64_t now, struct arena *mem, struct plan_state **out, size_t *n_out,
                     struct err *err) MUST_CHECK;
/* By unit, of an item ("4.2.1.3"), of a group's items with a dot behind ("4.2.1."). */
bool app_plan_units(struct house *house, const struct actor *actor, struct text of, int64_t now, struct arena *mem, struct plan_state **out,
                    size_t *n_out, struct err *err) MUST_CHECK;
/* The plan as a workbook: what app_plan_read reads again, its columns explained on a second sheet; or as CSV. */
bool app_plan_workbook(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct plan_info *info, int64_t now,
                       struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;
struct text plan_csv(const struct work_plan *plan, struct arena *mem);
/* What waits for the office: a revision that nobody has adopted. */
bool app_plan_waiting(struct house *house, const struct actor *actor, struct waiting_list *into, struct err *err) MUST_CHECK;

/* form_fill.h — forms filled in: whose they are, who may answer, hand in, confirm or send back. */
#pragma once
#include "app/evidence.h"
#include "app/forms.h"
#include "app/place_names.h"
#include "survey/answers.h"
#include "survey/sheet_state.h"

/* Which sheet: of a form, a year, a unit; nth 0: of a form that is filled in each time, a new one. */
struct sheet_of { struct text form; int year; struct place unit; int64_t nth; };

/* A figure beside a question. */
struct sheet_figure { struct text key, title, words, then; };   /* then: as it stood when the sheet was handed in; empty: not yet, or the same */
struct sheet_view {
    struct sheet_row row;               /* id empty: nothing was filled in yet */
    enum sheet_state state;
    struct place unit;
    struct text unit_name;
    struct form_info info;              /* the version that this sheet answers */
    struct answers answers;
    struct proof_row *proofs;
    size_t n_proofs;
    size_t *proof_counts;               /* [question] */
    struct sheet_event *events;
    size_t n_events;
    struct answers before;              /* of the unit's sheet of an earlier year */
    int before_year;                    /* 0: none */
    struct sheet_hands hands;
    bool may_fill;                      /* now: in draft, by this actor */
};
/* Errors  ERR_ABSENT: also where the actor may not see it */
bool app_sheet(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct sheet_of *of, struct arena *mem,
               struct sheet_view *out, struct err *err) MUST_CHECK;
/* By its id, for whoever has its address alone. */
bool app_sheet_by_id(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, struct arena *mem,
                     struct sheet_view *out, struct err *err) MUST_CHECK;
/* [question] of the sheet's form; words empty where there is no such figure or the actor may not see it. */
struct sheet_figure *app_sheet_figures(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct sheet_view *view,
                                       struct arena *mem);

/* ---- acts, inside the writer ---- */

struct sheet_change { struct text field, typed; int64_t seen; };   /* seen: the stamp of what was shown; 0: nothing */
struct sheet_conflict { struct text field, theirs, mine; struct stamp by; };
struct sheet_wrong { struct text field, typed, what; };
struct sheet_saved {
    struct text id;
    int64_t nth;
    size_t saved;
    struct sheet_conflict *conflicts;   /* not saved: somebody else was there meanwhile */
    size_t n_conflicts;
    struct sheet_wrong *wrong;          /* not saved: it cannot stand */
    size_t n_wrong;
};
/* Saves what differs from what stands; begins the sheet where there is none.
 *   Errors  ERR_DENIED; ERR_CONFLICT: it is handed in */
bool app_sheet_save(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                    const struct sheet_of *of, const struct sheet_change *changes, size_t n, int64_t now, struct arena *mem,
                    struct sheet_saved *out, struct err *err) MUST_CHECK;
/* One of: a file looked into, a proof of a box. */
bool app_sheet_attach(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                      const struct sheet_of *of, struct text question, const struct evidence_ready *file, const struct evidence *proof, int64_t now,
                      struct arena *mem, struct err *err) MUST_CHECK;
bool app_sheet_detach(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                      const struct sheet_of *of, struct text proof, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Of submit: bars tells what is missing (ERR_INPUT); figures: as app_sheet_figures gave them, or NULL. */
struct sheet_step_wish { enum sheet_step step; struct text reason, marked; const struct sheet_figure *figures; };
bool app_sheet_step(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                    const struct sheet_of *of, const struct sheet_step_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* ---- whose ---- */

enum place_kind form_place_kind(enum form_who who);
/* 柳林镇中心小学, 柳林镇, 市财政局, 全县.   Given   names  place_names_last */
struct text form_unit_name(const struct place_names *names, struct place unit);
bool sheet_visible(const struct snapshot *snapshot, const struct actor *actor, struct place unit);
struct sheet_hands sheet_hands_of(const struct snapshot *snapshot, const struct actor *actor, const struct form *form, struct place unit, int64_t submitted_by);
/* The units that a form asks, of those the actor sees; departments: those that its question 「部门」 has a choice for (财政局 is chosen for
 * 市财政局), all where it asks no such question. */
struct form_unit { struct place unit; struct text name, township; };
void form_units(const struct snapshot *snapshot, const struct place_names *names, const struct actor *actor, const struct form *form, int year,
                struct arena *mem, struct form_unit **out, size_t *n_out);
/* The question that asks which department it is; SIZE_MAX: none. */
size_t form_department_question(const struct form *form);
/* Its choice for a department called so; empty: none. */
struct text form_department_choice(const struct form *form, struct text department);
bool app_sheet_bytes(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text sheet, struct text proof,
                     struct arena *mem, struct proof_row *proof_out, struct text *bytes_out, struct err *err) MUST_CHECK;

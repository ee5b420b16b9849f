/* ledger.h — the standardisation ledger (标准化建设台账): every shortfall has one row for ever, a plan, an owner, a way to its end.
 *
 * The engine finds and measures (ledger_follow); the office plans; the owner works and reports it done; another person verifies on
 * the spot.  A row closes by both alone: the data say that it is met, and somebody was there.  When the data fall back it opens itself.
 *   Source  domain specification §5.2 S4.1.2b, §6.1, §6.2; state machine: work/ledger_state.h */
#pragma once
#include "app/house.h"
#include "model/ledger.h"
#include "model/waiting.h"
#include "work/ledger_state.h"

/* ---- looking ------------------------------------------------------------------------------ */

/* A page of the rows that the actor may see: all, his township's, his school's, and those he answers for.
 *   Errors  ERR_DENIED */
struct ledger_page { struct ledger_row *rows; size_t n; struct ledger_sum total; };   /* total: of the whole filter, all quantities */
bool app_ledger_list(struct house *house, const struct actor *actor, const struct ledger_filter *filter, int64_t now, struct arena *mem,
                     struct ledger_page *out, struct err *err) MUST_CHECK;
/* Counts and money of a filter by "state", "kind", "subject", "owner" ("department:D11"), "township", "place", "stage", "due_year", "year",
 * "fund" or "" (all in one): one sum a word and quantity (persons, m2 …), by word. */
bool app_ledger_summary(struct house *house, const struct actor *actor, const struct ledger_filter *filter, const char *by, int64_t now,
                        struct arena *mem, struct ledger_sum **out, size_t *n_out, struct err *err) MUST_CHECK;
/* What a filter may choose from, and when the figures were followed last (0: never).   Errors  ERR_DENIED */
bool app_ledger_words(struct house *house, const struct actor *actor, struct arena *mem, struct ledger_word **out, size_t *n_out,
                      int64_t *followed_out, struct err *err) MUST_CHECK;
/* ERR_ABSENT: there is none, or the actor may not see it.  `session`: of a writer or a reader. */
bool app_ledger_row(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct arena *mem,
                    struct ledger_row *out, struct err *err) MUST_CHECK;
bool app_ledger_get(struct house *house, const struct actor *actor, int64_t id, struct arena *mem, struct ledger_row *out, struct err *err) MUST_CHECK;
bool app_ledger_find(struct house *house, struct db_session *session, const struct ledger_identity *of, struct arena *mem,
                     struct ledger_row *out, bool *found_out, struct err *err) MUST_CHECK;
/* Whether it is the actor's to work on: he is of its owner or of a helper, or keeps the ledger. */
bool ledger_is_mine(const struct actor *actor, const struct ledger_row *row);
enum ledger_state ledger_row_state(const struct ledger_row *row);
/* The key of its talk and of its tasks' origin ("ledger", "17"); its page. */
struct text ledger_key(const struct ledger_row *row, struct arena *mem);
struct text ledger_link(const struct ledger_row *row, struct arena *mem);       /* /ledger/17 */

/* Quantities that the open rows' projects add, by the data year whose 1 September they stand at: for paths of targets (one record a row;
 * unit by place and stage, indicator by subject).  No check of who asks. */
struct ledger_planned { struct ledger_identity of; int64_t id; int year; double amount; struct text quantity; int64_t cost_yuan; };
bool app_ledger_planned(struct house *house, struct arena *mem, struct ledger_planned **out, size_t *n_out, struct err *err) MUST_CHECK;

/* The steps the actor may take now, in their order; what bars verifying in words (empty: nothing). */
struct ledger_offers { enum ledger_step steps[N_LEDGER_STEPS]; size_t n; struct text barred; };
void app_ledger_offers(const struct actor *actor, const struct ledger_row *row, struct arena *mem, struct ledger_offers *out);

/* ---- acts, inside the writer -------------------------------------------------------------- */

/* The owner reports it done (报完成).   Errors  ERR_DENIED; ERR_CONFLICT: not from this state; ERR_INPUT: not said how */
bool app_ledger_claim(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, struct text how, int64_t now,
                      struct arena *mem, struct err *err) MUST_CHECK;
/* Another person was there and closes it (核验销号).
 *   Given   day    when he was there, "2027-05-06"; note: what he saw; photo: the hash of a kept file, may be empty
 *           snapshot  the data are looked at again first; NULL: as they were followed last
 *   Errors  ERR_CONFLICT: the data do not say that it is met, or nobody reported it done; ERR_DENIED: the same person; ERR_INPUT */
struct ledger_visit { struct text day, note, photo; };
bool app_ledger_verify(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, int64_t id,
                       const struct ledger_visit *visit, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Any other step of a person: plan, start, take_back, send_back, drop, ask_again (claim, with the reason as how it was done). */
bool app_ledger_step(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, enum ledger_step step,
                     struct text reason, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* A row that nothing measures (a plan's item, what somebody saw); of a plan's item the one that is there already.
 *   Given   row  identity (subject "plan:…"; "other": a number is put behind), kind, now.problem, basis, place_shown, township, plan */
bool app_ledger_add(struct house *house, struct db_session *session, const struct actor *actor, const struct ledger_row *row, int64_t now,
                    struct arena *mem, int64_t *id_out, struct err *err) MUST_CHECK;

/* ---- the columns people write (ledger_edit.c) ---------------------------------------------- */

enum ledger_field {
    LEDGER_PROJECT, LEDGER_MEASURE, LEDGER_OWNER, LEDGER_HELPERS, LEDGER_PERSON, LEDGER_COST, LEDGER_FUND, LEDGER_AMOUNT, LEDGER_DUE,
    LEDGER_PROGRESS, LEDGER_RESULT, N_LEDGER_FIELDS
};
struct text ledger_field_word(enum ledger_field field);       /* "cost" */
bool ledger_field_of(struct text word, enum ledger_field *out) MUST_CHECK;
/* As it is stored in a history and typed on a page: places "department:D11", money in 万元, days 2027-08-31; empty: none. */
struct text ledger_field_text(const struct ledger_plan *plan, enum ledger_field field, struct arena *mem);
/* As people read it: the owner by name. */
struct text ledger_field_shown(const struct ledger_plan *plan, enum ledger_field field, struct arena *mem);

/* Puts what was typed into the plan: an owner by value, name or code; money in 万元; a day, or a month (its last day).
 *   Errors  ERR_INPUT, ERR_ABSENT, ERR_CONFLICT (several are called so) in words for the field */
struct place_names;
bool ledger_field_put(const struct place_names *names, enum ledger_field field, struct text as_typed, struct ledger_plan *plan, struct arena *mem,
                      struct err *err) MUST_CHECK;

/* Changes that are made, and can be undone, together. */
struct ledger_cell { int64_t id; enum ledger_field field; struct text text; };   /* as ledger_field_text; owners also as people type them */
struct ledger_edit {
    const struct ledger_cell *cells;    /* by row */
    size_t n;
    const char *by;                     /* "page", "bulk", "workbook" */
    int64_t seen;                       /* of one row: its stamp when it was shown; 0: not asked */
};
struct ledger_edited { struct text batch; size_t rows, cells; };   /* rows and cells that differed; batch empty: none */
/* Who keeps the ledger writes every column, the owner of a row its person, progress and result.  A row that gets a day and a measure or
 * project while it is found or reopened is planned by that.
 *   Errors  ERR_DENIED; ERR_ABSENT; ERR_INPUT names row and column; ERR_CONFLICT */
bool app_ledger_edit(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     const struct ledger_edit *edit, int64_t now, struct arena *mem, struct ledger_edited *out, struct err *err) MUST_CHECK;
/* Takes a batch back by who made it or who keeps the ledger; cells that somebody changed since stay as they are and are counted. */
struct ledger_undone { size_t restored, kept; };
bool app_ledger_undo(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     struct text batch, int64_t now, struct arena *mem, struct ledger_undone *out, struct err *err) MUST_CHECK;

/* ---- following the data (ledger_follow.c) -------------------------------------------------- */

/* What following did. */
struct ledger_followed { size_t found, changed, fallen, dropped, asked_again; bool looked; };   /* looked false: nothing had changed since */
/* New shortfalls become rows; quantities are brought up to date; what was verified and fails again is opened (滑坡), with a notice; a school
 * that is merged or closed is asked no more.  A unit is measured by its latest approved return, the county by the usual year.
 * Idempotent; cheap where nothing has changed.  Inside the writer. */
bool app_ledger_follow(struct house *house, struct db_session *session, const struct snapshot *snapshot, int64_t now, struct arena *mem,
                       struct ledger_followed *out, struct err *err) MUST_CHECK;
struct text ledger_followed_words(const struct ledger_followed *done, struct arena *mem);   /* 新发现 12 项，… */
/* The same as a duty of upkeep. */
bool app_ledger_duty(struct house *house, int64_t now, struct arena *mem, struct text *done_out, struct err *err) MUST_CHECK;

/* What of the ledger waits for a person, for 我的事. */
bool app_ledger_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err) MUST_CHECK;

/* demo_parts.h — what the modules add to the made-up county (app/demo.c), each in a file of its own. */
#pragma once
#include "app/house.h"

/* Proofs of the latest year in some boxes, judgements in all states, a case of veto that was closed (demo_evidence.c).
 * People are taken from the accounts by their roles; where there is none yet, a name stands for one. */
bool demo_evidence(struct house *house, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* A small made-up picture of a school, a PNG; `shade` 0–7 changes its colours. */
struct text demo_picture(struct arena *mem, unsigned shade);

/* After the units: one of them is the head of a school district.
 * People in the roles of a year, with accounts that all have this password (demo_people.c).  Both schools are told by their clerks. */
struct demo_person { struct actor actor; bool sent_back; /* the clerk of a school whose return came back */ };
bool demo_people(struct house *house, struct text password, int64_t now, struct arena *mem, struct demo_person **out, size_t *n_out,
                 struct err *err) MUST_CHECK;
/* The year after the imported ones is open: returns in all states, some late, some sent back (demo_returns.c). */
bool demo_returns(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem,
                  struct err *err) MUST_CHECK;

/* Forms of one school: filled in over two years, sent back, a lesson visit to be confirmed (demo_forms.c). */
bool demo_forms(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* Inspection rounds: last spring's, ended, its findings closed; the yearly one, visiting; the city's, drawn, with its assessor (demo_rounds.c). */
bool demo_rounds(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* 2024 is frozen, the office has written words into the report of 2025, some figures of 2024 are released (demo_report.c). */
bool demo_report(struct house *house, const struct actor *office, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* The ledger found from the figures, some of it planned, in hand, reported done, verified (demo_ledger.c). */
bool demo_ledger(struct house *house, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* The first list of units, schools merged and closed in earlier years, the leading group (demo_units.c). */
bool demo_units(struct house *house, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Orders and tasks in all states: answered, sent back, proved, closed, overdue, an extension that waits (demo_tasks.c). */
bool demo_tasks(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Meetings, public concerns in all states, reports in the media, a good case, the first step of recognition, duties (demo_office.c). */
bool demo_office(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* The plan of work was adopted two months ago: its tasks, some done, some late; some units have sent in their work plans (demo_plan.c). */
bool demo_plan(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* Yearly targets proposed from the figures of a year ago and issued, persons named (demo_targets.c). */
bool demo_targets(struct house *house, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* round.h — inspection rounds (督导): the yearly supervision, the county's self-check, those of city, province and nation.  A round has
 * a team, places it visits (schools drawn from a published seed, or chosen for a reason), a sheet at each place, findings, papers.
 *
 * Who sees it: the office, supervisors, the leader and the statistician all rounds; an assessor those he is on, until they are over;
 * a school, township or department the rounds that visit it, once they have begun, and of their findings those that were issued to it
 * or about it.   Source: plan of work 五（二）1, 五（三）2–6, 六（三） */
#pragma once
#include "app/evidence.h"
#include "model/waiting.h"
#include "store/round_store.h"
#include "work/draw.h"
#include "work/round_state.h"

/* ---- seen ---- */

/* What somebody may do with a round. */
struct round_hands {
    bool sees_all;               /* of this round */
    bool runs;                   /* team, draw, days, steps, orders, papers */
    bool inspects;               /* on the team: sheets, findings; or runs it */
};
struct round_view {
    struct round_row row;
    enum round_kind kind;
    enum round_state state;
    struct round_hands hands;
    struct round_member *members;      /* those that left too */
    struct round_draw_row *draws;      /* the latest first */
    struct round_place *places;        /* those left out at the end; of one's own alone where sees_all is false */
    struct finding_row *findings;
    struct round_event *events;
    size_t n_members, n_draws, n_places, n_visited /* places not left out */, n_findings, n_events;
    size_t n_open_orders;              /* issued, and not closed by the rectification */
};
/* Those the actor sees, the newest first. */
bool app_rounds(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct arena *mem, struct round_row **out,
                size_t *n_out, struct err *err) MUST_CHECK;
/* Errors  ERR_ABSENT: also where the actor may not see it */
bool app_round(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, struct arena *mem,
               struct round_view *out, struct err *err) MUST_CHECK;
/* The same inside a session (a reader, or the writer). */
bool round_read(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                struct arena *mem, struct round_view *out, struct err *err) MUST_CHECK;

/* ---- run: inside the writer, for who may MAY_ROUND ---- */

struct round_wish { enum round_kind kind; struct text title, organiser, scope, first_day, last_day; int year; };
bool app_round_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                   const struct round_wish *wish, int64_t now, struct arena *mem, struct text *id_out, struct err *err) MUST_CHECK;
/* Title, organiser, scope, days; kind and year stay. */
bool app_round_edit(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                    const struct round_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Begins, feeds back, ends, calls off (work/round_state); tells the team, and the places visited. */
bool app_round_step(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                    enum round_step step, struct text reason, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

struct member_wish { struct text account /* the name he signs in with; empty: none */, name, unit, duty; };
/* Errors  ERR_ABSENT: no such account; ERR_INPUT: it may not fill in sheets, no name, no such duty */
bool app_round_member_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                          struct text id, const struct member_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
bool app_round_member_end(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                          struct text id, int64_t position, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
struct text round_duty_zh(struct text duty);       /* 组长, 组员, 联络员 */
/* Accounts that may fill in sheets, by name; for who runs rounds. */
struct inspector { struct text name, shown; enum role role; };
bool app_round_inspectors(struct house *house, const struct actor *actor, struct arena *mem, struct inspector **out, size_t *n_out, struct err *err) MUST_CHECK;

/* ---- the sample ---- */

struct draw_wish { struct text seed, strata, reason; size_t wanted; };
/* "area" 城区、镇区、乡村; "area_stage"; "township"; "township_stage". */
struct strata_info { const char *word, *zh; };
const struct strata_info *round_strata(size_t *n_out);
/* Draws among the county's schools of the round's year that are assessed; those chosen by hand are not drawn.  Drawn again, for a reason,
 * it takes the place of the draw before, where nothing is filled in yet. */
bool app_round_draw(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                    const struct draw_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* A draw as it was made, made again from what was kept.   Errors  ERR_ABSENT */
struct draw_again { const struct round_draw_row *row; struct draw_candidate *candidates; size_t n; struct draw draw; };
bool app_round_draw_again(const struct round_view *round, int64_t number, struct arena *mem, struct draw_again *out, struct err *err) MUST_CHECK;
/* The list of candidates as CSV with digest, rank and outcome: what is published. */
struct text round_draw_csv(const struct draw_again *draw, struct arena *mem);

bool app_round_place_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                         struct text id, struct place place, struct text reason, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
bool app_round_place_day(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                         struct text id, struct place place, struct text day, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
bool app_round_place_remove(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                            struct text id, struct place place, struct text reason, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* What waits for a person among rounds. */
bool app_rounds_waiting(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now, struct waiting_list *into,
                        struct err *err) MUST_CHECK;

/* ---- by anybody, from what was published ---- */

/* Draws again from the list of round_draw_csv (columns 层, 学校代码, 学校; more may stand there), wherever it comes from.
 *   Given    wanted  0: as many as the list marks in its column 抽中
 *   Returns  *differs_out: how many schools the list marks otherwise
 *   Errors   ERR_INPUT: a column is missing, a line is too short, a code stands twice: names the line; those of draw_sample */
bool round_draw_check(struct text file, struct text csv, struct text seed, size_t wanted, struct arena *mem, struct draw_again *out,
                      size_t *differs_out, struct err *err) MUST_CHECK;

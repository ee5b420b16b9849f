/* round_store.h — inspection rounds: the round, its team and draws, where it goes, the sheets, photos, findings, papers. */
#pragma once
#include "db/db.h"
#include "model/stamp.h"

struct round_row {
    struct text id, kind, title, organiser, state, scope, first_day, last_day;
    int year;
    struct stamp made;
    int64_t changed_at;
    size_t places, done, findings, undecided;    /* counted: findings without those that were dropped */
};
bool store_round_add(struct db_session *session, struct text county, const struct round_row *round, struct err *err) MUST_CHECK;
/* Errors  ERR_CONFLICT: it is fed back already */
bool store_round_edit(struct db_session *session, struct text county, const struct round_row *round, int64_t now, struct err *err) MUST_CHECK;
bool store_rounds(struct db_session *session, struct text county, struct arena *mem, struct round_row **out, size_t *n_out, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_round(struct db_session *session, struct text county, struct text id, struct arena *mem, struct round_row *out, struct err *err) MUST_CHECK;

struct round_event { struct text step, reason; struct stamp by; };
/* From the state `seen`, with its line in the history.   Errors  ERR_CONFLICT: it is not in that state any more */
bool store_round_step(struct db_session *session, struct text county, struct text id, struct text seen, struct text state,
                      const struct round_event *event, struct err *err) MUST_CHECK;
bool store_round_events(struct db_session *session, struct text county, struct text id, struct arena *mem, struct round_event **out, size_t *n_out,
                        struct err *err) MUST_CHECK;

struct round_member { int64_t position, account /* 0: none */, left_at; struct text name, unit, duty, role /* of the account; empty */; };
bool store_round_member_add(struct db_session *session, struct text county, struct text id, const struct round_member *member, struct stamp by,
                            struct err *err) MUST_CHECK;
bool store_round_member_end(struct db_session *session, struct text county, struct text id, int64_t position, int64_t now, struct err *err) MUST_CHECK;
bool store_round_members(struct db_session *session, struct text county, struct text id, struct arena *mem, struct round_member **out, size_t *n_out,
                         struct err *err) MUST_CHECK;

struct round_draw_row { int64_t number, wanted; struct text seed, strata, frame, reason; struct stamp by; };
bool store_round_draw_add(struct db_session *session, struct text county, struct text id, const struct round_draw_row *draw, struct err *err) MUST_CHECK;
/* The latest first. */
bool store_round_draws(struct db_session *session, struct text county, struct text id, struct arena *mem, struct round_draw_row **out, size_t *n_out,
                       struct err *err) MUST_CHECK;

/* A place as it is stored: "school", its code. */
struct round_spot { struct text kind, name; };
struct round_place {
    struct round_spot spot;
    struct text shown, township, reason, visit_day, form;
    int64_t draw_no /* 0: chosen */, form_version, changed_at, answered;
    struct stamp done;                           /* at 0: the sheet is open */
    int64_t removed_at;
    struct text removed_who, removed_reason;
};
/* Comes again where it had been left out; there already: nothing. */
bool store_round_place_put(struct db_session *session, struct text county, struct text id, const struct round_place *place, struct stamp by,
                           struct err *err) MUST_CHECK;
bool store_round_place_day(struct db_session *session, struct text county, struct text id, const struct round_spot *at, struct text day, struct err *err) MUST_CHECK;
/* ERR_CONFLICT: something is filled in there. */
bool store_round_place_remove(struct db_session *session, struct text county, struct text id, const struct round_spot *at, struct text reason,
                              struct stamp by, struct err *err) MUST_CHECK;
/* What earlier draws drew, where nothing is filled in yet. */
bool store_round_drawn_remove(struct db_session *session, struct text county, struct text id, struct text reason, struct stamp by, struct err *err) MUST_CHECK;
/* By day; those left out at the end. */
bool store_round_places(struct db_session *session, struct text county, struct text id, struct arena *mem, struct round_place **out, size_t *n_out,
                        struct err *err) MUST_CHECK;
/* Handed in, or (again) opened once more.   Errors  ERR_CONFLICT: it is so already */
bool store_round_place_done(struct db_session *session, struct text county, struct text id, const struct round_spot *at, bool again, struct stamp by,
                            struct err *err) MUST_CHECK;
bool store_round_place_touch(struct db_session *session, struct text county, struct text id, const struct round_spot *at, int64_t now, struct err *err) MUST_CHECK;

struct round_answer { struct text field, value; int64_t stamp; struct stamp by; };
bool store_round_answers(struct db_session *session, struct text county, struct text id, const struct round_spot *at, struct arena *mem,
                         struct round_answer **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Puts the answer over stamp - 1 and keeps what stood there.   Errors  ERR_CONFLICT: something else stands there */
bool store_round_answer_put(struct db_session *session, struct text county, struct text id, const struct round_spot *at,
                            const struct round_answer *answer, struct err *err) MUST_CHECK;

struct round_photo { struct text id, question, sha256, name, kind; struct round_spot spot; int64_t size; struct stamp by; };
/* *fresh_out: false where the same id was kept before. */
bool store_round_photo_add(struct db_session *session, struct text county, struct text id, const struct round_photo *photo, bool *fresh_out,
                           struct err *err) MUST_CHECK;
/* at NULL: of the whole round. */
bool store_round_photos(struct db_session *session, struct text county, struct text id, const struct round_spot *at, struct arena *mem,
                        struct round_photo **out, size_t *n_out, struct err *err) MUST_CHECK;
bool store_round_photo_remove(struct db_session *session, struct text county, struct text id, struct text photo, struct stamp by, struct err *err) MUST_CHECK;

struct finding_row {
    int64_t number;
    struct round_spot spot;
    struct text shown, question, subject, stage, grade, what, advice, state, owner_kind, owner_name, owner_shown, due, reason;
    int64_t task;                                /* its order; 0: none */
    struct text task_state, person, measures, result, done_on, closed_on;   /* of the order; empty: none, not yet */
    struct stamp noted, decided;                 /* decided.at 0: not yet */
};
bool store_finding_add(struct db_session *session, struct text county, struct text id, const struct finding_row *finding, struct err *err) MUST_CHECK;
/* ERR_CONFLICT: it is decided already. */
bool store_finding_edit(struct db_session *session, struct text county, struct text id, const struct finding_row *finding, int64_t now, struct err *err) MUST_CHECK;
bool store_finding_decide(struct db_session *session, struct text county, struct text id, const struct finding_row *finding, struct err *err) MUST_CHECK;
bool store_findings(struct db_session *session, struct text county, struct text id, struct arena *mem, struct finding_row **out, size_t *n_out,
                    struct err *err) MUST_CHECK;

struct paper_row { struct text kind, number, signed_on, words; struct round_spot spot; struct stamp by; };
bool store_paper_put(struct db_session *session, struct text county, struct text id, const struct paper_row *paper, struct err *err) MUST_CHECK;
/* Where nothing was added to it: all empty. */
bool store_paper(struct db_session *session, struct text county, struct text id, struct text kind, const struct round_spot *at, struct arena *mem,
                 struct paper_row *out, struct err *err) MUST_CHECK;

/* Whom rounds touch, and by what. */
enum round_touch_by { TOUCH_VISIT, TOUCH_FINDING, TOUCH_OWNER };
struct round_touch { struct text round, township; struct round_spot spot; enum round_touch_by by; };
bool store_round_touches(struct db_session *session, struct text county, struct arena *mem, struct round_touch **out, size_t *n_out, struct err *err) MUST_CHECK;
/* The ids of the rounds an account is on. */
bool store_rounds_of_member(struct db_session *session, struct text county, int64_t account, struct arena *mem, struct text **out, size_t *n_out,
                            struct err *err) MUST_CHECK;
/* What an account's rounds cover that are not over: places in order. */
bool store_round_covers(struct db_session *session, struct text county, int64_t account, struct arena *mem, struct round_spot **out, size_t *n_out,
                        struct err *err) MUST_CHECK;
struct round_work { struct text id, title, state, first_day, last_day; size_t open, undecided; bool on_it; };
/* Rounds under way. */
bool store_round_work(struct db_session *session, struct text county, int64_t account, struct arena *mem, struct round_work **out, size_t *n_out,
                      struct err *err) MUST_CHECK;

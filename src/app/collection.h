/* collection.h — a data year (学年) is opened, collected, locked: which schools are asked, by when, where each return stands.
 * Source: domain specification §5.4 S5.2.1, §6.2 (Sep 1 reference moment → Oct data in → Nov checks). */
#pragma once
#include "app/house.h"
#include "store/collection_store.h"
#include "work/return_state.h"

struct collection_wish {
    int year;
    struct text reference_day;      /* "2026-09-01"; empty: September 1 of the year */
    int64_t fill_until, confirm_until, check_until, approve_until;  /* 0: as usual, from the day of opening on: 30, 37, 51, 65 days */
    bool check_asked;               /* false: the county leaves out the step of 审核 */
};
/* Opens a year: from now on only admitted returns of it count, and every school is asked that returned something the year before,
 * or of which figures of the year were brought already.  Inside the writer.
 *   Errors  ERR_DENIED; ERR_INPUT: days that are none, or out of order; ERR_CONFLICT: open already */
bool app_collection_open(struct house *house, struct db_session *session, const struct actor *actor, const struct collection_wish *wish,
                         int64_t now, struct err *err) MUST_CHECK;
/* Other windows, or the step of 审核 left out or taken in.   Errors  as above; ERR_CONFLICT: locked, or not open */
bool app_collection_set(struct house *house, struct db_session *session, const struct actor *actor, const struct collection_wish *wish,
                        int64_t now, struct err *err) MUST_CHECK;
/* One more school is asked (a new one).   Errors  ERR_INPUT: no code, no name; ERR_CONFLICT: locked, not open, asked already */
bool app_collection_ask(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text school,
                        struct text name, struct text township, int64_t now, struct err *err) MUST_CHECK;
/* Locks the year: approved returns become locked; after that a figure changes by a correction of two people alone.
 *   Given   reason  why, where schools are lacking; empty: all must be approved
 *   Errors  ERR_DENIED; ERR_CONFLICT: locked, not open; ERR_INPUT: so many schools are lacking and no reason is given */
bool app_collection_lock(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text reason,
                         int64_t now, struct err *err) MUST_CHECK;

/* A notice to everybody whose step is overdue: the clerk or the principal of a school each, the township, the school district and the
 * bureau one for all of theirs; and a word in the talk of each late return.  Inside the writer.
 *   Given    township  only schools of it; empty: all
 *   Returns  *n_out: notices put
 *   Errors   ERR_DENIED; ERR_ABSENT: not open; ERR_CONFLICT: locked; ERR_INPUT: nobody is late */
bool app_collection_remind(struct house *house, struct db_session *session, const struct actor *actor, int year, struct text township, int64_t now,
                           size_t *n_out, struct err *err) MUST_CHECK;

/* All years that are or were collected, the latest first. */
bool app_collections(struct house *house, struct arena *mem, struct collection_record **out, size_t *n_out, struct err *err) MUST_CHECK;

struct way {
    struct way_record record;
    enum return_state state;
    enum return_hand next;          /* whose step is next; N_RETURN_HANDS: none */
    int64_t due;                    /* of the next step; 0: none */
    bool late;
};
struct collection_status {
    struct collection_record collection;
    struct way *ways;               /* those the actor may see, by school code */
    size_t n;
    size_t in_state[N_RETURN_STATES], late, sent_back;
};
/*   Errors  ERR_ABSENT: the year was never opened */
bool app_collection_status(struct house *house, const struct actor *actor, int year, int64_t now, struct arena *mem,
                           struct collection_status *out, struct err *err) MUST_CHECK;
/* One school's.   Errors  ERR_ABSENT: never opened, the school is not asked, or the actor may not see it */
bool app_way(struct db_session *session, struct house *house, const struct actor *actor, int year, struct text school, int64_t now,
             struct arena *mem, struct collection_record *collection_out, struct way *out, struct err *err) MUST_CHECK;

/* Whether returned figures of the school (empty: the county's own) may be changed past its return: by a correction on a page, an import,
 * an undo.  In a year that is collected a school's figures go through its return.  Inside the writer.
 *   Errors  ERR_CONFLICT, with the way to go instead */
enum change_past { PAST_BY_EDIT, PAST_BY_IMPORT };
bool app_year_guard(struct house *house, struct db_session *session, int year, struct text school, enum change_past by, struct err *err) MUST_CHECK;

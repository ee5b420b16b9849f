/* upkeep.h — what is to be done without anybody asking: duties, done in rounds.  A server makes a round when it starts, then every
 * minute, and at once when it is poked (web/upkeep.h); `junheng upkeep` makes one.
 *
 * Add a duty: a function in its module, a row in upkeep.c's table. */
#pragma once
#include "app/house.h"

/* Does what is due at `now` (seconds since 1970; the duty asks no other clock), in small works of its own, each a house_write:
 * what was done before an error stays done.  It must be fine to be run again at any time, and it returns soon after
 * upkeep_ending says that the server stops.
 *   Output  *done_out  what was done, as a Chinese phrase (「寄出 3 封邮件」); left empty where nothing was due
 *   Errors  the round goes on with the next duty; the next round tries again */
typedef bool upkeep_duty(struct house *house, int64_t now, struct arena *mem, struct text *done_out, struct err *err);

struct upkeep_row { const char *name, *zh; upkeep_duty *run; };   /* name: for the log, small letters */

struct upkeep_line {
    const struct upkeep_row *row;
    struct text done;             /* empty: nothing was due */
    bool ok;
    struct err err;               /* where not ok */
    int64_t microseconds;
};
struct upkeep_round { size_t n; struct upkeep_line *lines; };      /* every duty, in the table's order */

/* One round; another that runs is waited for.  Never on the writer's thread. */
void app_upkeep(struct house *house, int64_t now, struct arena *mem, struct upkeep_round *out);
/* The same with other duties (tests). */
void app_upkeep_of(struct house *house, const struct upkeep_row *rows, size_t n, int64_t now, struct arena *mem, struct upkeep_round *out);

/* Asks for a round at once: from outside the writer right away, from inside it after the COMMIT.  Cheap; without a server nothing
 * happens.  A poke may get lost between two groups of works: what it was for is done within the minute. */
void house_poke(struct house *house);
/* Waits for a poke, for at most so many milliseconds, or until upkeep ends.  For the thread that makes the rounds. */
void upkeep_wait(struct house *house, unsigned milliseconds);
/* The server stops: whoever waits or works long in a duty is to return. */
void upkeep_end(struct house *house, bool ending);
bool upkeep_ending(const struct house *house);

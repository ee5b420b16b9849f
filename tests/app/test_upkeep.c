/* What is done without anybody asking: every duty of a round, whatever became of those before; woken when something wants it. */
#include "access_bed.h"

#include "app/upkeep.h"

#include <pthread.h>
#include <time.h>

static int64_t seen_at;
static bool says(struct house *house, int64_t now, struct arena *mem, struct text *done, struct err *err)
{
    (void)house, (void)err;
    seen_at = now;
    *done = text_printf(mem, "做了一件");
    return true;
}
static bool fails(struct house *house, int64_t now, struct arena *mem, struct text *done, struct err *err)
{
    (void)house, (void)now, (void)mem, (void)done;
    return err_set(err, ERR_OUTSIDE, "没有做成。");
}
static bool ends(struct house *house, int64_t now, struct arena *mem, struct text *done, struct err *err)
{
    (void)now, (void)mem, (void)done, (void)err;
    upkeep_end(house, true);
    return true;
}

TEST(upkeep, does_every_duty_though_one_before_it_fails)
{
    struct bed bed = bed_new();
    static const struct upkeep_row ROWS[] = { { "a", "甲", fails }, { "b", "乙", says } };
    struct upkeep_round round;
    app_upkeep_of(bed.house, ROWS, 2, 12345, bed.mem, &round);
    CHECK_INT(round.n, 2);
    CHECK(!round.lines[0].ok);
    CHECK_INT(round.lines[0].err.kind, ERR_OUTSIDE);
    CHECK(round.lines[1].ok);
    CHECK_TEXT(round.lines[1].done, "做了一件");
    CHECK_INT(seen_at, 12345);   /* its clock is the caller's */
    bed_end(&bed);
}

TEST(upkeep, begins_no_other_duty_once_it_is_to_end)
{
    struct bed bed = bed_new();
    static const struct upkeep_row ROWS[] = { { "a", "甲", ends }, { "b", "乙", says } };
    struct upkeep_round round;
    app_upkeep_of(bed.house, ROWS, 2, 1, bed.mem, &round);
    CHECK_INT(round.n, 1);
    bed_end(&bed);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool pokes(void *context, struct db_session *session, struct err *err)
{
    struct house *const house = context;
    (void)session, (void)err;
    house_poke(house);
    upkeep_wait(house, 1);   /* nothing is there yet: the work is not committed */
    return true;
}

struct waiting { struct house *house; double woken; };
static void *wait_long(void *with)
{
    struct waiting *const w = with;
    upkeep_wait(w->house, 60000);
    w->woken = seconds();
    return NULL;
}

TEST(upkeep, is_woken_by_a_work_once_it_is_committed_and_by_the_end)
{
    struct bed bed = bed_new();
    for (int i = 0; i < 3; i++) {
        struct waiting w = { .house = bed.house };
        pthread_t thread;
        const double begun = seconds();
        CHECK_INT(pthread_create(&thread, NULL, wait_long, &w), 0);
        if (i == 0)
            house_poke(bed.house);
        else if (i == 1)
            CHECK_OK(house_write(bed.house, pokes, bed.house, &bed.err), bed.err);
        else
            upkeep_end(bed.house, true);
        pthread_join(thread, NULL);
        CHECK(w.woken - begun < 30);
    }
    bed_end(&bed);
}

TEST(upkeep, waits_as_long_as_it_is_told_where_nothing_happens)
{
    struct bed bed = bed_new();
    const double begun = seconds();
    upkeep_wait(bed.house, 30);
    CHECK(seconds() - begun >= 0.029);
    bed_end(&bed);
}

TEST(upkeep, forgets_tries_to_sign_in_that_no_longer_count)
{
    struct bed bed = bed_new();
    struct upkeep_round round;
    struct signed_in in;
    bed_person(&bed, "wangmin", ROLE_office);
    CHECK(!bed_sign_in(&bed, "wangmin", "wrong wrong wrong", "10.0.0.1", "", &in));
    app_upkeep(bed.house, bed.now + 14 * 60, bed.mem, &round);
    CHECK_INT(bed_count(&bed, "SELECT COUNT(*) FROM sign_in_try"), 1);
    app_upkeep(bed.house, bed.now + 16 * 60, bed.mem, &round);
    CHECK_INT(bed_count(&bed, "SELECT COUNT(*) FROM sign_in_try"), 0);
    CHECK_CONTAINS(round.lines[0].done, "1 次");
    bed_end(&bed);
}

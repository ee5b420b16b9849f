#include "app/upkeep.h"

#include "app/house_inside.h"
#include "app/ledger.h"
#include "app/mail.h"
#include "app/plan.h"
#include "app/task.h"
#include "app/throttle.h"

#include <errno.h>
#include <time.h>

/* Every duty, in the order of a round. */
static const struct upkeep_row DUTIES[] = {
    { "tries", "登录尝试", throttle_tidy },
    { "ledger", "台账", app_ledger_duty },
    { "plan", "工作方案", app_plan_follow },
    { "tasks", "任务时限", app_tasks_remind },
    { "mail", "邮件", app_mail_send },   /* behind what may put letters into the outbox */
};

static int64_t microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void app_upkeep_of(struct house *house, const struct upkeep_row *rows, size_t n, int64_t now, struct arena *mem, struct upkeep_round *out)
{
    *out = (struct upkeep_round){ .lines = arena_array(mem, n, struct upkeep_line) };
    pthread_mutex_lock(&house->upkeep);
    for (size_t i = 0; i < n && !upkeep_ending(house); i++) {
        struct upkeep_line *const line = &out->lines[out->n++];
        const int64_t begun = microseconds();
        line->row = &rows[i];
        line->ok = rows[i].run(house, now, mem, &line->done, &line->err);
        line->microseconds = microseconds() - begun;
    }
    pthread_mutex_unlock(&house->upkeep);
}

void app_upkeep(struct house *house, int64_t now, struct arena *mem, struct upkeep_round *out)
{
    app_upkeep_of(house, DUTIES, COUNT(DUTIES), now, mem, out);
}

/* ---- waking ------------------------------------------------------------------------------- */

void upkeep_room(struct house *house)
{
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&house->woken, &clock);
    pthread_condattr_destroy(&clock);
    pthread_mutex_init(&house->waking, NULL);
    pthread_mutex_init(&house->upkeep, NULL);
}

void upkeep_room_end(struct house *house)
{
    pthread_cond_destroy(&house->woken);
    pthread_mutex_destroy(&house->waking);
    pthread_mutex_destroy(&house->upkeep);
}

static void wake(struct house *house)
{
    pthread_mutex_lock(&house->waking);
    house->poked = true;
    pthread_cond_broadcast(&house->woken);
    pthread_mutex_unlock(&house->waking);
}

void house_poke(struct house *house)
{
    if (db_is_writer(house->db))
        atomic_store(&house->poke_after, true);
    else
        wake(house);
}

void upkeep_after_commit(struct house *house)
{
    if (atomic_load_explicit(&house->poke_after, memory_order_relaxed) && atomic_exchange(&house->poke_after, false))
        wake(house);
}

void upkeep_wait(struct house *house, unsigned milliseconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000)
        until.tv_sec++, until.tv_nsec -= 1000000000;
    pthread_mutex_lock(&house->waking);
    for (int why = 0; !house->poked && !upkeep_ending(house) && why != ETIMEDOUT;)
        why = pthread_cond_timedwait(&house->woken, &house->waking, &until);
    house->poked = false;
    pthread_mutex_unlock(&house->waking);
}

void upkeep_end(struct house *house, bool ending)
{
    atomic_store(&house->upkeep_ending, ending);
    if (ending)
        wake(house);
}

bool upkeep_ending(const struct house *house)
{
    return atomic_load(&house->upkeep_ending);
}

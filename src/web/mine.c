#include "web/mine.h"

#include "app/my.h"

#include <pthread.h>

enum { PEOPLE = 512, QUIET_SECONDS = 60, BUSY_SECONDS = 15 };

/* One place an account: who comes in another role takes it over. */
struct kept { int64_t account, at; unsigned long role; uint64_t changes; size_t n; };
struct mine { pthread_mutex_t lock; struct kept kept[PEOPLE]; };

struct mine *mine_new(struct arena *mem)
{
    struct mine *const mine = arena_make(mem, struct mine);
    pthread_mutex_init(&mine->lock, NULL);
    return mine;
}

void mine_end(struct mine *mine)
{
    pthread_mutex_destroy(&mine->lock);
}

static struct kept *place_of(struct mine *mine, int64_t account)
{
    return &mine->kept[(uint64_t)account % PEOPLE];
}

static unsigned long role_of(const struct actor *actor)
{
    return text_hash(actor->place.name) * 31 + (unsigned long)actor->role * 7 + (unsigned long)actor->place.kind;
}

static bool find(struct mine *mine, const struct request *r, uint64_t changes, size_t *n_out)
{
    pthread_mutex_lock(&mine->lock);
    const struct kept kept = *place_of(mine, r->actor.account);
    pthread_mutex_unlock(&mine->lock);
    *n_out = kept.n;
    return kept.account == r->actor.account && kept.role == role_of(&r->actor) && r->now >= kept.at &&
           r->now - kept.at < (kept.changes == changes ? QUIET_SECONDS : BUSY_SECONDS);
}

size_t mine_count(struct mine *mine, const struct request *r)
{
    const uint64_t changes = house_changes(r->house);
    struct my_work work;
    struct err unheeded = { 0 };
    size_t n;
    if (!r->actor.account || r->actor.must_change)
        return 0;
    if (find(mine, r, changes, &n))
        return n;
    struct arena *mem = arena_new("mine");
    n = app_my_work(r->house, r->snapshot, &r->actor, r->now, mem, &work, &unheeded) ? work.n_mine : 0;
    arena_free(&mem);
    pthread_mutex_lock(&mine->lock);
    *place_of(mine, r->actor.account) = (struct kept){ r->actor.account, r->now, role_of(&r->actor), changes, n };
    pthread_mutex_unlock(&mine->lock);
    return n;
}

void mine_forget(struct mine *mine, int64_t account)
{
    pthread_mutex_lock(&mine->lock);
    struct kept *const kept = place_of(mine, account);
    if (kept->account == account)
        *kept = (struct kept){ 0 };
    pthread_mutex_unlock(&mine->lock);
}

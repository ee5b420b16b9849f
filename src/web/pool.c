#include "web/pool.h"

#include "base/arena.h"

#include <pthread.h>
#include <signal.h>

struct job { void (*work)(void *); void *with; };

struct pool {
    struct arena *mem;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct job *jobs;         /* a ring */
    size_t room, first, n;
    pthread_t *threads;
    size_t n_threads;
    bool ending;
};

static void *serve(void *with)
{
    struct pool *const pool = with;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->n && !pool->ending)
            pthread_cond_wait(&pool->wake, &pool->lock);
        if (!pool->n)
            break;
        const struct job job = pool->jobs[pool->first];
        pool->first = (pool->first + 1) % pool->room;
        pool->n--;
        pthread_mutex_unlock(&pool->lock);
        job.work(job.with);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

struct pool *pool_start(size_t threads, size_t queue)
{
    struct arena *mem = arena_new("pool");
    struct pool *const pool = arena_make(mem, struct pool);
    *pool = (struct pool){ .mem = mem, .jobs = arena_array(mem, queue, struct job), .room = queue,
                           .threads = arena_array(mem, threads, pthread_t) };
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    /* Signals are the main thread's. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    while (pool->n_threads < threads && pthread_create(&pool->threads[pool->n_threads], NULL, serve, pool) == 0)
        pool->n_threads++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pool;
}

bool pool_add(struct pool *pool, void (*work)(void *), void *with)
{
    pthread_mutex_lock(&pool->lock);
    const bool fits = pool->n < pool->room && pool->n_threads && !pool->ending;
    if (fits) {
        pool->jobs[(pool->first + pool->n++) % pool->room] = (struct job){ work, with };
        pthread_cond_signal(&pool->wake);
    }
    pthread_mutex_unlock(&pool->lock);
    return fits;
}

void pool_stop(struct pool **pool)
{
    struct pool *const p = *pool;
    if (!p)
        return;
    *pool = NULL;
    pthread_mutex_lock(&p->lock);
    p->ending = true;
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < p->n_threads; i++)
        pthread_join(p->threads[i], NULL);
    pthread_cond_destroy(&p->wake);
    pthread_mutex_destroy(&p->lock);
    struct arena *mem = p->mem;
    arena_free(&mem);
}

#include "app/together.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST_THREADS = 16, PIECE = 16 /* counties taken at a time */, FEW = 64 /* too few for threads */ };

struct together {
    const struct returns *returns;
    const struct assess_request *request;
    struct county_assessment *counties;
    struct arena *mem;
    atomic_size_t next;
    size_t n_threads;
    pthread_t thread[MOST_THREADS];
    struct arena *own[MOST_THREADS + 1];  /* [thread], and ours: an arena serves one thread */
};

static void work(struct together *t, struct arena *mem)
{
    const size_t n = t->returns->n_counties;
    for (size_t first; (first = atomic_fetch_add(&t->next, PIECE)) < n;)
        assess_range(t->returns, t->request, first, n - first < PIECE ? n - first : PIECE, mem, t->counties + first);
}

struct task { struct together *together; struct arena *mem; };

static void *run(void *context)
{
    const struct task *task = context;
    work(task->together, task->mem);
    return NULL;
}

struct together *together_start(const struct returns *returns, const struct assess_request *request, unsigned jobs, struct arena *mem)
{
    struct together *t = arena_make(mem, struct together);
    t->returns = returns;
    t->request = request;
    t->mem = mem;
    t->counties = arena_array(mem, returns->n_counties, struct county_assessment);
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t threads = jobs ? jobs : cores > 0 ? (size_t)cores : 1;
    threads = threads > MOST_THREADS ? MOST_THREADS : threads;
    for (size_t i = 1; i < threads && returns->n_counties >= FEW; i++) {
        struct task *task = arena_make(mem, struct task);
        *task = (struct task){ t, t->own[t->n_threads] = arena_new("assessment") };
        /* Without another thread the work is done by those there are. */
        if (pthread_create(&t->thread[t->n_threads], NULL, run, task) != 0) {
            arena_free(&t->own[t->n_threads]);
            break;
        }
        t->n_threads++;
    }
    t->own[MOST_THREADS] = arena_new("assessment");
    return t;
}

void together_finish(struct together *t, struct assessment *out)
{
    work(t, t->own[MOST_THREADS]);
    for (size_t i = 0; i < t->n_threads; i++)
        pthread_join(t->thread[i], NULL);
    *out = (struct assessment){
        .edition = t->request->edition,
        .returns = t->returns,
        .n_counties = t->returns->n_counties,
        .counties = t->counties,
        .n_relaxations = t->request->n_relaxations,
        .relaxations = arena_array(t->mem, t->request->n_relaxations, struct relaxation_on),
    };
    for (size_t i = 0; i < t->request->n_relaxations; i++)
        out->relaxations[i] = t->request->relaxations[i];
}

void together_end(struct together *t)
{
    for (size_t i = 0; i <= MOST_THREADS; i++)
        arena_free(&t->own[i]);
}

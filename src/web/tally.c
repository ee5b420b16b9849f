#include "web/tally.h"

#include "base/err.h"

#include <stdatomic.h>

static const int STATUS[] = { 200, 204, 303, 304, 308, 400, 401, 403, 404, 405, 409, 411, 413, 415, 417, 422, 429, 431, 500, 503 };
static const int64_t UPTO[] = { 100, 250, 500, 1000, 2500, 5000, 10000, 25000, 100000, 500000, 2500000 };
enum { STATUSES = COUNT(STATUS), BUCKETS = COUNT(UPTO) + 1 };

struct route_tally {
    _Atomic uint64_t status[STATUSES + 1];  /* the last: any other */
    _Atomic uint64_t bucket[BUCKETS];
    _Atomic uint64_t microseconds;
};

struct tally { size_t n; struct route_tally *route; _Atomic uint64_t csp, cut; };

struct tally *tally_new(struct arena *mem, size_t routes)
{
    struct tally *const tally = arena_make(mem, struct tally);
    tally->n = routes + 1;
    tally->route = arena_array(mem, tally->n, struct route_tally);
    return tally;
}

static void count(_Atomic uint64_t *into, uint64_t n)
{
    atomic_fetch_add_explicit(into, n, memory_order_relaxed);
}

static uint64_t seen(const _Atomic uint64_t *from)
{
    return atomic_load_explicit(from, memory_order_relaxed);
}

void tally_add(struct tally *tally, size_t route, int status, int64_t microseconds)
{
    struct route_tally *const r = &tally->route[route < tally->n ? route : tally->n - 1];
    size_t s = 0, b = 0;
    while (s < STATUSES && STATUS[s] != status)
        s++;
    while (b < COUNT(UPTO) && microseconds > UPTO[b])
        b++;
    count(&r->status[s], 1);
    count(&r->bucket[b], 1);
    count(&r->microseconds, microseconds > 0 ? (uint64_t)microseconds : 0);
}

void tally_csp(struct tally *tally)
{
    count(&tally->csp, 1);
}

void tally_cut(struct tally *tally, unsigned n)
{
    count(&tally->cut, n);
}

static void print_statuses(const struct route_tally *r, const char *name, struct buf *into)
{
    for (size_t s = 0; s <= STATUSES; s++) {
        const uint64_t n = seen(&r->status[s]);
        if (!n)
            continue;
        if (s < STATUSES)
            buf_printf(into, "junheng_requests_total{route=\"%s\",status=\"%d\"} %llu\n", name, STATUS[s], (unsigned long long)n);
        else
            buf_printf(into, "junheng_requests_total{route=\"%s\",status=\"other\"} %llu\n", name, (unsigned long long)n);
    }
}

static void print_times(const struct route_tally *r, const char *name, struct buf *into)
{
    uint64_t n = 0, all = 0;
    for (size_t b = 0; b < BUCKETS; b++)
        all += seen(&r->bucket[b]);
    if (!all)
        return;
    for (size_t b = 0; b < COUNT(UPTO); b++) {
        n += seen(&r->bucket[b]);
        buf_printf(into, "junheng_request_seconds_bucket{route=\"%s\",le=\"%g\"} %llu\n", name, (double)UPTO[b] / 1e6,
                   (unsigned long long)n);
    }
    buf_printf(into, "junheng_request_seconds_bucket{route=\"%s\",le=\"+Inf\"} %llu\n", name, (unsigned long long)all);
    buf_printf(into, "junheng_request_seconds_sum{route=\"%s\"} %.6f\n", name, (double)seen(&r->microseconds) / 1e6);
    buf_printf(into, "junheng_request_seconds_count{route=\"%s\"} %llu\n", name, (unsigned long long)all);
}

void tally_print(const struct tally *tally, const char *const *names, struct buf *into)
{
    buf_printf(into, "# TYPE junheng_requests_total counter\n");
    for (size_t i = 0; i < tally->n; i++)
        print_statuses(&tally->route[i], names[i], into);
    buf_printf(into, "# TYPE junheng_request_seconds histogram\n");
    for (size_t i = 0; i < tally->n; i++)
        print_times(&tally->route[i], names[i], into);
    buf_printf(into, "# TYPE junheng_csp_reports_total counter\njunheng_csp_reports_total %llu\n", (unsigned long long)seen(&tally->csp));
    buf_printf(into, "# TYPE junheng_connections_cut_total counter\njunheng_connections_cut_total %llu\n",
               (unsigned long long)seen(&tally->cut));
}

#include "web/lines.h"

#include "base/arena.h"

#include <pthread.h>
#include <sys/socket.h>
#include <time.h>

struct lines {
    struct arena *mem;
    pthread_mutex_t lock;
    struct line *first, *unused;
};

struct lines *lines_new(void)
{
    struct arena *mem = arena_new("connections");
    struct lines *const lines = arena_make(mem, struct lines);
    lines->mem = mem;
    pthread_mutex_init(&lines->lock, NULL);
    return lines;
}

void lines_free(struct lines **lines)
{
    if (!*lines)
        return;
    struct arena *mem = (*lines)->mem;
    pthread_mutex_destroy(&(*lines)->lock);
    *lines = NULL;
    arena_free(&mem);
}

int64_t lines_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct line *lines_open(struct lines *lines, int fd, int64_t deadline)
{
    pthread_mutex_lock(&lines->lock);
    struct line *line = lines->unused;
    if (line)
        lines->unused = line->after;
    else
        line = arena_make(lines->mem, struct line);
    line->fd = fd;
    line->address[0] = '\0';
    line_until(line, deadline);
    line->before = NULL;
    line->after = lines->first;
    if (line->after)
        line->after->before = line;
    lines->first = line;
    pthread_mutex_unlock(&lines->lock);
    return line;
}

void lines_close(struct lines *lines, struct line *line)
{
    pthread_mutex_lock(&lines->lock);
    if (line->before)
        line->before->after = line->after;
    else
        lines->first = line->after;
    if (line->after)
        line->after->before = line->before;
    line->after = lines->unused;
    lines->unused = line;
    pthread_mutex_unlock(&lines->lock);
}

unsigned lines_cut(struct lines *lines)
{
    const int64_t now = lines_now();
    unsigned n = 0;
    /* Under the lock no descriptor in the list can be closed, and so none be another's. */
    pthread_mutex_lock(&lines->lock);
    for (struct line *line = lines->first; line; line = line->after) {
        if (atomic_load_explicit(&line->deadline, memory_order_relaxed) > now)
            continue;
        shutdown(line->fd, SHUT_RDWR);
        line_until(line, INT64_MAX);
        n++;
    }
    pthread_mutex_unlock(&lines->lock);
    return n;
}

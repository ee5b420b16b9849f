/* lines.h — the open connections and their deadlines.
 *
 * libmicrohttpd's time-out counts silence only, so that a client which sends a byte now and then could stay
 * for ever.  Here a connection has until a moment to get on: a thread cuts those that have not. */
#pragma once
#include <stdatomic.h>
#include <stdint.h>

struct lines;

struct line {
    struct line *before, *after;
    int fd;
    char address[46];                 /* of the peer, as text */
    _Atomic int64_t deadline;         /* milliseconds of lines_now; INT64_MAX: none */
};

struct lines *lines_new(void);
void lines_free(struct lines **lines);  /* none may be open */
int64_t lines_now(void);
/* Memory is the lines' own until lines_close, which is called before the descriptor is closed. */
struct line *lines_open(struct lines *lines, int fd, int64_t deadline);
void lines_close(struct lines *lines, struct line *line);
static inline void line_until(struct line *line, int64_t deadline)
{
    atomic_store_explicit(&line->deadline, deadline, memory_order_relaxed);
}
/* Ends the connections that are late; returns how many. */
unsigned lines_cut(struct lines *lines);

/* pool.h — a few threads and a queue that is never longer than promised. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct pool;
struct pool *pool_start(size_t threads, size_t queue);
/* False when the queue is full: then nothing happens. */
bool pool_add(struct pool *pool, void (*work)(void *), void *with);
/* Finishes what was added, then ends. */
void pool_stop(struct pool **pool);

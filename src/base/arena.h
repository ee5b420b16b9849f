/* arena.h — memory by lifetime: process, job, request, scratch.
 *
 * What a function makes lives in the arena it was handed, zeroed, until the arena is freed or
 * rewound.  Running out of memory ends the process with a sentence; hostile sizes are refused
 * at the door with ERR_LIMIT, never here. */
#pragma once
#include <stddef.h>

struct arena;
struct arena_mark { void *block; size_t used; };

struct arena *arena_new(const char *name);  /* name: for the message when memory runs out */
void arena_free(struct arena **mem);        /* runs the deferred calls, newest first; NULL is fine */
void *arena_alloc(struct arena *mem, size_t size);                       /* zeroed, 16-aligned */
void *arena_alloc_array(struct arena *mem, size_t count, size_t size);   /* count × size, checked */
void *arena_grow(struct arena *mem, void *old, size_t old_size, size_t new_size); /* copies; tail zeroed */
void *arena_copy(struct arena *mem, const void *from, size_t size);
char *arena_copy_string(struct arena *mem, const char *from, size_t size); /* and a zero behind it; not aligned */
char *arena_printf(struct arena *mem, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_defer(struct arena *mem, void (*call)(void *), void *with);   /* at arena_free */
struct arena_mark arena_mark(struct arena *mem);
/* Makes sure that the next `size` bytes come from memory that stays when the arena is rewound to the
 * mark returned: work that is done over and over then asks the system once. */
struct arena_mark arena_reserve(struct arena *mem, size_t size);
void arena_rewind(struct arena *mem, struct arena_mark mark);  /* forgets all made since the mark */
size_t arena_size(const struct arena *mem);                    /* bytes held from the system */

/* A list that grows one by one: room for one more at list[n], moved to twice as much where it is full.  The room begins as 0. */
void *arena_room(struct arena *mem, void *list, size_t n, size_t *capacity, size_t element);
#define ARENA_ROOM(mem, list, n, capacity) ((list) = arena_room((mem), (list), (n), &(capacity), sizeof *(list)))

#define arena_make(mem, type) ((type *)arena_alloc((mem), sizeof(type)))
#define arena_array(mem, count, type) ((type *)arena_alloc_array((mem), (count), sizeof(type)))

#include "base/arena.h"

#include "base/sanitized.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ALIGN = 16, FIRST_BLOCK = 32 * 1024, LARGEST_BLOCK = 4 * 1024 * 1024, MAPPED_BLOCK = 64 * 1024, SIZES = 8 };

struct block {
    struct block *before;
    size_t size, used; /* of data */
    size_t touched;    /* from here on data is as it came, all zeros */
    _Alignas(ALIGN) unsigned char data[];
};

struct deferred {
    struct deferred *before;
    void (*call)(void *);
    void *with;
};

struct arena {
    const char *name;
    struct block *last;
    struct deferred *deferred;
    size_t next_size, held;
};

static void *must(void *got, const char *name, size_t size)
{
    if (got)
        return got;
    fprintf(stderr, "内存不足（%s，需要 %zu 字节）。请关闭其他程序，或分批处理后再试。\n", name, size);
    exit(4);
}

struct arena *arena_new(const char *name)
{
    struct arena *mem = must(calloc(1, sizeof *mem), name, sizeof *mem);
    mem->name = name;
    mem->next_size = FIRST_BLOCK;
    return mem;
}

/* Blocks just given back, by size: work done county by county asks for the same ones again, and what
 * of them was never used is still zero.  A place is emptied and filled by one atomic step. */
enum { KEEPS_SPARES = !SANITIZED }; /* memory used after its end should be noticed */
enum { SPARES = 4 };
static _Atomic(struct block *) spare[SIZES][SPARES];

/* SIZES when no blocks of this size are kept. */
static size_t usual_size(size_t size)
{
    size_t k = KEEPS_SPARES ? 0 : SIZES;
    while (k < SIZES && (size_t)FIRST_BLOCK << k != size)
        k++;
    return k;
}

/* The sanitizers see bounds and leaks only in what malloc gave. */
static bool is_heap(size_t room)
{
    return SANITIZED || room < MAPPED_BLOCK;
}

static struct block *get_block(const char *name, size_t room)
{
    const size_t k = usual_size(room);
    for (size_t i = 0; k < SIZES && i < SPARES; i++) {
        struct block *const kept = atomic_exchange(&spare[k][i], NULL);
        if (kept)
            return kept;
    }
    struct block *block;
    if (is_heap(room)) {
        block = must(malloc(sizeof *block + room), name, room);
        block->touched = room;
    } else { /* zeroed by the kernel, page by page as it is used */
        void *const at = mmap(NULL, sizeof *block + room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        block = must(at == MAP_FAILED ? NULL : at, name, room);
    }
    block->size = room;
    return block;
}

static void give_block_back(struct block *block)
{
    const size_t k = usual_size(block->size);
    for (size_t i = 0; k < SIZES && i < SPARES; i++) {
        struct block *none = NULL;
        if (atomic_compare_exchange_strong(&spare[k][i], &none, block))
            return;
    }
    if (is_heap(block->size))
        free(block);
    else
        munmap(block, sizeof *block + block->size);
}

static void add_block(struct arena *mem, size_t size)
{
    size_t room = mem->next_size;
    while (room < size && room < LARGEST_BLOCK) /* the next arena finds use for usual sizes */
        room *= 2;
    room = room < size ? size : room;
    struct block *const block = get_block(mem->name, room);
    block->before = mem->last;
    block->used = 0;
    mem->last = block;
    mem->held += room;
    if (mem->next_size < LARGEST_BLOCK)
        mem->next_size *= 2;
}

/* The first `*dirty_out` bytes are not zeroed. */
static void *take(struct arena *mem, size_t size, size_t *dirty_out)
{
    if (size > SIZE_MAX / 2)
        must(NULL, mem->name, size);
    const size_t rounded = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    size_t from = mem->last ? (mem->last->used + ALIGN - 1) & ~(size_t)(ALIGN - 1) : 0;
    if (!mem->last || from > mem->last->size || mem->last->size - from < rounded) {
        add_block(mem, rounded);
        from = 0;
    }
    struct block *const block = mem->last;
    const size_t dirty = block->touched > from ? block->touched - from : 0;
    *dirty_out = dirty < size ? dirty : size;
    block->used = from + rounded;
    if (block->touched < block->used)
        block->touched = block->used;
    return block->data + from;
}

void *arena_alloc(struct arena *mem, size_t size)
{
    size_t dirty;
    void *const made = take(mem, size, &dirty);
    return memset(made, 0, dirty);
}

void *arena_alloc_array(struct arena *mem, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        must(NULL, mem->name, SIZE_MAX);
    return arena_alloc(mem, total);
}

void *arena_grow(struct arena *mem, void *old, size_t old_size, size_t new_size)
{
    size_t dirty;
    char *made = take(mem, new_size, &dirty);
    const size_t kept = old_size < new_size ? old_size : new_size;
    if (kept)
        memcpy(made, old, kept);
    if (dirty > kept)
        memset(made + kept, 0, dirty - kept);
    return made;
}

void *arena_room(struct arena *mem, void *list, size_t n, size_t *capacity, size_t element)
{
    enum { FIRST = 16 };
    if (n < *capacity)
        return list;
    const size_t had = *capacity;
    *capacity = had ? had * 2 : FIRST;
    return arena_grow(mem, list, had * element, *capacity * element);
}

void *arena_copy(struct arena *mem, const void *from, size_t size)
{
    size_t dirty;
    void *made = take(mem, size, &dirty);
    if (size)
        memcpy(made, from, size);
    return made;
}

char *arena_copy_string(struct arena *mem, const char *from, size_t size)
{
    /* Short texts stand close together: by the million they would be mostly padding. */
    struct block *block = mem->last;
    if (!block || block->size - block->used < size + 1) {
        add_block(mem, size + 1);
        block = mem->last;
    }
    char *made = (char *)block->data + block->used;
    block->used += size + 1;
    if (block->touched < block->used)
        block->touched = block->used;
    if (size)
        memcpy(made, from, size);
    made[size] = '\0';
    return made;
}

char *arena_printf(struct arena *mem, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *made = arena_alloc(mem, (size_t)(length < 0 ? 0 : length) + 1);
    va_start(args, format);
    vsnprintf(made, (size_t)(length < 0 ? 0 : length) + 1, format, args);
    va_end(args);
    return made;
}

void arena_defer(struct arena *mem, void (*call)(void *), void *with)
{
    struct deferred *deferred = must(malloc(sizeof *deferred), mem->name, sizeof *deferred);
    *deferred = (struct deferred){ mem->deferred, call, with };
    mem->deferred = deferred;
}

struct arena_mark arena_mark(struct arena *mem)
{
    return (struct arena_mark){ mem->last, mem->last ? mem->last->used : 0 };
}

struct arena_mark arena_reserve(struct arena *mem, size_t size)
{
    if (!mem->last || mem->last->size - mem->last->used < size)
        add_block(mem, size);
    return arena_mark(mem);
}

void arena_rewind(struct arena *mem, struct arena_mark mark)
{
    while (mem->last && mem->last != mark.block) {
        struct block *gone = mem->last;
        mem->last = gone->before;
        mem->held -= gone->size;
        give_block_back(gone);
    }
    if (mem->last)
        mem->last->used = mark.used;
}

void arena_free(struct arena **mem)
{
    if (!*mem)
        return;
    while ((*mem)->deferred) {
        struct deferred *next = (*mem)->deferred;
        (*mem)->deferred = next->before;
        next->call(next->with);
        free(next);
    }
    arena_rewind(*mem, (struct arena_mark){ NULL, 0 });
    free(*mem);
    *mem = NULL;
}

size_t arena_size(const struct arena *mem)
{
    return mem->held;
}

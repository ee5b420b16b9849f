#include "web/shared.h"

#include "base/day.h"
#include "web/gzip.h"

#include <pthread.h>
#include <stdatomic.h>

enum { PAGES = 128 };

struct kept {
    struct arena *mem;
    struct text key, page;
    struct mark_place *places;
    size_t n;
    struct gzip_part *parts;      /* [n + 1], what is between the marks; NULL: not pressed */
    uint64_t version, used;
    size_t bytes;
    atomic_size_t holders;
};

struct shared {
    struct arena *mem;
    pthread_mutex_t lock;         /* of what follows; pages are copied outside of it */
    size_t most_bytes, bytes;
    uint64_t clock;
    unsigned long hash[PAGES];
    struct kept *kept[PAGES];
};

struct shared *shared_new(size_t most_bytes)
{
    struct arena *mem = arena_new("shared pages");
    struct shared *const shared = arena_make(mem, struct shared);
    shared->mem = mem;
    shared->most_bytes = most_bytes;
    pthread_mutex_init(&shared->lock, NULL);
    return shared;
}

static void let_go(struct kept *kept)
{
    if (atomic_fetch_sub(&kept->holders, 1) == 1) {
        struct arena *mem = kept->mem;
        arena_free(&mem);
    }
}

static void drop(struct shared *shared, size_t i)
{
    shared->bytes -= shared->kept[i]->bytes;
    let_go(shared->kept[i]);
    shared->kept[i] = NULL;
}

void shared_free(struct shared **shared)
{
    if (!*shared)
        return;
    for (size_t i = 0; i < PAGES; i++) {
        if ((*shared)->kept[i])
            drop(*shared, i);
    }
    pthread_mutex_destroy(&(*shared)->lock);
    struct arena *mem = (*shared)->mem;
    *shared = NULL;
    arena_free(&mem);
}

static void add_number(struct buf *key, uint64_t number)
{
    buf_add(key, (struct text){ (const char *)&number, sizeof number });
}

static void add_text(struct buf *key, struct text text)
{
    add_number(key, text.size);
    buf_add(key, text);
}

struct text shared_key(const struct request *r)
{
    struct buf key = { .mem = r->mem };
    const struct day day = day_of(r->now);
    add_number(&key, r->snapshot->version);
    add_number(&key, r->snapshot->made);
    add_number(&key, (uint64_t)(uintptr_t)r->route);
    add_number(&key, (uint64_t)r->lang << 2 | (uint64_t)r->htmx << 1 | r->secure);
    add_number(&key, (uint64_t)(day.year * 10000 + day.month * 100 + day.day));
    add_number(&key, (uint64_t)r->actor.role << 32 | r->actor.permissions);
    add_number(&key, r->actor.place.kind);
    add_text(&key, r->actor.place.name);
    add_number(&key, r->actor.only ? r->actor.only->n : SIZE_MAX);
    for (size_t i = 0; r->actor.only && i < r->actor.only->n; i++)
        add_text(&key, r->actor.only->codes[i]);
    add_text(&key, r->path);
    add_text(&key, r->raw_query);
    return buf_text(&key);
}

static struct text fill(const struct kept *kept, const struct text values[N_MARKS], bool gzip, struct arena *mem)
{
    if (!gzip)
        return marks_fill(kept->page, kept->places, kept->n, values, mem);
    struct text *const between = arena_array(mem, kept->n, struct text);
    for (size_t i = 0; i < kept->n; i++)
        between[i] = values[kept->places[i].kind];
    return gzip_joined(kept->parts, between, kept->n, mem);
}

bool shared_find(struct shared *shared, struct text key, const struct text values[N_MARKS], bool gzip, struct arena *mem,
                 struct text *page_out, bool *gzipped_out)
{
    const unsigned long hash = text_hash(key);
    struct kept *found = NULL;
    pthread_mutex_lock(&shared->lock);
    for (size_t i = 0; i < PAGES; i++) {
        struct kept *const kept = shared->kept[i];
        if (!kept || shared->hash[i] != hash || !text_equal(kept->key, key))
            continue;
        kept->used = ++shared->clock;
        atomic_fetch_add(&kept->holders, 1);
        found = kept;
        break;
    }
    pthread_mutex_unlock(&shared->lock);
    if (!found)
        return false;
    *gzipped_out = gzip && found->parts;
    *page_out = fill(found, values, *gzipped_out, mem);
    let_go(found);
    return true;
}

/* Pressed in parts, each of which knows nothing of the others; NULL where one does not pay. */
static struct gzip_part *press(const struct kept *kept, struct arena *mem)
{
    struct arena *scratch = arena_new("pressing");
    struct gzip_part *const parts = arena_array(mem, kept->n + 1, struct gzip_part);
    bool ok = true;
    for (size_t i = 0; ok && i <= kept->n; i++) {
        const size_t from = i ? kept->places[i - 1].at + MARK_SIZE : 0, to = i < kept->n ? kept->places[i].at : kept->page.size;
        const struct arena_mark mark = arena_mark(scratch);
        ok = gzip_part_made((struct text){ kept->page.at + from, to - from }, scratch, &parts[i]);
        parts[i].pressed = text_copy(mem, parts[i].pressed);
        arena_rewind(scratch, mark);
    }
    arena_free(&scratch);
    return ok ? parts : NULL;
}

static struct kept *copy(uint64_t version, struct text key, struct text page, const struct mark_place *places, size_t n)
{
    struct arena *mem = arena_new("shared page");
    struct kept *const kept = arena_make(mem, struct kept);
    kept->mem = mem;
    kept->version = version;
    kept->key = text_copy(mem, key);
    kept->page = text_copy(mem, page);
    kept->places = n ? arena_copy(mem, places, n * sizeof *places) : NULL;
    kept->n = n;
    kept->parts = press(kept, mem);
    kept->bytes = arena_size(mem);
    atomic_init(&kept->holders, 1);
    return kept;
}

/* An empty place, or that of the page not asked for the longest. */
static size_t make_place(struct shared *shared, size_t bytes)
{
    for (;;) {
        size_t empty = PAGES, oldest = PAGES;
        for (size_t i = 0; i < PAGES; i++) {
            if (!shared->kept[i])
                empty = i;
            else if (oldest == PAGES || shared->kept[i]->used < shared->kept[oldest]->used)
                oldest = i;
        }
        if (empty < PAGES && (shared->bytes + bytes <= shared->most_bytes || oldest == PAGES))
            return empty;
        drop(shared, oldest);
    }
}

void shared_keep(struct shared *shared, uint64_t version, struct text key, struct text page, const struct mark_place *places, size_t n)
{
    struct kept *const kept = copy(version, key, page, places, n);
    if (kept->bytes > shared->most_bytes / 4) {
        let_go(kept);
        return;
    }
    pthread_mutex_lock(&shared->lock);
    for (size_t i = 0; i < PAGES; i++) {
        if (shared->kept[i] && shared->kept[i]->version < version)
            drop(shared, i);
    }
    const size_t i = make_place(shared, kept->bytes);
    kept->used = ++shared->clock;
    shared->hash[i] = text_hash(key);
    shared->kept[i] = kept;
    shared->bytes += kept->bytes;
    pthread_mutex_unlock(&shared->lock);
}

#include "app/session_cache.h"

#include "app/access_inside.h"

#include <pthread.h>

/* Sets of four: a hash has one set, the longest unused gives way. */
enum { SETS = 512, WAYS = 4, NOTE_EVERY = 60, NAME_ROOM = 136, SHOWN_ROOM = 264, PLACE_ROOM = 264 };

struct kept {
    bool full;
    unsigned char hash[SHA256_SIZE];
    struct session_seen seen;           /* its texts point into the three below */
    int64_t noted_at;
    char name[NAME_ROOM], shown[SHOWN_ROOM], place[PLACE_ROOM];
};

struct session_cache {
    pthread_mutex_t lock;
    uint64_t generation;
    struct kept kept[SETS][WAYS];
};

struct session_cache *session_cache_new(struct arena *mem)
{
    struct session_cache *cache = arena_make(mem, struct session_cache);
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

void session_cache_end(struct session_cache *cache)
{
    pthread_mutex_destroy(&cache->lock);
}

uint64_t session_cache_generation(struct session_cache *cache)
{
    pthread_mutex_lock(&cache->lock);
    const uint64_t generation = cache->generation;
    pthread_mutex_unlock(&cache->lock);
    return generation;
}

bool session_alive(const struct session_seen *seen, int64_t now)
{
    return now < seen->made_at + SESSION_LONGEST && now < seen->used_at + SESSION_IDLE && (!seen->valid_until || now < seen->valid_until);
}

/* The hash is of random bits: its first bytes are as good as any. */
static struct kept *set_of(struct session_cache *cache, const unsigned char hash[SHA256_SIZE])
{
    return cache->kept[(hash[0] | hash[1] << 8) % SETS];
}

static struct kept *find(struct kept *set, const unsigned char hash[SHA256_SIZE])
{
    for (size_t w = 0; w < WAYS; w++)
        if (set[w].full && secret_equal((struct text){ (const char *)set[w].hash, SHA256_SIZE }, (struct text){ (const char *)hash, SHA256_SIZE }))
            return &set[w];
    return NULL;
}

bool session_cache_get(struct session_cache *cache, const unsigned char hash[SHA256_SIZE], int64_t now, struct arena *mem,
                       struct session_seen *out, bool *note_out)
{
    *note_out = false;
    pthread_mutex_lock(&cache->lock);
    struct kept *const kept = find(set_of(cache, hash), hash);
    if (kept) {
        if (session_alive(&kept->seen, now) && now > kept->seen.used_at) {
            kept->seen.used_at = now;
            *note_out = now >= kept->noted_at + NOTE_EVERY;
            if (*note_out)
                kept->noted_at = now;
        }
        *out = kept->seen;
        out->actor.name = text_copy(mem, out->actor.name);
        out->actor.shown = text_copy(mem, out->actor.shown);
        out->actor.place.name = text_copy(mem, out->actor.place.name);
    }
    pthread_mutex_unlock(&cache->lock);
    return kept != NULL;
}

static struct text keep_text(char *room, struct text text)
{
    if (text.size)
        memcpy(room, text.at, text.size);
    return (struct text){ room, text.size };
}

void session_cache_put(struct session_cache *cache, uint64_t generation, const unsigned char hash[SHA256_SIZE],
                       const struct session_seen *seen)
{
    if (seen->actor.name.size > NAME_ROOM || seen->actor.shown.size > SHOWN_ROOM || seen->actor.place.name.size > PLACE_ROOM)
        return; /* the database has it */
    pthread_mutex_lock(&cache->lock);
    struct kept *const set = set_of(cache, hash);
    if (generation == cache->generation && !find(set, hash)) {
        struct kept *to = &set[0];
        for (size_t w = 0; w < WAYS && to->full; w++)
            if (!set[w].full || set[w].seen.used_at < to->seen.used_at)
                to = &set[w];
        to->full = true;
        memcpy(to->hash, hash, SHA256_SIZE);
        to->seen = *seen;
        to->noted_at = seen->used_at;
        to->seen.actor.address = TEXT("");
        to->seen.actor.name = keep_text(to->name, seen->actor.name);
        to->seen.actor.shown = keep_text(to->shown, seen->actor.shown);
        to->seen.actor.place.name = keep_text(to->place, seen->actor.place.name);
    }
    pthread_mutex_unlock(&cache->lock);
}

/* Forgets those of an account, of a session; one of the two is 0. */
static void forget(struct session_cache *cache, int64_t account, int64_t session)
{
    pthread_mutex_lock(&cache->lock);
    cache->generation++;
    for (size_t s = 0; s < SETS; s++)
        for (size_t w = 0; w < WAYS; w++) {
            struct kept *const kept = &cache->kept[s][w];
            if (kept->full && (account ? kept->seen.actor.account == account : kept->seen.id == session))
                kept->full = false;
        }
    pthread_mutex_unlock(&cache->lock);
}

void session_cache_forget_account(struct session_cache *cache, int64_t account)
{
    forget(cache, account, 0);
}

void session_cache_forget_session(struct session_cache *cache, int64_t id)
{
    forget(cache, 0, id);
}

void session_cache_forget_token(struct session_cache *cache, const unsigned char hash[SHA256_SIZE])
{
    pthread_mutex_lock(&cache->lock);
    cache->generation++;
    struct kept *const kept = find(set_of(cache, hash), hash);
    if (kept)
        kept->full = false;
    pthread_mutex_unlock(&cache->lock);
}

#include "check.h"

#include "app/session_cache.h"

enum { NOW = 1772337600 };

static struct session_seen seen(int64_t id, int64_t account)
{
    return (struct session_seen){ .id = id, .made_at = NOW, .used_at = NOW,
                                  .actor = { .account = account, .name = TEXT("wangmin"), .shown = TEXT("王敏"),
                                             .place = { PLACE_SCHOOL, TEXT("3141") } } };
}

static void hash_of(int64_t number, unsigned char out[SHA256_SIZE])
{
    secret_sha256((struct text){ (const char *)&number, sizeof number }, out);
}

TEST(session_cache, does_not_keep_what_was_read_before_a_change)
{
    struct arena *mem = arena_new("test");
    struct session_cache *cache = session_cache_new(mem);
    unsigned char hash[SHA256_SIZE];
    struct session_seen got;
    const struct session_seen one = seen(1, 7);
    bool note;
    hash_of(1, hash);
    uint64_t before = session_cache_generation(cache);
    session_cache_forget_account(cache, 7); /* it was changed while it was being read */
    session_cache_put(cache, before, hash, &one);
    CHECK(!session_cache_get(cache, hash, NOW, mem, &got, &note));
    before = session_cache_generation(cache);
    session_cache_forget_session(cache, 1);
    session_cache_put(cache, before, hash, &one);
    CHECK(!session_cache_get(cache, hash, NOW, mem, &got, &note));
    before = session_cache_generation(cache);
    session_cache_forget_token(cache, hash);
    session_cache_put(cache, before, hash, &one);
    CHECK(!session_cache_get(cache, hash, NOW, mem, &got, &note));
    session_cache_put(cache, session_cache_generation(cache), hash, &one);
    CHECK(session_cache_get(cache, hash, NOW, mem, &got, &note));
    CHECK_TEXT(got.actor.shown, "王敏");
    CHECK_TEXT(got.actor.place.name, "3141");
    session_cache_end(cache);
    arena_free(&mem);
}

TEST(session_cache, asks_for_a_note_once_a_minute)
{
    struct arena *mem = arena_new("test");
    struct session_cache *cache = session_cache_new(mem);
    unsigned char hash[SHA256_SIZE];
    struct session_seen got;
    const struct session_seen one = seen(1, 7);
    size_t notes = 0;
    bool note;
    hash_of(1, hash);
    session_cache_put(cache, session_cache_generation(cache), hash, &one);
    for (int64_t at = NOW; at <= NOW + 600; at++) {
        CHECK(session_cache_get(cache, hash, at, mem, &got, &note));
        notes += note;
    }
    CHECK_INT(notes, 10);
    CHECK_INT(got.used_at, NOW + 600);
    /* One that has run out is still known, and not used any more. */
    CHECK(session_cache_get(cache, hash, NOW + 7200, mem, &got, &note));
    CHECK(!session_alive(&got, NOW + 7200) && !note);
    CHECK_INT(got.used_at, NOW + 600);
    session_cache_end(cache);
    arena_free(&mem);
}

/* More sessions than there is room for: some give way, none is taken for another. */
TEST(session_cache, holds_what_it_can)
{
    enum { ALL = 5000 };
    struct arena *mem = arena_new("test");
    struct session_cache *cache = session_cache_new(mem);
    unsigned char hash[SHA256_SIZE];
    struct session_seen got;
    size_t kept = 0;
    bool note;
    for (int64_t i = 1; i <= ALL; i++) {
        const struct session_seen one = seen(i, i % 10);
        hash_of(i, hash);
        session_cache_put(cache, session_cache_generation(cache), hash, &one);
        CHECK(session_cache_get(cache, hash, NOW, mem, &got, &note)); /* the newest is always there */
        CHECK_INT(got.id, i);
    }
    session_cache_forget_account(cache, 3);
    for (int64_t i = 1; i <= ALL; i++) {
        hash_of(i, hash);
        if (session_cache_get(cache, hash, NOW, mem, &got, &note)) {
            CHECK_INT(got.id, i);
            CHECK(got.actor.account != 3);
            kept++;
        }
    }
    CHECK(kept > 1500 && kept <= 2048);
    session_cache_end(cache);
    arena_free(&mem);
}

#include "check.h"

#include "app/password.h"

#include <pthread.h>
#include <stdatomic.h>

TEST(password, is_right_or_wrong_by_its_hash)
{
    char hash[PASSWORD_ENCODED], again[PASSWORD_ENCODED];
    struct err err;
    CHECK_OK(password_hash(TEXT("Correct-horse-7"), hash, &err), err);
    CHECK_OK(password_hash(TEXT("Correct-horse-7"), again, &err), err);
    CHECK(strcmp(hash, again) != 0); /* salted */
    CHECK(text_starts(text_of(hash), TEXT("$argon2id$v=19$m=19456,t=2,p=1$")));
    CHECK(password_right(text_of(hash), TEXT("Correct-horse-7")));
    CHECK(!password_right(text_of(hash), TEXT("correct-horse-7")));
    CHECK(!password_right(text_of(hash), TEXT("")));
    CHECK(!password_right(TEXT(""), TEXT("Correct-horse-7")));
    CHECK(!password_right(TEXT("$argon2id$v=19$broken"), TEXT("Correct-horse-7")));
    CHECK(!password_outdated(text_of(hash)));
    CHECK_OK(password_hash_with(TEXT("Correct-horse-7"), 1024, 2, hash, &err), err);
    CHECK(password_right(text_of(hash), TEXT("Correct-horse-7")));
    CHECK(password_outdated(text_of(hash)));
    CHECK_OK(password_hash_with(TEXT("x"), 19 * 1024, 1, hash, &err), err);
    CHECK(password_outdated(text_of(hash)));
}

static uint64_t work_of(struct text encoded)
{
    const uint64_t before = password_worked();
    CHECK(!password_right(encoded, TEXT("some password")));
    return password_worked() - before;
}

/* A hash of nobody's is computed where there is no account.  Counted, not timed: a busy machine does not matter. */
TEST(password, costs_the_same_when_there_is_no_account)
{
    char hash[PASSWORD_ENCODED];
    struct err err;
    CHECK_OK(password_hash(TEXT("Correct-horse-7"), hash, &err), err);
    CHECK_INT(work_of(text_of(hash)), 19 * 1024 * 2);
    CHECK_INT(work_of(TEXT("")), 19 * 1024 * 2);
    CHECK_INT(work_of(TEXT("$argon2id$v=19$broken")), 0);   /* what is counted is what was hashed */
}

TEST(password, is_long_and_mixed_and_not_the_name)
{
    static const struct { const char *password; bool good; } CASES[] = {
        { "Horse-77", false },               /* 8 characters */
        { "horsestable", false },            /* one kind */
        { "horse12345", false },             /* two kinds */
        { "Horse12345", true },
        { "horse-12345", true },
        { "correcthorsebatterystaple", true }, /* long: of any kind */
        { "aaaaaaaaaaaaaaaaaaaa", false },
        { "Aa1Aa1Aa1Aa1", false },
        { "Wangmin-2026", true },
        { "wangmin-2026A", false },          /* the name */
        { "柳林镇的学校都达标了吗还差几所", false }, /* 15 characters of one kind */
        { "柳林镇的学校都达标了吗还差几所呢", true },
        { "Horse\t12345", false },
        { "Horse\xff" "12345", false },
        { "", false },
    };
    struct err err;
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (password_good(text_of(CASES[i].password), TEXT("wangmin"), &err) != CASES[i].good)
            fail_msg("“%s”: %s", CASES[i].password, CASES[i].good ? err.what : "taken");
    char longest[PASSWORD_MOST + 2];
    for (size_t i = 0; i < sizeof longest; i++)
        longest[i] = (char)('a' + i % 26);
    CHECK(password_good((struct text){ longest, PASSWORD_MOST }, TEXT(""), &err));
    CHECK(!password_good((struct text){ longest, PASSWORD_MOST + 1 }, TEXT(""), &err));
}

TEST(password, that_is_made_for_somebody_is_never_the_same)
{
    char a[PASSWORD_MADE + 1], b[PASSWORD_MADE + 1];
    password_make(a);
    password_make(b);
    CHECK(strcmp(a, b) != 0);
    CHECK_INT(strlen(a), PASSWORD_MADE);
    for (size_t i = 0; i < PASSWORD_MADE; i++)
        CHECK(strchr("abcdefghjkmnpqrstuvwxyz23456789-", a[i]) != NULL);
}

/* ---- the gate ------------------------------------------------------------------------------ */

struct crowd { struct password_gate *gate; atomic_int inside, most_inside, done, refused; atomic_bool open; };

static void *go_through(void *context)
{
    struct crowd *const c = context;
    struct err err;
    if (!password_enter(c->gate, &err)) {
        atomic_fetch_add(&c->refused, err.kind == ERR_LIMIT);
        return NULL;
    }
    const int inside = atomic_fetch_add(&c->inside, 1) + 1;
    for (int most = atomic_load(&c->most_inside); inside > most && !atomic_compare_exchange_weak(&c->most_inside, &most, inside);)
        continue;
    while (!atomic_load(&c->open))
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    atomic_fetch_sub(&c->inside, 1);
    password_leave(c->gate);
    atomic_fetch_add(&c->done, 1);
    return NULL;
}

TEST(password_gate, lets_two_in_makes_32_wait_and_refuses_the_rest)
{
    enum { AT_ONCE = 2, ALL = AT_ONCE + PASSWORD_QUEUE + 7 };
    struct arena *mem = arena_new("test");
    struct crowd crowd = { .gate = password_gate_new(mem, AT_ONCE) };
    pthread_t threads[ALL];
    for (int i = 0; i < ALL; i++)
        CHECK_INT(pthread_create(&threads[i], NULL, go_through, &crowd), 0);
    for (int i = 0; i < 5000 && atomic_load(&crowd.refused) < 7; i++)
        nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
    CHECK_INT(atomic_load(&crowd.refused), 7);
    CHECK_INT(atomic_load(&crowd.done), 0);
    atomic_store(&crowd.open, true);
    for (int i = 0; i < ALL; i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(atomic_load(&crowd.done), AT_ONCE + PASSWORD_QUEUE);
    CHECK_INT(atomic_load(&crowd.most_inside), AT_ONCE);
    password_gate_end(crowd.gate);
    arena_free(&mem);
}

TEST(password, made_ones_are_always_good)
{
    char made[PASSWORD_MADE + 1];
    struct err err;
    for (int i = 0; i < 3000; i++) {
        password_make(made);
        CHECK(password_good(text_of(made), TEXT("demo"), &err));
    }
}

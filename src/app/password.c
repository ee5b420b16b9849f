#include "app/password.h"

#include "base/number.h"
#include "base/secret.h"
#include "base/unicode.h"

#include <argon2.h>
#include <pthread.h>

enum { MEMORY_KIB = 19 * 1024, PASSES = 2, LANES = 1, SALT = 16, HASH = 32 };

static _Thread_local uint64_t worked;

uint64_t password_worked(void)
{
    return worked;
}

/* ---- the gate ----------------------------------------------------------------------------- */

struct password_gate {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    unsigned at_once, working, waiting;
};

struct password_gate *password_gate_new(struct arena *mem, unsigned at_once)
{
    struct password_gate *gate = arena_make(mem, struct password_gate);
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->freed, NULL);
    gate->at_once = at_once ? at_once : 1;
    return gate;
}

void password_gate_end(struct password_gate *gate)
{
    pthread_cond_destroy(&gate->freed);
    pthread_mutex_destroy(&gate->lock);
}

bool password_enter(struct password_gate *gate, struct err *err)
{
    bool in = true;
    pthread_mutex_lock(&gate->lock);
    if (gate->working < gate->at_once) {
        gate->working++;
    } else if (gate->waiting < PASSWORD_QUEUE) {
        gate->waiting++;
        while (gate->working >= gate->at_once)
            pthread_cond_wait(&gate->freed, &gate->lock);
        gate->waiting--;
        gate->working++;
    } else {
        in = false;
    }
    pthread_mutex_unlock(&gate->lock);
    if (in)
        return true;
    err_set(err, ERR_LIMIT, "同时登录的人太多了。");
    return err_hint(err, "请过几秒再试一次。");
}

void password_leave(struct password_gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->working--;
    pthread_cond_signal(&gate->freed);
    pthread_mutex_unlock(&gate->lock);
}

/* ---- hashing ------------------------------------------------------------------------------ */

bool password_hash_with(struct text password, uint32_t memory_kib, uint32_t passes, char out[PASSWORD_ENCODED], struct err *err)
{
    unsigned char salt[SALT];
    secret_random(salt, sizeof salt);
    const int code = argon2id_hash_encoded(passes, memory_kib, LANES, password.at, password.size, salt, sizeof salt, HASH, out,
                                           PASSWORD_ENCODED);
    if (code == ARGON2_OK) {
        worked += (uint64_t)memory_kib * passes;
        return true;
    }
    err_set(err, ERR_OUTSIDE, "密码没有处理成：内存不够。");
    err_hint(err, "请过一会儿再试；仍然不行，请管理员看看服务器的内存。");
    return err_detail(err, "argon2: %s", argon2_error_message(code));
}

bool password_hash(struct text password, char out[PASSWORD_ENCODED], struct err *err)
{
    return password_hash_with(password, MEMORY_KIB, PASSES, out, err);
}

/* The number behind "m=" or "t=" in $argon2id$v=19$m=19456,t=2,p=1$… */
static double parameter(struct text encoded, struct text name)
{
    size_t at;
    if (!text_find(encoded, name, &at))
        return 0.0;
    double number = 0.0;
    for (at += name.size; at < encoded.size && encoded.at[at] >= '0' && encoded.at[at] <= '9'; at++)
        number = number * 10.0 + (encoded.at[at] - '0');
    return number;
}

/* Hashed like everybody's; no password gives these bytes on purpose. */
static const char NOBODY[] = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdC4uLg$"
                             "bm9ib2R5IGhhcyB0aGlzIHBhc3N3b3JkLCBldmVyLi4";

bool password_right(struct text encoded, struct text password)
{
    struct arena *mem = arena_new("password");
    const char *against = encoded.size ? text_string(mem, encoded) : NOBODY;
    const int code = argon2id_verify(against, password.at, password.size);
    if (code == ARGON2_OK || code == ARGON2_VERIFY_MISMATCH)   /* else it was no hash, and none was computed */
        worked += (uint64_t)(parameter(text_of(against), TEXT("m=")) * parameter(text_of(against), TEXT("t=")));
    arena_free(&mem);
    return code == ARGON2_OK && encoded.size != 0;
}

bool password_outdated(struct text encoded)
{
    return parameter(encoded, TEXT("$m=")) < MEMORY_KIB || parameter(encoded, TEXT(",t=")) < PASSES;
}

/* ---- what may be one ---------------------------------------------------------------------- */

bool password_good(struct text password, struct text name, struct err *err)
{
    enum { LONG = 16, KINDS = 3 };
    bool small = false, capital = false, digit = false, other = false;
    size_t n = 0, different = 0;
    uint32_t seen[PASSWORD_MOST];
    if (!utf8_valid(password) || password.size > 4 * PASSWORD_MOST)
        return err_set(err, ERR_INPUT, "密码太长，或者里面有读不懂的字节。");
    for (struct text rest = password; rest.size && n < PASSWORD_MOST; n++) {
        const uint32_t c = utf8_next(&rest);
        if (c < 0x20 || c == 0x7f)
            return err_set(err, ERR_INPUT, "密码里不能有换行、制表这类看不见的字符。");
        small |= c >= 'a' && c <= 'z';
        capital |= c >= 'A' && c <= 'Z';
        digit |= c >= '0' && c <= '9';
        other |= !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
        size_t k = 0;
        while (k < different && seen[k] != c)
            k++;
        if (k == different)
            seen[different++] = c;
    }
    if (utf8_length(password) > PASSWORD_MOST)
        return err_set(err, ERR_INPUT, "密码最多 %d 个字符。", PASSWORD_MOST);
    const char *const advice = "好记又够强的办法：把几个不相干的词连起来，例如四个词、中间加数字。";
    if (n < PASSWORD_LEAST)
        err_set(err, ERR_INPUT, "密码至少要 %d 个字符，这个只有 %zu 个。", PASSWORD_LEAST, n);
    else if (n < LONG && small + capital + digit + other < KINDS)
        err_set(err, ERR_INPUT, "密码要有小写字母、大写字母、数字、其他字符中的三种；或者长到 %d 个字符以上。", LONG);
    else if (different < 5)
        err_set(err, ERR_INPUT, "密码里不同的字符太少。");
    else if (name.size && text_find(password, name, NULL))
        err_set(err, ERR_INPUT, "密码里不能有登录名。");
    else
        return true;
    return err_hint(err, "%s", advice);
}

void password_make(char out[PASSWORD_MADE + 1])
{
    static const char LETTERS[] = "abcdefghjkmnpqrstuvwxyz23456789";
    struct err ignored;
    out[PASSWORD_MADE] = 0;
    do { /* one in a hundred has no digit, or no letter */
        for (size_t i = 0; i < PASSWORD_MADE; i++)
            out[i] = i == 4 || i == 9 ? '-' : LETTERS[secret_random_below(sizeof LETTERS - 1)];
    } while (!password_good((struct text){ out, PASSWORD_MADE }, (struct text){ 0 }, &ignored));
}

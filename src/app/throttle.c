#include "app/throttle.h"

#include <arpa/inet.h>

struct text throttle_network(struct text address, struct arena *mem)
{
    struct in_addr four;
    struct in6_addr six;
    const char *const said = text_string(mem, address);
    if (inet_pton(AF_INET6, said, &six) == 1) {
        const unsigned char *const b = six.s6_addr;
        if (IN6_IS_ADDR_V4MAPPED(&six))
            return text_printf(mem, "%u.%u.%u", b[12], b[13], b[14]);
        return text_printf(mem, "%02x%02x:%02x%02x:%02x%02x:%02x%02x", b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]);
    }
    if (inet_pton(AF_INET, said, &four) == 1) {
        const uint32_t host = ntohl(four.s_addr);
        return text_printf(mem, "%u.%u.%u", host >> 24, host >> 16 & 0xff, host >> 8 & 0xff);
    }
    return text_copy(mem, address); /* a Unix socket, a proxy's word */
}

static bool refuse(const struct try_count *count, int64_t now, struct err *err)
{
    const int64_t wait = count->oldest + THROTTLE_SECONDS - now, minutes = wait > 60 ? (wait + 59) / 60 : 1;
    err_set(err, ERR_DENIED, "登录尝试太多，现在不能再试。");
    return err_hint(err, "请在 %lld 分钟后再试。忘了密码，请系统管理员重置。", (long long)minutes);
}

bool throttle_take(struct db_session *session, const struct try_key *key, int64_t now, bool *last_out, struct err *err)
{
    const int64_t since = now - THROTTLE_SECONDS;
    struct try_count own, strangers;
    if (!store_try_forget_old(session, since, err) || !store_tries(session, key, since, &own, &strangers, err))
        return false;
    if (own.n >= TRIES_OF_ITS_OWN)
        return refuse(&own, now, err);
    if (strangers.n >= TRIES_OF_STRANGERS)
        return refuse(&strangers, now, err);
    *last_out = own.n + 1 == TRIES_OF_ITS_OWN || strangers.n + 1 == TRIES_OF_STRANGERS;
    return store_try_add(session, key, now, err);
}

struct tidying { int64_t since, forgotten; };

static bool forget(void *context, struct db_session *session, struct err *err)
{
    struct tidying *const t = context;
    if (!store_try_forget_old(session, t->since, err))
        return false;
    t->forgotten = db_changed(session);
    return true;
}

bool throttle_tidy(struct house *house, int64_t now, struct arena *mem, struct text *done_out, struct err *err)
{
    struct tidying t = { .since = now - THROTTLE_SECONDS };
    struct db_session *session;
    bool any;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_try_any_old(session, t.since, &any, err);
    db_read_end(&session);
    if (!ok || !any)   /* most minutes: no write for nothing */
        return ok;
    if (!house_write(house, forget, &t, err))
        return false;
    *done_out = text_printf(mem, "忘掉 %lld 次过时的登录尝试", (long long)t.forgotten);
    return true;
}

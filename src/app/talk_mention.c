#include "app/talk_mention.h"

#include "app/access_inside.h"
#include "app/confine.h"
#include "app/notice.h"
#include "store/grant_store.h"

/* How many bytes of the text one's name takes; 0: it does not begin with it. */
static size_t named(struct text rest, const struct account_record *account)
{
    const size_t shown = account->shown.size && text_starts(rest, account->shown) ? account->shown.size : 0;
    const size_t name = account->name.size && text_starts(rest, account->name) ? account->name.size : 0;
    return shown > name ? shown : name;
}

static bool sees_as(const struct talk_mention *m, const struct account_record *account, struct arena *mem)
{
    struct actor actor = actor_of_account(account, CHANNEL_WEB, TEXT(""));
    struct talk_about about;
    struct err ignored;
    actor.must_change = false;   /* he may read it once he has a password of his own */
    if (m->snapshot && !app_confine(m->house, m->snapshot, m->now, mem, &actor, &ignored))
        return false;
    return (actor.permissions & MAY_SEE) && app_talk_look(m->house, m->session, m->snapshot, &actor, m->on, mem, &about, &ignored);
}

/* In his own role, or in one of those granted beside it. */
static bool sees(const struct talk_mention *m, const struct account_record *account, struct arena *mem, bool *out, struct err *err)
{
    struct grant_record *grants;
    size_t n;
    *out = sees_as(m, account, mem);
    if (*out)
        return true;
    if (!store_grants(m->session, account->id, mem, &grants, &n, err))
        return false;
    for (size_t i = 0; i < n && !*out; i++) {
        struct account_record as = *account;
        as.role = grants[i].role;
        as.place = grants[i].place;
        as.valid_until = grants[i].valid_until;
        *out = !account_over(&as, m->now) && sees_as(m, &as, mem);
    }
    return true;
}

static bool tell(const struct talk_mention *m, const struct account_record *account, struct arena *mem, struct err *err)
{
    const struct notice notice = {
        .to = account->id, .kind = "mention", .by = actor_stamp(m->by, m->now), .link = m->about->link, .text = m->said,
        .title = text_printf(mem, "%.*s在“%.*s”里提到您", TEXT_ARG(m->by->shown), TEXT_ARG(m->about->title)),
    };
    return app_notice_put(m->session, house_county(m->house), &notice, m->now, err);
}

/* All of the longest name that stands there. */
static bool tell_named(const struct talk_mention *m, struct text rest, const struct account_record *accounts, size_t n, bool *told,
                       struct arena *mem, struct err *err)
{
    size_t longest = 0, seen = 0;
    for (size_t i = 0; i < n; i++)
        if (!account_over(&accounts[i], m->now) && named(rest, &accounts[i]) > longest)
            longest = named(rest, &accounts[i]);
    for (size_t i = 0; i < n && longest; i++) {
        bool may = false;
        if (account_over(&accounts[i], m->now) || named(rest, &accounts[i]) != longest)
            continue;
        if (!sees(m, &accounts[i], mem, &may, err))
            return false;
        seen += may;
        if (may && !told[i] && accounts[i].id != m->by->account && !tell(m, &accounts[i], mem, err))
            return false;
        told[i] = told[i] || may;
    }
    if (!longest || seen)
        return true;
    err_set(err, ERR_INPUT, "%.*s的账号看不到这件事，不能提到他。", (int)longest, rest.at);
    return err_hint(err, "请去掉 @，或者先把他的单位列为责任单位或协办单位。");
}

bool talk_mention(const struct talk_mention *m, struct arena *mem, struct err *err)
{
    struct account_record *accounts = NULL;
    size_t n = 0;
    bool *told = NULL;
    for (size_t i = 0; i < m->said.size; i++) {
        if (m->said.at[i] != '@')
            continue;
        if (!accounts && !store_accounts(m->session, mem, &accounts, &n, err))
            return false;
        told = told ? told : arena_array(mem, n + 1, bool);
        if (!tell_named(m, (struct text){ m->said.at + i + 1, m->said.size - i - 1 }, accounts, n, told, mem, err))
            return false;
    }
    return true;
}

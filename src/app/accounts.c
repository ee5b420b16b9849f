#include "app/accounts.h"

#include "app/access_inside.h"
#include "app/accounts_inside.h"
#include "app/audit.h"
#include "app/place_names.h"
#include "base/day.h"
#include "base/unicode.h"
#include "store/grant_store.h"
#include "store/token_store.h"

#include <assert.h>

enum { NAME_LEAST = 2, NAME_MOST = 32, SHOWN_MOST = 30 };

int64_t grant_end_of_school_year(int year)
{
    return day_begins((struct day){ year + 1, 9, 1 });
}

bool grant_end_of_day(struct text said, int64_t *out, struct err *err)
{
    struct day day;
    if (!day_read(text_trim(said), &day)) {
        err_set(err, ERR_INPUT, "读不懂日期“%.*s”。", TEXT_ARG(said));
        return err_hint(err, "日期写作 2026-08-31。");
    }
    *out = day_begins(day) + 86400;
    return true;
}

/* ---- what can be wished -------------------------------------------------------------------- */

static bool name_right(struct text name, struct err *err)
{
    size_t n = 0;
    bool right = utf8_valid(name);
    for (struct text rest = name; right && rest.size; n++) {
        const uint32_t c = utf8_next(&rest);
        right = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (n && (c == '.' || c == '_' || c == '-')) || (c >= 0x4e00 && c <= 0x9fff);
    }
    if (right && n >= NAME_LEAST && n <= NAME_MOST)
        return true;
    err_set(err, ERR_INPUT, "登录名“%.*s”不合适。", TEXT_ARG(name));
    return err_hint(err, "登录名是 %d 到 %d 个字母、数字、汉字，中间可以有 . _ -，不分大小写。", NAME_LEAST, NAME_MOST);
}

static bool shown_right(struct text shown, struct err *err)
{
    for (struct text rest = shown; rest.size;)
        if (utf8_next(&rest) < 0x20)
            return err_set(err, ERR_INPUT, "姓名里不能有换行、制表这类字符。");
    return (shown.size && utf8_valid(shown) && utf8_length(shown) <= SHOWN_MOST) ||
           err_set(err, ERR_INPUT, "请写 1 到 %d 个字的姓名，页面和记录上这样称呼。", SHOWN_MOST);
}

static bool role_and_place_right(const struct account_wish *wish, int64_t now, struct err *err)
{
    const struct role_info *const role = role_info(wish->role);
    static const char *const kinds[] = { [PLACE_SCHOOL] = "一所学校", [PLACE_DISTRICT] = "一个学区", [PLACE_TOWNSHIP] = "一个乡镇",
                                         [PLACE_DEPARTMENT] = "一个部门", [PLACE_COUNTY] = "全县" };
    if (wish->role == ROLE_NONE) {
        err_set(err, ERR_INPUT, "没有说是哪种角色。");
        return err_hint(err, "junheng roles 列出全部角色。");
    }
    if (wish->place.kind > role->widest) {
        err_set(err, ERR_INPUT, "%s的范围最大是%s，不能是%s。", role->zh, kinds[role->widest], kinds[wish->place.kind]);
        return err_hint(err, role->widest == PLACE_SCHOOL ? "请给出学校代码。" : role->widest == PLACE_DISTRICT ? "请给出学区代码。" : "请给出乡镇名。");
    }
    if (role_is_administrator(wish->role) && wish->place.kind != PLACE_COUNTY)
        return err_set(err, ERR_INPUT, "%s管的是整个系统，不能只给一个乡镇或学校。", role->zh);
    if ((wish->place.kind == PLACE_COUNTY) != (wish->place.name.size == 0))
        return err_set(err, ERR_INPUT, "没有说是哪个乡镇、哪所学校。");
    if (wish->role == ROLE_assessor && !wish->valid_until) {
        err_set(err, ERR_INPUT, "评估人员的账号要有到期的日子。");
        return err_hint(err, "请给出最后一天，例如 2026-06-30。");
    }
    if (wish->valid_until && wish->valid_until <= now)
        return err_set(err, ERR_INPUT, "到期的日子已经过去。");
    return true;
}

/* A wrong code would make an account that sees nothing. */
static bool place_right(struct house *house, struct place *place, int64_t now, struct arena *mem, struct err *err)
{
    const struct snapshot *s;
    struct place_names names;
    struct place found;
    if (place->kind == PLACE_COUNTY)
        return true;
    if (!house_snapshot(house, &s, err))
        return false;
    place_names_of(s, now, mem, &names);
    const bool nothing_known = (place->kind == PLACE_SCHOOL || place->kind == PLACE_TOWNSHIP) && !names.standing[place->kind].n;
    bool ok = nothing_known || place_find(&names, *place);
    if (!ok && (ok = place_said(&names, text_printf(mem, "%.*s:%.*s", TEXT_ARG(place_word(place->kind)), TEXT_ARG(place->name)), &found, err)))
        *place = (struct place){ found.kind, text_copy(mem, found.name) };
    snapshot_release(&s);
    return ok;
}

static bool not_for_the_web(const struct actor *actor, enum role role, struct err *err)
{
    if (actor->channel == CHANNEL_CONSOLE || !role_is_administrator(role))
        return true;
    err_set(err, ERR_DENIED, "%s的账号不能在网页上管理：三个管理员互不相管。", role_info(role)->zh);
    return err_hint(err, "请在服务器上用 junheng user 命令。");
}

bool account_grant_right(struct house *house, const struct actor *actor, struct account_wish *wish, int64_t now, struct arena *mem, struct err *err)
{
    return role_and_place_right(wish, now, err) && not_for_the_web(actor, wish->role, err) && place_right(house, &wish->place, now, mem, err);
}

bool account_names_right(struct text name, struct text shown, struct err *err)
{
    return name_right(name, err) && shown_right(text_trim(shown), err);
}

/* ---- acting on one ------------------------------------------------------------------------- */

struct acting {
    struct house *house;
    const struct actor *actor;
    struct arena *mem;
    struct text name;
    const struct account_wish *wish;
    const char *password;             /* hashed */
    int64_t now;
    struct account_record account;    /* found */
    struct account_ended *ended;
};

bool account_of_another(struct db_session *session, const struct actor *actor, struct text name, struct arena *mem,
                        struct account_record *out, struct err *err)
{
    bool found;
    if (!store_account_by_name(session, name, mem, out, &found, err))
        return false;
    if (!found) {
        err_set(err, ERR_ABSENT, "没有登录名是“%.*s”的账号。", TEXT_ARG(name));
        return err_hint(err, "junheng user list 列出全部账号。");
    }
    if (out->id == actor->account) {
        err_set(err, ERR_DENIED, "不能改自己的账号。");
        return err_hint(err, "改自己的密码在“修改密码”页；角色、范围要别人来改。");
    }
    return not_for_the_web(actor, role_by_id(out->role), err);
}

static bool find(struct db_session *session, struct acting *a, struct err *err)
{
    return account_of_another(session, a->actor, a->name, a->mem, &a->account, err);
}

static bool end_all(struct db_session *session, struct acting *a, bool tokens, struct err *err)
{
    return store_session_end_account(session, a->account.id, &a->ended->sessions, err) &&
           (!tokens || store_token_revoke_account(session, a->account.id, a->now, &a->ended->tokens, err));
}

struct text account_grant_said(enum role role, struct place place, int64_t valid_until, struct arena *mem)
{
    return text_printf(mem, "role=%s place=%.*s%s%.*s until=%.*s", role_info(role)->id, TEXT_ARG(place_word(place.kind)),
                       place.name.size ? ":" : "", TEXT_ARG(place.name),
                       TEXT_ARG(valid_until ? day_shown(valid_until - 1, mem) : TEXT("never")));
}

static bool write_add(void *context, struct db_session *session, struct err *err)
{
    struct acting *const a = context;
    const struct account_wish *const w = a->wish;
    const struct account_record record = {
        .name = a->name, .shown = text_trim(w->shown), .role = text_of(role_info(w->role)->id),
        .place = { place_word(w->place.kind), w->place.name }, .valid_until = w->valid_until, .password = text_of(a->password),
    };
    return store_account_add(session, &record, a->now, err) &&
           audit_write(session, a->actor, "account.add", a->name, account_grant_said(w->role, w->place, w->valid_until, a->mem), a->now, err);
}

static bool write_disable(void *context, struct db_session *session, struct err *err)
{
    struct acting *const a = context;
    if (!find(session, a, err))
        return false;
    if (a->account.disabled_at)
        return true;
    return store_account_disable(session, a->account.id, a->now, err) && end_all(session, a, true, err) &&
           audit_write(session, a->actor, "account.disable", a->name,
                       text_printf(a->mem, "sessions_ended=%zu tokens_revoked=%zu", a->ended->sessions, a->ended->tokens), a->now, err);
}

static bool write_enable(void *context, struct db_session *session, struct err *err)
{
    struct acting *const a = context;
    if (!find(session, a, err))
        return false;
    return !a->account.disabled_at || (store_account_disable(session, a->account.id, 0, err) &&
                                       audit_write(session, a->actor, "account.enable", a->name, TEXT(""), a->now, err));
}

static bool write_reset(void *context, struct db_session *session, struct err *err)
{
    struct acting *const a = context;
    return find(session, a, err) && store_account_password(session, a->account.id, text_of(a->password), true, a->now, err) &&
           store_invitation_end(session, a->account.id, err) && store_device_forget(session, a->account.id, err) && end_all(session, a, false, err) &&
           audit_write(session, a->actor, "account.reset", a->name, text_printf(a->mem, "sessions_ended=%zu", a->ended->sessions), a->now,
                       err);
}

static bool write_grant(void *context, struct db_session *session, struct err *err)
{
    struct acting *const a = context;
    const struct account_wish *const w = a->wish;
    struct place was = { PLACE_SCHOOL, TEXT("") };
    if (!find(session, a, err))
        return false;
    if (!place_of_words(a->account.place.kind, a->account.place.name, &was))
        was.name = a->account.place.name;
    struct grant_record *others;
    size_t n_others;
    if (!store_grants(session, a->account.id, a->mem, &others, &n_others, err))
        return false;
    for (size_t i = 0; i < n_others && role_is_administrator(w->role); i++)
        if (a->now < others[i].valid_until) {
            err_set(err, ERR_DENIED, "这个账号还有别的角色；管理员不看内容，不能兼任。");
            return err_hint(err, "请先收回它的其他角色，或者另建一个账号。");
        }
    return store_account_grant(session, a->account.id, text_of(role_info(w->role)->id),
                               (struct place_words){ place_word(w->place.kind), w->place.name }, w->valid_until, err) &&
           end_all(session, a, true, err) &&
           audit_write(session, a->actor, "account.grant", a->name,
                       text_printf(a->mem, "%.*s was: %.*s", TEXT_ARG(account_grant_said(w->role, w->place, w->valid_until, a->mem)),
                                   TEXT_ARG(account_grant_said(role_by_id(a->account.role), was, a->account.valid_until, a->mem))),
                       a->now, err);
}

void account_sessions_forget(struct house *house, int64_t account)
{
    if (account)
        session_cache_forget_account(house_access(house)->sessions, account);
}

static bool act(struct acting *a, db_work *work, struct err *err)
{
    assert(!db_is_writer(house_db(a->house)));
    const bool ok = db_write(house_db(a->house), work, a, err);
    account_sessions_forget(a->house, a->account.id);
    return ok;
}

static bool hash_new(struct house *house, char made[PASSWORD_MADE + 1], char hashed[PASSWORD_ENCODED], struct err *err)
{
    struct password_gate *const gate = house_access(house)->gate;
    password_make(made);
    if (!password_enter(gate, err))
        return false;
    const bool ok = password_hash(text_of(made), hashed, err);
    password_leave(gate);
    return ok;
}

/* ---- the acts ------------------------------------------------------------------------------ */

bool app_account_add(struct house *house, const struct actor *actor, const struct account_wish *wish, int64_t now, struct arena *mem,
                     char password_out[PASSWORD_MADE + 1], struct err *err)
{
    char hashed[PASSWORD_ENCODED];
    struct account_wish placed = *wish;
    struct acting a = { .house = house, .actor = actor, .mem = mem, .name = account_name(wish->name, mem), .wish = &placed, .now = now,
                        .password = hashed };
    return actor_may(actor, MAY_ACCOUNTS, err) && account_names_right(a.name, wish->shown, err) &&
           account_grant_right(house, actor, &placed, now, mem, err) && hash_new(house, password_out, hashed, err) && act(&a, write_add, err);
}

bool app_accounts(struct house *house, const struct actor *actor, struct arena *mem, struct account_view **out, size_t *n_out,
                  struct err *err)
{
    struct db_session *session = NULL;
    struct account_record *records;
    if (!actor_may(actor, MAY_ACCOUNTS, err))
        return false;
    const bool ok = db_read_begin(house_db(house), &session, err) && store_accounts(session, mem, &records, n_out, err);
    db_read_end(&session);
    if (!ok)
        return false;
    *out = arena_array(mem, *n_out, struct account_view);
    for (size_t i = 0; i < *n_out; i++) {
        const struct account_record *const r = &records[i];
        const struct actor as = actor_of_account(r, CHANNEL_WEB, TEXT(""));
        (*out)[i] = (struct account_view){ .id = r->id, .name = r->name, .shown = r->shown, .role = as.role, .place = as.place,
                                           .valid_until = r->valid_until, .disabled_at = r->disabled_at, .made_at = r->made_at,
                                           .password_at = r->password_at, .must_change = r->must_change };
    }
    return true;
}

static struct acting acting_on(struct house *house, const struct actor *actor, struct text name, int64_t now, struct arena *mem,
                               struct account_ended *ended)
{
    *ended = (struct account_ended){ 0 };
    return (struct acting){ .house = house, .actor = actor, .mem = mem, .name = account_name(name, mem), .now = now, .ended = ended };
}

bool app_account_disable(struct house *house, const struct actor *actor, struct text name, int64_t now, struct account_ended *out,
                         struct err *err)
{
    struct arena *mem = arena_new("account");
    struct acting a = acting_on(house, actor, name, now, mem, out);
    const bool ok = actor_may(actor, MAY_ACCOUNTS, err) && act(&a, write_disable, err);
    arena_free(&mem);
    return ok;
}

bool app_account_enable(struct house *house, const struct actor *actor, struct text name, int64_t now, struct err *err)
{
    struct arena *mem = arena_new("account");
    struct account_ended none;
    struct acting a = acting_on(house, actor, name, now, mem, &none);
    const bool ok = actor_may(actor, MAY_ACCOUNTS, err) && act(&a, write_enable, err);
    arena_free(&mem);
    return ok;
}

bool app_account_reset(struct house *house, const struct actor *actor, struct text name, int64_t now, struct arena *mem,
                       char password_out[PASSWORD_MADE + 1], struct account_ended *out, struct err *err)
{
    char hashed[PASSWORD_ENCODED];
    struct acting a = acting_on(house, actor, name, now, mem, out);
    a.password = hashed;
    return actor_may(actor, MAY_ACCOUNTS, err) && hash_new(house, password_out, hashed, err) && act(&a, write_reset, err);
}

bool app_account_grant(struct house *house, const struct actor *actor, const struct account_wish *wish, int64_t now,
                       struct account_ended *out, struct err *err)
{
    struct arena *mem = arena_new("account");
    struct acting a = acting_on(house, actor, wish->name, now, mem, out);
    struct account_wish placed = *wish;
    a.wish = &placed;
    const bool ok = actor_may(actor, MAY_ACCOUNTS, err) && account_grant_right(house, actor, &placed, now, mem, err) && act(&a, write_grant, err);
    arena_free(&mem);
    return ok;
}

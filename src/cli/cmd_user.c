#include "app/accounts.h"
#include "app/grants.h"
#include "app/invitation.h"
#include "app/lockout.h"
#include "app/totp.h"
#include "base/day.h"
#include "cli/doing.h"
#include "cli/listing.h"

#include <time.h>

struct user_options {
    const char *shown, *role, *until;
    struct place_options place;
    double school_year;
};

static bool wish_of(const struct user_options *o, const char *name, struct account_wish *out, struct err *err)
{
    *out = (struct account_wish){ .name = text_of(name), .shown = text_of(o->shown ? o->shown : ""), .place = { PLACE_COUNTY, TEXT("") } };
    if (!o->role) {
        err_set(err, ERR_USAGE, "没有说是哪种角色。");
        return err_hint(err, "请用 --role 给出，例如 --role office；junheng roles 列出全部角色。");
    }
    out->role = role_by_id(text_of(o->role));
    if (out->role == ROLE_NONE) {
        err_set(err, ERR_USAGE, "没有“%s”这种角色。", o->role);
        return err_hint(err, "junheng roles 列出全部角色。");
    }
    if (!place_of_options(&o->place, &out->place, err))
        return false;
    if (o->until && !is_blank(o->school_year))
        return err_set(err, ERR_USAGE, "--until 和 --school-year 只能给一个。");
    if (!is_blank(o->school_year)) {
        if (o->school_year < 2000 || o->school_year > 2200)
            return err_set(err, ERR_USAGE, "--school-year 读到 %.0f，应为四位学年；2025 指 2025—2026 学年。", o->school_year);
        out->valid_until = grant_end_of_school_year((int)o->school_year);
    }
    return !o->until || grant_end_of_day(text_of(o->until), &out->valid_until, err);
}

static void say_password(struct command_context *run, const char *password)
{
    out_printf(run->out, "初始密码：%s\n", password);
    out_string(run->notes, "这个密码只说这一次。请当面或电话告诉本人；第一次登录时必须改掉。\n");
}

static void say_ended(struct command_context *run, const struct account_ended *ended)
{
    if (ended->sessions || ended->tokens)
        out_printf(run->out, "结束了 %zu 个登录，作废了 %zu 个 API 令牌。\n", ended->sessions, ended->tokens);
}

static bool add(struct command_context *run, struct house *house, const char *name, void *options, struct err *err)
{
    struct account_wish wish;
    char password[PASSWORD_MADE + 1];
    const struct actor console = actor_console();
    if (!wish_of(options, name, &wish, err) || !app_account_add(house, &console, &wish, time(NULL), run->mem, password, err))
        return false;
    out_printf(run->out, "新建了账号 %s：%s，%.*s", name, role_info(wish.role)->zh, TEXT_ARG(place_shown(wish.place, run->mem)));
    if (wish.valid_until)
        out_printf(run->out, "，到 %.*s 为止", TEXT_ARG(day_shown(wish.valid_until - 1, run->mem)));
    out_string(run->out, "。\n");
    say_password(run, password);
    return true;
}

static bool list(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = {
        { "name", "登录名", false }, { "shown", "姓名", false }, { "role", "角色", false }, { "place", "范围", false },
        { "state", "状态", false }, { "until", "到期", false }, { "made", "新建", false },
    };
    (void)none, (void)options;
    const struct actor console = actor_console();
    const int64_t now = time(NULL);
    struct account_view *accounts;
    size_t n;
    if (!app_accounts(house, &console, run->mem, &accounts, &n, err))
        return false;
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < n; i++) {
        const struct account_view *const a = &accounts[i];
        const bool over = a->disabled_at || (a->valid_until && now >= a->valid_until);
        const struct text state = a->disabled_at ? TEXT("停用") : over ? TEXT("到期") : a->must_change ? TEXT("初始密码") : TEXT("正常");
        const struct text role = text_of(run->format == FORMAT_TABLE ? role_info(a->role)->zh : role_info(a->role)->id);
        listing_row(&listing,
                    (struct text[]){ a->name, a->shown, role, place_shown(a->place, run->mem), state,
                                     a->valid_until ? day_shown(a->valid_until - 1, run->mem) : TEXT(""), day_shown(a->made_at, run->mem) },
                    over ? TONE_QUIET : TONE_PLAIN);
    }
    listing_write(&listing, "还没有账号。用 junheng user add 登录名 --shown 姓名 --role 角色 新建。");
    return true;
}

static bool disable(struct command_context *run, struct house *house, const char *name, void *options, struct err *err)
{
    (void)options;
    const struct actor console = actor_console();
    struct account_ended ended;
    if (!app_account_disable(house, &console, text_of(name), time(NULL), &ended, err))
        return false;
    out_printf(run->out, "账号 %s 已停用。\n", name);
    say_ended(run, &ended);
    return true;
}

static bool enable(struct command_context *run, struct house *house, const char *name, void *options, struct err *err)
{
    (void)options;
    const struct actor console = actor_console();
    if (!app_account_enable(house, &console, text_of(name), time(NULL), err))
        return false;
    out_printf(run->out, "账号 %s 可以登录了。\n", name);
    return true;
}

static bool password(struct command_context *run, struct house *house, const char *name, void *options, struct err *err)
{
    (void)options;
    const struct actor console = actor_console();
    char made[PASSWORD_MADE + 1];
    struct account_ended ended;
    if (!app_account_reset(house, &console, text_of(name), time(NULL), run->mem, made, &ended, err))
        return false;
    out_printf(run->out, "账号 %s 的密码已重置。\n", name);
    say_ended(run, &ended);
    say_password(run, made);
    return true;
}

static bool grant(struct command_context *run, struct house *house, const char *name, void *options, struct err *err)
{
    const struct actor console = actor_console();
    struct account_wish wish;
    struct account_ended ended;
    if (!wish_of(options, name, &wish, err) || !app_account_grant(house, &console, &wish, time(NULL), &ended, err))
        return false;
    out_printf(run->out, "账号 %s 现在是：%s，%.*s。\n", name, role_info(wish.role)->zh, TEXT_ARG(place_shown(wish.place, run->mem)));
    say_ended(run, &ended);
    return true;
}

static void say_link(struct command_context *run, const struct invitation *made)
{
    out_printf(run->out, "邀请链接：/invitation/%s\n", made->token);
    out_printf(run->notes, "前面接上本系统的网址，例如 https://jh.example.cn。%d 天内能用一次；这里只显示这一次。\n", INVITATION_DAYS);
}

static bool invite(struct command_context *run, struct house *house, const char *name, void *options, struct err *err)
{
    const struct user_options *const o = options;
    const struct actor console = actor_console();
    struct account_wish wish;
    struct invitation made;
    if (!o->role) { /* an account that is there: a new link */
        if (!app_invitation_make(house, &console, text_of(name), time(NULL), run->mem, &made, err))
            return false;
    } else if (!wish_of(o, name, &wish, err) || !app_account_invite(house, &console, &wish, time(NULL), run->mem, &made, err)) {
        return false;
    }
    say_link(run, &made);
    return true;
}

static bool role_add(struct command_context *run, struct house *house, const char *name, void *options, struct err *err)
{
    const struct actor console = actor_console();
    struct account_wish wish;
    if (!wish_of(options, name, &wish, err) || !app_grant_add(house, &console, &wish, time(NULL), err))
        return false;
    const int64_t until = wish.valid_until ? wish.valid_until : grant_end_usual(time(NULL));
    out_printf(run->out, "账号 %s 又有了一个角色：%s，%.*s，到 %.*s 为止。\n", name, role_info(wish.role)->zh, TEXT_ARG(place_shown(wish.place, run->mem)),
               TEXT_ARG(day_shown(until - 1, run->mem)));
    return true;
}

static bool unlock(struct command_context *run, struct house *house, const char *name, void *options, struct err *err)
{
    const struct actor console = actor_console();
    (void)options;
    if (!app_lockout_end(house, &console, text_of(name), time(NULL), err))
        return false;
    out_printf(run->out, "%s 现在可以再试着登录。\n", name);
    return true;
}

static bool totp_reset(struct command_context *run, struct house *house, const char *name, void *options, struct err *err)
{
    (void)options;
    const struct actor console = actor_console();
    if (!app_totp_reset(house, &console, text_of(name), time(NULL), err))
        return false;
    out_printf(run->out, "账号 %s 的动态口令已清除。\n", name);
    return true;
}

bool cmd_user(struct command_context *run, struct err *err)
{
    static const struct doing DOINGS[] = {
        { "add", "登录名", add },         { "list", NULL, list },             { "disable", "登录名", disable },
        { "enable", "登录名", enable },   { "password", "登录名", password }, { "grant", "登录名", grant },
        { "invite", "登录名", invite },   { "role-add", "登录名", role_add }, { "totp-reset", "登录名", totp_reset },
        { "unlock", "登录名", unlock },
    };
    struct user_options o = { .school_year = BLANK };
    const char *data = NULL;
    const struct option options[] = {
        OPTION_TEXT("shown", 0, &o.shown, "姓名", "页面和记录上怎样称呼"),
        OPTION_TEXT("role", 0, &o.role, "角色", "哪种角色；junheng roles 列出全部"),
        PLACE_OPTIONS(&o.place),
        OPTION_TEXT("until", 0, &o.until, "日期", "最后一天，例如 2026-06-30；不写：一直有效"),
        OPTION_WHOLE("school-year", 0, &o.school_year, "学年", "到这个学年结束（8 月 31 日）为止；2025 指 2025—2026 学年"),
        OPTION_DATA(&data),
        OPTION_FORMAT(run),
    };
    struct words words;
    return options_parse(run, options, COUNT(options), &words, 1, 2, err) &&
           doing_run(run, DOINGS, COUNT(DOINGS), &words, data, &o, err);
}

#include "app/grants.h"
#include "app/tokens.h"
#include "base/day.h"
#include "base/number.h"
#include "cli/doing.h"
#include "cli/listing.h"

#include <time.h>

struct token_options {
    const char *owner, *name, *may, *role;
    struct place_options place;
    double days;
};

/* The standing role of that name, and its place where no narrower one is given. */
static bool role_of(struct command_context *run, struct house *house, const struct token_options *o, struct token_wish *wish, struct err *err)
{
    const struct actor console = actor_console();
    struct grant_view *grants;
    size_t n;
    if (!app_grants(house, &console, text_of(o->owner), time(NULL), run->mem, &grants, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!grants[i].over && text_equal(text_of(role_info(grants[i].role)->id), text_of(o->role))) {
            wish->grant = grants[i].id;
            if (!o->place.school && !o->place.township)
                wish->place = grants[i].place;
            return true;
        }
    err_set(err, ERR_ABSENT, "账号“%s”现在没有 %s 这个角色。", o->owner, o->role);
    return err_hint(err, "junheng roles 列出角色的代号；不写 --role 就是账号本身的角色。");
}

static bool create(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    const struct token_options *const o = options;
    const struct actor console = actor_console();
    char token[API_TOKEN_SIZE + 1];
    struct token_view made;
    struct token_wish wish = { .owner = text_of(o->owner), .name = text_of(o->name), .days = (int)(o->days < 1e6 ? o->days : 1e6) };
    (void)none;
    if (!o->owner || !o->name) {
        err_set(err, ERR_USAGE, "没有说给哪个账号、做什么用。");
        return err_hint(err, "例如：junheng token create --for wangmin --name 区里数据平台 --may see,export");
    }
    if (!place_of_options(&o->place, &wish.place, err))
        return false;
    if (o->role && !role_of(run, house, o, &wish, err))
        return false;
    if (!permissions_of_words(text_of(o->may), &wish.permissions)) {
        err_set(err, ERR_USAGE, "--may 读到“%s”。", o->may);
        return err_hint(err, "可以写的有 %.*s，用逗号隔开。", TEXT_ARG(permission_words(TOKEN_PERMISSIONS, run->mem)));
    }
    if (!app_token_create(house, &console, &wish, time(NULL), run->mem, token, &made, err))
        return false;
    out_printf(run->out, "%s\n", token);
    out_printf(run->notes, "%lld 号令牌，给 %.*s 用，到 %.*s 为止。它只说这一次，请立刻放到要用它的程序里：\nAuthorization: Bearer 令牌\n",
               (long long)made.id, TEXT_ARG(made.owner), TEXT_ARG(day_shown(made.valid_until, run->mem)));
    return true;
}

static bool list(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = {
        { "id", "编号", true },      { "owner", "账号", false },   { "name", "名称", false },  { "role", "角色", false },
        { "may", "能做", false },   
        { "place", "范围", false },  { "state", "状态", false },   { "until", "到期", false }, { "used", "最近使用", false },
    };
    const struct token_options *const o = options;
    const struct actor console = actor_console();
    const int64_t now = time(NULL);
    struct token_view *tokens;
    size_t n;
    (void)none;
    if (!app_tokens(house, &console, run->mem, &tokens, &n, err))
        return false;
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < n; i++) {
        const struct token_view *const t = &tokens[i];
        const bool over = t->revoked_at || now >= t->valid_until;
        if (o->owner && !text_equal(text_of(o->owner), t->owner))
            continue;
        listing_row(&listing,
                    (struct text[]){ text_printf(run->mem, "%lld", (long long)t->id), t->owner, t->name,
                                     text_of(role_info(t->role)->id), permission_words(t->permissions, run->mem), place_shown(t->place, run->mem),
                                     t->revoked_at ? TEXT("作废") : over ? TEXT("到期") : TEXT("有效"), day_shown(t->valid_until, run->mem),
                                     t->used_at ? time_shown(t->used_at, run->mem) : TEXT("") },
                    over ? TONE_QUIET : TONE_PLAIN);
    }
    listing_write(&listing, "还没有 API 令牌。");
    return true;
}

static bool revoke(struct command_context *run, struct house *house, const char *number, void *options, struct err *err)
{
    const struct actor console = actor_console();
    double id;
    (void)options;
    if (!number_parse(text_of(number), &id) || id < 1 || id > 1e15 || id != (double)(int64_t)id)
        return err_set(err, ERR_USAGE, "令牌的编号读到“%s”，应为整数；junheng token list 列出编号。", number);
    if (!app_token_revoke(house, &console, (int64_t)id, time(NULL), err))
        return false;
    out_printf(run->out, "%lld 号令牌已作废。\n", (long long)id);
    return true;
}

bool cmd_token(struct command_context *run, struct err *err)
{
    static const struct doing DOINGS[] = { { "create", NULL, create }, { "list", NULL, list }, { "revoke", "编号", revoke } };
    struct token_options o = { .may = "see", .days = API_TOKEN_DAYS };
    const char *data = NULL;
    const struct option options[] = {
        OPTION_TEXT("for", 0, &o.owner, "登录名", "哪个账号的令牌"),
        OPTION_TEXT("name", 0, &o.name, "名称", "给谁、做什么用，以后好认"),
        OPTION_TEXT("may", 0, &o.may, "权限", "能做什么：see、export、try、import、edit 里选，用逗号隔开；默认 see"),
        OPTION_TEXT("role", 0, &o.role, "角色", "用这个账号的哪个角色；令牌随它一起结束；默认是账号本身的"),
        PLACE_OPTIONS(&o.place),
        OPTION_WHOLE("days", 0, &o.days, "天数", "有效多少天，最多 366；默认 90"),
        OPTION_DATA(&data),
        OPTION_FORMAT(run),
    };
    struct words words;
    return options_parse(run, options, COUNT(options), &words, 1, 2, err) &&
           doing_run(run, DOINGS, COUNT(DOINGS), &words, data, &o, err);
}

/* The accounts: seen, found, made by invitation; one of them: its roles, its way in. */
#include "app/grants.h"
#include "app/invitation.h"
#include "app/lockout.h"
#include "app/place_names.h"
#include "app/totp.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/access_words.h"
#include "web/frame.h"
#include "web/page_accounts.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"
#include "web/workbook.h"

enum { LINKS_MOST = 5000 };

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- all of them -------------------------------------------------------------------------- */

static struct text state_of(const struct request *request, const struct account_view *a)
{
    if (a->disabled_at)
        return SAYS(T_ACCOUNTS_DISABLED);
    if (a->valid_until && request->now >= a->valid_until)
        return SAYS(T_ACCOUNTS_OVER);
    return a->must_change ? SAYS(T_ACCOUNTS_NOT_YET) : SAYS(T_ACCOUNTS_IN_USE);
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    struct account_view *accounts;
    struct place_names names;
    size_t n, in_use = 0;
    place_names_of(request->snapshot, request->now, request->mem, &names);
    if (!app_accounts(request->house, &request->actor, request->mem, &accounts, &n, err))
        return false;
    struct view_accounts view = {
        .frame = frame_of(request, SAYS(T_ACCOUNTS_TITLE), "accounts"), .q = text_trim(request_query(request, "q")),
        .lines = arena_array(request->mem, n + 1, struct account_line), .name = request_field(request, "name"),
        .shown = request_field(request, "shown"), .place = request_field(request, "place"), .until = request_field(request, "until"),
        .roles = role_choices(request, request_field(request, "role")), .kinds = kind_choices(request, request_field(request, "kind")),
    };
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    for (size_t i = 0; i < n; i++) {
        const struct account_view *const a = &accounts[i];
        const bool over = a->disabled_at || (a->valid_until && request->now >= a->valid_until);
        const struct text place = a->place.kind == PLACE_COUNTY ? place_shown(a->place, request->mem) : place_name(&names, a->place);
        size_t at;
        in_use += !over;
        if (view.q.size && !text_find(a->name, view.q, &at) && !text_find(a->shown, view.q, &at) && !text_find(place, view.q, &at) && !text_find(a->place.name, view.q, &at) &&
            !text_find(role_said(request, a->role), view.q, &at))
            continue;
        view.lines[view.n++] = (struct account_line){ .name = a->name, .shown = a->shown, .role = role_said(request, a->role), .place = place,
                                                      .until = until_said(request, a->valid_until), .state = state_of(request, a), .over = over };
    }
    view.sentence = SAYS_OF(T_ACCOUNTS_SENTENCE, say_count(request->mem, (int64_t)n), say_count(request->mem, (int64_t)in_use));
    struct html html = html_begin(request->mem, request->lang);
    template_accounts(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_accounts(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

void show_links(struct request *request, struct response *response, const struct invitation *made, const struct account_wish *wishes, size_t n)
{
    struct view_links view = { .frame = frame_of(request, SAYS(T_ACCOUNTS_LINKS_TITLE), "accounts"), .n = n,
                               .sentence = SAYS_OF(T_ACCOUNTS_LINKS_SENTENCE, say_count(request->mem, (int64_t)n)),
                               .lines = arena_array(request->mem, n + 1, struct link_line) };
    for (size_t i = 0; i < n; i++)
        view.lines[i] = (struct link_line){
            .name = made[i].name, .shown = wishes ? text_trim(wishes[i].shown) : TEXT(""), .role = wishes ? role_said(request, wishes[i].role) : TEXT(""),
            .link = text_printf(request->mem, "%.*s/invitation/%s", TEXT_ARG(request->here), made[i].token),
            .until = day_shown(made[i].valid_until, request->mem) };
    struct buf all = { .mem = request->mem };
    for (size_t i = 0; i < n; i++) {
        const struct link_line *const l = &view.lines[i];
        buf_printf(&all, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", TEXT_ARG(l->shown), TEXT_ARG(l->name), TEXT_ARG(l->role), TEXT_ARG(l->link), TEXT_ARG(l->until));
    }
    view.all = buf_text(&all);
    struct html html = html_begin(request->mem, request->lang);
    template_account_links(&html, &view);
    response_html(response, &html);
}

/* The links as the page had them, come back from it: nobody else has them, we keep only what they hash to. */
bool page_accounts_links(struct request *request, struct response *response, struct err *err)
{
    enum { COLUMNS = 5 };
    static const char *const HEADS[COLUMNS] = { "姓名", "登录名", "角色", "邀请链接（只能用一次）", "有效到" };
    static const double WIDTHS[COLUMNS] = { 14, 18, 16, 84, 14 };
    struct text rest = request_field(request, "links"), line;
    struct sheet *const sheet = sheet_new(request->mem, TEXT("邀请链接"));
    uint32_t row = 1;
    for (uint32_t c = 0; c < COLUMNS; c++) {
        sheet_put_text(sheet, 1, c + 1, LOOK_HEADING, text_of(HEADS[c]));
        sheet->width[c + 1] = WIDTHS[c];
    }
    sheet->frozen_rows = 1;
    while (text_split(&rest, '\n', &line) && row <= LINKS_MOST) {
        struct text cell;
        if (!text_trim(line).size)
            continue;
        row++;
        for (uint32_t c = 0; c < COLUMNS && text_split(&line, '\t', &cell); c++)
            sheet_put_text(sheet, row, c + 1, LOOK_TEXT, text_trim(cell));
    }
    if (row == 1)
        return err_set(err, ERR_USAGE, "没有邀请链接。"), err_hint(err, "链接只在做出来的那一页上，请从那一页下载；没有了就重发邀请。");
    return response_workbook(response, (struct sheet *[]){ sheet }, 1, TEXT("邀请链接.xlsx"), err);
}

bool page_account_invite(struct request *request, struct response *response, struct err *err)
{
    struct account_wish wish;
    struct invitation made;
    if (wish_of_form(request, &wish, err) && app_account_invite(request->house, &request->actor, &wish, request->now, request->mem, &made, err)) {
        show_links(request, response, &made, &wish, 1);
        return true;
    }
    if (err->kind == ERR_OUTSIDE)
        return false;
    const struct err fault = *err;
    *err = (struct err){ 0 };
    response->status = status_of(fault.kind);
    return show(request, response, &fault, err);
}

/* ---- one of them -------------------------------------------------------------------------- */

static struct text path_of(const struct request *request, struct text name)
{
    return text_printf(request->mem, "/accounts/%.*s", TEXT_ARG(percent_encode_part(name, request->mem)));
}

static bool show_one(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    const struct text name = request_capture(request, "name");
    struct account_view *accounts;
    const struct account_view *found = NULL;
    struct grant_view *grants;
    size_t n, n_grants;
    if (!app_accounts(request->house, &request->actor, request->mem, &accounts, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (text_equal(accounts[i].name, name))
            found = &accounts[i];
    if (!found)
        return err_set(err, ERR_ABSENT, "没有登录名是“%.*s”的账号。", TEXT_ARG(name));
    if (!app_grants(request->house, &request->actor, name, request->now, request->mem, &grants, &n_grants, err))
        return false;
    struct view_account_one view = {
        .frame = frame_of(request, SAYS_OF(T_ACCOUNTS_ONE_TITLE, found->shown), "accounts"), .name = name, .shown = found->shown,
        .made = day_shown(found->made_at, request->mem), .state = state_of(request, found), .path = path_of(request, name),
        .disabled = found->disabled_at != 0, .own = found->id == request->actor.account,
        .console_only = role_is_administrator(found->role),
        .grants = arena_array(request->mem, n_grants, struct grant_line), .n_grants = n_grants,
        .roles = role_choices(request, request_field(request, "role")), .kinds = kind_choices(request, request_field(request, "kind")),
    };
    view.password = found->must_change ? SAYS(T_ACCOUNTS_PASSWORD_NONE) : SAYS_OF(T_ACCOUNTS_PASSWORD_SINCE, day_shown(found->password_at, request->mem));
    struct lockout lock;
    if (!app_lockout(request->house, &request->actor, name, request->now, &lock, err))
        return false;
    view.locked_now = lock.until != 0;
    view.failures = lock.failures;
    view.locked = lock.until ? SAYS_OF(lock.everywhere ? T_ACCOUNTS_LOCKED_ALL : T_ACCOUNTS_LOCKED_THERE, clock_shown(lock.until, request->mem),
                                       say_count(request->mem, lock.failures))
                  : lock.failures ? SAYS_OF(T_ACCOUNTS_FAILURES, say_count(request->mem, lock.failures))
                                  : SAYS(T_ACCOUNTS_NOT_LOCKED);
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    if (text_equal(request_query(request, "done"), TEXT("1")))
        view.said = SAYS(T_ACCOUNTS_DONE);
    struct place_names names;
    place_names_of(request->snapshot, request->now, request->mem, &names);
    for (size_t i = 0; i < n_grants; i++)
        view.grants[i] = (struct grant_line){ .id = text_printf(request->mem, "%lld", (long long)grants[i].id), .role = role_said(request, grants[i].role),
                                              .place = grants[i].place.kind == PLACE_COUNTY ? place_shown(grants[i].place, request->mem) : place_name(&names, grants[i].place), .until = until_said(request, grants[i].valid_until),
                                              .by = grants[i].made_by, .first = grants[i].id == 0, .over = grants[i].over };
    struct html html = html_begin(request->mem, request->lang);
    template_account_one(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_account_one(struct request *request, struct response *response, struct err *err)
{
    return show_one(request, response, NULL, err);
}

static bool act_on(struct request *request, struct text what, bool *known_out, struct err *err)
{
    const struct text name = request_capture(request, "name");
    struct account_ended ended;
    struct account_wish wish;
    int64_t id;
    *known_out = true;
    if (text_equal(what, TEXT("disable")))
        return app_account_disable(request->house, &request->actor, name, request->now, &ended, err);
    if (text_equal(what, TEXT("enable")))
        return app_account_enable(request->house, &request->actor, name, request->now, err);
    if (text_equal(what, TEXT("unlock")))
        return app_lockout_end(request->house, &request->actor, name, request->now, err);
    if (text_equal(what, TEXT("totp")))
        return app_totp_reset(request->house, &request->actor, name, request->now, err);
    if (text_equal(what, TEXT("end")))
        return request_field_number(request, "grant", 1, INT64_MAX, 0, &id, err) &&
               app_grant_end(request->house, &request->actor, name, id, request->now, err);
    if (text_equal(what, TEXT("grant"))) {
        if (!wish_of_form(request, &wish, err))
            return false;
        wish.name = name;
        return app_grant_add(request->house, &request->actor, &wish, request->now, err);
    }
    *known_out = false;
    return err_set(err, ERR_USAGE, "没有说要做什么。");
}

bool page_account_act(struct request *request, struct response *response, struct err *err)
{
    const struct text what = request_field(request, "do");
    bool known;
    if (text_equal(what, TEXT("invite"))) {
        struct invitation made;
        if (app_invitation_make(request->house, &request->actor, request_capture(request, "name"), request->now, request->mem, &made, err)) {
            show_links(request, response, &made, NULL, 1);
            return true;
        }
    } else if (act_on(request, what, &known, err)) {
        response_redirect(response, text_printf(request->mem, "%.*s?done=1", TEXT_ARG(path_of(request, request_capture(request, "name")))));
        return true;
    } else if (!known) {
        return false;
    }
    if (err->kind == ERR_OUTSIDE || err->kind == ERR_ABSENT)
        return false;
    const struct err fault = *err;
    *err = (struct err){ 0 };
    response->status = status_of(fault.kind);
    return show_one(request, response, &fault, err);
}

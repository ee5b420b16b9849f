/* One's own account: the password, and where one is signed in. */
#include "app/access.h"
#include "app/grants.h"
#include "app/mail.h"
#include "app/sessions.h"
#include "app/totp.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/cookie.h"
#include "web/cookies.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/svg_qr.h"

static bool add_sessions(struct request *request, struct view_account *view, struct err *err)
{
    struct session_view *sessions;
    size_t n;
    int64_t current;
    if (!app_sessions_own(request->house, &request->actor, request->session, request->now, request->mem, &sessions, &n, &current, err))
        return false;
    view->sessions = arena_array(request->mem, n, struct own_session);
    view->n_sessions = n;
    for (size_t i = 0; i < n; i++)
        view->sessions[i] = (struct own_session){ sessions[i].id, time_shown(sessions[i].made_at, request->mem), time_shown(sessions[i].used_at, request->mem),
                                                  sessions[i].address, sessions[i].id == current };
    return true;
}

static bool add_roles(struct request *request, struct view_account *view, struct err *err)
{
    struct grant_view *grants;
    size_t n;
    if (!app_grants_own(request->house, &request->actor, request->session, request->now, request->mem, &grants, &n, err))
        return false;
    view->roles = arena_array(request->mem, n, struct own_role);
    view->n_roles = n > 1 ? n : 0;
    for (size_t i = 0; i < view->n_roles; i++) {
        const struct role_info *const role = role_info(grants[i].role);
        view->roles[i] = (struct own_role){ grants[i].id, text_of(request->lang == LANG_EN ? role->en : role->zh), place_shown(grants[i].place, request->mem),
                                            grants[i].valid_until ? day_shown(grants[i].valid_until - 1, request->mem) : TEXT(""), grants[i].current };
    }
    return true;
}

static bool add_totp(struct request *request, struct view_account *view, struct err *err)
{
    struct totp_state state;
    if (!app_totp(request->house, &request->actor, request->mem, &state, err))
        return false;
    view->totp_on = state.on;
    view->totp_key = state.key;
    view->totp_changed = text_equal(request_query(request, "totp"), TEXT("1"));
    if (state.link.size)
        view->totp_qr = svg_qr(request->mem, state.link);
    return true;
}

static bool add_mail(struct request *request, struct view_account *view, struct err *err)
{
    struct mail_own own;
    if (!app_mail_own(request->house, &request->actor, request->mem, &own, err))
        return false;
    view->mail_possible = own.possible;
    view->mail_address = own.address;
    view->mail_confirmed = own.confirmed;
    view->mail_wanted = own.wanted;
    if (text_equal(request_query(request, "mail"), TEXT("1")))
        view->mail_said = say(request->mem, request->lang, T_ACCOUNT_MAIL_DONE, NULL, 0);
    return true;
}

/* What went wrong, by the part of the page that says it; empty where nothing did. */
struct faults { struct text password, hint, totp, mail; };

static bool show(struct request *request, struct response *response, struct faults faults, struct err *err)
{
    const struct role_info *const role = role_info(request->actor.role);
    struct view_account view = {
        .frame = frame_of(request, say(request->mem, request->lang, T_ACCOUNT_TITLE, NULL, 0), "account"),
        .name = request->actor.name,
        .role = text_of(request->lang == LANG_EN ? role->en : role->zh),
        .must_change = request->actor.must_change,
        .must_totp = request->actor.must_totp,
        .fault = faults.password,
        .hint = faults.hint,
        .totp_fault = faults.totp,
        .mail_fault = faults.mail,
        .changed = text_equal(request_query(request, "changed"), TEXT("1")),
        .ended = text_equal(request_query(request, "ended"), TEXT("1")),
    };
    if (!add_sessions(request, &view, err) || !add_roles(request, &view, err) || !add_totp(request, &view, err) || !add_mail(request, &view, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_account(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_account(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, (struct faults){ .password = TEXT("") }, err);
}

bool page_account_password(struct request *request, struct response *response, struct err *err)
{
    const struct text wanted = request_field(request, "new");
    struct signed_in in;
    if (!text_equal(wanted, request_field(request, "again"))) {
        response->status = 422;
        return show(request, response, (struct faults){ .password = say(request->mem, request->lang, T_ACCOUNT_DIFFER, NULL, 0) }, err);
    }
    if (!app_change_password(request->house, &request->actor, request_field(request, "old"), wanted, request->now, request->mem, &in, err)) {
        if (err->kind == ERR_OUTSIDE)
            return false;
        response->status = 422;
        return show(request, response, (struct faults){ .password = text_of(err->what), .hint = text_of(err->hint) }, err);
    }
    response_header(response, "Set-Cookie", cookie_set(cookie_session(request->secure), text_of(in.token), COOKIE_SESSION, request->secure, request->mem));
    response_header(response, "Set-Cookie", cookie_set(cookie_device(request->secure), text_of(in.device), COOKIE_YEAR, request->secure, request->mem));
    response_redirect(response, TEXT("/account?changed=1"));
    return true;
}

bool page_account_session_end(struct request *request, struct response *response, struct err *err)
{
    int64_t id;
    if (!request_field_number(request, "id", 1, INT64_MAX, 0, &id, err) ||
        !app_session_end_own(request->house, &request->actor, id, request->now, err))
        return false;
    response_redirect(response, TEXT("/account?ended=1"));
    return true;
}

bool page_account_role(struct request *request, struct response *response, struct err *err)
{
    struct signed_in in;
    int64_t id;
    response->back = TEXT("/account");
    if (!request_field_number(request, "grant", 0, INT64_MAX, -1, &id, err) ||
        !app_grant_switch(request->house, &request->actor, request->session, id, request->now, request->mem, &in, err))
        return false;
    response_header(response, "Set-Cookie", cookie_set(cookie_session(request->secure), text_of(in.token), COOKIE_SESSION, request->secure, request->mem));
    response_redirect(response, TEXT("/"));
    return true;
}

bool page_account_totp(struct request *request, struct response *response, struct err *err)
{
    const struct text what = request_field(request, "do"), code = request_field(request, "code");
    const bool begins = text_equal(what, TEXT("begin"));
    const bool ok = begins ? app_totp_begin(request->house, &request->actor, request->now, err)
                    : text_equal(what, TEXT("end")) ? app_totp_end(request->house, &request->actor, code, request->now, err)
                                                    : app_totp_confirm(request->house, &request->actor, code, request->now, err);
    if (ok) {
        response_redirect(response, begins ? TEXT("/account#totp") : TEXT("/account?totp=1"));
        return true;
    }
    if (err->kind == ERR_OUTSIDE)
        return false;
    const struct err fault = *err;
    *err = (struct err){ 0 };
    response->status = status_of(fault.kind);
    return show(request, response, (struct faults){ .totp = text_printf(request->mem, "%s%s", fault.what, fault.hint) }, err);
}

static bool mail_act(struct request *request, struct err *err)
{
    const struct text what = request_field(request, "do");
    struct house *const house = request->house;
    const struct actor *const actor = &request->actor;
    if (text_equal(what, TEXT("set")))
        return app_mail_own_set(house, actor, request_field(request, "address"), request->now, err);
    if (text_equal(what, TEXT("confirm")))
        return app_mail_own_confirm(house, actor, request_field(request, "code"), request->now, err);
    if (text_equal(what, TEXT("want")) || text_equal(what, TEXT("decline")))
        return app_mail_own_want(house, actor, text_equal(what, TEXT("want")), request->now, err);
    return text_equal(what, TEXT("drop")) ? app_mail_own_drop(house, actor, request->now, err) : err_set(err, ERR_USAGE, "没有说要做什么。");
}

bool page_account_mail(struct request *request, struct response *response, struct err *err)
{
    if (mail_act(request, err)) {
        response_redirect(response, TEXT("/account?mail=1#mail"));
        return true;
    }
    if (err->kind == ERR_OUTSIDE)
        return false;
    const struct err fault = *err;
    *err = (struct err){ 0 };
    response->status = status_of(fault.kind);
    return show(request, response, (struct faults){ .mail = text_printf(request->mem, "%s%s", fault.what, fault.hint) }, err);
}

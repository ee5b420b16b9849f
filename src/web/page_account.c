/* One's own account: the password, and where one is signed in. */
#include "app/access.h"
#include "app/sessions.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/cookie.h"
#include "web/cookies.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"

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

static bool show(struct request *request, struct response *response, struct text fault, struct text hint, struct err *err)
{
    const struct role_info *const role = role_info(request->actor.role);
    struct view_account view = {
        .frame = frame_of(request, say(request->mem, request->lang, T_ACCOUNT_TITLE, NULL, 0), "account"),
        .name = request->actor.name,
        .role = text_of(request->lang == LANG_EN ? role->en : role->zh),
        .must_change = request->actor.must_change,
        .fault = fault,
        .hint = hint,
        .changed = text_equal(request_query(request, "changed"), TEXT("1")),
        .ended = text_equal(request_query(request, "ended"), TEXT("1")),
    };
    if (!add_sessions(request, &view, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_account(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_account(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, (struct text){ 0 }, (struct text){ 0 }, err);
}

bool page_account_password(struct request *request, struct response *response, struct err *err)
{
    const struct text wanted = request_field(request, "new");
    struct signed_in in;
    if (!text_equal(wanted, request_field(request, "again"))) {
        response->status = 422;
        return show(request, response, say(request->mem, request->lang, T_ACCOUNT_DIFFER, NULL, 0), (struct text){ 0 }, err);
    }
    if (!app_change_password(request->house, &request->actor, request_field(request, "old"), wanted, request->now, request->mem, &in, err)) {
        if (err->kind == ERR_OUTSIDE)
            return false;
        response->status = 422;
        return show(request, response, text_of(err->what), text_of(err->hint), err);
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

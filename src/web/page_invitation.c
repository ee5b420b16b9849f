/* The page behind an invitation's link: nobody is signed in yet, the link alone is the proof. */
#include "app/invitation.h"

#include "base/day.h"
#include "made/templates.h"
#include "web/access_words.h"
#include "web/cookie.h"
#include "web/cookies.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/say.h"

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    struct invitation_view invitation;
    struct err closed = { 0 };
    const struct text token = request_capture(request, "token");
    struct view_invitation view = { .frame = frame_of(request, say(request->mem, request->lang, T_INVITATION_TITLE, NULL, 0), "invitation"),
                                    .path = text_printf(request->mem, "/invitation/%.*s", TEXT_ARG(token)) };
    view.open = app_invitation_see(request->house, token, request->now, request->mem, &invitation, &closed);
    if (!view.open && closed.kind != ERR_ABSENT) {
        *err = closed;
        return false;
    }
    if (view.open) {
        view.shown = invitation.shown;
        view.name = invitation.name;
        view.role = role_said(request, invitation.role);
        view.place = place_shown(invitation.place, request->mem);
        view.until = day_shown(invitation.valid_until, request->mem);
    } else {
        fault = &closed;
        response->status = status_of(ERR_ABSENT);
    }
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    struct html html = html_begin(request->mem, request->lang);
    template_invitation(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_invitation(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

bool page_invitation_use(struct request *request, struct response *response, struct err *err)
{
    const struct text wanted = request_field(request, "new");
    struct signed_in in;
    struct err fault = { 0 };
    if (!text_equal(wanted, request_field(request, "again"))) {
        err_set(&fault, ERR_INPUT, "两次输入的密码不一样。");
        fault.hint[0] = '\0';
    } else if (app_invitation_use(request->house, request_capture(request, "token"), wanted, request->address, request->now, request->mem, &in, &fault)) {
        if (!in.token[0]) {
            response_redirect(response, TEXT("/sign-in"));
            return true;
        }
        response_header(response, "Set-Cookie", cookie_set(cookie_session(request->secure), text_of(in.token), COOKIE_SESSION, request->secure, request->mem));
        response_header(response, "Set-Cookie", cookie_set(cookie_device(request->secure), text_of(in.device), COOKIE_YEAR, request->secure, request->mem));
        response_redirect(response, TEXT("/"));
        return true;
    }
    if (fault.kind == ERR_OUTSIDE) {
        *err = fault;
        return false;
    }
    response->status = status_of(fault.kind);
    return show(request, response, &fault, err);
}

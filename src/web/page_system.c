/* Settings of the whole instance, for the system administrator: mail, what signing in asks for. */
#include "app/mail.h"
#include "app/totp.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/access_words.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/view_system.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static void add_faults(const struct request *request, const struct mail_state *state, struct view_system *view)
{
    view->n = state->n_faults;
    view->lines = arena_array(request->mem, state->n_faults + 1, struct mail_line);
    for (size_t i = 0; i < state->n_faults; i++) {
        const struct mail_fault *const f = &state->faults[i];
        view->lines[i] = (struct mail_line){ .tried = time_shown(f->tried_at, request->mem), .to = f->address, .given_up = f->given_up,
                                             .tries = text_printf(request->mem, "%d", f->tries), .fault = f->fault,
                                             .next = f->given_up ? SAYS(T_SYSTEM_OVER) : SAYS_OF(T_SYSTEM_AGAIN, time_shown(f->next_at, request->mem)) };
    }
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct text said, struct err *err)
{
    struct mail_state state;
    struct view_system view = { .frame = frame_of(request, SAYS(T_SYSTEM_TITLE), "system"), .said = said, .address = request_field(request, "address") };
    if (!app_mail_state(request->house, &request->actor, request->mem, &state, err) ||
        !app_totp_demanded(request->house, &view.totp_demanded, err))
        return false;
    view.configured = state.configured;
    view.allowed = state.allowed;
    view.server = state.server, view.from = state.from, view.site = state.site;
    view.addresses = state.addresses;
    view.waiting = state.waiting, view.sent = state.sent, view.given_up = state.given_up;
    view.sentence = !state.allowed      ? SAYS(T_SYSTEM_STOPPED)
                    : !state.configured ? SAYS(T_SYSTEM_OFF)
                                        : SAYS_OF(T_SYSTEM_READY, say_count(request->mem, state.waiting), say_count(request->mem, state.given_up));
    add_faults(request, &state, &view);
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = fault->detail[0] ? text_printf(request->mem, "%s（%s）", fault->hint, fault->detail) : text_of(fault->hint);
    }
    struct html html = html_begin(request->mem, request->lang);
    template_system(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_system(struct request *request, struct response *response, struct err *err)
{
    const bool done = text_equal(request_query(request, "done"), TEXT("1"));
    return show(request, response, NULL, done ? SAYS(T_SYSTEM_DONE) : TEXT(""), err);
}

static bool decide(struct request *request, struct text what, struct err *err)
{
    if (text_equal(what, TEXT("allow")) || text_equal(what, TEXT("forbid")))
        return app_mail_allow(request->house, &request->actor, text_equal(what, TEXT("allow")), request->now, err);
    if (text_equal(what, TEXT("totp_on")) || text_equal(what, TEXT("totp_off")))
        return app_totp_demand(request->house, &request->actor, text_equal(what, TEXT("totp_on")), request->now, err);
    return err_set(err, ERR_USAGE, "没有说要做什么。");
}

bool page_system_act(struct request *request, struct response *response, struct err *err)
{
    const struct text what = request_field(request, "do");
    const bool test = text_equal(what, TEXT("test")), retry = text_equal(what, TEXT("retry"));
    int64_t n = 0;
    const bool ok = test    ? app_mail_test(request->house, &request->actor, request_field(request, "address"), request->now, err)
                    : retry ? app_mail_retry(request->house, &request->actor, request->now, &n, err)
                            : decide(request, what, err);
    if (ok && test)
        return show(request, response, NULL, SAYS(T_SYSTEM_TESTED), err);
    if (ok && retry)
        return show(request, response, NULL, SAYS_OF(T_SYSTEM_RETRIED, say_count(request->mem, n)), err);
    if (ok) {
        response_redirect(response, TEXT("/system?done=1"));
        return true;
    }
    if (!test)
        return false;
    /* The mail server's word is what the page is for. */
    const struct err fault = *err;
    *err = (struct err){ .kind = ERR_NONE };
    response->status = fault.kind == ERR_OUTSIDE ? 502 : status_of(fault.kind);
    return show(request, response, &fault, TEXT(""), err);
}

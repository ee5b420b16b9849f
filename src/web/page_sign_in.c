/* Signing in and out. */
#include "app/access.h"
#include "made/templates.h"
#include "web/cookie.h"
#include "web/cookies.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/path.h"
#include "web/say.h"

static void show(struct request *request, struct response *response, const struct err *fault)
{
    const struct text next = request->route->method == METHOD_POST ? request_field(request, "next") : request_query(request, "next");
    const struct view_sign_in view = {
        .frame = frame_of(request, say(request->mem, request->lang, T_SIGN_IN_TITLE, NULL, 0), "sign-in"),
        .name = request_field(request, "name"),
        .next = path_is_local(next) ? next : (struct text){ 0 },
        .fault = fault ? text_of(fault->what) : (struct text){ 0 },
        .hint = fault ? text_of(fault->hint) : (struct text){ 0 },
    };
    struct html html = html_begin(request->mem, request->lang);
    template_sign_in(&html, &view);
    response_html(response, &html);
}

bool page_sign_in(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    show(request, response, NULL);
    return true;
}

static void set_cookie(struct request *request, struct response *response, struct text name, const char *value, enum cookie_life life)
{
    response_header(response, "Set-Cookie", cookie_set(name, text_of(value), life, request->secure, request->mem));
}

/* A session this browser had until now ends: the cookie is another's from here on. */
static bool end_the_old_one(struct request *request, struct text token, struct err *err)
{
    struct actor actor;
    struct err none = { 0 };
    return token.size != TOKEN_SIZE || !app_session(request->house, token, request->address, request->now, request->mem, &actor, &none) ||
           app_sign_out(request->house, &actor, token, request->now, err);
}

static bool come_in(struct request *request, struct response *response, const struct signed_in *in, struct err *err)
{
    const struct text next = request_field(request, "next");
    if (!end_the_old_one(request, request->session, err))
        return false;
    set_cookie(request, response, cookie_session(request->secure), in->token, COOKIE_SESSION);
    set_cookie(request, response, cookie_device(request->secure), in->device, COOKIE_YEAR);
    response_redirect(response, path_is_local(next) ? next : TEXT("/"));
    return true;
}

static void ask_second(struct request *request, struct response *response, struct text ticket, const struct err *fault)
{
    const struct text next = request_field(request, "next");
    const struct view_second view = {
        .frame = frame_of(request, say(request->mem, request->lang, T_INVITATION_SECOND_TITLE, NULL, 0), "sign-in"),
        .ticket = ticket,
        .next = path_is_local(next) ? next : (struct text){ 0 },
        .fault = fault ? text_of(fault->what) : (struct text){ 0 },
        .hint = fault ? text_of(fault->hint) : (struct text){ 0 },
    };
    struct html html = html_begin(request->mem, request->lang);
    template_second(&html, &view);
    response_html(response, &html);
}

bool page_sign_in_try(struct request *request, struct response *response, struct err *err)
{
    const struct sign_in_request asked = {
        .name = request_field(request, "name"), .password = request_field(request, "password"), .address = request->address,
        .device = request->device, .now = request->now,
    };
    struct signed_in in;
    if (!app_sign_in(request->house, &asked, request->mem, &in, err)) {
        if (err->kind != ERR_DENIED && err->kind != ERR_LIMIT)
            return false;
        show(request, response, err);
        response->status = err->kind == ERR_LIMIT ? 429 : 403;
        return true;
    }
    if (in.ticket.size) {
        ask_second(request, response, in.ticket, NULL);
        return true;
    }
    return come_in(request, response, &in, err);
}

bool page_sign_in_second(struct request *request, struct response *response, struct err *err)
{
    const struct sign_in_request asked = { .address = request->address, .device = request->device, .now = request->now };
    const struct text ticket = request_field(request, "ticket");
    struct signed_in in;
    if (app_sign_in_second(request->house, ticket, request_field(request, "code"), &asked, request->mem, &in, err))
        return come_in(request, response, &in, err);
    if (err->kind != ERR_DENIED && err->kind != ERR_ABSENT)
        return false;
    response->status = 403;
    if (err->kind == ERR_ABSENT)
        show(request, response, err);
    else
        ask_second(request, response, ticket, err);
    return true;
}

bool page_sign_out(struct request *request, struct response *response, struct err *err)
{
    if (!app_sign_out(request->house, &request->actor, request->session, request->now, err))
        return false;
    set_cookie(request, response, cookie_session(request->secure), "", COOKIE_END);
    response_redirect(response, TEXT("/sign-in"));
    return true;
}

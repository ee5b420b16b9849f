#include "web/dispatch.h"

#include "app/access.h"
#include "app/confine.h"
#include "made/templates.h"
#include "web/cookie.h"
#include "web/cookies.h"
#include "web/form.h"
#include "web/query.h"
#include "web/serve_inside.h"
#include "web/work.h"

#include <strings.h>

/* ---- what is asked for -------------------------------------------------------------------- */

static bool set_lang(struct exchange *e)
{
    struct request *const r = &e->request;
    struct text said;
    if (pairs_get(&r->query, "lang", &said) && (text_equal(said, TEXT("zh")) || text_equal(said, TEXT("en"))))
        response_header(&e->response, "Set-Cookie", cookie_set(TEXT("jh_lang"), said, COOKIE_YEAR, r->secure, r->mem));
    else
        cookie_get(e->head.cookie, TEXT("jh_lang"), &said);
    r->lang = text_equal(said, TEXT("en")) ? LANG_EN : LANG_ZH;
    return true;
}

static bool host_is_ours(struct exchange *e)
{
    const struct web_server *const server = e->server;
    if (server->loopback ? head_host_is_loopback(e->head.host) : head_host_is_proper(e->head.host))
        return true;
    return exchange_refuse(e, 400, ERR_USAGE, "请求里的主机名（Host）不是本服务器的。",
                           server->loopback ? "请用 http://127.0.0.1 打开。" : "请核对网址，或代理的设置。");
}

static bool find_route(struct exchange *e, bool known_method, enum method method)
{
    struct request *const r = &e->request;
    struct path path;
    if (!path_target(e->target, &r->path, &r->raw_query) || !path_parse(r->path, r->mem, &path)) {
        r->path = r->raw_query = (struct text){ 0 };
        return exchange_refuse(e, 400, ERR_USAGE, "网址读不懂。", "请从页面上的链接重新进入。");
    }
    if (!query_parse(r->raw_query, r->mem, &r->query, &e->fault)) {
        e->refused = true;
        return false;
    }
    set_lang(e);
    switch (route_find(e->server->options.routes, e->server->options.n_routes, known_method ? method : METHOD_GET, &path, &r->route, r->captures, &e->methods)) {
    case ROUTE_ABSENT:
        return exchange_refuse(e, 404, ERR_ABSENT, "没有这个网页。", "网址可能不完整；请从总览或左边的目录进入。");
    case ROUTE_OTHER_METHOD:
        r->route = NULL;
        return exchange_refuse(e, 405, ERR_USAGE, "这个网址不能这样用。", "请从页面上的按钮提交，不要直接打开它的网址。");
    default:
        break;
    }
    if (!known_method) {
        e->methods = r->route->method == METHOD_GET ? "GET, HEAD" : "POST";
        r->route = NULL;
        return exchange_refuse(e, 405, ERR_USAGE, "服务器不用这种请求方法。", "");
    }
    e->methods = NULL;
    if (path.slash && method == METHOD_GET) {
        struct text plain = r->path;
        plain.size--;
        response_redirect(&e->response, r->raw_query.size ? text_printf(r->mem, "%.*s?%.*s", TEXT_ARG(plain), TEXT_ARG(r->raw_query)) : plain);
        e->response.status = 308;
        return false;
    }
    return true;
}

/* ---- whose data --------------------------------------------------------------------------- */

static bool take_snapshot(struct exchange *e, bool older_will_do)
{
    struct request *const r = &e->request;
    if (r->snapshot)
        return true;
    if (!(older_will_do ? house_snapshot_at_hand(r->house, &r->snapshot, &e->fault) : house_snapshot(r->house, &r->snapshot, &e->fault))) {
        r->snapshot = NULL;
        e->refused = true;
        return false;
    }
    e->refused = !app_confine(r->house, r->snapshot, r->now, r->mem, &r->actor, &e->fault);
    return !e->refused;
}

static bool choose_year(struct exchange *e)
{
    struct request *const r = &e->request;
    int64_t year;
    if (!request_query_number(r, "year", 1900, 2999, 0, &year, &e->fault)) {
        e->refused = true;
        return false;
    }
    r->year = snapshot_year(r->snapshot, (int)year);
    if (year && r->year == r->snapshot->n_years) {
        r->year = snapshot_year(r->snapshot, 0);
        if (text_starts(r->path, TEXT("/returns"))) /* a year being collected may have no figures yet: these pages read it themselves */
            return true;
        err_set(&e->fault, ERR_ABSENT, "没有 %d学年的数据。", (int)year);
        err_hint(&e->fault, "请在页面上方选一个有数据的学年。");
        e->refused = true;
        return false;
    }
    return true;
}

/* ---- who ---------------------------------------------------------------------------------- */

static bool api(const struct exchange *e)
{
    return e->request.route && e->request.route->form == FORM_BEARER;
}

static bool ask_for_sign_in(struct exchange *e)
{
    struct request *const r = &e->request;
    if (api(e)) {
        response_header(&e->response, "WWW-Authenticate", TEXT("Bearer"));
        return exchange_refuse(e, 401, ERR_DENIED, "缺少令牌，或令牌已失效。", "请用 junheng token create 建一个，放进请求头 Authorization: Bearer。");
    }
    const struct text next = r->route->method == METHOD_GET ? request_target(r) : TEXT("/");
    const struct text path = text_equal(next, TEXT("/")) ? TEXT("/sign-in")
                                                         : text_printf(r->mem, "/sign-in%.*s", TEXT_ARG(query_with((struct text){ 0 }, "next", next, r->mem)));
    if (r->htmx) {
        response_header(&e->response, "HX-Redirect", path);
        return exchange_refuse(e, 401, ERR_DENIED, "登录已过期。", "请重新登录。");
    }
    if (r->route->method == METHOD_POST)
        return exchange_refuse(e, 401, ERR_DENIED, "登录已过期，这一步没有做。", "请重新登录后再做一次。");
    response_redirect(&e->response, path);
    return false;
}

static bool find_actor(struct exchange *e)
{
    struct request *const r = &e->request;
    struct err err = { 0 };
    if (api(e)) {
        const struct text said = e->head.authorization;
        const bool bearer = said.size > 7 && strncasecmp(said.at, "Bearer ", 7) == 0;
        r->signed_in = bearer && app_bearer(r->house, (struct text){ said.at + 7, said.size - 7 }, r->address, r->now, r->mem, &r->actor, &err);
        r->session = (struct text){ 0 };
    } else if (r->session.size == TOKEN_SIZE) {
        r->signed_in = app_session(r->house, r->session, r->address, r->now, r->mem, &r->actor, &err);
    }
    if (!r->signed_in)
        r->session = (struct text){ 0 };
    if (err.kind != ERR_NONE && err.kind != ERR_DENIED) {
        e->fault = err;
        e->refused = true;
        return false;
    }
    return r->signed_in || ask_for_sign_in(e);
}

/* With a password that somebody else gave, all one may do is to change it. */
static bool password_is_own(struct exchange *e)
{
    struct request *const r = &e->request;
    if (!r->actor.must_change || r->route->scope == ROUTE_SCOPE_NONE)
        return true;
    const char *const path = r->route->path;
    if (strcmp(path, "/account") == 0 || strcmp(path, "/account/password") == 0 || strcmp(path, "/account/sessions") == 0 || strcmp(path, "/sign-out") == 0)
        return true;
    if (api(e) || r->route->method == METHOD_POST)
        return exchange_refuse(e, 403, ERR_DENIED, "请先改密码：现在的密码是别人给的。", "请打开“我的账号”，换成只有您知道的密码。");
    response_redirect(&e->response, TEXT("/account"));
    return false;
}

/* Where an administrator must have one-time codes, all he may do without is to set them up. */
static bool totp_is_set(struct exchange *e)
{
    struct request *const r = &e->request;
    if (!r->actor.must_totp || r->actor.must_change || r->route->scope == ROUTE_SCOPE_NONE)
        return true;
    static const char *const ALLOWED[] = { "/account", "/account/password", "/account/sessions", "/account/totp", "/sign-out" };
    for (size_t i = 0; i < COUNT(ALLOWED); i++)
        if (strcmp(r->route->path, ALLOWED[i]) == 0)
            return true;
    if (r->route->method == METHOD_POST)
        return exchange_refuse(e, 403, ERR_DENIED, "县里要求管理员设动态口令，您还没有设。", "请在“我的账号”页先设好。");
    response_redirect(&e->response, TEXT("/account#totp"));
    return false;
}

static bool may(struct exchange *e)
{
    const uint64_t permission = e->request.route->permission;
    e->refused = permission != MAY_NOTHING && !actor_may(&e->request.actor, permission, &e->fault);
    return !e->refused;
}

static bool in_scope(struct exchange *e)
{
    struct request *const r = &e->request;
    r->school = SIZE_MAX;
    if (r->route->scope == ROUTE_SCOPE_COUNTY && !actor_covers_county(&r->actor))
        return exchange_refuse(e, 403, ERR_DENIED, "这一页是全县的，您的账号只看自己的学校或乡镇。", "请打开“学校”，那里有您能看的学校。");
    if (r->route->scope != ROUTE_SCOPE_SCHOOL)
        return true;
    const struct text code = request_capture(r, "code");
    r->school = snapshot_school(r->snapshot, r->year, code, &r->actor);
    bool seen = r->school != SIZE_MAX;
    for (size_t y = 0; !seen && y < r->snapshot->n_years; y++)
        seen = snapshot_school(r->snapshot, y, code, &r->actor) != SIZE_MAX;
    /* The same words whether it is absent or another's: who may not see a school does not learn that it is there. */
    return seen || exchange_refuse(e, 404, ERR_ABSENT, "没有这所学校，或者您的账号看不到它。", "请核对学校编号，或从学校名单进入。");
}

/* Who writes asks the store itself, inside the writer: for him the state at hand will do, as long as he says which
 * year he means (a program says it in what it sends).  What is not found in it may have come since: then the latest. */
static bool see_whose(struct exchange *e)
{
    struct request *const r = &e->request;
    const bool older_will_do = r->route->flow == FLOW_WRITE && (api(e) || request_query(r, "year").size) && !app_is_confined(&r->actor);
    if (!take_snapshot(e, older_will_do))
        return false;
    if (choose_year(e) && in_scope(e))
        return true;
    if (!older_will_do)
        return false;
    snapshot_release(&r->snapshot);
    e->refused = false;
    e->status = 0;
    return take_snapshot(e, false) && choose_year(e) && in_scope(e);
}

/* ---- is it meant -------------------------------------------------------------------------- */

static bool origin_is_ours(struct exchange *e)
{
    const enum form_kind form = e->request.route->form;
    if ((form != FORM_TOKEN && form != FORM_LOGIN) || head_same_origin(&e->head, e->request.secure))
        return true;
    return exchange_refuse(e, 403, ERR_DENIED, "这个提交不是从本系统的页面来的，没有做。", "请在本系统的页面上重新提交。");
}

static bool body_fits(struct exchange *e)
{
    const struct request *const r = &e->request;
    if (r->route->method == METHOD_GET)
        return e->head.length <= 0 || exchange_refuse(e, 400, ERR_USAGE, "读取网页的请求不该带内容。", "");
    if (e->head.length < 0)
        return exchange_refuse(e, 411, ERR_USAGE, "请求没有说明内容的长度（Content-Length）。", "");
    const size_t largest = dispatch_largest(e);
    if ((uint64_t)e->head.length <= largest)
        return true;
    err_set(&e->fault, ERR_LIMIT, "提交的内容有 %.1f MB，超过了 %.1f MB。", (double)e->head.length / 1048576, (double)largest / 1048576);
    err_hint(&e->fault, "文件可以分几次上传。");
    e->refused = true;
    return false;
}

static bool is_form(struct text type)
{
    struct text kind;
    return text_split(&type, ';', &kind) && kind.size == 33 && strncasecmp(kind.at, "application/x-www-form-urlencoded", 33) == 0;
}

size_t dispatch_largest(const struct exchange *e)
{
    struct text boundary;
    const struct route *const route = e->request.route;
    if (route->form == FORM_REPORT)
        return 16 * 1024;
    if (route->flow == FLOW_SLOW && (route->form == FORM_TOKEN || route->form == FORM_BEARER) && multipart_boundary(e->head.content_type, &boundary))
        return MULTIPART_SIZE;
    return route->form == FORM_LOGIN ? 8 * 1024 : FORM_SIZE;
}

static bool read_form(struct exchange *e)
{
    struct request *const r = &e->request;
    const struct text body = { e->body, e->received };
    struct text boundary;
    r->body = body;
    const bool files = r->route->flow == FLOW_SLOW && multipart_boundary(e->head.content_type, &boundary);
    r->act_key = e->head.idempotency_key;
    if (r->route->form == FORM_REPORT || (r->route->form == FORM_BEARER && !files))
        return true;
    bool ok;
    if (r->route->form != FORM_BEARER && is_form(e->head.content_type)) {
        ok = form_parse(body, r->mem, &r->fields, &e->fault);
    } else if (files) {
        struct multipart parts;
        ok = multipart_parse(body, boundary, r->mem, &parts, &e->fault);
        r->fields = parts.fields, r->files = parts.files, r->n_files = parts.n_files;
    } else {
        return exchange_refuse(e, 415, ERR_USAGE, "提交的内容不是表单。", "请在本系统的页面上提交。");
    }
    e->refused = !ok;
    return ok;
}

static bool token_is_right(struct exchange *e)
{
    const struct request *const r = &e->request;
    if (r->route->form != FORM_TOKEN || app_form_token_right(r->house, r->session, request_field(r, "form_token")))
        return true;
    return exchange_refuse(e, 403, ERR_DENIED, "这个页面已经过期，这一步没有做。", "请刷新页面后再做一次。");
}

/* ---- the two halves ----------------------------------------------------------------------- */

/* What may be seen without a session needs neither a reader nor a snapshot for the page's sake: only those that
 * show the county's name do. */
static bool is_public(const struct exchange *e)
{
    return e->request.route->scope == ROUTE_SCOPE_NONE;
}

/* Internet Explorer gets one plain page that says which browser to use. */
static bool is_readable(struct exchange *e)
{
    struct request *const r = &e->request;
    if (!e->head.old_browser || r->route->method != METHOD_GET || r->route->scope == ROUTE_SCOPE_NONE)
        return true;
    struct html html = html_begin(r->mem, LANG_ZH);
    template_old_browser(&html, request_target(r));
    response_html(&e->response, &html);
    return false;
}

bool dispatch_head(struct exchange *e, bool known_method, enum method method)
{
    if (!host_is_ours(e))
        return false;
    e->request.here = text_printf(e->request.mem, "%s://%.*s", e->request.secure ? "https" : "http", TEXT_ARG(e->head.host));
    if (!find_route(e, known_method, method) || !body_fits(e) || !origin_is_ours(e))
        return false;
    cookie_get(e->head.cookie, cookie_session(e->request.secure), &e->request.session);
    cookie_get(e->head.cookie, cookie_device(e->request.secure), &e->request.device);
    if (is_public(e))
        return true;
    return is_readable(e) && find_actor(e) && password_is_own(e) && totp_is_set(e) &&
           may(e) && see_whose(e);
}

bool dispatch_run(struct exchange *e)
{
    struct request *const r = &e->request;
    if (r->route->method == METHOD_POST && !(read_form(e) && token_is_right(e)))
        return false;
    return work_begin(e);
}

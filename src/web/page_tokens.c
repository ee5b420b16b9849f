/* Tokens for programs: one's own, made and revoked. */
#include "app/grants.h"
#include "app/tokens.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/access_words.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static bool asked_for(const struct request *request, const char *word)
{
    for (size_t i = 0; i < request->fields.n; i++)
        if (text_equal(request->fields.pair[i].name, TEXT("may")) && text_equal(request->fields.pair[i].value, text_of(word)))
            return true;
    return false;
}

/* One's own roles in which a token can do something, the session's own chosen unless another was. */
static bool add_roles(struct request *request, struct view_tokens *view, uint64_t *permissions_out, struct err *err)
{
    struct grant_view *grants;
    size_t n;
    const struct text typed = request_field(request, "grant");
    *permissions_out = 0;
    if (!app_grants_own(request->house, &request->actor, request->session, request->now, request->mem, &grants, &n, err))
        return false;
    view->roles.list = arena_array(request->mem, n + 1, struct choice);
    for (size_t i = 0; i < n; i++) {
        const uint64_t may = role_info(grants[i].role)->permissions & TOKEN_PERMISSIONS;
        const struct text id = text_printf(request->mem, "%lld", (long long)grants[i].id);
        if (!may)
            continue;
        *permissions_out |= may;
        view->roles.list[view->roles.n++] = (struct choice){
            id, SAYS_OF(T_TOKENS_ROLE_AT, role_said(request, grants[i].role), place_shown(grants[i].place, request->mem)),
            typed.size ? text_equal(typed, id) : grants[i].current };
    }
    return true;
}

static bool show(struct request *request, struct response *response, const char *made, const struct err *fault, struct err *err)
{
    struct token_view *tokens;
    size_t n, n_infos;
    const struct permission_info *const infos = permission_infos(&n_infos);
    if (!app_tokens(request->house, &request->actor, request->mem, &tokens, &n, err))
        return false;
    struct view_tokens view = { .frame = frame_of(request, SAYS(T_TOKENS_TITLE), "tokens"), .made = made ? text_of(made) : (struct text){ 0 },
                                .sentence = SAYS_OF(T_TOKENS_SENTENCE, say_count(request->mem, (int64_t)n)), .n = n,
                                .lines = arena_array(request->mem, n + 1, struct token_line),
                                .may = { arena_array(request->mem, n_infos, struct choice), 0 } };
    uint64_t may_have;
    if (!add_roles(request, &view, &may_have, err))
        return false;
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    for (size_t i = 0; i < n_infos; i++)
        if (infos[i].bit & TOKEN_PERMISSIONS & may_have)
            view.may.list[view.may.n++] = (struct choice){ text_of(infos[i].word), text_of(request->lang == LANG_EN ? infos[i].en : infos[i].does),
                                                           asked_for(request, infos[i].word) };
    for (size_t i = 0; i < n; i++) {
        struct buf may = { .mem = request->mem };
        for (size_t p = 0; p < n_infos; p++)
            if (infos[p].bit & tokens[i].permissions)
                buf_printf(&may, "%s%s", may.size ? (request->lang == LANG_EN ? ", " : "、") : "", request->lang == LANG_EN ? infos[p].en : infos[p].zh);
        view.lines[i] = (struct token_line){ tokens[i].id, tokens[i].name, tokens[i].owner, role_said(request, tokens[i].role), buf_text(&may), place_shown(tokens[i].place, request->mem),
                                             day_shown(tokens[i].made_at, request->mem), day_shown(tokens[i].valid_until - 1, request->mem),
                                             tokens[i].used_at ? time_shown(tokens[i].used_at, request->mem) : SAYS(T_TOKENS_NEVER),
                                             tokens[i].revoked_at || request->now >= tokens[i].valid_until };
    }
    struct html html = html_begin(request->mem, request->lang);
    template_tokens(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_tokens(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, NULL, err);
}

/* The place of the role that was chosen. */
static bool place_of_role(struct request *request, struct token_wish *wish, struct err *err)
{
    struct grant_view *grants;
    size_t n;
    if (!request_field_number(request, "grant", 0, INT64_MAX, 0, &wish->grant, err) ||
        !app_grants_own(request->house, &request->actor, request->session, request->now, request->mem, &grants, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (grants[i].id == wish->grant)
            wish->place = grants[i].place;
    return true;
}

bool page_token_create(struct request *request, struct response *response, struct err *err)
{
    struct token_wish wish = { .name = request_field(request, "name"), .place = request->actor.place };
    struct token_view made;
    char token[API_TOKEN_SIZE + 1];
    int64_t days;
    size_t n;
    const struct permission_info *const infos = permission_infos(&n);
    for (size_t i = 0; i < n; i++)
        if (asked_for(request, infos[i].word))
            wish.permissions |= infos[i].bit;
    if (place_of_role(request, &wish, err) && request_field_number(request, "days", 1, API_TOKEN_MOST_DAYS, API_TOKEN_DAYS, &days, err)) {
        wish.days = (int)days;
        if (app_token_create(request->house, &request->actor, &wish, request->now, request->mem, token, &made, err))
            return show(request, response, token, NULL, err);
    }
    if (err->kind == ERR_OUTSIDE)
        return false;
    const struct err fault = *err;
    *err = (struct err){ 0 };
    response->status = status_of(fault.kind);
    return show(request, response, NULL, &fault, err);
}

bool page_token_revoke(struct request *request, struct response *response, struct err *err)
{
    int64_t id;
    response->back = TEXT("/tokens");
    if (!request_field_number(request, "id", 1, INT64_MAX, 0, &id, err) || !app_token_revoke(request->house, &request->actor, id, request->now, err))
        return false;
    response_redirect(response, TEXT("/tokens"));
    return true;
}

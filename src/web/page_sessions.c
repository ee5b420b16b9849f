/* Who is signed in, for the security administrator; the record of what was done, for the audit administrator. */
#include "app/audit.h"
#include "app/sessions.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/access_words.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

bool page_sessions(struct request *request, struct response *response, struct err *err)
{
    struct session_view *sessions;
    size_t n;
    if (!app_sessions(request->house, &request->actor, request->now, request->mem, &sessions, &n, err))
        return false;
    struct view_sessions view = { .frame = frame_of(request, SAYS(T_SESSIONS_TITLE), "sessions"), .n = n,
                                  .sentence = SAYS_OF(T_SESSIONS_SENTENCE, say_count(request->mem, (int64_t)n)),
                                  .ended = text_equal(request_query(request, "ended"), TEXT("1")),
                                  .lines = arena_array(request->mem, n + 1, struct session_line) };
    for (size_t i = 0; i < n; i++)
        view.lines[i] = (struct session_line){ sessions[i].id, sessions[i].name, sessions[i].shown, role_said(request, sessions[i].role),
                                               time_shown(sessions[i].made_at, request->mem), time_shown(sessions[i].used_at, request->mem),
                                               sessions[i].address, text_equal(sessions[i].name, request->actor.name) };
    struct html html = html_begin(request->mem, request->lang);
    template_sessions(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_session_end(struct request *request, struct response *response, struct err *err)
{
    int64_t id;
    response->back = TEXT("/sessions");
    if (!request_field_number(request, "id", 1, INT64_MAX, 0, &id, err) ||
        !app_session_end(request->house, &request->actor, id, request->now, err))
        return false;
    response_redirect(response, TEXT("/sessions?ended=1"));
    return true;
}

/* ---- the audit ---------------------------------------------------------------------------- */

enum { AUDIT_SHOWN = 100 };

static struct choices verb_choices(const struct request *request, struct text chosen)
{
    static const char *const VERBS[] = {
#define AUDIT_VERB(verb, zh, en) verb,
#include "app/audit_verbs.def"
#undef AUDIT_VERB
    };
    struct choices to = { arena_array(request->mem, COUNT(VERBS), struct choice), COUNT(VERBS) };
    for (size_t i = 0; i < COUNT(VERBS); i++)
        to.list[i] = (struct choice){ text_of(VERBS[i]), audit_verb_shown(text_of(VERBS[i]), request->lang), text_equal(text_of(VERBS[i]), chosen) };
    return to;
}

/* On a slow thread: "check" walks the whole chain. */
bool page_audit(struct request *request, struct response *response, struct err *err)
{
    struct audit_page within = { .verb = request_query(request, "verb"), .who = text_trim(request_query(request, "who")), .most = AUDIT_SHOWN };
    struct audit_line *lines;
    struct audit_anchor anchor;
    size_t n;
    if (!request_query_number(request, "before", 1, INT64_MAX, 0, &within.before, err) ||
        !app_audit_list(request->house, &request->actor, &within, request->mem, &lines, &n, err) ||
        !app_audit_anchor(request->house, &anchor, err))
        return false;
    struct view_audit view = { .frame = frame_of(request, SAYS(T_AUDIT_TITLE), "audit"), .who = within.who, .n = n,
                               .sentence = SAYS_OF(T_AUDIT_SENTENCE, say_count(request->mem, anchor.seq)),
                               .anchor = text_printf(request->mem, "%lld:%s", (long long)anchor.seq, anchor.hash),
                               .rows = arena_array(request->mem, n + 1, struct audit_row), .verbs = verb_choices(request, within.verb) };
    if (request_query(request, "check").size) {
        struct audit_tally tally;
        struct audit_anchor given;
        const struct text typed = text_trim(request_query(request, "anchor"));
        if (typed.size && !audit_anchor_read(typed, &given, err)) {
            view.fault = text_of(err->what);
            *err = (struct err){ 0 };
        } else {
            if (!app_audit_verify(request->house, typed.size ? &given : NULL, &tally, err))
                return false;
            view.checked = audit_fault_said(&tally, request->mem);
            view.whole = tally.faults == 0;
        }
    }
    for (size_t i = 0; i < n; i++)
        view.rows[i] = (struct audit_row){ text_printf(request->mem, "%lld", (long long)lines[i].seq), time_shown(lines[i].at, request->mem), lines[i].who,
                                           role_said(request, role_by_id(lines[i].role)), audit_verb_shown(lines[i].verb, request->lang),
                                           lines[i].object, lines[i].detail, lines[i].address };
    if (n == AUDIT_SHOWN)
        view.older = text_printf(request->mem, "/audit?before=%lld&verb=%.*s&who=%.*s", (long long)lines[n - 1].seq,
                                 TEXT_ARG(percent_encode_part(within.verb, request->mem)), TEXT_ARG(percent_encode_part(within.who, request->mem)));
    struct html html = html_begin(request->mem, request->lang);
    template_audit(&html, &view);
    response_html(response, &html);
    return true;
}

/* Meetings: the list and the call; one with its agenda from what is stuck, its minutes and decisions; its paper. */
#include "app/meeting.h"

#include "app/office_inside.h"
#include "app/office_paper.h"
#include "app/task.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_office.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/talk_view.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

enum { MOST_STUCK = 30 };

static bool english(const struct request *request)
{
    return request->lang == LANG_EN;
}

static struct text kind_said(const struct request *request, struct text code)
{
    enum meeting_kind kind;
    return meeting_kind_of(code, &kind) ? meeting_kind_said(kind, english(request)) : code;
}

static const char *state_class_of(enum meeting_state state)
{
    return state == MEETING_ISSUED ? "st met" : state == MEETING_HELD ? "st near" : "na";
}

/* ---- the list ----------------------------------------------------------------------------- */

static struct meeting_line line_of(const struct request *request, const struct meeting *m)
{
    enum meeting_state state = MEETING_CALLED;
    const bool known = meeting_state_of(m->state, &state);
    return (struct meeting_line){ .path = meeting_link(m->id, request->mem), .title = m->title, .kind = kind_said(request, m->kind),
                                  .when = m->held_at.size ? text_printf(request->mem, "%.*s %.*s", TEXT_ARG(m->held_on), TEXT_ARG(m->held_at)) : m->held_on,
                                  .where = m->held_in, .state = known ? meeting_state_said(state, english(request)) : m->state, .class = state_class_of(state) };
}

bool page_meetings(struct request *request, struct response *response, struct err *err)
{
    struct meeting_page page;
    const int64_t at = office_page(request);
    if (!app_meetings(request->house, &request->actor, OFFICE_PAGE, at * OFFICE_PAGE, request->mem, &page, err))
        return false;
    struct view_meetings view = { .frame = frame_of(request, SAYS(T_MEETINGS_TITLE), "meetings"), .today = office_today(request),
                                  .may = (request->actor.permissions & MAY_MEET) != 0, .lines = arena_array(request->mem, page.n + 1, struct meeting_line),
                                  .pages = office_pages(request, TEXT("/meetings?"), at, page.n, page.all), .fields = { .held_on = office_today(request) },
                                  .kinds = arena_array(request->mem, N_MEETING_KINDS, struct office_option) };
    for (size_t i = 0; i < page.n; i++)
        view.lines[view.n++] = line_of(request, &page.list[i]);
    for (int k = 0; k < N_MEETING_KINDS; k++)
        view.kinds[view.n_kinds++] = (struct office_option){ meeting_kind_code((enum meeting_kind)k), meeting_kind_said((enum meeting_kind)k, english(request)), !k };
    view.sentence = !page.all          ? SAYS(T_MEETINGS_NONE)
                    : page.unfinished ? SAYS_OF(T_MEETINGS_SENTENCE_OPEN, say_count(request->mem, page.all), say_count(request->mem, page.unfinished))
                                      : SAYS_OF(T_MEETINGS_SENTENCE, say_count(request->mem, page.all));
    struct html html = html_begin(request->mem, request->lang);
    template_meetings(&html, &view);
    response_html(response, &html);
    return true;
}

static struct meeting_wish wish_of(const struct request *request, struct text kind)
{
    return (struct meeting_wish){ .kind = kind, .title = request_field(request, "title"), .held_on = request_field(request, "held_on"),
                                  .held_at = request_field(request, "held_at"), .held_in = request_field(request, "held_in"),
                                  .chair = request_field(request, "chair"), .attending = request_field(request, "attending") };
}

bool page_meeting_call(struct request *request, struct response *response, struct err *err)
{
    const struct meeting_wish wish = wish_of(request, request_field(request, "kind"));
    int64_t id;
    response->back = TEXT("/meetings");
    if (!app_meeting_call(request->house, request->writing, &request->actor, &wish, request->now, request->mem, &id, err))
        return false;
    response_redirect(response, meeting_link(id, request->mem));
    return true;
}

/* ---- one ---------------------------------------------------------------------------------- */

static struct text item_key(const struct request *request, const struct meeting_item *item)
{
    return text_printf(request->mem, "%.*s|%.*s", TEXT_ARG(item->origin), TEXT_ARG(item->origin_key));
}

static struct agenda_line agenda_of(const struct request *request, const struct meeting_item *item)
{
    return (struct agenda_line){ office_number(item->position, request->mem), item->what, item->unit, item->standing, item->link, item_key(request, item) };
}

static void put_agenda(const struct request *request, const struct meeting_whole *w, struct view_meeting *view)
{
    view->items = arena_array(request->mem, w->n_items + 1, struct agenda_line);
    view->about = arena_array(request->mem, w->n_items + 1, struct office_option);
    view->about[view->n_about++] = (struct office_option){ TEXT("0"), SAYS(T_MEETINGS_ABOUT_NONE), true };
    for (size_t i = 0; i < w->n_items; i++) {
        view->items[view->n_items++] = agenda_of(request, &w->items[i]);
        view->about[view->n_about++] = (struct office_option){ office_number(w->items[i].position, request->mem), w->items[i].what, false };
    }
}

/* What is stuck and not on the agenda yet. */
static bool put_stuck(struct request *request, const struct meeting_whole *w, struct view_meeting *view, struct err *err)
{
    struct meeting_item *stuck;
    size_t n;
    if (!view->may_agenda || !request->snapshot)
        return true;
    if (!app_meeting_stuck(request->house, request->snapshot, &request->actor, MOST_STUCK, request->now, request->mem, &stuck, &n, err))
        return false;
    view->stuck = arena_array(request->mem, n + 1, struct agenda_line);
    for (size_t i = 0; i < n; i++) {
        bool there = false;
        for (size_t k = 0; k < w->n_items; k++)
            there |= text_equal(w->items[k].origin, stuck[i].origin) && text_equal(w->items[k].origin_key, stuck[i].origin_key);
        if (!there)
            view->stuck[view->n_stuck++] = agenda_of(request, &stuck[i]);
    }
    return true;
}

static void put_decisions(const struct request *request, const struct meeting_whole *w, struct view_meeting *view)
{
    view->decisions = arena_array(request->mem, w->n_decisions + 1, struct decision_line);
    for (size_t i = 0; i < w->n_decisions; i++) {
        const struct meeting_decision *const d = &w->decisions[i];
        view->decisions[view->n_decisions++] = (struct decision_line){
            office_number(d->position, request->mem), d->words, d->owner.shown, d->due, d->product,
            d->task.size ? text_printf(request->mem, "/tasks/%.*s", TEXT_ARG(d->task)) : TEXT(""), d->task };
    }
}

bool page_meeting(struct request *request, struct response *response, struct err *err)
{
    struct meeting_whole w;
    int64_t id;
    if (!office_id(request, "id", "次会议", &id, err) || !app_meeting(request->house, &request->actor, id, request->mem, &w, err))
        return false;
    const struct meeting *const m = &w.meeting;
    const struct text path = meeting_link(id, request->mem), key = office_number(id, request->mem), state = meeting_state_said(w.state, english(request));
    const struct place_names *const names = office_names(request);
    struct view_meeting view = {
        .frame = frame_of(request, m->title, "meetings"), .sentence = SAYS_OF(T_MEETINGS_ONE, m->title, m->held_on, state), .kind = kind_said(request, m->kind),
        .state = state, .path = path, .version = office_number(m->version, request->mem), .minutes = m->minutes, .document = m->document,
        .docx_path = text_printf(request->mem, "%.*s/paper?as=docx", TEXT_ARG(path)), .pdf_path = text_printf(request->mem, "%.*s/paper?as=pdf", TEXT_ARG(path)),
        .today = office_today(request), .fields = { m->title, m->held_on, m->held_at, m->held_in, m->chair, m->attending },
        .may_agenda = w.may && meeting_agenda_open(w.state), .may_minutes = w.may && meeting_minutes_open(w.state),
        .may_hold = w.may && w.state == MEETING_CALLED && text_compare(m->held_on, office_today(request)) <= 0, .may_cancel = w.may && w.state == MEETING_CALLED,
        .has_minutes = m->minutes.size > 0 };
    view.paragraphs = office_paragraphs(request, m->minutes, &view.n_paragraphs);
    view.owners = office_places(request, names, OFFICE_ANY, TEXT(""));
    put_agenda(request, &w, &view);
    put_decisions(request, &w, &view);
    if (!put_stuck(request, &w, &view, err) || !talk_view(request, view.frame, TEXT("meeting"), key, &view.talk, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_meeting(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- acts --------------------------------------------------------------------------------- */

/* Those of what is stuck that were chosen, as they stand now; and what was typed. */
static bool put_items(struct request *request, int64_t id, struct err *err)
{
    struct meeting_item *stuck, *chosen;
    size_t n, n_chosen = 0;
    if (!app_meeting_stuck(request->house, request->snapshot, &request->actor, MOST_STUCK, request->now, request->mem, &stuck, &n, err))
        return false;
    chosen = arena_array(request->mem, n + 1, struct meeting_item);
    for (size_t i = 0; i < n; i++)
        for (size_t f = 0; f < request->fields.n; f++)
            if (text_equal(request->fields.pair[f].name, TEXT("item")) && text_equal(request->fields.pair[f].value, item_key(request, &stuck[i])))
                chosen[n_chosen++] = stuck[i];
    const struct text typed = text_trim(request_field(request, "what"));
    if (typed.size)
        chosen[n_chosen++] = (struct meeting_item){ .origin = TEXT("other"), .origin_key = TEXT(""), .what = typed, .unit = text_trim(request_field(request, "unit")),
                                                    .standing = TEXT(""), .link = TEXT("") };
    if (!n_chosen) {
        err_set(err, ERR_INPUT, "没有选议题。");
        return err_hint(err, "勾选卡住的事，或写一个新的议题。");
    }
    return app_meeting_items(request->house, request->writing, &request->actor, id, chosen, n_chosen, request->now, request->mem, err);
}

static bool decide(struct request *request, int64_t id, struct err *err)
{
    struct decision_wish wish = { .words = request_field(request, "words"), .due = request_field(request, "due"), .product = request_field(request, "product") };
    return request_field_number(request, "item", 0, 1000, 0, &wish.item, err) && office_place_field(request, "owner", &wish.owner, err) &&
           app_meeting_decide(request->house, request->writing, request->snapshot, &request->actor, id, &wish, request->now, request->mem, err);
}

static bool act(struct request *request, int64_t id, struct text word, struct err *err)
{
    struct house *const house = request->house;
    struct db_session *const session = request->writing;
    const struct actor *const actor = &request->actor;
    int64_t position, version;
    size_t n;
    if (!request_field_number(request, "position", 0, 10000, 0, &position, err) || !request_field_number(request, "version", 0, 1000000, 0, &version, err))
        return false;
    if (text_equal(word, TEXT("edit"))) {
        const struct meeting_wish wish = wish_of(request, TEXT("joint"));   /* its kind stays as it was called */
        return app_meeting_edit(house, session, actor, id, version, &wish, request->now, request->mem, err);
    }
    if (text_equal(word, TEXT("items")))
        return put_items(request, id, err);
    if (text_equal(word, TEXT("drop")))
        return app_meeting_item_drop(house, session, actor, id, position, request->now, request->mem, err);
    if (text_equal(word, TEXT("hold")))
        return app_meeting_hold(house, session, actor, id, request->now, request->mem, err);
    if (text_equal(word, TEXT("cancel")))
        return app_meeting_cancel(house, session, actor, id, request_field(request, "reason"), request->now, request->mem, err);
    if (text_equal(word, TEXT("minutes")))
        return app_meeting_minutes(house, session, actor, id, version, request_field(request, "minutes"), request->now, request->mem, err);
    if (text_equal(word, TEXT("decide")))
        return decide(request, id, err);
    if (text_equal(word, TEXT("undecide")))
        return app_meeting_decision_drop(house, session, actor, id, position, request->now, request->mem, err);
    if (text_equal(word, TEXT("issue")))
        return app_meeting_issue(house, session, actor, id, request_field(request, "document"), request->now, request->mem, &n, err);
    return err_set(err, ERR_USAGE, "没有写要做什么。");
}

bool page_meeting_act(struct request *request, struct response *response, struct err *err)
{
    int64_t id;
    if (!office_id(request, "id", "次会议", &id, err))
        return false;
    response->back = meeting_link(id, request->mem);
    if (!act(request, id, request_field(request, "act"), err))
        return false;
    response_redirect(response, response->back);
    return true;
}

bool page_meeting_paper(struct request *request, struct response *response, struct err *err)
{
    struct meeting_whole w;
    struct report_file file;
    int64_t id;
    if (!office_id(request, "id", "次会议", &id, err) || !app_meeting(request->house, &request->actor, id, request->mem, &w, err) ||
        !app_office_paper(request->house, &request->actor, app_meeting_doc(request->snapshot, &w, request->mem), text_printf(request->mem, "meeting/%lld", (long long)id),
                          request_query(request, "as"), request->now, request->mem, &file, err))
        return false;
    response_file(response, file.bytes, text_string(request->mem, file.type), file.name);
    return true;
}

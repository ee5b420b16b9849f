/* Public concerns: the register with its filter, counted by kind and place; one, with its steps; the working days of a reply. */
#include "app/concern.h"

#include "app/office_inside.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_office.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"
#include "web/talk_view.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static bool english(const struct request *request)
{
    return request->lang == LANG_EN;
}

static struct text kind_said(const struct request *request, struct text code)
{
    size_t n;
    const struct office_word *const words = concern_kinds(&n);
    return office_word_said(words, n, code, english(request));
}

static struct text channel_said(const struct request *request, struct text code)
{
    size_t n;
    const struct office_word *const words = concern_channels(&n);
    return office_word_said(words, n, code, english(request));
}

/* ---- the filter --------------------------------------------------------------------------- */

static struct text day_or(struct text said, struct text otherwise)
{
    struct day day;
    return day_read(said, &day) ? said : otherwise;
}

static const struct office_word STATES[] = {
    { "open", "待答复", "To be answered" }, { "late", "超期未答复", "Late" }, { "replied", "已答复，待回访", "Answered" }, { "closed", "已了结", "Closed" },
};

/* What the address asks for; the last twelve months where it names no days. */
static struct concern_filter filter_of(const struct request *request)
{
    const struct text today = office_today(request), state = request_query(request, "state");
    struct concern_filter f = { .until_day = day_or(request_query(request, "until"), today), .kind = request_query(request, "kind"),
                                .from_day = day_or(request_query(request, "from"), day_shown(request->now - 365 * INT64_C(86400), request->mem)),
                                .channel = request_query(request, "channel") };
    struct place place;
    struct err none;
    if (text_equal(state, TEXT("late")))
        f.late = today;
    else if (office_word_of(STATES, COUNT(STATES), state))
        f.state = state;
    if (request_query(request, "place").size && place_parse(office_names(request), request_query(request, "place"), &place, &none)) {
        f.place_kind = place_word(place.kind);
        f.place_name = place.name;
    }
    return f;
}

/* The address with its filter, ended so that more can follow. */
static struct text path_of(const struct request *request, const char *page)
{
    static const char *const NAMES[] = { "state", "kind", "channel", "place", "from", "until" };
    struct buf path = { .mem = request->mem };
    buf_printf(&path, "%s?", page);
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        const struct text value = request_query(request, NAMES[i]);
        if (value.size)
            buf_printf(&path, "%s=%.*s&", NAMES[i], TEXT_ARG(percent_encode_part(value, request->mem)));
    }
    return buf_text(&path);
}

static struct text filter_said(const struct request *request, const struct concern_filter *f)
{
    struct text parts[4], place = TEXT("");
    size_t n = 0;
    if (request_query(request, "state").size)
        parts[n++] = office_word_said(STATES, COUNT(STATES), request_query(request, "state"), english(request));
    if (f->kind.size)
        parts[n++] = kind_said(request, f->kind);
    if (f->channel.size)
        parts[n++] = channel_said(request, f->channel);
    if (f->place_kind.size) {
        const struct office_place of = { f->place_kind, f->place_name, TEXT("") };
        place = place_name(office_names(request), office_place_is(&of));
        parts[n++] = place;
    }
    struct buf all = { .mem = request->mem };
    for (size_t i = 0; i < n; i++)
        buf_printf(&all, "%s%.*s", i ? (english(request) ? ", " : "、") : "", TEXT_ARG(parts[i]));
    return n ? SAYS_OF(T_CONCERNS_FILTERED, f->from_day, f->until_day, buf_text(&all)) : SAYS_OF(T_CONCERNS_DAYS, f->from_day, f->until_day);
}

/* ---- the register ------------------------------------------------------------------------- */

static const char *class_of(const struct concern *c, struct text today)
{
    return text_equal(c->state, TEXT("closed")) ? "st met" : text_equal(c->state, TEXT("open")) && text_compare(c->due_on, today) < 0 ? "st unmet" : "st near";
}

static struct concern_line line_of(const struct request *request, const struct concern *c)
{
    enum concern_state state = CONCERN_OPEN;
    const bool known = concern_state_of(c->state, &state), late = text_equal(c->state, TEXT("open")) && text_compare(c->due_on, office_today(request)) < 0;
    return (struct concern_line){ .path = concern_link(c->id, request->mem), .number = office_number(c->id, request->mem), .came_on = c->came_on,
                                  .kind = kind_said(request, c->kind), .channel = channel_said(request, c->channel), .place = c->place.shown, .owner = c->owner.shown,
                                  .what = c->what, .due_on = c->due_on, .state = late ? SAYS(T_CONCERNS_LATE) : known ? concern_state_said(state, english(request)) : c->state,
                                  .class = class_of(c, office_today(request)) };
}

static void put_often(const struct request *request, const struct concern_page *page, struct view_concerns *view)
{
    view->often = arena_array(request->mem, page->n_counts + 1, struct concern_often);
    for (size_t i = 0; i < page->n_counts; i++) {
        const struct concern_count *const c = &page->counts[i];
        const struct text place = place_value(office_place_is(&c->place), request->mem);
        view->often[view->n_often++] = (struct concern_often){
            kind_said(request, c->kind), c->place.shown, say_count(request->mem, c->n), say_count(request->mem, c->open), c->last_on,
            text_printf(request->mem, "/concerns?kind=%.*s&place=%.*s", TEXT_ARG(c->kind), TEXT_ARG(percent_encode_part(place, request->mem))), c->n >= CONCERN_OFTEN };
    }
}

static bool put_terms(const struct request *request, struct view_concerns *view, struct err *err)
{
    struct concern_terms terms;
    struct buf moved = { .mem = request->mem };
    if (!app_concern_terms(request->house, request->mem, &terms, err))
        return false;
    view->reply_days = office_number(terms.reply_days, request->mem);
    for (size_t i = 0; i < terms.n; i++)
        buf_printf(&moved, "%.*s %s\n", TEXT_ARG(terms.moved[i].day), terms.moved[i].works ? "班" : "休");
    view->moved = buf_text(&moved);
    return true;
}

bool page_concerns(struct request *request, struct response *response, struct err *err)
{
    struct concern_page page;
    struct concern_filter filter = filter_of(request);
    const int64_t at = office_page(request);
    size_t n_kinds, n_channels, n;
    const struct office_word *const kinds = concern_kinds(&n_kinds), *const channels = concern_channels(&n_channels);
    if (!app_concerns(request->house, &request->actor, &filter, OFFICE_PAGE, at * OFFICE_PAGE, request->now, request->mem, &page, err))
        return false;
    const struct place_names *const names = office_names(request);
    struct view_concerns view = {
        .frame = frame_of(request, SAYS(T_CONCERNS_TITLE), "concerns"), .from = filter.from_day, .until = filter.until_day, .today = office_today(request),
        .may_add = (request->actor.permissions & MAY_CONCERN) != 0, .may_terms = (request->actor.permissions & MAY_MEET) != 0,
        .filtered = filter_said(request, &filter), .lines = arena_array(request->mem, page.n + 1, struct concern_line),
        .pages = office_pages(request, path_of(request, "/concerns"), at, page.n, page.sums.all), .places = office_places(request, names, OFFICE_ANY, request_query(request, "place")),
        .export_path = request->actor.permissions & MAY_EXPORT ? path_of(request, "/concerns/export") : TEXT(""), .filtering = request->query.n > 0 };
    for (size_t i = 0; i < page.n; i++)
        view.lines[view.n++] = line_of(request, &page.list[i]);
    view.states = office_options(request, STATES, COUNT(STATES), SAYS(T_CONCERNS_ANY_STATE), request_query(request, "state"), &view.n_states);
    view.kinds = office_options(request, kinds, n_kinds, SAYS(T_CONCERNS_ANY_KIND), filter.kind, &view.n_kinds);
    view.channels = office_options(request, channels, n_channels, SAYS(T_CONCERNS_ANY_CHANNEL), filter.channel, &view.n_channels);
    view.new_kinds = office_options(request, kinds, n_kinds, TEXT(""), TEXT(""), &n);
    view.new_channels = office_options(request, channels, n_channels, TEXT(""), TEXT(""), &n);
    view.owners = view.may_add ? office_places(request, names, OFFICE_ANY, TEXT("")) : (struct office_places){ NULL, 0 };
    put_often(request, &page, &view);
    view.sentence = !page.sums.all && !view.filtering ? SAYS(T_CONCERNS_NONE)
                    : page.sums.late ? SAYS_OF(T_CONCERNS_SENTENCE_LATE, say_count(request->mem, page.sums.all), say_count(request->mem, page.sums.open), say_count(request->mem, page.sums.late))
                                     : SAYS_OF(T_CONCERNS_SENTENCE, say_count(request->mem, page.sums.all), say_count(request->mem, page.sums.open));
    view.sub = SAYS_OF(T_CONCERNS_SUMS, say_count(request->mem, page.sums.in_time), say_count(request->mem, page.sums.not_in_time),
                       say_count(request->mem, page.sums.satisfied), say_count(request->mem, page.sums.not_satisfied));
    if (!put_terms(request, &view, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_concerns(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_concerns_export(struct request *request, struct response *response, struct err *err)
{
    struct concern_filter filter = filter_of(request);
    struct text bytes;
    if (!app_concerns_export(request->house, request->snapshot, &request->actor, &filter, filter_said(request, &filter), request->now, request->mem, &bytes, err))
        return false;
    response_file(response, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  text_printf(request->mem, "群众关切-%.*s.xlsx", TEXT_ARG(office_today(request))));
    return true;
}

bool page_concern_add(struct request *request, struct response *response, struct err *err)
{
    struct concern_wish wish = { .came_on = request_field(request, "came_on"), .channel = request_field(request, "channel"), .kind = request_field(request, "kind"),
                                 .what = request_field(request, "what"), .reference = request_field(request, "reference") };
    int64_t id;
    response->back = TEXT("/concerns");
    if (!office_place_field(request, "place", &wish.place, err) || !office_place_field(request, "owner", &wish.owner, err) ||
        !app_concern_add(request->house, request->writing, request->snapshot, &request->actor, &wish, request->now, request->mem, &id, err))
        return false;
    response_redirect(response, concern_link(id, request->mem));
    return true;
}

bool page_concern_terms(struct request *request, struct response *response, struct err *err)
{
    int64_t days;
    response->back = TEXT("/concerns");
    if (!request_field_number(request, "reply_days", 0, 1000, CONCERN_REPLY_DAYS, &days, err) ||
        !app_concern_terms_put(request->house, request->writing, &request->actor, days, request_field(request, "moved"), request->now, request->mem, err))
        return false;
    response_redirect(response, TEXT("/concerns#terms"));
    return true;
}

/* ---- one ---------------------------------------------------------------------------------- */

static void put_facts(const struct request *request, const struct concern_view *of, struct view_concern *view)
{
    const struct concern *const c = &of->concern;
    const struct office_fact facts[] = {
        { SAYS(T_CONCERNS_CAME_ON), c->came_on, TEXT("") }, { SAYS(T_CONCERNS_CHANNEL), channel_said(request, c->channel), TEXT("") },
        { SAYS(T_CONCERNS_KIND), kind_said(request, c->kind), TEXT("") }, { SAYS(T_CONCERNS_PLACE), c->place.shown, TEXT("") },
        { SAYS(T_CONCERNS_REFERENCE), c->reference, TEXT("") }, { SAYS(T_CONCERNS_OWNER), c->owner.shown, TEXT("") },
        { SAYS(T_CONCERNS_DUE), c->due_on, TEXT("") }, { SAYS(T_CONCERNS_REPLIED_ON), c->replied_on, TEXT("") },
        { SAYS(T_CONCERNS_REOPENED), c->reopened ? say_count(request->mem, c->reopened) : TEXT(""), TEXT("") },
        { SAYS(T_CONCERNS_ORDER), c->task.size ? SAYS_OF(T_CONCERNS_ORDER_NUMBER, c->task) : TEXT(""), c->task.size ? text_printf(request->mem, "/tasks/%.*s", TEXT_ARG(c->task)) : TEXT("") },
    };
    view->facts = arena_array(request->mem, COUNT(facts), struct office_fact);
    for (size_t i = 0; i < COUNT(facts); i++)
        if (facts[i].value.size)
            view->facts[view->n_facts++] = facts[i];
}

bool page_concern(struct request *request, struct response *response, struct err *err)
{
    struct concern_view of;
    int64_t id;
    if (!office_id(request, "id", "件关切", &id, err) || !app_concern(request->house, &request->actor, id, request->now, request->mem, &of, err))
        return false;
    const struct concern *const c = &of.concern;
    const struct text key = office_number(id, request->mem), state = concern_state_said(of.state, english(request));
    struct view_concern view = {
        .frame = frame_of(request, SAYS_OF(T_CONCERNS_ONE_TITLE, key), "concerns"), .state = state, .what = c->what, .reply = c->reply, .cause = c->cause,
        .path = concern_link(id, request->mem), .state_code = c->state, .today = office_today(request), .class = class_of(c, office_today(request)),
        .reply_to = of.offers.steps[CONCERN_REPLY], .pass_on = of.offers.steps[CONCERN_PASS_ON], .close = of.offers.steps[CONCERN_CLOSE],
        .reopen = of.offers.steps[CONCERN_REOPEN], .order = of.offers.order };
    const struct text who[] = { key, c->place.shown, kind_said(request, c->kind), of.state != CONCERN_OPEN ? state
                                : of.days_left < 0 ? SAYS_OF(T_CONCERNS_DAYS_LATE, say_count(request->mem, -of.days_left)) : SAYS_OF(T_CONCERNS_DAYS_LEFT, say_count(request->mem, of.days_left)) };
    view.sentence = say(request->mem, request->lang, T_CONCERNS_ONE, who, 4);
    view.owners = office_places(request, office_names(request), OFFICE_ANY, place_value(office_place_is(&c->owner), request->mem));
    put_facts(request, &of, &view);
    if (!talk_view(request, view.frame, TEXT("concern"), key, &view.talk, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_concern(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_concern_act(struct request *request, struct response *response, struct err *err)
{
    struct concern_act act = { .words = request_field(request, "words"), .cause = request_field(request, "cause"), .seen = request_field(request, "seen") };
    int64_t id;
    if (!office_id(request, "id", "件关切", &id, err))
        return false;
    response->back = concern_link(id, request->mem);
    if (text_equal(request_field(request, "step"), TEXT("order"))) {
        if (!app_concern_order(request->house, request->writing, &request->actor, id, act.words, request_field(request, "due"), request->now, request->mem, err))
            return false;
    } else if (!concern_step_of(request_field(request, "step"), &act.step)) {
        return err_set(err, ERR_USAGE, "没有写要做什么。");
    } else if ((act.step == CONCERN_PASS_ON && !office_place_field(request, "owner", &act.owner, err)) ||
               !app_concern_step(request->house, request->writing, request->snapshot, &request->actor, id, &act, request->now, request->mem, err)) {
        return false;
    }
    response_redirect(response, response->back);
    return true;
}

/* What was in the media; good cases: the library, one of them. */
#include "app/publicity.h"

#include "app/office_inside.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_office.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/talk_view.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static bool english(const struct request *request)
{
    return request->lang == LANG_EN;
}

static struct text day_or(struct text said, struct text otherwise)
{
    struct day day;
    return day_read(said, &day) ? said : otherwise;
}

/* ---- in the media ------------------------------------------------------------------------- */

static struct text counts_said(const struct request *request, const struct publicity_page *page, int64_t *all)
{
    size_t n;
    const struct office_word *const levels = publicity_levels(&n);
    struct buf said = { .mem = request->mem };
    *all = 0;
    for (size_t l = 0; l < n; l++)
        for (size_t i = 0; i < page->n_counts; i++)
            if (text_equal(page->counts[i].level, text_of(levels[l].code))) {
                const struct text name = text_of(english(request) ? levels[l].en : levels[l].zh);
                buf_printf(&said, "%s%.*s %lld", said.size ? (english(request) ? ", " : "，") : "", TEXT_ARG(name), (long long)page->counts[i].n);
                *all += page->counts[i].n;
            }
    return buf_text(&said);
}

bool page_publicity(struct request *request, struct response *response, struct err *err)
{
    const struct text today = office_today(request);
    const struct publicity_filter filter = { day_or(request_query(request, "from"), day_shown(request->now - 365 * INT64_C(86400), request->mem)),
                                             day_or(request_query(request, "until"), today), request_query(request, "level") };
    struct publicity_page page;
    const int64_t at = office_page(request);
    int64_t all;
    size_t n;
    const struct office_word *const levels = publicity_levels(&n);
    if (!app_publicity(request->house, &request->actor, &filter, OFFICE_PAGE, at * OFFICE_PAGE, request->mem, &page, err))
        return false;
    struct view_publicity view = { .frame = frame_of(request, SAYS(T_PUBLICITY_TITLE), "publicity"), .from = filter.from_day, .until = filter.until_day, .today = today,
                                   .sub = counts_said(request, &page, &all), .may = (request->actor.permissions & MAY_SUBMIT) != 0,
                                   .lines = arena_array(request->mem, page.n + 1, struct publicity_line) };
    for (size_t i = 0; i < page.n; i++) {
        const struct publicity *const p = &page.list[i];
        view.lines[view.n++] = (struct publicity_line){
            office_number(p->id, request->mem), p->day, p->outlet, office_word_said(levels, n, p->level, english(request)), p->title, p->link, p->place.shown,
            p->withdrawn, text_printf(request->mem, "/publicity/%lld", (long long)p->id),
            !p->withdrawn.size && view.may && (p->by.account == request->actor.account || (request->actor.permissions & MAY_RELEASE)) };
    }
    view.sentence = all ? SAYS_OF(T_PUBLICITY_SENTENCE, filter.from_day, filter.until_day, say_count(request->mem, all)) : SAYS(T_PUBLICITY_NONE);
    view.pages = office_pages(request, text_printf(request->mem, "/publicity?from=%.*s&until=%.*s&level=%.*s&", TEXT_ARG(filter.from_day), TEXT_ARG(filter.until_day),
                                                   TEXT_ARG(office_word_of(levels, n, filter.level) ? filter.level : TEXT(""))), at, page.n, all);
    view.levels = office_options(request, levels, n, SAYS(T_PUBLICITY_ANY_LEVEL), filter.level, &view.n_levels);
    view.new_levels = office_options(request, levels, n, TEXT(""), TEXT(""), &view.n_new_levels);
    view.places = office_places(request, office_names(request), OFFICE_ANY, TEXT(""));
    struct html html = html_begin(request->mem, request->lang);
    template_publicity(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_publicity_add(struct request *request, struct response *response, struct err *err)
{
    struct publicity_wish wish = { .day = request_field(request, "day"), .outlet = request_field(request, "outlet"), .level = request_field(request, "level"),
                                   .title = request_field(request, "title"), .link = request_field(request, "link") };
    response->back = TEXT("/publicity");
    if (!office_place_field(request, "place", &wish.place, err) ||
        !app_publicity_add(request->house, request->writing, request->snapshot, &request->actor, &wish, request->now, request->mem, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

bool page_publicity_withdraw(struct request *request, struct response *response, struct err *err)
{
    int64_t id;
    response->back = TEXT("/publicity");
    if (!office_id(request, "id", "条报道", &id, err) ||
        !app_publicity_withdraw(request->house, request->writing, &request->actor, id, request_field(request, "reason"), request->now, request->mem, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

/* ---- good cases --------------------------------------------------------------------------- */

static const struct office_word STATES[] = {
    { "submitted", "已报送", "Handed in" }, { "returned", "退回修改", "Sent back" }, { "taken", "已收录", "In the library" }, { "released", "已公开", "Public" },
};

static struct good_case_line line_of(const struct request *request, const struct good_case *c)
{
    size_t n;
    const struct office_word *const themes = case_themes(&n);
    struct good_case_line line = { .path = case_link(c->id, request->mem), .title = c->title, .theme = office_word_said(themes, n, c->theme, english(request)),
                              .place = c->place.shown, .summary = c->summary, .state = office_word_said(STATES, COUNT(STATES), c->state, english(request)),
                              .when = day_shown(c->by.at, request->mem),
                              .class = text_equal(c->state, TEXT("released")) ? "st met" : text_equal(c->state, TEXT("returned")) ? "st near" : "na" };
    line.paragraphs = office_paragraphs(request, c->body, &line.n_paragraphs);
    return line;
}

bool page_cases(struct request *request, struct response *response, struct err *err)
{
    struct good_case *list;
    size_t n, n_themes, released = 0;
    const struct office_word *const themes = case_themes(&n_themes);
    const struct text state = request_query(request, "state"), theme = request_query(request, "theme");
    if (!app_good_cases(request->house, &request->actor, state, theme, OFFICE_PAGE, office_page(request) * OFFICE_PAGE, request->mem, &list, &n, err))
        return false;
    struct view_cases view = { .frame = frame_of(request, SAYS(T_CASES_TITLE), "publicity"), .may = (request->actor.permissions & MAY_SUBMIT) != 0,
                               .lines = arena_array(request->mem, n + 1, struct good_case_line) };
    for (size_t i = 0; i < n; i++) {
        view.lines[view.n++] = line_of(request, &list[i]);
        released += text_equal(list[i].state, TEXT("released"));
    }
    view.sentence = n ? SAYS_OF(T_CASES_SENTENCE, say_count(request->mem, (int64_t)n), say_count(request->mem, (int64_t)released))
                      : SAYS(state.size || theme.size ? T_CASES_NONE_FOUND : T_CASES_NONE);
    view.states = office_options(request, STATES, COUNT(STATES), SAYS(T_CASES_ANY_STATE), state, &view.n_states);
    view.themes = office_options(request, themes, n_themes, SAYS(T_CASES_ANY_THEME), theme, &view.n_themes);
    view.new_themes = office_options(request, themes, n_themes, TEXT(""), TEXT(""), &view.n_new_themes);
    view.places = office_places(request, office_names(request), OFFICE_ANY, TEXT(""));
    struct html html = html_begin(request->mem, request->lang);
    template_cases(&html, &view);
    response_html(response, &html);
    return true;
}

static struct good_case_wish wish_of(const struct request *request)
{
    return (struct good_case_wish){ .title = request_field(request, "title"), .theme = request_field(request, "theme"),
                                    .summary = request_field(request, "summary"), .body = request_field(request, "body") };
}

bool page_case_add(struct request *request, struct response *response, struct err *err)
{
    struct good_case_wish wish = wish_of(request);
    int64_t id;
    response->back = TEXT("/cases");
    if (!office_place_field(request, "place", &wish.place, err) ||
        !app_good_case_add(request->house, request->writing, request->snapshot, &request->actor, &wish, request->now, request->mem, &id, err))
        return false;
    response_redirect(response, case_link(id, request->mem));
    return true;
}

bool page_case(struct request *request, struct response *response, struct err *err)
{
    struct case_view of;
    int64_t id;
    size_t n;
    const struct office_word *const themes = case_themes(&n);
    if (!office_id(request, "id", "个案例", &id, err) || !app_good_case(request->house, &request->actor, id, request->mem, &of, err))
        return false;
    struct view_case view = { .frame = frame_of(request, of.one.title, "publicity"), .one = line_of(request, &of.one), .path = case_link(id, request->mem),
                              .version = office_number(of.one.version, request->mem), .body = of.one.body, .reason = of.one.reason,
                              .by = SAYS_OF(T_CASES_BY, of.one.place.shown, of.one.by.who, day_shown(of.one.by.at, request->mem)),
                              .take = of.offers[CASE_TAKE], .send_back = of.offers[CASE_RETURN], .again = of.offers[CASE_AGAIN],
                              .release = of.offers[CASE_RELEASE], .unrelease = of.offers[CASE_UNRELEASE] };
    view.themes = office_options(request, themes, n, TEXT(""), of.one.theme, &view.n_themes);
    if (!talk_view(request, view.frame, TEXT("case"), office_number(id, request->mem), &view.talk, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_good_case(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_case_act(struct request *request, struct response *response, struct err *err)
{
    const struct good_case_wish wish = wish_of(request);
    enum case_step step;
    int64_t id, version;
    if (!office_id(request, "id", "个案例", &id, err))
        return false;
    response->back = case_link(id, request->mem);
    if (!case_step_of(request_field(request, "step"), &step))
        return err_set(err, ERR_USAGE, "没有写要做什么。");
    if (!request_field_number(request, "version", 0, 1000000, 0, &version, err) ||
        !app_good_case_step(request->house, request->writing, &request->actor, id, version, step, request_field(request, "reason"), &wish, request->now, request->mem, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

/* The mayor's page: the verdict, how many schools pass, the way to 2030, what is stuck and with whom, what got worse, what comes next.
 * One screen, one A4, nothing to operate. */
#include "app/meeting.h"
#include "app/targets.h"
#include "app/task.h"
#include "app/watch.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/say.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/trend.h"
#include "web/view_mayor.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

enum { MOST_STUCK = 5, MOST_WORSE = 4, MOST_DAYS = 3 };

static void put_stages(const struct request *request, const struct overview *o, struct view_mayor *view)
{
    view->stages = arena_array(request->mem, o->n_stages + 1, struct mayor_stage);
    for (size_t i = 0; i < o->n_stages; i++) {
        const struct overview_stage *const s = &o->stages[i];
        view->stages[view->n_stages++] = (struct mayor_stage){
            s->name, say_count(request->mem, (int64_t)s->passing), say_count(request->mem, (int64_t)s->units),
            lineage_path(request->mem, text_printf(request->mem, "passing:%.*s:%.*s", TEXT_ARG(stage_code(s->stage)), TEXT_ARG(view->year))) };
    }
}

static bool put_stuck(struct request *request, struct view_mayor *view, struct err *err)
{
    struct meeting_item *items;
    size_t n;
    if (!app_meeting_stuck(request->house, request->snapshot, &request->actor, MOST_STUCK, request->now, request->mem, &items, &n, err))
        return false;
    view->stuck = arena_array(request->mem, n + 1, struct mayor_stuck);
    for (size_t i = 0; i < n; i++)
        view->stuck[view->n_stuck++] = (struct mayor_stuck){ items[i].what, items[i].unit, items[i].standing, items[i].link };
    return true;
}

/* How the yearly targets stand: missed, falling, too late. */
static bool put_targets(struct request *request, struct view_mayor *view, struct err *err)
{
    struct target_board board;
    if (!app_targets(request->house, request->snapshot, &request->actor, &(struct target_filter){ 0 }, request->now, request->mem, &board, err))
        return false;
    if (board.tally.missed + board.tally.falling + board.tally.too_late)
        view->targets = SAYS_OF(T_MAYOR_TARGETS, say_count(request->mem, (int64_t)board.tally.missed), say_count(request->mem, (int64_t)board.tally.falling),
                                say_count(request->mem, (int64_t)board.tally.too_late), say_year(request->mem, target_final_year(), request->lang == LANG_EN));
    return true;
}

/* What slipped of the county's figures; of the schools how many. */
static bool put_worse(struct request *request, struct view_mayor *view, struct err *err)
{
    struct watch_report w;
    if (!app_watch(request->house, request->snapshot, &request->actor, request->year, request->lang == LANG_EN, request->mem, &w, err))
        return false;
    view->worse = arena_array(request->mem, MOST_WORSE + 2, struct mayor_line);
    if (w.n_units_slipped) {
        struct text names[3];
        size_t n = 0;
        for (size_t i = 0; i < w.n_units_slipped && n < COUNT(names); i++)
            names[n++] = w.units[i].name;
        const struct text said = say_list(request->mem, names, n, request->lang == LANG_EN);
        view->worse[view->n_worse++] = (struct mayor_line){
            w.n_units_slipped > n ? SAYS_OF(T_MAYOR_SCHOOLS_AND_MORE, say_count(request->mem, (int64_t)w.n_units_slipped), said)
                                  : SAYS_OF(T_MAYOR_SCHOOLS_FELL, say_count(request->mem, (int64_t)w.n_units_slipped), said), TEXT("/watch") };
    }
    for (size_t i = 0; i < w.n_county_slipped && view->n_worse < MOST_WORSE; i++)
        view->worse[view->n_worse++] = (struct mayor_line){ text_printf(request->mem, request->lang == LANG_EN ? "%.*s. %.*s" : "%.*s。%.*s", TEXT_ARG(w.county[i].name), TEXT_ARG(w.county[i].words)), w.county[i].link };
    return true;
}

static void add_day(struct view_mayor *view, struct text day, struct text what, struct text link)
{
    size_t at = view->n_days++;
    for (; at && text_compare(view->days[at - 1].day, day) > 0; at--)
        view->days[at] = view->days[at - 1];
    view->days[at] = (struct mayor_day){ day, what, link };
}

/* The next meeting, the next thing that is due, the next phase of the plan: by day. */
static bool put_days(struct request *request, struct view_mayor *view, struct err *err)
{
    const struct plan *const plan = plan_usual();
    const struct day today = day_of(request->now);
    const struct task_filter filter = { .open = 1, .due_from = day_shown(request->now, request->mem) };
    struct meeting meeting;
    struct task_view *tasks;
    size_t n;
    bool found;
    view->days = arena_array(request->mem, MOST_DAYS + 1, struct mayor_day);
    if (!app_meeting_next(request->house, &request->actor, request->now, request->mem, &meeting, &found, err) ||
        !app_tasks(request->house, NULL, &request->actor, &filter, false, TASK_BY_DUE, 0, 1, request->now, request->mem, &tasks, &n, err))
        return false;
    if (found)
        add_day(view, meeting.held_on, meeting.title, meeting_link(meeting.id, request->mem));
    if (n)
        add_day(view, tasks[0].task.due, SAYS_OF(T_MAYOR_DUE, tasks[0].task.title), task_path(tasks[0].task.id, request->mem));
    for (size_t i = 0; i < plan->n; i++)
        if (days_between(today, plan->phases[i].first) > 0) {
            add_day(view, day_words(request->mem, plan->phases[i].first),
                    SAYS_OF(T_MAYOR_PHASE, request->lang == LANG_EN ? plan->phases[i].en : plan->phases[i].zh, say_count(request->mem, days_between(today, plan->phases[i].first))), TEXT("/procedure"));
            break;
        }
    return true;
}

bool page_mayor(struct request *request, struct response *response, struct err *err)
{
    const struct text title = SAYS(T_MAYOR_TITLE);
    const struct composing *const c = composing_of(request);
    if (!c) {
        empty_page(request, response, title, "mayor");
        return true;
    }
    const struct overview *const o = compose_overview(c, plan_usual(), prices_usual(), day_of(request->now));
    const struct trend_years years = trend_years_of(o, composing_county(c)->county->year);
    struct view_mayor view = { .frame = frame_of(request, title, "mayor"), .sentence = o->sentence, .second = o->second, .year = year_digits(request), .has_trend = years.first != 0 };
    put_stages(request, o, &view);
    if (view.has_trend) {
        view.trend = trend_drawn(request, o, years, 210);
        view.goal = say_year(request->mem, years.last, request->lang == LANG_EN);
    }
    if (!put_stuck(request, &view, err) || !put_worse(request, &view, err) || !put_targets(request, &view, err) || !put_days(request, &view, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_mayor(&html, &view);
    response_html(response, &html);
    return true;
}

/* The plan over time, and as a tree that adds up: county → group → item → unit. */
#include "web/page_plan.h"

#include "base/day.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- over time ---------------------------------------------------------------------------------------- */

struct scale { double from, to, now; };

static enum span_state span_state(const struct plan_state *s, struct day begins, struct text today, struct arena *mem)
{
    if (s->late)
        return SPAN_LATE;
    if (s->all && s->closed == s->all)
        return SPAN_DONE;
    return text_compare(day_text(begins, mem), today) > 0 ? SPAN_AHEAD : SPAN_OPEN;
}

/* An item from the first beginning to the last day of its tasks, within the scale. */
static bool bar_of(const struct request *request, const struct plan_page *page, const struct scale *scale, const struct plan_item *item, struct plan_bar *out)
{
    struct plan_due dues[PLAN_MOST_YEARS];
    struct day first = { 9999, 12, 31 }, last = { 0, 1, 1 };
    double *const marks = arena_array(request->mem, item->n * PLAN_MOST_YEARS + 1, double);
    size_t n_marks = 0;
    const struct plan_state state = plan_item_state(page, item);
    for (size_t i = item->first; i < item->first + item->n; i++) {
        const size_t n = plan_dues(page->plan, &page->plan->tasks[i], dues);
        for (size_t d = 0; d < n; d++) {
            first = day_compare(dues[d].begins, first) < 0 ? dues[d].begins : first;
            last = day_compare(dues[d].due, last) > 0 ? dues[d].due : last;
            const double at = plan_day(dues[d].due);
            if (at >= scale->from && at <= scale->to)
                marks[n_marks++] = at;
        }
    }
    if (!last.year || plan_day(last) < scale->from || plan_day(first) > scale->to)
        return false;
    const struct text when = text_printf(request->mem, "%04d-%02d – %04d-%02d", first.year, first.month, last.year, last.month);
    const struct svg_span span = { .from = scale->from, .to = scale->to, .begins = plan_day(first), .ends = plan_day(last), .now = scale->now,
                                   .state = span_state(&state, first, page->today, request->mem), .dues = marks, .n_dues = n_marks };
    *out = (struct plan_bar){ .id = item->id, .name = item->name, .when = when, .state = plan_state_said(request, &state), .class = plan_state_class(&state),
                              .path = text_printf(request->mem, "/plan/tree?of=%.*s#at", TEXT_ARG(item->id)) };
    out->bar = svg_span(request->mem, &span, SAYS_OF(T_PLAN_BAR, item->name, when, out->state));
    return true;
}

static struct plan_bar phase_bar(const struct request *request, const struct plan_page *page, const struct scale *scale, const struct plan_span *phase)
{
    const struct text when = text_printf(request->mem, "%.*s – %.*s", TEXT_ARG(day_text(phase->first, request->mem)), TEXT_ARG(day_text(phase->last, request->mem)));
    const bool over = text_compare(day_text(phase->last, request->mem), page->today) < 0, ahead = text_compare(day_text(phase->first, request->mem), page->today) > 0;
    const struct svg_span span = { .from = scale->from, .to = scale->to, .begins = plan_day(phase->first), .ends = plan_day(phase->last), .now = scale->now,
                                   .state = ahead ? SPAN_AHEAD : SPAN_OPEN, .thick = true };
    const struct text state = SAYS(over ? T_PLAN_PHASE_OVER : ahead ? T_PLAN_PHASE_AHEAD : T_PLAN_PHASE_NOW);
    return (struct plan_bar){ .name = phase->name, .when = when, .state = state, .class = "note d-inline",
                              .bar = svg_span(request->mem, &span, SAYS_OF(T_PLAN_BAR, phase->name, when, state)) };
}

static void put_bars(const struct request *request, const struct plan_page *page, const struct scale *scale, struct view_plan_gantt *view)
{
    const struct work_plan *const plan = page->plan;
    view->bars = arena_array(request->mem, plan->n_spans + plan->n_groups + plan->n_items + 1, struct plan_bar);
    view->bars[view->n++] = (struct plan_bar){ .name = SAYS(T_PLAN_PHASES), .group = true };
    for (size_t i = 0; i < plan->n_spans; i++)
        if (plan_day(plan->spans[i].last) >= scale->from && plan_day(plan->spans[i].first) <= scale->to)
            view->bars[view->n++] = phase_bar(request, page, scale, &plan->spans[i]);
    for (size_t g = 0; g < plan->n_groups; g++) {
        const size_t heading = view->n++;
        view->bars[heading] = (struct plan_bar){ .id = plan->groups[g].id, .name = plan->groups[g].name, .group = true };
        for (size_t i = plan->groups[g].first; i < plan->groups[g].first + plan->groups[g].n; i++)
            view->n += bar_of(request, page, scale, &plan->items[i], &view->bars[view->n]);
        if (view->n == heading + 1)
            view->n = heading;
    }
}

/* A year of twelve months, else the whole plan; what a year means is said above the bars. */
static struct svg scale_drawn(const struct request *request, const struct plan_page *page, const struct scale *scale, int year)
{
    struct svg_moment *const marks = arena_array(request->mem, 64, struct svg_moment);
    size_t n = 0;
    if (year)
        for (int m = 1; m <= 12; m++)
            marks[n++] = (struct svg_moment){ plan_day((struct day){ year, m, 1 }), SAYS_OF(T_PLAN_MONTH, text_printf(request->mem, "%d", m)) };
    else
        for (int y = page->plan->first.year; y <= page->plan->last.year + 1 && n < 64; y++)
            marks[n++] = (struct svg_moment){ plan_day((struct day){ y, 1, 1 }), text_printf(request->mem, "%d", y) };
    return svg_years(request->mem, scale->from, scale->to, marks, n, (struct svg_moment){ scale->now, SAYS(T_PLAN_TODAY) }, SAYS(T_PLAN_SCALE));
}

bool page_plan_gantt(struct request *request, struct response *response, struct err *err)
{
    struct plan_page page;
    int64_t year;
    if (!plan_page(request, true, &page, err) || !request_query_number(request, "zoom", 1900, 2999, 0, &year, err))
        return false;
    const struct work_plan *const plan = page.plan;
    struct scale scale = { plan_day((struct day){ plan->first.year, plan->first.month, 1 }), plan_day(plan->last), (double)(request->now / 86400) };
    if (year) {
        scale.from = plan_day((struct day){ (int)year, 1, 1 });
        scale.to = plan_day((struct day){ (int)year, 12, 31 });
    }
    struct view_plan_gantt view = { .frame = frame_of(request, SAYS(T_PLAN_TAB_GANTT), "plan"), .head = plan_head(request, &page, PLAN_TAB_GANTT),
                                    .sub = SAYS(T_PLAN_GANTT_SUB), .years = scale_drawn(request, &page, &scale, (int)year) };
    const struct plan_span *phase = NULL;
    for (size_t i = 0; i < plan->n_spans; i++)
        if (text_compare(day_text(plan->spans[i].first, request->mem), page.today) <= 0)
            phase = &plan->spans[i];
    view.sentence = phase ? SAYS_OF(T_PLAN_GANTT_SENTENCE, phase->name, day_text(phase->last, request->mem)) : SAYS_OF(T_PLAN_GANTT_AHEAD, day_text(plan->first, request->mem));
    view.zoom = arena_array(request->mem, (size_t)(plan->last.year - plan->first.year) + 2, struct task_option);
    for (int y = plan->first.year; y <= plan->last.year; y++)
        view.zoom[view.n_zoom++] = (struct task_option){ text_printf(request->mem, "%d", y), SAYS_OF(T_PLAN_ZOOM_YEAR, text_printf(request->mem, "%d", y)), y == year };
    put_bars(request, &page, &scale, &view);
    struct html html = html_begin(request->mem, request->lang);
    template_plan_gantt(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- as a tree ---------------------------------------------------------------------------------------- */

static struct plan_branch branch_of(const struct request *request, unsigned depth, struct text id, struct text name, struct text path, const struct plan_state *s)
{
    struct arena *const mem = request->mem;
    return (struct plan_branch){ .depth = depth, .id = id, .name = name, .path = path, .all = say_count(mem, s->all), .closed = say_count(mem, s->closed),
                                 .open = say_count(mem, s->open), .late = say_count(mem, s->late), .proved = say_count(mem, s->proved),
                                 .share = svg_progress(mem, (struct svg_counts){ .met = (size_t)s->closed, .near = (size_t)s->proved, .unmet = (size_t)s->late,
                                                                               .none = (size_t)(s->all - s->closed - s->late - s->proved > 0 ? s->all - s->closed - s->late - s->proved : 0) },
                                                     plan_state_said(request, s)) };
}

static bool put_units(const struct request *request, const struct plan_page *page, struct text of, struct view_plan_tree *view, struct err *err)
{
    struct plan_state *units;
    size_t n;
    if (!app_plan_units(request->house, &request->actor, of, request->now, request->mem, &units, &n, err))
        return false;
    struct plan_branch *const more = arena_array(request->mem, view->n + n + page->plan->n_items + page->plan->n_groups + 1, struct plan_branch);
    memcpy(more, view->branches, view->n * sizeof *more);
    view->branches = more;
    for (size_t i = 0; i < n; i++) {
        struct place place = { .kind = PLACE_COUNTY, .name = TEXT("") };
        if (!place_of_words(units[i].owner_kind, units[i].owner_name, &place))
            continue;
        const struct text path = units[i].all == 1 ? text_printf(request->mem, "/tasks/%lld", (long long)units[i].first)
            : text_printf(request->mem, "/tasks?state=all&owner=%.*s&subject=plan:%.*s", TEXT_ARG(place_value(place, request->mem)), TEXT_ARG(of));
        view->branches[view->n++] = branch_of(request, 3, TEXT(""), place.kind == PLACE_COUNTY ? SAYS(T_PLAN_OFFICE) : place_name(&page->names, place), path, &units[i]);
    }
    return true;
}

bool page_plan_tree(struct request *request, struct response *response, struct err *err)
{
    struct plan_page page;
    const struct text of = request_query(request, "of");
    if (!plan_page(request, true, &page, err))
        return false;
    const struct work_plan *const plan = page.plan;
    struct view_plan_tree view = { .frame = frame_of(request, SAYS(T_PLAN_TAB_TREE), "plan"), .head = plan_head(request, &page, PLAN_TAB_TREE),
                                   .export_path = TEXT("/plan/export?as=tree"), .may_export = (request->actor.permissions & MAY_EXPORT) != 0,
                                   .branches = arena_array(request->mem, 1 + plan->n_groups + plan->n_items, struct plan_branch) };
    struct plan_state whole = { .all = 0 };
    for (size_t i = 0; i < plan->n_tasks; i++)
        plan_state_add(&whole, &page.by_task[i]);
    view.sentence = SAYS_OF(T_PLAN_TREE_SENTENCE, say_count(request->mem, whole.all), say_count(request->mem, whole.closed), say_count(request->mem, whole.late));
    view.branches[view.n++] = branch_of(request, 0, TEXT(""), county_name(request), TEXT("/plan/tree"), &whole);
    for (size_t g = 0; g < plan->n_groups; g++) {
        const struct plan_group *const group = &plan->groups[g];
        struct plan_state sum = { .all = 0 };
        const size_t heading = view.n++;
        for (size_t i = group->first; i < group->first + group->n; i++) {
            const struct plan_item *const item = &plan->items[i];
            const struct plan_state state = plan_item_state(&page, item);
            const bool open = text_equal(of, item->id);
            plan_state_add(&sum, &state);
            view.branches[view.n] = branch_of(request, 2, item->id, item->name, open ? TEXT("/plan/tree") : text_printf(request->mem, "/plan/tree?of=%.*s#at", TEXT_ARG(item->id)), &state);
            view.branches[view.n++].current = open;
            if (open && !put_units(request, &page, of, &view, err))
                return false;
        }
        view.branches[heading] = branch_of(request, 1, group->id, group->name, TEXT(""), &sum);
    }
    struct html html = html_begin(request->mem, request->lang);
    template_plan_tree(&html, &view);
    response_html(response, &html);
    return true;
}

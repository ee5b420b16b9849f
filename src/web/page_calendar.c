/* Tasks by their days: a month, and what a calendar program fetches. */
#include "app/calendar.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/page_plan.h"
#include "web/page_tasks.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

enum { MOST = 600, SHOWN = 5 };

/* ---- the month ---------------------------------------------------------------------------------------- */

static struct text month_text(int year, int month, struct arena *mem)
{
    return text_printf(mem, "%04d-%02d", year, month);
}

static struct text month_path(const struct request *request, int year, int month, bool mine)
{
    return text_printf(request->mem, "/tasks/calendar?month=%04d-%02d%s", month < 1 ? year - 1 : month > 12 ? year + 1 : year, month < 1 ? 12 : month > 12 ? 1 : month,
                       mine ? "&mine=1" : "");
}

static void put_day(const struct request *request, const struct place_names *places, const struct task_view *tasks, size_t n, bool mine, struct calendar_cell *cell)
{
    size_t at = 0, all = 0;
    cell->entries = arena_array(request->mem, SHOWN, struct calendar_entry);
    while (at < n && text_compare(tasks[at].task.due, cell->day) < 0)
        at++;
    for (; at < n && text_equal(tasks[at].task.due, cell->day); at++, all++) {
        if (cell->n == SHOWN)
            continue;
        const struct task_line line = task_line_of(request, places, &tasks[at]);
        cell->entries[cell->n++] = (struct calendar_entry){ line.title, line.path, line.owner, line.state, line.class };
    }
    if (all > cell->n) {
        cell->more = SAYS_OF(T_PLAN_MORE, say_count(request->mem, (int64_t)(all - cell->n)));
        cell->more_path = text_printf(request->mem, "/tasks?state=all&from=%.*s&until=%.*s%s", TEXT_ARG(cell->day), TEXT_ARG(cell->day), mine ? "&mine=1" : "");
    }
}

static void put_weeks(const struct request *request, struct day first, const struct task_view *tasks, size_t n, bool mine, struct view_calendar *view)
{
    static const enum text_key NAMES[7] = { T_PLAN_MON, T_PLAN_TUE, T_PLAN_WED, T_PLAN_THU, T_PLAN_FRI, T_PLAN_SAT, T_PLAN_SUN };
    const struct place_names *const places = tasks_places(request);
    const struct text today = day_shown(request->now, request->mem);
    int64_t at = day_begins(first) - (int64_t)day_of_week(first) * DAY_SECONDS;
    view->weeks = arena_array(request->mem, 6, struct calendar_week);
    for (bool going = true; going && view->n_weeks < 6; view->n_weeks++) {
        struct calendar_week *const week = &view->weeks[view->n_weeks];
        for (int d = 0; d < 7; d++, at += DAY_SECONDS) {
            const struct day day = day_of(at);
            week->days[d] = (struct calendar_cell){ .number = text_printf(request->mem, "%d", day.day), .day = day_text(day, request->mem),
                                                    .name = SAYS(NAMES[d]), .other = day.month != first.month };
            week->days[d].today = text_equal(week->days[d].day, today);
            if (!week->days[d].other)
                put_day(request, places, tasks, n, mine, &week->days[d]);
        }
        going = day_of(at).month == first.month;
    }
}

static bool show(struct request *request, struct response *response, struct text link, struct err *err)
{
    struct arena *const mem = request->mem;
    const struct text asked = request_query(request, "month"), today = day_shown(request->now, mem);
    struct plan_page page;
    struct task_view *tasks;
    struct day first;
    size_t n;
    int64_t links, made;
    /* Units see their own; the office and the supervisors, whose work is everybody's, all. */
    const bool all = (request->actor.permissions & MAY_ASSIGN) || request->actor.role == ROLE_leader;
    const struct text which = request_query(request, "mine");
    const bool mine = which.size ? text_equal(which, TEXT("1")) : !all;
    if (!day_read(text_printf(mem, "%.*s-01", TEXT_ARG(asked)), &first)) {
        first = day_of(request->now);
        first.day = 1;
    }
    const struct day end = day_of(day_begins((struct day){ first.month == 12 ? first.year + 1 : first.year, first.month == 12 ? 1 : first.month + 1, 1 }) - DAY_SECONDS);
    const struct task_filter filter = { .open = -1, .due_from = day_text(first, mem), .due_until = day_text(end, mem) };
    if (!plan_page(request, false, &page, err) ||
        !app_tasks(request->house, NULL, &request->actor, &filter, mine, TASK_BY_DUE, 0, MOST, request->now, mem, &tasks, &n, err) ||
        !app_calendar_links(request->house, &request->actor, &links, &made, err))
        return false;
    size_t open = 0, late = 0;
    for (size_t i = 0; i < n; i++) {
        open += task_open(tasks[i].state);
        late += tasks[i].late;
    }
    const struct text month = SAYS_OF(T_PLAN_MONTH_NAME, text_printf(mem, "%d", first.year), text_printf(mem, "%d", first.month));
    struct view_calendar view = {
        .frame = frame_of(request, SAYS(T_PLAN_CALENDAR), "plan"), .month = month_text(first.year, first.month, mem), .mine = mine, .n = n,
        .sentence = !n ? SAYS_OF(T_PLAN_CALENDAR_NONE, month) : SAYS_OF(T_PLAN_CALENDAR_SENTENCE, month, say_count(mem, (int64_t)n), say_count(mem, (int64_t)open), say_count(mem, (int64_t)late)),
        .previous_path = month_path(request, first.year, first.month - 1, mine), .next_path = month_path(request, first.year, first.month + 1, mine),
        .now_path = text_starts(today, month_text(first.year, first.month, mem)) ? TEXT("") : TEXT("/tasks/calendar"), .ics_path = TEXT("/tasks/calendar.ics"),
        .list_path = text_printf(mem, "/tasks?state=all&from=%.*s&until=%.*s%s", TEXT_ARG(filter.due_from), TEXT_ARG(filter.due_until), mine ? "&mine=1" : ""),
        .mine_path = text_printf(mem, "/tasks/calendar?month=%.*s&mine=1", TEXT_ARG(month_text(first.year, first.month, mem))),
        .all_path = text_printf(mem, "/tasks/calendar?month=%.*s&mine=0", TEXT_ARG(month_text(first.year, first.month, mem))),
        .link = link, .linked = links > 0, .may_link = request->actor.account != 0,
        .links = links ? SAYS_OF(T_PLAN_LINK_MADE, time_shown(made, mem)) : TEXT(""),
    };
    put_weeks(request, first, tasks, n, mine, &view);
    struct html html = html_begin(mem, request->lang);
    template_calendar(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_calendar(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, TEXT(""), err);
}

/* ---- for calendar programs ---------------------------------------------------------------------------- */

static bool send(struct request *request, const struct actor *actor, struct response *response, struct err *err)
{
    struct text ics;
    if (!app_calendar(request->house, actor, request->here, request->now, request->mem, &ics, err))
        return false;
    response_file(response, ics, "text/calendar; charset=utf-8", TEXT("junheng.ics"));
    return true;
}

bool page_calendar_file(struct request *request, struct response *response, struct err *err)
{
    return send(request, &request->actor, response, err);
}

bool page_calendar_feed(struct request *request, struct response *response, struct err *err)
{
    struct actor actor;
    struct text token = request_capture(request, "token");
    if (text_ends(token, TEXT(".ics")))
        token.size -= strlen(".ics");
    return app_calendar_actor(request->house, token, request->now, request->mem, &actor, err) && send(request, &actor, response, err);
}

struct linking { struct request *request; char token[TOKEN_SIZE + 1]; };

static bool link_it(void *context, struct db_session *session, struct err *err)
{
    struct linking *const l = context;
    struct request *const r = l->request;
    if (text_equal(request_field(r, "act"), TEXT("end")))
        return app_calendar_link_end(r->house, session, &r->actor, r->now, err);
    return app_calendar_link(r->house, session, &r->actor, r->now, r->mem, l->token, err);
}

/* The new link is shown once, on the page that answers. */
bool page_calendar_link(struct request *request, struct response *response, struct err *err)
{
    struct linking linking = { .request = request };
    if (!house_write(request->house, link_it, &linking, err))
        return false;
    if (!linking.token[0]) {
        response_redirect(response, TEXT("/tasks/calendar"));
        return true;
    }
    return show(request, response, text_printf(request->mem, "%.*s/calendar/%s.ics", TEXT_ARG(request->here), linking.token), err);
}

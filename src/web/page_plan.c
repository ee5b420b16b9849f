/* The plan of work: what it says, item by item, and what came of it; as a workbook. */
#include "web/page_plan.h"

#include "app/export.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- shared ------------------------------------------------------------------------------------------- */

double plan_day(struct day day)
{
    return (double)(day_begins(day) / 86400);
}

void plan_state_add(struct plan_state *into, const struct plan_state *more)
{
    into->all += more->all;
    into->open += more->open;
    into->late += more->late;
    into->closed += more->closed;
    into->proved += more->proved;
}

struct plan_state plan_item_state(const struct plan_page *page, const struct plan_item *item)
{
    struct plan_state sum = { .key = item->id };
    for (size_t i = item->first; i < item->first + item->n; i++)
        plan_state_add(&sum, &page->by_task[i]);
    return sum;
}

bool plan_page(const struct request *request, bool counting, struct plan_page *out, struct err *err)
{
    struct plan_state *states = NULL;
    size_t n = 0;
    int year;
    if (!app_plan(request->house, NULL, request->mem, &out->holds, &out->draft, err))
        return false;
    if (counting && !app_plan_states(request->house, &request->actor, request->now, request->mem, &states, &n, err))
        return false;
    out->plan = out->holds.plan;
    out->today = day_shown(request->now, request->mem);
    out->issued = out->closed = out->late = out->open = 0;
    out->by_task = arena_array(request->mem, out->plan->n_tasks, struct plan_state);
    place_names_of(request->snapshot, request->now, request->mem, &out->names);
    for (size_t i = 0; i < n; i++) {
        const struct plan_task *const task = plan_task_of(out->plan, plan_key_task(states[i].key, &year));
        if (!task)
            continue;
        struct plan_state *const sum = &out->by_task[task - out->plan->tasks];
        plan_state_add(sum, &states[i]);
        sum->first = states[i].first;
        out->issued += (size_t)states[i].all;
        out->closed += (size_t)states[i].closed;
        out->late += (size_t)states[i].late;
        out->open += (size_t)states[i].open;
    }
    return true;
}

struct plan_head plan_head(const struct request *request, const struct plan_page *page, enum plan_tab_at tab)
{
    static const struct { enum text_key name; const char *path; } TABS[] = {
        [PLAN_TAB_ITEMS] = { T_PLAN_TAB_ITEMS, "/plan" }, [PLAN_TAB_GANTT] = { T_PLAN_TAB_GANTT, "/plan/gantt" },
        [PLAN_TAB_TREE] = { T_PLAN_TAB_TREE, "/plan/tree" }, [PLAN_TAB_UPLOADS] = { T_PLAN_TAB_UPLOADS, "/plan/uploads" },
        [PLAN_TAB_CALENDAR] = { T_PLAN_TAB_CALENDAR, "/tasks/calendar" },
    };
    struct plan_head head = { .n_tabs = COUNT(TABS), .adopted = plan_adopted(&page->holds), .drafted = page->draft.plan != NULL,
                              .may_edit = (request->actor.permissions & MAY_ASSIGN) != 0 };
    for (size_t i = 0; i < COUNT(TABS); i++)
        head.tabs[i] = (struct plan_tab){ SAYS(TABS[i].name), text_of(TABS[i].path), i == (size_t)tab };
    if (page->draft.plan && head.may_edit) {
        struct plan_difference *changes;
        size_t n;
        plan_compare(page->plan, page->draft.plan, request->mem, &changes, &n);
        head.draft = say_count(request->mem, (int64_t)n);
    }
    return head;
}

struct text plan_state_said(const struct request *request, const struct plan_state *s)
{
    const struct text closed = say_count(request->mem, s->closed), all = say_count(request->mem, s->all);
    if (!s->all)
        return SAYS(T_PLAN_NOT_ISSUED);
    return s->late ? SAYS_OF(T_PLAN_STATE_LATE, closed, all, say_count(request->mem, s->late)) : SAYS_OF(T_PLAN_STATE, closed, all);
}

const char *plan_state_class(const struct plan_state *s)
{
    return !s->all ? "st na" : s->late ? "st unmet" : s->closed == s->all ? "st met" : s->closed || s->proved ? "st near" : "st none";
}

struct text plan_due_said(const struct request *request, const struct plan_task *task)
{
    return task->yearly ? SAYS_OF(T_PLAN_YEARLY, text_printf(request->mem, "%d", task->due.month), text_printf(request->mem, "%d", task->due.day))
                        : day_text(task->due, request->mem);
}

struct text plan_product_said(const struct request *request, const struct plan_task *task)
{
    static const enum text_key KINDS[N_PLAN_PRODUCTS] = { [PRODUCT_RULE] = T_PLAN_RULE, [PRODUCT_DOCUMENT] = T_PLAN_DOCUMENT, [PRODUCT_FIGURE] = T_PLAN_FIGURE, [PRODUCT_RECORD] = T_PLAN_RECORD };
    return task->product ? SAYS_OF(KINDS[task->product], task->product_name) : TEXT("");
}

/* ---- the page ----------------------------------------------------------------------------------------- */

/* What is shown of it: a phase, an owner's, what is late. */
struct asked { struct text phase, owner; bool late; };

static bool owned_by(const struct plan_page *page, const struct plan_owners *owners, struct text code)
{
    const bool department = place_find(&page->names, (struct place){ .kind = PLACE_DEPARTMENT, .name = code }) != NULL;
    for (size_t i = 0; i < owners->n; i++)
        if ((owners->at[i].kind == OWNER_UNIT && text_equal(owners->at[i].code, code)) || (owners->at[i].kind == OWNER_DEPARTMENTS && department) ||
            (owners->at[i].kind == OWNER_TOWNSHIPS && text_equal(code, TEXT("townships"))) || (owners->at[i].kind == OWNER_OFFICE && text_equal(code, TEXT("office"))))
            return true;
    return false;
}

static bool task_asked(const struct plan_page *page, const struct asked *a, size_t i)
{
    const struct plan_task *const t = &page->plan->tasks[i];
    return (!a->phase.size || text_equal(page->plan->spans[t->phase].id, a->phase)) && (!a->owner.size || owned_by(page, &t->owners, a->owner)) &&
           (!a->late || page->by_task[i].late);
}

static struct plan_line line_of(const struct request *request, const struct plan_page *page, size_t i)
{
    const struct plan_task *const t = &page->plan->tasks[i];
    const struct plan_item *const item = &page->plan->items[t->item];
    struct plan_line line = { .id = t->id, .name = t->name, .product = plan_product_said(request, t), .due = plan_due_said(request, t),
                              .owners = t->own_owners ? plan_owners_said(&t->owners, &page->names, request->mem) : TEXT(""),
                              .state = plan_state_said(request, &page->by_task[i]), .class = plan_state_class(&page->by_task[i]) };
    const struct plan_state *const s = &page->by_task[i];
    if (s->all == 1)
        line.path = text_printf(request->mem, "/tasks/%lld", (long long)s->first);
    else if (s->all)
        line.path = text_printf(request->mem, "/tasks?state=all&origin=plan&subject=%.*s",
                                TEXT_ARG(percent_encode_part(text_printf(request->mem, "plan:%.*s", TEXT_ARG(item->id)), request->mem)));
    return line;
}

static struct plan_row row_of(const struct request *request, const struct plan_page *page, const struct asked *a, size_t at)
{
    const struct plan_item *const item = &page->plan->items[at];
    const struct plan_state state = plan_item_state(page, item);
    struct plan_row row = { .id = item->id, .name = item->name, .text = item->text, .source = item->source, .note = item->note, .page = item->page,
                            .owners = plan_owners_said(&item->owners, &page->names, request->mem),
                            .helpers = plan_owners_said(&item->helpers, &page->names, request->mem), .subjects = plan_texts_words(&item->subjects, request->mem),
                            .state = plan_state_said(request, &state), .class = plan_state_class(&state),
                            .path = text_printf(request->mem, "/plan/tree?of=%.*s#at", TEXT_ARG(item->id)),
                            .lines = arena_array(request->mem, item->n, struct plan_line) };
    for (size_t i = item->first; i < item->first + item->n; i++)
        if (task_asked(page, a, i))
            row.lines[row.n_lines++] = line_of(request, page, i);
    return row;
}

static void put_parts(const struct request *request, const struct plan_page *page, const struct asked *a, struct view_plan *view)
{
    const struct work_plan *const plan = page->plan;
    view->parts = arena_array(request->mem, plan->n_groups, struct plan_part);
    for (size_t g = 0; g < plan->n_groups; g++) {
        const struct plan_group *const group = &plan->groups[g];
        struct plan_part *const part = &view->parts[view->n_parts];
        struct plan_state sum = { .all = 0 };
        *part = (struct plan_part){ .id = group->id, .name = group->name, .source = group->source, .rows = arena_array(request->mem, group->n, struct plan_row) };
        for (size_t i = group->first; i < group->first + group->n; i++) {
            const struct plan_row row = row_of(request, page, a, i);
            const struct plan_state state = plan_item_state(page, &plan->items[i]);
            if (!row.n_lines)
                continue;
            part->rows[part->n_rows++] = row;
            plan_state_add(&sum, &state);
        }
        part->state = sum.all ? plan_state_said(request, &sum) : TEXT("");
        view->n_parts += part->n_rows > 0;
    }
}

static void put_filter(const struct request *request, const struct plan_page *page, const struct asked *a, struct view_plan *view)
{
    const struct place_list *const departments = &page->names.standing[PLACE_DEPARTMENT];
    struct buf words = { .mem = request->mem };
    view->phase_options = arena_array(request->mem, page->plan->n_spans, struct task_option);
    view->owners = arena_array(request->mem, departments->n + 2, struct task_option);
    for (size_t i = 0; i < page->plan->n_spans; i++) {
        const struct plan_span *const span = &page->plan->spans[i];
        view->phase_options[view->n_phase_options++] = (struct task_option){ span->id, span->name, text_equal(span->id, a->phase) };
    }
    view->owners[view->n_owners++] = (struct task_option){ TEXT("office"), SAYS(T_PLAN_OFFICE), text_equal(a->owner, TEXT("office")) };
    view->owners[view->n_owners++] = (struct task_option){ TEXT("townships"), SAYS(T_PLAN_TOWNSHIPS), text_equal(a->owner, TEXT("townships")) };
    for (size_t i = 0; i < departments->n; i++)
        view->owners[view->n_owners++] = (struct task_option){ departments->at[i].place.name, departments->at[i].name, text_equal(departments->at[i].place.name, a->owner) };
    const struct { struct task_option *at; size_t n; } lists[] = { { view->phase_options, view->n_phase_options }, { view->owners, view->n_owners } };
    for (size_t l = 0; l < COUNT(lists); l++)
        for (size_t i = 0; i < lists[l].n; i++)
            if (lists[l].at[i].chosen)
                buf_printf(&words, "%s%.*s", words.size ? "；" : "", TEXT_ARG(lists[l].at[i].name));
    if (a->late)
        buf_printf(&words, "%s%.*s", words.size ? "；" : "", TEXT_ARG(SAYS(T_PLAN_ONLY_LATE)));
    view->filtered = buf_text(&words);
    view->filtering = words.size > 0;
    view->late = a->late;
}

static struct svg phases_of(const struct request *request, const struct plan_page *page)
{
    const struct work_plan *const plan = page->plan;
    struct svg_moment *const moments = arena_array(request->mem, plan->n_spans + 1, struct svg_moment);
    const double whole = plan_day(plan->last) - plan_day(plan->spans[0].first);
    for (size_t i = 0; i < plan->n_spans; i++) {
        /* A short phase's name would lie over the next one's: the bar of each stands in the timeline. */
        const bool narrow = i + 1 < plan->n_spans && plan_day(plan->spans[i + 1].first) - plan_day(plan->spans[i].first) < whole / 5;
        moments[i] = (struct svg_moment){ plan_day(plan->spans[i].first), narrow ? TEXT("")
            : SAYS_OF(T_PLAN_FROM, plan->spans[i].name, text_printf(request->mem, "%04d-%02d", plan->spans[i].first.year, plan->spans[i].first.month)) };
    }
    moments[plan->n_spans] = (struct svg_moment){ plan_day(plan->last), text_printf(request->mem, "%04d-%02d", plan->last.year, plan->last.month) };
    return svg_phases(request->mem, moments, plan->n_spans + 1, (struct svg_moment){ (double)(request->now / 86400), SAYS(T_PLAN_TODAY) }, SAYS(T_PLAN_PHASES));
}

static struct text sentence_of(const struct request *request, const struct plan_page *page)
{
    struct arena *const mem = request->mem;
    const struct text items = say_count(mem, (int64_t)page->plan->n_items);
    if (!plan_adopted(&page->holds))
        return SAYS_OF(T_PLAN_SENTENCE_NEW, page->plan->title, items);
    if (page->late)
        return SAYS_OF(T_PLAN_SENTENCE_LATE, items, say_count(mem, (int64_t)page->issued), say_count(mem, (int64_t)page->closed), say_count(mem, (int64_t)page->late));
    return SAYS_OF(T_PLAN_SENTENCE, items, say_count(mem, (int64_t)page->issued), say_count(mem, (int64_t)page->closed));
}

bool page_plan(struct request *request, struct response *response, struct err *err)
{
    struct plan_page page;
    const struct asked asked = { request_query(request, "phase"), request_query(request, "owner"), text_equal(request_query(request, "late"), TEXT("1")) };
    if (!plan_page(request, true, &page, err))
        return false;
    struct view_plan view = {
        .frame = frame_of(request, SAYS(T_PLAN_TITLE), "plan"), .head = plan_head(request, &page, PLAN_TAB_ITEMS), .sentence = sentence_of(request, &page),
        .sub = page.plan->source, .today = page.today, .phases = phases_of(request, &page), .may_export = (request->actor.permissions & MAY_EXPORT) != 0,
        .xlsx_path = TEXT("/plan/export?as=xlsx"), .csv_path = TEXT("/plan/export?as=csv"),
    };
    put_filter(request, &page, &asked, &view);
    put_parts(request, &page, &asked, &view);
    struct html html = html_begin(request->mem, request->lang);
    template_plan(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- given out ---------------------------------------------------------------------------------------- */

static struct sheet *tree_sheet(const struct request *request, const struct plan_page *page)
{
    static const char *const HEADS[] = { "编号", "事项、任务", "责任单位", "协办单位", "成果", "期限", "指标", "已下达", "已销号", "办理中", "逾期", "待复查" };
    static const double WIDTHS[] = { 12, 46, 24, 30, 30, 14, 20, 8, 8, 8, 8, 8 };
    struct sheet *const sheet = sheet_new(request->mem, TEXT("方案进展"));
    uint32_t row = 1;
    for (uint32_t c = 0; c < COUNT(HEADS); c++) {
        sheet_put_text(sheet, 1, c + 1, LOOK_HEADING, text_of(HEADS[c]));
        sheet->width[c + 1] = WIDTHS[c];
    }
    sheet->frozen_rows = 1;
    for (size_t i = 0; i < page->plan->n_tasks; i++) {
        const struct plan_task *const t = &page->plan->tasks[i];
        const struct plan_item *const item = &page->plan->items[t->item];
        const struct plan_state *const s = &page->by_task[i];
        if (i == item->first) {
            row++;
            sheet_put_text(sheet, row, 1, LOOK_TEXT, item->id);
            sheet_put_text(sheet, row, 2, LOOK_HEADING, item->name);
        }
        row++;
        const struct text cells[] = { t->id, t->name, plan_owners_said(&t->owners, &page->names, request->mem), plan_owners_said(&t->helpers, &page->names, request->mem),
                                      plan_product_said(request, t), plan_due_said(request, t), plan_texts_words(&t->subjects, request->mem) };
        const int64_t counts[] = { s->all, s->closed, s->open, s->late, s->proved };
        for (uint32_t c = 0; c < COUNT(cells); c++)
            sheet_put_text(sheet, row, c + 1, LOOK_TEXT, cells[c]);
        for (uint32_t c = 0; c < COUNT(counts); c++)
            sheet_put_number(sheet, row, (uint32_t)COUNT(cells) + c + 1, LOOK_WHOLE, (double)counts[c]);
    }
    return sheet;
}

bool page_plan_export(struct request *request, struct response *response, struct err *err)
{
    struct plan_page page;
    struct text bytes;
    const struct text as = request_query(request, "as");
    const struct text title = text_printf(request->mem, "%.*s-%.*s", TEXT_ARG(county_name(request)), TEXT_ARG(SAYS(T_PLAN_TITLE)));
    if (!plan_page(request, true, &page, err))
        return false;
    const struct plan_info *const shown = page.draft.plan && text_equal(request_query(request, "version"), TEXT("draft")) ? &page.draft : &page.holds;
    if (text_equal(as, TEXT("csv"))) {
        if (!app_export_note(request->house, &request->actor, TEXT("/plan"), TEXT("csv"), request->now, err))
            return false;
        response_file(response, plan_csv(shown->plan, request->mem), "text/csv; charset=utf-8", text_printf(request->mem, "%.*s.csv", TEXT_ARG(title)));
        return true;
    }
    if (text_equal(as, TEXT("tree"))) {
        struct sheet *const sheet = tree_sheet(request, &page);
        if (!app_export_sheets(request->house, &request->actor, &sheet, 1, TEXT("/plan/tree"), page.plan->n_tasks, page.plan->n_tasks, request->now, request->mem, &bytes, err))
            return false;
    } else if (!app_plan_workbook(request->house, request->snapshot, &request->actor, shown, request->now, request->mem, &bytes, err)) {
        return false;
    }
    response_file(response, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", text_printf(request->mem, "%.*s.xlsx", TEXT_ARG(title)));
    return true;
}

/* Tasks and orders: the list, filtered and grouped; the board; the workbook. */
#include "web/page_tasks.h"

#include "app/evidence_catalogue.h"
#include "app/owner.h"
#include "app/task_export.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

enum { PAGE = 100, COLUMN = 15 };

/* ---- shared --------------------------------------------------------------------------------------- */

const struct place_names *tasks_places(const struct request *request)
{
    struct place_names *const names = arena_make(request->mem, struct place_names);
    place_names_of(request->snapshot, request->now, request->mem, names);
    return names;
}

struct text task_state_said(const struct request *request, enum task_way way, enum task_state state)
{
    return request->lang == LANG_EN ? task_state_en(way, state) : task_state_zh(way, state);
}

const char *task_state_class(const struct task_view *view)
{
    if (view->late)
        return "st unmet";
    switch (view->state) {
    case TASK_CLOSED: return "st met";
    case TASK_WITHDRAWN: return "st na";
    case TASK_ISSUED: return "st none";
    default: return "st near";
    }
}

struct text task_left_said(const struct request *request, const struct task_view *view)
{
    if (!view->task.due.size || !task_with_owner(view->state))
        return TEXT("");
    if (view->days_left < 0)
        return SAYS_OF(T_TASKS_LEFT_LATE, say_count(request->mem, -view->days_left));
    return view->days_left ? SAYS_OF(T_TASKS_LEFT_DAYS, say_count(request->mem, view->days_left)) : SAYS(T_TASKS_LEFT_TODAY);
}

struct text task_subject_said(const struct request *request, struct text subject)
{
    const struct edition *const edition = request->snapshot->edition;
    const bool english = request->lang == LANG_EN;
    const struct text plain = text_starts(subject, TEXT("cv-")) ? (struct text){ subject.at + 3, subject.size - 3 } : subject;
    if (text_equal(subject, TEXT("other")) || !subject.size)
        return SAYS(T_TASKS_OTHER);
    for (size_t i = 0; i < edition->n_rules; i++)
        if (text_equal(edition->rules[i].plain, plain) || text_equal(edition->rules[i].id, plain))
            return text_printf(request->mem, "%.*s %.*s", TEXT_ARG(subject), TEXT_ARG(english ? edition->rules[i].brief_en : edition->rules[i].brief));
    const struct text brief = indicator_brief(edition, plain, english);
    return brief.size && !text_equal(brief, plain) ? text_printf(request->mem, "%.*s %.*s", TEXT_ARG(subject), TEXT_ARG(brief)) : subject;
}

static struct text origin_said(const struct request *request, enum task_origin origin)
{
    return request->lang == LANG_EN ? task_origin_en(origin) : task_origin_zh(origin);
}

struct task_line task_line_of(const struct request *request, const struct place_names *places, const struct task_view *view)
{
    const struct task *const t = &view->task;
    return (struct task_line){
        .number = text_printf(request->mem, "%lld", (long long)t->id), .path = task_path(t->id, request->mem), .title = t->title,
        .kind = SAYS(t->kind == TASK_ORDER ? T_TASKS_ORDER : T_TASKS_TASK), .owner = place_name(places, view->owner), .person = t->person,
        .about = view->about.kind == PLACE_COUNTY ? TEXT("") : place_name(places, view->about), .origin = origin_said(request, t->origin),
        .due = t->due.size ? t->due : SAYS(T_TASKS_NO_DUE), .left = task_left_said(request, view), .late = view->late,
        .state = task_state_said(request, view->way, view->state), .class = task_state_class(view),
    };
}

static struct task_options group_of(const struct request *request, struct text name, const struct place_list *list, struct text chosen)
{
    struct task_options group = { .name = name, .at = arena_array(request->mem, list->n + 1, struct task_option) };
    for (size_t i = 0; i < list->n; i++)   /* whoever sees a part of the county chooses among that part */
        if (actor_covers_county(&request->actor) || evidence_visible(request->snapshot, &request->actor, list->at[i].place))
            group.at[group.n++] = (struct task_option){ list->at[i].value, list->at[i].name, text_equal(list->at[i].value, chosen) };
    return group;
}

struct task_options *task_place_options(const struct request *request, const struct place_names *places, struct text chosen, size_t *n_out)
{
    static const struct { enum place_kind kind; const char *zh, *en; } GROUPS[] = {
        { PLACE_COUNTY, "全县", "County" }, { PLACE_DEPARTMENT, "部门", "Departments" }, { PLACE_TOWNSHIP, "乡镇", "Townships" },
        { PLACE_DISTRICT, "学区", "School districts" }, { PLACE_SCHOOL, "学校", "Schools" },
    };
    struct task_options *const groups = arena_array(request->mem, COUNT(GROUPS) + 1, struct task_options);
    *n_out = 0;
    for (size_t i = 0; i < COUNT(GROUPS); i++) {
        const struct place_list *const list = &places->standing[GROUPS[i].kind];
        groups[*n_out] = group_of(request, text_of(request->lang == LANG_EN ? GROUPS[i].en : GROUPS[i].zh), list, chosen);
        *n_out += groups[*n_out].n != 0;
    }
    return groups;
}

/* "department:D11", "county": what an option carries. */
static bool place_of_option(struct text value, struct place *out)
{
    *out = (struct place){ PLACE_COUNTY, TEXT("") };
    return text_equal(value, TEXT("county")) || (value.size && owner_place_of_key(value, out));
}

/* ---- on the page of what they came of ---------------------------------------------------------------- */

static struct text new_path(const struct request *request, const struct task_wish *w)
{
    struct arena *const mem = request->mem;
    struct buf path = { .mem = mem };
    const struct { const char *name; struct text value; } parts[] = {
        { "origin_key", w->origin_key }, { "owner", place_value(w->owner, mem) }, { "about", place_value(w->about, mem) }, { "title", w->title }, { "text", w->text },
        { "person", w->person }, { "subject", w->subject }, { "stage", w->stage }, { "due", w->due },
    };
    buf_printf(&path, "/tasks/new?kind=%.*s&origin=%.*s", TEXT_ARG(task_kind_code(w->kind)), TEXT_ARG(task_origin_code(w->origin)));
    for (size_t i = 0; i < COUNT(parts); i++)
        if (parts[i].value.size)
            buf_printf(&path, "&%s=%.*s", parts[i].name, TEXT_ARG(percent_encode_part(parts[i].value, mem)));
    return buf_text(&path);
}

bool tasks_of_view(struct request *request, const struct task_wish *wish, const struct view_tasks_of **out, struct err *err)
{
    struct view_tasks_of *const view = arena_make(request->mem, struct view_tasks_of);
    const struct place_names *const places = tasks_places(request);
    struct task_view *views;
    size_t n;
    if (!app_tasks_of(request->house, NULL, &request->actor, wish->origin, wish->origin_key, request->now, request->mem, &views, &n, err))
        return false;
    view->lines = arena_array(request->mem, n + 1, struct task_line);
    for (size_t i = 0; i < n; i++)
        view->lines[view->n++] = task_line_of(request, places, &views[i]);
    if ((request->actor.permissions & MAY_ASSIGN) && actor_covers_county(&request->actor))
        view->new_path = new_path(request, wish);
    *out = view;
    return true;
}

/* ---- what is asked for -------------------------------------------------------------------------------- */

enum tab { TAB_OPEN, TAB_LATE, TAB_WAITING, TAB_CLOSED, TAB_ALL, N_TABS };
static const struct { const char *word; enum text_key name; } TABS[N_TABS] = {
    { "open", T_TASKS_OPEN }, { "late", T_TASKS_LATE }, { "proved", T_TASKS_WAITING }, { "closed", T_TASKS_CLOSED }, { "all", T_TASKS_ALL },
};
static const struct { const char *word; enum text_key name; enum task_order order; } GROUPS[] = {
    { "", T_TASKS_GROUP_NONE, TASK_BY_DUE }, { "owner", T_TASKS_GROUP_OWNER, TASK_BY_OWNER }, { "origin", T_TASKS_GROUP_ORIGIN, TASK_BY_ORIGIN },
    { "state", T_TASKS_GROUP_STATE, TASK_BY_STATE },
};

static void add_words(struct buf *words, struct text one, bool english)
{
    buf_printf(words, "%s%.*s", words->size ? english ? "; " : "；" : "", TEXT_ARG(one));
}

static struct text filter_said(const struct request *request, const struct place_names *places, const struct tasks_asked *a)
{
    struct buf words = { .mem = request->mem };
    const struct task_filter *const f = &a->filter;
    const bool english = request->lang == LANG_EN;
    enum task_origin origin;
    enum task_state state;
    struct place owner;
    for (size_t i = 0; i < N_TABS; i++)
        if (i != TAB_OPEN && text_equal(a->state, text_of(TABS[i].word)))
            add_words(&words, SAYS(TABS[i].name), english);
    if (!text_equal(a->state, TEXT("proved")) && !text_equal(a->state, TEXT("closed")) && task_state_of(a->state, &state))
        add_words(&words, task_state_said(request, TASK_CHECKED, state), english);
    if (a->mine)
        add_words(&words, SAYS(T_TASKS_F_MINE), english);
    if (place_of_option(a->owner, &owner))
        add_words(&words, SAYS_OF(T_TASKS_F_OWNER, place_name(places, owner)), english);
    if (f->origin.size && task_origin_of(f->origin, &origin))
        add_words(&words, SAYS_OF(T_TASKS_F_ORIGIN, origin_said(request, origin)), english);
    if (f->kind.size)
        add_words(&words, SAYS(text_equal(f->kind, TEXT("order")) ? T_TASKS_ORDER : T_TASKS_TASK), english);
    if (f->subject.size)
        add_words(&words, SAYS_OF(T_TASKS_F_SUBJECT, task_subject_said(request, f->subject)), english);
    if (f->words.size)
        add_words(&words, SAYS_OF(T_TASKS_F_WORDS, f->words), english);
    if (f->due_from.size || f->due_until.size)
        add_words(&words, SAYS_OF(T_TASKS_F_DUE, f->due_from.size ? f->due_from : TEXT("…"), f->due_until.size ? f->due_until : TEXT("…")), english);
    return words.size ? SAYS_OF(T_TASKS_FILTERED, buf_text(&words)) : TEXT("");
}

bool tasks_asked(const struct request *request, const struct place_names *places, struct tasks_asked *out, struct text *words_out, struct err *err)
{
    struct place owner;
    struct day day;
    enum task_origin origin;
    *out = (struct tasks_asked){ .filter = { .open = -1, .kind = request_query(request, "kind"), .subject = request_query(request, "subject"),
                                             .words = text_trim(request_query(request, "q")), .origin_key = request_query(request, "of") },
                                 .state = request_query(request, "state"), .owner = request_query(request, "owner"), .group = request_query(request, "group"),
                                 .mine = text_equal(request_query(request, "mine"), TEXT("1")) };
    struct task_filter *const f = &out->filter;
    if (!request_query_number(request, "page", 1, 100000, 1, &out->page, err))
        return false;
    if (!out->state.size)
        out->state = TEXT("open");
    if (text_equal(out->state, TEXT("open")) || text_equal(out->state, TEXT("late"))) {
        f->open = 1;
        f->late = text_equal(out->state, TEXT("late"));
    } else if (!text_equal(out->state, TEXT("all")))
        f->state = out->state;
    if (task_origin_of(request_query(request, "origin"), &origin))
        f->origin = request_query(request, "origin");
    if (place_of_option(out->owner, &owner)) {
        f->owner_kind = place_word(owner.kind);
        f->owner_name = owner.name;
    } else
        out->owner = TEXT("");
    if (day_read(request_query(request, "from"), &day))
        f->due_from = request_query(request, "from");
    if (day_read(request_query(request, "until"), &day))
        f->due_until = request_query(request, "until");
    for (size_t i = 0; i < COUNT(GROUPS); i++)
        if (text_equal(out->group, text_of(GROUPS[i].word)))
            out->order = GROUPS[i].order;
    *words_out = filter_said(request, places, out);
    return true;
}

/* The address of the same list with one thing changed. */
static struct text path_with(const struct request *request, const char *page, const struct tasks_asked *a, struct text state, int64_t at)
{
    struct arena *const mem = request->mem;
    const struct task_filter *const f = &a->filter;
    struct buf path = { .mem = mem };
    const struct { const char *name; struct text value; } parts[] = {
        { "owner", a->owner }, { "origin", f->origin }, { "of", f->origin_key }, { "kind", f->kind }, { "subject", f->subject }, { "q", f->words },
        { "from", f->due_from }, { "until", f->due_until }, { "group", a->group }, { "mine", a->mine ? TEXT("1") : TEXT("") },
    };
    buf_printf(&path, "%s?state=%.*s", page, TEXT_ARG(percent_encode_part(state, mem)));
    for (size_t i = 0; i < COUNT(parts); i++)
        if (parts[i].value.size)
            buf_printf(&path, "&%s=%.*s", parts[i].name, TEXT_ARG(percent_encode_part(parts[i].value, mem)));
    if (at > 1)
        buf_printf(&path, "&page=%lld", (long long)at);
    return buf_text(&path);
}

/* ---- the list --------------------------------------------------------------------------------------------- */

struct listing { struct tasks_asked asked; struct task_count *all, *groups; size_t n_all, n_groups; struct task_view *views; size_t n; };

static bool read_listing(struct request *request, struct listing *l, struct err *err)
{
    struct db_session *session;
    struct task_filter any = l->asked.filter;
    any.open = -1, any.late = false, any.state = TEXT("");
    if (!db_read_begin(house_db(request->house), &session, err))
        return false;
    struct house *const h = request->house;
    const struct actor *const who = &request->actor;
    const struct tasks_asked *const a = &l->asked;
    /* Everything the tabs count in one walk, then one page, then the sums of its groups: as many queries whatever there is. */
    const bool ok = app_task_counts(h, session, who, &any, a->mine, TASK_BY_STATE, request->now, request->mem, &l->all, &l->n_all, err) &&
                    app_tasks(h, session, who, &a->filter, a->mine, a->order, (a->page - 1) * PAGE, PAGE, request->now, request->mem, &l->views, &l->n, err) &&
                    (a->order == TASK_BY_DUE || a->order == TASK_BY_STATE ||
                     app_task_counts(h, session, who, &any, a->mine, a->order, request->now, request->mem, &l->groups, &l->n_groups, err));
    if (a->order == TASK_BY_STATE)
        l->groups = l->all, l->n_groups = l->n_all;
    db_read_end(&session);
    return ok;
}

static void sum_tabs(const struct listing *l, int64_t n[N_TABS])
{
    for (size_t i = 0; i < l->n_all; i++) {
        const struct task_count *const c = &l->all[i];
        n[TAB_OPEN] += c->open;
        n[TAB_LATE] += c->late;
        n[TAB_WAITING] += c->waiting;
        n[TAB_CLOSED] += text_equal(c->name, TEXT("closed")) ? c->all : 0;
        n[TAB_ALL] += c->all;
    }
}

/* How many the list itself has, over all its pages. */
static int64_t total_of(const struct listing *l, const int64_t n[N_TABS])
{
    for (size_t i = 0; i < N_TABS; i++)
        if (text_equal(l->asked.state, text_of(TABS[i].word)))
            return n[i];
    for (size_t i = 0; i < l->n_all; i++)
        if (text_equal(l->all[i].name, l->asked.state))
            return l->all[i].all;
    return 0;
}

static bool in_group(const struct task_view *v, const struct task_count *g, enum task_order order)
{
    switch (order) {
    case TASK_BY_OWNER: return text_equal(v->task.owner_kind, g->kind) && text_equal(v->task.owner_name, g->name);
    case TASK_BY_ORIGIN: return text_equal(task_origin_code(v->task.origin), g->name);
    case TASK_BY_STATE: return text_equal(v->task.state, g->name);
    default: return false;
    }
}

static void put_lines(const struct request *request, const struct place_names *places, const struct listing *l, struct view_tasks *view)
{
    const struct task_count *last = NULL;
    view->lines = arena_array(request->mem, l->n + 1, struct task_line);
    for (size_t i = 0; i < l->n; i++) {
        struct task_line *const line = &view->lines[view->n++];
        *line = task_line_of(request, places, &l->views[i]);
        for (size_t g = 0; g < l->n_groups; g++) {
            const struct task_count *const c = &l->groups[g];
            if (c == last || !in_group(&l->views[i], c, l->asked.order))
                continue;
            last = c;
            line->group = l->asked.order == TASK_BY_OWNER ? line->owner : l->asked.order == TASK_BY_ORIGIN ? line->origin
                          : task_state_said(request, TASK_CHECKED, l->views[i].state);
            line->sums = SAYS_OF(T_TASKS_SUMS, say_count(request->mem, c->all), say_count(request->mem, c->open), say_count(request->mem, c->late));
        }
    }
}

static void put_choices(const struct request *request, const struct place_names *places, const struct tasks_asked *a, struct view_tasks *view)
{
    view->owners = task_place_options(request, places, a->owner, &view->n_owners);
    view->origins = arena_make(request->mem, struct task_options);
    view->origins->at = arena_array(request->mem, N_TASK_ORIGINS, struct task_option);
    for (int o = 0; o < N_TASK_ORIGINS; o++) {
        const struct text word = task_origin_code((enum task_origin)o);
        view->origins->at[view->origins->n++] = (struct task_option){ word, origin_said(request, (enum task_origin)o), text_equal(word, a->filter.origin) };
    }
    view->groups = arena_make(request->mem, struct task_options);
    view->groups->at = arena_array(request->mem, COUNT(GROUPS), struct task_option);
    for (size_t i = 0; i < COUNT(GROUPS); i++)
        view->groups->at[view->groups->n++] = (struct task_option){ text_of(GROUPS[i].word), SAYS(GROUPS[i].name), a->order == GROUPS[i].order };
    view->n_origins = view->n_groups = 1;
}

bool page_tasks(struct request *request, struct response *response, struct err *err)
{
    const struct place_names *const places = tasks_places(request);
    struct listing l = { .n = 0 };
    int64_t n[N_TABS] = { 0 };
    struct view_tasks view = { .frame = frame_of(request, SAYS(T_TASKS_TITLE), "tasks") };
    if (!tasks_asked(request, places, &l.asked, &view.filtered, err) || !read_listing(request, &l, err))
        return false;
    const struct tasks_asked *const a = &l.asked;
    sum_tabs(&l, n);
    view.sentence = n[TAB_OPEN] ? SAYS_OF(T_TASKS_SENTENCE, say_count(request->mem, n[TAB_OPEN]), say_count(request->mem, n[TAB_LATE]), say_count(request->mem, n[TAB_WAITING]))
                                : SAYS(T_TASKS_SENTENCE_NONE);
    view.tabs = arena_array(request->mem, N_TABS, struct task_tab);
    for (size_t i = 0; i < N_TABS; i++)
        view.tabs[view.n_tabs++] = (struct task_tab){ SAYS(TABS[i].name), path_with(request, "/tasks", a, text_of(TABS[i].word), 1), say_count(request->mem, n[i]),
                                                      text_equal(a->state, text_of(TABS[i].word)) };
    put_choices(request, places, a, &view);
    put_lines(request, places, &l, &view);
    const int64_t total = total_of(&l, n), first = (a->page - 1) * PAGE;
    view.state = a->state, view.words = a->filter.words, view.subject = a->filter.subject, view.kind = a->filter.kind, view.of = a->filter.origin_key;
    view.due_from = a->filter.due_from, view.due_until = a->filter.due_until, view.mine = a->mine;
    view.may_mine = true, view.may_put = (request->actor.permissions & MAY_ASSIGN) != 0, view.may_export = (request->actor.permissions & MAY_EXPORT) != 0;
    view.filtering = view.filtered.size != 0;
    view.shown = total ? SAYS_OF(T_TASKS_SHOWN, say_count(request->mem, first + (view.n != 0)), say_count(request->mem, first + (int64_t)view.n), say_count(request->mem, total)) : TEXT("");
    view.previous_path = a->page > 1 ? path_with(request, "/tasks", a, a->state, a->page - 1) : TEXT("");
    view.next_path = first + (int64_t)view.n < total ? path_with(request, "/tasks", a, a->state, a->page + 1) : TEXT("");
    view.export_path = path_with(request, "/tasks/export", a, a->state, 1);
    view.board_path = path_with(request, "/tasks/board", a, TEXT("open"), 1);
    view.clear_path = TEXT("/tasks");
    struct html html = html_begin(request->mem, request->lang);
    template_tasks(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_tasks_export(struct request *request, struct response *response, struct err *err)
{
    struct tasks_asked asked;
    struct text words, bytes;
    const struct place_names *const places = tasks_places(request);
    if (!tasks_asked(request, places, &asked, &words, err) ||
        !app_tasks_export(request->house, request->snapshot, &request->actor, &asked.filter, asked.mine, asked.order, words, request->now, request->mem, &bytes, err))
        return false;
    response_file(response, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                  text_printf(request->mem, "%.*s-任务和整改-%.*s.xlsx", TEXT_ARG(request->snapshot->county_name), TEXT_ARG(day_shown(request->now, request->mem))));
    return true;
}

/* ---- the board ---------------------------------------------------------------------------------------------- */

static bool read_column(struct request *request, struct db_session *session, const struct place_names *places, const struct tasks_asked *a,
                        enum task_state state, int64_t all, struct task_column *out, struct err *err)
{
    struct task_filter f = a->filter;
    struct task_view *views;
    size_t n;
    f.open = -1, f.late = false, f.state = task_state_code(state);
    if (!app_tasks(request->house, session, &request->actor, &f, a->mine, state == TASK_CLOSED ? TASK_BY_CHANGE : TASK_BY_DUE, 0, COLUMN, request->now,
                   request->mem, &views, &n, err))
        return false;
    *out = (struct task_column){ .name = task_state_said(request, TASK_CHECKED, state), .n = say_count(request->mem, all),
                                 .lines = arena_array(request->mem, n + 1, struct task_line),
                                 .path = all > (int64_t)n ? path_with(request, "/tasks", a, f.state, 1) : TEXT("") };
    for (size_t i = 0; i < n; i++)
        out->lines[out->n_lines++] = task_line_of(request, places, &views[i]);
    return true;
}

bool page_task_board(struct request *request, struct response *response, struct err *err)
{
    static const enum task_state COLUMNS[] = { TASK_ISSUED, TASK_ANSWERED, TASK_IN_HAND, TASK_PROVED, TASK_CLOSED };
    const struct place_names *const places = tasks_places(request);
    struct tasks_asked a;
    struct text words;
    struct task_count *counts;
    struct db_session *session;
    size_t n_counts;
    int64_t open = 0, late = 0, waiting = 0;
    struct view_task_board view = { .frame = frame_of(request, SAYS(T_TASKS_BOARD_TITLE), "tasks"),
                                    .columns = arena_array(request->mem, COUNT(COLUMNS), struct task_column) };
    if (!tasks_asked(request, places, &a, &words, err) || !db_read_begin(house_db(request->house), &session, err))
        return false;
    struct task_filter any = a.filter;
    any.open = -1, any.late = false, any.state = TEXT("");
    bool ok = app_task_counts(request->house, session, &request->actor, &any, a.mine, TASK_BY_STATE, request->now, request->mem, &counts, &n_counts, err);
    for (size_t i = 0; ok && i < COUNT(COLUMNS); i++) {
        int64_t all = 0;
        for (size_t k = 0; k < n_counts; k++)
            all += text_equal(counts[k].name, task_state_code(COLUMNS[i])) ? counts[k].all : 0;
        ok = read_column(request, session, places, &a, COLUMNS[i], all, &view.columns[view.n++], err);
    }
    db_read_end(&session);
    if (!ok)
        return false;
    for (size_t k = 0; k < n_counts; k++)
        open += counts[k].open, late += counts[k].late, waiting += counts[k].waiting;
    view.sentence = open ? SAYS_OF(T_TASKS_SENTENCE, say_count(request->mem, open), say_count(request->mem, late), say_count(request->mem, waiting))
                         : SAYS(T_TASKS_SENTENCE_NONE);
    view.list_path = path_with(request, "/tasks", &a, TEXT("open"), 1);
    struct html html = html_begin(request->mem, request->lang);
    template_task_board(&html, &view);
    response_html(response, &html);
    return true;
}

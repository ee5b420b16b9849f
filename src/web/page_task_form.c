/* The form of a task or an order: a new one, with what another page knows of it already, or one worded anew. */
#include "web/page_tasks.h"

#include "base/number.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/page_evidence.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* From the form where it was sent, else from the address. */
static struct text given(const struct request *request, const char *name)
{
    return request->route->method == METHOD_POST ? request_field(request, name) : request_query(request, name);
}

/* ---- what can be chosen ------------------------------------------------------------------------------ */

static struct task_option *few(const struct request *request, const char *const *words, const enum text_key *names, size_t n, struct text chosen)
{
    struct task_option *const list = arena_array(request->mem, n, struct task_option);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct task_option){ text_of(words[i]), SAYS(names[i]), text_equal(text_of(words[i]), chosen) };
    return list;
}

static void put_subjects(const struct request *request, struct text chosen, struct view_task_form *view)
{
    const struct edition *const e = request->snapshot->edition;
    const bool english = request->lang == LANG_EN;
    bool found = !chosen.size || text_equal(chosen, TEXT("other"));
    view->subjects = arena_array(request->mem, e->n_indicators + e->n_rules + 3, struct task_option);
    view->subjects[view->n_subjects++] = (struct task_option){ TEXT("other"), SAYS(T_TASKS_OTHER), found };
    for (size_t i = 0; i < e->n_indicators + e->n_rules; i++) {
        const bool rule = i >= e->n_indicators;
        const struct rule *const r = rule ? &e->rules[i - e->n_indicators] : NULL;
        const struct text id = rule ? r->plain : e->indicators[i].id;
        if (rule && r->kind != RULE_PRECONDITION && r->kind != RULE_VETO)
            continue;
        const struct text brief = rule ? english ? r->brief_en : r->brief : english ? e->indicators[i].brief_en : e->indicators[i].brief;
        found = found || text_equal(id, chosen);
        view->subjects[view->n_subjects++] = (struct task_option){ id, text_printf(request->mem, "%.*s %.*s", TEXT_ARG(id), TEXT_ARG(brief)), text_equal(id, chosen) };
    }
    if (!found)   /* a coefficient, an item of the plan: as the page that leads here has it */
        view->subjects[view->n_subjects++] = (struct task_option){ chosen, task_subject_said(request, chosen), true };
}

static void put_choices(const struct request *request, const struct place_names *places, struct view_task_form *view, const char *stage,
                        struct text product, struct text owner, struct text about, const struct text *helpers, size_t n_helpers)
{
    static const char *const STAGES[] = { "", "primary", "junior" };
    static const enum text_key STAGE_NAMES[] = { T_TASKS_NO_STAGE, T_TASKS_PRIMARY, T_TASKS_JUNIOR };
    static const char *const PRODUCTS[] = { "", "rule", "document", "figure", "record" };
    static const enum text_key PRODUCT_NAMES[] = { T_TASK_PRODUCT_NONE, T_TASK_PRODUCT_RULE, T_TASK_PRODUCT_DOCUMENT, T_TASK_PRODUCT_FIGURE, T_TASK_PRODUCT_RECORD };
    view->stages = few(request, STAGES, STAGE_NAMES, COUNT(STAGES), text_of(stage));
    view->n_stages = COUNT(STAGES);
    view->products = few(request, PRODUCTS, PRODUCT_NAMES, COUNT(PRODUCTS), product);
    view->n_products = COUNT(PRODUCTS);
    view->owners = task_place_options(request, places, owner, &view->n_owners);
    view->abouts = task_place_options(request, places, about.size ? about : TEXT("county"), &view->n_abouts);
    view->helpers = task_place_options(request, places, TEXT(""), &view->n_helpers);
    for (size_t g = 0; g < view->n_helpers; g++)
        for (size_t i = 0; i < view->helpers[g].n; i++)
            for (size_t k = 0; k < n_helpers; k++)
                if (text_equal(view->helpers[g].at[i].value, helpers[k]))
                    view->helpers[g].at[i].chosen = true;
}

static bool render(struct request *request, struct response *response, struct view_task_form *view, const struct err *fault)
{
    if (fault)
        view->fault = text_of(fault->what), view->hint = text_of(fault->hint);
    struct html html = html_begin(request->mem, request->lang);
    template_task_form(&html, view);
    response_html(response, &html);
    return true;
}

/* The helpers a form (or an address) names. */
static struct text *helpers_given(const struct request *request, size_t *n_out)
{
    const struct pairs *const pairs = request->route->method == METHOD_POST ? &request->fields : &request->query;
    struct text *const list = arena_array(request->mem, pairs->n + 1, struct text);
    *n_out = 0;
    for (size_t i = 0; i < pairs->n; i++)
        if (text_equal(pairs->pair[i].name, TEXT("helper")) && pairs->pair[i].value.size)
            list[(*n_out)++] = pairs->pair[i].value;
    return list;
}

static bool show_new(struct request *request, struct response *response, const struct err *fault)
{
    const bool order = !text_equal(given(request, "kind"), TEXT("task"));
    struct view_task_form view = {
        .frame = frame_of(request, SAYS(order ? T_TASK_FORM_ORDER : T_TASK_FORM_TASK), "tasks"), .sentence = SAYS(order ? T_TASK_FORM_ORDER : T_TASK_FORM_TASK),
        .action = TEXT("/tasks"), .back = TEXT("/tasks"), .order = order, .recheck = given(request, "recheck").size != 0, .title = given(request, "title"),
        .text = given(request, "text"), .person = given(request, "person"), .due = given(request, "due"), .product_name = given(request, "product_name"),
        .origin = given(request, "origin"), .origin_key = given(request, "origin_key"), .parent = given(request, "parent"),
    };
    enum task_origin origin;
    size_t n;
    const struct text *const helpers = helpers_given(request, &n);
    if (task_origin_of(view.origin, &origin) && origin != TASK_OF_SUPERVISOR)
        view.from = SAYS_OF(T_TASK_FROM, request->lang == LANG_EN ? task_origin_en(origin) : task_origin_zh(origin));
    put_subjects(request, given(request, "subject"), &view);
    put_choices(request, tasks_places(request), &view, text_string(request->mem, given(request, "stage")), given(request, "product_kind"), given(request, "owner"),
                given(request, "about"), helpers, n);
    return render(request, response, &view, fault);
}

bool page_task_new(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    return show_new(request, response, NULL);
}

/* ---- what was sent ----------------------------------------------------------------------------------------- */

static bool read_wish(struct request *request, struct task_wish *out, struct err *err)
{
    const struct place_names *const places = tasks_places(request);
    double parent = 0;
    size_t n;
    const struct text *const helpers = helpers_given(request, &n), about = request_field(request, "about");
    struct place *const list = arena_array(request->mem, n + 1, struct place);
    *out = (struct task_wish){
        .title = request_field(request, "title"), .text = request_field(request, "text"), .person = request_field(request, "person"),
        .subject = request_field(request, "subject"), .stage = request_field(request, "stage"), .due = request_field(request, "due"),
        .product_kind = request_field(request, "product_kind"), .product_name = request_field(request, "product_name"),
        .origin_key = request_field(request, "origin_key"), .recheck = request_field(request, "recheck").size != 0, .helpers = list,
    };
    if (!task_kind_of(request_field(request, "kind"), &out->kind) || !task_origin_of(request_field(request, "origin"), &out->origin))
        out->origin = TASK_OF_SUPERVISOR;
    if (number_parse(request_field(request, "parent"), &parent) && parent > 0 && parent < 1e12)
        out->parent = (int64_t)parent;
    if (!place_parse(places, request_field(request, "owner"), &out->owner, err) || !place_parse(places, about.size ? about : TEXT("county"), &out->about, err))
        return false;
    for (; out->n_helpers < n; out->n_helpers++)
        if (!place_parse(places, helpers[out->n_helpers], &list[out->n_helpers], err))
            return false;
    return true;
}

struct putting { struct request *request; struct task_wish wish; int64_t id; };
static bool put(void *context, struct db_session *session, struct err *err)
{
    struct putting *const p = context;
    struct request *const r = p->request;
    return app_task_put(r->house, session, &r->actor, &p->wish, r->now, r->mem, &p->id, err);
}
static bool edit(void *context, struct db_session *session, struct err *err)
{
    struct putting *const p = context;
    struct request *const r = p->request;
    return app_task_edit(r->house, session, &r->actor, p->id, &p->wish, r->now, r->mem, err);
}

bool page_task_put(struct request *request, struct response *response, struct err *err)
{
    struct putting p = { .request = request };
    struct err fault;
    if (read_wish(request, &p.wish, err) && house_write(request->house, put, &p, err)) {
        response_redirect(response, task_path(p.id, request->mem));
        return true;
    }
    if (!evidence_fault(err, &fault) && err->kind != ERR_ABSENT)
        return false;
    if (err->kind == ERR_ABSENT)
        fault = *err, *err = (struct err){ .kind = ERR_NONE };
    response->status = 422;
    return show_new(request, response, &fault);
}

/* ---- worded anew --------------------------------------------------------------------------------------------- */

static bool task_asked(const struct request *request, int64_t *out, struct err *err)
{
    double id;
    if (!number_parse(request_capture(request, "id"), &id) || id < 1 || id > 1e12)
        return err_set(err, ERR_ABSENT, "没有这个编号的任务。");
    *out = (int64_t)id;
    return true;
}

static bool show_edit(struct request *request, struct response *response, int64_t id, const struct err *fault, struct err *err)
{
    struct task_one one;
    if (!app_task(request->house, &request->actor, id, request->now, request->mem, &one, err))
        return false;
    const struct task *const t = &one.view.task;
    const bool typed = fault != NULL;
    size_t n = one.n_helpers;
    struct text *helpers = arena_array(request->mem, n + 1, struct text);
    for (size_t i = 0; i < n; i++)
        helpers[i] = place_value(one.helpers[i], request->mem);
    if (typed)
        helpers = helpers_given(request, &n);
    struct view_task_form view = {
        .frame = frame_of(request, SAYS_OF(T_TASK_FORM_EDIT, text_printf(request->mem, "%lld", (long long)id)), "tasks"), .editing = true,
        .sentence = SAYS_OF(T_TASK_FORM_EDIT, text_printf(request->mem, "%lld", (long long)id)), .order = t->kind == TASK_ORDER,
        .action = text_printf(request->mem, "/tasks/%lld/edit", (long long)id), .back = task_path(id, request->mem),
        .title = typed ? given(request, "title") : t->title, .text = typed ? given(request, "text") : t->text, .person = typed ? given(request, "person") : t->person,
        .due = typed ? given(request, "due") : t->due, .product_name = typed ? given(request, "product_name") : t->product_name,
    };
    put_subjects(request, typed ? given(request, "subject") : t->subject, &view);
    put_choices(request, tasks_places(request), &view, text_string(request->mem, typed ? given(request, "stage") : t->stage),
                typed ? given(request, "product_kind") : t->product_kind, typed ? given(request, "owner") : place_value(one.view.owner, request->mem),
                typed ? given(request, "about") : place_value(one.view.about, request->mem), helpers, n);
    return render(request, response, &view, fault);
}

bool page_task_edit(struct request *request, struct response *response, struct err *err)
{
    int64_t id;
    return task_asked(request, &id, err) && show_edit(request, response, id, NULL, err);
}

bool page_task_edit_put(struct request *request, struct response *response, struct err *err)
{
    struct putting p = { .request = request };
    struct err fault;
    if (!task_asked(request, &p.id, err))
        return false;
    if (read_wish(request, &p.wish, err) && house_write(request->house, edit, &p, err)) {
        response_redirect(response, task_path(p.id, request->mem));
        return true;
    }
    if (!evidence_fault(err, &fault))
        return false;
    response->status = 422;
    return show_edit(request, response, p.id, &fault, err);
}

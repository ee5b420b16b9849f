/* One task or order: what happened, what comes next, by whom; its steps; the form of a new one; its paper. */
#include "web/page_tasks.h"

#include "app/lineage_key.h"
#include "app/owner.h"
#include "app/task_export.h"
#include "base/day.h"
#include "base/number.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/page_error.h"
#include "web/page_evidence.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"
#include "web/talk_view.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static bool task_asked(const struct request *request, int64_t *out, struct err *err)
{
    double id;
    if (!number_parse(request_capture(request, "id"), &id) || id < 1 || id > 1e12 || id != (double)(int64_t)id) {
        err_set(err, ERR_ABSENT, "没有这个编号的任务。");
        return err_hint(err, "请从任务清单进入。");
    }
    *out = (int64_t)id;
    return true;
}

/* ---- what happened ---------------------------------------------------------------------------------- */

static bool of_step(const struct talk_line *file, const struct talk_line *step)
{
    return file->kind == TALK_FILE && step->kind == TALK_STEP && file->by.at == step->by.at && file->by.account == step->by.account;
}

static void add_files(const struct request *request, const struct talk_line *lines, size_t n, size_t step, struct text key, struct task_event *event)
{
    event->files = arena_array(request->mem, n + 1, struct task_file);
    for (size_t i = step; i-- > 0 && lines[i].by.at == lines[step].by.at;)   /* the newest first: what came with it stands before */
        if (of_step(&lines[i], &lines[step])) {
            event->files[event->n_files].name = lines[i].new_;
            event->files[event->n_files++].path = text_printf(request->mem, "/talk/task/%.*s/%lld", TEXT_ARG(key), (long long)lines[i].position);
        }
}

static void put_events(const struct request *request, const struct task_one *one, const struct talk_line *lines, size_t n, struct text key,
                       struct view_task *view)
{
    view->events = arena_array(request->mem, n + 1, struct task_event);
    for (size_t i = n; i-- > 0;) {
        const struct talk_line *const l = &lines[i];
        if (l->kind != TALK_STEP)
            continue;
        struct task_event *const e = &view->events[view->n_events++];
        const struct role_info *const role = role_info(role_by_id(l->role));
        *e = (struct task_event){ .head = l->new_, .when = time_shown(l->by.at, request->mem), .said = l->said, .class = "",
                                  .who = l->by.account || l->role.size ? text_printf(request->mem, "%s %.*s", request->lang == LANG_EN ? role->en : role->zh, TEXT_ARG(l->by.who))
                                                                       : l->by.who };
        if (text_equal(l->new_, task_state_zh(one->view.way, TASK_CLOSED)))
            e->class = "met";
        add_files(request, lines, n, i, key, e);
    }
}

/* The talk without what stands among the steps already. */
static const struct view_talk *rest_of_talk(const struct request *request, const struct view_talk *talk, const struct talk_line *lines, size_t n)
{
    struct view_talk *const rest = arena_make(request->mem, struct view_talk);
    *rest = *talk;
    rest->rows = arena_array(request->mem, talk->n + 1, struct talk_row);
    rest->n = 0;
    for (size_t i = 0; i < talk->n && i < n; i++) {
        bool told = lines[i].kind == TALK_STEP;
        for (size_t k = i + 1; k < n && !told && lines[k].by.at == lines[i].by.at; k++)
            told = of_step(&lines[i], &lines[k]);
        if (!told)
            rest->rows[rest->n++] = talk->rows[i];
    }
    return rest;
}

/* ---- what it is ----------------------------------------------------------------------------------------- */

static void add_fact(struct view_task *view, struct text name, struct text value, struct text path, bool source)
{
    if (value.size)
        view->facts[view->n_facts++] = (struct task_fact){ name, value, path, source };
}

static struct text origin_path(const struct request *request, const struct task *t)
{
    static const char *const PAGES[N_TASK_ORIGINS] = { [TASK_OF_LEDGER] = "/ledger/", [TASK_OF_MEETING] = "/meetings/", [TASK_OF_CONCERN] = "/concerns/" };
    struct text number = t->origin_key, round;
    if (t->origin == TASK_OF_ROUND && text_split(&number, ':', &round) && number.size)   /* "round:finding" */
        return text_printf(request->mem, "/rounds/%.*s#finding-%.*s", TEXT_ARG(percent_encode_part(round, request->mem)), TEXT_ARG(number));
    if (!PAGES[t->origin] || !t->origin_key.size)
        return TEXT("");
    return text_printf(request->mem, "%s%.*s", PAGES[t->origin], TEXT_ARG(percent_encode_part(t->origin_key, request->mem)));
}

static struct text stage_said(const struct request *request, struct text stage)
{
    return text_equal(stage, TEXT("primary")) ? SAYS(T_TASKS_PRIMARY) : text_equal(stage, TEXT("junior")) ? SAYS(T_TASKS_JUNIOR) : TEXT("");
}

static struct text product_said(const struct request *request, const struct task *t)
{
    static const struct { const char *kind; enum text_key name; } KINDS[] = {
        { "rule", T_TASK_PRODUCT_RULE }, { "document", T_TASK_PRODUCT_DOCUMENT }, { "figure", T_TASK_PRODUCT_FIGURE }, { "record", T_TASK_PRODUCT_RECORD },
    };
    for (size_t i = 0; i < COUNT(KINDS); i++)
        if (text_equal(t->product_kind, text_of(KINDS[i].kind)))
            return t->product_name.size ? SAYS_OF(T_TASK_PRODUCT_OF, SAYS(KINDS[i].name), t->product_name) : SAYS(KINDS[i].name);
    return t->product_name;
}

static bool put_facts(struct request *request, const struct task_one *one, const struct place_names *places, struct view_task *view, struct err *err)
{
    enum { MOST = 24 };
    const struct task *const t = &one->view.task;
    struct task_measured measured;
    struct buf helpers = { .mem = request->mem };
    const struct text none = TEXT(""), left = task_left_said(request, &one->view);
    if (!app_task_measured(request->house, request->snapshot, &one->view, request->mem, &measured, err))
        return false;
    view->facts = arena_array(request->mem, MOST, struct task_fact);
    for (size_t i = 0; i < one->n_helpers; i++)
        buf_printf(&helpers, "%s%.*s", i ? request->lang == LANG_EN ? ", " : "、" : "", TEXT_ARG(place_name(places, one->helpers[i])));
    add_fact(view, SAYS(T_TASK_F_STATE), view->state, none, false);
    add_fact(view, SAYS(T_TASK_F_OWNER), place_name(places, one->view.owner), none, false);
    add_fact(view, SAYS(T_TASK_F_PERSON), t->person, none, false);
    add_fact(view, SAYS(T_TASK_F_HELPERS), buf_text(&helpers), none, false);
    add_fact(view, SAYS(T_TASK_F_DUE), left.size ? text_printf(request->mem, "%.*s（%.*s）", TEXT_ARG(t->due), TEXT_ARG(left)) : t->due, none, false);
    add_fact(view, SAYS(T_TASK_F_FIRST_DUE), text_equal(t->due, t->first_due) ? none : t->first_due, none, false);
    if (one->view.about.kind != PLACE_COUNTY)
        add_fact(view, SAYS(T_TASK_F_ABOUT), place_name(places, one->view.about),
                 one->view.about.kind == PLACE_SCHOOL ? text_printf(request->mem, "/schools/%.*s", TEXT_ARG(percent_encode_part(one->view.about.name, request->mem))) : none, false);
    add_fact(view, SAYS(T_TASK_F_SUBJECT), text_equal(t->subject, TEXT("other")) ? none : task_subject_said(request, t->subject), none, false);
    add_fact(view, SAYS(T_TASK_F_STAGE), stage_said(request, t->stage), none, false);
    if (measured.there) {
        const struct text year = text_printf(request->mem, "%d", measured.year);
        if (measured.value.size)
            add_fact(view, SAYS(T_TASK_F_VALUE), SAYS_OF(T_TASK_VALUE_YEAR, measured.value, SAYS_OF(T_CORE_YEAR, year)),
                     measured.key.size ? lineage_path(request->mem, measured.key) : none, measured.key.size != 0);
        add_fact(view, SAYS(T_TASK_F_MISSING), measured.missing, text_printf(request->mem, "/ledger/%lld", (long long)measured.ledger), false);
    }
    add_fact(view, SAYS(T_TASK_F_PRODUCT), product_said(request, t), none, false);
    add_fact(view, SAYS(T_TASK_F_ORIGIN), request->lang == LANG_EN ? task_origin_en(t->origin) : task_origin_zh(t->origin), origin_path(request, t), false);
    if (t->parent)
        add_fact(view, SAYS(T_TASK_F_PARENT), text_printf(request->mem, "%lld", (long long)t->parent), task_path(t->parent, request->mem), false);
    add_fact(view, SAYS(T_TASK_F_ISSUER), text_printf(request->mem, "%.*s %.*s", TEXT_ARG(t->issued.who), TEXT_ARG(day_shown(t->issued.at, request->mem))), none, false);
    add_fact(view, SAYS(T_TASK_F_CLOSED), t->closed_on, none, false);
    return true;
}

/* ---- what comes next ---------------------------------------------------------------------------------------- */

static struct task_offer offer_of(const struct request *request, const struct task_one *one, const struct place_names *places, size_t i)
{
    static const enum text_key LABELS[N_TASK_STEPS] = {
        [TASK_ANSWER] = T_TASK_WORDS_ANSWER, [TASK_ACCEPT] = T_TASK_WORDS_ACCEPT,       [TASK_BEGIN] = T_TASK_WORDS_BEGIN,
        [TASK_PROVE] = T_TASK_WORDS_PROVE,   [TASK_CLOSE] = T_TASK_WORDS_CLOSE,         [TASK_SEND_BACK] = T_TASK_WORDS_SEND_BACK,
        [TASK_REOPEN] = T_TASK_WORDS_REOPEN, [TASK_WITHDRAW] = T_TASK_WORDS_WITHDRAW,   [TASK_ASK_MORE] = T_TASK_WORDS_ASK_MORE,
        [TASK_GRANT] = T_TASK_WORDS_GRANT,   [TASK_REFUSE] = T_TASK_WORDS_REFUSE,
    };
    const enum task_step step = one->offers[i].step;
    const struct text name = request->lang == LANG_EN ? task_step_en(step) : task_step_zh(step);
    const bool behalf = !one->offers[i].own;
    return (struct task_offer){
        .code = task_step_code(step), .label = SAYS(LABELS[step]), .words = true, .behalf = behalf,
        .name = behalf ? text_printf(request->mem, "%.*s：%.*s", TEXT_ARG(SAYS_OF(T_TASK_BEHALF, place_name(places, one->view.owner))), TEXT_ARG(name)) : name,
        .needed = step != TASK_ACCEPT && step != TASK_BEGIN && step != TASK_GRANT, .asks_day = step == TASK_ASK_MORE || step == TASK_REOPEN,
        .day_needed = step == TASK_ASK_MORE, .files = step == TASK_ANSWER || step == TASK_PROVE || step == TASK_CLOSE || step == TASK_SEND_BACK || step == TASK_ASK_MORE,
        .danger = step == TASK_WITHDRAW || step == TASK_SEND_BACK,
    };
}

static void put_offers(const struct request *request, const struct task_one *one, const struct place_names *places, struct view_task *view)
{
    enum task_step next;
    enum task_hand hand;
    const bool more = task_next(one->view.way, one->view.state, &next, &hand);
    /* An extension that waits comes first for who decides it. */
    const enum task_step first = one->view.task.asked_due.size ? TASK_GRANT : next;
    view->others = arena_array(request->mem, one->n_offers + 1, struct task_offer);
    for (size_t i = 0; i < one->n_offers; i++) {
        const struct task_offer offer = offer_of(request, one, places, i);
        const bool is_first = one->offers[i].step == first || (!view->main && more && one->offers[i].step == next);
        if (is_first && one->offers[i].own && more && !(view->main && one->offers[i].step != first)) {
            if (view->main)
                view->others[view->n_others++] = *view->main;
            view->main = arena_make(request->mem, struct task_offer);
            *view->main = offer;
        } else
            view->others[view->n_others++] = offer;
    }
    if (!more) {
        view->waits = SAYS(T_TASK_OVER);
        return;
    }
    const bool english = request->lang == LANG_EN;
    view->waits = SAYS_OF(T_TASK_WAITS, english ? task_step_en(next) : task_step_zh(next),
                          hand == TASK_OWNER ? place_name(places, one->view.owner) : english ? task_hand_en(hand) : task_hand_zh(hand));
    if (view->main)
        return;
    if (hand == TASK_MACHINE)
        view->cannot = SAYS(T_TASK_LEDGER_CLOSES);
    else if (next == TASK_CLOSE && one->view.task.proved_account == request->actor.account)
        view->cannot = SAYS(T_TASK_YOUR_OWN);
    else
        view->cannot = SAYS_OF(T_TASK_OTHERS_TURN, hand == TASK_OWNER ? place_name(places, one->view.owner) : english ? task_hand_en(hand) : task_hand_zh(hand));
}

/* ---- the page ---------------------------------------------------------------------------------------------------- */

static bool show(struct request *request, struct response *response, int64_t id, const struct err *fault, struct err *err)
{
    const struct place_names *const places = tasks_places(request);
    struct task_one one;
    struct talk_line *lines;
    size_t n;
    if (!app_task(request->house, &request->actor, id, request->now, request->mem, &one, err))
        return false;
    const struct task *const t = &one.view.task;
    const struct talk_on on = { TEXT("task"), text_printf(request->mem, "%lld", (long long)id) };
    const struct text path = task_path(id, request->mem), kind = SAYS(t->kind == TASK_ORDER ? T_TASKS_ORDER : T_TASKS_TASK);
    struct view_task view = {
        .frame = frame_of(request, SAYS_OF(T_TASK_TITLE, on.key, t->title), "tasks"), .number = on.key, .title = t->title, .text = t->text,
        .state = task_state_said(request, one.view.way, one.view.state), .class = task_state_class(&one.view),
        .docx_name = SAYS(t->kind == TASK_ORDER ? T_TASK_DOCX : T_TASK_TASK_DOCX),
        .path = text_printf(request->mem, "%.*s/step", TEXT_ARG(path)), .docx_path = text_printf(request->mem, "%.*s/paper?as=docx", TEXT_ARG(path)),
        .pdf_path = text_printf(request->mem, "%.*s/paper?as=pdf", TEXT_ARG(path)),
        .sentence = one.view.late ? SAYS_OF(T_TASK_OVERDUE, t->title, say_count(request->mem, -one.view.days_left))
                                  : SAYS_OF(T_TASK_IS, t->title, task_state_said(request, one.view.way, one.view.state)),
        .came_back = t->back_reason.size ? SAYS_OF(T_TASK_CAME_BACK, t->back_who, t->back_reason) : TEXT(""),
        .asked = t->asked_due.size ? SAYS_OF(T_TASK_ASKED, t->asked_who, t->asked_due, t->asked_reason) : TEXT(""),
    };
    if (one.may_edit) {
        view.edit_path = text_printf(request->mem, "%.*s/edit", TEXT_ARG(path));
        view.again_path = text_printf(request->mem, "/tasks/new?kind=task&parent=%lld", (long long)id);
    }
    if (fault)
        view.fault = text_of(fault->what), view.hint = text_of(fault->hint), view.typed = request_field(request, "words");
    put_offers(request, &one, places, &view);
    const struct text sub[] = { kind, on.key, place_name(places, one.view.owner), view.waits };
    view.sub = say(request->mem, request->lang, T_TASK_SUB, sub, 4);
    view.parts = arena_array(request->mem, one.n_parts + 1, struct task_line);
    for (size_t i = 0; i < one.n_parts; i++)
        view.parts[view.n_parts++] = task_line_of(request, places, &one.parts[i]);
    if (!put_facts(request, &one, places, &view, err) || !talk_view(request, view.frame, on.kind, on.key, &view.talk, err) ||
        !app_talk(request->house, request->snapshot, &request->actor, &on, request->mem, &lines, &n, err))
        return false;
    put_events(request, &one, lines, n, on.key, &view);
    view.talk = rest_of_talk(request, view.talk, lines, n);
    struct html html = html_begin(request->mem, request->lang);
    template_task(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_task(struct request *request, struct response *response, struct err *err)
{
    int64_t id;
    return task_asked(request, &id, err) && show(request, response, id, NULL, err);
}

struct stepping { struct request *request; int64_t id; struct task_act act; };
static bool step(void *context, struct db_session *session, struct err *err)
{
    const struct stepping *const s = context;
    struct request *const r = s->request;
    return app_task_step(r->house, session, &r->actor, s->id, &s->act, r->now, r->mem, err);
}

bool page_task_step(struct request *request, struct response *response, struct err *err)
{
    struct stepping s = { .request = request, .act = { .words = request_field(request, "words"), .day = request_field(request, "day") } };
    struct evidence_ready *ready = NULL;
    struct err fault;
    size_t n;
    if (!task_asked(request, &s.id, err))
        return false;
    const struct evidence_upload *const files = evidence_uploads(request, &n);
    response->back = task_path(s.id, request->mem);
    if (!task_step_of(request_field(request, "step"), &s.act.step))
        return err_set(err, ERR_USAGE, "没有这一步。");
    if (!n || evidence_look(files, n, request->mem, &ready, err)) {
        s.act.files = ready, s.act.n_files = n;
        if (house_write(request->house, step, &s, err)) {
            response_redirect(response, task_path(s.id, request->mem));
            return true;
        }
    }
    if (!evidence_fault(err, &fault))
        return false;
    response->status = status_of(fault.kind);
    return show(request, response, s.id, &fault, err);
}

bool page_task_paper(struct request *request, struct response *response, struct err *err)
{
    struct report_file file;
    int64_t id;
    if (!task_asked(request, &id, err) ||
        !app_task_paper(request->house, request->snapshot, &request->actor, id, request_query(request, "as"), request->here, request->now, request->mem, &file, err))
        return false;
    response_file(response, file.bytes, text_string(request->mem, file.type), file.name);
    return true;
}

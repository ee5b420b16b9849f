/* One row of the ledger: what the figures say, what is done, whose step is next, its talk. */
#include "app/talk.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/say.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/ledger_view.h"
#include "web/lineage_path.h"
#include "web/page_evidence.h"
#include "web/page_tasks.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/talk_view.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static bool row_id(const struct request *request, int64_t *out, struct err *err)
{
    double id;
    if (!number_parse(request_capture(request, "id"), &id) || id < 1 || id > 1e15 || (double)(int64_t)id != id)
        return err_set(err, ERR_ABSENT, "台账里没有这一行。");
    *out = (int64_t)id;
    return true;
}

static struct text value_said(const struct request *request, const struct ledger_row *row, double value)
{
    const struct edition *const e = request->snapshot->edition;
    if (is_blank(value))
        return TEXT("");
    for (size_t r = 0; r < e->n_rules; r++)
        if (text_equal(e->rules[r].id, row->of.subject))
            return words_rule_value(request->mem, &e->rules[r], value, STATE_NO_DATA);
    return text_printf(request->mem, "%.*s %.*s", TEXT_ARG(words_fixed(request->mem, value, row->kind == LEDGER_CV ? 3 : 2)),
                       TEXT_ARG(say_unit(row->now.unit, request->lang == LANG_EN)));
}

static void add_fact(struct view_ledger_row *view, struct text name, struct text value)
{
    if (value.size)
        view->facts[view->n_facts++] = (struct ledger_fact){ name, value };
}

static struct text stamp_said(const struct request *request, struct stamp stamp)
{
    return stamp.at ? SAYS_OF(T_LEDGER_V_FOUND_OF, stamp.who, time_shown(stamp.at, request->mem)) : TEXT("");
}

static struct text year_said(const struct request *request, int year)
{
    return say_year(request->mem, year, request->lang == LANG_EN);
}

static void put_facts(const struct request *request, const struct ledger_row *row, struct view_ledger_row *view)
{
    const bool en = request->lang == LANG_EN;
    const struct ledger_measure *const m = &row->now;
    view->facts = arena_array(request->mem, 16, struct ledger_fact);
    add_fact(view, SAYS(T_LEDGER_V_VALUE), value_said(request, row, m->value));
    add_fact(view, SAYS(T_LEDGER_V_THRESHOLD), value_said(request, row, m->threshold));
    if (!m->passes && !is_blank(m->missing))
        add_fact(view, SAYS(T_LEDGER_V_MISSING), say_quantity(request->mem, m->quantity, m->missing, en));
    if (!m->passes && !is_blank(m->missing_to_floor))
        add_fact(view, SAYS(T_LEDGER_V_FLOOR), say_quantity(request->mem, m->quantity, m->missing_to_floor, en));
    if (ledger_kind_measured(row->kind))
        add_fact(view, SAYS(T_LEDGER_V_YEAR), SAYS_OF(T_LEDGER_V_YEAR_OF, year_said(request, m->year), say_count(request->mem, m->data_version)));
    else
        add_fact(view, SAYS(T_LEDGER_V_YEAR), SAYS(T_LEDGER_V_NOT_MEASURED));
    add_fact(view, SAYS(T_LEDGER_V_FOUND), ledger_kind_measured(row->kind)
                                              ? SAYS_OF(T_LEDGER_V_FOUND_OF, year_said(request, row->found_year), day_shown(row->found_at, request->mem))
                                              : day_shown(row->found_at, request->mem));
    add_fact(view, SAYS(T_LEDGER_V_CLAIMED), stamp_said(request, row->claimed));
    if (row->verified.at)
        add_fact(view, SAYS(T_LEDGER_V_VERIFIED), text_printf(request->mem, "%.*s %.*s：%.*s", TEXT_ARG(row->verified_day), TEXT_ARG(row->verified.who),
                                                              TEXT_ARG(row->verified_note)));
    add_fact(view, SAYS(T_LEDGER_V_DROPPED), row->dropped);
}

/* Where the value comes from: a level of a unit, a coefficient, a rule. */
static struct text source_of(const struct request *request, const struct ledger_row *row)
{
    struct arena *const mem = request->mem;
    const struct ledger_identity *const of = &row->of;
    if (row->kind == LEDGER_LEVEL)
        return lineage_path(mem, text_printf(mem, "level:%.*s:%.*s:%.*s:%d", TEXT_ARG(of->stage), TEXT_ARG(of->subject), TEXT_ARG(of->place_name), row->now.year));
    if (row->kind == LEDGER_CV)
        return lineage_path(mem, text_printf(mem, "cv:%.*s:%.*s:%d", TEXT_ARG(of->stage), (int)of->subject.size - 3, of->subject.at + 3, row->now.year));
    return ledger_kind_measured(row->kind) ? lineage_path(mem, text_printf(mem, "rule:%.*s:%d", TEXT_ARG(of->subject), row->now.year)) : TEXT("");
}

static void put_acts(const struct request *request, const struct ledger_row *row, struct view_ledger_row *view)
{
    static const struct { enum ledger_step step; const char *word; enum text_key name; bool asks; } ACTS[] = {
        { LEDGER_PLAN, "plan", T_LEDGER_A_PLAN, false },          { LEDGER_START, "start", T_LEDGER_A_START, false },
        { LEDGER_TAKE_BACK, "take_back", T_LEDGER_A_TAKE_BACK, false }, { LEDGER_SEND_BACK, "send_back", T_LEDGER_A_SEND_BACK, true },
        { LEDGER_DROP, "drop", T_LEDGER_A_DROP, true },           { LEDGER_ASK_AGAIN, "ask_again", T_LEDGER_A_ASK_AGAIN, true },
    };
    struct ledger_offers offers;
    app_ledger_offers(&request->actor, row, request->mem, &offers);
    view->barred = offers.barred;
    view->acts = arena_array(request->mem, COUNT(ACTS), struct ledger_act);
    for (size_t i = 0; i < offers.n; i++) {
        view->may_claim |= offers.steps[i] == LEDGER_CLAIM;
        view->may_verify |= offers.steps[i] == LEDGER_VERIFY;
        for (size_t a = 0; a < COUNT(ACTS); a++)
            if (ACTS[a].step == offers.steps[i])
                view->acts[view->n_acts++] = (struct ledger_act){ ACTS[a].word, SAYS(ACTS[a].name), ACTS[a].asks };
    }
}

/* The orders for it, and the way to a new one. */
static bool put_tasks(struct request *request, const struct ledger_row *row, const struct ledger_line *line, struct text key, struct view_ledger_row *view,
                      struct err *err)
{
    struct task_wish wish = {
        .kind = TASK_ORDER, .origin = TASK_OF_LEDGER, .origin_key = key, .title = text_printf(request->mem, "%.*s：%.*s", TEXT_ARG(line->place), TEXT_ARG(line->problem)),
        .text = row->plan.measure, .person = row->plan.person, .subject = row->of.subject, .stage = row->of.stage, .due = row->plan.due,
    };
    if (!place_of_words(row->plan.owner_kind, row->plan.owner_name, &wish.owner))
        wish.owner = (struct place){ PLACE_COUNTY, TEXT("") };
    if (!place_of_words(row->of.place_kind, row->of.place_name, &wish.about))
        wish.about = (struct place){ PLACE_COUNTY, TEXT("") };
    return tasks_of_view(request, &wish, &view->tasks, err);
}

bool page_ledger_row(struct request *request, struct response *response, struct err *err)
{
    struct ledger_row row;
    int64_t id;
    if (!row_id(request, &id, err) || !app_ledger_get(request->house, &request->actor, id, request->mem, &row, err))
        return false;
    const struct text today = day_shown(request->now, request->mem), key = ledger_key(&row, request->mem);
    const struct ledger_line line = ledger_line_of(request, &row, today);
    const bool keeps = (request->actor.permissions & MAY_LEDGER) && request->actor.place.kind == PLACE_COUNTY;
    struct view_ledger_row view = {
        .frame = frame_of(request, SAYS_OF(T_LEDGER_ONE, key, line.place, line.stage, line.problem), "ledger"), .id = key, .place = line.place,
        .stage = line.stage.size ? text_printf(request->mem, "（%.*s）", TEXT_ARG(line.stage)) : TEXT(""), .problem = line.problem,
        .state = line.mark.size ? text_printf(request->mem, "%.*s（%.*s）", TEXT_ARG(line.state), TEXT_ARG(line.mark)) : line.state, .basis = line.basis,
        .class = line.class, .path = line.path, .source_path = source_of(request, &row), .late = line.late, .today = today,
        .stamp = text_printf(request->mem, "%lld", (long long)row.stamp), .may_edit = keeps || ledger_is_mine(&request->actor, &row),
        .batch = request_query(request, "done") };
    if (text_equal(row.of.place_kind, TEXT("school")))
        view.place_path = text_printf(request->mem, "/ledger/school/%.*s", TEXT_ARG(row.of.place_name));
    put_facts(request, &row, &view);
    put_acts(request, &row, &view);
    ledger_inputs(request, &row, &view.inputs, &view.n_inputs);
    if (keeps)
        ledger_owners(request, ledger_field_text(&row.plan, LEDGER_OWNER, request->mem), &view.owners, &view.n_owners);
    for (size_t i = 0; i < view.n_inputs && !keeps; i++)
        view.inputs[i].select = false;
    if ((request->actor.permissions & MAY_TALK) && !put_tasks(request, &row, &line, key, &view, err))
        return false;
    if ((request->actor.permissions & MAY_TALK) && !talk_view(request, view.frame, TEXT("ledger"), key, &view.talk, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_ledger_row(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- acts --------------------------------------------------------------------------------- */

/* What is sent and not locked; helpers are not on the page. */
bool page_ledger_save(struct request *request, struct response *response, struct err *err)
{
    int64_t id, stamp;
    size_t n = 0;
    struct ledger_edited done;
    struct ledger_cell cells[N_LEDGER_FIELDS];
    const bool keeps = (request->actor.permissions & MAY_LEDGER) && request->actor.place.kind == PLACE_COUNTY;
    if (!row_id(request, &id, err) || !request_field_number(request, "stamp", 1, INT64_MAX / 2, 0, &stamp, err))
        return false;
    response->back = text_printf(request->mem, "/ledger/%lld", (long long)id);
    for (int f = 0; f < N_LEDGER_FIELDS; f++) {
        const bool own = f == LEDGER_PERSON || f == LEDGER_PROGRESS || f == LEDGER_RESULT;
        if (f != LEDGER_HELPERS && (keeps || own))
            cells[n++] = (struct ledger_cell){ id, (enum ledger_field)f,
                                               request_field(request, text_string(request->mem, ledger_field_word((enum ledger_field)f))) };
    }
    const struct ledger_edit edit = { cells, n, "page", stamp };
    if (!app_ledger_edit(request->house, request->writing, request->snapshot, &request->actor, &edit, request->now, request->mem, &done, err))
        return false;
    response_redirect(response, done.batch.size ? text_printf(request->mem, "%.*s?done=%.*s", TEXT_ARG(response->back), TEXT_ARG(done.batch)) : response->back);
    return true;
}

bool page_ledger_step(struct request *request, struct response *response, struct err *err)
{
    enum ledger_step step;
    int64_t id;
    if (!row_id(request, &id, err))
        return false;
    response->back = text_printf(request->mem, "/ledger/%lld", (long long)id);
    if (!ledger_step_of(request_field(request, "step"), &step))
        return err_set(err, ERR_USAGE, "没有写要做哪一步。");
    if (!app_ledger_step(request->house, request->writing, &request->actor, id, step, request_field(request, "reason"), request->now, request->mem, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

struct verifying { struct request *request; int64_t id; struct evidence_ready *photo; size_t n; };

static bool verify(void *context, struct db_session *session, struct err *err)
{
    const struct verifying *const v = context;
    struct request *const r = v->request;
    const struct talk_on on = { TEXT("ledger"), text_printf(r->mem, "%lld", (long long)v->id) };
    const struct ledger_visit visit = { request_field(r, "day"), request_field(r, "note"), v->n ? v->photo[0].sha256 : TEXT("") };
    return app_ledger_verify(r->house, session, r->snapshot, &r->actor, v->id, &visit, r->now, r->mem, err) &&
           app_talk_files(session, house_county(r->house), &on, &r->actor, v->photo, v->n, r->now, err);
}

bool page_ledger_verify(struct request *request, struct response *response, struct err *err)
{
    struct verifying v = { .request = request };
    if (!row_id(request, &v.id, err))
        return false;
    response->back = text_printf(request->mem, "/ledger/%lld", (long long)v.id);
    const struct evidence_upload *const files = evidence_uploads(request, &v.n);
    if (v.n > 1)
        return err_set(err, ERR_INPUT, "一次核验附一张照片；更多的请放在留言里。");
    if ((v.n && !evidence_look(files, v.n, request->mem, &v.photo, err)) || !house_write(request->house, verify, &v, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

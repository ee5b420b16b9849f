/* One inspection round: where it stands, the team, the places, what was found, its papers; and how its sample was drawn. */
#include "app/place_names.h"
#include "app/round_finding.h"
#include "app/task.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/say.h"
#include "web/frame.h"
#include "web/page_rounds.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"
#include "web/talk_view.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)
#define N(x) say_count(request->mem, (int64_t)(x))

/* ---- places --------------------------------------------------------------------------------- */

static void put_places(const struct request *request, const struct round_view *v, struct view_round *view)
{
    view->places = arena_array(request->mem, v->n_places + 1, struct place_line);
    for (size_t i = 0; i < v->n_places; i++) {
        const struct round_place *const p = &v->places[i];
        struct place_line *const line = &view->places[view->n_places++];
        *line = (struct place_line){
            .name = p->shown, .township = p->township, .day = p->visit_day, .word = round_place_word(request, &p->spot), .removed = p->removed_at != 0,
            .how = p->draw_no ? SAYS_OF(T_ROUNDS_DRAWN, N(p->draw_no)) : SAYS_OF(T_ROUNDS_CHOSEN, p->reason), .class = "st none",
            .may_change = v->hands.runs && round_is_open(v->state) && !p->removed_at };
        if (p->removed_at) {
            line->state = SAYS_OF(T_ROUNDS_LEFT_OUT, p->removed_reason);
            line->class = "note";
            continue;
        }
        if (v->hands.sees_all)
            line->path = round_sheet_path(request, v->row.id, &p->spot, "");
        if (p->done.at)
            line->state = SAYS_OF(T_ROUNDS_HANDED_IN, p->done.who, day_shown(p->done.at, request->mem)), line->class = "st met";
        else if (!v->hands.sees_all)
            line->class = "note";
        else if (p->answered)
            line->state = SAYS_OF(T_ROUNDS_ANSWERED, N(p->answered)), line->class = "st near";
        else
            line->state = SAYS(T_ROUNDS_NOT_BEGUN);
        if (v->hands.sees_all ? v->state != ROUND_PREPARING : v->state == ROUND_FED_BACK || v->state == ROUND_ENDED)
            line->opinion_path = text_printf(request->mem, "/rounds/%.*s/papers/opinion?place=%.*s", TEXT_ARG(v->row.id),
                                             TEXT_ARG(percent_encode_part(line->word, request->mem)));
    }
}

static struct text duty_said(const struct request *request, struct text duty)
{
    return text_equal(duty, TEXT("lead")) ? SAYS(T_ROUNDS_LEAD) : text_equal(duty, TEXT("member")) ? SAYS(T_ROUNDS_MEMBER) : SAYS(T_ROUNDS_LIAISON);
}

static struct text role_said(const struct request *request, enum role role)
{
    return text_of(request->lang == LANG_EN ? role_info(role)->en : role_info(role)->zh);
}

static void put_team(const struct request *request, const struct round_view *v, struct view_round *view)
{
    view->members = arena_array(request->mem, v->n_members + 1, struct member_line);
    for (size_t i = 0; i < v->n_members; i++)
        if (!v->members[i].left_at)
            view->members[view->n_members++] = (struct member_line){
                .name = v->members[i].name, .unit = v->members[i].unit, .duty = duty_said(request, v->members[i].duty),
                .account = v->members[i].account ? role_said(request, role_by_id(v->members[i].role)) : SAYS(T_ROUNDS_NO_ACCOUNT),
                .position = text_printf(request->mem, "%lld", (long long)v->members[i].position), .may_end = v->hands.runs && round_is_open(v->state) };
}

/* ---- what was found ------------------------------------------------------------------------- */

static const char *const GRADE_CLASSES[N_FINDING_GRADES] = { "st none", "st near", "st unmet" };

static struct text grade_said(const struct request *request, enum finding_grade grade)
{
    static const enum text_key KEYS[N_FINDING_GRADES] = { T_ROUNDS_MINOR, T_ROUNDS_MAJOR, T_ROUNDS_SEVERE };
    return SAYS(KEYS[grade]);
}

static void put_finding(const struct request *request, const struct round_view *v, const struct finding_row *f, struct finding_line *line)
{
    enum finding_state state;
    enum finding_grade grade;
    static const enum text_key STATES[N_FINDING_STATES] = { T_ROUNDS_NOTED, T_ROUNDS_ISSUED, T_ROUNDS_DROPPED };
    *line = (struct finding_line){
        .number = N(f->number), .where = f->shown, .subject = round_subject_shown(house_edition(request->house), f->subject, request->mem), .subject_id = f->subject,
        .stage = f->stage, .grade_id = f->grade, .what = f->what, .advice = f->advice, .noted = SAYS_OF(T_ROUNDS_NOTED_BY, f->noted.who, time_shown(f->noted.at, request->mem)),
        .class = "", .grade_class = "", .owner = f->owner_shown, .due = f->due };
    if (finding_state_of(f->state, &state)) {
        static const char *const CLASSES[N_FINDING_STATES] = { "st near", "st met", "st na" };
        line->state = SAYS(STATES[state]);
        line->class = CLASSES[state];
        const bool open = state == FINDING_NOTED && round_takes_findings(v->state) && v->hands.inspects, own = f->noted.account == request->actor.account;
        line->may_edit = open && (own || v->hands.runs);
        line->may_drop = open && (own || v->hands.runs);
        line->may_issue = open && v->hands.runs;
        enum task_state task;
        if (f->task && (request->actor.permissions & MAY_TALK))
            line->task_path = task_path(f->task, request->mem);
        if (f->task && task_state_of(f->task_state, &task))
            line->task_state = task_state_zh(TASK_CHECKED, task);
        if (state == FINDING_DROPPED)
            line->decided = SAYS_OF(T_ROUNDS_DROPPED_BY, f->decided.who, day_shown(f->decided.at, request->mem), f->reason);
    }
    if (finding_grade_of(f->grade, &grade)) {
        line->grade = grade_said(request, grade);
        line->grade_class = GRADE_CLASSES[grade];
    }
    if (f->question.size && v->hands.sees_all)
        line->question_path = text_printf(request->mem, "%.*s#q-%.*s", TEXT_ARG(round_sheet_path(request, v->row.id, &f->spot, "")), TEXT_ARG(f->question));
}

/* Whom an order may go to: the township, the departments, the place itself; who answers by the county's table stands chosen. */
static void put_owners(const struct request *request, const struct owners *owners, const struct place_names *names, const struct round_view *v,
                       const struct finding_row *f, struct finding_line *line)
{
    static const enum place_kind KINDS[] = { PLACE_DEPARTMENT, PLACE_TOWNSHIP };
    const struct place usual = round_finding_owner(owners, v, f);
    struct place at;
    line->owners = arena_array(request->mem, names->standing[PLACE_DEPARTMENT].n + names->standing[PLACE_TOWNSHIP].n + 3, struct round_choice);
    if (place_of_words(f->spot.kind, f->spot.name, &at) && at.kind == PLACE_SCHOOL)
        line->owners[line->n_owners++] = (struct round_choice){ place_value(at, request->mem), f->shown, place_same(at, usual) };
    for (size_t k = 0; k < COUNT(KINDS); k++)
        for (size_t i = 0; i < names->standing[KINDS[k]].n; i++) {
            const struct place_choice *const one = &names->standing[KINDS[k]].at[i];
            line->owners[line->n_owners++] = (struct round_choice){ one->value, one->name, place_same(one->place, usual) };
        }
}

static bool put_findings(struct request *request, const struct round_view *v, struct view_round *view, struct err *err)
{
    const struct owners *owners = NULL;
    struct place_names names;
    view->findings = arena_array(request->mem, v->n_findings + 1, struct finding_line);
    for (size_t i = 0; i < v->n_findings; i++) {
        struct finding_line *const line = &view->findings[view->n_findings++];
        put_finding(request, v, &v->findings[i], line);
        if (!line->may_issue)
            continue;
        if (!owners) {
            place_names_of(request->snapshot, request->now, request->mem, &names);
            if (!app_owners(request->house, request->mem, &owners, err))
                return false;
        }
        put_owners(request, owners, &names, v, &v->findings[i], line);
    }
    return true;
}

/* ---- what can be chosen --------------------------------------------------------------------- */

static void put_draw(const struct request *request, const struct round_view *v, struct view_round *view)
{
    const struct strata_info *strata;
    size_t n;
    strata = round_strata(&n);
    view->strata = arena_array(request->mem, n, struct round_choice);
    for (size_t i = 0; i < n; i++)
        view->strata[view->n_strata++] = (struct round_choice){ text_of(strata[i].word), text_of(strata[i].zh), i == 0 };
    view->wanted = TEXT("10");
    if (!v->n_draws)
        return;
    view->draw_path = round_path(request, v->row.id, "/draw");
    view->draw = SAYS_OF(T_ROUNDS_DRAW_SAID, v->draws[0].by.who, time_shown(v->draws[0].by.at, request->mem), v->draws[0].seed, N(v->draws[0].wanted));
}

static bool put_choices(struct request *request, const struct round_view *v, struct view_round *view, struct err *err)
{
    static const enum place_kind KINDS[] = { PLACE_TOWNSHIP, PLACE_DEPARTMENT, PLACE_SCHOOL };
    struct place_names names;
    struct subject_info *subjects;
    struct inspector *inspectors;
    size_t n, n_all = 0;
    round_subjects(house_edition(request->house), request->mem, &subjects, &n);
    view->subjects = arena_array(request->mem, n, struct round_choice);
    for (size_t i = 0; i < n; i++)
        view->subjects[view->n_subjects++] = (struct round_choice){ subjects[i].id, round_subject_shown(house_edition(request->house), subjects[i].id, request->mem), i + 1 == n };
    view->here = arena_array(request->mem, v->n_visited + 1, struct round_choice);
    for (size_t i = 0; i < v->n_visited; i++)
        view->here[view->n_here++] = (struct round_choice){ round_place_word(request, &v->places[i].spot), v->places[i].shown, false };
    view->here[view->n_here++] = (struct round_choice){ TEXT("county"), request->snapshot->county_name, false };
    view->grades = arena_array(request->mem, N_FINDING_GRADES, struct round_choice);
    for (int g = 0; g < N_FINDING_GRADES; g++)
        view->grades[view->n_grades++] = (struct round_choice){ finding_grade_word((enum finding_grade)g), grade_said(request, (enum finding_grade)g), g == GRADE_MINOR };
    if (!v->hands.runs || !round_is_open(v->state))
        return true;
    place_names_of(request->snapshot, request->now, request->mem, &names);
    for (size_t k = 0; k < COUNT(KINDS); k++)
        n_all += names.standing[KINDS[k]].n;
    view->schools = arena_array(request->mem, n_all + 1, struct round_choice);
    for (size_t k = 0; k < COUNT(KINDS); k++)
        for (size_t i = 0; i < names.standing[KINDS[k]].n; i++)
            view->schools[view->n_schools++] = (struct round_choice){ names.standing[KINDS[k]].at[i].value, names.standing[KINDS[k]].at[i].name, false };
    if (!app_round_inspectors(request->house, &request->actor, request->mem, &inspectors, &n, err))
        return false;
    view->accounts = arena_array(request->mem, n + 1, struct round_choice);
    for (size_t i = 0; i < n; i++)
        view->accounts[view->n_accounts++] = (struct round_choice){ inspectors[i].name,
                                                                    SAYS_OF(T_ROUNDS_ACCOUNT_OF, inspectors[i].shown, role_said(request, inspectors[i].role)), false };
    return true;
}

/* ---- the head ------------------------------------------------------------------------------- */

static struct text sentence_of(const struct request *request, const struct round_view *v)
{
    size_t done = 0, noted = 0, found = 0;
    for (size_t i = 0; i < v->n_visited; i++)
        done += v->places[i].done.at != 0;
    for (size_t i = 0; i < v->n_findings; i++) {
        noted += text_equal(v->findings[i].state, finding_state_word(FINDING_NOTED));
        found += !text_equal(v->findings[i].state, finding_state_word(FINDING_DROPPED));
    }
    const struct text days = SAYS_OF(T_ROUNDS_DAYS, v->row.first_day, v->row.last_day);
    if (!v->hands.sees_all)   /* it comes to him: when, and what he has of it to put right */
        return v->n_findings ? SAYS_OF(T_ROUNDS_IS_YOURS_FOUND, v->row.title, N(v->n_findings), N(v->n_open_orders)) : SAYS_OF(T_ROUNDS_IS_YOURS, v->row.title, days);
    switch (v->state) {
    case ROUND_PREPARING: return SAYS_OF(T_ROUNDS_IS_PREPARING, v->row.title, N(v->n_visited), days);
    case ROUND_VISITING: return SAYS_OF(T_ROUNDS_IS_VISITING, v->row.title, N(done), N(v->n_visited), N(found), N(noted));
    case ROUND_FED_BACK: return SAYS_OF(T_ROUNDS_IS_FED_BACK, v->row.title, N(found), N(v->n_open_orders));
    case ROUND_ENDED: return SAYS_OF(T_ROUNDS_IS_ENDED, v->row.title, N(found), N(v->n_open_orders));
    case ROUND_CALLED_OFF:
    case N_ROUND_STATES: break;
    }
    return SAYS_OF(T_ROUNDS_IS_CALLED_OFF, v->row.title);
}

static void put_step(const struct request *request, const struct round_view *v, struct view_round *view)
{
    static const enum text_key NAMES[] = { T_ROUNDS_DO_BEGIN, T_ROUNDS_DO_FEED_BACK, T_ROUNDS_DO_END };
    static const enum text_key NOTES[] = { T_ROUNDS_BEGIN_NOTE, T_ROUNDS_FEED_BACK_NOTE, T_ROUNDS_END_NOTE };
    const enum round_step step = round_step_on(v->state);
    view->may_call_off = v->hands.runs && round_is_open(v->state);
    if (!v->hands.runs || step == N_ROUND_STEPS)
        return;
    size_t open = 0;
    for (size_t i = 0; i < v->n_visited; i++)
        open += v->places[i].done.at == 0;
    view->step = round_step_word(step);
    view->step_name = SAYS(NAMES[step]);
    view->step_note = SAYS(NOTES[step]);
    view->step_reason = step == ROUND_FEED_BACK ? open > 0 : step == ROUND_END && v->n_open_orders > 0;
}

static void put_papers(const struct request *request, const struct round_view *v, struct view_round *view)
{
    static const struct { const char *kind; enum text_key name; enum round_state from; } PAPERS[] = {
        { "notice", T_ROUNDS_PAPER_NOTICE, ROUND_PREPARING },   { "feedback", T_ROUNDS_PAPER_FEEDBACK, ROUND_VISITING },
        { "plan", T_ROUNDS_PAPER_PLAN, ROUND_VISITING },        { "report", T_ROUNDS_PAPER_REPORT, ROUND_FED_BACK },
    };
    view->papers = arena_array(request->mem, COUNT(PAPERS), struct paper_link);
    for (size_t i = 0; i < COUNT(PAPERS) && v->state != ROUND_CALLED_OFF; i++)
        if (v->state >= PAPERS[i].from && (v->hands.sees_all || i == 0))
            view->papers[view->n_papers++] = (struct paper_link){ SAYS(PAPERS[i].name), text_printf(request->mem, "/rounds/%.*s/papers/%s", TEXT_ARG(v->row.id), PAPERS[i].kind), TEXT("") };
}

static void put_events(const struct request *request, const struct round_view *v, struct view_round *view)
{
    static const enum text_key DID[N_ROUND_STEPS] = { T_ROUNDS_DID_BEGIN, T_ROUNDS_DID_FEED_BACK, T_ROUNDS_DID_END, T_ROUNDS_DID_CALL_OFF };
    view->events = arena_array(request->mem, v->n_events + 2, struct round_event_line);
    view->events[view->n_events++] = (struct round_event_line){ SAYS_OF(T_ROUNDS_DID_PLAN, time_shown(v->row.made.at, request->mem), v->row.made.who), TEXT("") };
    for (size_t i = 0; i < v->n_events; i++) {
        enum round_step step;
        if (round_step_of(v->events[i].step, &step))
            view->events[view->n_events++] = (struct round_event_line){ SAYS_OF(DID[step], time_shown(v->events[i].by.at, request->mem), v->events[i].by.who), v->events[i].reason };
    }
}

bool page_round(struct request *request, struct response *response, struct err *err)
{
    struct round_view v;
    if (!app_round(request->house, request->snapshot, &request->actor, request_capture(request, "id"), request->mem, &v, err))
        return false;
    struct view_round view = {
        .frame = frame_of(request, v.row.title, "rounds"), .id = v.row.id, .title = v.row.title, .path = round_path(request, v.row.id, ""), .scope = v.row.scope,
        .organiser = v.row.organiser, .first_day = v.row.first_day, .last_day = v.row.last_day, .runs = v.hands.runs, .inspects = v.hands.inspects,
        .sees_all = v.hands.sees_all, .open = round_is_open(v.state), .preparing = v.state == ROUND_PREPARING, .state = SAYS(round_state_key(v.state)),
        .class = round_state_class(v.state), .takes_findings = v.hands.inspects && round_takes_findings(v.state), .sentence = sentence_of(request, &v),
        .due = day_shown(request->now + 30 * INT64_C(86400), request->mem),
        .sub = SAYS_OF(T_ROUNDS_SUB, SAYS(round_kind_key(v.kind)), v.row.organiser, v.row.first_day, v.row.last_day, say_year(request->mem, v.row.year, request->lang == LANG_EN)) };
    put_places(request, &v, &view);
    put_team(request, &v, &view);
    put_draw(request, &v, &view);
    put_step(request, &v, &view);
    put_papers(request, &v, &view);
    put_events(request, &v, &view);
    if (!put_findings(request, &v, &view, err) || !put_choices(request, &v, &view, err) || (v.hands.sees_all && !talk_view(request, view.frame, TEXT("round"), v.row.id, &view.talk, err)))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_round(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- findings, done to ---------------------------------------------------------------------- */

bool page_round_finding(struct request *request, struct response *response, struct err *err)
{
    const struct text id = request_capture(request, "id"), act = request_field(request, "act");
    struct finding_wish wish = { .subject = request_field(request, "subject"), .stage = request_field(request, "stage"), .what = request_field(request, "what"),
                                 .advice = request_field(request, "advice"), .question = request_field(request, "question") };
    int64_t number;
    bool ok;
    response->back = round_path(request, id, "");
    if (!request_field_number(request, "number", 1, 100000, 0, &number, err))
        return false;
    if (text_equal(act, TEXT("add")) || text_equal(act, TEXT("edit"))) {
        if (!finding_grade_of(request_field(request, "grade"), &wish.grade))
            return err_set(err, ERR_INPUT, "请选问题的轻重：一般、较重或严重。");
        if (text_equal(act, TEXT("edit")))
            ok = app_finding_edit(request->house, request->writing, request->snapshot, &request->actor, id, number, &wish, request->now, request->mem, err);
        else
            ok = round_place_read(request, request_field(request, "place"), &wish.at, err) &&
                 app_finding_add(request->house, request->writing, request->snapshot, &request->actor, id, &wish, request->now, request->mem, err);
    } else if (text_equal(act, TEXT("drop"))) {
        ok = app_finding_drop(request->house, request->writing, request->snapshot, &request->actor, id, number, request_field(request, "reason"), request->now,
                              request->mem, err);
    } else if (text_equal(act, TEXT("issue"))) {
        struct place_names names;
        struct place owner;
        place_names_of(request->snapshot, request->now, request->mem, &names);
        ok = place_parse(&names, request_field(request, "owner"), &owner, err) &&
             app_finding_issue(request->house, request->writing, request->snapshot, &request->actor, id, number, owner, request_field(request, "due"), request->now,
                               request->mem, err);
    } else {
        return err_set(err, ERR_USAGE, "问题没有这个操作。");
    }
    if (ok)
        response_redirect(response, round_path(request, id, "#findings"));
    return ok;
}

/* ---- how the sample was drawn --------------------------------------------------------------- */

bool page_round_draw(struct request *request, struct response *response, struct err *err)
{
    struct round_view v;
    struct draw_again again;
    int64_t number;
    if (!request_query_number(request, "n", 1, 1000, 0, &number, err) ||
        !app_round(request->house, request->snapshot, &request->actor, request_capture(request, "id"), request->mem, &v, err) ||
        !app_round_draw_again(&v, number, request->mem, &again, err))
        return false;
    const struct text number_said = text_printf(request->mem, "%lld", (long long)again.row->number);
    if (text_equal(request_query(request, "as"), TEXT("csv"))) {
        response_file(response, round_draw_csv(&again, request->mem), "text/csv; charset=utf-8", SAYS_OF(T_ROUNDS_DRAW_FILE, v.row.title, number_said));
        return true;
    }
    const struct text path = round_path(request, v.row.id, "/draw");
    struct view_round_draw view = {
        .frame = frame_of(request, SAYS(T_ROUNDS_DRAW_TITLE), "rounds"), .path = round_path(request, v.row.id, ""), .title = v.row.title, .seed = again.row->seed,
        .who = SAYS_OF(T_ROUNDS_DRAW_BY, again.row->by.who, time_shown(again.row->by.at, request->mem)), .reason = again.row->reason,
        .sentence = SAYS_OF(T_ROUNDS_DRAW_SENTENCE, N(again.draw.n), N(again.draw.n_taken), N(again.draw.n_strata)),
        .csv_path = text_printf(request->mem, "%.*s?n=%.*s&as=csv", TEXT_ARG(path), TEXT_ARG(number_said)),
        .command = text_printf(request->mem, "printf '%%s|%%s' '%.*s' %.*s | sha256sum", TEXT_ARG(again.row->seed),
                               TEXT_ARG(again.candidates[again.draw.at[0].candidate].code)),
        .at = arena_array(request->mem, again.draw.n + 1, struct drawn_line), .sums = arena_array(request->mem, again.draw.n_strata + 1, struct stratum_line),
        .draws = arena_array(request->mem, v.n_draws + 1, struct round_choice) };
    for (size_t i = 0; i < again.draw.n; i++) {
        const struct drawn *const d = &again.draw.at[i];
        const struct draw_candidate *const c = &again.candidates[d->candidate];
        view.at[view.n++] = (struct drawn_line){ c->code, c->name, text_copy(request->mem, text_of(d->digest)), c->stratum, N(d->rank), d->taken, d->rank == 1 };
    }
    for (size_t i = 0; i < again.draw.n_strata; i++)
        view.sums[view.n_sums++] = (struct stratum_line){ again.draw.strata[i].name, N(again.draw.strata[i].size), N(again.draw.strata[i].taken) };
    for (size_t i = 0; i < v.n_draws; i++)
        view.draws[view.n_draws++] = (struct round_choice){ text_printf(request->mem, "%.*s?n=%lld", TEXT_ARG(path), (long long)v.draws[i].number),
                                                            SAYS_OF(T_ROUNDS_DRAW_NTH, N(v.draws[i].number)), v.draws[i].number == again.row->number };
    struct html html = html_begin(request->mem, request->lang);
    template_round_draw(&html, &view);
    response_html(response, &html);
    return true;
}

#include "app/round_finding.h"

#include "app/audit.h"
#include "app/place_names.h"
#include "app/round_inside.h"
#include "app/task.h"

enum { LONGEST_FINDING = 1000 };

/* ---- subjects ------------------------------------------------------------------------------- */

void round_subjects(const struct edition *e, struct arena *mem, struct subject_info **out, size_t *n_out)
{
    *out = arena_array(mem, e->n_indicators + e->n_rules + 2, struct subject_info);
    *n_out = 0;
    for (size_t i = 0; i < e->n_indicators; i++)
        (*out)[(*n_out)++] = (struct subject_info){ e->indicators[i].id, e->indicators[i].brief };
    for (size_t i = 0; i < e->n_rules; i++)
        if (e->rules[i].kind == RULE_VETO || e->rules[i].kind == RULE_PRECONDITION)
            (*out)[(*n_out)++] = (struct subject_info){ e->rules[i].plain, e->rules[i].brief };
    (*out)[(*n_out)++] = (struct subject_info){ TEXT("other"), TEXT("其他") };
}

struct text round_subject_shown(const struct edition *e, struct text subject, struct arena *mem)
{
    struct subject_info *all;
    size_t n;
    round_subjects(e, mem, &all, &n);
    for (size_t i = 0; i < n; i++)
        if (text_equal(all[i].id, subject))
            return i + 1 == n ? all[i].name : text_printf(mem, "%.*s %.*s", TEXT_ARG(subject), TEXT_ARG(all[i].name));
    return text_starts(subject, TEXT("plan:")) ? text_printf(mem, "方案 %.*s", (int)(subject.size - strlen("plan:")), subject.at + strlen("plan:")) : subject;
}

static bool known_subject(const struct edition *e, struct text subject, struct arena *mem)
{
    struct subject_info *all;
    size_t n;
    round_subjects(e, mem, &all, &n);
    for (size_t i = 0; i < n; i++)
        if (text_equal(all[i].id, subject))
            return true;
    return text_starts(subject, TEXT("plan:"));
}

/* ---- noted ---------------------------------------------------------------------------------- */

const struct finding_row *round_finding(const struct round_view *round, int64_t number)
{
    for (size_t i = 0; i < round->n_findings; i++)
        if (round->findings[i].number == number)
            return &round->findings[i];
    return NULL;
}

static bool takes_findings(const struct round_view *v, struct err *err)
{
    if (!v->hands.inspects) {
        err_set(err, ERR_DENIED, "问题由督导组的人记。");
        return err_hint(err, "要记，请办公室把您加进这一轮的督导组。");
    }
    if (round_takes_findings(v->state))
        return true;
    err_set(err, ERR_CONFLICT, "这一轮督导现在是“%.*s”，不能记问题。", TEXT_ARG(round_state_zh(v->state)));
    return err_hint(err, v->state == ROUND_PREPARING ? "开始查访以后才能记。" : "要记，请新开一轮。");
}

static bool take_wish(struct house *house, const struct finding_wish *wish, struct arena *mem, struct finding_row *out, struct err *err)
{
    const struct text advice = text_trim(wish->advice);
    if (!round_said(wish->what, "看到了什么", LONGEST_FINDING, &out->what, err) ||
        (advice.size && !round_said(wish->advice, "整改建议", LONGEST_FINDING, &out->advice, err)))
        return false;
    if (!known_subject(house_edition(house), wish->subject, mem)) {
        err_set(err, ERR_INPUT, "没有“%.*s”这项指标。", TEXT_ARG(wish->subject));
        return err_hint(err, "请从名单里选；都不是的选“其他”。");
    }
    if (wish->stage.size && !text_equal(wish->stage, TEXT("primary")) && !text_equal(wish->stage, TEXT("junior")))
        return err_set(err, ERR_INPUT, "学段只有小学和初中。");
    out->subject = wish->subject;
    out->stage = wish->stage;
    out->grade = finding_grade_word(wish->grade);
    if (!advice.size)
        out->advice = TEXT("");
    return true;
}

bool app_finding_add(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                     const struct finding_wish *wish, int64_t now, struct arena *mem, struct err *err)
{
    struct round_view v;
    const struct round_spot spot = round_spot_of(wish->at);
    struct finding_row row = { .spot = spot, .question = wish->question, .noted = actor_stamp(actor, now) };
    if (!actor_may(actor, MAY_INSPECT, err) || !round_read(house, session, s, actor, id, mem, &v, err) || !takes_findings(&v, err) ||
        !take_wish(house, wish, mem, &row, err))
        return false;
    const struct round_place *const place = round_place_at(&v, &spot);
    if (!place && wish->at.kind != PLACE_COUNTY)
        return err_set(err, ERR_ABSENT, "这一轮督导没有去%.*s。", TEXT_ARG(wish->at.name));
    row.shown = place ? place->shown : s->county_name;
    return store_finding_add(session, house_county(house), id, &row, err) &&
           audit_write(session, actor, "round.finding", id, text_printf(mem, "noted %.*s:%.*s %.*s %.*s", TEXT_ARG(spot.kind), TEXT_ARG(spot.name),
                                                                         TEXT_ARG(row.subject), TEXT_ARG(row.grade)), now, err);
}

static bool find(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id, int64_t number,
                 struct arena *mem, struct round_view *v, struct finding_row *out, struct err *err)
{
    if (!actor_may(actor, MAY_INSPECT, err) || !round_read(house, session, s, actor, id, mem, v, err) || !takes_findings(v, err))
        return false;
    const struct finding_row *const row = round_finding(v, number);
    if (!row)
        return err_set(err, ERR_ABSENT, "这一轮督导没有第 %lld 个问题。", (long long)number);
    *out = *row;
    return true;
}

bool app_finding_edit(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id, int64_t number,
                      const struct finding_wish *wish, int64_t now, struct arena *mem, struct err *err)
{
    struct round_view v;
    struct finding_row row;
    if (!find(house, session, s, actor, id, number, mem, &v, &row, err))
        return false;
    if (!v.hands.runs && row.noted.account != actor->account) {
        err_set(err, ERR_DENIED, "这个问题是%.*s记的。", TEXT_ARG(row.noted.who));
        return err_hint(err, "要改，请他自己改，或者请办公室、督导改。");
    }
    return take_wish(house, wish, mem, &row, err) && store_finding_edit(session, house_county(house), id, &row, now, err) &&
           audit_write(session, actor, "round.finding", id, text_printf(mem, "edited no=%lld %.*s %.*s", (long long)number, TEXT_ARG(row.subject), TEXT_ARG(row.grade)),
                       now, err);
}

bool app_finding_drop(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id, int64_t number,
                      struct text reason, int64_t now, struct arena *mem, struct err *err)
{
    struct round_view v;
    struct finding_row row;
    enum finding_state from, to;
    if (!find(house, session, s, actor, id, number, mem, &v, &row, err))
        return false;
    if (!finding_state_of(row.state, &from) ||
        !finding_next(from, FINDING_DROP, v.hands.runs, row.noted.account == actor->account, reason, &to, err))
        return false;
    row.state = finding_state_word(to);
    row.reason = text_trim(reason);
    row.decided = actor_stamp(actor, now);
    return store_finding_decide(session, house_county(house), id, &row, err) &&
           audit_write(session, actor, "round.finding", id, text_printf(mem, "dropped no=%lld", (long long)number), now, err);
}

/* ---- made an order of ----------------------------------------------------------------------- */

struct place round_finding_owner(const struct owners *owners, const struct round_view *round, const struct finding_row *f)
{
    const struct round_place *const place = round_place_at(round, &f->spot);
    struct place at;
    if (!place_of_words(f->spot.kind, f->spot.name, &at))
        return (struct place){ PLACE_COUNTY, TEXT("") };
    /* A township or department answers for what was found at its own. */
    if (at.kind == PLACE_TOWNSHIP || at.kind == PLACE_DEPARTMENT)
        return at;
    return owner_of(owners, f->subject, f->stage, at.kind == PLACE_SCHOOL ? at.name : TEXT(""), place ? place->township : TEXT("")).place;
}

bool app_finding_issue(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id, int64_t number,
                       struct place owner, struct text due, int64_t now, struct arena *mem, struct err *err)
{
    struct round_view v;
    struct finding_row row;
    enum finding_state from, to;
    const struct owners *owners;
    struct place_names names;
    struct place at;
    if (!find(house, session, s, actor, id, number, mem, &v, &row, err) || !app_owners_in(house, session, mem, &owners, err))
        return false;
    if (!finding_state_of(row.state, &from) || !place_of_words(row.spot.kind, row.spot.name, &at) ||
        !finding_next(from, FINDING_ISSUE, v.hands.runs, row.noted.account == actor->account, TEXT(""), &to, err))
        return false;
    enum finding_grade grade = GRADE_MINOR;
    if (!finding_grade_of(row.grade, &grade))
        return err_set(err, ERR_OUTSIDE, "这个问题的记录读不懂：数据库可能被别的程序改过。");
    const struct text subject = round_subject_shown(house_edition(house), row.subject, mem);
    const struct task_wish wish = {
        .kind = TASK_ORDER, .origin = TASK_OF_ROUND, .origin_key = text_printf(mem, "%.*s:%lld", TEXT_ARG(id), (long long)number),
        .title = text_printf(mem, "督导问题（%.*s）：%.*s，%.*s", TEXT_ARG(finding_grade_zh(grade)), TEXT_ARG(row.shown), TEXT_ARG(subject)),
        .text = row.advice.size ? text_printf(mem, "%.*s\n建议：%.*s", TEXT_ARG(row.what), TEXT_ARG(row.advice)) : row.what,
        .owner = owner, .person = owner_person(owners, owner), .about = at, .subject = row.subject, .stage = row.stage, .due = due, .recheck = true };
    if (!due.size) {
        err_set(err, ERR_INPUT, "还没有写整改期限。");
        return err_hint(err, "请选一天。");
    }
    if (!app_task_put(house, session, actor, &wish, now, mem, &row.task, err))
        return false;
    place_names_of(s, now, mem, &names);
    row.state = finding_state_word(to);
    row.owner_kind = place_word(owner.kind), row.owner_name = owner.name, row.owner_shown = place_name(&names, owner);
    row.due = due;
    row.reason = TEXT("");
    row.decided = actor_stamp(actor, now);
    return store_finding_decide(session, house_county(house), id, &row, err) &&
           audit_write(session, actor, "round.finding", id, text_printf(mem, "issued no=%lld task=%lld", (long long)number, (long long)row.task), now, err);
}

/* Inspection rounds: 「轮 甲」, and what they find. */
#include "story.h"

#include "app/round.h"
#include "app/round_finding.h"

static struct story_label *label;
static struct member_wish member;
static struct place place;
static struct finding_wish finding;
static enum round_step step;
static const struct snapshot *snapshot;

static bool add(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    struct round_wish wish = { .title = story_field(s, "标题"), .organiser = story_field(s, "组织"), .scope = story_field(s, "范围"),
                               .first_day = story_field(s, "从"), .last_day = story_field(s, "到"),
                               .year = snapshot->years[snapshot->n_years - 1] };
    for (enum round_kind i = 0; i < N_ROUND_KINDS; i++)
        if (text_equal(story_field(s, "种类"), round_kind_zh(i)))
            wish.kind = i;
    return app_round_add(s->bed.house, session, snapshot, s->who, &wish, s->now, s->mem, &label->id, err);
}
static bool join(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    return app_round_member_add(s->bed.house, session, snapshot, s->who, label->id, &member, s->now, s->mem, err);
}
static bool visit(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    return app_round_place_add(s->bed.house, session, snapshot, s->who, label->id, place, story_field(s, "理由"), s->now, s->mem, err);
}
static bool go(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    return app_round_step(s->bed.house, session, snapshot, s->who, label->id, step, s->content, s->now, s->mem, err);
}
static bool note(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    return app_finding_add(s->bed.house, session, snapshot, s->who, label->id, &finding, s->now, s->mem, err);
}

static struct place owner;
static struct text due;
static bool issue(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    return app_finding_issue(s->bed.house, session, snapshot, s->who, label->id, 1, owner, due, s->now, s->mem, err);
}

/* The order made of the round's first finding is called 「任务 甲」 from then on. */
static void call_order(struct story *s)
{
    struct round_view round;
    CHECK_OK(app_round(s->bed.house, snapshot, &s->bed.actor, label->id, s->mem, &round, &s->err), s->err);
    CHECK_INT(round.n_findings, 1);
    story_label_new(s, story_field(s, "任务"))->number = round.findings[0].task;
}

static bool step_of(struct text doing)
{
    for (step = 0; step < N_ROUND_STEPS; step++)
        if (text_equal(doing, round_step_zh(step)))
            return true;
    return false;
}

static bool doing_of(struct story *s, struct text doing)
{
    if (text_equal(doing, TEXT("建轮"))) {
        story_act(s, add);
    } else if (text_equal(doing, TEXT("加组长"))) {
        member = (struct member_wish){ .account = TEXT(""), .name = s->content, .unit = TEXT(""), .duty = TEXT("lead") };
        story_act(s, join);
    } else if (text_equal(doing, TEXT("加地方"))) {
        place = story_place(s, story_field(s, "学校"));
        story_act(s, visit);
    } else if (text_equal(doing, TEXT("提出问题"))) {
        finding = (struct finding_wish){ .at = story_place(s, story_field(s, "学校")), .question = TEXT(""), .subject = story_field(s, "指标"),
                                         .stage = TEXT("primary"), .grade = GRADE_MAJOR, .what = story_field(s, "问题"), .advice = story_field(s, "建议") };
        story_act(s, note);
    } else if (text_equal(doing, TEXT("交办问题"))) {
        owner = story_place(s, story_field(s, "责任单位"));
        due = story_field(s, "时限");
        story_act(s, issue);
        if (!s->tried)
            call_order(s);
    } else if (step_of(doing)) {
        story_act(s, go);
    } else {
        return false;
    }
    return true;
}

bool story_round(struct story *s, struct text doing)
{
    if (!text_starts(s->object, TEXT("轮 ")))
        return false;
    label = story_label_new(s, s->object);
    snapshot = story_snapshot(s);
    const bool known = doing_of(s, doing);
    snapshot_release(&snapshot);
    return known;
}

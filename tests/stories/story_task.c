/* Tasks and orders: 「任务 甲」 is called so from its 下达 on. */
#include "story.h"

#include "app/ledger.h"
#include "app/task.h"

static struct task_wish wish;
static struct task_act act;
static struct story_label *label;

static bool put(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    return app_task_put(s->bed.house, session, s->who, &wish, s->now, s->mem, &label->number, err);
}

static bool take(void *context, struct db_session *session, struct err *err)
{
    struct story *const s = context;
    return app_task_step(s->bed.house, session, s->who, label->number, &act, s->now, s->mem, err);
}

static struct task_one one(struct story *s, int64_t number)
{
    struct task_one out;
    CHECK_OK(app_task(s->bed.house, &s->bed.actor, number, s->now, s->mem, &out, &s->err), s->err);
    return out;
}

/* 「来源=西河街道第四小学 小学 L4」: the key of that row. */
static struct text ledger_origin(struct story *s, struct text said)
{
    struct ledger_row row;
    struct db_session *session;
    bool found;
    const struct place at = story_place(s, story_word(&said));
    const struct text stage = story_word(&said);
    const struct ledger_identity of = { place_word(at.kind), at.name, text_equal(stage, TEXT("小学")) ? TEXT("primary") : text_equal(stage, TEXT("初中")) ? TEXT("junior") : TEXT(""), said };
    CHECK_OK(db_read_begin(house_db(s->bed.house), &session, &s->err), s->err);
    CHECK_OK(app_ledger_find(s->bed.house, session, &of, s->mem, &row, &found, &s->err), s->err);
    db_read_end(&session);
    if (!found)
        story_fails(s, "没有这一行台账");
    return ledger_key(&row, s->mem);
}

static void issue(struct story *s, bool order)
{
    const struct text from = story_field(s, "台账"), origin = story_field(s, "来源"), above = story_field(s, "上级");
    const struct story_label *const parent = above.size ? story_label(s, above) : NULL;
    wish = (struct task_wish){ .kind = order ? TASK_ORDER : TASK_TASK, .origin = from.size ? TASK_OF_LEDGER : TASK_OF_SUPERVISOR,
                               .origin_key = from.size ? ledger_origin(s, from) : TEXT(""), .parent = parent ? parent->number : 0,
                               .title = story_field(s, "标题"), .text = TEXT(""), .owner = story_place(s, story_field(s, "责任单位")),
                               .person = TEXT(""), .about = story_place(s, story_field(s, "学校")), .subject = story_field(s, "指标"),
                               .stage = TEXT(""), .due = story_field(s, "时限"), .product_kind = TEXT(""), .product_name = TEXT(""), .recheck = order };
    for (enum task_origin i = 0; origin.size && i < N_TASK_ORIGINS; i++)
        if (text_equal(origin, task_origin_zh(i)))
            wish.origin = i;
    label = story_label_new(s, s->object);
    story_act(s, put);
}

static bool step_of(struct text doing, enum task_step *out)
{
    for (enum task_step i = 0; i < N_TASK_STEPS; i++)
        if (text_equal(doing, task_step_zh(i))) {
            *out = i;
            return true;
        }
    return false;
}

static bool expects(struct story *s, const struct task_view *view)
{
    const struct text state = task_state_zh(view->way, view->state);
    if (!text_equal(state, s->expected))
        story_fails(s, "任务是「%.*s」，应为「%.*s」", TEXT_ARG(state), TEXT_ARG(s->expected));
    return true;
}

bool story_task(struct story *s, struct text doing)
{
    if (text_equal(doing, TEXT("催办"))) {
        struct text done;
        s->tried = !app_tasks_remind(s->bed.house, s->now, s->mem, &done, &s->err);
        return true;
    }
    if (!text_starts(s->object, TEXT("任务 ")))
        return false;
    if (text_equal(doing, TEXT("下达任务")) || text_equal(doing, TEXT("下达整改通知"))) {
        issue(s, text_equal(doing, TEXT("下达整改通知")));
        return true;
    }
    label = story_label(s, s->object);
    if (!label)
        story_fails(s, "还没有下达「%.*s」", TEXT_ARG(s->object));
    const struct task_one before = one(s, label->number);
    if (text_equal(doing, TEXT("应为")))
        return expects(s, &before.view);
    if (text_equal(doing, TEXT("时限应为"))) {
        if (!text_equal(before.view.task.due, s->expected))
            story_fails(s, "时限是「%.*s」", TEXT_ARG(before.view.task.due));
        return true;
    }
    if (text_equal(doing, TEXT("逾期应为"))) {
        if (before.view.late != text_equal(s->expected, TEXT("逾期")))
            story_fails(s, before.view.late ? "已经逾期" : "没有逾期");
        return true;
    }
    enum task_step step;
    if (!step_of(doing, &step))
        return false;
    const struct text day = story_field(s, "到");
    act = (struct task_act){ .step = step, .words = day.size ? story_field(s, "理由") : s->content, .day = day };
    story_act(s, take);
    const struct task_one after = one(s, label->number);
    if (s->tried && after.view.state != before.view.state)
        story_fails(s, "被拒绝，状态却变了");
    return s->tried || !s->expected.size || expects(s, &after.view);
}

#include "survey/sheet_state.h"

#include "base/unicode.h"

enum { LEAST_REASON = 2, LONGEST_REASON = 500 };

static const struct { const char *word, *zh; } STATES[N_SHEET_STATES] = { { "draft", "填写中" }, { "submitted", "待确认" }, { "confirmed", "已确认" } };

static const struct { const char *word, *zh; bool reason; } STEPS[N_SHEET_STEPS] = {
    [SHEET_SUBMIT] = { "submit", "提交", false },
    [SHEET_WITHDRAW] = { "withdraw", "撤回", false },
    [SHEET_CONFIRM] = { "confirm", "确认", false },
    [SHEET_SEND_BACK] = { "send_back", "退回", true },
};

static const struct move { enum sheet_state from; enum sheet_step step; enum sheet_state to; } MOVES[] = {
    { SHEET_DRAFT, SHEET_SUBMIT, SHEET_SUBMITTED },
    { SHEET_SUBMITTED, SHEET_WITHDRAW, SHEET_DRAFT },
    { SHEET_SUBMITTED, SHEET_CONFIRM, SHEET_CONFIRMED },
    { SHEET_SUBMITTED, SHEET_SEND_BACK, SHEET_DRAFT },
    { SHEET_CONFIRMED, SHEET_SEND_BACK, SHEET_DRAFT },
};

static const struct move *move_of(enum sheet_state from, enum sheet_step step)
{
    for (size_t i = 0; i < COUNT(MOVES); i++)
        if (MOVES[i].from == from && MOVES[i].step == step)
            return &MOVES[i];
    return NULL;
}

static bool may_step(enum sheet_step step, struct sheet_hands hands)
{
    switch (step) {
    case SHEET_SUBMIT: return hands.fills;
    case SHEET_WITHDRAW: return hands.fills && hands.submitted_it;
    case SHEET_CONFIRM:
    case SHEET_SEND_BACK: return hands.endorses && !hands.submitted_it;
    case N_SHEET_STEPS: break;
    }
    return false;
}

bool sheet_can(enum sheet_state from, enum sheet_step step, struct sheet_hands hands)
{
    return move_of(from, step) && may_step(step, hands);
}

static bool denied(enum sheet_step step, struct sheet_hands hands, struct err *err)
{
    if (hands.submitted_it && hands.endorses) {
        err_set(err, ERR_DENIED, "这份表是您自己提交的，不能由您%s。", STEPS[step].zh);
        return err_hint(err, "请本单位或上级的另一个人来%s。", STEPS[step].zh);
    }
    err_set(err, ERR_DENIED, step == SHEET_WITHDRAW ? "这份表不是您提交的，不能由您撤回。" : "您的账号不能%s这份表。", STEPS[step].zh);
    return err_hint(err, step == SHEET_SUBMIT ? "请由填表单位的人提交。" : step == SHEET_WITHDRAW ? "请提交的人撤回，或者请确认的人退回。" : "请由本单位的负责人或上级单位的人来做。");
}

bool sheet_next(enum sheet_state from, enum sheet_step step, struct sheet_hands hands, struct text reason, enum sheet_state *to_out,
                struct err *err)
{
    const struct move *const move = step < N_SHEET_STEPS ? move_of(from, step) : NULL;
    if (!move) {
        err_set(err, ERR_CONFLICT, "这份表现在是“%s”，不能%s。", STATES[from].zh, step < N_SHEET_STEPS ? STEPS[step].zh : "这样做");
        return err_hint(err, "可能别人刚刚做过了；请刷新页面再看。");
    }
    if (!may_step(step, hands))
        return denied(step, hands, err);
    const size_t length = utf8_length(text_trim(reason));
    if (STEPS[step].reason && length < LEAST_REASON) {
        err_set(err, ERR_INPUT, "没有写%s的理由。", STEPS[step].zh);
        return err_hint(err, "请写清楚哪一题要怎样改，填表的人会原样看到。");
    }
    if (length > LONGEST_REASON) {
        err_set(err, ERR_INPUT, "理由太长（%zu 字，最多 %d 字）。", length, LONGEST_REASON);
        return err_hint(err, "请写得简明一些。");
    }
    *to_out = move->to;
    return true;
}

struct text sheet_state_word(enum sheet_state state) { return text_of(STATES[state].word); }
struct text sheet_state_shown(enum sheet_state state) { return text_of(STATES[state].zh); }
struct text sheet_step_word(enum sheet_step step) { return text_of(STEPS[step].word); }

bool sheet_state_of_word(struct text word, enum sheet_state *out)
{
    for (*out = SHEET_DRAFT; *out < N_SHEET_STATES; ++*out)
        if (text_equal(word, text_of(STATES[*out].word)))
            return true;
    return false;
}

bool sheet_step_of_word(struct text word, enum sheet_step *out)
{
    for (*out = SHEET_SUBMIT; *out < N_SHEET_STEPS; ++*out)
        if (text_equal(word, text_of(STEPS[*out].word)))
            return true;
    return false;
}

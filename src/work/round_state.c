#include "work/round_state.h"

#include "base/unicode.h"

#include <stdio.h>

/* ---- words -------------------------------------------------------------------------------- */

struct word { const char *code, *zh; };
static const struct word KINDS[N_ROUND_KINDS] = {
    [ROUND_YEARLY] = { "yearly", "年度专项督导" }, [ROUND_SELF] = { "self", "县级自查" }, [ROUND_CITY] = { "city", "市级复核" },
    [ROUND_PROVINCE] = { "province", "省级督导评估" }, [ROUND_NATION] = { "nation", "国家核查" },
};
static const struct word STATES[N_ROUND_STATES] = {
    [ROUND_PREPARING] = { "preparing", "筹备" }, [ROUND_VISITING] = { "visiting", "查访" }, [ROUND_FED_BACK] = { "fed_back", "已反馈" },
    [ROUND_ENDED] = { "ended", "已结束" }, [ROUND_CALLED_OFF] = { "called_off", "已取消" },
};
static const struct word STEPS[N_ROUND_STEPS] = {
    [ROUND_BEGIN] = { "begin", "开始查访" }, [ROUND_FEED_BACK] = { "feed_back", "反馈" }, [ROUND_END] = { "end", "结束" },
    [ROUND_CALL_OFF] = { "call_off", "取消" },
};
static const struct word FINDING_STATES[N_FINDING_STATES] = {
    [FINDING_NOTED] = { "noted", "待定" }, [FINDING_ISSUED] = { "issued", "已交办" }, [FINDING_DROPPED] = { "dropped", "不列为问题" },
};
static const struct word GRADES[N_FINDING_GRADES] = {
    [GRADE_MINOR] = { "minor", "一般" }, [GRADE_MAJOR] = { "major", "较重" }, [GRADE_SEVERE] = { "severe", "严重" },
};

#define WORDS(name, table, type)                                              \
    struct text name##_word(type x) { return text_of((table)[x].code); }      \
    struct text name##_zh(type x) { return text_of((table)[x].zh); }          \
    bool name##_of(struct text word, type *out)                               \
    {                                                                         \
        for (size_t i = 0; i < COUNT(table); i++)                             \
            if (text_equal(word, text_of((table)[i].code))) {                 \
                *out = (type)i;                                               \
                return true;                                                  \
            }                                                                 \
        return false;                                                         \
    }
WORDS(round_kind, KINDS, enum round_kind)
WORDS(round_state, STATES, enum round_state)
WORDS(round_step, STEPS, enum round_step)
WORDS(finding_state, FINDING_STATES, enum finding_state)
WORDS(finding_grade, GRADES, enum finding_grade)

static bool reason_given(struct text reason, const char *why, struct err *err)
{
    enum { LEAST = 2 };
    if (utf8_length(text_trim(reason)) >= LEAST)
        return true;
    err_set(err, ERR_INPUT, "%s", why);
    return err_hint(err, "请写明原因，它会留在记录里。");
}

/* ---- a round ------------------------------------------------------------------------------ */

/* The rule: from, step → to.  What is not here is not allowed. */
static const struct { enum round_state from; enum round_step step; enum round_state to; } MOVES[] = {
    { ROUND_PREPARING, ROUND_BEGIN,     ROUND_VISITING },
    { ROUND_VISITING,  ROUND_FEED_BACK, ROUND_FED_BACK },
    { ROUND_FED_BACK,  ROUND_END,       ROUND_ENDED },
    { ROUND_PREPARING, ROUND_CALL_OFF,  ROUND_CALLED_OFF },
    { ROUND_VISITING,  ROUND_CALL_OFF,  ROUND_CALLED_OFF },
};

static bool nothing_lacks(enum round_step step, const struct round_facts *f, struct text reason, struct err *err)
{
    char why[160];
    switch (step) {
    case ROUND_BEGIN:
        if (!f->leads) {
            err_set(err, ERR_CONFLICT, "还没有组长，不能开始查访。");
            return err_hint(err, "请先在“督导组”里加一名组长。");
        }
        if (!f->places) {
            err_set(err, ERR_CONFLICT, "还没有要去的学校或单位，不能开始查访。");
            return err_hint(err, "请先抽样，或者加上要去的单位。");
        }
        return true;
    case ROUND_FEED_BACK:
        if (f->undecided) {
            err_set(err, ERR_CONFLICT, "还有 %zu 个问题没有决定，不能反馈。", f->undecided);
            return err_hint(err, "每个问题或者交办，或者说明不列为问题。");
        }
        (void)snprintf(why, sizeof why, "还有 %zu 份检查表没有交，要反馈请写明原因。", f->open_sheets);
        return !f->open_sheets || reason_given(reason, why, err);
    case ROUND_END:
        (void)snprintf(why, sizeof why, "还有 %zu 个问题没有销号，要结束这一轮请写明原因；没有销号的照旧督办。", f->open_orders);
        return !f->open_orders || reason_given(reason, why, err);
    case ROUND_CALL_OFF:
        return reason_given(reason, "取消一轮督导要写明原因。", err);
    case N_ROUND_STEPS:
        break;
    }
    return true;
}

bool round_next(enum round_state from, enum round_step step, const struct round_facts *facts, struct text reason, enum round_state *to_out,
                struct err *err)
{
    for (size_t i = 0; i < COUNT(MOVES); i++) {
        if (MOVES[i].from != from || MOVES[i].step != step)
            continue;
        if (!facts->runs_it) {
            err_set(err, ERR_DENIED, "“%s”要由县级办公室或者督导来做。", STEPS[step].zh);
            return err_hint(err, "您可以提醒他们。");
        }
        if (!nothing_lacks(step, facts, reason, err))
            return false;
        *to_out = MOVES[i].to;
        return true;
    }
    err_set(err, ERR_CONFLICT, "这一轮督导现在是“%s”，不能%s。", STATES[from].zh, STEPS[step].zh);
    const enum round_step on = round_step_on(from);
    return on == N_ROUND_STEPS ? err_hint(err, "这一轮已经完了；要再查，请新开一轮。") : err_hint(err, "下一步是%s。", STEPS[on].zh);
}

enum round_step round_step_on(enum round_state state)
{
    for (size_t i = 0; i < COUNT(MOVES); i++)
        if (MOVES[i].from == state && MOVES[i].step != ROUND_CALL_OFF)
            return MOVES[i].step;
    return N_ROUND_STEPS;
}

bool round_is_open(enum round_state state)
{
    return state == ROUND_PREPARING || state == ROUND_VISITING;
}

bool round_is_visiting(enum round_state state)
{
    return state == ROUND_VISITING;
}

bool round_takes_findings(enum round_state state)
{
    return state == ROUND_VISITING || state == ROUND_FED_BACK;
}

/* ---- a finding ---------------------------------------------------------------------------- */

bool finding_next(enum finding_state from, enum finding_step step, bool decides, bool noted_it, struct text reason, enum finding_state *to_out,
                  struct err *err)
{
    if (from != FINDING_NOTED) {
        err_set(err, ERR_CONFLICT, "这个问题已经定了：%s。", FINDING_STATES[from].zh);
        return err_hint(err, from == FINDING_ISSUED ? "要撤回，请在它的整改单上撤回。" : "要列为问题，请重新记一条。");
    }
    if (!decides && !(step == FINDING_DROP && noted_it)) {
        err_set(err, ERR_DENIED, step == FINDING_ISSUE ? "交办要由县级办公室或者督导来做。" : "别人记的问题，要由县级办公室或者督导决定。");
        return err_hint(err, "您可以在问题里补充情况，提醒他们。");
    }
    if (step == FINDING_DROP && !reason_given(reason, "不列为问题要写明原因。", err))
        return false;
    *to_out = step == FINDING_ISSUE ? FINDING_ISSUED : FINDING_DROPPED;
    return true;
}

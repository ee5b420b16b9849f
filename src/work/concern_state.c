#include "work/concern_state.h"

static const struct {
    enum concern_state from;
    enum concern_step step;
    bool by_owner, by_keeper;
    struct concern_move move;
} MOVES[] = {
    { CONCERN_OPEN,    CONCERN_PASS_ON, false, true, { CONCERN_OPEN,    CONCERN_WORDS } },
    { CONCERN_OPEN,    CONCERN_REPLY,   true,  true, { CONCERN_REPLIED, CONCERN_WORDS } },
    { CONCERN_REPLIED, CONCERN_CLOSE,   false, true, { CONCERN_CLOSED,  CONCERN_ANOTHER_PERSON } },
    { CONCERN_REPLIED, CONCERN_REOPEN,  false, true, { CONCERN_OPEN,    CONCERN_ANOTHER_PERSON } },
};
static const struct { const char *code, *zh, *en, *next; } STATES[N_CONCERN_STATES] = {
    [CONCERN_OPEN] = { "open", "待答复", "To be answered", "下一步是答复，由责任单位做。" },
    [CONCERN_REPLIED] = { "replied", "已答复，待回访", "Answered", "下一步是回访，由答复人以外的人做。" },
    [CONCERN_CLOSED] = { "closed", "已了结", "Closed", "又有反映的，请另登记一件。" },
};
static const struct { const char *code, *zh; } STEPS[N_CONCERN_STEPS] = {
    [CONCERN_PASS_ON] = { "pass_on", "转交" }, [CONCERN_REPLY] = { "reply", "答复" },
    [CONCERN_CLOSE] = { "close", "了结" },     [CONCERN_REOPEN] = { "reopen", "重办" },
};
static const struct office_word KINDS[] = {
    { "enrolment", "招生入学", "Enrolment" },          { "class_size", "大班额", "Large classes" },
    { "fees", "收费", "Fees" },                        { "homework", "作业负担和补课", "Homework and cramming" },
    { "after_school", "课后服务", "After-school care" }, { "safety", "校园安全", "Safety" },
    { "canteen", "食堂和饮食", "Canteen" },            { "transport", "上学路途和交通", "The way to school" },
    { "teachers", "师资和师德", "Teachers" },          { "facilities", "办学条件", "Buildings and equipment" },
    { "transfer", "转学和学籍", "Transfer" },          { "special", "特殊群体", "Children with special needs" },
    { "training", "校外培训", "Private tutoring" },    { "other", "其他", "Other" },
};
static const struct office_word CHANNELS[] = {
    { "letter", "来信", "Letter" }, { "visit", "来访", "Visit" }, { "call", "热线电话", "Hotline" },
    { "web", "网络留言", "Web" },   { "deputy", "代表建议、委员提案", "Proposals of deputies" }, { "other", "其他", "Other" },
};

bool concern_move(enum concern_state from, enum concern_step step, enum concern_hand hand, bool replied_it, struct concern_move *out, struct err *err)
{
    for (size_t i = 0; i < COUNT(MOVES); i++) {
        if (MOVES[i].from != from || MOVES[i].step != step)
            continue;
        if (!(hand == CONCERN_OWNER ? MOVES[i].by_owner : MOVES[i].by_keeper)) {
            err_set(err, ERR_DENIED, "这一步（%s）要由登记的单位做。", STEPS[step].zh);
            return err_hint(err, "您可以在下面留言提醒对方。");
        }
        if (MOVES[i].move.demand == CONCERN_ANOTHER_PERSON && replied_it) {
            err_set(err, ERR_DENIED, "答复是您写的，回访要由另一个人做。");
            return err_hint(err, "请办公室或督导的另一位同事回访。");
        }
        *out = MOVES[i].move;
        return true;
    }
    err_set(err, ERR_CONFLICT, "这件事现在是“%s”，不能%s。", STATES[from].zh, STEPS[step].zh);
    return err_hint(err, "%s", STATES[from].next);
}

struct text concern_state_code(enum concern_state state) { return text_of(STATES[state].code); }
struct text concern_state_said(enum concern_state state, bool english) { return text_of(english ? STATES[state].en : STATES[state].zh); }

bool concern_state_of(struct text code, enum concern_state *out)
{
    for (int s = 0; s < N_CONCERN_STATES; s++)
        if (text_equal(code, text_of(STATES[s].code))) {
            *out = (enum concern_state)s;
            return true;
        }
    return false;
}

bool concern_step_of(struct text code, enum concern_step *out)
{
    for (int s = 0; s < N_CONCERN_STEPS; s++)
        if (text_equal(code, text_of(STEPS[s].code))) {
            *out = (enum concern_step)s;
            return true;
        }
    return false;
}

const struct office_word *concern_kinds(size_t *n_out)
{
    *n_out = COUNT(KINDS);
    return KINDS;
}

const struct office_word *concern_channels(size_t *n_out)
{
    *n_out = COUNT(CHANNELS);
    return CHANNELS;
}

const struct office_word *office_word_of(const struct office_word *words, size_t n, struct text code)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(code, text_of(words[i].code)))
            return &words[i];
    return NULL;
}

struct text office_word_said(const struct office_word *words, size_t n, struct text code, bool english)
{
    const struct office_word *const word = office_word_of(words, n, code);
    return !word ? code : text_of(english ? word->en : word->zh);
}

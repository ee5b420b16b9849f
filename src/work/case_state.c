#include "work/case_state.h"

static const struct { enum case_state from; enum case_step step; enum case_hand hand; struct case_move move; } MOVES[] = {
    { CASE_SUBMITTED, CASE_TAKE,      CASE_OFFICE, { CASE_TAKEN,     false, true } },
    { CASE_SUBMITTED, CASE_RETURN,    CASE_OFFICE, { CASE_RETURNED,  true,  false } },
    { CASE_RETURNED,  CASE_AGAIN,     CASE_AUTHOR, { CASE_SUBMITTED, false, false } },
    { CASE_SUBMITTED, CASE_AGAIN,     CASE_AUTHOR, { CASE_SUBMITTED, false, false } },   /* mended before anybody looked */
    { CASE_TAKEN,     CASE_RELEASE,   CASE_OFFICE, { CASE_RELEASED,  false, true } },
    { CASE_TAKEN,     CASE_RETURN,    CASE_OFFICE, { CASE_RETURNED,  true,  false } },
    { CASE_RELEASED,  CASE_UNRELEASE, CASE_OFFICE, { CASE_TAKEN,     true,  false } },
};
static const struct { const char *code, *zh, *en; } STATES[N_CASE_STATES] = {
    [CASE_SUBMITTED] = { "submitted", "已报送", "Handed in" }, [CASE_RETURNED] = { "returned", "退回修改", "Sent back" },
    [CASE_TAKEN] = { "taken", "已收录", "In the library" },    [CASE_RELEASED] = { "released", "已公开", "Public" },
};
static const struct { const char *code, *zh; } STEPS[N_CASE_STEPS] = {
    [CASE_TAKE] = { "take", "收录" }, [CASE_RETURN] = { "return", "退回" }, [CASE_AGAIN] = { "again", "修改再报" },
    [CASE_RELEASE] = { "release", "公开" }, [CASE_UNRELEASE] = { "unrelease", "撤下" },
};

bool case_move(enum case_state from, enum case_step step, enum case_hand hand, bool handed_it_in, struct case_move *out, struct err *err)
{
    for (size_t i = 0; i < COUNT(MOVES); i++) {
        if (MOVES[i].from != from || MOVES[i].step != step)
            continue;
        if (MOVES[i].hand != hand)
            return err_set(err, ERR_DENIED, "这一步（%s）要由%s做。", STEPS[step].zh, MOVES[i].hand == CASE_OFFICE ? "县级办公室" : "报送的单位");
        if (MOVES[i].move.other_person && handed_it_in) {
            err_set(err, ERR_DENIED, "案例是您自己报送的，要由另一个人%s。", STEPS[step].zh);
            return err_hint(err, "请办公室的另一位同事看过再定。");
        }
        *out = MOVES[i].move;
        return true;
    }
    err_set(err, ERR_CONFLICT, "这个案例现在是“%s”，不能%s。", STATES[from].zh, STEPS[step].zh);
    return err_hint(err, "请刷新页面，看它现在到了哪一步。");
}

struct text case_state_code(enum case_state state) { return text_of(STATES[state].code); }
struct text case_state_said(enum case_state state, bool english) { return text_of(english ? STATES[state].en : STATES[state].zh); }

bool case_state_of(struct text code, enum case_state *out)
{
    for (int s = 0; s < N_CASE_STATES; s++)
        if (text_equal(code, text_of(STATES[s].code))) {
            *out = (enum case_state)s;
            return true;
        }
    return false;
}

bool case_step_of(struct text code, enum case_step *out)
{
    for (int s = 0; s < N_CASE_STEPS; s++)
        if (text_equal(code, text_of(STEPS[s].code))) {
            *out = (enum case_step)s;
            return true;
        }
    return false;
}

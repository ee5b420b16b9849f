#include "work/meeting_state.h"

static const struct { enum meeting_state from; enum meeting_step step; enum meeting_state to; } MOVES[] = {
    { MEETING_CALLED, MEETING_HOLD,   MEETING_HELD },
    { MEETING_CALLED, MEETING_CANCEL, MEETING_CANCELLED },
    { MEETING_HELD,   MEETING_ISSUE,  MEETING_ISSUED },
};
static const struct { const char *code, *zh, *en, *next; } STATES[N_MEETING_STATES] = {
    [MEETING_CALLED] = { "called", "已召集", "Called", "下一步是召开，或者取消。" },
    [MEETING_HELD] = { "held", "已召开", "Held", "下一步是印发纪要，决定随之成为任务。" },
    [MEETING_ISSUED] = { "issued", "纪要已印发", "Minutes issued", "纪要印发以后不再改动；有新的决定，请另开一次会。" },
    [MEETING_CANCELLED] = { "cancelled", "已取消", "Cancelled", "要开会，请另外召集一次。" },
};
static const struct { const char *code, *zh; } STEPS[N_MEETING_STEPS] = {
    [MEETING_HOLD] = { "hold", "召开" }, [MEETING_ISSUE] = { "issue", "印发纪要" }, [MEETING_CANCEL] = { "cancel", "取消" },
};
static const struct { const char *code, *zh, *en; } KINDS[N_MEETING_KINDS] = {
    [MEETING_JOINT] = { "joint", "联席会议", "Joint meeting" },
    [MEETING_MOBILISE] = { "mobilise", "动员会", "Mobilisation meeting" },
    [MEETING_SPECIAL] = { "special", "专题会", "Meeting on one subject" },
};

bool meeting_move(enum meeting_state from, enum meeting_step step, enum meeting_state *to, struct err *err)
{
    for (size_t i = 0; i < COUNT(MOVES); i++)
        if (MOVES[i].from == from && MOVES[i].step == step) {
            *to = MOVES[i].to;
            return true;
        }
    err_set(err, ERR_CONFLICT, "这次会议现在是“%s”，不能%s。", STATES[from].zh, STEPS[step].zh);
    return err_hint(err, "%s", STATES[from].next);
}

bool meeting_agenda_open(enum meeting_state state) { return state == MEETING_CALLED || state == MEETING_HELD; }
bool meeting_minutes_open(enum meeting_state state) { return state == MEETING_HELD; }

struct text meeting_state_code(enum meeting_state state) { return text_of(STATES[state].code); }
struct text meeting_state_said(enum meeting_state state, bool english) { return text_of(english ? STATES[state].en : STATES[state].zh); }
struct text meeting_kind_code(enum meeting_kind kind) { return text_of(KINDS[kind].code); }
struct text meeting_kind_said(enum meeting_kind kind, bool english) { return text_of(english ? KINDS[kind].en : KINDS[kind].zh); }

bool meeting_state_of(struct text code, enum meeting_state *out)
{
    for (int s = 0; s < N_MEETING_STATES; s++)
        if (text_equal(code, text_of(STATES[s].code))) {
            *out = (enum meeting_state)s;
            return true;
        }
    return false;
}

bool meeting_kind_of(struct text code, enum meeting_kind *out)
{
    for (int k = 0; k < N_MEETING_KINDS; k++)
        if (text_equal(code, text_of(KINDS[k].code))) {
            *out = (enum meeting_kind)k;
            return true;
        }
    return false;
}

/* sheet_state.h — a filled-in form on its way: draft 填写中, submitted 已提交, confirmed 已确认; the table of legal steps. */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum sheet_state { SHEET_DRAFT, SHEET_SUBMITTED, SHEET_CONFIRMED, N_SHEET_STATES };
enum sheet_step { SHEET_SUBMIT, SHEET_WITHDRAW, SHEET_CONFIRM, SHEET_SEND_BACK, N_SHEET_STEPS };
/* Who asks, in respect of this sheet. */
struct sheet_hands {
    bool fills;                /* may answer it */
    bool endorses;             /* may confirm it */
    bool submitted_it;         /* he handed in what is to be confirmed */
};

/* Worded faults: ERR_CONFLICT where the state has no such step, ERR_DENIED where another must take it, ERR_INPUT: no reason given. */
bool sheet_next(enum sheet_state from, enum sheet_step step, struct sheet_hands hands, struct text reason, enum sheet_state *to_out,
                struct err *err) MUST_CHECK;
/* Whether it would do, reason apart: for buttons. */
bool sheet_can(enum sheet_state from, enum sheet_step step, struct sheet_hands hands);
struct text sheet_state_word(enum sheet_state state);      /* "draft", as stored */
struct text sheet_state_shown(enum sheet_state state);     /* 填写中 */
struct text sheet_step_word(enum sheet_step step);
bool sheet_state_of_word(struct text word, enum sheet_state *out) MUST_CHECK;
bool sheet_step_of_word(struct text word, enum sheet_step *out) MUST_CHECK;

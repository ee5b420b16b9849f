/* concern_state.h — a public concern (群众关切的热点难点): which kinds there are, how it came, where it stands, who may take which step.
 *
 *   待答复 ─答复→ 已答复 ─回访满意→ 已了结
 *     ↑            └ 回访不满意，重办 ┘
 *   待答复 ─转交→ 待答复 (another answers)
 *
 * Whoever replied does not ask whether people are content: that is another person's.  Pure.   Source: domain specification S4.1.4c */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum concern_state { CONCERN_OPEN, CONCERN_REPLIED, CONCERN_CLOSED, N_CONCERN_STATES };
enum concern_step { CONCERN_PASS_ON, CONCERN_REPLY, CONCERN_CLOSE, CONCERN_REOPEN, N_CONCERN_STEPS };
/* Who answers for it; the office that keeps the register. */
enum concern_hand { CONCERN_OWNER, CONCERN_KEEPER, N_CONCERN_HANDS };
/* What a step asks for besides. */
enum concern_demand { CONCERN_WORDS, CONCERN_ANOTHER_PERSON };
struct concern_move { enum concern_state to; enum concern_demand demand; };

/*   Given    replied_it   whether it is the person who replied
 *   Errors   ERR_CONFLICT: not from this state; ERR_DENIED: another hand's, or another person's */
bool concern_move(enum concern_state from, enum concern_step step, enum concern_hand hand, bool replied_it, struct concern_move *out,
                  struct err *err) MUST_CHECK;
struct text concern_state_code(enum concern_state state);
bool concern_state_of(struct text code, enum concern_state *out) MUST_CHECK;
struct text concern_state_said(enum concern_state state, bool english);
bool concern_step_of(struct text code, enum concern_step *out) MUST_CHECK;

/* 招生入学, 大班额 …; 来信, 来访 … : as stored and in words. */
struct office_word { const char *code, *zh, *en; };
const struct office_word *concern_kinds(size_t *n_out);
const struct office_word *concern_channels(size_t *n_out);
/* NULL: none of them. */
const struct office_word *office_word_of(const struct office_word *words, size_t n, struct text code);
struct text office_word_said(const struct office_word *words, size_t n, struct text code, bool english);   /* the code where it is unknown */

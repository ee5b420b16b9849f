/* The way of a return: every legal step, and that there is no other. */
#include "check.h"

#include "work/return_state.h"

struct legal { enum return_state from; enum return_step step; enum return_hand hand; enum return_state to; int checked; /* -1: either */ };

static const struct legal LEGAL[] = {
    { RETURN_DRAFT, STEP_SUBMIT, HAND_CLERK, RETURN_SUBMITTED, -1 },
    { RETURN_SUBMITTED, STEP_WITHDRAW, HAND_CLERK, RETURN_DRAFT, -1 },
    { RETURN_SUBMITTED, STEP_CONFIRM, HAND_PRINCIPAL, RETURN_CONFIRMED, -1 },
    { RETURN_SUBMITTED, STEP_SEND_BACK, HAND_PRINCIPAL, RETURN_DRAFT, -1 },
    { RETURN_CONFIRMED, STEP_CHECK, HAND_CHECKER, RETURN_CHECKED, 1 },
    { RETURN_CONFIRMED, STEP_SEND_BACK, HAND_CHECKER, RETURN_DRAFT, 1 },
    { RETURN_CONFIRMED, STEP_APPROVE, HAND_BUREAU, RETURN_APPROVED, 0 },
    { RETURN_CONFIRMED, STEP_SEND_BACK, HAND_BUREAU, RETURN_DRAFT, 0 },
    { RETURN_CHECKED, STEP_APPROVE, HAND_BUREAU, RETURN_APPROVED, -1 },
    { RETURN_CHECKED, STEP_SEND_BACK, HAND_BUREAU, RETURN_DRAFT, -1 },
    { RETURN_APPROVED, STEP_REOPEN, HAND_BUREAU, RETURN_DRAFT, -1 },
    { RETURN_APPROVED, STEP_LOCK, HAND_LOCKER, RETURN_LOCKED, -1 },
    { RETURN_LOCKED, STEP_CORRECT, HAND_CORRECTOR, RETURN_LOCKED, -1 },
};

static const struct legal *legal(enum return_state from, enum return_step step, enum return_hand hand, bool checked)
{
    for (size_t i = 0; i < COUNT(LEGAL); i++)
        if (LEGAL[i].from == from && LEGAL[i].step == step && LEGAL[i].hand == hand && (LEGAL[i].checked < 0 || LEGAL[i].checked == checked))
            return &LEGAL[i];
    return NULL;
}

static bool legal_for_another(enum return_state from, enum return_step step, bool checked)
{
    for (int hand = 0; hand < N_RETURN_HANDS; hand++)
        if (legal(from, step, (enum return_hand)hand, checked))
            return true;
    return false;
}

TEST(return_state, goes_every_legal_step_by_the_right_hand_and_no_other)
{
    for (int from = 0; from < N_RETURN_STATES; from++)
        for (int step = 0; step < N_RETURN_STEPS; step++)
            for (int hand = 0; hand < N_RETURN_HANDS; hand++)
                for (int checked = 0; checked < 2; checked++) {
                    struct return_move move = { 0 };
                    struct err err = { 0 };
                    const struct legal *const expected = legal((enum return_state)from, (enum return_step)step, (enum return_hand)hand, checked);
                    const bool went = return_move((enum return_state)from, (enum return_step)step, (enum return_hand)hand, checked, &move, &err);
                    if (went != (expected != NULL))
                        fail_msg("%s %s by %s", return_state_code((enum return_state)from).at, return_step_code((enum return_step)step).at,
                                 return_hand_zh((enum return_hand)hand).at);
                    if (went) {
                        CHECK_INT(move.to, expected->to);
                        continue;
                    }
                    CHECK(*err.what && *err.hint);
                    CHECK_INT(err.kind, legal_for_another((enum return_state)from, (enum return_step)step, checked) ? ERR_DENIED : ERR_CONFLICT);
                }
}

TEST(return_state, asks_for_reasons_backwards_and_for_soundness_forwards)
{
    for (size_t i = 0; i < COUNT(LEGAL); i++) {
        struct return_move move;
        struct err err;
        CHECK_OK(return_move(LEGAL[i].from, LEGAL[i].step, LEGAL[i].hand, LEGAL[i].checked != 0, &move, &err), err);
        const bool back = LEGAL[i].step == STEP_SEND_BACK || LEGAL[i].step == STEP_REOPEN || LEGAL[i].step == STEP_CORRECT;
        const bool plain = LEGAL[i].step == STEP_WITHDRAW || LEGAL[i].step == STEP_LOCK;
        CHECK_INT(move.demand, back ? DEMAND_REASON : plain ? DEMAND_NOTHING : DEMAND_SOUND);
    }
}

TEST(return_state, says_who_is_next)
{
    CHECK_INT(return_next_hand(RETURN_DRAFT, true), HAND_CLERK);
    CHECK_INT(return_next_hand(RETURN_SUBMITTED, true), HAND_PRINCIPAL);
    CHECK_INT(return_next_hand(RETURN_CONFIRMED, true), HAND_CHECKER);
    CHECK_INT(return_next_hand(RETURN_CONFIRMED, false), HAND_BUREAU);
    CHECK_INT(return_next_hand(RETURN_CHECKED, false), HAND_BUREAU);
    CHECK_INT(return_next_hand(RETURN_APPROVED, true), HAND_LOCKER);
    CHECK_INT(return_next_hand(RETURN_LOCKED, true), N_RETURN_HANDS);
    CHECK_INT(return_next_step(RETURN_LOCKED, true), N_RETURN_STEPS);
}

TEST(return_state, tells_whose_step_it_is_and_where_the_return_stands)
{
    struct return_move move;
    struct err err;
    CHECK(!return_move(RETURN_SUBMITTED, STEP_CONFIRM, HAND_CLERK, true, &move, &err));
    CHECK_CONTAINS(text_of(err.what), "要由校长做");
    CHECK(!return_move(RETURN_DRAFT, STEP_APPROVE, HAND_BUREAU, true, &move, &err));
    CHECK_CONTAINS(text_of(err.what), "草稿");
    CHECK_CONTAINS(text_of(err.hint), "学校填报员");
    CHECK(!return_move(RETURN_LOCKED, STEP_REOPEN, HAND_BUREAU, true, &move, &err));
    CHECK_CONTAINS(text_of(err.hint), "更正");
}

TEST(return_state, comes_back_from_its_code)
{
    enum return_state found;
    enum return_step step;
    for (int s = 0; s < N_RETURN_STATES; s++)
        CHECK(return_state_of(return_state_code((enum return_state)s), &found) && (int)found == s);
    for (int s = 0; s < N_RETURN_STEPS; s++)
        CHECK(return_step_of(return_step_code((enum return_step)s), &step) && (int)step == s);
    CHECK(!return_state_of(TEXT("done"), &found));
    CHECK(!return_step_of(TEXT(""), &step));
}

TEST(return_state, counts_from_approval_on_and_is_typed_in_as_a_draft_alone)
{
    for (int s = 0; s < N_RETURN_STATES; s++) {
        CHECK_INT(return_counts((enum return_state)s), s == RETURN_APPROVED || s == RETURN_LOCKED);
        CHECK_INT(return_open((enum return_state)s), s == RETURN_DRAFT);
    }
}

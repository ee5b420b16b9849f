/* The way of a row of the ledger: every legal step, and that there is no other. */
#include "check.h"

#include "work/ledger_state.h"

struct legal { enum ledger_state from; enum ledger_step step; enum ledger_hand hand; enum ledger_state to; enum ledger_demand demand; };

static const struct legal LEGAL[] = {
    { LEDGER_FOUND, LEDGER_PLAN, LEDGER_BY_PLANNER, LEDGER_PLANNED, LEDGER_ASKS_NOTHING },
    { LEDGER_FOUND, LEDGER_START, LEDGER_BY_OWNER, LEDGER_IN_HAND, LEDGER_ASKS_NOTHING },
    { LEDGER_FOUND, LEDGER_CLAIM, LEDGER_BY_OWNER, LEDGER_CLAIMED, LEDGER_ASKS_REASON },
    { LEDGER_FOUND, LEDGER_DROP, LEDGER_BY_PLANNER, LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_FOUND, LEDGER_DROP, LEDGER_BY_ENGINE, LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_PLANNED, LEDGER_START, LEDGER_BY_OWNER, LEDGER_IN_HAND, LEDGER_ASKS_NOTHING },
    { LEDGER_PLANNED, LEDGER_CLAIM, LEDGER_BY_OWNER, LEDGER_CLAIMED, LEDGER_ASKS_REASON },
    { LEDGER_PLANNED, LEDGER_DROP, LEDGER_BY_PLANNER, LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_PLANNED, LEDGER_DROP, LEDGER_BY_ENGINE, LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_IN_HAND, LEDGER_CLAIM, LEDGER_BY_OWNER, LEDGER_CLAIMED, LEDGER_ASKS_REASON },
    { LEDGER_IN_HAND, LEDGER_DROP, LEDGER_BY_PLANNER, LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_IN_HAND, LEDGER_DROP, LEDGER_BY_ENGINE, LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_CLAIMED, LEDGER_TAKE_BACK, LEDGER_BY_OWNER, LEDGER_IN_HAND, LEDGER_ASKS_NOTHING },
    { LEDGER_CLAIMED, LEDGER_SEND_BACK, LEDGER_BY_VERIFIER, LEDGER_IN_HAND, LEDGER_ASKS_REASON },
    { LEDGER_CLAIMED, LEDGER_VERIFY, LEDGER_BY_VERIFIER, LEDGER_VERIFIED, LEDGER_ASKS_PROOF },
    { LEDGER_CLAIMED, LEDGER_DROP, LEDGER_BY_ENGINE, LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_VERIFIED, LEDGER_FALL_BACK, LEDGER_BY_ENGINE, LEDGER_REOPENED, LEDGER_ASKS_REASON },
    { LEDGER_REOPENED, LEDGER_PLAN, LEDGER_BY_PLANNER, LEDGER_PLANNED, LEDGER_ASKS_NOTHING },
    { LEDGER_REOPENED, LEDGER_START, LEDGER_BY_OWNER, LEDGER_IN_HAND, LEDGER_ASKS_NOTHING },
    { LEDGER_REOPENED, LEDGER_CLAIM, LEDGER_BY_OWNER, LEDGER_CLAIMED, LEDGER_ASKS_REASON },
    { LEDGER_REOPENED, LEDGER_DROP, LEDGER_BY_PLANNER, LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_REOPENED, LEDGER_DROP, LEDGER_BY_ENGINE, LEDGER_NOT_ASKED, LEDGER_ASKS_REASON },
    { LEDGER_NOT_ASKED, LEDGER_ASK_AGAIN, LEDGER_BY_PLANNER, LEDGER_FOUND, LEDGER_ASKS_REASON },
    { LEDGER_NOT_ASKED, LEDGER_ASK_AGAIN, LEDGER_BY_ENGINE, LEDGER_FOUND, LEDGER_ASKS_REASON },
};

static const struct legal *legal(int from, int step, int hand)
{
    for (size_t i = 0; i < COUNT(LEGAL); i++)
        if ((int)LEGAL[i].from == from && (int)LEGAL[i].step == step && (int)LEGAL[i].hand == hand)
            return &LEGAL[i];
    return NULL;
}

static bool legal_for_another(int from, int step)
{
    for (int hand = 0; hand < N_LEDGER_HANDS; hand++)
        if (legal(from, step, hand))
            return true;
    return false;
}

TEST(ledger_state, goes_every_legal_step_by_the_right_hand_and_no_other)
{
    for (int from = 0; from < N_LEDGER_STATES; from++)
        for (int step = 0; step < N_LEDGER_STEPS; step++)
            for (int hand = 0; hand < N_LEDGER_HANDS; hand++) {
                struct ledger_move move = { 0 };
                struct err err = { 0 };
                const struct legal *const expected = legal(from, step, hand);
                const bool went = ledger_move((enum ledger_state)from, (enum ledger_step)step, (enum ledger_hand)hand, &move, &err);
                if (went != (expected != NULL))
                    fail_msg("%s %s by %s", ledger_state_code((enum ledger_state)from).at, ledger_step_code((enum ledger_step)step).at,
                             ledger_hand_zh((enum ledger_hand)hand).at);
                CHECK(went == ledger_can((enum ledger_state)from, (enum ledger_step)step, (enum ledger_hand)hand));
                if (went) {
                    CHECK_INT(move.to, expected->to);
                    CHECK_INT(move.demand, expected->demand);
                    continue;
                }
                CHECK(*err.what && *err.hint);
                CHECK_INT(err.kind, legal_for_another(from, step) ? ERR_DENIED : ERR_CONFLICT);
            }
}

TEST(ledger_state, closes_by_verification_alone)
{
    for (size_t i = 0; i < COUNT(LEGAL); i++)
        if (LEGAL[i].to == LEDGER_VERIFIED) {
            CHECK_INT(LEGAL[i].step, LEDGER_VERIFY);
            CHECK_INT(LEGAL[i].demand, LEDGER_ASKS_PROOF);
        }
    CHECK(!ledger_open(LEDGER_VERIFIED) && !ledger_open(LEDGER_NOT_ASKED));
    CHECK(ledger_open(LEDGER_CLAIMED) && ledger_open(LEDGER_REOPENED));
}

TEST(ledger_state, reads_its_words_as_it_writes_them)
{
    for (int s = 0; s < N_LEDGER_STATES; s++) {
        enum ledger_state stands;
        CHECK(ledger_state_of(ledger_state_code((enum ledger_state)s), &stands) && (int)stands == s);
        CHECK(ledger_state_of(ledger_state_zh((enum ledger_state)s), &stands) && (int)stands == s);
    }
    for (int s = 0; s < N_LEDGER_STEPS; s++) {
        enum ledger_step step;
        CHECK(ledger_step_of(ledger_step_code((enum ledger_step)s), &step) && (int)step == s);
    }
    enum ledger_state none;
    CHECK(!ledger_state_of(TEXT("closed"), &none));
}

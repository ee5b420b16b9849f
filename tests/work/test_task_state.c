/* The way of a task and of an order: every legal step, and that there is no other. */
#include "check.h"

#include "work/task_late.h"
#include "work/task_state.h"

enum { OW = 1, IS = 2, VE = 4, MA = 8 };          /* hands: owner, issuer, verifier, machine */
enum { P = 1, C = 2, M = 4, O = C | M, A = P | O }; /* ways: plain, checked, measured */

struct legal { unsigned ways; enum task_state from; enum task_step step; unsigned hands; int asked; /* -1: either */ enum task_state to; };

static const struct legal LEGAL[] = {
    { O, TASK_ISSUED, TASK_ANSWER, OW, -1, TASK_ANSWERED },
    { O, TASK_ANSWERED, TASK_ACCEPT, IS, -1, TASK_IN_HAND },
    { O, TASK_ANSWERED, TASK_SEND_BACK, IS, -1, TASK_ISSUED },
    { O, TASK_IN_HAND, TASK_PROVE, OW, -1, TASK_PROVED },
    { C, TASK_PROVED, TASK_CLOSE, VE | MA, -1, TASK_CLOSED },
    { M, TASK_PROVED, TASK_CLOSE, MA, -1, TASK_CLOSED },
    { M, TASK_ISSUED, TASK_CLOSE, MA, -1, TASK_CLOSED },
    { M, TASK_ANSWERED, TASK_CLOSE, MA, -1, TASK_CLOSED },
    { M, TASK_IN_HAND, TASK_CLOSE, MA, -1, TASK_CLOSED },
    { O, TASK_PROVED, TASK_SEND_BACK, VE | MA, -1, TASK_IN_HAND },
    { P, TASK_ISSUED, TASK_BEGIN, OW, -1, TASK_IN_HAND },
    { P, TASK_ISSUED, TASK_PROVE, OW, -1, TASK_CLOSED },
    { P, TASK_IN_HAND, TASK_PROVE, OW, -1, TASK_CLOSED },
    { A, TASK_CLOSED, TASK_REOPEN, IS | VE | MA, -1, TASK_IN_HAND },
    { A, TASK_ISSUED, TASK_WITHDRAW, IS | MA, -1, TASK_WITHDRAWN },
    { O, TASK_ANSWERED, TASK_WITHDRAW, IS | MA, -1, TASK_WITHDRAWN },
    { A, TASK_IN_HAND, TASK_WITHDRAW, IS | MA, -1, TASK_WITHDRAWN },
    { O, TASK_PROVED, TASK_WITHDRAW, IS | MA, -1, TASK_WITHDRAWN },
    { A, TASK_ISSUED, TASK_ASK_MORE, OW, 0, TASK_ISSUED },
    { O, TASK_ANSWERED, TASK_ASK_MORE, OW, 0, TASK_ANSWERED },
    { A, TASK_IN_HAND, TASK_ASK_MORE, OW, 0, TASK_IN_HAND },
    { A, TASK_ISSUED, TASK_GRANT, IS, 1, TASK_ISSUED },
    { O, TASK_ANSWERED, TASK_GRANT, IS, 1, TASK_ANSWERED },
    { A, TASK_IN_HAND, TASK_GRANT, IS, 1, TASK_IN_HAND },
    { O, TASK_PROVED, TASK_GRANT, IS, 1, TASK_PROVED },
    { A, TASK_ISSUED, TASK_REFUSE, IS, 1, TASK_ISSUED },
    { O, TASK_ANSWERED, TASK_REFUSE, IS, 1, TASK_ANSWERED },
    { A, TASK_IN_HAND, TASK_REFUSE, IS, 1, TASK_IN_HAND },
    { O, TASK_PROVED, TASK_REFUSE, IS, 1, TASK_PROVED },
};

static const struct legal *legal(int way, int from, int step, int hand, int asked)
{
    for (size_t i = 0; i < COUNT(LEGAL); i++)
        if ((LEGAL[i].ways & 1u << way) && (int)LEGAL[i].from == from && (int)LEGAL[i].step == step && (LEGAL[i].hands & 1u << hand) &&
            (LEGAL[i].asked < 0 || LEGAL[i].asked == asked))
            return &LEGAL[i];
    return NULL;
}

static bool legal_for_another(int way, int from, int step, int asked)
{
    for (int hand = 0; hand < N_TASK_HANDS; hand++)
        if (legal(way, from, step, hand, asked))
            return true;
    return false;
}

TEST(task_state, goes_every_legal_step_by_the_right_hand_and_no_other)
{
    for (int way = 0; way < N_TASK_WAYS; way++)
        for (int from = 0; from < N_TASK_STATES; from++)
            for (int step = 0; step < N_TASK_STEPS; step++)
                for (int hand = 0; hand < N_TASK_HANDS; hand++)
                    for (int asked = 0; asked < 2; asked++) {
                        struct task_move move = { 0 };
                        struct err err = { 0 };
                        const struct legal *const expected = legal(way, from, step, hand, asked);
                        const bool went = task_move((enum task_way)way, (enum task_state)from, asked, (enum task_step)step, (enum task_hand)hand, &move, &err);
                        if (went != (expected != NULL))
                            fail_msg("%s: %s %s by %s", task_way_code((enum task_way)way).at, task_state_code((enum task_state)from).at,
                                     task_step_code((enum task_step)step).at, task_hand_zh((enum task_hand)hand).at);
                        if (went) {
                            CHECK_INT(move.to, expected->to);
                            continue;
                        }
                        CHECK(*err.what != 0);
                        CHECK_INT(err.kind, legal_for_another(way, from, step, asked) ? ERR_DENIED : ERR_CONFLICT);
                    }
}

TEST(task_state, asks_for_words_where_others_must_go_on_from_them_and_for_a_day_where_more_time_is_asked)
{
    for (size_t i = 0; i < COUNT(LEGAL); i++)
        for (int way = 0; way < N_TASK_WAYS; way++) {
            struct task_move move;
            struct err err;
            int hand = 0;
            if (!(LEGAL[i].ways & 1u << way))
                continue;
            while (!(LEGAL[i].hands & 1u << hand))
                hand++;
            CHECK_OK(task_move((enum task_way)way, LEGAL[i].from, LEGAL[i].asked > 0, LEGAL[i].step, (enum task_hand)hand, &move, &err), err);
            const bool silent = LEGAL[i].step == TASK_ACCEPT || LEGAL[i].step == TASK_BEGIN || LEGAL[i].step == TASK_GRANT;
            CHECK_INT(move.demand, LEGAL[i].step == TASK_ASK_MORE ? TASK_NEEDS_DAY : silent ? TASK_NEEDS_NOTHING : TASK_NEEDS_WORDS);
        }
}

TEST(task_state, says_whose_turn_it_is)
{
    static const struct { enum task_way way; enum task_state state; enum task_step step; enum task_hand hand; } NEXT[] = {
        { TASK_CHECKED, TASK_ISSUED, TASK_ANSWER, TASK_OWNER },     { TASK_CHECKED, TASK_ANSWERED, TASK_ACCEPT, TASK_ISSUER },
        { TASK_CHECKED, TASK_IN_HAND, TASK_PROVE, TASK_OWNER },     { TASK_CHECKED, TASK_PROVED, TASK_CLOSE, TASK_VERIFIER },
        { TASK_MEASURED, TASK_ISSUED, TASK_ANSWER, TASK_OWNER },    { TASK_MEASURED, TASK_PROVED, TASK_CLOSE, TASK_MACHINE },
        { TASK_PLAIN, TASK_ISSUED, TASK_PROVE, TASK_OWNER },        { TASK_PLAIN, TASK_IN_HAND, TASK_PROVE, TASK_OWNER },
    };
    enum task_step step;
    enum task_hand hand;
    for (size_t i = 0; i < COUNT(NEXT); i++) {
        CHECK(task_next(NEXT[i].way, NEXT[i].state, &step, &hand));
        CHECK_INT(step, NEXT[i].step);
        CHECK_INT(hand, NEXT[i].hand);
    }
    for (int way = 0; way < N_TASK_WAYS; way++) {
        CHECK(!task_next((enum task_way)way, TASK_CLOSED, &step, &hand));
        CHECK(!task_next((enum task_way)way, TASK_WITHDRAWN, &step, &hand));
    }
}

TEST(task_state, tells_where_it_stands_and_that_the_ledger_closes_its_own)
{
    struct task_move move;
    struct err err;
    CHECK(!task_move(TASK_MEASURED, TASK_PROVED, false, TASK_CLOSE, TASK_VERIFIER, &move, &err));
    CHECK_INT(err.kind, ERR_DENIED);
    CHECK_CONTAINS(text_of(err.hint), "台账");
    CHECK(!task_move(TASK_CHECKED, TASK_ISSUED, false, TASK_CLOSE, TASK_VERIFIER, &move, &err));
    CHECK_CONTAINS(text_of(err.what), "已下达");
    CHECK_CONTAINS(text_of(err.hint), "答复措施");
    CHECK(!task_move(TASK_CHECKED, TASK_IN_HAND, true, TASK_ASK_MORE, TASK_OWNER, &move, &err));
    CHECK_CONTAINS(text_of(err.what), "已经有一个延期申请");
    CHECK(!task_move(TASK_CHECKED, TASK_IN_HAND, false, TASK_GRANT, TASK_ISSUER, &move, &err));
    CHECK_INT(err.kind, ERR_CONFLICT);
}

TEST(task_state, comes_back_from_its_codes)
{
    enum task_state stands;
    enum task_step step;
    enum task_way way;
    for (int s = 0; s < N_TASK_STATES; s++) {
        CHECK(task_state_of(task_state_code((enum task_state)s), &stands) && (int)stands == s);
        CHECK_INT(task_open((enum task_state)s), s < TASK_CLOSED);
        CHECK_INT(task_with_owner((enum task_state)s), s < TASK_PROVED);
    }
    for (int s = 0; s < N_TASK_STEPS; s++)
        CHECK(task_step_of(task_step_code((enum task_step)s), &step) && (int)step == s);
    for (int w = 0; w < N_TASK_WAYS; w++)
        CHECK(task_way_of(task_way_code((enum task_way)w), &way) && (int)way == w);
    CHECK(!task_state_of(TEXT("done"), &stands) && !task_step_of(TEXT(""), &step) && !task_way_of(TEXT("long"), &way));
    CHECK_TEXT(task_state_zh(TASK_PLAIN, TASK_CLOSED), "已完成");
    CHECK_TEXT(task_state_zh(TASK_CHECKED, TASK_CLOSED), "已销号");
}

TEST(task_late, climbs_at_set_distances_from_its_day)
{
    static const struct { const char *today; size_t past; } DAYS[] = {
        { "2026-11-22", 0 }, { "2026-11-23", 1 }, { "2026-11-26", 1 }, { "2026-11-27", 2 }, { "2026-11-29", 3 }, { "2026-11-30", 3 },
        { "2026-12-01", 4 }, { "2026-12-02", 4 }, { "2026-12-03", 5 }, { "2026-12-07", 6 }, { "2026-12-15", 7 }, { "2027-12-15", 7 },
    };
    struct arena *mem = arena_new("test");
    const struct text due = TEXT("2026-11-30");
    for (size_t i = 0; i < COUNT(DAYS); i++)
        CHECK_INT((int)tells_past(due, text_of(DAYS[i].today)), (int)DAYS[i].past);
    CHECK_INT((int)tells_past(TEXT(""), TEXT("2026-11-30")), 0);
    CHECK_TEXT(tells_next(due, 0, mem), "2026-11-23");
    CHECK_TEXT(tells_next(due, 3, mem), "2026-12-01");
    CHECK_TEXT(tells_next(due, 6, mem), "2026-12-15");
    CHECK_TEXT(tells_next(due, 7, mem), "");
    CHECK_TEXT(tells_next(TEXT(""), 0, mem), "");
    CHECK_INT((int)task_days(TEXT("2026-02-27"), TEXT("2026-03-01")), 2);
    CHECK(!task_is_late(due, due) && task_is_late(due, TEXT("2026-12-01")) && !task_is_late(TEXT(""), TEXT("2026-12-01")));
    arena_free(&mem);
}

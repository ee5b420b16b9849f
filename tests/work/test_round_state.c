/* The way of an inspection round and of its findings: every legal step, and that there is no other. */
#include "check.h"

#include "work/round_state.h"

static const struct { enum round_state from; enum round_step step; enum round_state to; } LEGAL[] = {
    { ROUND_PREPARING, ROUND_BEGIN, ROUND_VISITING },       { ROUND_VISITING, ROUND_FEED_BACK, ROUND_FED_BACK },
    { ROUND_FED_BACK, ROUND_END, ROUND_ENDED },             { ROUND_PREPARING, ROUND_CALL_OFF, ROUND_CALLED_OFF },
    { ROUND_VISITING, ROUND_CALL_OFF, ROUND_CALLED_OFF },
};

static int legal(int from, int step)
{
    for (size_t i = 0; i < COUNT(LEGAL); i++)
        if ((int)LEGAL[i].from == from && (int)LEGAL[i].step == step)
            return (int)LEGAL[i].to;
    return -1;
}

static const struct round_facts ALL_WELL = { .runs_it = true, .leads = 1, .places = 3 };

TEST(round_state, goes_every_legal_step_and_no_other)
{
    for (int from = 0; from < N_ROUND_STATES; from++)
        for (int step = 0; step < N_ROUND_STEPS; step++)
            for (int runs = 0; runs < 2; runs++) {
                struct round_facts facts = ALL_WELL;
                struct err err = { .kind = ERR_NONE };
                enum round_state to = N_ROUND_STATES;
                facts.runs_it = runs;
                const bool done = round_next((enum round_state)from, (enum round_step)step, &facts, TEXT("台风"), &to, &err);
                CHECK_INT(done, runs && legal(from, step) >= 0);
                CHECK_INT(done ? (int)to : -1, runs ? legal(from, step) : -1);
                if (!done)
                    CHECK_INT(err.kind, legal(from, step) < 0 ? ERR_CONFLICT : ERR_DENIED);
            }
}

static void refused(enum round_state from, enum round_step step, struct round_facts facts, const char *reason, enum err_kind kind, const char *says)
{
    struct err err = { .kind = ERR_NONE };
    enum round_state to;
    facts.runs_it = true;
    CHECK(!round_next(from, step, &facts, text_of(reason), &to, &err));
    CHECK_INT(err.kind, kind);
    CHECK_CONTAINS(text_of(err.what), says);
}

TEST(round_state, does_not_begin_without_a_lead_or_a_place)
{
    refused(ROUND_PREPARING, ROUND_BEGIN, (struct round_facts){ .places = 3 }, "", ERR_CONFLICT, "还没有组长");
    refused(ROUND_PREPARING, ROUND_BEGIN, (struct round_facts){ .leads = 1 }, "", ERR_CONFLICT, "还没有要去的学校");
}

TEST(round_state, feeds_back_when_every_finding_is_decided_and_says_why_sheets_lack)
{
    struct err err;
    enum round_state to;
    refused(ROUND_VISITING, ROUND_FEED_BACK, (struct round_facts){ .leads = 1, .places = 3, .undecided = 2 }, "学校停课", ERR_CONFLICT, "2 个问题没有决定");
    refused(ROUND_VISITING, ROUND_FEED_BACK, (struct round_facts){ .leads = 1, .places = 3, .open_sheets = 1 }, " ", ERR_INPUT, "1 份检查表没有交");
    const struct round_facts facts = { .runs_it = true, .leads = 1, .places = 3, .open_sheets = 1 };
    CHECK(round_next(ROUND_VISITING, ROUND_FEED_BACK, &facts, TEXT("学校停课"), &to, &err));
}

TEST(round_state, ends_with_open_orders_only_for_a_reason)
{
    refused(ROUND_FED_BACK, ROUND_END, (struct round_facts){ .open_orders = 4 }, "", ERR_INPUT, "4 个问题没有销号");
    refused(ROUND_PREPARING, ROUND_CALL_OFF, (struct round_facts){ .places = 1 }, "", ERR_INPUT, "写明原因");
}

TEST(round_state, says_what_comes_next_where_a_step_is_not_legal)
{
    struct err err;
    enum round_state to;
    CHECK(!round_next(ROUND_PREPARING, ROUND_END, &ALL_WELL, TEXT(""), &to, &err));
    CHECK_CONTAINS(text_of(err.what), "现在是“筹备”，不能结束");
    CHECK_CONTAINS(text_of(err.hint), "开始查访");
    CHECK(!round_next(ROUND_ENDED, ROUND_BEGIN, &ALL_WELL, TEXT(""), &to, &err));
    CHECK_CONTAINS(text_of(err.hint), "新开一轮");
}

TEST(finding_state, is_decided_once_by_who_runs_the_round)
{
    for (int from = 0; from < N_FINDING_STATES; from++)
        for (int step = 0; step < N_FINDING_STEPS; step++)
            for (int hands = 0; hands < 4; hands++) {
                struct err err = { .kind = ERR_NONE };
                enum finding_state to;
                const bool decides = hands & 1, own = hands & 2;
                const bool may = from == FINDING_NOTED && (decides || (own && step == FINDING_DROP));
                CHECK_INT(finding_next((enum finding_state)from, (enum finding_step)step, decides, own, TEXT("核实后不成立"), &to, &err), may);
                if (may)
                    CHECK_INT(to, step == FINDING_ISSUE ? FINDING_ISSUED : FINDING_DROPPED);
                else
                    CHECK_INT(err.kind, from == FINDING_NOTED ? ERR_DENIED : ERR_CONFLICT);
            }
}

TEST(finding_state, is_dropped_only_for_a_reason)
{
    struct err err;
    enum finding_state to;
    CHECK(!finding_next(FINDING_NOTED, FINDING_DROP, true, false, TEXT(" "), &to, &err));
    CHECK_INT(err.kind, ERR_INPUT);
}

TEST(round_state, has_words_that_lead_back)
{
    for (int i = 0; i < N_ROUND_KINDS; i++) {
        enum round_kind kind;
        CHECK(round_kind_of(round_kind_word((enum round_kind)i), &kind) && (int)kind == i);
        CHECK(round_kind_zh((enum round_kind)i).size);
    }
    enum round_state none;
    CHECK(!round_state_of(TEXT("begun"), &none));
}

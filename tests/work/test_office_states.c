/* Meetings, concerns, good cases: each state, each step, each hand. */
#include "check.h"

#include "work/case_state.h"
#include "work/concern_state.h"
#include "work/meeting_state.h"

TEST(meeting_state, goes_from_called_to_held_to_issued_or_is_cancelled_and_nothing_else)
{
    static const int TO[N_MEETING_STATES][N_MEETING_STEPS] = {   /* −1: refused */
        [MEETING_CALLED] = { [MEETING_HOLD] = MEETING_HELD, [MEETING_ISSUE] = -1, [MEETING_CANCEL] = MEETING_CANCELLED },
        [MEETING_HELD] = { [MEETING_HOLD] = -1, [MEETING_ISSUE] = MEETING_ISSUED, [MEETING_CANCEL] = -1 },
        [MEETING_ISSUED] = { -1, -1, -1 },
        [MEETING_CANCELLED] = { -1, -1, -1 },
    };
    for (int from = 0; from < N_MEETING_STATES; from++)
        for (int step = 0; step < N_MEETING_STEPS; step++) {
            enum meeting_state to;
            struct err err = { 0 };
            const bool ok = meeting_move((enum meeting_state)from, (enum meeting_step)step, &to, &err);
            CHECK_INT(ok ? (int)to : -1, TO[from][step]);
            CHECK(ok || (err.kind == ERR_CONFLICT && err.hint[0]));
        }
    CHECK(meeting_agenda_open(MEETING_HELD) && !meeting_agenda_open(MEETING_ISSUED));
    CHECK(meeting_minutes_open(MEETING_HELD) && !meeting_minutes_open(MEETING_CALLED) && !meeting_minutes_open(MEETING_ISSUED));
}

struct concern_case { enum concern_state from; enum concern_step step; enum concern_hand hand; bool replied_it; int to; enum err_kind fault; };

TEST(concern_state, lets_the_owner_reply_and_another_person_ask_whether_people_are_content)
{
    static const struct concern_case RIGHT[] = {
        { CONCERN_OPEN, CONCERN_PASS_ON, CONCERN_KEEPER, false, CONCERN_OPEN, ERR_NONE },
        { CONCERN_OPEN, CONCERN_PASS_ON, CONCERN_KEEPER, true, CONCERN_OPEN, ERR_NONE },
        { CONCERN_OPEN, CONCERN_REPLY, CONCERN_OWNER, false, CONCERN_REPLIED, ERR_NONE },
        { CONCERN_OPEN, CONCERN_REPLY, CONCERN_OWNER, true, CONCERN_REPLIED, ERR_NONE },
        { CONCERN_OPEN, CONCERN_REPLY, CONCERN_KEEPER, false, CONCERN_REPLIED, ERR_NONE },
        { CONCERN_OPEN, CONCERN_REPLY, CONCERN_KEEPER, true, CONCERN_REPLIED, ERR_NONE },
        { CONCERN_REPLIED, CONCERN_CLOSE, CONCERN_KEEPER, false, CONCERN_CLOSED, ERR_NONE },
        { CONCERN_REPLIED, CONCERN_REOPEN, CONCERN_KEEPER, false, CONCERN_OPEN, ERR_NONE },
    };
    for (int from = 0; from < N_CONCERN_STATES; from++)
        for (int step = 0; step < N_CONCERN_STEPS; step++)
            for (int hand = 0; hand < N_CONCERN_HANDS; hand++)
                for (int own = 0; own < 2; own++) {
                    int expected = -1;
                    for (size_t i = 0; i < COUNT(RIGHT); i++)
                        if (RIGHT[i].from == (enum concern_state)from && RIGHT[i].step == (enum concern_step)step &&
                            RIGHT[i].hand == (enum concern_hand)hand && RIGHT[i].replied_it == (own == 1))
                            expected = (int)RIGHT[i].to;
                    struct concern_move move;
                    struct err err = { 0 };
                    const bool ok = concern_move((enum concern_state)from, (enum concern_step)step, (enum concern_hand)hand, own, &move, &err);
                    CHECK_INT(ok ? (int)move.to : -1, expected);
                    CHECK(ok || err.hint[0]);
                }
    struct concern_move move;
    struct err err = { 0 };
    CHECK(!concern_move(CONCERN_REPLIED, CONCERN_CLOSE, CONCERN_KEEPER, true, &move, &err));
    CHECK_INT((int)err.kind, (int)ERR_DENIED);
    CHECK(!concern_move(CONCERN_REPLIED, CONCERN_CLOSE, CONCERN_OWNER, false, &move, &err));
    CHECK_INT((int)err.kind, (int)ERR_DENIED);
    CHECK(!concern_move(CONCERN_CLOSED, CONCERN_REOPEN, CONCERN_KEEPER, false, &move, &err));
    CHECK_INT((int)err.kind, (int)ERR_CONFLICT);
}

TEST(case_state, is_taken_and_released_by_another_than_who_handed_it_in)
{
    static const struct { enum case_state from; enum case_step step; enum case_hand hand; bool own; int to; } RIGHT[] = {
        { CASE_SUBMITTED, CASE_TAKE, CASE_OFFICE, false, CASE_TAKEN },
        { CASE_SUBMITTED, CASE_RETURN, CASE_OFFICE, false, CASE_RETURNED },
        { CASE_SUBMITTED, CASE_RETURN, CASE_OFFICE, true, CASE_RETURNED },
        { CASE_SUBMITTED, CASE_AGAIN, CASE_AUTHOR, true, CASE_SUBMITTED },
        { CASE_SUBMITTED, CASE_AGAIN, CASE_AUTHOR, false, CASE_SUBMITTED },
        { CASE_RETURNED, CASE_AGAIN, CASE_AUTHOR, true, CASE_SUBMITTED },
        { CASE_RETURNED, CASE_AGAIN, CASE_AUTHOR, false, CASE_SUBMITTED },
        { CASE_TAKEN, CASE_RELEASE, CASE_OFFICE, false, CASE_RELEASED },
        { CASE_TAKEN, CASE_RETURN, CASE_OFFICE, false, CASE_RETURNED },
        { CASE_TAKEN, CASE_RETURN, CASE_OFFICE, true, CASE_RETURNED },
        { CASE_RELEASED, CASE_UNRELEASE, CASE_OFFICE, false, CASE_TAKEN },
        { CASE_RELEASED, CASE_UNRELEASE, CASE_OFFICE, true, CASE_TAKEN },
    };
    for (int from = 0; from < N_CASE_STATES; from++)
        for (int step = 0; step < N_CASE_STEPS; step++)
            for (int hand = 0; hand < 2; hand++)
                for (int own = 0; own < 2; own++) {
                    int expected = -1;
                    for (size_t i = 0; i < COUNT(RIGHT); i++)
                        if (RIGHT[i].from == (enum case_state)from && RIGHT[i].step == (enum case_step)step && RIGHT[i].hand == (enum case_hand)hand &&
                            RIGHT[i].own == (own == 1))
                            expected = (int)RIGHT[i].to;
                    struct case_move move;
                    struct err err = { 0 };
                    CHECK_INT(case_move((enum case_state)from, (enum case_step)step, (enum case_hand)hand, own, &move, &err) ? (int)move.to : -1, expected);
                }
}

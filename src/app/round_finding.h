/* round_finding.h — what a round found wrong: where, on which subject, how grave; made an order of (整改通知), or not, for a reason.
 * From the order on the rectification machine knows how it goes (app/task.h, origin "round"). */
#pragma once
#include "app/owner.h"
#include "app/round.h"

struct finding_wish {
    struct place at;                   /* a place of the round, or the county */
    struct text question;              /* of the sheet; empty: none */
    struct text subject, stage;        /* "L4" or "other"; "primary", "junior" or empty */
    enum finding_grade grade;
    struct text what, advice;
};
/* All inside the writer.   Errors  ERR_DENIED; ERR_CONFLICT: not while the round is in this state, decided already; ERR_INPUT */
bool app_finding_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                     const struct finding_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Subject, stage, grade, words; by who noted it or runs the round. */
bool app_finding_edit(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                      int64_t number, const struct finding_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
bool app_finding_drop(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                      int64_t number, struct text reason, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* An order of rectification goes to the owner, due on a day; by who runs the round. */
bool app_finding_issue(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                       int64_t number, struct place owner, struct text due, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Who answers for it by the county's table of owners. */
struct place round_finding_owner(const struct owners *owners, const struct round_view *round, const struct finding_row *finding);
/* The row by its number; NULL: none that is seen. */
const struct finding_row *round_finding(const struct round_view *round, int64_t number);
/* Which subjects a finding may have: the edition's, with their names; "other" last. */
struct subject_info { struct text id, name; };
void round_subjects(const struct edition *edition, struct arena *mem, struct subject_info **out, size_t *n_out);
/* 「L4 教学及辅助用房」; the subject itself where it is none of the edition's. */
struct text round_subject_shown(const struct edition *edition, struct text subject, struct arena *mem);

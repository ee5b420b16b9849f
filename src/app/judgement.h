/* judgement.h — what no figure decides (评判): one person says met, unmet or not yet, and why; another confirms or refuses.
 * Of the county a confirmed verdict becomes the county's figure judged_X, in a change of its own (kind "judgement") whose reason
 * names both, so that the assessment moves and the lineage tells who judged.  Of a school it is shown beside it and decides nothing. */
#pragma once
#include "app/house.h"
#include "model/waiting.h"

/* The item that holds the county's verdict on an indicator ("G2"); NO_ITEM: no person judges it. */
uint16_t judgement_item(const struct edition *edition, struct text indicator);
/* What is judged: 「绩效工资总量足额核定」; the item's name. */
struct text judgement_asks(const struct edition *edition, struct text indicator);

struct judgement_wish {
    int year;
    struct text indicator;
    struct place unit;               /* the county, or a school that schools are asked for */
    enum judgement_verdict verdict;
    struct text reason;
};
/* Inside the writer: it waits for a second person.   Errors  ERR_DENIED; ERR_CONFLICT: one waits already; ERR_INPUT: no reason;
 *           ERR_ABSENT: nothing to judge there */
bool app_judge(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
               const struct judgement_wish *wish, int64_t now, struct arena *mem, struct text *id_out, struct err *err) MUST_CHECK;
/* Inside the writer: the second person.  A refusal says why.
 *   Returns  the data version that was made; 0: the figure stood so already, or it was refused
 *   Errors   ERR_DENIED: he is the first, first of all; ERR_CONFLICT: it waits no more */
bool app_judgement_second(struct house *house, struct db_session *session, const struct actor *actor, struct text id, bool agree,
                          struct text reason, int64_t now, struct arena *mem, int64_t *version_out, struct err *err) MUST_CHECK;
/* Inside the writer: by the first person, while it waits. */
bool app_judgement_take_back(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t now,
                             struct arena *mem, struct err *err) MUST_CHECK;

/* Of a year, what the actor sees (schools their own), the newest of each first. */
bool app_judgements(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct arena *mem,
                    struct judgement **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Among those of a year: the one that waits, the one confirmed last; NULL: none. */
struct judgement_now { const struct judgement *waiting, *confirmed, *refused; };  /* refused: after which nothing was judged */
struct judgement_now judgement_now(const struct judgement *list, size_t n, struct text indicator, struct place unit);

/* What waits for a person (我的事): judgements for the second, boxes for who proves, open cases for who keeps the registers. */
bool app_evidence_waiting(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t now,
                          struct waiting_list *into, struct err *err) MUST_CHECK;

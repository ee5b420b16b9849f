/* task.h — tasks (任务) and orders of rectification (整改通知) of every origin: put, moved step by step, found, counted, called to mind.
 * What may follow what stands in work/task_state.h; here stands who asks and what a step does.  History is talk (talk.h, kind "task").
 *
 * All of it is for those who work (MAY_TALK at least): assessors and platforms see none.  The county's people see all; a township what
 * is its own or its schools'; a school what it answers for, helps with, or is about. */
#pragma once
#include "app/evidence.h"
#include "app/house.h"
#include "app/talk.h"
#include "app/upkeep.h"
#include "model/task.h"
#include "model/waiting.h"
#include "work/task_state.h"

struct task_wish {
    enum task_kind kind;
    enum task_origin origin;
    struct text origin_key;          /* of the thing it comes from: ledger row, "round:finding", meeting … ; may be empty */
    int64_t parent;                  /* 0: none */
    struct text title, text;         /* what is asked: one line; the whole of it, may be empty */
    struct place owner;              /* 责任单位; the county: the office itself */
    const struct place *helpers;     /* 协办 */
    size_t n_helpers;
    struct text person;              /* 责任人, named beside the unit; may be empty */
    struct place about;              /* whom it concerns; the county where it is nobody's alone */
    struct text subject, stage;      /* L4, cv-L4, G1, X1, plan:4.2.1.3; empty: other */
    struct text due;                 /* "2026-11-25"; empty: no day */
    struct text product_kind, product_name;   /* what it must bring: rule, document, figure, record; may be empty */
    bool quiet;                      /* nobody is told of it alone: who issues many at once tells each unit once */
    bool recheck;                    /* a task that is looked at again; an order always is.  An order of the ledger is closed by the ledger */
};
/* Issues it, inside the writer: notices to owner and helpers, a line of history, the audit.
 *   Errors  ERR_DENIED: not MAY_ASSIGN; ERR_INPUT: no title, too long, no such day, an owner that is no unit; ERR_ABSENT: no such parent */
bool app_task_put(struct house *house, struct db_session *session, const struct actor *actor, const struct task_wish *wish, int64_t now,
                  struct arena *mem, int64_t *id_out, struct err *err) MUST_CHECK;

/* A step, inside the writer. */
struct task_act {
    enum task_step step;
    struct text words;               /* measures, result, what was found on the spot, the reason */
    struct text day;                 /* TASK_ASK_MORE: until when; TASK_REOPEN: the new day, may be empty */
    const struct evidence_ready *files;
    size_t n_files;
    bool machine;                    /* it follows from something done elsewhere (the ledger's row closed, a school merged): the actor is
                                      * named, his permissions were asked there */
};
/*   Errors  ERR_DENIED: another's step; the one who reported verifies, the one who asked grants; ERR_CONFLICT: not from this state;
 *           ERR_INPUT: no words, no day; ERR_ABSENT: no such task, or not to be seen by the actor */
bool app_task_step(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, const struct task_act *act,
                   int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* The machine's step on every task of an origin that may take it (others stay as they are); *n_out of them.  Inside the writer. */
bool app_tasks_settle(struct house *house, struct db_session *session, const struct actor *actor, enum task_origin origin,
                      struct text origin_key, enum task_step step, struct text words, int64_t now, struct arena *mem, size_t *n_out,
                      struct err *err) MUST_CHECK;
/* Another wording, owner, day …, by who issues: each field that changes is a line of history.  Kind and origin stay.  Inside the writer.
 *   Errors  as app_task_put; ERR_CONFLICT: it is over */
bool app_task_edit(struct house *house, struct db_session *session, const struct actor *actor, int64_t id, const struct task_wish *wish,
                   int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* ---- looking ---- */

struct task_view {
    struct task task;
    enum task_state state;
    enum task_way way;
    bool late;                       /* its unit's turn, and past its day */
    int64_t days_left;               /* −3: three days late; 0 where there is no day */
    struct place owner, about;
};
struct task_one {
    struct task_view view;
    struct place *helpers;
    size_t n_helpers;
    struct { enum task_step step; bool own; /* false: on behalf of the unit */ } offers[N_TASK_STEPS];   /* what the actor may do now */
    size_t n_offers;
    bool may_edit;
    struct task_view *parts;         /* whose parent it is */
    size_t n_parts;
};
bool app_task(struct house *house, const struct actor *actor, int64_t id, int64_t now, struct arena *mem, struct task_one *out, struct err *err) MUST_CHECK;

/* Those of the filter that the actor sees (its `units` and `today` are filled in here: leave them), in an order, from the `from`th on.
 *   Given   mine     those in whose work he is: his unit answers for it or helps
 *           session  NULL: a reader of its own   Returns  at most `most` */
bool app_tasks(struct house *house, struct db_session *session, const struct actor *actor, const struct task_filter *filter, bool mine,
               enum task_order order, int64_t from, int64_t most, int64_t now, struct arena *mem, struct task_view **out, size_t *n_out,
               struct err *err) MUST_CHECK;
/* How many of them, by owner, origin or state (TASK_BY_…); TASK_BY_DUE: one line over all. */
bool app_task_counts(struct house *house, struct db_session *session, const struct actor *actor, const struct task_filter *filter, bool mine,
                     enum task_order by, int64_t now, struct arena *mem, struct task_count **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Of one origin, over ones too, by number. */
bool app_tasks_of(struct house *house, struct db_session *session, const struct actor *actor, enum task_origin origin, struct text origin_key,
                  int64_t now, struct arena *mem, struct task_view **out, size_t *n_out, struct err *err) MUST_CHECK;
/* What is stuck: overdue, the longest first, at most `most`. */
bool app_tasks_stuck(struct house *house, struct db_session *session, const struct actor *actor, size_t most, int64_t now, struct arena *mem,
                     struct task_view **out, size_t *n_out, struct err *err) MUST_CHECK;
struct task_view task_view_of(const struct task *task, int64_t now, struct arena *mem);

/* "/tasks/128" */
struct text task_path(int64_t id, struct arena *mem);
/* ledger → 台账 … in words. */
struct text task_origin_zh(enum task_origin origin);
struct text task_origin_en(enum task_origin origin);
struct text task_kind_zh(enum task_kind kind);

/* Of a task's talk; the key is its number. */
talk_look app_task_talk_look;

/* ---- by themselves, and for 我的事 ---- */

/* A duty of upkeep: reminders before the day, alarms after it that climb from who answers for it to the leading group, each told once;
 * at most 500 tasks a round. */
upkeep_duty app_tasks_remind;
bool app_tasks_waiting(struct house *house, const struct actor *actor, int64_t now, struct waiting_list *into, struct err *err) MUST_CHECK;

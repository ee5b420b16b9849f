/* task.h — a task (任务) or an order of rectification (整改通知): what is asked, of whom, by when, and where it stands. */
#pragma once
#include "model/stamp.h"

#include <stdbool.h>
#include <stddef.h>

enum task_kind { TASK_TASK, TASK_ORDER };

/* Where it comes from: origin_key says of which thing. */
enum task_origin {
    TASK_OF_PLAN,        /* an item of the plan of work: "dengfeng-2022:4.2.1.3" … */
    TASK_OF_LEDGER,      /* a row of the ledger: its number */
    TASK_OF_ENGINE,      /* a figure or indicator, where there is no ledger row */
    TASK_OF_SUPERVISOR,  /* put by hand */
    TASK_OF_ROUND,       /* a finding of an inspection */
    TASK_OF_MEETING,     /* a decision */
    TASK_OF_CONCERN,     /* a complaint, a public concern */
    TASK_OF_VETO,        /* a case of veto */
    N_TASK_ORIGINS
};
/* As they stand in the database and in addresses. */
struct text task_kind_code(enum task_kind kind);            /* "order" */
bool task_kind_of(struct text code, enum task_kind *out);
struct text task_origin_code(enum task_origin origin);      /* "ledger" */
bool task_origin_of(struct text code, enum task_origin *out);

enum task_part { TASK_PART_OWNER, TASK_PART_HELPER, TASK_PART_ABOUT, TASK_PART_ABOVE, N_TASK_PARTS };

/* Words as in place_words: kind "school", name its code; kind "county", name empty. */
struct task_unit { enum task_part part; struct text kind, name; };

/* As it stands in the database.  Days are "2026-11-25"; an empty text: none. */
struct task {
    int64_t id;
    enum task_kind kind;
    struct text way, state;              /* codes of work/task_state.h */
    bool is_open;
    enum task_origin origin;
    struct text origin_key;
    int64_t parent;                      /* 0: none */
    struct text title, text;
    struct text owner_kind, owner_name, person;
    struct text about_kind, about_name, subject, stage;
    struct text due, first_due;
    struct text product_kind, product_name;
    struct text measures, result, done_on, closed_on;
    struct text asked_due, asked_reason, asked_who;
    int64_t asked_account;
    struct text back_who, back_reason;
    int64_t proved_account;
    struct text proved_who;
    struct stamp issued;
    int64_t changed_at;
    int64_t told;
    struct text tell_on;
};

/* Which tasks: an empty field asks for nothing. */
struct task_filter {
    int open;                            /* 1: open, 0: over, −1: either */
    struct text state, kind, origin, origin_key, owner_kind, owner_name, subject, stage, words /* in the title */;
    struct text due_from, due_until;     /* both included */
    bool late;                           /* its unit's turn, and past its day on `today` */
    struct text today;
    const struct text *units;            /* only those that touch one of these ("school:3141…"); NULL: all */
    size_t n_units;
    bool own;                            /* of these: as owner or helper, not as whom it concerns */
};
enum task_order { TASK_BY_DUE, TASK_BY_OWNER, TASK_BY_ORIGIN, TASK_BY_STATE, TASK_BY_CHANGE, N_TASK_ORDERS };

/* How many there are of a kind, by what they were grouped. */
struct task_count {
    struct text kind, name;              /* the group's key: owner_kind and owner_name; the origin, the state in `name` */
    int64_t all, open, late, in_time, done_late, waiting /* reported, not yet looked at */, withdrawn;
};

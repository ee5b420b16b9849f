/* parts.h — one file, one child or several: who reads which part, and in which order we listen. */
#pragma once
#include "intake/child.h"
#include "intake/input.h"

enum { MAX_JOBS = 16 };

struct parts {
    struct child child[MAX_JOBS];
    unsigned n;
    struct input input;
    bool book;
};

/* What a child reads: parts `index`, index + n, … of `size` bytes each. */
struct share { unsigned index, n; uint64_t size; };

struct parts_work {
    void *context;
    bool (*prepare)(void *context, struct arena *mem, struct err *err);
    bool (*read)(void *context, const struct share *share, struct arena *mem, struct channel *channel, struct err *err);
    uint64_t part_size;
};

/* Starts `jobs` children for a large text, else one.  path and fd: as input_open. */
bool parts_start(struct parts *parts, const char *path, int fd, unsigned jobs, const struct parts_work *work, struct err *err) MUST_CHECK;
void parts_end(struct parts *parts);

/* In the order of the file.  Given: each child sends PART, its messages, PART_END for each of its parts, then DONE. */
struct parts_order {
    unsigned now;           /* the child that is listened to */
    bool inside, any;
    uint64_t ended;         /* where the part before ended */
    uint64_t row_base;      /* rows before this part */
    uint64_t messages;      /* so far: a child that never ends is stopped */
};
enum parts_event {
    PARTS_MESSAGE,          /* *out is one the caller must look at, from child[order->now] */
    PARTS_PASSED,           /* a part is over */
    PARTS_OVER,
    PARTS_TORN,             /* parts do not meet (a line end inside quotes): read with one child */
    PARTS_FAILED,
};
enum parts_event parts_next(struct parts *parts, struct parts_order *order, struct message *out, struct err *err);
/* Gives a message's slot back; false when the child does not take it. */
bool parts_give(struct parts *parts, const struct parts_order *order, uint32_t slot, struct err *err) MUST_CHECK;

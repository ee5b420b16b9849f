/* child.h — one confined process that reads one file (or parts of it) and reports by a channel. */
#pragma once
#include "base/arena.h"
#include "base/text.h"
#include "intake/channel.h"

#include <sys/types.h>

struct child_work {
    void *context;
    int fd;                       /* the open file; the only descriptor the child keeps */
    /* Before the lock: loads what libraries take from disk, never looks at the file's bytes. */
    bool (*prepare)(void *context, struct arena *mem, struct err *err);
    /* After it.  What it refuses is sent to the parent. */
    bool (*read)(void *context, struct arena *mem, struct channel *channel, struct err *err);
    uint64_t memory;              /* bytes it may take */
    unsigned seconds;             /* of computing and of waiting for it; 0: as long as it keeps talking */
    size_t slot_size;
    uint32_t n_slots;
};

struct child {
    pid_t pid;
    struct channel channel;
    int64_t deadline;             /* milliseconds on the monotonic clock; 0: none */
    struct text file;             /* for sentences */
    bool bounded;                 /* in time: words what went wrong */
};

/* Errors: ERR_OUTSIDE when the system has no room for one more process. */
bool child_start(struct child *child, const struct child_work *work, struct text file, struct err *err) MUST_CHECK;
/* The next message.  False, with a sentence that names the file and the remedy, when the child has
 * refused, died, taken too long or talks nonsense. */
bool child_hear(struct child *child, struct message *out, struct err *err) MUST_CHECK;
bool child_give(struct child *child, uint32_t slot, struct err *err) MUST_CHECK;
/* The sentence for a message that cannot be right. */
bool child_nonsense(const struct child *child, struct err *err);
/* Ends the child whatever it does and forgets it; fine for one that never started. */
void child_end(struct child *child);

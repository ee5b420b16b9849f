/* children.h — the confined children of one file: started, listened to in the order of the file,
 * ended whatever happens. */
#pragma once
#include "intake/slots.h"
#include "intake/worker.h"

enum { MOST_CHILDREN = 16 };

struct child { int pid; struct slots slots; };

struct children {
    struct child at[MOST_CHILDREN];
    unsigned n;
    struct text name;      /* of the file */
};

/* Forks `parts` children that do `work` on its open file, each its part; closes work->fd here. */
bool children_start(struct children *children, struct work *work, unsigned parts, struct err *err) MUST_CHECK;
/* The next message of one child.  ERR: it refused, died or fell silent, in words. */
bool children_listen(struct children *children, unsigned which, struct message *out, struct err *err) MUST_CHECK;
void children_end(struct children *children);   /* kills what still runs */

/* Opens a regular file for reading; its size.  ERR_ABSENT names it. */
bool open_input(const char *path, int *fd_out, size_t *size_out, struct err *err) MUST_CHECK;
/* As many as cores we may run on, at most MOST_CHILDREN. */
unsigned cores(void);

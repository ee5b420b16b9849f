/* outside.h — a program of the machine's that reads a stranger's file, locked up: it gets the bytes as its standard input and
 * writes to a pipe; it may read and run what is installed under /usr and nothing else, write no file, open no socket, make no
 * process; memory, time and what it says are bounded. */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum outside_end { OUTSIDE_DONE, OUTSIDE_ABSENT, OUTSIDE_FAILED };

/* path: of the program, absolute; arguments: its name first, ended by NULL; fd: what it reads.  What it says beyond `most`
 * bytes is cut off.  For single-threaded processes: it forks.
 *   Returns  OUTSIDE_ABSENT: it is not installed; OUTSIDE_FAILED: it refused, was killed or took too long (err_detail says which) */
enum outside_end outside_run(const char *path, const char *const *arguments, int fd, size_t most, unsigned seconds, struct arena *mem,
                             struct text *out, struct err *err) MUST_CHECK;

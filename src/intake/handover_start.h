/* handover_start.h — a process of this program, started afresh, that holds nothing but the files. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <sys/types.h>

enum { HANDOVER_FIRST_FILE = 3 };

struct started { pid_t pid; int pipe; };  /* pipe: what it tells; does not block */

/* program: NULL: this one.  files[n]: their bytes, held from HANDOVER_FIRST_FILE on; order: held as 0.
 *   Errors  ERR_OUTSIDE */
bool handover_start(const char *program, struct text order, const struct text *files, size_t n, struct started *out, struct err *err) MUST_CHECK;
/* How it ended, as waitpid tells; −1 when it is not over soon. */
int handover_status(struct started *started);
/* Ends it and its children whatever they do, and forgets it. */
void handover_end(struct started *started);

/* spool.h — results that may still be revoked: held in a temporary file nobody else can see, copied to
 * standard output once all is well.  So memory stays small, and an error leaves nothing half printed. */
#pragma once
#include "base/err.h"
#include "base/out.h"

struct spool { int fd; struct arena *mem; struct out *out; };

bool spool_open(struct spool *spool, struct err *err) MUST_CHECK;
/* Forgets all that was written so far. */
bool spool_restart(struct spool *spool, struct err *err) MUST_CHECK;
/* Copies everything to `to`. */
bool spool_copy(struct spool *spool, struct out *to, struct err *err) MUST_CHECK;
void spool_close(struct spool *spool);  /* also fine on one that never opened: {-1} */

/* ended.h — why a process that read a file is no more, as a sentence with a remedy. */
#pragma once
#include "base/err.h"
#include "base/text.h"

/* It took too long.  `bounded`: the time it had was set, and a sound file never needs it. */
bool ended_late(struct text file, bool bounded, struct err *err);
/* It ended with this status of waitpid before it was done (−1: unknown). */
bool ended_badly(struct text file, int status, bool bounded, struct err *err);
/* What it said cannot be right. */
bool ended_in_nonsense(struct text file, struct err *err);

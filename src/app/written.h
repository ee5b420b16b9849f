/* written.h — what a writer of files writes, as bytes to be sent. */
#pragma once
#include "base/err.h"
#include "base/text.h"

typedef bool written_to(const char *path, void *context, struct err *err);

/* Calls `write` with a path ending in .xlsx in a folder of its own (TMPDIR, else /tmp), which is gone afterwards.
 *   Errors  those of the writer; ERR_OUTSIDE: no such folder can be made */
bool app_written(written_to *write, void *context, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

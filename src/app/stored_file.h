/* stored_file.h — a file as it was once sent, by the hash of its bytes. */
#pragma once
#include "app/house.h"

/* Who may export, and sees the whole county; leaves a line in the audit.  Slow: never inside the writer.
 *   Errors  ERR_DENIED; ERR_ABSENT */
bool app_stored_file(struct house *house, const struct actor *actor, struct text sha256, int64_t now, struct arena *mem,
                     struct text *name_out, struct text *bytes_out, struct err *err) MUST_CHECK;

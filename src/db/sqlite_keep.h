/* sqlite_keep.h — copying a SQLite database, and looking at every page of one. */
#pragma once
#include "base/err.h"

#include <sqlite3.h>

/* Copies what `from` sees (its snapshot, while it holds one) into the empty file at path: one file, with no
 * log beside it, on the disk when this returns. */
bool sqlite_copy(sqlite3 *from, const char *path, struct err *err) MUST_CHECK;
/* Pages, indexes, foreign keys.  ERR_INPUT tells the first fault. */
bool sqlite_integrity(sqlite3 *handle, struct err *err) MUST_CHECK;

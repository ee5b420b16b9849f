/* fault_sqlite.h — SQLite's result codes, in words for the person and as a kind for the program. */
#pragma once
#include "db/driver.h"

#include <sqlite3.h>

/* Words what happened; `doing` (a query's name, "COMMIT") is for the log.  Returns how far it reaches. */
enum driver_damage sqlite_fault(sqlite3 *handle, int code, const char *doing, struct err *err);

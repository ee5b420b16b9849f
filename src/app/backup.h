/* backup.h — one file that holds everything, and how it comes back.
 *
 * A backup is a short head (what, whose, when, how large, SHA-256) and behind it the database, whole and checked. */
#pragma once
#include "app/house.h"

struct backup_info {
    struct text county, name;
    int64_t version, made_at;      /* of the data; seconds since 1970 */
    uint64_t size;
    char sha256[65];
};

/* While work goes on.  The file is there whole or not at all.   Errors  ERR_OUTSIDE; ERR_CONFLICT: it is there already */
bool app_backup(struct house *house, const char *path, int64_t now, struct arena *mem, struct backup_info *out, struct err *err) MUST_CHECK;
/* Reads the head and holds the rest against it.   Errors  ERR_INPUT: no backup, cut short, altered */
bool app_backup_check(const char *path, struct arena *mem, struct backup_info *out, struct err *err) MUST_CHECK;
/* Puts it into a data folder nobody uses.  Nothing is replaced before all is checked; what was there is kept beside
 * it under a name with the time (its path in *kept_out; empty: there was nothing).
 *   Errors  as above; ERR_CONFLICT: the folder is in use, or holds data and `replace` was not said */
bool app_restore(const char *path, const char *folder, bool replace, int64_t now, struct arena *mem, struct backup_info *out,
                 struct text *kept_out, struct err *err) MUST_CHECK;

/* place.h — a folder of a test's own, a database in it, and the smallest works. */
#pragma once
#include "check.h"

#include "db/inside.h"

struct place {
    struct arena *mem;
    const char *folder, *path;
    struct db *db;
    struct err err;
};

struct place place_new(void);                     /* an empty folder; path is where a database would be */
struct place place_open(void);                    /* with a new database, open */
void place_end(struct place *place);              /* closes, and removes the folder */
void place_reopen(struct place *place);           /* closes (if open) and opens again */

/* A work that adds a setting; `fail` makes it return false afterwards. */
struct adding { const char *key, *value; bool fail; };
bool add_setting(void *adding, struct db_session *session, struct err *err);
bool write_setting(struct db *db, const char *key, const char *value, struct err *err);
/* What a session sees of a setting: -1 nothing, else the value as a number. */
long long seen_by(struct db_session *session, const char *key);
long long seen(struct db *db, const char *key);   /* by a reader of now */
size_t count_settings(struct db *db);

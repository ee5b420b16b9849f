/* access_bed.h — a house of a test's own, with accounts in it, and a clock that the test sets. */
#pragma once
#include "check.h"

#include "app/access.h"
#include "app/accounts.h"

enum { NOON = 1772337600 };   /* 2026-03-01 12:00 in China */

struct bed {
    struct arena *mem;
    const char *folder;
    struct house *house;
    struct actor console;
    int64_t now;
    struct err err;
};

struct bed bed_new(void);              /* an open, empty house */
void bed_end(struct bed *bed);         /* closes and removes it */
void bed_reopen(struct bed *bed);      /* as after a restart */
/* A new account in a role, all the county; its initial password. */
const char *bed_account(struct bed *bed, const char *name, enum role role);
/* The same with a password of its own that need not be changed: the sign-in with it. */
struct signed_in bed_person(struct bed *bed, const char *name, enum role role);
extern const char BED_PASSWORD[];      /* of every bed_person */
/* Signs in from an address; false and bed->err when refused. */
bool bed_sign_in(struct bed *bed, const char *name, const char *password, const char *address, const char *device,
                 struct signed_in *out);
/* The actor of a session now; false when there is none. */
bool bed_session(struct bed *bed, const char *token, struct actor *out);
/* How many lines of the audit tell this. */
size_t bed_audited(struct bed *bed, const char *verb);

/* Behind the program's back, with SQL of the test's own: the house must be closed for bed_sql. */
void bed_sql(struct bed *bed, const char *sql);
long long bed_count(struct bed *bed, const char *sql);

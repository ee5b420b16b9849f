/* audit_line.h — one line of the record of what was done, as a plain value. */
#pragma once
#include "base/text.h"

#include <stdint.h>

struct audit_line {
    int64_t seq;              /* 1, 2, 3 … */
    int64_t at;               /* seconds since 1970 */
    int64_t account;          /* 0: the console, or nobody yet */
    struct text who, role;    /* the name one signs in with, and the role's id, as they were then */
    struct text channel;      /* web, api, console */
    struct text address, verb, object, detail;
    struct text hash;         /* hexadecimal */
};

/* Which lines to show. */
struct audit_page {
    int64_t before;           /* lines with a smaller number; 0: from the last */
    int64_t since, until;     /* seconds since 1970; until 0: no end */
    struct text verb, who;    /* empty: all */
    size_t most;
};

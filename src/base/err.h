/* err.h — what went wrong, said once by whoever detected it, and passed on unchanged.
 *
 * A function that can fail returns bool (true: all is well), is marked MUST_CHECK and takes
 * `struct err *err` last.  A wrong cell in a workbook is not an error but a finding
 * (model/finding.h); a promise broken between our own functions is an assert. */
#pragma once
#include <stdarg.h>
#include <stdbool.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(text_at, first) __attribute__((format(printf, text_at, first)))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum err_kind {
    ERR_NONE,
    ERR_USAGE,    /* the command line or the call was put wrongly       → exit 2 */
    ERR_INPUT,    /* a file, a table, a formula is not what it must be  → exit 3 */
    ERR_ABSENT,   /* what was named does not exist                      → exit 3 */
    ERR_LIMIT,    /* larger than we are willing to take                 → exit 3 */
    ERR_DENIED,   /* not allowed                                        → exit 4 */
    ERR_CONFLICT, /* somebody else was there first                      → exit 4 */
    ERR_OUTSIDE,  /* disk, memory, kernel, another program failed       → exit 4 */
};

struct err {
    enum err_kind kind;
    char what[768];   /* for the person: Chinese, a whole sentence */
    char detail[256]; /* for the log: system error, byte offset … */
    char hint[512];   /* what to do now: Chinese, a whole sentence; may be empty */
};

/* Words the fault.  Returns false, so that `return err_set(err, …);` does both. */
bool err_set(struct err *err, enum err_kind kind, const char *what, ...) PRINTF(3, 4);
/* Adds what to do about it.  Returns false. */
bool err_hint(struct err *err, const char *hint, ...) PRINTF(2, 3);
/* Adds what only the log needs.  Returns false. */
bool err_detail(struct err *err, const char *detail, ...) PRINTF(2, 3);
/* The exit code of the command line for this kind: 0, 2, 3 or 4. */
int err_exit_code(enum err_kind kind);
/* What the system said, in Chinese: 「没有这个文件或文件夹」 for ENOENT …; others as strerror has them. */
const char *err_system(int number);

/* package.h — a workbook as the package of parts it is: found by name, inflated within limits.
 *
 * The directory is walked by ourselves first: entries that overlap, lie outside the file, are
 * named twice, encrypted or packed in an odd way never reach libzip.  Sizes are counted while
 * inflating (security.md §4); what headers claim is not believed. */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum {
    PACKAGE_MAX_ENTRIES = 512,
    PACKAGE_MAX_PART = 64 << 20,    /* bytes inflated, of one part */
    PACKAGE_MAX_ALL = 256 << 20,    /* of all parts read */
    PACKAGE_MAX_RATIO = 100,        /* inflated to packed, above … */
    PACKAGE_RATIO_FROM = 1 << 20,   /* … this size of a part */
};

#define NO_PART SIZE_MAX

struct package;

/* For the confined child, before it is locked: libzip turns the dates of a zip into local time, for
 * which the C library looks at /etc/localtime each time.  Sets the process to UTC, for good. */
void package_prepare(void);
/* Opens a workbook held in memory; `bytes` must stay.  Closed with the arena. */
bool package_open(struct arena *mem, struct text bytes, struct package **out, struct err *err) MUST_CHECK;
size_t package_size(const struct package *package);
/* A part's name as stored; and as it may be shown (no control characters, not too long). */
struct text package_name(const struct package *package, size_t part);
const char *package_shown(const struct package *package, size_t part);
/* A part by its path ("xl/workbook.xml"; a leading '/' is passed over, ASCII letters' case and
 * the direction of slashes too); NO_PART when there is none. */
size_t package_find(const struct package *package, struct text path);

/* Reading one part; one at a time.  part_read gives *got_out 0 at the end, checked against the CRC. */
bool part_open(struct package *package, size_t part, struct err *err) MUST_CHECK;
bool part_read(struct package *package, void *into, size_t size, size_t *got_out, struct err *err) MUST_CHECK;
void part_close(struct package *package);
/* A whole part in mem. */
bool part_load(struct arena *mem, struct package *package, size_t part, struct text *out, struct err *err) MUST_CHECK;

/* 「工作簿已损坏：…」 with the way out; ERR_INPUT.  And the same for what is too large; ERR_LIMIT. */
bool package_damaged(struct err *err, const char *why, ...) PRINTF(2, 3);
bool package_too_large(struct err *err, const char *what, ...) PRINTF(2, 3);

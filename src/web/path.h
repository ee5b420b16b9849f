/* path.h — the path of a URL as its segments, or not at all. */
#pragma once
#include "base/text.h"

enum { PATH_SEGMENTS = 8, PATH_SIZE = 1024, TARGET_SIZE = 4096 };

struct path {
    struct text segment[PATH_SEGMENTS];  /* decoded; none empty, none "." or "..", none holding a slash or backslash */
    size_t n;                            /* 0: "/" */
    bool slash;                          /* a "/" stands behind the last segment */
};

/* Parts "/a/b?c=d" into the path and what stands behind the "?".  False when it is not an absolute path, is
 * too long, or holds what no link of ours would: control characters, bytes beyond ASCII, blanks, "#". */
bool path_target(struct text target, struct text *path_out, struct text *query_out);
/* False where a segment is empty, badly encoded, or would mean something to a file system. */
bool path_parse(struct text raw, struct arena *mem, struct path *out);
/* Whether a text is a path of ours that may follow a sign-in: "/…" with an optional query; never "//host". */
bool path_is_local(struct text target);

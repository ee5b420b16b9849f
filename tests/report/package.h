/* package.h — the parts of an .xlsx that was written, for tests. */
#pragma once
#include "check.h"

#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

/* A new place for a file in the folder of temporary files. */
static inline const char *new_path(struct arena *mem, const char *name)
{
    return arena_printf(mem, "%s/junheng-test-%ld-%s", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", (long)getpid(), name);
}

static inline struct text part_of(struct arena *mem, const char *path, const char *part)
{
    int why;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &why);
    if (!zip)
        fail_msg("%s is no zip (%d)", path, why);
    zip_stat_t about;
    if (zip_stat(zip, part, 0, &about) != 0)
        fail_msg("%s holds no %s", path, part);
    char *bytes = arena_alloc(mem, about.size + 1);
    zip_file_t *file = zip_fopen(zip, part, 0);
    CHECK(file != NULL && zip_fread(file, bytes, about.size) == (zip_int64_t)about.size);
    zip_fclose(file);
    zip_close(zip);
    return (struct text){ bytes, about.size };
}

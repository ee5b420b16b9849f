/* zip_directory.h — the table of contents of a zip, walked with every bound checked. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

struct zip_entry {
    struct text name;
    uint64_t start, end;   /* its bytes in the file: local header and packed data */
    uint64_t packed;       /* bytes of the packed data alone */
};

struct zip_directory { struct zip_entry *entries; size_t n; };

/* Refuses what a workbook never is: see package.h. */
bool zip_directory_read(struct arena *mem, struct text bytes, struct zip_directory *out, struct err *err) MUST_CHECK;
/* Whether two names are one part: ASCII letters' case and the direction of slashes do not count. */
bool zip_name_equal(struct text a, struct text b);

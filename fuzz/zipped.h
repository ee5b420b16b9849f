/* zipped.h — what a fuzzer gives, as a workbook: a zip as it is; anything else as one part of a
 * workbook whose other parts are good.  Its first byte says which part, the rest is the part. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct part { const char *name, *text; };

static inline void must(int well)
{
    if (!well)
        abort();
}

static inline struct text zipped(struct arena *mem, const struct part *parts, size_t n, const uint8_t *data, size_t size)
{
    if (size > 1 && data[0] == 'P' && data[1] == 'K')
        return (struct text){ (const char *)data, size };
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    must(zip != NULL);
    zip_source_keep(source);
    for (size_t i = 0; i < n; i++) {
        const int chosen = data[0] % n == i;
        zip_source_t *part = chosen ? zip_source_buffer(zip, data + 1, size - 1, 0)
                                    : zip_source_buffer(zip, parts[i].text, strlen(parts[i].text), 0);
        const zip_int64_t at = zip_file_add(zip, parts[i].name, part, 0);
        must(at >= 0 && zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
    }
    zip_stat_t stat;
    must(zip_close(zip) == 0 && zip_source_open(source) == 0 && zip_source_stat(source, &stat) == 0);
    char *bytes = arena_alloc(mem, stat.size);
    must(zip_source_read(source, bytes, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(source);
    zip_source_free(source);
    return (struct text){ bytes, stat.size };
}

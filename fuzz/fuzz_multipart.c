/* fuzz_multipart.c — any body is a form with files or is refused with a sentence; what is taken lies in the body,
 * keeps to the caps, and no name is a path.  Input: the boundary's first line, then the body. */
#include "base/unicode.h"
#include "web/multipart.h"

#include <stdint.h>
#include <stdlib.h>

static void must(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text rest = { (const char *)data, size }, type, boundary;
    struct arena *mem = arena_new("fuzz");
    struct multipart got;
    struct err err = { .kind = ERR_NONE };
    if (text_split(&rest, '\n', &type)) {
        if (!multipart_boundary(type, &boundary))
            boundary = TEXT("B");
        if (!multipart_parse(rest, boundary, mem, &got, &err)) {
            must(err.kind != ERR_NONE && err.what[0]);
        } else {
            must(got.n_files <= MULTIPART_FILES && got.fields.n <= MULTIPART_FIELDS);
            for (size_t i = 0; i < got.n_files; i++) {
                const struct upload *const f = &got.files[i];
                must(f->bytes.at >= rest.at && f->bytes.at + f->bytes.size <= rest.at + rest.size);
                must(utf8_valid(f->name) && f->name.size <= 204);
                must(!f->name.size || (!memchr(f->name.at, '/', f->name.size) && !memchr(f->name.at, '\\', f->name.size)));
            }
            for (size_t i = 0; i < got.fields.n; i++)
                must(utf8_valid(got.fields.pair[i].value) && got.fields.pair[i].name.size > 0);
        }
    }
    arena_free(&mem);
    return 0;
}

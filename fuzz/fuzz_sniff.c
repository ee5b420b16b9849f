/* What a file is by its bytes, and its text decoded. */
#include "base/unicode.h"
#include "import/encoding.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = arena_new("fuzz");
    const struct text bytes = { (const char *)data, size };
    enum file_kind kind;
    struct err err;
    if (sniff(bytes, TEXT("fuzz"), &kind, &err) && kind == FILE_CSV) {
        size_t bom;
        bool damaged = false;
        const enum encoding encoding = sniff_encoding(bytes, &bom);
        struct decoder *decoder = decoder_open(encoding, mem, &err);
        if (!decoder)
            abort();
        const struct text rest = { bytes.at + bom, bytes.size - bom };
        if (!utf8_valid(decoder_text(decoder, mem, rest, &damaged)))
            abort();
    }
    arena_free(&mem);
    return 0;
}

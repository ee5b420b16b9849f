/* Whatever an office types as the words of a section: it is refused with a remedy, or reads back to itself. */
#include "report/doc_words.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = arena_new("fuzz");
    struct doc *doc = doc_new(mem, TEXT("t"));
    struct doc_section *draft = doc_add(doc, TEXT("s"), 1, TEXT("h")), *once, *twice;
    struct err err = { 0 };
    doc_table(doc, draft, TEXT("t"), TEXT("c"), 1, 1, 0);
    if (doc_words_read(mem, (struct text){ (const char *)data, size }, draft, &once, &err)) {
        const struct text words = doc_words_write(mem, once);
        /* What is written may be longer than what was read, by its '\'. */
        if (words.size <= DOC_WORDS_MOST && (!doc_words_read(mem, words, draft, &twice, &err) || !text_equal(words, doc_words_write(mem, twice))))
            abort();
    } else if (!err.what[0])
        abort();
    arena_free(&mem);
    return 0;
}

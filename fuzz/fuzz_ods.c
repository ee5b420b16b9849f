/* The .ods reader on anything at all: a zip as it is; anything else, but for its
 * first byte, as the content.xml of one. */
#include "import/grid.h"
#include "import/package.h"

#include "zipped.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    package_prepare();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct arena *mem = arena_new("fuzz");
    struct workbook book;
    struct err err;
    static const struct part CONTENT = { "content.xml", "" };
    const struct text bytes = zipped(mem, &CONTENT, 1, data, size);
    if (ods_read(mem, bytes, &book, &err))
        for (size_t s = 0; s < book.n; s++)
            for (size_t i = 0; i < book.sheets[s]->n && i < 100; i++)
                (void)grid_shown(mem, book.sheets[s], &book.sheets[s]->cells[i]);
    arena_free(&mem);
    return 0;
}

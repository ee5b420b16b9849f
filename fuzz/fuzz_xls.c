/* The .xls reader on anything at all. */
#include "import/grid.h"
#include "import/xls.h"

#include <stdint.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libgsf 1.14.50 forgets a directory entry of some broken files; the child that reads one ends
 * with it. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libglib-2.0\n";
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    xls_prepare();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *mem = arena_new("fuzz");
    struct workbook workbook;
    struct err err;
    const struct text bytes = { (const char *)data, size };
    (void)!xls_read(mem, bytes, &workbook, &err);
    arena_free(&mem);
    return 0;
}

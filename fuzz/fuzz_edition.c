/* One table of cn-2012-basic (the quicker one) replaced by hostile bytes, or one that it lacks
 * added: loaded, or refused with a sentence.  The first byte says which table. */
#include "app/edition.h"
#include "standard/edition_diff.h"
#include "standard/edition_load.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FILES = 16 };
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void promise(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const TABLES[] = { "edition.csv", "items.csv", "types.csv", "indicators.csv", "levels.csv",
                                          "rules.csv", "derivations.csv", "relaxations.csv", "checks.csv" };
    struct arena *mem = arena_new("fuzz");
    const struct edition_file *own;
    struct edition_file files[MOST_FILES];
    const struct edition *e = NULL;
    const struct edition_change *changes;
    struct err err = { 0 };
    size_t n = 0, n_changes;
    promise(app_edition_files(mem, "cn-2012-basic", &own, &n, &err) && n < MOST_FILES);
    for (size_t i = 0; i < n; i++)
        files[i] = own[i];
    if (size) {
        const struct text name = text_of(TABLES[data[0] % COUNT(TABLES)]);
        size_t at = 0, n_own = n;
        while (at < n && !text_equal(files[at].name, name))
            at++;
        n = at == n ? n + 1 : n;
        char *const bytes = malloc(size); /* of their own, so that reading past them is seen */
        promise(bytes != NULL);
        memcpy(bytes, data + 1, size - 1);
        files[at] = (struct edition_file){ name, { bytes, size - 1 } };
        if (!edition_load(mem, TEXT("fuzz"), files, n, &e, &err))
            promise(err.kind == ERR_INPUT && err.what[0] && err.hint[0]);
        err = (struct err){ 0 };
        if (!edition_diff(mem, TEXT("own"), own, n_own, TEXT("fuzz"), files, n, &changes, &n_changes, &err))
            promise(err.kind == ERR_INPUT && err.what[0]);
        free(bytes);
    }
    arena_free(&mem);
    return 0;
}

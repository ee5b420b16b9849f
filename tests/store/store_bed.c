#include "store_bed.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

static int forget(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

struct store_bed store_bed_new(void)
{
    struct store_bed bed = { .mem = arena_new("test") };
    char *folder = arena_printf(bed.mem, "%s", "/tmp/junheng-test-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    bed.folder = folder;
    const struct db_options options = { .path = arena_printf(bed.mem, "%s/junheng.db", folder), .create = true, .least_free = 1 };
    CHECK_OK(db_open(&options, &bed.db, &bed.err), bed.err);
    return bed;
}

void store_bed_end(struct store_bed *bed)
{
    db_close(&bed->db);
    nftw(bed->folder, forget, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&bed->mem);
}

bool store_bed_write(struct store_bed *bed, db_work *work, void *context)
{
    return db_write(bed->db, work, context, &bed->err);
}

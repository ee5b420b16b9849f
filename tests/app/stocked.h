/* stocked.h — a house with the sample county in it, every year, imported file by file from its own workbooks. */
#pragma once
#include "check.h"

#include "app/house.h"

struct stocked {
    struct arena *mem;
    const char *files, *data;       /* folders, removed at the end */
    struct house *house;
    const struct snapshot *snapshot;
    struct text import_id;
};

struct stocked stocked_open(void);
/* One that is made once, for tests that change nothing; not to be closed. */
struct stocked stocked_shared(void);
void stocked_look_again(struct stocked *stocked);   /* the snapshot after a change */
void stocked_close(struct stocked *stocked);
/* The bytes of a sample file, by the name the import knows it by. */
struct text stocked_file(const struct stocked *stocked, struct text name);
uint16_t stocked_item(const struct stocked *stocked, const char *code);

/* receive.h — messages about tables become rows and findings; whatever cannot be right is refused. */
#pragma once
#include "intake/collect.h"

struct receiver {
    const struct item_list *items;
    struct text file;
    struct arena *mem, *scratch;
    struct collect *collect;
    struct findings *findings;
    struct table *table;       /* the one that started last */
    struct batch_plan plan;
    char *pool;                /* our copy of a batch's texts */
    size_t pool_capacity;
    uint64_t tables, rows, most_rows;  /* so far, and how many the file can hold */
};

/* file must stay; tables live in mem. */
void receiver_start(struct receiver *receiver, const struct item_list *items, struct text file, uint64_t most_rows,
                    struct arena *mem, struct collect *collect, struct findings *findings);
void receiver_end(struct receiver *receiver);
/* One message whose slot number is known to exist (or NO_SLOT). */
enum collected receiver_take(struct receiver *receiver, const struct channel *channel, const struct message *message,
                             uint32_t row_base, struct err *err);

/* wire.h — what lies in a slot: a table's head, a batch's columns, findings.  The child writes it,
 * the parent reads it once, checks it and keeps a copy. */
#pragma once
#include "import/table.h"
#include "intake/channel.h"

/* Where the columns of a batch lie in a slot: told by the table alone, so that both sides know. */
struct batch_plan {
    size_t capacity;            /* rows; 0 when not even one fits */
    size_t row_at;
    size_t at[MAX_ITEMS];       /* [item placed] start of its column */
    size_t pool_at, pool_size;  /* texts */
};
void batch_plan(const struct table *table, const struct item_list *items, size_t slot_size, struct batch_plan *out);

/* A table's head. */
void wire_put_table(char *slot, size_t slot_size, const struct table *table);
/* Copies it; sheet lives in mem; `file` is the parent's own.  False: it cannot be right. */
bool wire_get_table(const char *slot, size_t slot_size, const struct item_list *items, struct text file,
                    struct arena *mem, struct table *out);

/* Reading.  What is made lives in mem; ERR_OUTSIDE where the child said what it cannot have said. */
bool unwire_table(const unsigned char *slot, size_t size, const struct item_list *items, struct arena *mem,
                  struct table *out, struct err *err) MUST_CHECK;
bool unwire_finding(const unsigned char *slot, size_t size, struct finding *out, struct arena *mem, struct err *err) MUST_CHECK;
/* A batch of n rows, checked: ordinals in range, texts UTF-8 and inside the pool.  Plain figures
 * stay in the slot until it is given back; ordinals are copied into mem, texts into `texts`. */
bool unwire_batch(const struct slots *slots, uint32_t slot, uint64_t n, const struct table *table, const struct batch_plan *plan,
                  const struct item_list *items, struct arena *mem, struct arena *texts, struct batch *out,
                  struct err *err) MUST_CHECK;
/* An err as the child worded it, its texts ended. */
void unwire_err(const unsigned char *slot, size_t size, struct err *out);
bool wire_broken(struct err *err, const char *how);

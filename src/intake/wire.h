/* wire.h — how tables, rows and findings lie in a slot: written by the child, read with distrust. */
#pragma once
#include "import/table.h"
#include "intake/slots.h"

/* Where the columns of a table's batches lie in a slot; the same on both sides. */
struct batch_plan {
    size_t capacity;                 /* rows */
    size_t pool_at, pool_size;       /* texts */
    size_t row_at;
    size_t column_at[MAX_ITEMS];     /* 0: the table lacks the item */
};

void batch_plan(const struct table *table, const struct item_list *items, size_t slot_size, struct batch_plan *out);
/* The batch whose columns lie in this slot. */
void batch_place(const struct batch_plan *plan, const struct table *table, const struct item_list *items,
                 unsigned char *slot, struct batch *out);

void wire_table(unsigned char *slot, size_t size, const struct table *table);
void wire_finding(unsigned char *slot, size_t size, const struct finding *finding);

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

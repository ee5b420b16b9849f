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

/* Appends a finding at *used; false when it does not fit.  Long texts are cut. */
bool wire_put_finding(char *slot, size_t slot_size, size_t *used, const struct finding *finding);
/* Adds the n findings of a slot, rows counted on from row_base.  False: they cannot be right. */
bool wire_get_findings(const char *slot, size_t slot_size, uint64_t n, uint64_t size, struct text file, uint32_t row_base,
                       struct arena *scratch, struct findings *findings);

/* An error copied from `at`.  It will be shown to people: false unless it is text of a known kind. */
bool wire_get_err(const char *at, struct err *out);

/* The texts of a batch, copied out of a slot and checked to be UTF-8: now a text the slot's
 * columns point to can be looked up without trusting it. */
struct pool { const char *shared, *at; size_t size; };
bool wire_get_pool(const char *slot, const struct batch_plan *plan, uint64_t size, char *into, struct pool *out);

/* Where a text of the slot lies in the copy; false when it lies outside or cuts a character. */
static inline bool pool_span(const struct pool *pool, struct text text, uint32_t *at_out, uint32_t *size_out)
{
    *at_out = *size_out = 0;
    if (!text.size)
        return true;
    const uintptr_t at = (uintptr_t)text.at - (uintptr_t)pool->shared;
    if ((uintptr_t)text.at < (uintptr_t)pool->shared || at > pool->size || text.size > pool->size - at)
        return false;
    *at_out = (uint32_t)at;
    *size_out = (uint32_t)text.size;
    const size_t end = at + text.size;
    return ((unsigned char)pool->at[at] & 0xC0) != 0x80 && (end == pool->size || ((unsigned char)pool->at[end] & 0xC0) != 0x80);
}

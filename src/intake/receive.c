#include "intake/receive.h"

enum { MOST_TABLES = 4096 };

void receiver_start(struct receiver *receiver, const struct item_list *items, struct text file, uint64_t most_rows,
                    struct arena *mem, struct collect *collect, struct findings *findings)
{
    *receiver = (struct receiver){ .items = items, .file = file, .mem = mem, .scratch = arena_new("receive"), .most_rows = most_rows,
                                   .collect = collect, .findings = findings };
}

void receiver_end(struct receiver *receiver)
{
    arena_free(&receiver->scratch);
}

static enum collected take_table(struct receiver *r, const struct channel *channel, const struct message *message)
{
    if (++r->tables > MOST_TABLES)
        return COLLECT_NONSENSE;
    struct table *table = arena_make(r->mem, struct table);
    if (!wire_get_table(channel_slot(channel, message->slot), channel->slot_size, r->items, r->file, r->mem, table))
        return COLLECT_NONSENSE;
    batch_plan(table, r->items, channel->slot_size, &r->plan);
    r->table = table;
    collect_table(r->collect, table);
    return COLLECTED;
}

static enum collected take_batch(struct receiver *r, const struct channel *channel, const struct message *message,
                                 uint32_t row_base, struct err *err)
{
    struct pool pool;
    const char *const slot = channel_slot(channel, message->slot);
    if (!r->table || !message->n || message->n > r->plan.capacity || message->n > r->most_rows - r->rows)
        return COLLECT_NONSENSE;
    r->rows += message->n;
    if (message->size > r->plan.pool_size)
        return COLLECT_NONSENSE;
    if (message->size > r->pool_capacity) {
        r->pool_capacity = (size_t)message->size * 2;
        r->pool = arena_alloc(r->scratch, r->pool_capacity);
    }
    if (!wire_get_pool(slot, &r->plan, message->size, r->pool, &pool))
        return COLLECT_NONSENSE;
    return collect_rows(r->collect, slot, &r->plan, (size_t)message->n, &pool, row_base, err);
}

static enum collected take_findings(struct receiver *r, const struct channel *channel, const struct message *message, uint32_t row_base)
{
    const struct arena_mark mark = arena_mark(r->scratch);
    const bool ok = wire_get_findings(channel_slot(channel, message->slot), channel->slot_size, message->n, message->size,
                                      r->file, row_base, r->scratch, r->findings);
    arena_rewind(r->scratch, mark);
    if (!ok || message->at > UINT32_MAX)
        return COLLECT_NONSENSE;
    r->findings->dropped += (size_t)message->at;
    return COLLECTED;
}

enum collected receiver_take(struct receiver *r, const struct channel *channel, const struct message *message,
                             uint32_t row_base, struct err *err)
{
    const bool carries = message->kind == MESSAGE_TABLE || message->kind == MESSAGE_BATCH || message->kind == MESSAGE_FINDINGS;
    if (carries != (message->slot != NO_SLOT))
        return COLLECT_NONSENSE;
    switch (message->kind) {
    case MESSAGE_TABLE: return take_table(r, channel, message);
    case MESSAGE_BATCH: return take_batch(r, channel, message, row_base, err);
    case MESSAGE_FINDINGS: return take_findings(r, channel, message, row_base);
    case MESSAGE_TABLE_END: r->table = NULL; return COLLECTED;
    default: return COLLECT_NONSENSE;
    }
}

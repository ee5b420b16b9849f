#include "intake/send.h"

#include <string.h>

static bool send_begin(void *context, const struct table *table, struct err *err)
{
    struct sender *sender = context;
    batch_plan(table, sender->items, sender->channel->slot_size, &sender->plan);
    if (!sender->plan.capacity) {
        err_set(err, ERR_LIMIT, "“%.*s”里的表列数太多，读不下。", TEXT_ARG(table->file));
        return err_hint(err, "请删去用不着的列，再重新读取。");
    }
    sender->batch = (struct batch){ .table = table }; /* a slot held from before is used on */
    if (sender->part)
        channel_send(sender->channel, (struct message){ .kind = MESSAGE_PART, .slot = NO_SLOT, .at = sender->part->begun });
    if (!sender->part || sender->part->first) { /* the others go on with the same table */
        const uint32_t slot = channel_take(sender->channel);
        wire_put_table(channel_slot(sender->channel, slot), sender->channel->slot_size, table);
        channel_send(sender->channel, (struct message){ .kind = MESSAGE_TABLE, .slot = slot });
    }
    return true;
}

static struct batch *send_room(void *context)
{
    struct sender *sender = context;
    struct batch *batch = &sender->batch;
    if (sender->slot == NO_SLOT)
        sender->slot = channel_take(sender->channel);
    char *const slot = channel_slot(sender->channel, sender->slot);
    for (size_t i = 0; i < sender->items->n; i++) {
        const bool here = sender->plan.at[i] != 0, text = sender->items->at[i].type == ITEM_TEXT;
        batch->number[i] = here && !text ? (double *)(void *)(slot + sender->plan.at[i]) : NULL;
        batch->text[i] = here && text ? (struct text *)(void *)(slot + sender->plan.at[i]) : NULL;
    }
    batch->row = (uint32_t *)(void *)slot;
    batch->n = 0;
    batch->capacity = sender->plan.capacity;
    sender->pool_used = 0;
    return batch;
}

static struct text send_keep_text(void *context, struct batch *batch, struct text text)
{
    (void)batch;
    struct sender *sender = context;
    if (text.size > sender->plan.pool_size - sender->pool_used)
        return (struct text){ NULL, 0 };
    char *into = channel_slot(sender->channel, sender->slot) + sender->plan.pool_at + sender->pool_used;
    if (text.size)
        memcpy(into, text.at, text.size);
    sender->pool_used += text.size;
    return (struct text){ into, text.size };
}

static bool send_ship(void *context, struct batch *batch, struct err *err)
{
    (void)err;
    struct sender *sender = context;
    channel_send(sender->channel, (struct message){ .kind = MESSAGE_BATCH, .slot = sender->slot, .n = batch->n, .size = sender->pool_used });
    sender->slot = NO_SLOT;
    batch->n = 0;
    return true;
}

static bool send_end(void *context, struct err *err)
{
    (void)err;
    struct sender *sender = context;
    sender_flush(sender);
    if (sender->part)
        channel_send(sender->channel, (struct message){ .kind = MESSAGE_PART_END, .slot = NO_SLOT, .at = sender->part->ended, .n = sender->part->rows });
    else
        channel_send(sender->channel, (struct message){ .kind = MESSAGE_TABLE_END, .slot = NO_SLOT });
    return true;
}

static void send_finding(void *context, const struct finding *finding)
{
    struct sender *sender = context;
    if (sender->all_findings >= MAX_FINDINGS) {
        sender->dropped++;
        return;
    }
    for (int tries = 0; tries < 2; tries++) {
        if (sender->finding_slot == NO_SLOT)
            sender->finding_slot = channel_take(sender->channel);
        if (wire_put_finding(channel_slot(sender->channel, sender->finding_slot), sender->channel->slot_size, &sender->findings_used, finding)) {
            sender->n_findings++;
            sender->all_findings++;
            return;
        }
        sender_flush(sender);
    }
}

void sender_flush(struct sender *sender)
{
    if (sender->finding_slot == NO_SLOT) {
        if (!sender->dropped)
            return;
        sender->finding_slot = channel_take(sender->channel);
    }
    channel_send(sender->channel, (struct message){ .kind = MESSAGE_FINDINGS, .slot = sender->finding_slot, .n = sender->n_findings,
                                                    .size = sender->findings_used, .at = sender->dropped });
    sender->finding_slot = NO_SLOT;
    sender->n_findings = sender->findings_used = sender->dropped = 0;
}

struct table_sink sender_sink(struct sender *sender, struct channel *channel, const struct item_list *items)
{
    *sender = (struct sender){ .channel = channel, .items = items, .slot = NO_SLOT, .finding_slot = NO_SLOT };
    return (struct table_sink){ sender, send_begin, send_room, send_keep_text, send_ship, send_end, send_finding };
}

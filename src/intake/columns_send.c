#include "intake/columns_wire.h"

#include "intake/wire.h"

#include <string.h>

static void flush_words(struct columns_sender *s)
{
    if (s->word_slot == NO_SLOT)
        return;
    channel_send(s->channel, (struct message){ .kind = MESSAGE_WORDS, .slot = s->word_slot, .n = s->n_words, .size = s->words_used });
    s->word_slot = NO_SLOT;
    s->n_words = s->words_used = 0;
}

static void flush_findings(struct columns_sender *s)
{
    if (s->finding_slot == NO_SLOT && !s->dropped)
        return;
    if (s->finding_slot == NO_SLOT)
        s->finding_slot = channel_take(s->channel);
    channel_send(s->channel, (struct message){ .kind = MESSAGE_FINDINGS, .slot = s->finding_slot, .n = s->n_findings,
                                               .size = s->findings_used, .at = s->dropped });
    s->finding_slot = NO_SLOT;
    s->n_findings = s->findings_used = s->dropped = 0;
}

static void begin(void *context, const struct csv_part *part)
{
    const struct columns_sender *s = context;
    if (s->parts)
        channel_send(s->channel, (struct message){ .kind = MESSAGE_PART, .slot = NO_SLOT, .at = part->begun });
}

static struct chosen_rows *room(void *context)
{
    struct columns_sender *s = context;
    if (s->slot == NO_SLOT)
        s->slot = channel_take(s->channel);
    char *const slot = channel_slot(s->channel, s->slot);
    for (size_t i = 0; i < s->n_chosen; i++) {
        s->rows.number[i] = s->chosen[i].number ? (double *)(void *)(slot + s->plan.at[i]) : NULL;
        s->rows.word[i] = s->chosen[i].number ? NULL : (uint32_t *)(void *)(slot + s->plan.at[i]);
    }
    s->rows.row = (uint32_t *)(void *)(slot + s->plan.row_at);
    s->rows.n = 0;
    s->rows.capacity = s->plan.capacity;
    return &s->rows;
}

static void ship(void *context, struct chosen_rows *rows)
{
    struct columns_sender *s = context;
    flush_words(s); /* before the rows that speak of them */
    channel_send(s->channel, (struct message){ .kind = MESSAGE_COLUMNS, .slot = s->slot, .n = rows->n });
    s->slot = NO_SLOT;
    rows->n = 0;
}

static void word(void *context, struct text word)
{
    struct columns_sender *s = context;
    const uint32_t size = (uint32_t)word.size;
    if (s->word_slot != NO_SLOT && s->words_used + WORD_HEAD + size > s->channel->slot_size)
        flush_words(s);
    if (s->word_slot == NO_SLOT)
        s->word_slot = channel_take(s->channel);
    char *const at = channel_slot(s->channel, s->word_slot) + s->words_used;
    memcpy(at, &size, WORD_HEAD);
    if (size)
        memcpy(at + WORD_HEAD, word.at, size);
    s->words_used += WORD_HEAD + size;
    s->n_words++;
}

static void finding(void *context, const struct finding *finding)
{
    struct columns_sender *s = context;
    if (s->all_findings >= MAX_FINDINGS) {
        s->dropped++;
        return;
    }
    for (int tries = 0; tries < 2; tries++) {
        if (s->finding_slot == NO_SLOT)
            s->finding_slot = channel_take(s->channel);
        if (wire_put_finding(channel_slot(s->channel, s->finding_slot), s->channel->slot_size, &s->findings_used, finding)) {
            s->n_findings++;
            s->all_findings++;
            return;
        }
        flush_findings(s);
    }
}

static void end(void *context, const struct csv_part *part)
{
    struct columns_sender *s = context;
    columns_flush(s);
    if (s->parts)
        channel_send(s->channel, (struct message){ .kind = MESSAGE_PART_END, .slot = NO_SLOT, .at = part->ended, .n = part->rows });
}

struct chosen_sink columns_sink(struct columns_sender *s, struct channel *channel, const struct chosen *chosen, size_t n, bool parts)
{
    *s = (struct columns_sender){ .channel = channel, .plan = chosen_plan(chosen, n, channel->slot_size), .chosen = chosen, .n_chosen = n,
                                  .slot = NO_SLOT, .word_slot = NO_SLOT, .finding_slot = NO_SLOT, .parts = parts };
    return (struct chosen_sink){ s, begin, room, ship, word, finding, end };
}

void columns_flush(struct columns_sender *s)
{
    flush_words(s);
    flush_findings(s);
}

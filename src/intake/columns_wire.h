/* columns_wire.h — rows of chosen columns in a slot. */
#pragma once
#include "import/csv_columns.h"
#include "intake/channel.h"

struct chosen_plan { size_t capacity, row_at, at[MAX_CHOSEN]; };

/* Where they lie: told by what was chosen alone. */
static inline struct chosen_plan chosen_plan(const struct chosen *chosen, size_t n, size_t slot_size)
{
    struct chosen_plan plan = { .capacity = 0 };
    size_t row_bytes = sizeof(uint32_t);
    for (size_t i = 0; i < n; i++)
        row_bytes += chosen[i].number ? sizeof(double) : sizeof(uint32_t);
    plan.capacity = (slot_size / row_bytes) & ~(size_t)3;
    size_t at = 0;
    for (int numbers = 1; numbers >= 0; numbers--)
        for (size_t i = 0; i < n; i++)
            if (chosen[i].number == (numbers == 1)) {
                plan.at[i] = at;
                at += plan.capacity * (numbers ? sizeof(double) : sizeof(uint32_t));
            }
    plan.row_at = at;
    return plan;
}

/* Words in a slot: sizes before bytes. */
enum { WORD_HEAD = sizeof(uint32_t) };

/* In the child: reads any table's chosen columns into the channel. */
struct columns_sender {
    struct channel *channel;
    struct chosen_plan plan;
    const struct chosen *chosen;
    size_t n_chosen;
    struct chosen_rows rows;
    uint32_t slot, word_slot, finding_slot;
    size_t n_words, words_used, n_findings, findings_used, all_findings, dropped;
    bool parts;
};
struct chosen_sink columns_sink(struct columns_sender *sender, struct channel *channel, const struct chosen *chosen, size_t n, bool parts);
void columns_flush(struct columns_sender *sender);

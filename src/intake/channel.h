/* channel.h — between a confined child and its parent: slots of shared memory that hold what was
 * read, and one small message for each slot that is full.
 *
 * The child owns a slot until it sends it; the parent hands it back when it has copied what it
 * wants.  The parent believes nothing: a slot's bytes may change while it looks. */
#pragma once
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum message_kind {
    MESSAGE_PART = 1,  /* at: where in the file the part starts */
    MESSAGE_TABLE,     /* slot: struct wire_table */
    MESSAGE_BATCH,     /* slot: n rows, `size` bytes of texts */
    MESSAGE_TABLE_END,
    MESSAGE_FINDINGS,  /* slot: n findings in `size` bytes; at: how many more were dropped */
    MESSAGE_PART_END,  /* at: where the part's last row ends; n: its rows, as the last one was numbered */
    MESSAGE_TORN,      /* the part cannot be read alone: all must be read in one go */
    MESSAGE_REFUSED,   /* slot: struct err */
    MESSAGE_COLUMNS,   /* slot: n rows of chosen columns */
    MESSAGE_WORDS,     /* slot: n new words of the dictionary in `size` bytes */
    MESSAGE_BYTES,     /* slot: `size` bytes of a file made */
    MESSAGE_DONE,
};

struct message { uint32_t kind, slot; uint64_t n, size, at; };

enum { NO_SLOT = UINT32_MAX, MAX_SLOTS = 64 };

struct channel {
    char *slots;           /* at the same address on both sides */
    size_t slot_size;
    uint32_t n_slots;
    int parent, child;     /* the ends of a socket pair; −1 once closed */
    uint64_t taken;        /* child: one bit a slot it holds or has sent */
};

bool channel_open(struct channel *channel, size_t slot_size, uint32_t n_slots, struct err *err) MUST_CHECK;
void channel_close(struct channel *channel);
static inline char *channel_slot(const struct channel *channel, uint32_t slot)
{
    return channel->slots + slot * channel->slot_size;
}

/* The child's side.  Waits until the parent hands one back; ends the process when it is gone. */
uint32_t channel_take(struct channel *channel);
void channel_send(struct channel *channel, struct message message);
/* Words a refusal and sends it. */
void channel_refuse(struct channel *channel, const struct err *err);

/* The parent's side. */
enum heard { HEARD_MESSAGE, HEARD_END, HEARD_NOTHING /* within the time */, HEARD_NONSENSE };
enum heard channel_hear(struct channel *channel, int milliseconds, struct message *out);
/* Hands a slot back; false when a living child does not take it. */
bool channel_give(struct channel *channel, uint32_t slot);

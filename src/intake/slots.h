/* slots.h — the memory a confined child shares with us: slots it fills, one message a slot.
 *
 * The child writes a message into a slot and announces it on a pipe; we read, copy what we keep,
 * and give the slot back on a socket.  A child that waits for a slot sleeps in read(). */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

enum message_kind {
    MESSAGE_TABLE = 1,   /* a table starts: struct table, its texts in the pool */
    MESSAGE_BATCH,       /* rows of the table that started last */
    MESSAGE_END_TABLE,
    MESSAGE_FINDING,
    MESSAGE_CHUNK,       /* a part of a large CSV starts: a = offset of its first row */
    MESSAGE_CHUNK_END,   /* a = offset behind its last row, b = rows it held, blank ones included */
    MESSAGE_COLUMNS,     /* rows of chosen columns */
    MESSAGE_WORDS,       /* new words of the dictionary */
    MESSAGE_BYTES,       /* part of a file made in the child */
    MESSAGE_REFUSED,     /* an err: the child ends */
    MESSAGE_DONE,
};

struct message { uint32_t kind, slot; uint64_t a, b; };

struct slots {
    unsigned char *memory;  /* n × size, MAP_SHARED */
    size_t n, size;
    int told[2], freed[2];  /* pipe child → us, socket us → child */
    uint32_t waiting;       /* child: slots not handed out yet */
};

enum { NO_SLOT = UINT32_MAX };
enum { SLOT_COUNT = 6, SLOT_SMALL = 256 * 1024, SLOT_LARGE = 1024 * 1024 };

bool slots_open(struct slots *slots, size_t size, struct err *err) MUST_CHECK;
void slots_close(struct slots *slots);
unsigned char *slot_at(const struct slots *slots, uint32_t slot);

/* In the child. */
void slots_child(struct slots *slots);                      /* closes our ends */
uint32_t slots_take(struct slots *slots);                   /* a free slot; waits for one */
void slots_tell(struct slots *slots, enum message_kind kind, uint32_t slot, uint64_t a, uint64_t b);
/* In us. */
void slots_parent(struct slots *slots);                     /* closes the child's ends */
/* The next message; 1: there is one, 0: the child is gone, −1: none within the milliseconds. */
int slots_listen(struct slots *slots, int milliseconds, struct message *out);
void slots_give_back(struct slots *slots, uint32_t slot);

/* fuzz_protocol.c — whatever a child sends, the parent takes it as figures or refuses it.  Input:
 * messages of 16 bytes (kind, rows, bytes, how many bytes of the slot follow), each with the
 * bytes its slot begins with.  A batch's texts may point anywhere: offsets in the input become
 * addresses in the slot, and beside it. */
#include "intake/receive.h"

#include "../tests/import/items_for_tests.c"

#include <stdlib.h>
#include <string.h>

enum { SLOT = 16384 };

static bool take(void *context, struct returns *returns, bool again, struct err *err)
{
    (void)context, (void)again, (void)err;
    /* Everything the engine may touch is there to be touched. */
    for (size_t i = 0; i < returns->n; i++) {
        if (returns->county[i] >= returns->n_counties)
            abort();
        for (size_t k = 0; k < returns->items->n; k++) {
            const struct text text = returns_text(returns, i, (uint16_t)k);
            for (size_t at = 0; at < text.size; at++)
                if (text.at[at] == '\xFF')
                    abort(); /* no UTF-8 */
            const double x = returns_number(returns, i, (uint16_t)k);
            const struct item *item = &returns->items->at[k];
            if (item->type == ITEM_ENUM && !is_blank(x) && !(x >= 1 && x <= (double)item->n_values))
                abort();
            if (__builtin_isinf(x))
                abort();
        }
        (void)returns_cell(returns, i, returns->items->school_code);
    }
    return true;
}

/* Eight bytes 'P','T',lo,hi,size… become a text of the slot. */
static void make_texts(char *slot)
{
    for (size_t at = 0; at + sizeof(struct text) <= SLOT; at += 8)
        if (slot[at] == 'P' && slot[at + 1] == 'T') {
            const unsigned char *const from = (const unsigned char *)slot + at;
            const struct text text = { slot + (from[2] | from[3] << 8), from[4] };
            memcpy(slot + at, &text, sizeof text);
            at += 8;
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *kept;
    static struct item_list *items;
    if (!items) {
        kept = arena_new("items");
        items = items_for_tests(kept);
    }
    struct arena *mem = arena_new("fuzz");
    struct channel channel = { .slots = arena_alloc(mem, SLOT), .slot_size = SLOT, .n_slots = 1, .parent = -1, .child = -1 };
    struct findings findings = { .mem = mem };
    const struct intake_request request = { .items = items, .county = TEXT("410185"), .year = 2025 };
    const struct collect_order order = { .request = &request, .mem = mem, .findings = &findings, .take = take, .runs = size % 2 == 0 };
    struct collect *collect = collect_new(&order);
    struct receiver receiver;
    struct err err;
    bool on = true;
    receiver_start(&receiver, items, TEXT("甲.csv"), 100000, mem, collect, &findings);
    while (size >= 16 && on) {
        uint32_t head[4];
        memcpy(head, data, sizeof head);
        data += 16, size -= 16;
        const size_t bytes = head[3] < size ? head[3] : size, held = bytes < SLOT ? bytes : SLOT;
        memset(channel.slots, 0, SLOT);
        memcpy(channel.slots, data, held);
        make_texts(channel.slots);
        data += bytes, size -= bytes;
        const struct message message = { .kind = head[0] % 16, .slot = head[0] >= 256 ? NO_SLOT : 0, .n = head[1], .size = head[2], .at = head[2] % 7 };
        on = receiver_take(&receiver, &channel, &message, head[1] % 5, &err) == COLLECTED;
    }
    if (on)
        (void)!collect_finish(collect, &err);
    receiver_end(&receiver);
    collect_free(&collect);
    arena_free(&mem);
    return 0;
}

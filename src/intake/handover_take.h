/* handover_take.h — what another process tells becomes returns, findings and bytes of our own, or is
 * refused: it may tell anything. */
#pragma once
#include "intake/handover_frame.h"
#include "intake/handover_order.h"
#include "model/returns.h"

struct taking {
    const struct handover_order *order;   /* what was asked; its items are the returns' */
    const struct item_list *items;
    struct arena *mem;                    /* of what is made */
    struct findings *findings;
    uint64_t total;                       /* bytes of the files */
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void *context;
    /* so far */
    uint64_t done;                        /* bytes of the files read */
    struct returns *returns;              /* NULL before their shape is known */
    uint32_t counties, sources, others;   /* of the shape */
    size_t rows;                          /* told, of the shape's */
    size_t figures, text, said;           /* places of columns; bytes of texts, of findings */
    struct buf bytes;
};

enum taken {
    TAKEN,
    TAKEN_ALL,        /* that was the last frame, and nothing is missing */
    TAKEN_REFUSED,    /* err is what the other side says */
    TAKEN_NONSENSE,
};

/* Starts as { order, items, mem, findings, total, progress, context, .bytes.mem }. */
enum taken take_frame(struct taking *taking, uint32_t kind, struct text content, struct err *err);

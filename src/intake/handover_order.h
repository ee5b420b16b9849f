/* handover_order.h — what is handed over beside the files: which work, on which items, the files' names. */
#pragma once
#include "base/err.h"
#include "model/finding.h"
#include "model/item.h"

enum handover_kind { HANDOVER_READ, HANDOVER_CELLS, HANDOVER_ANNOTATE, HANDOVER_DOCUMENT, HANDOVER_PAGE, N_HANDOVER_KINDS };

struct handover_order {
    enum handover_kind kind;
    unsigned seconds;
    size_t n_files;
    const struct text *names;
    struct item_list items;
    struct text county;
    int year;
    bool every_sheet;
    struct text sheet;
    uint32_t first, last;        /* rows; 0: from the start, to the end.  HANDOVER_PAGE: the page, and how wide in pixels */
    struct findings findings;    /* of the one file */
};

void handover_put_order(struct buf *out, const struct handover_order *order);
/* Texts point into the bytes, arrays live in mem.  False: this is no order. */
bool handover_get_order(struct text bytes, struct arena *mem, struct handover_order *out);

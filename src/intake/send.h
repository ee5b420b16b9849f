/* send.h — the child's end of the sink: tables, rows and findings go straight into slots. */
#pragma once
#include "import/csv_read.h"
#include "import/table.h"
#include "intake/wire.h"

struct sender {
    struct channel *channel;
    const struct item_list *items;
    const struct csv_part *part; /* of a file that is read in parts; NULL: in one */
    struct batch_plan plan;
    struct batch batch;         /* the one being filled */
    uint32_t slot;              /* of it; NO_SLOT: none */
    size_t pool_used;
    uint32_t finding_slot;
    size_t n_findings, findings_used, all_findings, dropped;
};

/* The sink lives as long as the sender. */
struct table_sink sender_sink(struct sender *sender, struct channel *channel, const struct item_list *items);
/* Sends what findings are held. */
void sender_flush(struct sender *sender);

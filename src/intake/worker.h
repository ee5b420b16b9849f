/* worker.h — what runs in the confined child: one file in, messages out.  Never returns. */
#pragma once
#include "intake/intake.h"
#include "intake/slots.h"

enum worker_job { WORK_TABLES, WORK_COLUMNS, WORK_ANNOTATE };

struct work {
    enum worker_job job;
    int fd;                             /* the open file */
    size_t file_size;
    struct text name;                   /* as named by the user */
    const struct item_list *items;      /* WORK_TABLES */
    const bool *wanted;
    unsigned part, parts;               /* of a large CSV: this child reads chunks part, part + parts, … */
    size_t chunk;                       /* bytes of a chunk */
    const struct wanted_column *columns; /* WORK_COLUMNS */
    size_t n_columns;
    const struct findings *findings;    /* WORK_ANNOTATE */
};

_Noreturn void work_in_child(const struct work *work, struct slots *slots);

/* correction_store.h — corrections after the lock, as rows. */
#pragma once
#include "store/entry_store.h"

struct correction_record {
    struct text id;
    int year;
    struct text school, state, reason;      /* state: asked, agreed, refused, dropped */
    struct stamp asked;
    struct stamp decided;                   /* at 0: not yet */
    struct text decided_reason;
    int64_t version;                        /* of the data, once agreed; else 0 */
};
struct correction_cell_record { uint16_t item; struct entry_figure before, after; };

bool store_correction_add(struct db_session *session, struct text county, const struct item_list *items, const struct correction_record *record,
                          const struct correction_cell_record *cells, size_t n, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_correction(struct db_session *session, struct text county, struct text id, struct arena *mem, struct correction_record *out,
                      struct err *err) MUST_CHECK;
bool store_corrections(struct db_session *session, struct text county, size_t most, struct arena *mem, struct correction_record **out,
                       size_t *n_out, struct err *err) MUST_CHECK;
bool store_correction_cells(struct db_session *session, struct text county, struct text id, const struct item_list *items, struct arena *mem,
                            struct correction_cell_record **out, size_t *n_out, struct err *err) MUST_CHECK;
/* ERR_CONFLICT when it was decided already. */
bool store_correction_decide(struct db_session *session, struct text county, struct text id, struct text state, const struct stamp *by,
                             struct text reason, int64_t version, struct err *err) MUST_CHECK;

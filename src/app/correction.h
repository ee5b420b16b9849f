/* correction.h — after the lock: one person asks for a figure to be another, with the reason; a second person agrees or refuses.
 * What is agreed becomes a new data version and a new version of the return; the old ones stay readable.
 * Source: domain specification §6.4 (X6: changing a return after closing needs a reason and a second person). */
#pragma once
#include "app/collection.h"

enum { CORRECTION_CELLS = 60 };

struct correction_cell_wish { uint16_t item; struct text typed; };   /* as a cell would be read; empty: taken away */
struct correction_wish {
    int year;
    struct text school;
    struct text reason;
    const struct correction_cell_wish *cells;
    size_t n;
};
/* Inside the writer.
 *   Returns  *id_out: a new id, in mem
 *   Errors   ERR_DENIED; ERR_INPUT: no reason, no cell, a cell that cannot be read, nothing that differs; ERR_CONFLICT: the year is not
 *            locked, or such a correction waits already; ERR_ABSENT */
bool app_correction_ask(struct house *house, struct db_session *session, const struct actor *actor, const struct correction_wish *wish,
                        int64_t now, struct arena *mem, struct text *id_out, struct err *err) MUST_CHECK;

enum correction_decision { CORRECTION_AGREE, CORRECTION_REFUSE, CORRECTION_DROP };
/* Agreed or refused by another person than who asked; dropped by who asked.  Inside the writer.
 *   Errors  ERR_DENIED: the same person; ERR_CONFLICT: decided already, or a figure is another by now; ERR_INPUT: refused without a reason */
bool app_correction_decide(struct house *house, struct db_session *session, const struct actor *actor, struct text id,
                           enum correction_decision decision, struct text reason, int64_t now, struct err *err) MUST_CHECK;

struct correction_cell { struct text code, name, unit, before, after; };
struct correction {
    struct text id, school, name, state, reason;
    int year;
    struct text who, decided_who, decided_reason;
    int64_t account, at, decided_at, version;
    struct correction_cell *cells;
    size_t n;
    bool may_decide, may_drop;              /* the actor, now */
};
/* Those the actor may see, the latest first. */
bool app_corrections(struct house *house, const struct actor *actor, struct arena *mem, struct correction **out, size_t *n_out,
                     struct err *err) MUST_CHECK;

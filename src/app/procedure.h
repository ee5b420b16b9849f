/* procedure.h — the way of recognition (认定进程) as it went: applied, reviewed, passed, with days, papers and their numbers.
 *   Rule     work/procedure.h; the county applies when all conditions are met (app/readiness.h)
 *   Source   domain specification §1.7, §5.4 S5.3 */
#pragma once
#include "app/evidence.h"
#include "store/procedure_store.h"
#include "work/procedure.h"

struct procedure_whole {
    struct procedure_event *events;      /* in the order of their days */
    size_t n;
    struct procedure_standing standings[N_PROC_STEPS];
    enum procedure_step at;
    bool may;                            /* the actor writes it (MAY_REGISTER) */
};
/* For who sees the county.   Errors  ERR_DENIED */
bool app_procedure(struct house *house, const struct actor *actor, struct arena *mem, struct procedure_whole *out, struct err *err) MUST_CHECK;
/* The year of recognition, 0: none. */
bool app_procedure_recognised(struct house *house, struct arena *mem, int *out, struct err *err) MUST_CHECK;

struct procedure_wish { struct text step, what, day, document, words; const struct evidence_ready *file; /* NULL: none */ };
/* Inside the writer.  Applying (市级复核 begun) asks that all conditions are met in `snapshot`'s usual year.
 *   Errors  ERR_DENIED; ERR_INPUT; ERR_CONFLICT: not yet, or not ready, with what blocks */
bool app_procedure_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, bool ready,
                       const struct procedure_wish *wish, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Crossed out, with a reason; inside the writer. */
bool app_procedure_cross_out(struct house *house, struct db_session *session, const struct actor *actor, int64_t position, struct text reason,
                             int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* The paper of an event.   Errors  ERR_ABSENT */
bool app_procedure_file(struct house *house, const struct actor *actor, int64_t position, struct arena *mem, struct text *name_out,
                        struct text *bytes_out, struct err *err) MUST_CHECK;

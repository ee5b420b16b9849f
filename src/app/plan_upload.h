/* plan_upload.h — what units send in for a task of the plan that many have each for itself (the work plans of the starting phase): each
 * gets a receipt; who is missing is said.   Source: domain specification §5.4 S5.1.3 */
#pragma once
#include "app/evidence.h"
#include "app/plan.h"

/* A task of the plan, perhaps of a year, that several units answer for with a document or record. */
struct upload_ask { struct text key; const struct plan_task *task; int year; struct day due; };
/* Those of a plan whose day lies within a year and two months of now, and those that are done once; at most `most`. */
void plan_upload_asks(const struct work_plan *plan, int64_t now, struct arena *mem, struct upload_ask **out, size_t *n_out);
/* ERR_ABSENT */
bool plan_upload_ask(const struct work_plan *plan, struct text key, struct arena *mem, struct upload_ask *out, struct err *err) MUST_CHECK;

struct upload_of_unit { struct place place; const struct plan_upload *upload; /* the latest; NULL: nothing came */ size_t n; };
/* Every unit that is asked and the actor sees, with what it sent last. */
bool app_plan_uploads(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct upload_ask *ask, int64_t now,
                      struct arena *mem, struct upload_of_unit **out, size_t *n_out, struct err *err) MUST_CHECK;
/* By the unit itself (MAY_SUBMIT), or by the office for it; the unit's task, where one stands open, gets the file and is reported done.
 * Inside the writer.   Returns  the number of the receipt
 *   Errors  ERR_DENIED: another unit's; ERR_ABSENT: the unit is not asked; ERR_INPUT */
bool app_plan_upload(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, const struct upload_ask *ask,
                     struct place unit, const struct evidence_ready *file, struct text note, int64_t now, struct arena *mem, int64_t *receipt_out,
                     struct err *err) MUST_CHECK;
/* Sent back with its reason by the office (MAY_ASSIGN); the unit is told.  Inside the writer. */
bool app_plan_upload_back(struct house *house, struct db_session *session, const struct actor *actor, int64_t receipt, struct text reason, int64_t now,
                          struct arena *mem, struct err *err) MUST_CHECK;
/* A receipt the actor may see; bytes_out (may be NULL): the file.   Errors  ERR_ABSENT */
bool app_plan_receipt(struct house *house, const struct actor *actor, int64_t receipt, struct arena *mem, struct plan_upload *out, struct text *bytes_out,
                      struct err *err) MUST_CHECK;

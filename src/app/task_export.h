/* task_export.h — tasks as files: the list as a workbook, one of them as a paper (整改通知, 任务交办单). */
#pragma once
#include "app/report_file.h"
#include "app/task.h"

/* Every task of the filter that the actor sees, in the order; `said`: the filter as a sentence, stands above the table.  Leaves a line in
 * the audit.  Slow.   Errors  ERR_DENIED: not MAY_EXPORT; ERR_LIMIT: more than 100,000 */
bool app_tasks_export(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct task_filter *filter, bool mine,
                      enum task_order order, struct text said, int64_t now, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

/* The order as it is sent: what is missing, of whom, by when, how it goes on, what has happened so far.
 *   Given   as  "docx", "pdf"   Errors  ERR_ABSENT; ERR_USAGE: another form; ERR_OUTSIDE */
bool app_task_paper(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t id, struct text as, struct text address,
                    int64_t now, struct arena *mem, struct report_file *out, struct err *err) MUST_CHECK;

/* What is measured of the thing a task is about, from its row of the ledger; shown beside the task and on its paper. */
struct task_measured { bool there; struct text value, missing, key /* of its lineage; may be empty */; int year; int64_t ledger; };
bool app_task_measured(struct house *house, const struct snapshot *snapshot, const struct task_view *view, struct arena *mem,
                       struct task_measured *out, struct err *err) MUST_CHECK;

/* target_letter.h — letters of responsibility (目标责任书): what a unit answers for, year by year to the last return before the
 * self-assessment, drafted from the targets as they stand.   Source  domain specification §5.5 S6.2a */
#pragma once
#include "app/targets.h"
#include "report/doc.h"

/* The units that answer for at least one path, by kind and name. */
struct target_owner { struct place place; struct text key, name, person; size_t n, missed, falling; };
void target_owners(const struct target_board *board, struct arena *mem, struct target_owner **out, size_t *n_out);

/* One letter.   Given  board  not narrowed by a filter of alarms;  address: before "/lineage?of=…"; may be empty */
struct doc *target_letter(const struct snapshot *snapshot, const struct target_board *board, struct place owner, struct text address, struct arena *mem);
/* As a file: "docx" or "pdf" of one owner; of all ("zip"): both forms of each.  With its line in the audit.  Slow.
 *   Given   key  as owner_key, "county" for the county; empty: all
 *   Errors  ERR_DENIED; ERR_ABSENT: that unit answers for nothing; ERR_USAGE: another form; ERR_CONFLICT: no targets yet; ERR_OUTSIDE */
struct target_file { struct text name, bytes; const char *type; };
bool app_target_letters(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text key, struct text as,
                        struct text address, int64_t now, struct arena *mem, struct target_file *out, struct err *err) MUST_CHECK;

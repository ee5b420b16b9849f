/* import_store.h — imports on their way: files as they were sent, findings, what is staged, the history. */
#pragma once
#include "db/db.h"
#include "model/finding.h"
#include "model/import_record.h"
#include "model/returns.h"

/* A file is kept once, under the hash of its bytes (sha256, 64 hex digits). */
bool store_file_put(struct db_session *session, struct text county, struct text sha256, struct text bytes, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_file_get(struct db_session *session, struct text county, struct text sha256, struct arena *mem, struct text *bytes_out,
                    struct err *err) MUST_CHECK;
/* What it was called when it was first sent; empty when no import has it. */
bool store_file_name(struct db_session *session, struct text county, struct text sha256, struct arena *mem, struct text *name_out,
                     struct err *err) MUST_CHECK;

/* Notes the import with its files (sha256 of each already put). */
bool store_import_add(struct db_session *session, struct text county, const struct import_record *import,
                      const struct import_file_record *files, size_t n_files, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_import(struct db_session *session, struct text county, struct text id, struct arena *mem, struct import_record *out,
                  struct err *err) MUST_CHECK;
bool store_imports(struct db_session *session, struct text county, size_t most, struct arena *mem, struct import_record **out,
                   size_t *n_out, struct err *err) MUST_CHECK;
bool store_import_files(struct db_session *session, struct text county, struct text id, struct arena *mem,
                        struct import_file_record **out, size_t *n_out, struct err *err) MUST_CHECK;
bool store_import_outcome(struct db_session *session, struct text county, struct text id, struct arena *mem,
                          struct import_outcome *out, struct err *err) MUST_CHECK;
/* From one state to another; version 0 leaves it.   Errors  ERR_CONFLICT: it is in another state by now */
bool store_import_move(struct db_session *session, struct text county, struct text id, enum import_state from, enum import_state to,
                       int64_t version, struct err *err) MUST_CHECK;
/* Compared anew with a later version of the data. */
bool store_import_seen(struct db_session *session, struct text county, struct text id, int64_t seen, const struct import_tally *tally,
                       struct err *err) MUST_CHECK;

bool store_import_findings_put(struct db_session *session, struct text county, struct text id, const struct findings *findings,
                               struct err *err) MUST_CHECK;
bool store_import_findings(struct db_session *session, struct text county, struct text id, struct findings *into, struct err *err) MUST_CHECK;

/* Stages what was read: notes its tables as sources (sha256 of source i's file: sha256_of[i]), then every figure. */
bool store_stage(struct db_session *session, struct text county, struct text id, const struct returns *returns,
                 const struct text *sha256_of, struct err *err) MUST_CHECK;
/* How many of the staged figures were changed by others after the data version `seen`. */
bool store_staged_touched(struct db_session *session, struct text county, struct text id, int64_t seen, int64_t *out, struct err *err) MUST_CHECK;
bool store_staged_drop(struct db_session *session, struct text county, struct text id, struct err *err) MUST_CHECK;
/* The ids of the county's sources in the order in which store_returns and store_staged_returns number them. */
bool store_source_ids(struct db_session *session, struct text county, struct arena *mem, int64_t **out, size_t *n_out, struct err *err) MUST_CHECK;

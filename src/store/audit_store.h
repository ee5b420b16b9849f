/* audit_store.h — the lines of the audit as rows.  Adding and reading; there is no changing. */
#pragma once
#include "db/db.h"
#include "model/audit_line.h"

/* The last line's number and hash; 0 and empty when there is none. */
bool store_audit_head(struct db_session *session, struct arena *mem, int64_t *seq_out, struct text *hash_out, struct err *err) MUST_CHECK;
bool store_audit_add(struct db_session *session, const struct audit_line *line, struct err *err) MUST_CHECK;
/* Hands over every line as it was written, by number; `mem` is rewound behind each. */
bool store_audit_each(struct db_session *session, struct arena *mem, void (*take)(void *context, const struct audit_line *line),
                      void *context, struct err *err) MUST_CHECK;

/* The last line of a verb and object. */
bool store_audit_last(struct db_session *session, struct text verb, struct text object, struct arena *mem, struct audit_line *out,
                      bool *found_out, struct err *err) MUST_CHECK;

/* The newest first. */
bool store_audit_page(struct db_session *session, const struct audit_page *page, struct arena *mem, struct audit_line **out,
                      size_t *n_out, struct err *err) MUST_CHECK;

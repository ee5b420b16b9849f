/* target_store.h — paths of targets, what was issued, a county's own weights. */
#pragma once
#include "db/db.h"
#include "model/target.h"

/* By school, stage, subject.   Given  school  NULL: all; empty: the county figures.  Two queries, whatever the number. */
bool store_targets(struct db_session *session, struct text county, const struct text *school, struct arena *mem, struct target_path **out,
                   size_t *n_out, struct err *err) MUST_CHECK;
/* In the place of the one with the stamp `path->stamp` (0: there was none).   Errors  ERR_CONFLICT: somebody changed it since */
bool store_target_put(struct db_session *session, struct text county, const struct target_path *path, struct err *err) MUST_CHECK;

/* All, the latest first. */
bool store_target_issues(struct db_session *session, struct text county, struct arena *mem, struct target_issue **out, size_t *n_out,
                         struct err *err) MUST_CHECK;
/* With the values as they stand. */
bool store_target_issue_put(struct db_session *session, struct text county, const struct target_issue *issue, struct err *err) MUST_CHECK;
bool store_target_issue_open(struct db_session *session, struct text county, const struct stamp *by, struct text reason, struct err *err) MUST_CHECK;

bool store_target_weights(struct db_session *session, struct text county, struct arena *mem, struct target_weights *out, struct err *err) MUST_CHECK;
bool store_target_weights_put(struct db_session *session, struct text county, const struct target_weights *weights, struct err *err) MUST_CHECK;

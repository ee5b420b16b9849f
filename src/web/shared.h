/* shared.h — pages kept while the data stay as they are, for all who may see the same.
 *
 * A handler that calls response_shared says: this page is made of the snapshot, the address asked for, the
 * language, the day, and the role and place of who asks; of nothing else.  Whoever asks the same then gets it again
 * without the handler.  All checks come before; the reader's own name and form fields are filled in each time. */
#pragma once
#include "web/marks.h"
#include "web/request.h"

struct shared;

struct shared *shared_new(size_t most_bytes);
void shared_free(struct shared **shared);
/* What tells one page from another, in the request's arena.  Only for those who are signed in. */
struct text shared_key(const struct request *request);
/* A page kept under the key, its marks filled; false: none.  With `gzip` it comes so (*gzipped_out), as far as it
 * was pressed: what is kept is pressed once, between the marks, and what is the reader's own goes in as it is. */
bool shared_find(struct shared *shared, struct text key, const struct text values[N_MARKS], bool gzip, struct arena *mem,
                 struct text *page_out, bool *gzipped_out);
/* Keeps a copy; older pages go when there are too many, and all of an older state of the data. */
void shared_keep(struct shared *shared, uint64_t version, struct text key, struct text page, const struct mark_place *places, size_t n);

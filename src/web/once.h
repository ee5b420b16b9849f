/* once.h — what is sent twice is done once: a second press of a button, or a retry after a lost answer, finds
 * what the first gave.
 *
 * A form carries a random key (view_frame.form_key).  The key, the address and all that was sent make one digest:
 * the same form sent again unchanged is the same act, sent again with other figures it is another.  Of an act that
 * ended in a redirection the address is kept, in the savepoint of the act itself.
 *
 * A program sends the key as `Idempotency-Key`; what it was answered (JSON) is kept. */
#pragma once
#include "web/request.h"

enum { ONCE_SIZE = 43, FORM_KEY_SIZE = 22 };

struct once {
    char key[ONCE_SIZE + 1];   /* empty: the form carries none */
    struct once *next;         /* among those at work */
};

/* A key for a form. */
void once_form_key(char out[FORM_KEY_SIZE + 1]);
struct once once_of(const struct request *request);
/* Whether it was done before: then *found_out, and the response leads there.
 *   Errors  ERR_OUTSIDE; ERR_DENIED: the key is another's */
bool once_find(const struct once *once, struct db_session *session, const struct request *request, struct response *response,
               bool *found_out, struct err *err) MUST_CHECK;
/* Whether what was answered is to be noted: a redirection of a page, JSON of the API. */
bool once_is_answer(const struct once *once, const struct request *request, const struct response *response);
/* Notes it. */
bool once_note(const struct once *once, struct db_session *session, const struct request *request, const struct response *response,
               struct err *err) MUST_CHECK;

/* For acts that write by themselves: begun but not noted yet.  False: the same act is at work. */
struct at_work;
struct at_work *at_work_new(struct arena *mem);
void at_work_free(struct at_work *at_work);
bool at_work_begin(struct at_work *at_work, struct once *once);
void at_work_end(struct at_work *at_work, struct once *once);

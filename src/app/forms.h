/* forms.h — which forms there are: shipped with the program, and the county's own, version by version. */
#pragma once
#include "app/house.h"
#include "store/form_store.h"
#include "survey/form_read.h"

struct form_info {
    struct text id, title, definition;  /* definition: CSV */
    int64_t version;
    bool shipped;
    bool kept;                          /* it stands in the database; a shipped one is put there when it is first filled in */
    struct stamp made, used, retired;
    const struct form *form;
};

/* Those in use, the shipped ones first.  Inside a session (a reader, or the writer). */
bool forms_in_use(struct db_session *session, struct text county, struct arena *mem, struct form_info **out, size_t *n_out, struct err *err) MUST_CHECK;
/* version 0: the one in use, or the latest where none is.   Errors  ERR_ABSENT */
bool forms_get(struct db_session *session, struct text county, struct text id, int64_t version, struct arena *mem, struct form_info *out,
               struct err *err) MUST_CHECK;

bool app_form(struct house *house, struct text id, int64_t version, struct arena *mem, struct form_info *out, struct err *err) MUST_CHECK;
/* Every version that is kept, newest first, without the forms themselves; of one form, or (empty id) of all. */
bool app_form_versions(struct house *house, struct text id, struct arena *mem, struct form_kept **out, size_t *n_out, struct err *err) MUST_CHECK;

/* A definition that somebody sent, read: CSV or a workbook's first sheet with a heading row.  Slow (another process reads workbooks).
 *   Returns  true with *form_out NULL where it has faults
 *   Errors   ERR_INPUT, ERR_LIMIT: no file of that kind */
struct form_upload { struct cell_table table; const struct form *form; struct form_faults faults; };
bool app_form_read(struct house *house, struct text name, struct text bytes, struct arena *mem, struct form_upload *out, struct err *err) MUST_CHECK;
/* Inside the writer: kept as a new version to be looked at; it asks nobody anything until it is put in use. */
bool app_form_keep(struct house *house, struct db_session *session, const struct actor *actor, const struct form_upload *upload, int64_t now,
                   struct arena *mem, int64_t *version_out, struct err *err) MUST_CHECK;
/* Inside the writer.  What was filled in before keeps the version it was filled into. */
bool app_form_use(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t version, int64_t now, struct err *err) MUST_CHECK;
/* Inside the writer: nobody begins it any more. */
bool app_form_retire(struct house *house, struct db_session *session, const struct actor *actor, struct text id, int64_t version, int64_t now, struct err *err) MUST_CHECK;
/* Inside the writer: a shipped form gets its row, so that answers can point to it. */
bool forms_keep_shipped(struct db_session *session, struct text county, const struct form_info *info, int64_t now, struct err *err) MUST_CHECK;

/* A definition as a workbook to be filled in: a form's own, or (NULL) a short example with what each column takes. */
bool app_form_template(const struct form_info *info, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

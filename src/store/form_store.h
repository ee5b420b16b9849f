/* form_store.h — forms version by version, sheets filled in, their answers and what is attached. */
#pragma once
#include "db/db.h"
#include "model/stamp.h"

struct form_kept {
    struct text id, title;
    int64_t version;
    bool shipped;
    struct stamp made, used, retired;       /* at 0: not */
};
/* Every version, newest first within a form. */
bool store_forms(struct db_session *session, struct text county, struct arena *mem, struct form_kept **out, size_t *n_out, struct err *err) MUST_CHECK;
bool store_form_add(struct db_session *session, struct text county, const struct form_kept *form, struct text definition, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_form_definition(struct db_session *session, struct text county, struct text id, int64_t version, struct arena *mem, struct text *out,
                           struct err *err) MUST_CHECK;
/* ERR_CONFLICT: it is in use, or withdrawn, already. */
bool store_form_use(struct db_session *session, struct text county, struct text id, int64_t version, struct stamp by, struct err *err) MUST_CHECK;
bool store_form_retire(struct db_session *session, struct text county, struct text id, int64_t version, struct stamp by, struct err *err) MUST_CHECK;

struct sheet_row {
    struct text id, form, place_kind, place_name, state, reason, marked;
    int64_t form_version, nth;
    int year;
    bool sent_back;
    struct stamp begun, submitted, ended;
    int64_t changed_at;
};
bool store_sheet_add(struct db_session *session, struct text county, const struct sheet_row *sheet, struct err *err) MUST_CHECK;
bool store_sheet_last(struct db_session *session, struct text county, const struct sheet_row *of, int64_t *nth_out, struct err *err) MUST_CHECK;
/* *out.id is empty when there is none. */
bool store_sheet_at(struct db_session *session, struct text county, const struct sheet_row *of, struct arena *mem, struct sheet_row *out, struct err *err) MUST_CHECK;
bool store_sheet(struct db_session *session, struct text county, struct text id, struct arena *mem, struct sheet_row *out, struct err *err) MUST_CHECK;
bool store_sheets_of_year(struct db_session *session, struct text county, int year, struct arena *mem, struct sheet_row **out, size_t *n_out,
                          struct err *err) MUST_CHECK;
bool store_sheets_of_unit(struct db_session *session, struct text county, struct text form, struct text place_kind, struct text place_name,
                          struct arena *mem, struct sheet_row **out, size_t *n_out, struct err *err) MUST_CHECK;
/* From the state `seen` to what stands in *sheet.   Errors  ERR_CONFLICT: it is not in that state any more */
bool store_sheet_step(struct db_session *session, struct text county, const struct sheet_row *sheet, struct text seen, int64_t now, struct err *err) MUST_CHECK;
bool store_sheet_touch(struct db_session *session, struct text county, struct text id, int64_t now, struct err *err) MUST_CHECK;

struct answer_row { struct text field, value; int64_t stamp; struct stamp by; };
bool store_answers(struct db_session *session, struct text county, struct text sheet, struct arena *mem, struct answer_row **out, size_t *n_out,
                   struct err *err) MUST_CHECK;
/* Puts the answer over stamp - 1 and keeps what stood there.   Errors  ERR_CONFLICT: something else stands there */
bool store_answer_put(struct db_session *session, struct text county, struct text sheet, const struct answer_row *answer, struct err *err) MUST_CHECK;
/* What stood there at a stamp; false in *found_out when that stamp never was. */
bool store_answer_past(struct db_session *session, struct text county, struct text sheet, struct text field, int64_t stamp, struct arena *mem,
                       struct text *value_out, bool *found_out, struct err *err) MUST_CHECK;

struct sheet_event { struct text step, reason, marked; struct stamp by; };
bool store_sheet_event_add(struct db_session *session, struct text county, struct text sheet, const struct sheet_event *event, struct err *err) MUST_CHECK;
bool store_sheet_events(struct db_session *session, struct text county, struct text sheet, struct arena *mem, struct sheet_event **out,
                        size_t *n_out, struct err *err) MUST_CHECK;

struct proof_row { struct text id, question, evidence, sha256, name, kind; int64_t size; struct stamp by; };
bool store_form_proof_add(struct db_session *session, struct text county, struct text sheet, const struct proof_row *proof, struct err *err) MUST_CHECK;
bool store_form_proofs(struct db_session *session, struct text county, struct text sheet, struct arena *mem, struct proof_row **out, size_t *n_out,
                       struct err *err) MUST_CHECK;
/* ERR_ABSENT: it is not there (any more). */
bool store_form_proof_remove(struct db_session *session, struct text county, struct text sheet, struct text proof, struct stamp by, struct err *err) MUST_CHECK;

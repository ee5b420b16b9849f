/* evidence_store.h — proofs, what is written in them, judgements, registers. */
#pragma once
#include "db/db.h"
#include "model/evidence.h"

/* ---- proofs ---- */

/* With its first version; the bytes were put with store_file_put. */
bool store_evidence_add(struct db_session *session, struct text county, const struct evidence *evidence, struct err *err) MUST_CHECK;
/* Of a year, withdrawn ones too, box by box in the order in which they came; with `cases`, those of the registers of all years instead. */
bool store_evidence_of_year(struct db_session *session, struct text county, int year, struct arena *mem, struct evidence **out, size_t *n_out,
                            struct err *err) MUST_CHECK;
bool store_evidence_of_cases(struct db_session *session, struct text county, struct arena *mem, struct evidence **out, size_t *n_out,
                             struct err *err) MUST_CHECK;
/* Those that stand with these bytes as their latest version. */
bool store_evidence_of_file(struct db_session *session, struct text county, struct text sha256, struct arena *mem, struct evidence **out,
                            size_t *n_out, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_evidence(struct db_session *session, struct text county, struct text id, struct arena *mem, struct evidence *out, struct err *err) MUST_CHECK;
/* Newest first. */
bool store_evidence_versions(struct db_session *session, struct text county, struct text id, struct arena *mem,
                             struct evidence_version **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Adds the version behind `seen`.   Errors  ERR_CONFLICT: somebody else was first, or it is withdrawn */
bool store_evidence_next(struct db_session *session, struct text county, struct text id, int64_t seen, const struct evidence_version *version,
                         struct err *err) MUST_CHECK;
bool store_evidence_describe(struct db_session *session, struct text county, struct text id, struct text description, int64_t now,
                             struct err *err) MUST_CHECK;
bool store_evidence_withdraw(struct db_session *session, struct text county, struct text id, struct text who, struct text reason, int64_t now,
                             struct err *err) MUST_CHECK;

/* What is written in a file. */
struct file_text { struct text state, text; int64_t pages; };
bool store_file_text_put(struct db_session *session, struct text county, struct text sha256, const struct file_text *text, struct err *err) MUST_CHECK;
/* state is empty when nobody has tried. */
bool store_file_text(struct db_session *session, struct text county, struct text sha256, struct arena *mem, struct file_text *out,
                     struct err *err) MUST_CHECK;

/* The index: words as base/grams.h cuts them.  What is dropped is told in the very words it was put with. */
struct search_words { int64_t search_id; struct text name, description, body; };
bool store_search_put(struct db_session *session, const struct search_words *words, struct err *err) MUST_CHECK;
bool store_search_drop(struct db_session *session, const struct search_words *words, struct err *err) MUST_CHECK;
/* wanted: as grams_query has it, not empty.  The best first; `take` is called for each until it says no. */
typedef bool search_take(void *context, const struct evidence *found);
bool store_search(struct db_session *session, struct text county, struct text wanted, struct arena *mem, search_take *take, void *context,
                  struct err *err) MUST_CHECK;

/* ---- judgements ---- */

/* ERR_CONFLICT when one waits already. */
bool store_judgement_add(struct db_session *session, struct text county, const struct judgement *judgement, struct err *err) MUST_CHECK;
/* Of a year, by indicator and place, the newest first. */
bool store_judgements(struct db_session *session, struct text county, int year, struct arena *mem, struct judgement **out, size_t *n_out,
                      struct err *err) MUST_CHECK;
bool store_judgement(struct db_session *session, struct text county, struct text id, struct arena *mem, struct judgement *out,
                     struct err *err) MUST_CHECK;
/* Of one that waits: state, second, second_reason, version as they are to be.   Errors  ERR_CONFLICT: it waits no more */
bool store_judgement_end(struct db_session *session, struct text county, const struct judgement *judgement, struct err *err) MUST_CHECK;
bool store_judgement_years(struct db_session *session, struct text county, struct arena *mem, int **out, size_t *n_out, struct err *err) MUST_CHECK;
/* How an enum stands in the database: "met", "waiting". */
struct text verdict_word(enum judgement_verdict verdict);
bool verdict_of_word(struct text word, enum judgement_verdict *out) MUST_CHECK;
struct text judgement_state_word(enum judgement_state state);

/* ---- registers ---- */

bool store_case_add(struct db_session *session, struct text county, const struct register_case *one, struct err *err) MUST_CHECK;
/* By item; the open ones first, then the latest. */
bool store_cases(struct db_session *session, struct text county, struct arena *mem, struct register_case **out, size_t *n_out,
                 struct err *err) MUST_CHECK;
bool store_case(struct db_session *session, struct text county, struct text id, struct arena *mem, struct register_case *out, struct err *err) MUST_CHECK;
/* closed, closed_on, closed_how.   Errors  ERR_CONFLICT: it is closed already */
bool store_case_close(struct db_session *session, struct text county, const struct register_case *one, struct err *err) MUST_CHECK;
/* Open cases of an item that count in a year. */
bool store_cases_open(struct db_session *session, struct text county, struct text item, int year, int64_t *out, struct err *err) MUST_CHECK;
/* The years from `first` on that have any returned figures, oldest first. */
bool store_years_from(struct db_session *session, struct text county, int first, struct arena *mem, int **out, size_t *n_out, struct err *err) MUST_CHECK;

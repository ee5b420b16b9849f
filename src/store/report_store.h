/* report_store.h — the report's words, frozen assessments, releases.  What is frozen can be added and read, nothing else. */
#pragma once
#include "db/db.h"
#include "model/report_words.h"

/* ---- the office's words ---- */

/* The latest version of every section that somebody wrote, by section. */
bool store_report_words(struct db_session *session, struct text county, int year, struct text subject, struct arena *mem,
                        struct section_words **out, size_t *n_out, struct err *err) MUST_CHECK;
/* All versions of one, newest first. */
bool store_report_words_versions(struct db_session *session, struct text county, int year, struct text subject, struct text section,
                                 struct arena *mem, struct section_words **out, size_t *n_out, struct err *err) MUST_CHECK;
/* Version `seen` + 1.   Errors  ERR_CONFLICT: somebody else was first */
bool store_report_words_put(struct db_session *session, struct text county, int year, struct text subject,
                            const struct section_words *words, struct err *err) MUST_CHECK;

/* ---- frozen ---- */

struct frozen_school { int year; struct text code, name, township; };
/* All that a frozen assessment is made of. */
struct frozen_inside {
    struct section_words *words;
    size_t n_words;
    struct word_list *lists;
    size_t n_lists;
    struct frozen_school *lacking;   /* schools that the assessment lacks */
    size_t n_lacking;
    struct frozen_file *files;
    size_t n_files;
};
/* The bytes of its files were put with store_file_put. */
bool store_frozen_add(struct db_session *session, struct text county, const struct frozen *frozen, const struct frozen_inside *inside,
                      struct err *err) MUST_CHECK;
/* Newest first. */
bool store_frozen_list(struct db_session *session, struct text county, struct arena *mem, struct frozen **out, size_t *n_out, struct err *err) MUST_CHECK;
/* ERR_ABSENT when there is none. */
bool store_frozen(struct db_session *session, struct text county, struct text id, struct arena *mem, struct frozen *out,
                  struct frozen_inside *inside_out, struct err *err) MUST_CHECK;

/* Whether figures of a year, or whose return of it counts, changed behind a data version. */
bool store_year_changed_since(struct db_session *session, struct text county, int year, int64_t version, bool *out, struct err *err) MUST_CHECK;

/* ---- released ---- */

bool store_release_add(struct db_session *session, struct text county, const struct release *release, const struct release_figure *figures,
                       size_t n, struct err *err) MUST_CHECK;
/* Newest first, withdrawn ones too. */
bool store_releases(struct db_session *session, struct text county, struct arena *mem, struct release **out, size_t *n_out, struct err *err) MUST_CHECK;
bool store_release_figures(struct db_session *session, struct text county, struct text id, struct arena *mem, struct release_figure **out,
                           size_t *n_out, struct err *err) MUST_CHECK;
/* ERR_CONFLICT: withdrawn already, or there is none. */
bool store_release_withdraw(struct db_session *session, struct text county, struct text id, const struct stamp *by, struct text reason,
                            struct err *err) MUST_CHECK;

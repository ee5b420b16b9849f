/* evidence.h — proof (佐证): files in boxes.  A box is a year, what is asked (an id of evidence.csv), and a unit: the county (for
 * who is asked as county or department), a township, a school.  Nothing is ever deleted: a new version stands before the old,
 * what is withdrawn says why. */
#pragma once
#include "app/house.h"

/* ---- whose ---- */

/* Whether the actor sees what lies in a unit's boxes: a school its own, a township its own and its schools', the county all. */
bool evidence_visible(const struct snapshot *snapshot, const struct actor *actor, struct place unit);
/* Whether he may put something there: MAY_PROVE, and a department only where departments are asked.
 *   Errors  ERR_DENIED worded; ERR_ABSENT: no such school, township, or this is not asked of such a unit */
bool evidence_may_put(const struct snapshot *snapshot, const struct actor *actor, const struct evidence_asked *asked, struct place unit,
                      struct err *err) MUST_CHECK;
/* The unit of an actor's own among those that are asked: his school, his township, else the county. */
struct place evidence_own_place(const struct evidence_asked *asked, const struct actor *actor);
/* 柳林镇中心小学, 柳林镇, 全县: as it is called in the latest year that has it; the code where none has. */
struct text evidence_place_shown(const struct snapshot *snapshot, struct place unit, struct arena *mem);

/* A school that is asked in a year: those of the year, or of the latest year before that has any. */
struct evidence_school { struct text code, name, township; };
void evidence_schools(const struct snapshot *snapshot, const struct actor *actor, int year, struct arena *mem, struct evidence_school **out, size_t *n_out);
/* The townships among them, each once. */
void evidence_townships(const struct evidence_school *schools, size_t n, struct arena *mem, struct text **out, size_t *n_out);
/* How many units a row of evidence.csv asks, of those the actor sees. */
size_t evidence_units(const struct evidence_asked *asked, size_t schools, size_t townships);

/* ---- putting ---- */

struct evidence_upload { struct text name, bytes; };   /* as sent */

/* What was sent, looked into: safe to be kept. */
struct evidence_ready { struct text name, bytes, sha256, kind, text_state, text; int64_t pages; };
enum { EVIDENCE_MOST_FILES = 20 /* at once */, EVIDENCE_MOST_FILE = 20 << 20 };
/* Slow: in a process of its own.   Errors  ERR_USAGE: no file; ERR_INPUT, ERR_LIMIT: a file is not taken, with the remedy */
bool evidence_look(const struct evidence_upload *files, size_t n, struct arena *mem, struct evidence_ready **out, struct err *err) MUST_CHECK;

struct evidence_box { int year; struct text asked; struct place unit; struct text case_id /* of a register; else empty */; };
/* Inside the writer.  Returns  the new id, in mem */
bool app_evidence_put(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                      const struct evidence_box *box, const struct evidence_ready *file, struct text description, int64_t now,
                      struct arena *mem, struct text *id_out, struct err *err) MUST_CHECK;
/* Inside the writer: a new version behind the one that was seen.   Errors  ERR_CONFLICT: there is a later one, or it is withdrawn */
bool app_evidence_renew(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                        struct text id, int64_t seen, const struct evidence_ready *file, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
bool app_evidence_describe(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                           struct text id, struct text description, int64_t now, struct err *err) MUST_CHECK;
/* The reason is asked for. */
bool app_evidence_withdraw(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                           struct text id, struct text reason, int64_t now, struct err *err) MUST_CHECK;

/* ---- looking ---- */

/* What the actor sees of a year, in the order of folders, then of units, then of time; withdrawn ones too. */
bool app_evidence_of_year(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct arena *mem,
                          struct evidence **out, size_t *n_out, struct err *err) MUST_CHECK;
/* One with its versions, newest first, and what is written in the latest.   Errors  ERR_ABSENT: also where he may not see it */
struct evidence_view { struct evidence evidence; struct evidence_version *versions; size_t n_versions; struct text text; };
bool app_evidence_view(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, struct arena *mem,
                       struct evidence_view *out, struct err *err) MUST_CHECK;
/* The bytes of a version; 0: the latest. */
bool app_evidence_bytes(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, int64_t version,
                        struct arena *mem, struct evidence_version *version_out, struct text *bytes_out, struct err *err) MUST_CHECK;
/* A page of a PDF as PNG (intake/document.h), 900 pixels wide. */
bool app_evidence_page(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, int64_t version,
                       unsigned page, struct arena *mem, struct text *png_out, struct err *err) MUST_CHECK;

/* How a kind of file ("pdf") is given out: its media type, and whether a browser may show it where it stands. */
struct evidence_media { const char *type; bool shown, picture; };
struct evidence_media evidence_media(struct text kind);

/* ---- finding ---- */

/* What is written around a word that was looked for. */
struct evidence_hit { struct evidence evidence; struct text before, word, behind; };
/* Over names, descriptions and what is written in the files, of all years; what the actor does not see and what is withdrawn
 * left out.   Returns  at most `most`; *all_out: how many there are */
bool app_evidence_search(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text query, size_t most,
                         struct arena *mem, struct evidence_hit **out, size_t *n_out, size_t *all_out, struct err *err) MUST_CHECK;

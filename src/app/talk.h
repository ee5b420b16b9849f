/* talk.h — what is said about a thing of the work (ledger row, task, round, finding, meeting, concern …): comments with mentions and
 * attachments, and the history of its fields and steps.  One stream a thing; lines are added, never changed.
 *
 * A module that wants talk on its things writes a look, adds a row to talk_kinds.def, and puts {{> talk(v->talk)}} on its page
 * (web/talk_view.h).  Its acts write down what they do: app_talk_changed, app_talk_step. */
#pragma once
#include "app/evidence.h"
#include "app/house.h"
#include "model/talk.h"

enum { TALK_LONGEST = 3000 /* bytes of a comment: 1000 characters */, TALK_MOST = 300 /* lines shown */ };

/* How a thing is called, and the path of its page. */
struct talk_about { struct text title, link; };
/* Whether the actor may see the thing; called with a reader or inside the writer.
 *   Given   snapshot  NULL where none is at hand
 *   Errors  ERR_ABSENT: it is not there, or is another's (the same words) */
typedef bool talk_look(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                       struct text key, struct arena *mem, struct talk_about *out, struct err *err);
bool app_talk_look(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                   const struct talk_on *on, struct arena *mem, struct talk_about *out, struct err *err) MUST_CHECK;

/* ---- by acts, inside the writer: what they did (they have checked who may) ---- */

/* A field, as users call it, from one value in words to another; nothing where both are the same. */
bool app_talk_changed(struct db_session *session, struct text county, const struct talk_on *on, const struct actor *actor, const char *field,
                      struct text before, struct text after, int64_t now, struct err *err) MUST_CHECK;
/* A step, from one state in words to another; the reason may be empty. */
bool app_talk_step(struct db_session *session, struct text county, const struct talk_on *on, const struct actor *actor, struct text from,
                   struct text to, struct text reason, int64_t now, struct err *err) MUST_CHECK;
/* Files that were looked into (evidence_look): their bytes are kept, each is a line. */
bool app_talk_files(struct db_session *session, struct text county, const struct talk_on *on, const struct actor *actor,
                    const struct evidence_ready *files, size_t n, int64_t now, struct err *err) MUST_CHECK;
/* Any line; by.at is what it says. */
bool app_talk_add(struct db_session *session, struct text county, const struct talk_on *on, const struct talk_line *line, struct err *err) MUST_CHECK;

/* ---- by people ---- */

/* A comment, with files or files alone, inside the writer.  「@王敏」 (as shown, or the name one signs in with) sends a notice to whoever
 * is called so and may see the thing.
 *   Errors  ERR_DENIED; ERR_ABSENT; ERR_INPUT: nothing said, too long, or nobody of that name may see it */
bool app_talk_say(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                  const struct talk_on *on, struct text said, const struct evidence_ready *files, size_t n, int64_t now, struct arena *mem,
                  struct err *err) MUST_CHECK;
/* The newest TALK_MOST lines, the newest first. */
bool app_talk(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct talk_on *on, struct arena *mem,
              struct talk_line **out, size_t *n_out, struct err *err) MUST_CHECK;
/* The bytes of a line's file. */
bool app_talk_file(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct talk_on *on, int64_t position,
                   struct arena *mem, struct talk_line *line_out, struct text *bytes_out, struct err *err) MUST_CHECK;

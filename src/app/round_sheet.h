/* round_sheet.h — a sheet of an inspection round: the form's questions answered at one place, with what was seen and photos.
 *
 * An answer is saved field by field over the stamp that was shown (nobody overwrites unseen); beside each question stands the field
 * "B1.note": what was seen.  What is sent twice is kept once, so that a phone may send again whatever it is not sure of. */
#pragma once
#include "app/forms.h"
#include "app/round.h"
#include "survey/answers.h"

struct round_figure { struct text key, title, words; };   /* of a question; words empty: none */
struct round_sheet {
    struct round_view round;
    struct place at;
    const struct round_place *place;
    struct form_info info;               /* the version that this sheet answers */
    struct answers answers;              /* notes among them */
    struct round_photo *photos;
    size_t n_photos;
    size_t *photo_counts;                /* [question] */
    bool may_fill;                       /* now: visiting, not handed in, by this actor */
};
/* Errors  ERR_ABSENT: no such place in the round, or the actor may not see sheets of it */
bool app_round_sheet(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, struct place at,
                     struct arena *mem, struct round_sheet *out, struct err *err) MUST_CHECK;
/* [question × 2]: what is computed of the place, of one stage or both. */
struct round_figure *app_round_figures(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct round_sheet *sheet,
                                       struct arena *mem);
/* "L4", "plan:4.2.1.4", "other": which subject a question belongs to, the first word of its 依据. */
struct text round_subject(const struct edition *edition, const struct form_question *question);
/* Whether an answer is a finding: 不符合. */
bool round_answer_fails(struct text value);

/* ---- acts, inside the writer ---- */

struct round_typed { struct text field, typed; int64_t seen; };   /* seen: the stamp that was shown; 0: nothing */
enum round_outcome { ROUND_SAVED, ROUND_INVALID, ROUND_CONFLICT, N_ROUND_OUTCOMES };
struct round_saved { enum round_outcome outcome; int64_t stamp, at; struct text value /* as it stands now */, words, who; };
enum { ROUND_MOST_FIELDS = 200, ROUND_LONGEST_NOTE = 1000 /* characters */, ROUND_MOST_PHOTOS = 12 /* to a question */ };
/* saved[n] in the order given.   Errors  ERR_DENIED, ERR_CONFLICT: handed in, not visiting; ERR_USAGE: no such question */
bool app_round_answer(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                      struct place at, const struct round_typed *typed, size_t n, int64_t now, struct arena *mem, struct round_saved *saved,
                      struct err *err) MUST_CHECK;
/* photo: an id of 16 to 40 letters and digits that the phone made; the same one again changes nothing. */
bool app_round_photo_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                         struct place at, struct text photo, struct text question, const struct evidence_ready *file, int64_t now, struct arena *mem,
                         struct err *err) MUST_CHECK;
bool app_round_photo_remove(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                            struct text id, struct place at, struct text photo, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
bool app_round_photo_bytes(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, struct place at,
                           struct text photo, struct arena *mem, struct round_photo *photo_out, struct text *bytes_out, struct err *err) MUST_CHECK;
/* Hands the sheet in; each failing answer becomes a finding, with what was seen.
 *   Errors  ERR_INPUT: questions are open, or a failing one does not say what was seen */
bool app_round_sheet_done(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                          struct text id, struct place at, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;
/* Takes it back, until the round is fed back. */
bool app_round_sheet_again(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                           struct text id, struct place at, int64_t now, struct arena *mem, struct err *err) MUST_CHECK;

/* frozen.h — an assessment laid down for good (归档).
 *
 * What is kept: the data version, the tables of the edition, the office's words, the index of proofs, judgements and registers as
 * they stood, the proofs themselves, the day; and the files that were made of them.  Nothing of it is ever changed: no query can.
 * The manifest names every file with its SHA-256; the manifest's own hash stands in the audit's chain.  All of it can be made again
 * from what is kept, and then is the same, byte for byte. */
#pragma once
#include "app/house.h"
#include "app/past.h"
#include "model/report_words.h"
#include "store/report_store.h"

struct freeze_wish {
    int year;
    struct text reason;        /* 「报送市级复核」 */
    struct text address;       /* of the server, as struct report_terms; may be empty */
};
/* Slow, not inside the writer.
 *   Returns  its id, in mem
 *   Errors   ERR_DENIED; ERR_INPUT: no reason; ERR_ABSENT: no such year; ERR_CONFLICT: a section's words are broken, or the data
 *            changed while it was made; ERR_OUTSIDE */
bool app_freeze(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct freeze_wish *wish, int64_t now,
                struct arena *mem, struct text *id_out, struct err *err) MUST_CHECK;

/* All, newest first.   Errors  ERR_DENIED: not for who does not see the county */
bool app_frozen_list(struct house *house, const struct actor *actor, struct arena *mem, struct frozen **out, size_t *n_out, struct err *err) MUST_CHECK;
bool app_frozen(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct frozen *out,
                struct frozen_inside *inside_out, struct err *err) MUST_CHECK;
/* One of its files by its path, or "清单.json"; leaves an "export.report" in the audit.   Errors  ERR_DENIED; ERR_ABSENT */
bool app_frozen_file(struct house *house, const struct actor *actor, struct text id, struct text path, int64_t now, struct arena *mem,
                     struct text *bytes_out, struct err *err) MUST_CHECK;
/* The path of the manifest. */
#define FROZEN_MANIFEST "清单.json"

/* ---- made again ---- */

enum frozen_check { FROZEN_SAME, FROZEN_DIFFERS, FROZEN_CANNOT /* not on this machine */ };
struct frozen_checked { struct text path, recorded, found; enum frozen_check check; enum frozen_role role; };
struct frozen_verified {
    struct frozen_checked *files;      /* in the order of the manifest; the manifest last */
    size_t n, differing, not_made;
    bool chained;                      /* the manifest's hash stands in the audit's line of its freezing */
};
/* Makes all that can be made again, hashes all that is stored, and compares.  Slow.  A difference is a finding, not an error. */
bool app_frozen_verify(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct frozen_verified *out,
                       struct err *err) MUST_CHECK;
/* The county as it was frozen: the snapshot of its data version under its own edition, in mem; *year_out its index. */
bool app_frozen_state(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct snapshot *out,
                      size_t *year_out, struct err *err) MUST_CHECK;

/* ---- packed ---- */

/* Everything in one zip, in the manifest's order; the same bytes each time.  Slow.
 *   Errors  ERR_DENIED; ERR_LIMIT */
bool app_frozen_zip(struct house *house, const struct actor *actor, struct text id, int64_t now, struct arena *mem, struct text *name_out,
                    struct text *bytes_out, struct err *err) MUST_CHECK;
/* The application pack (申请材料) of a year: the zip of its latest frozen assessment, once every condition is green.
 *   Errors  as above; ERR_CONFLICT: what blocks */
bool app_application_pack(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, int64_t now,
                          struct arena *mem, struct text *name_out, struct text *bytes_out, struct err *err) MUST_CHECK;

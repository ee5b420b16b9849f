/* audit.h — the record of what was done: each line is committed together with the change it tells of, and its
 * hash covers its fields and the line before, so that nobody alters, removes or inserts one unseen.
 *
 * A cut tail leaves a chain that is whole: it shows only against an *anchor*, a line's number and hash that stand
 * where the instance's administrator cannot reach (the foot of a printed report, another machine). */
#pragma once
#include "app/house.h"
#include "base/lang.h"
#include "base/secret.h"
#include "model/audit_line.h"

/* Adds a line, inside the savepoint of the change.  `verb` is noun.verb ("import.confirm", app/audit_verbs.def gives it
 * its Chinese); object: to what; detail: key=value words.  Never a pupil's or a contact's data: those as digests only. */
bool audit_write(struct db_session *session, const struct actor *actor, const char *verb, struct text object, struct text detail,
                 int64_t now, struct err *err) MUST_CHECK;

struct audit_anchor { int64_t seq; char hash[HEX_SIZE(SHA256_SIZE) + 1]; };   /* seq 0: nothing was written yet */
bool app_audit_anchor(struct house *house, struct audit_anchor *out, struct err *err) MUST_CHECK;
/* "1284:9f3c…", as printed: the hash may be cut down to 16 digits.   Errors  ERR_USAGE */
bool audit_anchor_read(struct text printed, struct audit_anchor *out, struct err *err) MUST_CHECK;

enum audit_fault { AUDIT_WHOLE, AUDIT_MISSING, AUDIT_ALTERED, AUDIT_NOT_THE_ANCHOR, AUDIT_CUT };
struct audit_tally {
    int64_t lines;
    struct audit_anchor head;        /* of what is there: the next anchor */
    int64_t faults;
    enum audit_fault first;          /* the first fault … */
    int64_t first_seq;               /* … and the line at which it shows */
};
/* Walks the whole chain.  Faults are findings: the call succeeds, and the tally tells them.
 *   Given    anchor  from a place out of reach; NULL: none is known */
bool app_audit_verify(struct house *house, const struct audit_anchor *anchor, struct audit_tally *out, struct err *err) MUST_CHECK;
/* "第 17 行被改过…" */
struct text audit_fault_said(const struct audit_tally *tally, struct arena *mem);

/* The same, line by line (audit_verify.c). */
struct audit_walk { struct audit_tally tally; struct audit_anchor anchor; bool anchored; };
void audit_walk_start(struct audit_walk *walk, const struct audit_anchor *anchor);
void audit_walk_line(struct audit_walk *walk, const struct audit_line *line);
void audit_walk_end(struct audit_walk *walk);
/* The hash of a line behind `before` (hexadecimal; empty for the first). */
void audit_hash(const struct audit_line *line, struct text before, char out[HEX_SIZE(SHA256_SIZE) + 1]);

enum { AUDIT_PAGE_MOST = 500 };
/* For the audit administrator, the newest first; the next page begins before the last line's number.
 *   Errors  ERR_DENIED */
bool app_audit_list(struct house *house, const struct actor *actor, const struct audit_page *page, struct arena *mem,
                    struct audit_line **out, size_t *n_out, struct err *err) MUST_CHECK;
/* A verb in a reader's language; the verb itself when it has no name. */
struct text audit_verb_shown(struct text verb, enum lang lang);

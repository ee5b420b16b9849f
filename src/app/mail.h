/* mail.h — notices by e-mail: whose address, the outbox, what becomes of it.
 *
 * A letter holds what the notice holds, a title, a text and a link, and is put into the outbox in the notice's savepoint; a duty
 * (upkeep.h) sends what is due.  Whoever wants mail has typed the code that was sent to his address.  A county may do without mail:
 * then nothing is put, nothing is sent. */
#pragma once
#include "app/house.h"

struct notice;
struct upkeep_row;

/* How letters leave (junheng.conf).  Texts live as long as the house. */
struct mail_settings {
    struct text url;              /* smtp://host:587 or smtps://host:465; empty: no mail */
    struct text user, password;   /* both or neither */
    struct text from;             /* 「青禾县教育局 <jh@edu.cn>」 */
    struct text site;             /* https://jh.edu.cn: what links begin with, no / at its end */
};
/* Whether they can be: all that can be said without asking the server.   Errors  ERR_INPUT names the setting and the remedy */
bool mail_settings_right(const struct mail_settings *settings, struct err *err) MUST_CHECK;
/* For a house that is not shared yet; copied.  Without: no mail. */
void app_mail_use(struct house *house, const struct mail_settings *settings);
bool app_mail_configured(const struct house *house);

/* ---- the outbox --------------------------------------------------------------------------- */

enum { MAIL_TRIES = 10 };
/* A notice also goes to the confirmed addresses of those whom it is for.  Inside the writer; app_notice_put does it. */
bool app_mail_put(struct db_session *session, struct text county, const struct notice *notice, int64_t now, struct err *err) MUST_CHECK;
/* How long after the n-th try (1, 2 …) the next one comes, in seconds: a minute at first, then ever longer. */
int64_t mail_wait(int tries);
/* The duty: sends what is due, the oldest first; forgets what has been over for long.  It stops after some seconds and asks for
 * another round.   Errors  what the mail server said, once for all that wait */
bool app_mail_send(struct house *house, int64_t now, struct arena *mem, struct text *done_out, struct err *err) MUST_CHECK;

/* ---- one's own address -------------------------------------------------------------------- */

struct mail_own {
    bool possible;                /* mail is set up, and the county uses it */
    struct text address;          /* empty: none */
    bool confirmed, wanted;
};
/* None of these on the writer's thread. */
bool app_mail_own(struct house *house, const struct actor *actor, struct arena *mem, struct mail_own *out, struct err *err) MUST_CHECK;
/* Sends a code of six digits there; it holds for a day and five tries.
 *   Errors  ERR_INPUT: no address; ERR_DENIED: mail is not in use; ERR_LIMIT: a code was sent within the last minute */
bool app_mail_own_set(struct house *house, const struct actor *actor, struct text address, int64_t now, struct err *err) MUST_CHECK;
/* ERR_ABSENT: nothing to confirm, or run out; ERR_INPUT: another code */
bool app_mail_own_confirm(struct house *house, const struct actor *actor, struct text code, int64_t now, struct err *err) MUST_CHECK;
bool app_mail_own_want(struct house *house, const struct actor *actor, bool wanted, int64_t now, struct err *err) MUST_CHECK;
bool app_mail_own_drop(struct house *house, const struct actor *actor, int64_t now, struct err *err) MUST_CHECK;

/* ---- for the system administrator (MAY_SYSTEM) -------------------------------------------- */

struct mail_fault { int64_t id, tried_at, next_at; int tries; bool given_up; struct text address, fault; };   /* address: masked */
struct mail_state {
    bool configured, allowed;
    struct text server, from, site;
    int64_t addresses;                        /* confirmed */
    int64_t waiting, sent, given_up;          /* of the last months */
    struct mail_fault *faults;                /* the latest first */
    size_t n_faults;
};
bool app_mail_state(struct house *house, const struct actor *actor, struct arena *mem, struct mail_state *out, struct err *err) MUST_CHECK;
/* Whether the county uses mail at all; what waits is given up where it does not. */
bool app_mail_allow(struct house *house, const struct actor *actor, bool allowed, int64_t now, struct err *err) MUST_CHECK;
/* What was given up within a week waits again, and all that waits is due at once. */
bool app_mail_retry(struct house *house, const struct actor *actor, int64_t now, int64_t *n_out, struct err *err) MUST_CHECK;
/* Sends a letter now, by no outbox: slow.   Errors  what the server said; ERR_INPUT: no address; ERR_ABSENT: not configured */
bool app_mail_test(struct house *house, const struct actor *actor, struct text address, int64_t now, struct err *err) MUST_CHECK;

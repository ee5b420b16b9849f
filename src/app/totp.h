/* totp.h — the second factor: six digits that an authenticator program makes anew each half minute (RFC 6238, SHA-1).
 *
 * One's own business to set up; another's to clear when the phone is lost.  The key stands encrypted in the database; each
 * code is taken once; a clock may be half a minute off. */
#pragma once
#include "app/access.h"

enum { TOTP_KEY = 20, TOTP_DIGITS = 6, TOTP_STEP = 30, TOTP_KEY_SHOWN = 32 };

/* The code of a half minute (seconds since 1970 / 30). */
void totp_code(const unsigned char key[TOTP_KEY], int64_t step, char out[TOTP_DIGITS + 1]);
/* The half minute near `now` whose code this is, blanks and full-width digits allowed; −1: none. */
int64_t totp_step_of(const unsigned char key[TOTP_KEY], struct text code, int64_t now);

struct totp_state {
    bool on;                 /* a code was shown: it is asked for when signing in */
    struct text key;         /* in base 32, groups of four; only while it is not on */
    struct text link;        /* otpauth://totp/… of the same, for the QR code */
};
/* One's own. */
bool app_totp(struct house *house, const struct actor *actor, struct arena *mem, struct totp_state *out, struct err *err) MUST_CHECK;
/* Acts that write never run on the writer's thread.  begin: a new key, not asked for until confirmed.
 *   Errors  ERR_CONFLICT: it is on already */
bool app_totp_begin(struct house *house, const struct actor *actor, int64_t now, struct err *err) MUST_CHECK;
/* With a first code: from now on it is asked for.   Errors  ERR_INPUT: not the code; ERR_ABSENT: none was begun */
bool app_totp_confirm(struct house *house, const struct actor *actor, struct text code, int64_t now, struct err *err) MUST_CHECK;
/* One's own again off, with a code.   Errors  ERR_INPUT, ERR_ABSENT */
bool app_totp_end(struct house *house, const struct actor *actor, struct text code, int64_t now, struct err *err) MUST_CHECK;
/* Somebody else's is cleared; his sessions end.   Errors  ERR_DENIED, ERR_ABSENT */
bool app_totp_reset(struct house *house, const struct actor *actor, struct text name, int64_t now, struct err *err) MUST_CHECK;

/* Inside the writer: takes a code of the account; *right_out false: wrong, or taken before. */
bool totp_take(struct house *house, struct db_session *session, int64_t account, struct text code, int64_t now, struct arena *mem,
               bool *right_out, struct err *err) MUST_CHECK;

/* Whether the three administrators must have one-time codes: whoever has none can, once signed in, only set them up. */
bool app_totp_demanded(struct house *house, bool *out, struct err *err) MUST_CHECK;
/* For the system administrator.  At once, also for who is signed in.   Errors  ERR_DENIED */
bool app_totp_demand(struct house *house, const struct actor *actor, bool demanded, int64_t now, struct err *err) MUST_CHECK;
/* Whether this account in this role must set them up first. */
struct account_record;
bool totp_lacking(struct db_session *session, const struct account_record *account, struct arena *mem, bool *out, struct err *err) MUST_CHECK;

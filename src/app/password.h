/* password.h — passwords: hashed so that guessing is dear, and not so many at once that others wait. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

enum { PASSWORD_ENCODED = 128, PASSWORD_MADE = 14, PASSWORD_LEAST = 10, PASSWORD_MOST = 128 };

/* At most `at_once` hash at a time, PASSWORD_QUEUE wait. */
enum { PASSWORD_QUEUE = 32 };
struct password_gate;
struct password_gate *password_gate_new(struct arena *mem, unsigned at_once);
void password_gate_end(struct password_gate *gate);
/* Waits for its turn.   Errors  ERR_LIMIT: too many wait already */
bool password_enter(struct password_gate *gate, struct err *err) MUST_CHECK;
void password_leave(struct password_gate *gate);

/* Argon2id, 19 MiB, two passes, one lane; the parameters and a random salt stand in what is made.  Between enter
 * and leave.   Errors  ERR_OUTSIDE */
bool password_hash(struct text password, char out[PASSWORD_ENCODED], struct err *err) MUST_CHECK;
/* The same with other parameters, as older programs made it. */
bool password_hash_with(struct text password, uint32_t memory_kib, uint32_t passes, char out[PASSWORD_ENCODED], struct err *err) MUST_CHECK;
/* Takes equally long when there is no such account: an empty `encoded` is compared with a hash of nobody's. */
bool password_right(struct text encoded, struct text password);
/* KiB × passes that this thread has hashed so far: what a stranger could measure by the clock. */
uint64_t password_worked(void);
/* Was it hashed with less than today's parameters? */
bool password_outdated(struct text encoded);

/* May it be a password: long enough, not of one kind, not the name.   Errors  ERR_INPUT says what is missing */
bool password_good(struct text password, struct text name, struct err *err) MUST_CHECK;
/* A password to be given to somebody and changed by him: twelve of 31 letters and digits, without letters that look alike. */
void password_make(char out[PASSWORD_MADE + 1]);

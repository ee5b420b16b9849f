/* smtp.h — hands letters to a mail server (libcurl): one connection for as many as come. */
#pragma once
#include "base/err.h"
#include "base/text.h"

struct smtp;

struct smtp_server {
    struct text url;             /* smtp://host:587 (STARTTLS) or smtps://host:465 */
    struct text user, password;  /* both empty: none is asked for */
};

enum smtp_fate {
    SMTP_SENT,      /* the server has it */
    SMTP_LATER,     /* this letter not now (4yz) */
    SMTP_REFUSED,   /* this letter never (5yz): no such address … */
    SMTP_DOWN,      /* no letter at all: no connection, wrong password, bad certificate; or it was told to stop */
};

/* `stop` is asked now and then; true ends what is being sent (SMTP_DOWN).   Errors  ERR_OUTSIDE: libcurl is not installed */
bool smtp_open(const struct smtp_server *server, bool (*stop)(const void *context), const void *context, struct arena *mem,
               struct smtp **out, struct err *err) MUST_CHECK;
/* Blocks for at most some 40 s: never on the writer's thread.  Without TLS it speaks to this machine, and to a server that asks for
 * no password and offers no TLS; a password never goes in the clear over a network.
 *   Output  err worded where the fate is not SMTP_SENT: what, what the server said, what to do */
enum smtp_fate smtp_send(struct smtp *smtp, struct text from, struct text to, struct text message, struct err *err);
void smtp_close(struct smtp **smtp);   /* fine for NULL */

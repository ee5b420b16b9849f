/* console.h — a server's console: commands of the same machine's administrator, forwarded over DIR/junheng.sock, run
 * against the open house one at a time.  Only the server's own user and root are heard. */
#pragma once
#include "app/house.h"

struct console;
/* Listens, on a thread of its own.   Errors  ERR_OUTSIDE */
bool console_start(struct house *house, const char *folder, struct console **out, struct err *err) MUST_CHECK;
/* Waits for the command at hand, and takes the socket away; fine for NULL. */
void console_stop(struct console **console);

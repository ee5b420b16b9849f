/* forward.h — a command that a running server does: its words go over DIR/junheng.sock, what it writes comes back. */
#pragma once
#include "cli/command.h"

enum forward { FORWARD_DONE, FORWARD_NOBODY, FORWARD_FAILED };
/* FORWARD_NOBODY: no server listens there (err untouched).  FORWARD_DONE: what it wrote stands in run's outputs, its exit
 * code in run->forwarded_code.   Errors  ERR_OUTSIDE: the connection broke */
enum forward forward_command(struct command_context *run, const char *folder, struct err *err) MUST_CHECK;

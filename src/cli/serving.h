/* serving.h — a house with its server and console, until somebody says stop; what serve and demo share. */
#pragma once
#include "cli/config.h"

/* Serves the folder until SIGINT or SIGTERM.  `ready` is called once the first request would be answered.
 *   Errors  those of house_open, web_start */
bool serve_house(struct command_context *run, const char *folder, const struct config *config,
                 void (*ready)(struct command_context *run, const char *address, void *context), void *context, struct err *err) MUST_CHECK;

/* upkeep.h — a server's thread that makes the rounds of app/upkeep.h. */
#pragma once
#include "base/err.h"

struct web_server;
/* Does nothing when the options ask for none.   Errors  ERR_OUTSIDE */
bool web_upkeep_start(struct web_server *server, struct err *err) MUST_CHECK;
/* Waits for the duty at hand, which is told to hurry. */
void web_upkeep_stop(struct web_server *server);

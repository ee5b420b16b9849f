/* metrics.h — /metrics in Prometheus' text format, on a port of its own that only this machine reaches. */
#pragma once
#include "base/err.h"

struct web_server;
/* Does nothing when the options ask for none.   Errors  ERR_OUTSIDE: the port is taken */
bool metrics_start(struct web_server *server, struct err *err) MUST_CHECK;
void metrics_stop(struct web_server *server);

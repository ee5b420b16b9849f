/* dispatch.h — from the head of a request to a handler: who is it, may he, is it meant; then the handler runs. */
#pragma once
#include "web/exchange.h"

/* Before the body is read.  False: the exchange is refused, or its response made already. */
bool dispatch_head(struct exchange *exchange, bool known_method, enum method method);
/* With the whole body.  True: it is suspended and goes on elsewhere; false: response or fault stand there. */
bool dispatch_run(struct exchange *exchange);
/* The largest body that the route takes. */
size_t dispatch_largest(const struct exchange *exchange);

/* respond.h — the answer onto the wire: headers all answers have, gzip, length. */
#pragma once
#include "web/exchange.h"

/* Queues the response (or the error page, where the exchange is refused).  False: the connection must end. */
bool respond(struct exchange *exchange);

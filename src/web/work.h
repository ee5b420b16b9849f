/* work.h — runs a handler where its route says: here, on a slow thread, or inside the database's writer. */
#pragma once
#include "web/exchange.h"

/* True: it goes on elsewhere, and exchange_resume will be called.  False: response or fault stand there. */
bool work_begin(struct exchange *exchange);

#include "web/exchange.h"

#include "web/http_late.h"
#include "web/serve_inside.h"

bool exchange_refuse(struct exchange *e, int status, enum err_kind kind, const char *what, const char *hint)
{
    err_set(&e->fault, kind, "%s", what);
    err_hint(&e->fault, "%s", hint);
    e->status = status;
    e->refused = true;
    return false;
}

void exchange_suspend(struct exchange *e)
{
    e->stage = STAGE_WORK;
    line_until(e->line, INT64_MAX);
    atomic_fetch_add(&e->server->suspended, 1);
    http.MHD_suspend_connection(e->connection);
}

void exchange_resume(struct exchange *e)
{
    struct web_server *const server = e->server;
    e->stage = STAGE_DONE;
    http.MHD_resume_connection(e->connection);
    atomic_fetch_sub(&server->suspended, 1);
}

#include "web/work.h"

#include "web/serve_inside.h"

enum { BUSY_RETRY = 5 };

static bool run(struct exchange *e)
{
    return e->request.route->handler(&e->request, &e->response, &e->fault);
}

/* ---- on a slow thread --------------------------------------------------------------------- */

static void run_slowly(void *with)
{
    struct exchange *const e = with;
    e->refused = !run(e);
    exchange_resume(e);
}

static bool begin_slow(struct exchange *e)
{
    struct web_server *const server = e->server;
    struct pool *const pool = e->request.route->form == FORM_LOGIN ? server->signing : server->slow;
    exchange_suspend(e);
    if (pool_add(pool, run_slowly, e))
        return true;
    e->retry_after = BUSY_RETRY;
    exchange_refuse(e, 503, ERR_LIMIT, "现在办事的人太多，这一步没有做。", "请过几秒再试。");
    exchange_resume(e);
    return true;
}

/* ---- inside the writer -------------------------------------------------------------------- */

static bool run_in_writer(void *context, struct db_session *session, struct err *err)
{
    struct exchange *const e = context;
    e->request.writing = session;
    const bool ok = run(e);
    e->request.writing = NULL;
    if (!ok)
        *err = e->fault;
    return ok;
}

static void after_commit(void *context, bool ok, const struct err *err)
{
    struct exchange *const e = context;
    if (!ok) { /* what the handler answered is void: nothing was kept */
        e->fault = *err;
        e->refused = true;
    }
    exchange_resume(e);
}

static bool begin_write(struct exchange *e)
{
    exchange_suspend(e);
    db_write_later(house_db(e->request.house), run_in_writer, after_commit, e);
    return true;
}

bool work_begin(struct exchange *e)
{
    switch (e->request.route->flow) {
    case FLOW_SLOW: return begin_slow(e);
    case FLOW_WRITE: return begin_write(e);
    default: e->refused = !run(e); return false;
    }
}

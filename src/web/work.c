#include "web/work.h"

#include "web/frame.h"
#include "web/serve_inside.h"

enum { BUSY_RETRY = 5 };

static bool run(struct exchange *e, struct err *err)
{
    return e->request.route->handler(&e->request, &e->response, err);
}

/* ---- on a slow thread --------------------------------------------------------------------- */

static bool done_before(struct exchange *e, bool *found_out)
{
    struct db_session *session;
    *found_out = false;
    if (!e->once.key[0])
        return true;
    if (!db_read_begin(house_db(e->request.house), &session, &e->fault))
        return false;
    const bool ok = once_find(&e->once, session, &e->request, &e->response, found_out, &e->fault);
    db_read_end(&session);
    return ok;
}

static bool note(void *context, struct db_session *session, struct err *err)
{
    struct exchange *const e = context;
    return once_note(&e->once, session, &e->request, &e->response, err);
}

/* The act has written by itself: that its key cannot be kept is no reason to call it undone. */
static void note_done(struct exchange *e)
{
    struct err unheeded = { 0 };
    if (once_is_answer(&e->once, &e->request, &e->response))
        (void)!db_write(house_db(e->request.house), note, e, &unheeded);
}

static void run_slowly(void *with)
{
    struct exchange *const e = with;
    struct at_work *const at_work = e->server->doing;
    if (!at_work_begin(at_work, &e->once)) {
        exchange_refuse(e, 0, ERR_CONFLICT, "这一步正在办，还没有办完。", "请稍等，再刷新页面看结果。");
    } else {
        bool found;
        e->refused = !done_before(e, &found);
        if (!e->refused && !found) {
            e->refused = !run(e, &e->fault);
            if (!e->refused)
                note_done(e);
        }
        at_work_end(at_work, &e->once);
    }
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
    struct request *const r = &e->request;
    bool found, ok;
    r->writing = session;
    ok = once_find(&e->once, session, r, &e->response, &found, err) &&
         (found || (run(e, err) && once_note(&e->once, session, r, &e->response, err)));
    r->writing = NULL;
    return ok;
}

static void after_commit(void *context, bool ok, const struct err *err)
{
    struct exchange *const e = context;
    if (ok) {
        house_changed(e->request.house);
    } else { /* what the handler answered is void: nothing was kept */
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

/* ---- on the HTTP worker ------------------------------------------------------------------- */

static bool find_kept(struct exchange *e)
{
    struct request *const r = &e->request;
    struct text page;
    if (r->route->method != METHOD_GET || r->route->form != FORM_NONE || !r->signed_in || !r->snapshot)
        return false;
    frame_marks(r, e->marks);
    e->share_key = shared_key(r);
    if (!shared_find(e->server->shared, e->share_key, e->marks, r->gzip, r->mem, &page, &e->response.gzipped))
        return false;
    e->response.type = TEXT("text/html; charset=utf-8");
    e->response.body = page;
    e->filled = true;
    return true;
}

static void run_here(struct exchange *e)
{
    if (find_kept(e))
        return;
    const size_t n = e->response.n_headers;
    e->refused = !run(e, &e->fault);
    e->response.shared = e->response.shared && e->response.n_headers == n;
}

bool work_begin(struct exchange *e)
{
    e->once = once_of(&e->request);
    switch (e->request.route->flow) {
    case FLOW_SLOW: return begin_slow(e);
    case FLOW_WRITE: return begin_write(e);
    default: run_here(e); return false;
    }
}

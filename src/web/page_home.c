/* The front door: the first page the actor may see; whether the service is well; what browsers report. */
#include "web/frame.h"
#include "web/pages.h"
#include "web/serve_inside.h"

bool page_home(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    response_redirect(response, frame_home(request));
    return true;
}

/* 200 while data can be read and written; the body is for people, the status for programs. */
bool page_health(struct request *request, struct response *response, struct err *err)
{
    const struct db_figures db = db_figures(house_db(request->house));
    const struct snapshot *snapshot;
    if (db.broken)
        return err_set(err, ERR_OUTSIDE, "数据库不能再写，服务器即将重启。");
    if (!house_snapshot(request->house, &snapshot, err))
        return false;
    snapshot_release(&snapshot);
    response_text(response, TEXT("ok\n"));
    return true;
}

bool page_csp_report(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    tally_csp(request->server->tally);
    response->status = 204;
    return true;
}

/* A comment is said, a file of the talk is given out; the talk itself stands on the page of its thing (talk_view.h). */
#include "app/talk.h"

#include "base/number.h"
#include "web/page_evidence.h"
#include "web/pages.h"

struct saying { struct request *request; struct talk_on on; const struct evidence_ready *files; size_t n; };

static bool put(void *context, struct db_session *session, struct err *err)
{
    const struct saying *const s = context;
    struct request *const r = s->request;
    return app_talk_say(r->house, session, r->snapshot, &r->actor, &s->on, request_field(r, "said"), s->files, s->n, r->now, r->mem, err);
}

/* Where the thing stands; from there one goes on, also when it went wrong. */
static bool find(struct request *request, const struct talk_on *on, struct talk_about *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(request->house), &session, err))
        return false;
    const bool ok = app_talk_look(request->house, session, request->snapshot, &request->actor, on, request->mem, out, err);
    db_read_end(&session);
    return ok;
}

bool page_talk_say(struct request *request, struct response *response, struct err *err)
{
    struct saying saying = { .request = request, .on = { request_field(request, "kind"), request_field(request, "key_of") } };
    struct talk_about about;
    struct evidence_ready *ready = NULL;
    const struct evidence_upload *const files = evidence_uploads(request, &saying.n);
    if (!find(request, &saying.on, &about, err))
        return false;
    response->back = text_printf(request->mem, "%.*s#talk", TEXT_ARG(about.link));
    if (saying.n && !evidence_look(files, saying.n, request->mem, &ready, err))
        return false;
    saying.files = ready;
    if (!house_write(request->house, put, &saying, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

bool page_talk_file(struct request *request, struct response *response, struct err *err)
{
    const struct talk_on on = { request_capture(request, "kind"), request_capture(request, "of") };
    struct talk_line line;
    struct text bytes;
    double position;
    if (!number_parse(request_capture(request, "n"), &position) || position < 1 || position > INT32_MAX)
        return err_set(err, ERR_ABSENT, "没有这个附件。");
    if (!app_talk_file(request->house, request->snapshot, &request->actor, &on, (int64_t)position, request->mem, &line, &bytes, err))
        return false;
    evidence_give(response, bytes, line.file_kind, line.new_, text_equal(request_query(request, "show"), TEXT("1")));
    return true;
}

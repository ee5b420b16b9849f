/* Everybody's first page: what waits for him, by when, what came back and why; his inbox. */
#include "app/my.h"

#include "base/day.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/view_my.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

enum { FAR = 60 /* days */, MOST_NOTICES = 1000000000 };
enum part { PART_TODAY, PART_WEEK, PART_LATER, PART_FAR, PART_OTHERS };

/* Today: what is late, due today, or came back and holds others up. */
static enum part part_of(const struct waiting *one, int64_t tonight)
{
    if (one->whose == WAITING_FOR_OTHERS)
        return PART_OTHERS;
    if (one->came_back.size || (one->due && one->due < tonight))
        return PART_TODAY;
    if (one->due && one->due < tonight + 6 * DAY_SECONDS)
        return PART_WEEK;
    return one->due >= tonight + FAR * DAY_SECONDS ? PART_FAR : PART_LATER;
}

static struct my_line line_of(const struct request *request, const struct waiting *one)
{
    const struct text day = day_shown(one->due, request->mem);
    const bool late = one->due && one->due < request->now;
    struct my_line line = { .what = one->what, .why = one->why, .came_back = one->came_back, .link = one->link, .button = one->button,
                            .class = late ? "st unmet" : one->came_back.size ? "st near" : "note" };
    line.due = !one->due ? SAYS(T_MY_NO_DAY) : late ? SAYS_OF(T_MY_LATE, day) : SAYS_OF(T_MY_DUE, day);
    return line;
}

static void put_parts(const struct request *request, const struct my_work *work, struct view_my *view)
{
    static const struct { const char *id; enum text_key title; } PARTS[] = {
        [PART_TODAY] = { "today", T_MY_TODAY }, [PART_WEEK] = { "week", T_MY_WEEK },
        [PART_LATER] = { "later", T_MY_LATER }, [PART_FAR] = { "far", T_MY_FAR }, [PART_OTHERS] = { "others", T_MY_OTHERS },
    };
    const int64_t tonight = day_begins(day_of(request->now)) + DAY_SECONDS;
    view->n_parts = COUNT(PARTS);
    for (size_t p = 0; p < COUNT(PARTS); p++)
        view->parts[p] = (struct my_part){ text_of(PARTS[p].id), SAYS(PARTS[p].title),
                                           arena_array(request->mem, work->waiting.n + 1, struct my_line), 0, p == PART_FAR };
    for (size_t i = 0; i < work->waiting.n; i++) {
        struct my_part *const part = &view->parts[part_of(&work->waiting.at[i], tonight)];
        part->lines[part->n++] = line_of(request, &work->waiting.at[i]);
    }
}

static void put_notices(const struct request *request, const struct my_work *work, struct view_my *view)
{
    view->notices = arena_array(request->mem, work->n_notices + 1, struct my_notice);
    view->n_unread = work->n_unread;
    for (size_t i = 0; i < work->n_notices; i++) {
        const struct notice_line *const n = &work->notices[i];
        view->notices[view->n_notices++] = (struct my_notice){
            .id = text_printf(request->mem, "%lld", (long long)n->id), .title = n->title, .body = n->text, .link = n->link,
            .by = SAYS_OF(T_MY_NOTICE_BY, n->by.who, time_shown(n->by.at, request->mem)), .unread = !n->read_at,
            .due = n->due ? SAYS_OF(T_MY_DUE, day_shown(n->due, request->mem)) : TEXT(""),
            .read_path = text_printf(request->mem, "/my/notices/%lld", (long long)n->id) };
    }
}

bool page_my(struct request *request, struct response *response, struct err *err)
{
    struct my_work work;
    if (!app_my_work(request->house, request->snapshot, &request->actor, request->now, request->mem, &work, err))
        return false;
    const struct text mine = say_count(request->mem, (int64_t)work.n_mine);
    struct view_my view = { .frame = frame_of(request, SAYS(T_MY_TITLE), "my"),
                            .sub = SAYS(request->actor.permissions & MAY_SEE ? T_MY_SUB : T_MY_SUB_ADMINISTRATOR) };
    put_parts(request, &work, &view);
    put_notices(request, &work, &view);
    view.sentence = !work.n_mine                ? SAYS(T_MY_NOTHING)
                    : view.parts[PART_TODAY].n  ? SAYS_OF(T_MY_SENTENCE_TODAY, mine, say_count(request->mem, (int64_t)view.parts[PART_TODAY].n))
                                                : SAYS_OF(T_MY_SENTENCE, mine);
    struct html html = html_begin(request->mem, request->lang);
    template_my(&html, &view);
    response_html(response, &html);
    return true;
}

/* One notice (or "all") was read. */
bool page_my_notice(struct request *request, struct response *response, struct err *err)
{
    const struct text said = request_capture(request, "id");
    int64_t id = 0;
    response->back = TEXT("/my");
    for (size_t i = 0; i < said.size && !text_equal(said, TEXT("all")); i++) {
        if (said.at[i] < '0' || said.at[i] > '9' || id > MOST_NOTICES)
            return err_set(err, ERR_ABSENT, "您没有这条通知。");
        id = id * 10 + (said.at[i] - '0');
    }
    if (!app_notice_read(request->house, request->writing, &request->actor, id, request->now, request->mem, err))
        return false;
    response_redirect(response, TEXT("/my#inbox"));
    return true;
}

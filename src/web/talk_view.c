#include "web/talk_view.h"

#include "app/talk.h"
#include "base/day.h"
#include "web/page_evidence.h"
#include "web/percent.h"
#include "web/say.h"

static const char *const MARKS[] = { [TALK_SAID] = "said", [TALK_CHANGED] = "changed", [TALK_STEP] = "step", [TALK_FILE] = "file" };

static struct text or_empty(const struct request *request, struct text value)
{
    return value.size ? value : say(request->mem, request->lang, T_TALK_EMPTY, NULL, 0);
}

static struct text line_of(const struct request *request, const struct talk_line *l)
{
    switch (l->kind) {
    case TALK_CHANGED: {
        const struct text said[] = { l->field, or_empty(request, l->old), or_empty(request, l->new_) };
        return say(request->mem, request->lang, T_TALK_CHANGED, said, 3);
    }
    case TALK_STEP:
        return l->old.size ? SAID(request->mem, request->lang, T_TALK_STEP, l->old, l->new_) : SAID(request->mem, request->lang, T_TALK_BEGUN, l->new_);
    case TALK_FILE: return SAID(request->mem, request->lang, T_TALK_FILE, l->new_, evidence_size_said(request, l->file_size));
    case TALK_SAID: break;
    }
    return TEXT("");
}

static struct text who_of(const struct request *request, const struct talk_line *l)
{
    const struct role_info *const role = role_info(role_by_id(l->role));
    if (!l->by.account && !l->role.size)
        return l->by.who.size ? l->by.who : say(request->mem, request->lang, T_TALK_MACHINE, NULL, 0);
    return text_printf(request->mem, "%s %.*s", request->lang == LANG_EN ? role->en : role->zh, TEXT_ARG(l->by.who));
}

static struct talk_row row_of(const struct request *request, const struct view_talk *view, const struct talk_line *l)
{
    struct talk_row row = { .mark = MARKS[l->kind], .who = who_of(request, l), .when = time_shown(l->by.at, request->mem),
                            .line = line_of(request, l), .said = l->said };
    if (l->kind == TALK_FILE) {
        row.path = text_printf(request->mem, "/talk/%.*s/%.*s/%lld", TEXT_ARG(view->kind), TEXT_ARG(percent_encode_part(view->key, request->mem)),
                               (long long)l->position);
        row.picture = evidence_media(l->file_kind).picture;
    }
    return row;
}

bool talk_view(struct request *request, const struct view_frame *frame, struct text kind, struct text key, const struct view_talk **out,
               struct err *err)
{
    struct view_talk *const view = arena_make(request->mem, struct view_talk);
    const struct talk_on on = { kind, key };
    struct talk_line *lines;
    size_t n;
    if (!app_talk(request->house, request->snapshot, &request->actor, &on, request->mem, &lines, &n, err))
        return false;
    *view = (struct view_talk){ .frame = frame, .kind = kind, .key = key, .rows = arena_array(request->mem, n + 1, struct talk_row), .n = n,
                                .may_say = (request->actor.permissions & MAY_TALK) != 0 };
    if (n == TALK_MOST)
        view->more = SAID(request->mem, request->lang, T_TALK_MORE, say_count(request->mem, TALK_MOST));
    for (size_t i = 0; i < n; i++)
        view->rows[i] = row_of(request, view, &lines[i]);
    *out = view;
    return true;
}

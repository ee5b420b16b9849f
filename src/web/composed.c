#include "web/composed.h"

#include "made/templates.h"
#include "web/frame.h"
#include "web/say.h"
#include "web/view_empty.h"

static const bool *what_is_visible(const struct request *request)
{
    const struct snapshot *const s = request->snapshot;
    if (actor_covers_county(&request->actor))
        return NULL;
    bool *const visible = arena_array(request->mem, s->returns->n, bool);
    for (size_t row = 0; row < s->returns->n; row++)
        visible[row] = snapshot_visible(s, row, &request->actor);
    return visible;
}

struct composing *composing_of(struct request *request)
{
    const struct snapshot *const s = request->snapshot;
    if (request->year >= s->n_years)
        return NULL;
    struct composing *const c = arena_make(request->mem, struct composing);
    *c = (struct composing){ .mem = request->mem, .assessment = s->assessment, .needs = s->needs, .year = request->year,
                             .english = request->lang == LANG_EN, .visible = what_is_visible(request) };
    return c;
}

void empty_page(struct request *request, struct response *response, struct text title, const char *page)
{
    const bool may_import = (request->actor.permissions & MAY_IMPORT) && route_at("/import");
    const struct view_empty view = { .frame = frame_of(request, title, page), .title = title, .may_import = may_import };
    struct html html = html_begin(request->mem, request->lang);
    template_empty(&html, &view);
    response_html(response, &html);
}

struct text year_digits(const struct request *request)
{
    const struct snapshot *const s = request->snapshot;
    return request->year < s->n_years ? text_printf(request->mem, "%d", s->years[request->year]) : TEXT("");
}

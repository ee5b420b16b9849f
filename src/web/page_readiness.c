/* The conditions for applying: what blocks first, then all of them group by group. */
#include "app/readiness.h"

#include "made/templates.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/indicator_paths.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/view_readiness.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)

static struct text path_of(const struct request *request, const struct readiness_row *row, struct text year)
{
    switch (row->place) {
    case READINESS_AT_REGISTER: return text_printf(request->mem, "/registers?year=%.*s#register-%.*s", TEXT_ARG(year), TEXT_ARG(row->id));
    case READINESS_AT_PROOF: return text_printf(request->mem, "/evidence/%.*s?year=%.*s", TEXT_ARG(row->id), TEXT_ARG(year));
    case READINESS_AT_PROOFS: return text_printf(request->mem, "/evidence?year=%.*s", TEXT_ARG(year));
    case READINESS_AT_SCHOOLS:
        return text_printf(request->mem, "/schools?year=%.*s&stage=%.*s&verdict=unmet", TEXT_ARG(year), TEXT_ARG(stage_code((enum stage)row->stage)));
    case READINESS_AT_RETURNS: return text_printf(request->mem, "/returns?year=%.*s", TEXT_ARG(year));
    case READINESS_AT_FROZEN: return text_printf(request->mem, "/frozen?year=%.*s", TEXT_ARG(year));
    case READINESS_AT_INDICATOR: break;
    }
    return indicator_path(request, row->id, row->stage);
}

static void put_rows(struct request *request, const struct readiness *r, struct view_readiness *view)
{
    view->blocks = arena_array(request->mem, N_READINESS_GROUPS, struct readiness_block);
    view->open = arena_array(request->mem, r->n + 1, struct readiness_line);
    for (enum readiness_group g = 0; g < N_READINESS_GROUPS; g++) {
        if (!r->of[g])
            continue;
        struct readiness_block *const b = &view->blocks[view->n++];
        *b = (struct readiness_block){ .name = readiness_group_name(g, request->lang == LANG_EN), .lines = arena_array(request->mem, r->n, struct readiness_line),
                                       .open = r->met[g] < r->of[g],
                                       .count = SAID(request->mem, request->lang, T_READINESS_COUNT, say_count(request->mem, (int64_t)r->of[g]),
                                                     say_count(request->mem, (int64_t)r->met[g])) };
        for (size_t i = 0; i < r->n; i++) {
            const struct readiness_row *const row = &r->rows[i];
            if (row->group != g)
                continue;
            const bool shown_id = g < READINESS_WORK && g != READINESS_SCHOOLS;
            const struct readiness_line line = { .id = shown_id ? row->id : TEXT(""), .name = row->name, .words = row->words, .who = row->who,
                                                 .when = row->when, .path = path_of(request, row, view->year), .state = row->state,
                                                 .blocks = row->state != STATE_MET && row->state != STATE_NOT_APPLICABLE };
            b->lines[b->n++] = line;
            if (line.blocks)
                view->open[view->n_open++] = line;
        }
    }
}

bool page_readiness(struct request *request, struct response *response, struct err *err)
{
    const struct readiness *r;
    if (!composing_of(request)) {
        empty_page(request, response, SAYS(T_READINESS_TITLE), "readiness");
        return true;
    }
    if (!app_readiness(request->house, request->snapshot, &request->actor, request->year, request->lang == LANG_EN, request->now, request->mem, &r, err))
        return false;
    struct view_readiness view = { .frame = frame_of(request, SAYS(T_READINESS_TITLE), "readiness"), .sentence = r->sentence, .ready = r->ready,
                                   .year = year_digits(request), .may_pack = (request->actor.permissions & MAY_FREEZE) != 0 };
    put_rows(request, r, &view);
    struct html html = html_begin(request->mem, request->lang);
    template_readiness(&html, &view);
    response_html(response, &html);
    return true;
}

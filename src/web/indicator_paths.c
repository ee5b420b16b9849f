#include "web/indicator_paths.h"

struct text indicator_path(const struct request *request, struct text id, int stage)
{
    const struct text year = year_digits(request);
    if (stage < 0)
        return text_printf(request->mem, "/indicators/%.*s?year=%.*s", TEXT_ARG(id), TEXT_ARG(year));
    return text_printf(request->mem, "/indicators/%.*s?stage=%.*s&year=%.*s", TEXT_ARG(id), TEXT_ARG(stage_code((enum stage)stage)), TEXT_ARG(year));
}

static struct view_beside beside(const struct request *request, const struct composing *c, const struct indicator *indicator, int stage)
{
    const bool resource = composing_level(c->assessment->edition, STAGE_PRIMARY, indicator->id, NULL) ||
                          composing_level(c->assessment->edition, STAGE_JUNIOR, indicator->id, NULL);
    return (struct view_beside){ .path = indicator_path(request, indicator->id, !resource ? -1 : stage < 0 ? (int)STAGE_PRIMARY : stage),
                                 .name = c->english && indicator->brief_en.size ? indicator->brief_en : indicator->brief };
}

void indicators_beside(const struct request *request, const struct composing *c, struct text id, int stage, struct view_beside *previous,
                       struct view_beside *next)
{
    const struct edition *const e = c->assessment->edition;
    for (size_t i = 0; i < e->n_indicators; i++) {
        if (!text_equal(e->indicators[i].id, id))
            continue;
        if (i)
            *previous = beside(request, c, &e->indicators[i - 1], stage);
        if (i + 1 < e->n_indicators)
            *next = beside(request, c, &e->indicators[i + 1], stage);
        return;
    }
}

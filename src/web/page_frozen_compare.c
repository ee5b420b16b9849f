/* Two assessments beside each other: frozen or of the data, any year, any edition the program carries. */
#include "app/compared.h"

#include "app/edition.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/view_frozen.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)
enum { MOST_SHOWN = 400 };

/* "a", "a_year", "a_edition" of the query; nothing or "now": the data as they stand. */
static bool side_asked(const struct request *request, const char *name, struct compared_side *out, struct err *err)
{
    int64_t year;
    const struct text what = request_query(request, name);
    const char *const year_name = text_string(request->mem, text_printf(request->mem, "%s_year", name));
    *out = (struct compared_side){ .frozen = text_equal(what, TEXT("now")) ? TEXT("") : what,
                                   .edition = request_query(request, text_string(request->mem, text_printf(request->mem, "%s_edition", name))) };
    if (!request_query_number(request, year_name, 0, 2999, 0, &year, err))
        return false;
    out->year = (int)year;
    if (!out->year && !out->frozen.size && request->year < request->snapshot->n_years)
        out->year = request->snapshot->years[request->year];
    /* Only editions inside the program: a page does not open folders of the server. */
    size_t n;
    const char *const *const names = app_edition_names(&n);
    bool known = !out->edition.size;
    for (size_t i = 0; i < n; i++)
        known |= text_equal(out->edition, text_of(names[i]));
    return known || err_set(err, ERR_USAGE, "没有名为“%.*s”的标准版本。", (int)(out->edition.size > 40 ? 40 : out->edition.size), out->edition.at);
}

static struct compare_side choices(struct request *request, const struct compared_side *side, const struct frozen *list, size_t n)
{
    const struct snapshot *const s = request->snapshot;
    struct compare_side out = { .states = arena_array(request->mem, n + 1, struct compare_choice),
                                .years = arena_array(request->mem, s->n_years + 1, struct compare_choice) };
    out.states[out.n_states++] = (struct compare_choice){ TEXT("now"), SAYS(T_COMPARE_NOW), !side->frozen.size };
    out.name = SAYS(T_COMPARE_NOW);
    for (size_t i = 0; i < n; i++) {
        const struct text name = SAYS_OF(T_COMPARE_FROZEN, words_year(request->mem, list[i].year), day_shown(list[i].stamp.at, request->mem), list[i].reason);
        out.states[out.n_states++] = (struct compare_choice){ list[i].id, name, text_equal(list[i].id, side->frozen) };
        if (text_equal(list[i].id, side->frozen))
            out.name = name;
    }
    out.years[out.n_years++] = (struct compare_choice){ TEXT(""), SAYS(T_COMPARE_OWN_YEAR), !side->year };
    for (size_t i = s->n_years; i-- > 0;)
        out.years[out.n_years++] = (struct compare_choice){ text_printf(request->mem, "%d", s->years[i]), words_year(request->mem, s->years[i]), s->years[i] == side->year };
    size_t n_editions;
    const char *const *const names = app_edition_names(&n_editions);
    out.editions = arena_array(request->mem, n_editions + 1, struct compare_choice);
    out.editions[out.n_editions++] = (struct compare_choice){ TEXT(""), SAYS(T_COMPARE_OWN_EDITION), !side->edition.size };
    for (size_t i = 0; i < n_editions; i++)
        out.editions[out.n_editions++] = (struct compare_choice){ text_of(names[i]), text_of(names[i]), text_equal(text_of(names[i]), side->edition) };
    if (side->year)
        out.name = text_printf(request->mem, "%.*s · %.*s", TEXT_ARG(words_year(request->mem, side->year)), TEXT_ARG(out.name));
    if (side->edition.size)
        out.name = text_printf(request->mem, "%.*s · %.*s", TEXT_ARG(out.name), TEXT_ARG(side->edition));
    return out;
}

static void put_differences(struct request *request, const struct differences *d, struct view_frozen_compare *view)
{
    view->compared = true;
    view->groups = arena_array(request->mem, N_DIFFERENCE_GROUPS, struct difference_group);
    for (enum difference_group_of g = 0; g < N_DIFFERENCE_GROUPS; g++) {
        struct difference_group *const group = &view->groups[view->n++];
        *group = (struct difference_group){ .name = difference_group_name(g, request->lang == LANG_EN),
                                            .lines = arena_array(request->mem, d->n_of[g] + 1, struct difference_line),
                                            .count = SAYS_OF(T_COMPARE_COUNT, say_count(request->mem, (int64_t)d->looked_of[g]), say_count(request->mem, (int64_t)d->n_of[g])) };
        for (size_t i = 0; i < d->n && group->n < MOST_SHOWN; i++)
            if (d->at[i].group == g)
                group->lines[group->n++] = (struct difference_line){ d->at[i].what, d->at[i].where, d->at[i].a, d->at[i].b };
    }
    view->sentence = d->n ? SAYS_OF(T_COMPARE_SENTENCE, say_count(request->mem, (int64_t)d->looked), say_count(request->mem, (int64_t)d->n))
                          : SAYS_OF(T_COMPARE_SAME, say_count(request->mem, (int64_t)d->looked));
}

bool page_frozen_compare(struct request *request, struct response *response, struct err *err)
{
    struct compared_side a, b;
    struct frozen *list;
    size_t n;
    const struct differences *d;
    if (!composing_of(request)) {
        empty_page(request, response, SAYS(T_COMPARE_TITLE), "frozen");
        return true;
    }
    if (!side_asked(request, "a", &a, err) || !side_asked(request, "b", &b, err) || !app_frozen_list(request->house, &request->actor, request->mem, &list, &n, err))
        return false;
    struct view_frozen_compare view = { .frame = frame_of(request, SAYS(T_COMPARE_TITLE), "frozen"), .a = choices(request, &a, list, n),
                                        .b = choices(request, &b, list, n), .sentence = SAYS(T_COMPARE_CHOOSE) };
    if (request_query(request, "a").size) {
        if (app_compared(request->house, &request->actor, &a, &b, request->lang == LANG_EN, request->mem, &d, err)) {
            put_differences(request, d, &view);
        } else if (err->kind == ERR_ABSENT) {
            view.fault = text_copy(request->mem, text_of(err->what));
            view.hint = text_copy(request->mem, text_of(err->hint));
            *err = (struct err){ 0 };
            response->status = 404;
        } else {
            return false;
        }
    }
    struct html html = html_begin(request->mem, request->lang);
    template_frozen_compare(&html, &view);
    response_html(response, &html);
    return true;
}

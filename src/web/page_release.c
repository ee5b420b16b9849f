/* The public page; and where the office chooses what stands on it, looks at it, releases, withdraws. */
#include "app/release.h"

#include "app/publicity.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/page_office.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/view_release.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- tables ------------------------------------------------------------------------------- */

static struct public_table table_said(const struct request *request, struct text figure, const struct word_list *from)
{
    const bool en = request->lang == LANG_EN;
    const struct public_kind *const kind = public_kind(figure);
    struct public_table to = { .id = figure, .name = kind ? text_of(en ? kind->en : kind->zh) : figure,
                               .means = kind ? public_means(kind, house_edition(request->house), en, request->mem) : TEXT("") };
    if (!from->n_rows)
        return to;
    to.heads = from->cells;
    to.n_heads = from->n_columns;
    to.rows = arena_array(request->mem, from->n_rows, struct word_row);
    for (size_t r = 1; r < from->n_rows; r++)
        to.rows[to.n_rows++] = (struct word_row){ from->cells[r * from->n_columns], &from->cells[r * from->n_columns + 1], from->n_columns - 1 };
    return to;
}

/* ---- what everybody sees ------------------------------------------------------------------ */

static bool is_hidden(const struct release_figure *figure)
{
    for (size_t i = 0; i < figure->table.n_rows * figure->table.n_columns; i++)
        if (text_equal(figure->table.cells[i], public_hidden(false)))
            return true;
    return false;
}

static bool put_cases(const struct request *request, struct view_public *view, struct err *err)
{
    struct good_case *list;
    size_t n;
    if (!app_good_cases_public(request->house, request->mem, &list, &n, err))
        return false;
    view->cases = arena_array(request->mem, n + 1, struct public_case);
    for (size_t i = 0; i < n; i++) {
        struct public_case *const c = &view->cases[view->n_cases++];
        *c = (struct public_case){ .title = list[i].title, .summary = list[i].summary, .by = SAYS_OF(T_CASES_PUBLIC_BY, list[i].place.shown, list[i].released_on) };
        c->paragraphs = office_paragraphs(request, list[i].body, &c->n);
    }
    return true;
}

bool page_public(struct request *request, struct response *response, struct err *err)
{
    struct release release;
    struct release_figure *figures;
    size_t n;
    struct view_public view = { .frame = frame_of(request, SAYS(T_PUBLIC_TITLE), "public") };
    if (!app_release_standing(request->house, request->mem, &release, &figures, &n, &view.there, err) || !put_cases(request, &view, err))
        return false;
    if (view.there) {
        view.sentence = SAYS_OF(T_PUBLIC_SENTENCE, county_name(request), words_year(request->mem, release.year));
        view.remark = release.remark;
        view.date = day_shown(release.released.at, request->mem);
        view.tables = arena_array(request->mem, n + 1, struct public_table);
        for (size_t i = 0; i < n; i++) {
            view.tables[view.n++] = table_said(request, figures[i].figure, &figures[i].table);
            view.hides |= is_hidden(&figures[i]);
        }
    } else {
        view.sentence = SAYS_OF(T_PUBLIC_NOTHING, county_name(request));
    }
    struct html html = html_begin(request->mem, request->lang);
    template_public_page(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- what the office sees ----------------------------------------------------------------- */

/* What was chosen on the form: fields "figure", as often as there are figures. */
static struct text *chosen(const struct request *request, const struct pairs *pairs, size_t *n_out)
{
    struct text *const list = arena_array(request->mem, pairs->n + 1, struct text);
    *n_out = 0;
    for (size_t i = 0; i < pairs->n; i++)
        if (text_equal(pairs->pair[i].name, TEXT("figure")))
            list[(*n_out)++] = pairs->pair[i].value;
    return list;
}

static bool put_history(struct request *request, struct view_release *view, struct err *err)
{
    struct release *list;
    size_t n;
    if (!app_releases(request->house, &request->actor, request->mem, &list, &n, err))
        return false;
    view->history = arena_array(request->mem, n + 1, struct release_line);
    for (size_t i = 0; i < n; i++) {
        struct release_figure *figures;
        size_t n_figures;
        struct buf names = { .mem = request->mem };
        if (!app_release_figures(request->house, &request->actor, list[i].id, request->mem, &figures, &n_figures, err))
            return false;
        for (size_t f = 0; f < n_figures; f++)
            buf_printf(&names, "%s%.*s", f ? (request->lang == LANG_EN ? ", " : "、") : "", TEXT_ARG(table_said(request, figures[f].figure, &(struct word_list){ 0 }).name));
        view->history[view->n_history++] = (struct release_line){
            .id = list[i].id, .who = list[i].released.who, .when = time_shown(list[i].released.at, request->mem), .year = words_year(request->mem, list[i].year),
            .figures = buf_text(&names), .remark = list[i].remark, .stands = !i && !list[i].withdrawn.at,
            .withdrawn = list[i].withdrawn.at ? SAYS_OF(T_RELEASE_WITHDRAWN, list[i].withdrawn.who, time_shown(list[i].withdrawn.at, request->mem), list[i].withdrawn_reason) : TEXT("") };
    }
    view->sentence = view->n_history && view->history[0].stands ? SAYS_OF(T_RELEASE_SENTENCE, view->history[0].year, view->history[0].when) : SAYS(T_RELEASE_SENTENCE_NONE);
    return true;
}

static bool show(struct request *request, struct response *response, const struct pairs *pairs, bool seen, const struct err *fault, struct err *err)
{
    const struct composing *const c = composing_of(request);
    if (!c) {
        empty_page(request, response, SAYS(T_RELEASE_TITLE), "release");
        return true;
    }
    struct view_release view = { .frame = frame_of(request, SAYS(T_RELEASE_TITLE), "release"), .year = year_digits(request),
                                 .version = text_printf(request->mem, "%llu", (unsigned long long)request->snapshot->version),
                                 .may = (request->actor.permissions & MAY_RELEASE) != 0 };
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    pairs_get(pairs, "remark", &view.remark);
    size_t n, n_chosen;
    struct composing chinese = *c;
    chinese.english = false; /* as it is kept */
    chinese.visible = NULL;
    const struct public_offer *const offers = compose_public(&chinese, &n);
    const struct text *const names = chosen(request, pairs, &n_chosen);
    view.offers = arena_array(request->mem, n + 1, struct public_table);
    for (size_t i = 0; i < n; i++) {
        struct public_table *const t = &view.offers[view.n++];
        *t = table_said(request, text_of(offers[i].kind->id), &offers[i].table);
        t->why_not = offers[i].why_not;
        if (offers[i].hidden)
            t->hidden = SAYS_OF(T_RELEASE_HIDDEN, say_count(request->mem, (int64_t)offers[i].hidden));
        for (size_t k = 0; k < n_chosen; k++)
            t->chosen |= text_equal(names[k], t->id) && !t->why_not.size;
        view.n_chosen += t->chosen;
    }
    view.seen = seen && view.n_chosen;
    if (!put_history(request, &view, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_release(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_release(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, &request->query, request_query(request, "figure").size > 0, NULL, err);
}

struct releasing { struct request *request; struct release_wish wish; int64_t seen; struct text id; };

static bool put(void *context, struct db_session *session, struct err *err)
{
    struct releasing *const r = context;
    return app_release(r->request->house, session, r->request->snapshot, &r->request->actor, &r->wish, r->seen, r->request->now, r->request->mem, &r->id, err);
}

bool page_release_put(struct request *request, struct response *response, struct err *err)
{
    struct releasing r = { .request = request, .wish = { .remark = request_field(request, "remark") } };
    r.wish.year = request->year < request->snapshot->n_years ? request->snapshot->years[request->year] : 0;
    r.wish.kinds = chosen(request, &request->fields, &r.wish.n);
    if (!request_field_number(request, "seen", 0, INT64_MAX, -1, &r.seen, err))
        return false;
    if (house_write(request->house, put, &r, err)) {
        response_redirect(response, text_printf(request->mem, "/release?year=%d", r.wish.year));
        return true;
    }
    if (err->kind != ERR_INPUT && err->kind != ERR_USAGE && err->kind != ERR_CONFLICT)
        return false;
    const struct err fault = *err;
    *err = (struct err){ 0 };
    response->status = status_of(fault.kind);
    return show(request, response, &request->fields, true, &fault, err);
}

bool page_release_withdraw(struct request *request, struct response *response, struct err *err)
{
    response->back = TEXT("/release");
    if (!app_release_withdraw(request->house, request->writing, &request->actor, request_capture(request, "id"), request_field(request, "reason"),
                              request->now, err))
        return false;
    response_redirect(response, TEXT("/release"));
    return true;
}

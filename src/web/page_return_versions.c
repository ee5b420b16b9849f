/* Two versions of a return, or of two years, cell by cell. */
#include "base/day.h"
#include "web/page_returns.h"

#include "base/number.h"
#include "model/returns_overlay.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

struct chosen { int year; int64_t version; };

/* "2026-2": a year and a version; 0: as it stands. */
static struct chosen chosen_of(struct text word, struct chosen otherwise)
{
    double year, version;
    if (word.size < 6 || word.at[4] != '-' || !number_parse((struct text){ word.at, 4 }, &year) ||
        !number_parse((struct text){ word.at + 5, word.size - 5 }, &version) || year < 1900 || year > 2999 || version < 0 || version > 1e6)
        return otherwise;
    return (struct chosen){ (int)year, (int64_t)version };
}

static struct text version_said(const struct request *request, const struct return_version_record *v)
{
    const struct text said[] = { text_printf(request->mem, "%d", v->year), text_printf(request->mem, "%lld", (long long)v->version), v->who,
                                 time_shown(v->at, request->mem) };
    return say(request->mem, request->lang, text_equal(v->kind, TEXT("correct")) ? T_RETURNS_VERSION_CORRECTED : T_RETURNS_VERSION, said, 4);
}

static void put_choice(const struct request *request, struct view_versions *view, struct chosen one, struct text name, struct chosen a, struct chosen b)
{
    struct version_choice *const c = &view->choices[view->n_choices++];
    *c = (struct version_choice){ text_printf(request->mem, "%d-%lld", one.year, (long long)one.version), name,
                                  one.year == a.year && one.version == a.version, one.year == b.year && one.version == b.version };
    if (c->first)
        view->first = name;
    if (c->second)
        view->second = name;
}

/* Every version there is, and the figures of each year as they stand. */
static void put_choices(const struct request *request, const struct entry_page *page, int year, struct chosen a, struct chosen b, struct view_versions *view)
{
    const struct snapshot *const s = request->snapshot;
    view->choices = arena_array(request->mem, page->n_versions + s->n_years + 2, struct version_choice);
    put_choice(request, view, (struct chosen){ year, 0 }, SAYS_OF(T_RETURNS_VERSION_NOW, text_printf(request->mem, "%d", year)), a, b);
    for (size_t i = 0; i < page->n_versions; i++)
        put_choice(request, view, (struct chosen){ page->versions[i].year, page->versions[i].version }, version_said(request, &page->versions[i]), a, b);
    for (size_t i = s->n_years; i-- > 0;)
        if (s->years[i] != year && returns_row(s->returns, s->county_code, s->years[i], view->code) != SIZE_MAX)
            put_choice(request, view, (struct chosen){ s->years[i], 0 }, SAYS_OF(T_RETURNS_VERSION_NOW, text_printf(request->mem, "%d", s->years[i])), a, b);
}

/* Unless asked otherwise: the last version against the draft, or last year against this. */
static struct chosen usual_first(const struct entry_page *page, int year)
{
    const size_t before = page->n_versions && page->versions[0].year == year ? 0 : SIZE_MAX;
    return before == 0 ? (struct chosen){ year, page->versions[0].version } : (struct chosen){ year - 1, 0 };
}

bool page_return_versions(struct request *request, struct response *response, struct err *err)
{
    const struct text code = request_capture(request, "code");
    struct collection_record *all;
    struct entry_page page;
    struct version_cell *cells;
    size_t n, n_cells;
    int year;
    if (!returns_year(request, &year, &all, &n, err) ||
        !app_entry(request->house, request->snapshot, &request->actor, year, code, request->now, request->lang, request->mem, &page, err))
        return false;
    const struct chosen b = chosen_of(request_query(request, "b"), (struct chosen){ year, 0 }), a = chosen_of(request_query(request, "a"), usual_first(&page, year));
    if (!app_return_compare(request->house, &request->actor, code, a.year, a.version, b.year, b.version, request->lang, request->mem, &cells, &n_cells, err))
        return false;
    struct view_versions view = { .frame = returns_frame(request, SAYS_OF(T_RETURNS_VERSIONS_TITLE, page.name), all, n, year), .name = page.name, .code = code,
                                  .year = text_printf(request->mem, "%d", year), .back_path = return_path(request, code, "", year),
                                  .all = !request_query(request, "only").size };
    view.first = text_printf(request->mem, "%d-%lld", a.year, (long long)a.version);
    view.second = text_printf(request->mem, "%d-%lld", b.year, (long long)b.version);
    put_choices(request, &page, year, a, b, &view);
    view.lines = arena_array(request->mem, n_cells + 1, struct version_line);
    struct text group = TEXT("");
    for (size_t i = 0; i < n_cells; i++) {
        view.differs += cells[i].differs;
        if (!cells[i].differs && !view.all)
            continue;
        view.lines[view.n++] = (struct version_line){ cells[i].group, cells[i].name, cells[i].unit, cells[i].before, cells[i].after, cells[i].differs,
                                                      !text_equal(group, cells[i].group) };
        group = cells[i].group;
    }
    view.sentence = view.differs ? SAYS_OF(T_RETURNS_VERSIONS_DIFFER, page.name, view.first, view.second, say_count(request->mem, (int64_t)view.differs))
                                 : SAYS_OF(T_RETURNS_VERSIONS_SAME, page.name, view.first, view.second);
    struct html html = html_begin(request->mem, request->lang);
    template_return_versions(&html, &view);
    response_html(response, &html);
    return true;
}

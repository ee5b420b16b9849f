/* Looking for a word: in proofs, in what is asked for, among the schools. */
#include "base/pinyin.h"
#include "base/unicode.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_evidence.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

enum { MOST_HITS = 100, MOST_SCHOOLS = 20 };

static bool put_hits(struct request *request, struct text query, struct view_search *view, struct err *err)
{
    const bool english = request->lang == LANG_EN;
    struct evidence_hit *hits;
    if (!app_evidence_search(request->house, request->snapshot, &request->actor, query, MOST_HITS, request->mem, &hits, &view->n, &view->all, err))
        return false;
    view->hits = arena_array(request->mem, view->n + 1, struct search_line);
    for (size_t i = 0; i < view->n; i++) {
        const struct evidence *const e = &hits[i].evidence;
        const struct evidence_asked *const asked = evidence_asked_find(house_asked(request->house), e->asked);
        struct place unit = { PLACE_COUNTY, TEXT("") };
        if (!place_of_words(e->place_kind, e->place_name, &unit))
            unit.kind = PLACE_COUNTY;
        const struct text where[] = { text_printf(request->mem, "%d", e->year), e->asked, asked ? english ? asked->en : asked->zh : TEXT(""),
                                      evidence_place_shown(request->snapshot, unit, request->mem) };
        view->hits[i] = (struct search_line){ .name = e->latest.name, .path = text_printf(request->mem, "/evidence/file/%.*s", TEXT_ARG(e->id)),
                                              .where = say(request->mem, request->lang, T_SEARCH_WHERE, where, 4),
                                              .before = hits[i].before, .word = hits[i].word, .behind = hits[i].behind };
    }
    return true;
}

static void put_asked(struct request *request, struct text query, struct view_search *view)
{
    const struct evidence_list *const asked = house_asked(request->house);
    const bool english = request->lang == LANG_EN;
    const int year = evidence_year(request);
    view->asked = arena_array(request->mem, asked->n + 1, struct evidence_link);
    for (size_t i = 0; i < asked->n && query.size; i++) {
        const struct evidence_asked *const one = &asked->at[i];
        const bool own = actor_covers_county(&request->actor) || one->who == EVIDENCE_SCHOOL || (one->who == EVIDENCE_TOWNSHIP && request->actor.place.kind == PLACE_TOWNSHIP);
        if (!own || !(text_find(one->zh, query, NULL) || text_find(one->en, query, NULL) || text_equal(one->id, query) || text_equal(one->indicator, query)))
            continue;
        view->asked[view->n_asked++] = (struct evidence_link){
            .name = text_printf(request->mem, "%.*s %.*s", TEXT_ARG(one->id), TEXT_ARG(english ? one->en : one->zh)),
            .path = text_printf(request->mem, "%.*s#%.*s", TEXT_ARG(evidence_box_path(request, one->indicator, year, (struct place){ PLACE_COUNTY, TEXT("") })),
                                TEXT_ARG(one->id)) };
    }
}

static void put_schools(struct request *request, struct text query, struct view_search *view)
{
    struct evidence_school *schools;
    size_t n;
    evidence_schools(request->snapshot, &request->actor, evidence_year(request), request->mem, &schools, &n);
    view->schools = arena_array(request->mem, MOST_SCHOOLS, struct evidence_link);
    for (size_t i = 0; i < n && query.size && view->n_schools < MOST_SCHOOLS; i++)
        if (pinyin_fit(schools[i].name, query) == PINYIN_RUN || text_equal(schools[i].code, query))
            view->schools[view->n_schools++] = (struct evidence_link){
                .name = schools[i].name, .path = text_printf(request->mem, "/schools/%.*s?year=%d", TEXT_ARG(schools[i].code), evidence_year(request)) };
}

bool page_search(struct request *request, struct response *response, struct err *err)
{
    const struct text query = text_trim(request_query(request, "q"));
    struct view_search view = { .frame = frame_of(request, SAYS(T_SEARCH_TITLE), "search"), .query = query };
    if (!put_hits(request, query, &view, err))
        return false;
    put_asked(request, query, &view);
    put_schools(request, query, &view);
    const struct text found[] = { query, say_count(request->mem, (int64_t)view.all) };
    view.sentence = !query.size ? SAYS(T_SEARCH_EMPTY) : view.all ? say(request->mem, request->lang, T_SEARCH_FOUND, found, 2) : SAYS_OF(T_SEARCH_NOTHING, query);
    struct html html = html_begin(request->mem, request->lang);
    template_search(&html, &view);
    response_html(response, &html);
    return true;
}

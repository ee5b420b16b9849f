/* The yearly watch: what slipped, what has failed for two years running. */
#include "app/watch.h"

#include "made/templates.h"
#include "report/say.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/view_office.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static struct watch_line *lines_of(const struct request *request, const struct watch_report *w, const struct watch_row *rows, size_t n)
{
    struct watch_line *const out = arena_array(request->mem, n + 1, struct watch_line);
    for (size_t i = 0; i < n; i++) {
        const bool slipped = rows[i].alarm == WATCH_SLIPPED;
        out[i] = (struct watch_line){
            .name = rows[i].name, .words = rows[i].words, .path = rows[i].link, .source = lineage_path(request->mem, rows[i].key),
            .since = slipped ? TEXT("") : SAYS_OF(T_WATCH_SINCE, say_year(request->mem, rows[i].since, request->lang == LANG_EN)),
            .class = slipped ? "st near" : "st unmet",
            /* Before recognition there is nothing to be withdrawn: then it is a gap that stays. */
            .alarm = SAYS(slipped ? T_WATCH_SLIPPED : w->recognised ? T_WATCH_AT_RISK : T_WATCH_TWO_YEARS) };
    }
    return out;
}

bool page_watch(struct request *request, struct response *response, struct err *err)
{
    struct watch_report w;
    const struct text title = SAYS(T_WATCH_TITLE);
    const bool english = request->lang == LANG_EN;
    if (!app_watch(request->house, request->snapshot, &request->actor, request->year, english, request->mem, &w, err))
        return false;
    if (!w.year) {
        empty_page(request, response, title, "watch");
        return true;
    }
    struct view_watch view = { .frame = frame_of(request, title, "watch"), .sees_county = actor_covers_county(&request->actor), .n_county = w.n_county, .n_units = w.n_units,
                               .county = lines_of(request, &w, w.county, w.n_county), .units = lines_of(request, &w, w.units, w.n_units) };
    const struct text year = say_year(request->mem, w.year, english);
    const struct text counts[] = { year, say_count(request->mem, (int64_t)(w.n_county_slipped + w.n_units_slipped)),
                                   say_count(request->mem, (int64_t)(w.n_county + w.n_units - w.n_county_slipped - w.n_units_slipped)) };
    view.sentence = !w.first                                    ? SAYS_OF(T_WATCH_ONE_YEAR, year)
                    : !w.n_county && !w.n_units                 ? SAYS_OF(T_WATCH_QUIET, year)
                                                                : say(request->mem, request->lang, w.recognised ? T_WATCH_SENTENCE : T_WATCH_SENTENCE_BEFORE, counts, 3);
    view.sub = w.recognised ? SAYS_OF(T_WATCH_SUB, text_printf(request->mem, "%d", w.recognised), say_count(request->mem, (int64_t)w.no_data))
                            : SAYS_OF(T_WATCH_SUB_BEFORE, say_count(request->mem, (int64_t)w.no_data));
    struct html html = html_begin(request->mem, request->lang);
    template_watch(&html, &view);
    response_html(response, &html);
    return true;
}

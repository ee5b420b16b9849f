/* After the lock: a figure asked to be another, and the second person who agrees. */
#include "app/correction.h"

#include "base/day.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_returns.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- the list ----------------------------------------------------------------------------- */

static struct correction_line line_of(const struct request *request, const struct correction *c)
{
    static const struct { const char *code, *class; enum text_key name; } STATES[] = {
        { "asked", "st near", T_RETURNS_C_WAITING }, { "agreed", "st met", T_RETURNS_C_AGREED }, { "refused", "", T_RETURNS_C_REFUSED },
        { "dropped", "", T_RETURNS_C_DROPPED },
    };
    struct correction_line line = { .id = c->id, .school = c->name.size ? c->name : c->school, .path = return_path(request, c->school, "", c->year),
                                    .reason = c->reason, .year = return_year_said(request, c->year), .class = "", .may_decide = c->may_decide,
                                    .may_drop = c->may_drop, .asked = SAYS_OF(T_RETURNS_C_ASKED, c->who, time_shown(c->at, request->mem)),
                                    .cells = arena_array(request->mem, c->n + 1, struct correction_cell_line), .n = c->n };
    for (size_t i = 0; i < COUNT(STATES); i++)
        if (text_equal(c->state, text_of(STATES[i].code)))
            line.state = SAYS(STATES[i].name), line.class = STATES[i].class;
    line.own = text_equal(c->state, TEXT("asked")) && c->account == request->actor.account;
    if (c->decided_at)
        line.decided = SAYS_OF(T_RETURNS_C_DECIDED, c->decided_who, time_shown(c->decided_at, request->mem),
                               c->decided_reason.size ? text_printf(request->mem, "：%.*s", TEXT_ARG(c->decided_reason)) : TEXT(""));
    for (size_t i = 0; i < c->n; i++)
        line.cells[i] = (struct correction_cell_line){ c->cells[i].name, c->cells[i].unit,
                                                       c->cells[i].before.size ? c->cells[i].before : SAYS(T_RETURNS_BLANK),
                                                       c->cells[i].after.size ? c->cells[i].after : SAYS(T_RETURNS_BLANK) };
    return line;
}

bool page_corrections(struct request *request, struct response *response, struct err *err)
{
    struct correction *list;
    size_t n, waiting = 0;
    if (!app_corrections(request->house, &request->actor, request->mem, &list, &n, err))
        return false;
    struct view_corrections view = { .frame = frame_of(request, SAYS(T_RETURNS_CORRECTIONS_TITLE), "corrections"),
                                     .lines = arena_array(request->mem, n + 1, struct correction_line), .n = n };
    for (size_t i = 0; i < n; i++) {
        view.lines[i] = line_of(request, &list[i]);
        waiting += text_equal(list[i].state, TEXT("asked"));
    }
    view.sentence = n ? SAYS_OF(T_RETURNS_CORRECTIONS_SENTENCE, say_count(request->mem, (int64_t)n), say_count(request->mem, (int64_t)waiting))
                      : SAYS(T_RETURNS_CORRECTIONS_NONE);
    struct html html = html_begin(request->mem, request->lang);
    template_corrections(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_correction_decide(struct request *request, struct response *response, struct err *err)
{
    static const struct { const char *word; enum correction_decision decision; } WORDS[] = {
        { "agree", CORRECTION_AGREE }, { "refuse", CORRECTION_REFUSE }, { "drop", CORRECTION_DROP },
    };
    const struct text word = request_field(request, "decision");
    size_t i = 0;
    response->back = TEXT("/corrections");
    while (i < COUNT(WORDS) && !text_equal(word, text_of(WORDS[i].word)))
        i++;
    if (i == COUNT(WORDS))
        return err_set(err, ERR_USAGE, "请选同意、不同意或撤回。");
    if (!app_correction_decide(request->house, request->writing, &request->actor, request_capture(request, "id"), WORDS[i].decision,
                               text_trim(request_field(request, "reason")), request->now, err))
        return false;
    response_redirect(response, TEXT("/corrections"));
    return true;
}

/* ---- asking ------------------------------------------------------------------------------- */

static bool open_return(struct request *request, struct entry_page *page, struct collection_record **all, size_t *n, int *year, struct err *err)
{
    return returns_year(request, year, all, n, err) &&
           app_entry(request->house, request->snapshot, &request->actor, *year, request_capture(request, "code"), request->now, request->lang,
                     request->mem, page, err);
}

bool page_return_correct(struct request *request, struct response *response, struct err *err)
{
    const struct text code = request_capture(request, "code");
    struct collection_record *all;
    struct entry_page page;
    size_t n;
    int year;
    if (!open_return(request, &page, &all, &n, &year, err))
        return false;
    struct view_correct view = { .frame = returns_frame(request, SAYS_OF(T_RETURNS_CORRECT_TITLE, page.name), all, n, year), .name = page.name, .code = code,
                                 .year = text_printf(request->mem, "%d", year), .path = return_path(request, code, "/correct", year),
                                 .back_path = return_path(request, code, "", year),
                                 .parts = arena_array(request->mem, page.entry->n_groups + 1, struct correct_part), .n = page.entry->n_groups };
    if (page.way.state != RETURN_LOCKED)
        view.barred = SAYS_OF(T_RETURNS_CORRECT_BARRED, view.year);
    for (size_t g = 0; g < view.n; g++) {
        const struct entry_group *const group = &page.entry->groups[g];
        view.parts[g] = (struct correct_part){ group->name, arena_array(request->mem, group->n + 1, struct correct_line), group->n };
        for (size_t i = 0; i < group->n; i++)
            view.parts[g].lines[i] = (struct correct_line){ group->cells[i].code, group->cells[i].name, group->cells[i].unit, group->cells[i].typed,
                                                            group->cells[i].words };
    }
    struct html html = html_begin(request->mem, request->lang);
    template_return_correct(&html, &view);
    response_html(response, &html);
    return true;
}

/* Every cell is sent, with what stood in it: those that differ are asked for. */
bool page_correction_ask(struct request *request, struct response *response, struct err *err)
{
    const struct item_list *const items = &request->snapshot->edition->items;
    struct correction_cell_wish *const cells = arena_array(request->mem, request->fields.n + 1, struct correction_cell_wish);
    struct correction_wish wish = { .school = request_capture(request, "code"), .reason = text_trim(request_field(request, "reason")), .cells = cells };
    struct collection_record *all;
    struct text id;
    size_t n;
    if (!returns_year(request, &wish.year, &all, &n, err))
        return false;
    response->back = return_path(request, wish.school, "/correct", wish.year);
    for (size_t i = 0; i < request->fields.n; i++) {
        const struct pair *const field = &request->fields.pair[i];
        if (!text_starts(field->name, TEXT("v.")))
            continue;
        const struct text code = { field->name.at + 2, field->name.size - 2 };
        if (text_equal(text_trim(field->value), request_field(request, text_string(request->mem, text_printf(request->mem, "o.%.*s", TEXT_ARG(code))))))
            continue;
        cells[wish.n] = (struct correction_cell_wish){ item_find(items, code), field->value };
        if (cells[wish.n++].item == NO_ITEM)
            return err_set(err, ERR_USAGE, "没有代码为“%.*s”的指标项。", code.size > 60 ? 60 : (int)code.size, code.at);
    }
    if (!app_correction_ask(request->house, request->writing, &request->actor, &wish, request->now, request->mem, &id, err))
        return false;
    response_redirect(response, text_printf(request->mem, "/corrections#c-%.*s", TEXT_ARG(id)));
    return true;
}

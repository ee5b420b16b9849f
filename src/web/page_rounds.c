/* Inspection rounds: which there are; a new one. */
#include "web/page_rounds.h"

#include "base/day.h"
#include "made/templates.h"
#include "report/say.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- shared --------------------------------------------------------------------------------- */

struct text round_path(const struct request *request, struct text id, const char *part)
{
    return text_printf(request->mem, "/rounds/%.*s%s", TEXT_ARG(id), part);
}

struct text round_place_word(const struct request *request, const struct round_spot *spot)
{
    return text_printf(request->mem, "%.*s:%.*s", TEXT_ARG(spot->kind), TEXT_ARG(spot->name));
}

bool round_place_read(const struct request *request, struct text word, struct place *out, struct err *err)
{
    (void)request;
    struct text rest = word, kind;
    if (text_equal(word, TEXT("county"))) {
        *out = (struct place){ PLACE_COUNTY, TEXT("") };
        return true;
    }
    if (text_split(&rest, ':', &kind) && rest.size && place_of_words(kind, rest, out))
        return true;
    return err_set(err, ERR_ABSENT, "没有这个学校或单位：%.*s。", TEXT_ARG(word));
}

struct text round_sheet_path(const struct request *request, struct text id, const struct round_spot *spot, const char *part)
{
    return text_printf(request->mem, "/rounds/%.*s/sheet/%.*s%s", TEXT_ARG(id), TEXT_ARG(percent_encode_part(round_place_word(request, spot), request->mem)), part);
}

enum text_key round_state_key(enum round_state state)
{
    static const enum text_key KEYS[N_ROUND_STATES] = { T_ROUNDS_PREPARING, T_ROUNDS_VISITING, T_ROUNDS_FED_BACK, T_ROUNDS_ENDED, T_ROUNDS_CALLED_OFF };
    return KEYS[state];
}

enum text_key round_kind_key(enum round_kind kind)
{
    static const enum text_key KEYS[N_ROUND_KINDS] = { T_ROUNDS_YEARLY, T_ROUNDS_SELF, T_ROUNDS_CITY, T_ROUNDS_PROVINCE, T_ROUNDS_NATION };
    return KEYS[kind];
}

const char *round_state_class(enum round_state state)
{
    static const char *const CLASSES[N_ROUND_STATES] = { "st none", "st near", "st met", "st met", "st na" };
    return CLASSES[state];
}

/* ---- the list ------------------------------------------------------------------------------- */

static struct round_line line_of(const struct request *request, const struct round_row *row)
{
    enum round_state state;
    enum round_kind kind;
    struct round_line line = { .path = round_path(request, row->id, ""), .title = row->title, .class = "",
                               .days = SAYS_OF(T_ROUNDS_DAYS, row->first_day, row->last_day),
                               .count = SAYS_OF(T_ROUNDS_COUNT, say_count(request->mem, (int64_t)row->done), say_count(request->mem, (int64_t)row->places)) };
    if (round_state_of(row->state, &state)) {
        line.state = SAYS(round_state_key(state));
        line.class = round_state_class(state);
    }
    if (round_kind_of(row->kind, &kind))
        line.kind = SAYS(round_kind_key(kind));
    if (row->findings)
        line.findings = row->undecided ? SAYS_OF(T_ROUNDS_FINDINGS_OPEN, say_count(request->mem, (int64_t)row->findings), say_count(request->mem, (int64_t)row->undecided))
                                       : SAYS_OF(T_ROUNDS_N_FINDINGS, say_count(request->mem, (int64_t)row->findings));
    return line;
}

bool page_rounds(struct request *request, struct response *response, struct err *err)
{
    const struct snapshot *const s = request->snapshot;
    struct round_row *rows;
    size_t n, open = 0;
    if (!app_rounds(request->house, s, &request->actor, request->mem, &rows, &n, err))
        return false;
    struct view_rounds view = { .frame = frame_of(request, SAYS(T_ROUNDS_TITLE), "rounds"), .today = day_shown(request->now, request->mem),
                                .may_run = (request->actor.permissions & MAY_ROUND) != 0 && actor_covers_county(&request->actor) && s->n_years,
                                .rounds = arena_array(request->mem, n + 1, struct round_line), .kinds = arena_array(request->mem, N_ROUND_KINDS, struct round_choice),
                                .years = arena_array(request->mem, s->n_years + 1, struct round_choice) };
    for (size_t i = 0; i < n; i++) {
        enum round_state state;
        view.rounds[view.n++] = line_of(request, &rows[i]);
        open += round_state_of(rows[i].state, &state) && state != ROUND_ENDED && state != ROUND_CALLED_OFF;
    }
    for (int k = 0; k < N_ROUND_KINDS; k++)
        view.kinds[view.n_kinds++] = (struct round_choice){ round_kind_word((enum round_kind)k), SAYS(round_kind_key((enum round_kind)k)), k == ROUND_YEARLY };
    for (size_t y = s->n_years; y-- > 0;)
        view.years[view.n_years++] = (struct round_choice){ text_printf(request->mem, "%d", s->years[y]), say_year(request->mem, s->years[y], request->lang == LANG_EN), y == s->usual_year };
    view.sentence = !n ? SAYS(T_ROUNDS_NONE) : SAYS_OF(T_ROUNDS_SENTENCE, say_count(request->mem, (int64_t)n), say_count(request->mem, (int64_t)open));
    struct html html = html_begin(request->mem, request->lang);
    template_rounds(&html, &view);
    response_html(response, &html);
    return true;
}

static struct round_wish wish_of(const struct request *request)
{
    return (struct round_wish){ .title = request_field(request, "title"), .organiser = request_field(request, "organiser"), .scope = request_field(request, "scope"),
                                .first_day = request_field(request, "first_day"), .last_day = request_field(request, "last_day") };
}

bool page_round_add(struct request *request, struct response *response, struct err *err)
{
    struct round_wish wish = wish_of(request);
    struct text id;
    int64_t year;
    response->back = TEXT("/rounds");
    if (!request_field_number(request, "year", 1900, 2999, 0, &year, err))
        return false;
    wish.year = (int)year;
    if (!round_kind_of(request_field(request, "kind"), &wish.kind))
        return err_set(err, ERR_USAGE, "请选是哪一级的督导。");
    if (!app_round_add(request->house, request->writing, request->snapshot, &request->actor, &wish, request->now, request->mem, &id, err))
        return false;
    response_redirect(response, round_path(request, id, ""));
    return true;
}

/* ---- what is done to one -------------------------------------------------------------------- */

struct doing { struct request *request; struct text id; };

static bool do_edit(struct doing *d, struct err *err)
{
    struct request *const r = d->request;
    const struct round_wish wish = wish_of(r);
    return app_round_edit(r->house, r->writing, r->snapshot, &r->actor, d->id, &wish, r->now, r->mem, err);
}

static bool do_step(struct doing *d, struct err *err)
{
    struct request *const r = d->request;
    enum round_step step;
    if (!round_step_of(request_field(r, "step"), &step))
        return err_set(err, ERR_USAGE, "督导没有这一步。");
    return app_round_step(r->house, r->writing, r->snapshot, &r->actor, d->id, step, request_field(r, "reason"), r->now, r->mem, err);
}

static bool do_member(struct doing *d, struct err *err)
{
    struct request *const r = d->request;
    const struct member_wish wish = { request_field(r, "account"), request_field(r, "name"), request_field(r, "unit"), request_field(r, "duty") };
    return app_round_member_add(r->house, r->writing, r->snapshot, &r->actor, d->id, &wish, r->now, r->mem, err);
}

static bool do_member_end(struct doing *d, struct err *err)
{
    struct request *const r = d->request;
    int64_t position;
    return request_field_number(r, "position", 1, 100000, 0, &position, err) &&
           app_round_member_end(r->house, r->writing, r->snapshot, &r->actor, d->id, position, r->now, r->mem, err);
}

static bool do_draw(struct doing *d, struct err *err)
{
    struct request *const r = d->request;
    int64_t wanted;
    if (!request_field_number(r, "wanted", 1, 5000, 0, &wanted, err))
        return false;
    const struct draw_wish wish = { request_field(r, "seed"), request_field(r, "strata"), request_field(r, "reason"), (size_t)wanted };
    return app_round_draw(r->house, r->writing, r->snapshot, &r->actor, d->id, &wish, r->now, r->mem, err);
}

static bool do_place(struct doing *d, struct err *err)
{
    struct request *const r = d->request;
    struct place place;
    return round_place_read(r, request_field(r, "place"), &place, err) &&
           app_round_place_add(r->house, r->writing, r->snapshot, &r->actor, d->id, place, request_field(r, "reason"), r->now, r->mem, err);
}

static bool do_day(struct doing *d, struct err *err)
{
    struct request *const r = d->request;
    struct place place;
    return round_place_read(r, request_field(r, "place"), &place, err) &&
           app_round_place_day(r->house, r->writing, r->snapshot, &r->actor, d->id, place, request_field(r, "day"), r->now, r->mem, err);
}

static bool do_unplace(struct doing *d, struct err *err)
{
    struct request *const r = d->request;
    struct place place;
    return round_place_read(r, request_field(r, "place"), &place, err) &&
           app_round_place_remove(r->house, r->writing, r->snapshot, &r->actor, d->id, place, request_field(r, "reason"), r->now, r->mem, err);
}

static const struct { const char *act; bool (*does)(struct doing *, struct err *); const char *at; } ACTS[] = {
    { "edit", do_edit, "" },           { "step", do_step, "" },        { "member", do_member, "#team" },     { "member_end", do_member_end, "#team" },
    { "draw", do_draw, "#places" },    { "place", do_place, "#places" }, { "day", do_day, "#places" },       { "unplace", do_unplace, "#places" },
};

bool page_round_act(struct request *request, struct response *response, struct err *err)
{
    struct doing d = { request, request_capture(request, "id") };
    response->back = round_path(request, d.id, "");
    for (size_t i = 0; i < COUNT(ACTS); i++)
        if (text_equal(request_field(request, "act"), text_of(ACTS[i].act))) {
            if (!ACTS[i].does(&d, err))
                return false;
            response_redirect(response, round_path(request, d.id, ACTS[i].at));
            return true;
        }
    return err_set(err, ERR_USAGE, "督导没有这个操作。");
}

/* The returns of a year: who is where, who is late; a year is opened, schools are reminded, approved, the year is locked. */
#include "web/page_returns.h"

#include "app/notice.h"
#include "base/day.h"
#include "base/number.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- shared ------------------------------------------------------------------------------- */

bool returns_year(const struct request *request, int *year_out, struct collection_record **all_out, size_t *n_out, struct err *err)
{
    int64_t wanted;
    *year_out = 0;
    if (!request_query_number(request, "year", 1900, 2999, 0, &wanted, err) || !app_collections(request->house, request->mem, all_out, n_out, err))
        return false;
    for (size_t i = *n_out; i-- > 0;)
        if ((*all_out)[i].year == (int)wanted || (!wanted && (!(*all_out)[i].locked_at || !*year_out)))
            *year_out = (*all_out)[i].year;
    if (!wanted || *year_out)
        return true;
    for (size_t i = 0; i < *n_out; i++) /* a year of the top line that was imported: the one being collected */
        if (!*year_out || !(*all_out)[i].locked_at)
            *year_out = (*all_out)[i].year;
    return true;
}

struct text return_year_said(const struct request *request, int year)
{
    return SAYS_OF(T_RETURNS_YEAR, text_printf(request->mem, "%d", year));
}

struct view_frame *returns_frame(struct request *request, struct text title, const struct collection_record *all, size_t n, int year)
{
    struct view_frame *const frame = frame_of(request, title, "returns");
    frame->years = arena_array(request->mem, n + 1, struct year_choice);
    frame->n_years = 0;
    for (size_t i = 0; i < n; i++)
        frame->years[frame->n_years++] = (struct year_choice){ text_printf(request->mem, "%.*s?year=%d", TEXT_ARG(request->path), all[i].year),
                                                               return_year_said(request, all[i].year), all[i].year == year };
    frame->year = year ? return_year_said(request, year) : TEXT("");
    return frame;
}

struct text return_path(const struct request *request, struct text code, const char *tail, int year)
{
    return text_printf(request->mem, "/returns/%.*s%s?year=%d", TEXT_ARG(percent_encode_part(code, request->mem)), tail, year);
}

struct text return_state_said(const struct request *request, enum return_state state)
{
    static const enum text_key SAID_AS[N_RETURN_STATES] = {
        [RETURN_DRAFT] = T_RETURNS_DRAFT,     [RETURN_SUBMITTED] = T_RETURNS_SUBMITTED, [RETURN_CONFIRMED] = T_RETURNS_CONFIRMED,
        [RETURN_CHECKED] = T_RETURNS_CHECKED, [RETURN_APPROVED] = T_RETURNS_APPROVED,   [RETURN_LOCKED] = T_RETURNS_LOCKED,
    };
    return SAYS(SAID_AS[state]);
}

struct text return_next_said(const struct request *request, const struct way *way)
{
    static const enum text_key SAID_AS[N_RETURN_HANDS] = {
        [HAND_CLERK] = T_RETURNS_NEXT_CLERK,   [HAND_PRINCIPAL] = T_RETURNS_NEXT_PRINCIPAL, [HAND_CHECKER] = T_RETURNS_NEXT_CHECKER,
        [HAND_BUREAU] = T_RETURNS_NEXT_BUREAU, [HAND_LOCKER] = T_RETURNS_NEXT_LOCKER,       [HAND_CORRECTOR] = T_RETURNS_NEXT_CORRECTOR,
    };
    return way->next < N_RETURN_HANDS ? SAYS(SAID_AS[way->next]) : TEXT("");
}

struct text return_day_said(const struct request *request, int64_t at)
{
    const struct day day = day_of(at);
    return at ? SAYS_OF(T_RETURNS_DAY, text_printf(request->mem, "%d", day.month), text_printf(request->mem, "%d", day.day)) : TEXT("");
}

/* ---- the list ----------------------------------------------------------------------------- */

static bool wanted_state(const struct request *request, const struct way *way, struct text state)
{
    if (!state.size)
        return true;
    if (text_equal(state, TEXT("late")))
        return way->late;
    if (text_equal(state, TEXT("back")))
        return way->record.sent_back && way->state == RETURN_DRAFT;
    if (text_equal(state, TEXT("mine")))
        return app_return_is_mine(&request->actor, way);
    return text_equal(state, return_state_code(way->state));
}

static struct returns_line line_of(const struct request *request, const struct way *way, int year)
{
    const struct way_record *const r = &way->record;
    struct returns_line line = { .code = r->school, .name = r->name.size ? r->name : r->school, .township = r->township,
                                 .path = return_path(request, r->school, "", year), .state = return_state_said(request, way->state),
                                 .next = return_next_said(request, way), .due = return_day_said(request, way->due), .late = way->late };
    line.class = way->state >= RETURN_APPROVED ? "st met" : way->state == RETURN_DRAFT && !r->typed && !r->sent_back ? "st none" : "";
    if (way->state == RETURN_DRAFT && r->sent_back) {
        line.class = "st near";
        line.state = SAYS(T_RETURNS_SENT_BACK);
    } else if (way->state == RETURN_DRAFT && !r->typed) {
        line.state = SAYS(T_RETURNS_NOT_BEGUN);
    }
    if (r->typed)
        line.typed = SAYS_OF(T_RETURNS_TYPED, say_count(request->mem, (int64_t)r->typed), time_shown(r->typed_at, request->mem));
    line.may_approve = way->next == HAND_BUREAU && (request->actor.permissions & MAY_APPROVE);
    return line;
}

static struct text list_path(const struct request *request, int year, struct text state, struct text township)
{
    return text_printf(request->mem, "/returns?year=%d%s%.*s%s%.*s", year, state.size ? "&state=" : "", TEXT_ARG(state),
                       township.size ? "&township=" : "", TEXT_ARG(percent_encode_part(township, request->mem)));
}

static void put_filters(const struct request *request, const struct collection_status *s, struct text state, struct text township, struct view_returns *view)
{
    static const struct { const char *code; enum text_key name; } STATES[] = {
        { "", T_RETURNS_ALL }, { "mine", T_RETURNS_MINE }, { "late", T_RETURNS_LATE }, { "back", T_RETURNS_SENT_BACK }, { "draft", T_RETURNS_DRAFT },
        { "submitted", T_RETURNS_SUBMITTED }, { "confirmed", T_RETURNS_CONFIRMED }, { "checked", T_RETURNS_CHECKED },
        { "approved", T_RETURNS_APPROVED }, { "locked", T_RETURNS_LOCKED },
    };
    view->states = arena_array(request->mem, COUNT(STATES), struct returns_choice);
    for (size_t i = 0; i < COUNT(STATES); i++) {
        struct returns_choice *const c = &view->states[view->n_states];
        const struct text code = text_of(STATES[i].code);
        *c = (struct returns_choice){ SAYS(STATES[i].name), list_path(request, s->collection.year, code, township), 0, text_equal(code, state) };
        for (size_t k = 0; k < s->n; k++)
            c->n += wanted_state(request, &s->ways[k], code) && (!township.size || text_equal(s->ways[k].record.township, township));
        view->n_states += c->n || c->current || !i;
    }
    view->townships = arena_array(request->mem, s->n + 1, struct returns_choice);
    for (size_t i = 0; i < s->n; i++) {
        const struct text name = s->ways[i].record.township;
        size_t at = 0;
        while (at < view->n_townships && !text_equal(view->townships[at].name, name))
            at++;
        if (at == view->n_townships && name.size)
            view->townships[view->n_townships++] = (struct returns_choice){ name, name, 0, text_equal(name, township) };
        if (at < view->n_townships)
            view->townships[at].n++;
    }
}

static void put_windows(const struct request *request, const struct collection_record *c, struct view_returns *view)
{
    const int64_t now = request->now;
    const int64_t until[] = { c ? c->fill_until : now + 30 * DAY_SECONDS, c ? c->confirm_until : now + 37 * DAY_SECONDS, c ? c->check_until : now + 51 * DAY_SECONDS,
                              c ? c->approve_until : now + 65 * DAY_SECONDS };
    static const char *const FIELDS[] = { "fill", "confirm", "check", "approve" };
    static const enum text_key NAMES[] = { T_RETURNS_FILL_UNTIL, T_RETURNS_CONFIRM_UNTIL, T_RETURNS_CHECK_UNTIL, T_RETURNS_APPROVE_UNTIL };
    for (size_t i = 0; i < COUNT(FIELDS); i++)
        view->windows[i] = (struct returns_window){ FIELDS[i], SAYS(NAMES[i]), day_shown(until[i], request->mem) };
    const struct day today = day_of(now);
    view->reference_day = c ? c->reference_day : text_printf(request->mem, "%d-09-01", today.month >= 8 ? today.year : today.year - 1);
    view->open_year = text_printf(request->mem, "%d", c ? c->year : today.month >= 8 ? today.year : today.year - 1);
    view->check_asked = !c || c->check_asked;
}

static void put_status(struct request *request, const struct collection_status *s, struct view_returns *view)
{
    const struct text state = request_query(request, "next").size ? TEXT("mine") : request_query(request, "state");
    const struct text township = request_query(request, "township");
    const size_t in = s->in_state[RETURN_APPROVED] + s->in_state[RETURN_LOCKED];
    view->state_word = state, view->next_word = township;
    view->lacking = s->n - in;
    view->late = s->late;
    view->locked = s->collection.locked_at != 0;
    view->sentence = view->locked   ? SAYS_OF(T_RETURNS_SENTENCE_LOCKED, view->year, time_shown(s->collection.locked_at, request->mem), s->collection.locked_by)
                     : view->lacking ? SAYS_OF(T_RETURNS_SENTENCE, view->year, say_count(request->mem, (int64_t)s->n), say_count(request->mem, (int64_t)in),
                                               say_count(request->mem, (int64_t)s->late))
                                     : SAYS_OF(T_RETURNS_SENTENCE_ALL, view->year, say_count(request->mem, (int64_t)s->n));
    view->sub = view->locked ? s->collection.lock_reason
                             : SAYS_OF(T_RETURNS_SUB, s->collection.reference_day, return_day_said(request, s->collection.fill_until),
                                       return_day_said(request, s->collection.confirm_until),
                                       return_day_said(request, s->collection.check_asked ? s->collection.check_until : s->collection.confirm_until),
                                       return_day_said(request, s->collection.approve_until));
    put_filters(request, s, state, township, view);
    view->clear_path = list_path(request, s->collection.year, TEXT(""), TEXT(""));
    view->lines = arena_array(request->mem, s->n + 1, struct returns_line);
    for (size_t late = 2; late-- > 0;) /* who is late stands first */
        for (size_t i = 0; i < s->n; i++)
            if (s->ways[i].late == (late > 0) && wanted_state(request, &s->ways[i], state) &&
                (!township.size || text_equal(township, s->ways[i].record.township))) {
                view->lines[view->n++] = line_of(request, &s->ways[i], s->collection.year);
                view->to_approve += view->lines[view->n - 1].may_approve && !view->locked;
            }
}

bool page_returns(struct request *request, struct response *response, struct err *err)
{
    struct collection_record *all;
    struct collection_status status;
    size_t n;
    int year;
    if (!returns_year(request, &year, &all, &n, err))
        return false;
    const struct text number = request_query(request, "done");
    struct view_returns view = { .frame = returns_frame(request, SAYS(T_RETURNS_TITLE), all, n, year), .none = !year, .year = text_printf(request->mem, "%d", year),
                                 .today = day_shown(request->now, request->mem), .may_open = (request->actor.permissions & MAY_YEAR) && actor_covers_county(&request->actor),
                                 .may_lock = (request->actor.permissions & MAY_LOCK) != 0 };
    view.may_remind = view.may_open && (request->actor.permissions & MAY_APPROVE);
    if (number.size)
        view.done = SAYS_OF(T_RETURNS_DONE, number);
    if (request_query(request, "told").size)
        view.done = SAYS_OF(T_RETURNS_TOLD, request_query(request, "told"));
    if (request_query(request, "not").size)
        view.fault = SAYS_OF(T_RETURNS_NOT_APPROVED, request_query(request, "not"), request_query(request, "why"));
    if (year && !app_collection_status(request->house, &request->actor, year, request->now, request->mem, &status, err))
        return false;
    if (year && status.n == 1 && !actor_covers_county(&request->actor) && request->actor.place.kind == PLACE_SCHOOL) {
        response_redirect(response, return_path(request, status.ways[0].record.school, "", year));
        return true;
    }
    put_windows(request, year ? &status.collection : NULL, &view);
    if (year)
        put_status(request, &status, &view);
    else
        view.sentence = SAYS(T_RETURNS_NONE);
    struct html html = html_begin(request->mem, request->lang);
    template_returns(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- acts --------------------------------------------------------------------------------- */

static bool read_until(const struct request *request, const char *field, int64_t *out, struct err *err)
{
    const struct text text = request_field(request, field);
    struct day day;
    *out = 0;
    if (!text.size)
        return true;
    if (!day_read(text, &day)) {
        err_set(err, ERR_INPUT, "“%.*s”不是一个日期。", TEXT_ARG(text));
        return err_hint(err, "请写成 2026-10-15 这样。");
    }
    *out = day_ends(day);
    return true;
}

/* Opened when it is not, else its windows are set anew. */
bool page_returns_open(struct request *request, struct response *response, struct err *err)
{
    struct collection_wish wish = { .reference_day = request_field(request, "reference_day"), .check_asked = request_field(request, "check_asked").size > 0 };
    struct collection_record *all;
    size_t n;
    int64_t year;
    response->back = TEXT("/returns");
    if (!request_field_number(request, "year", 2000, 2100, 0, &year, err) || !read_until(request, "fill", &wish.fill_until, err) ||
        !read_until(request, "confirm", &wish.confirm_until, err) || !read_until(request, "check", &wish.check_until, err) ||
        !read_until(request, "approve", &wish.approve_until, err) || !app_collections(request->house, request->mem, &all, &n, err))
        return false;
    wish.year = (int)year;
    bool there = false;
    for (size_t i = 0; i < n; i++)
        there = there || all[i].year == wish.year;
    if (there ? !app_collection_set(request->house, request->writing, &request->actor, &wish, request->now, err)
              : !app_collection_open(request->house, request->writing, &request->actor, &wish, request->now, err))
        return false;
    response_redirect(response, text_printf(request->mem, "/returns?year=%d", wish.year));
    return true;
}

bool page_returns_lock(struct request *request, struct response *response, struct err *err)
{
    int64_t year;
    response->back = TEXT("/returns");
    if (!request_field_number(request, "year", 2000, 2100, 0, &year, err) ||
        !app_collection_lock(request->house, request->writing, &request->actor, (int)year, text_trim(request_field(request, "reason")), request->now, err))
        return false;
    response_redirect(response, text_printf(request->mem, "/returns?year=%d", (int)year));
    return true;
}

bool page_returns_remind(struct request *request, struct response *response, struct err *err)
{
    int64_t year;
    size_t n;
    response->back = TEXT("/returns");
    if (!request_field_number(request, "year", 2000, 2100, 0, &year, err) ||
        !app_collection_remind(request->house, request->writing, &request->actor, (int)year, request_field(request, "township"), request->now, &n, err))
        return false;
    response_redirect(response, text_printf(request->mem, "/returns?year=%d&told=%zu", (int)year, n));
    return true;
}

/* A school that the list does not have yet: newly built, or split off. */
bool page_returns_ask(struct request *request, struct response *response, struct err *err)
{
    int64_t year;
    const struct text code = text_trim(request_field(request, "code"));
    response->back = TEXT("/returns");
    if (!request_field_number(request, "year", 2000, 2100, 0, &year, err) ||
        !app_collection_ask(request->house, request->writing, &request->actor, (int)year, code, request_field(request, "name"),
                            request_field(request, "township"), request->now, err))
        return false;
    response_redirect(response, return_path(request, code, "", (int)year));
    return true;
}

/* Those that were ticked; one that cannot be approved holds up no other. */
bool page_returns_approve(struct request *request, struct response *response, struct err *err)
{
    int64_t year;
    size_t n = 0, not = 0;
    struct text why = TEXT("");
    if (!request_field_number(request, "year", 2000, 2100, 0, &year, err))
        return false;
    for (size_t i = 0; i < request->fields.n; i++) {
        struct return_done done;
        struct err fault = { .kind = ERR_NONE };
        if (!text_equal(request->fields.pair[i].name, TEXT("school")))
            continue;
        const struct return_act act = { .year = (int)year, .school = request->fields.pair[i].value, .step = STEP_APPROVE };
        if (app_return_step(request->house, request->snapshot, &request->actor, &act, request->now, request->mem, &done, &fault)) {
            n++;
        } else {
            not++;
            why = text_printf(request->mem, "%.*s %s", TEXT_ARG(act.school), fault.what);
        }
    }
    struct buf path = { .mem = request->mem };
    buf_printf(&path, "/returns?year=%d&done=%zu", (int)year, n);
    if (not)
        buf_printf(&path, "&not=%zu&why=%.*s", not, TEXT_ARG(percent_encode_part(why, request->mem)));
    response_redirect(response, buf_text(&path));
    return true;
}

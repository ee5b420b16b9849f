/* The registers of vetoes and preconditions: what is open, what was closed; a case opened, closed. */
#include "app/register.h"

#include "app/lineage_key.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/page_error.h"
#include "web/page_evidence.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- cases -------------------------------------------------------------------------------- */

static struct case_line case_said(const struct request *request, const struct case_list *list, const struct register_case *c, enum register_effect effect)
{
    struct case_line line = {
        .id = c->id, .day = c->happened_on, .place = c->place_shown, .what = c->what, .open = !c->closed.at && effect != REGISTER_RECOGNISES,
        .year = evidence_year_said(request, c->year), .opened = SAYS_OF(T_REGISTERS_OPENED, c->opened.who, time_shown(c->opened.at, request->mem)),
        .own = c->opened.account == request->actor.account };
    line.close_path = text_printf(request->mem, "/registers/%.*s/close?%.*s", TEXT_ARG(c->id), TEXT_ARG(evidence_year_query(request, evidence_year(request))));
    line.may_close = line.open && !line.own && (request->actor.permissions & MAY_REGISTER);
    line.state = effect == REGISTER_RECOGNISES ? SAYS(T_REGISTERS_NOTED) : line.open ? SAYS(T_REGISTERS_OPEN) : SAYS(T_REGISTERS_CLOSED);
    line.class = !line.open ? "st met" : effect == REGISTER_COUNTS ? "st unmet" : "st near";
    if (c->closed.at) {
        const struct text said[] = { c->closed_on, c->closed.who, time_shown(c->closed.at, request->mem), c->closed_how };
        line.closed = say(request->mem, request->lang, T_REGISTERS_CLOSED_BY, said, 4);
    }
    line.files = arena_array(request->mem, list->n_evidence + 1, struct evidence_file_line);
    for (size_t i = 0; i < list->n_evidence; i++)
        if (text_equal(list->evidence[i].case_id, c->id) && !list->evidence[i].withdrawn_at)
            line.files[line.n_files++] = evidence_file_said(request, &list->evidence[i]);
    return line;
}

static void put_figure(struct request *request, const struct register_item *item, int year, size_t open, struct register_view *view)
{
    const struct snapshot *const s = request->snapshot;
    const size_t at = snapshot_year(s, year);
    if (item->item == NO_ITEM || at >= s->n_years)
        return;
    const struct item *const asked = &s->edition->items.at[item->item];
    const double figure = returns_county_number(s->returns, at, item->item);
    const struct lineage_key key = { .of = LINEAGE_OF_COUNTY, .year = year, .id = asked->code };
    view->figure = is_blank(figure) ? TEXT("") : words_figure(request->mem, asked, figure, TEXT(""));
    view->figure_path = lineage_path(request->mem, lineage_key_format(request->mem, &key));
    if (item->effect == REGISTER_COUNTS && !is_blank(figure) && figure != (double)open)
        view->differs = SAYS_OF(T_REGISTERS_DIFFERS, view->figure, say_count(request->mem, (int64_t)open));
}

static struct text state_said(const struct request *request, const struct register_item *item, size_t open, size_t cases, const char **class_out)
{
    *class_out = "st met";
    switch (item->effect) {
    case REGISTER_COUNTS:
        if (open)
            *class_out = "st unmet";
        return open ? SAYS_OF(T_REGISTERS_N_OPEN, say_count(request->mem, (int64_t)open)) : SAYS(cases ? T_REGISTERS_ALL_CLOSED : T_REGISTERS_NONE);
    case REGISTER_RECOGNISES:
        if (!cases)
            *class_out = "st none";
        return SAYS(cases ? T_REGISTERS_RECOGNISED : T_REGISTERS_NOT_RECOGNISED);
    case REGISTER_KEEPS:
        if (open)
            *class_out = "st near";
        return open ? SAYS_OF(T_REGISTERS_N_OPEN, say_count(request->mem, (int64_t)open)) : SAYS(cases ? T_REGISTERS_ALL_CLOSED : T_REGISTERS_NONE);
    case REGISTER_BY_FIGURES:
        *class_out = "st na";
        return SAYS(T_REGISTERS_BY_FIGURES);
    }
    return TEXT("");
}

static void put_registers(struct request *request, const struct case_list *list, int year, struct view_registers *view)
{
    struct register_item *items;
    size_t n, blocking = 0;
    register_items(request->snapshot->edition, request->mem, &items, &n);
    view->registers = arena_array(request->mem, n + 1, struct register_view);
    for (size_t i = 0; i < n; i++) {
        struct register_view *const r = &view->registers[view->n++];
        const size_t open = cases_open(list, items[i].id, year);
        *r = (struct register_view){ .id = items[i].id, .name = request->lang == LANG_EN ? items[i].rule->en : items[i].rule->zh,
                                     .clause = items[i].rule->off ? SAYS(T_REGISTERS_OFF) : items[i].rule->clause,
                                     .can_open = items[i].effect != REGISTER_BY_FIGURES,
                                     .cases = arena_array(request->mem, list->n + 1, struct case_line) };
        for (size_t k = 0; k < list->n; k++)
            if (text_equal(list->cases[k].item, items[i].id))
                r->cases[r->n++] = case_said(request, list, &list->cases[k], items[i].effect);
        r->sentence = state_said(request, &items[i], open, r->n, &r->class);
        put_figure(request, &items[i], year, open, r);
        blocking += items[i].effect == REGISTER_COUNTS && !items[i].rule->off ? open : 0;
    }
    view->sentence = blocking ? SAYS_OF(T_REGISTERS_SENTENCE_OPEN, evidence_year_said(request, year), say_count(request->mem, (int64_t)blocking))
                              : SAYS_OF(T_REGISTERS_SENTENCE_NONE, evidence_year_said(request, year));
}

/* ---- what can be chosen ------------------------------------------------------------------- */

static void put_choices(struct request *request, int year, struct view_registers *view)
{
    const struct snapshot *const s = request->snapshot;
    struct evidence_school *schools;
    struct text *townships;
    size_t n, n_townships;
    const int last = s->n_years && s->years[s->n_years - 1] > year ? s->years[s->n_years - 1] : year, first = s->n_years ? s->years[0] : year;
    view->years = arena_array(request->mem, (size_t)(last - first + 2), struct evidence_link);
    for (int one = last; one >= first; one--)
        view->years[view->n_years++] = (struct evidence_link){ evidence_year_said(request, one), text_printf(request->mem, "%d", one), one == year };
    view->open_path = text_printf(request->mem, "/registers?%.*s", TEXT_ARG(evidence_year_query(request, year)));
    evidence_schools(s, &request->actor, year, request->mem, &schools, &n);
    evidence_townships(schools, n, request->mem, &townships, &n_townships);
    view->units = arena_array(request->mem, n + n_townships + 1, struct evidence_link);
    for (size_t i = 0; i < n_townships; i++)
        view->units[view->n_units++] = (struct evidence_link){ townships[i], text_printf(request->mem, "township:%.*s", TEXT_ARG(townships[i])), false };
    for (size_t i = 0; i < n; i++)
        view->units[view->n_units++] = (struct evidence_link){ schools[i].name, text_printf(request->mem, "school:%.*s", TEXT_ARG(schools[i].code)), false };
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    const int year = evidence_year(request);
    struct case_list list;
    if (!app_cases(request->house, &request->actor, request->mem, &list, err))
        return false;
    struct view_registers view = { .frame = frame_of(request, SAYS(T_REGISTERS_TITLE), "registers"), .year = text_printf(request->mem, "%d", year),
                                   .today = day_shown(request->now, request->mem), .may_open = (request->actor.permissions & MAY_REGISTER) != 0 };
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    put_registers(request, &list, year, &view);
    put_choices(request, year, &view);
    struct html html = html_begin(request->mem, request->lang);
    template_registers(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_registers(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

static struct text own_path(const struct request *request)
{
    return text_printf(request->mem, "/registers?%.*s", TEXT_ARG(evidence_year_query(request, evidence_year(request))));
}

/* ---- opened ------------------------------------------------------------------------------- */

struct opening { struct request *request; struct case_wish wish; const struct evidence_ready *files; size_t n; struct text id; };

static bool open_case(void *context, struct db_session *session, struct err *err)
{
    struct opening *const o = context;
    struct request *const r = o->request;
    if (!app_case_open(r->house, session, r->snapshot, &r->actor, &o->wish, r->now, r->mem, &o->id, err))
        return false;
    const struct evidence_box box = { .year = o->wish.year, .asked = o->wish.item, .unit = o->wish.unit, .case_id = o->id };
    for (size_t i = 0; i < o->n; i++) {
        struct text id;
        if (!app_evidence_put(r->house, session, r->snapshot, &r->actor, &box, &o->files[i], TEXT(""), r->now, r->mem, &id, err))
            return false;
    }
    return true;
}

static bool read_wish(struct request *request, struct case_wish *out, struct err *err)
{
    int64_t year;
    if (!request_field_number(request, "from_year", 1900, 2999, evidence_year(request), &year, err) ||
        !evidence_unit_read(request, request_field(request, "unit"), &out->unit, err))
        return false;
    out->year = (int)year;
    out->item = request_field(request, "item");
    out->happened_on = request_field(request, "happened_on");
    out->what = request_field(request, "what");
    return true;
}

bool page_register_open(struct request *request, struct response *response, struct err *err)
{
    struct opening o = { .request = request };
    struct evidence_ready *ready = NULL;
    struct err fault;
    size_t n;
    const struct evidence_upload *const files = evidence_uploads(request, &n);
    if (read_wish(request, &o.wish, err) && (!n || evidence_look(files, n, request->mem, &ready, err))) {
        o.files = ready, o.n = n;
        if (house_write(request->house, open_case, &o, err)) {
            response_redirect(response, text_printf(request->mem, "%.*s#case-%.*s", TEXT_ARG(own_path(request)), TEXT_ARG(o.id)));
            return true;
        }
    }
    if (!evidence_fault(err, &fault))
        return false;
    response->status = status_of(fault.kind);
    return show(request, response, &fault, err);
}

/* ---- closed ------------------------------------------------------------------------------- */

bool page_register_close(struct request *request, struct response *response, struct err *err)
{
    const struct text id = request_capture(request, "id");
    response->back = own_path(request);
    if (!app_case_close(request->house, request->writing, &request->actor, id, request_field(request, "closed_on"), request_field(request, "how"),
                        request->now, request->mem, err))
        return false;
    response_redirect(response, text_printf(request->mem, "%.*s#case-%.*s", TEXT_ARG(own_path(request)), TEXT_ARG(id)));
    return true;
}

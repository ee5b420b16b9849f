/* The organisation: the leading group with its office, departments and townships, each with people, duties, and what it answers for. */
#include "app/organisation.h"

#include "app/office_inside.h"
#include "app/office_paper.h"
#include "app/owner.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_office.h"
#include "web/pages.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static struct text days_said(const struct request *request, struct text from, struct text until)
{
    return until.size ? SAYS_OF(T_ORGANISATION_FROM_UNTIL, from, until) : SAYS_OF(T_ORGANISATION_FROM, from);
}

/* Of the standard: L4, G7, X3; not a kind, not an item of the plan. */
static bool is_indicator(struct text subject)
{
    return subject.size && subject.at[0] >= 'A' && subject.at[0] <= 'Z';
}

/* What the table of owners lays upon a department: 「L4、G7」. */
static struct text owns(const struct request *request, const struct owners *owners, struct text code)
{
    size_t n;
    const struct owner_rule *const rules = owner_rules(owners, &n);
    struct buf said = { .mem = request->mem };
    const struct place place = { PLACE_DEPARTMENT, code };
    for (size_t i = 0; i < n; i++)
        if (is_indicator(rules[i].subject) && place_same(owner_of(owners, rules[i].subject, rules[i].stage, TEXT(""), TEXT("")).place, place))
            buf_printf(&said, "%s%.*s", said.size ? (request->lang == LANG_EN ? ", " : "、") : "", TEXT_ARG(rules[i].subject));
    return buf_text(&said);
}

static void put_unit(const struct request *request, const struct organisation *o, const struct owners *owners, const struct unit_row *unit, struct text today,
                     struct view_organisation *view)
{
    struct organisation_unit *const u = &view->units[view->n++];
    *u = (struct organisation_unit){ .code = unit->code, .name = unit->name, .kind = request->lang == LANG_EN ? unit_kind_word(unit->kind) : unit_kind_zh(unit->kind),
                                     .units_path = text_printf(request->mem, "/units/%.*s", TEXT_ARG(unit->code)), .path = TEXT("/organisation"),
                                     .members = arena_array(request->mem, o->n_members + 1, struct group_line), .duties = arena_array(request->mem, o->n_duties + 1, struct duty_line) };
    for (size_t i = 0; i < o->n_members; i++)
        if (text_equal(o->members[i].unit, unit->code) && office_holds(o->members[i].from_day, o->members[i].until_day, today))
            u->members[u->n_members++] = (struct group_line){ o->members[i].part, o->members[i].name, o->members[i].works_at,
                                                               days_said(request, o->members[i].from_day, o->members[i].until_day) };
    for (size_t i = 0; i < o->n_duties; i++)
        if (text_equal(o->duties[i].unit, unit->code))
            u->duties[u->n_duties++] = (struct duty_line){ office_number(o->duties[i].position, request->mem), o->duties[i].duty, o->duties[i].person,
                                                           days_said(request, o->duties[i].from_day, o->duties[i].until_day),
                                                           office_holds(o->duties[i].from_day, o->duties[i].until_day, today) };
    u->owns = unit->kind == UNIT_DEPARTMENT ? owns(request, owners, unit->code) : TEXT("");
}

static bool belongs(enum unit_kind kind)
{
    return kind == UNIT_GROUP || kind == UNIT_OFFICE || kind == UNIT_DEPARTMENT || kind == UNIT_TOWNSHIP;
}

bool page_organisation(struct request *request, struct response *response, struct err *err)
{
    static const enum unit_kind ORDER[] = { UNIT_GROUP, UNIT_OFFICE, UNIT_DEPARTMENT, UNIT_TOWNSHIP };
    const struct snapshot *const s = request->snapshot;
    struct organisation o;
    const struct owners *owners;
    struct unit *units;
    size_t n;
    const struct text today = office_today(request);
    if (!app_organisation(request->house, &request->actor, request->mem, &o, err) || !app_owners(request->house, request->mem, &owners, err))
        return false;
    units_at(s->units, s->n_units, today, request->mem, &units, &n);
    struct view_organisation view = { .frame = frame_of(request, SAYS(T_ORGANISATION_TITLE), "organisation"), .today = today, .may = o.may,
                                      .units = arena_array(request->mem, n + 1, struct organisation_unit), .choices = arena_array(request->mem, n + 1, struct office_option) };
    for (size_t k = 0; k < COUNT(ORDER); k++)
        for (size_t i = 0; i < n; i++)
            if (units[i].row->kind == ORDER[k] && units[i].row->is_open && belongs(units[i].row->kind)) {
                put_unit(request, &o, owners, units[i].row, today, &view);
                view.choices[view.n_choices++] = (struct office_option){ units[i].row->code, units[i].row->name, false };
            }
    view.sentence = view.n ? SAYS_OF(T_ORGANISATION_SENTENCE, say_count(request->mem, (int64_t)view.n)) : SAYS(T_ORGANISATION_NONE);
    struct html html = html_begin(request->mem, request->lang);
    template_organisation(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_organisation_act(struct request *request, struct response *response, struct err *err)
{
    const struct duty_wish wish = { request_field(request, "unit"), request_field(request, "duty"), request_field(request, "person"), request_field(request, "day") };
    int64_t position;
    response->back = TEXT("/organisation");
    if (!request_field_number(request, "position", 0, 100000, 0, &position, err) ||
        !(position ? app_duty_end(request->house, request->writing, &request->actor, wish.unit, position, wish.day, request->now, request->mem, err)
                   : app_duty_add(request->house, request->writing, &request->actor, &wish, request->now, request->mem, err)))
        return false;
    response_redirect(response, response->back);
    return true;
}

bool page_organisation_paper(struct request *request, struct response *response, struct err *err)
{
    struct organisation o;
    struct report_file file;
    if (!app_organisation(request->house, &request->actor, request->mem, &o, err) ||
        !app_office_paper(request->house, &request->actor, app_organisation_doc(request->snapshot, &o, request->now, request->mem), TEXT("organisation"),
                          request_query(request, "as"), request->now, request->mem, &file, err))
        return false;
    response_file(response, file.bytes, text_string(request->mem, file.type), file.name);
    return true;
}

/* The county's units: the tree on any day, searched; one unit with its history; the acts that change it. */
#include "app/units.h"

#include "base/day.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/view_units.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- what can be chosen ------------------------------------------------------------------- */

static struct unit_option *options(const struct request *request, const struct unit_tree *tree, unsigned kinds, struct text chosen, struct text but, size_t *n_out)
{
    struct unit_option *const out = arena_array(request->mem, tree->n + 1, struct unit_option);
    *n_out = 0;
    for (size_t i = 0; i < tree->n; i++) {
        const struct unit_row *const r = tree->at[i].row;
        if (r->is_open && (kinds & 1u << r->kind) && !text_equal(r->code, but))
            out[(*n_out)++] = (struct unit_option){ r->code, text_printf(request->mem, "%.*s（%.*s）", TEXT_ARG(r->name), TEXT_ARG(r->code)), text_equal(r->code, chosen) };
    }
    return out;
}

enum { ABOVE = 1u << UNIT_COUNTY | 1u << UNIT_TOWNSHIP | 1u << UNIT_SCHOOL | 1u << UNIT_DEPARTMENT | 1u << UNIT_GROUP };

static struct text day_asked(const struct request *request)
{
    struct day day;
    const struct text asked = request_query(request, "on");
    return day_read(asked, &day) ? asked : day_shown(request->now, request->mem);
}

/* ---- the tree ----------------------------------------------------------------------------- */

static struct unit_line line_of(const struct request *request, const struct unit_tree *tree, const struct unit *unit, struct text day)
{
    const struct unit_row *const r = unit->row, *const district = unit_at(tree->rows, tree->n_rows, r->district, day);
    struct unit_line line = { .code = r->code, .name = r->name, .kind = request->lang == LANG_EN ? unit_kind_word(r->kind) : unit_kind_zh(r->kind),
                              .depth = unit->depth < 5 ? unit->depth : 5, .shut = !r->is_open,
                              .path = text_printf(request->mem, "/units/%.*s", TEXT_ARG(r->code)) };
    if (!r->is_open) {
        const struct unit_row *const into = unit_at(tree->rows, tree->n_rows, r->successor, day);
        line.note = into ? SAYS_OF(T_UNITS_MERGED, r->from_day, into->name) : SAYS_OF(T_UNITS_CLOSED, r->from_day);
    } else if (district) {
        line.note = SAYS_OF(T_UNITS_IN_DISTRICT, district->name);
    }
    return line;
}

bool page_units(struct request *request, struct response *response, struct err *err)
{
    struct unit_tree tree;
    size_t schools = 0, townships = 0;
    const struct text day = day_asked(request), query = text_trim(request_query(request, "q"));
    if (!app_units_at(request->house, day, request->mem, &tree, err))
        return false;
    struct view_units view = { .frame = frame_of(request, SAYS(T_UNITS_TITLE), "units"), .day = day, .query = query, .n_all = tree.n,
                               .may = (request->actor.permissions & MAY_UNITS) != 0,
                               .lines = arena_array(request->mem, tree.n + 1, struct unit_line),
                               .kinds = arena_array(request->mem, N_UNIT_KINDS, struct unit_option) };
    for (size_t i = 0; i < tree.n; i++) {
        const struct unit_row *const r = tree.at[i].row;
        schools += r->is_open && r->kind == UNIT_SCHOOL;
        townships += r->is_open && r->kind == UNIT_TOWNSHIP;
        if (!query.size || text_find(r->name, query, NULL) || text_starts(r->code, query))
            view.lines[view.n++] = line_of(request, &tree, &tree.at[i], day);
    }
    for (int k = UNIT_TOWNSHIP; k < N_UNIT_KINDS; k++)
        view.kinds[view.n_kinds++] = (struct unit_option){ unit_kind_word((enum unit_kind)k),
                                                          request->lang == LANG_EN ? unit_kind_word((enum unit_kind)k) : unit_kind_zh((enum unit_kind)k), k == UNIT_SCHOOL };
    view.parents = options(request, &tree, ABOVE, request->snapshot->county_code, TEXT(""), &view.n_parents);
    view.districts = options(request, &tree, 1u << UNIT_DISTRICT, TEXT(""), TEXT(""), &view.n_districts);
    if (request_query(request, "changed").size)
        view.done = SAYS_OF(T_UNITS_IMPORT_DONE, request_query(request, "changed"));
    view.sentence = tree.n ? SAYS_OF(T_UNITS_SENTENCE, day, say_count(request->mem, (int64_t)townships), say_count(request->mem, (int64_t)schools))
                           : SAYS(T_UNITS_EMPTY);
    struct html html = html_begin(request->mem, request->lang);
    template_units(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- one ---------------------------------------------------------------------------------- */

static bool put_members(const struct request *request, const struct unit_row *unit, struct view_one_unit *view, struct err *err)
{
    struct member_record *list;
    size_t n;
    view->has_members = unit->kind == UNIT_GROUP || unit->kind == UNIT_OFFICE;
    if (!view->has_members)
        return true;
    if (!app_unit_members(request->house, unit->code, request->mem, &list, &n, err))
        return false;
    view->members = arena_array(request->mem, n + 1, struct unit_member);
    for (size_t i = 0; i < n; i++)
        view->members[view->n_members++] = (struct unit_member){
            text_printf(request->mem, "%lld", (long long)list[i].position), list[i].part, list[i].name, list[i].works_at,
            list[i].until_day.size ? SAYS_OF(T_UNITS_SERVED, list[i].from_day, list[i].until_day) : SAYS_OF(T_UNITS_SERVES, list[i].from_day),
            !list[i].until_day.size };
    return true;
}

static void put_history(const struct request *request, const struct unit_tree *tree, struct text code, struct view_one_unit *view)
{
    view->history = arena_array(request->mem, tree->n_rows + 1, struct unit_history);
    for (size_t i = tree->n_rows; i-- > 0;) {   /* the newest first */
        const struct unit_row *const r = &tree->rows[i];
        if (!text_equal(r->code, code))
            continue;
        const struct unit_row *const up = unit_at(tree->rows, tree->n_rows, r->act == UNIT_MERGE ? r->successor : r->parent, r->from_day);
        view->history[view->n_history++] = (struct unit_history){
            r->from_day, request->lang == LANG_EN ? unit_act_word(r->act) : unit_act_zh(r->act),
            r->act == UNIT_MERGE && up ? SAYS_OF(T_UNITS_INTO, r->name, up->name)
            : up                       ? SAYS_OF(T_UNITS_UNDER, r->name, up->name)
                                       : r->name,
            r->reason, SAYS_OF(T_UNITS_BY, r->by.who, time_shown(r->by.at, request->mem)) };
    }
}

bool page_unit(struct request *request, struct response *response, struct err *err)
{
    struct unit_tree tree;
    const struct text code = request_capture(request, "code"), today = day_shown(request->now, request->mem);
    if (!app_units_at(request->house, today, request->mem, &tree, err))
        return false;
    const struct unit_row *last = NULL;
    for (size_t i = 0; i < tree.n_rows; i++)
        if (text_equal(tree.rows[i].code, code))
            last = &tree.rows[i];
    if (!last)
        return err_set(err, ERR_ABSENT, "没有代码是“%.*s”的单位。", TEXT_ARG(code));
    struct view_one_unit view = { .frame = frame_of(request, last->name, "units"), .code = code, .name = last->name, .day = today, .is_open = last->is_open,
                              .may = (request->actor.permissions & MAY_UNITS) != 0,
                              .act_path = text_printf(request->mem, "/units/%.*s", TEXT_ARG(code)),
                              .members_path = text_printf(request->mem, "/units/%.*s/members", TEXT_ARG(code)) };
    const struct unit_row *const into = unit_at(tree.rows, tree.n_rows, last->successor, TEXT("9999-12-31"));
    if (into) {
        view.successor_name = into->name;
        view.successor_path = text_printf(request->mem, "/units/%.*s", TEXT_ARG(into->code));
    }
    view.sentence = SAYS_OF(last->is_open ? T_UNITS_ONE_OPEN : T_UNITS_ONE_SHUT, last->name,
                            request->lang == LANG_EN ? unit_kind_word(last->kind) : unit_kind_zh(last->kind), code, last->from_day);
    view.parents = options(request, &tree, ABOVE, last->parent, code, &view.n_parents);
    view.districts = options(request, &tree, 1u << UNIT_DISTRICT, last->district, code, &view.n_districts);
    view.successors = options(request, &tree, 1u << last->kind, TEXT(""), code, &view.n_successors);
    put_history(request, &tree, code, &view);
    if (!put_members(request, last, &view, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_one_unit(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- acts --------------------------------------------------------------------------------- */

static bool act(struct request *request, struct text code, struct text word, struct err *err)
{
    struct unit_wish wish = { .code = code, .day = text_trim(request_field(request, "day")), .reason = text_trim(request_field(request, "reason")),
                              .name = text_trim(request_field(request, "name")), .parent = request_field(request, "parent"),
                              .district = request_field(request, "district"), .successor = request_field(request, "successor") };
    if (!unit_act_of(word, &wish.act) || (wish.act == UNIT_ADD && !unit_kind_of(request_field(request, "kind"), &wish.kind)))
        return err_set(err, ERR_USAGE, "没有写要做什么。");
    return app_unit_act(request->house, request->writing, &request->actor, &wish, request->now, request->mem, err);
}

bool page_unit_add(struct request *request, struct response *response, struct err *err)
{
    const struct text code = text_trim(request_field(request, "code"));
    response->back = TEXT("/units");
    if (!act(request, code, TEXT("add"), err))
        return false;
    response_redirect(response, text_printf(request->mem, "/units?q=%.*s", TEXT_ARG(text_starts(code, TEXT("/")) ? TEXT("") : code)));
    return true;
}

bool page_unit_act(struct request *request, struct response *response, struct err *err)
{
    const struct text code = request_capture(request, "code");
    response->back = text_printf(request->mem, "/units/%.*s", TEXT_ARG(code));
    if (!act(request, code, request_field(request, "act"), err))
        return false;
    response_redirect(response, response->back);
    return true;
}

bool page_units_seed(struct request *request, struct response *response, struct err *err)
{
    size_t n;
    const struct text day = text_trim(request_field(request, "day"));
    response->back = TEXT("/units");
    if (!app_units_seed(request->house, request->writing, request->snapshot, &request->actor, day, request->now, request->mem, &n, err))
        return false;
    response_redirect(response, TEXT("/units"));
    return true;
}

/* Somebody joins; or, with a position, leaves. */
bool page_unit_member(struct request *request, struct response *response, struct err *err)
{
    const struct text code = request_capture(request, "code"), day = text_trim(request_field(request, "day"));
    int64_t position;
    response->back = text_printf(request->mem, "/units/%.*s", TEXT_ARG(code));
    if (!request_field_number(request, "position", 0, 1000000, 0, &position, err))
        return false;
    const struct member_record member = { .part = text_trim(request_field(request, "part")), .name = text_trim(request_field(request, "name")),
                                          .works_at = text_trim(request_field(request, "works_at")), .from_day = day };
    if (!(position ? app_unit_member_end(request->house, request->writing, &request->actor, code, position, day, request->now, request->mem, err)
                   : app_unit_member_add(request->house, request->writing, &request->actor, code, &member, request->now, request->mem, err)))
        return false;
    response_redirect(response, response->back);
    return true;
}

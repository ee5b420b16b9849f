#include "web/frame.h"

#include "app/access.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/once.h"
#include "web/query.h"
#include "web/say.h"
#include "web/serve_inside.h"

enum { GROUPS = 8, LINKS = 40 };

struct text lang_tag(enum lang lang)
{
    return lang == LANG_EN ? TEXT("en") : TEXT("zh-CN");
}

/* ---- the rail ----------------------------------------------------------------------------- */

static const struct { enum text_key group; const char *path; enum text_key name; } NAV[] = {
#define NAV(group, path, text) { group, path, text },
#include "web/nav.def"
#undef NAV
};

static bool sees(const struct request *request, const char *path)
{
    const struct route *const route = route_at(path);
    if (!route || !request->signed_in)
        return false;
    return (request->actor.permissions & route->permission) == route->permission &&
           (route->scope != ROUTE_SCOPE_COUNTY || actor_covers_county(&request->actor));
}

struct text frame_home(const struct request *request)
{
    for (size_t i = 0; i < COUNT(NAV); i++) {
        if (sees(request, NAV[i].path))
            return text_of(NAV[i].path);
    }
    return TEXT("/account");
}

static void add_rail(struct view_frame *frame, const struct request *request, const char *page)
{
    frame->groups = arena_array(request->mem, GROUPS, struct nav_group);
    struct nav_link *const links = arena_array(request->mem, LINKS, struct nav_link);
    size_t n = 0;
    _Static_assert(COUNT(NAV) <= LINKS, "room for every link");
    for (size_t i = 0; i < COUNT(NAV); i++) {
        if (!sees(request, NAV[i].path))
            continue;
        const struct text title = say(request->mem, request->lang, NAV[i].group, NULL, 0);
        struct nav_group *group = frame->n_groups ? &frame->groups[frame->n_groups - 1] : NULL;
        if (!group || !text_equal(group->title, title)) {
            if (frame->n_groups == GROUPS)
                break;
            group = &frame->groups[frame->n_groups++];
            *group = (struct nav_group){ title, &links[n], 0 };
        }
        links[n++] = (struct nav_link){ .path = text_of(NAV[i].path), .name = say(request->mem, request->lang, NAV[i].name, NULL, 0),
                                        .count = strcmp(NAV[i].path, "/my") == 0 ? mark_of(&request->server->marks, MARK_MINE) : TEXT(""),
                                        .current = strcmp(NAV[i].path + 1, page) == 0 };
        group->n++;
    }
}

/* ---- years and what stands behind them ---------------------------------------------------- */

static struct text year_name(const struct request *request, int year)
{
    return SAID(request->mem, request->lang, T_CORE_YEAR, text_printf(request->mem, "%d", year));
}

static struct text with_query(const struct request *request, const char *name, struct text value)
{
    const struct text query = query_with(request->raw_query, name, value, request->mem);
    return text_printf(request->mem, "%.*s%.*s", TEXT_ARG(request->path), TEXT_ARG(query));
}

static void add_years(struct view_frame *frame, const struct request *request)
{
    const struct snapshot *const s = request->snapshot;
    frame->years = arena_array(request->mem, s->n_years, struct year_choice);
    for (size_t i = s->n_years; i-- > 0;) { /* latest first */
        const struct text year = text_printf(request->mem, "%d", s->years[i]);
        frame->years[frame->n_years++] = (struct year_choice){ with_query(request, "year", year), year_name(request, s->years[i]), i == request->year };
    }
    if (request->year < s->n_years)
        frame->year = year_name(request, s->years[request->year]);
}

/* Schools of the year of which a unit cannot be judged for lack of figures. */
static size_t without_data(const struct request *request)
{
    const struct county_assessment *const county = &request->snapshot->assessment->counties[request->year];
    const size_t first = county->county->first, n = county->county->n;
    unsigned char *const lacks = arena_alloc(request->mem, n);
    size_t count = 0;
    for (size_t i = 0; i < county->n_stages; i++) {
        const struct stage_assessment *const stage = &county->stages[i];
        for (size_t u = 0; u < stage->n; u++) {
            if (stage->unit_verdict[u] != STATE_NO_DATA || lacks[stage->row[u] - first])
                continue;
            lacks[stage->row[u] - first] = 1;
            count++;
        }
    }
    return count;
}

static void add_state(struct view_frame *frame, const struct request *request)
{
    const struct snapshot *const s = request->snapshot;
    const struct text version = say_count(request->mem, (int64_t)s->version);
    if (request->year >= s->n_years) {
        frame->data_state = say(request->mem, request->lang, T_CORE_EMPTY, NULL, 0);
    } else if (actor_covers_county(&request->actor)) {
        const size_t n = s->returns->counties[request->year].n, lacking = s->assessment->counties[request->year].lacking;
        frame->data_state = SAID(request->mem, request->lang, T_CORE_STATE, version,
                                 say_count(request->mem, (int64_t)(n - without_data(request))), say_count(request->mem, (int64_t)(n + lacking)));
    } else {
        frame->data_state = SAID(request->mem, request->lang, T_CORE_VERSION, version);
    }
}

/* ---- the whole ---------------------------------------------------------------------------- */

/* Pages without sign-in and error pages show the county's name if it can be had. */
static void have_snapshot(struct request *request)
{
    struct err err;
    if (!request->snapshot && !house_snapshot(request->house, &request->snapshot, &err))
        request->snapshot = NULL;
    else if (!request->route || request->route->scope == ROUTE_SCOPE_NONE)
        request->year = snapshot_year(request->snapshot, 0);
}

struct text county_name(struct request *request)
{
    have_snapshot(request);
    return request->snapshot ? request->snapshot->county_name : house_county(request->house);
}

struct view_frame *frame_of(struct request *request, struct text title, const char *page)
{
    struct view_frame *const frame = arena_make(request->mem, struct view_frame);
    frame->lang = lang_tag(request->lang);
    frame->title = title;
    frame->page = text_of(page);
    frame->county = county_name(request);
    frame->fictional = request->snapshot && request->snapshot->fictional;
    frame->other_lang_path = with_query(request, "lang", request->lang == LANG_EN ? TEXT("zh") : TEXT("en"));
    frame->today = day_shown(request->now, request->mem);
    frame->other_lang_name = say(request->mem, request->lang, T_CORE_OTHER_LANG, NULL, 0);
    if (!request->signed_in)
        return frame;
    const struct marks *const marks = &request->server->marks;
    frame->who = mark_of(marks, MARK_WHO);
    frame->form_token = mark_of(marks, MARK_TOKEN);
    frame->form_key = mark_of(marks, MARK_KEY);
    add_rail(frame, request, page);
    frame->search = sees(request, "/schools");
    if (request->snapshot && (request->actor.permissions & MAY_SEE)) {
        add_years(frame, request);
        add_state(frame, request);
    }
    return frame;
}

void frame_marks(const struct request *request, struct text values_out[N_MARKS])
{
    const struct role_info *const role = role_info(request->actor.role);
    const struct text who = SAID(request->mem, request->lang, T_CORE_WHO, text_of(request->lang == LANG_EN ? role->en : role->zh),
                                 request->actor.shown);
    struct html escaped = html_begin(request->mem, request->lang);
    html_text(&escaped, who);
    values_out[MARK_WHO] = html_collected(&escaped);
    char *const token = arena_alloc(request->mem, TOKEN_SIZE + 1), *const key = arena_alloc(request->mem, FORM_KEY_SIZE + 1);
    app_form_token(request->house, request->session, token);
    once_form_key(key);
    values_out[MARK_TOKEN] = text_of(token);
    values_out[MARK_KEY] = text_of(key);
    const size_t mine = mine_count(request->server->mine, request);
    struct html count = html_begin(request->mem, request->lang);
    if (mine)
        template_rail_count(&count, mine);
    values_out[MARK_MINE] = mine ? html_collected(&count) : TEXT("");
}

#include "web/page_office.h"

#include "app/office_inside.h"
#include "base/day.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)

struct text office_today(const struct request *request)
{
    return day_shown(request->now, request->mem);
}

const struct place_names *office_names(const struct request *request)
{
    struct place_names *const names = arena_make(request->mem, struct place_names);
    place_names_of(request->snapshot, request->now, request->mem, names);
    return names;
}

/* ---- what can be chosen ------------------------------------------------------------------- */

static bool his(const struct request *request, const struct place_choice *choice)
{
    const struct actor *const a = &request->actor;
    return actor_covers_county(a) || (a->place.kind == choice->place.kind && text_equal(a->place.name, choice->place.name)) ||
           (choice->place.kind == PLACE_SCHOOL && actor_covers(a, choice->place.name, choice->township));
}

struct office_places office_places(const struct request *request, const struct place_names *names, unsigned kinds, struct text chosen)
{
    static const struct { enum place_kind kind; enum text_key name; } GROUPS[] = {
        { PLACE_COUNTY, T_OFFICE_COUNTY }, { PLACE_DEPARTMENT, T_OFFICE_DEPARTMENTS }, { PLACE_TOWNSHIP, T_OFFICE_TOWNSHIPS }, { PLACE_SCHOOL, T_OFFICE_SCHOOLS },
    };
    struct office_places out = { arena_array(request->mem, COUNT(GROUPS), struct office_group), 0 };
    for (size_t g = 0; g < COUNT(GROUPS); g++) {
        const struct place_list *const list = &names->standing[GROUPS[g].kind];
        struct office_group group = { SAYS(GROUPS[g].name), arena_array(request->mem, list->n + 1, struct office_option), 0 };
        for (size_t i = 0; i < list->n && (kinds & 1u << GROUPS[g].kind); i++)
            if (his(request, &list->at[i]))
                group.at[group.n++] = (struct office_option){ list->at[i].value, list->at[i].name, text_equal(list->at[i].value, chosen) };
        if (group.n)
            out.groups[out.n++] = group;
    }
    return out;
}

struct office_option *office_options(const struct request *request, const struct office_word *words, size_t n, struct text all, struct text chosen, size_t *n_out)
{
    struct office_option *const out = arena_array(request->mem, n + 1, struct office_option);
    *n_out = 0;
    if (all.size)
        out[(*n_out)++] = (struct office_option){ TEXT(""), all, !chosen.size };
    for (size_t i = 0; i < n; i++)
        out[(*n_out)++] = (struct office_option){ text_of(words[i].code), text_of(request->lang == LANG_EN ? words[i].en : words[i].zh), text_equal(chosen, text_of(words[i].code)) };
    return out;
}

/* ---- what was asked ----------------------------------------------------------------------- */

bool office_place_field(const struct request *request, const char *field, struct place *out, struct err *err)
{
    return place_parse(office_names(request), request_field(request, field), out, err);
}

bool office_id(const struct request *request, const char *capture, const char *what, int64_t *out, struct err *err)
{
    return office_number_read(request_capture(request, capture), out) || err_set(err, ERR_ABSENT, "没有这%s。", what);
}

int64_t office_page(const struct request *request)
{
    int64_t page;
    return office_number_read(request_query(request, "page"), &page) && page > 0 && page < 100000 ? page - 1 : 0;
}

struct office_pages office_pages(const struct request *request, struct text path, int64_t page, size_t shown, int64_t all)
{
    struct office_pages out = { TEXT(""), TEXT(""), TEXT("") };
    if (!page && (int64_t)shown >= all)
        return out;
    out.shown = SAID(request->mem, request->lang, T_OFFICE_SHOWN, say_count(request->mem, page * OFFICE_PAGE + 1),
                     say_count(request->mem, page * OFFICE_PAGE + (int64_t)shown), say_count(request->mem, all));
    if (page)
        out.previous_path = text_printf(request->mem, "%.*spage=%lld", TEXT_ARG(path), (long long)page);
    if ((page + 1) * OFFICE_PAGE < all)
        out.next_path = text_printf(request->mem, "%.*spage=%lld", TEXT_ARG(path), (long long)page + 2);
    return out;
}

struct text *office_paragraphs(const struct request *request, struct text words, size_t *n_out)
{
    struct text *out = NULL, line;
    size_t capacity = 0;
    *n_out = 0;
    while (text_split(&words, '\n', &line))
        if (text_trim(line).size) {
            ARENA_ROOM(request->mem, out, *n_out, capacity);
            out[(*n_out)++] = text_trim(line);
        }
    return out;
}

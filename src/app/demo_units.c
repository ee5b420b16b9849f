/* The made-up county's units: the first list, a merged and a closed school of earlier years, people of the leading group. */
#include "app/demo_parts.h"

#include "app/units.h"

struct making { struct house *house; const struct snapshot *snapshot; int64_t now; struct arena *mem; };

static bool one_act(const struct making *m, struct db_session *session, struct unit_wish wish, struct err *err)
{
    const struct actor console = actor_console();
    return app_unit_act(m->house, session, &console, &wish, m->now, m->mem, err);
}

static bool make(void *context, struct db_session *session, struct err *err)
{
    static const struct { const char *unit, *part, *name, *works_at; } PEOPLE[] = {
        { "LXZ", "组长", "何建华", "县政府" },        { "LXZ", "副组长", "吴晓梅", "县政府" },
        { "LXZ", "成员", "郑国强", "县财政局" },      { "LXZ-BGS", "办公室主任", "冯志远", "县教育局" },
        { "LXZ-BGS", "联络人", "李建国", "县教育局" },
    };
    const struct making *const m = context;
    const struct actor console = actor_console();
    const struct text from = TEXT("2022-09-01"), town = m->snapshot->county_code;
    const struct item_list *const items = &m->snapshot->edition->items;
    const struct text into = returns_text(m->snapshot->returns, m->snapshot->returns->counties[0].first, items->school_code);
    size_t n;
    if (!app_units_seed(m->house, session, m->snapshot, &console, from, m->now, m->mem, &n, err))
        return false;
    for (size_t i = 0; i < COUNT(PEOPLE); i++) {
        const struct member_record member = { .part = text_of(PEOPLE[i].part), .name = text_of(PEOPLE[i].name), .works_at = text_of(PEOPLE[i].works_at), .from_day = from };
        if (!app_unit_member_add(m->house, session, &console, text_of(PEOPLE[i].unit), &member, m->now, m->mem, err))
            return false;
    }
    return one_act(m, session, (struct unit_wish){ .act = UNIT_ADD, .kind = UNIT_SCHOOL, .code = TEXT("9900000001"), .name = TEXT("青禾县石桥教学点（虚构）"), .parent = town, .day = from }, err) &&
           one_act(m, session, (struct unit_wish){ .act = UNIT_ADD, .kind = UNIT_SCHOOL, .code = TEXT("9900000002"), .name = TEXT("青禾县南坡小学（虚构）"), .parent = town, .day = from }, err) &&
           one_act(m, session, (struct unit_wish){ .act = UNIT_CLOSE, .code = TEXT("9900000001"), .day = TEXT("2023-07-10"), .reason = TEXT("没有生源") }, err) &&
           one_act(m, session, (struct unit_wish){ .act = UNIT_MERGE, .code = TEXT("9900000002"), .successor = into, .day = TEXT("2023-08-20"), .reason = TEXT("布局调整") }, err);
}

bool demo_units(struct house *house, int64_t now, struct arena *mem, struct err *err)
{
    struct making m = { .house = house, .now = now, .mem = mem };
    if (!house_snapshot(house, &m.snapshot, err))
        return false;
    const bool ok = !m.snapshot->n_years || house_write(house, make, &m, err);
    snapshot_release(&m.snapshot);
    return ok;
}

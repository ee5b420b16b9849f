#include "app/confine.h"

#include "base/day.h"
#include "store/round_store.h"

/* The district of a school or campus on a day; empty: in none. */
static struct text district_of(const struct unit_row *units, size_t n, const struct unit_row *row, struct text day)
{
    if (row->district.size || row->kind != UNIT_CAMPUS)
        return row->district;
    const struct unit_row *const host = unit_at(units, n, row->parent, day);
    return host ? host->district : TEXT("");
}

struct school_set district_schools(const struct unit_row *units, size_t n, struct text district, struct text day, struct arena *mem)
{
    struct text *const codes = arena_array(mem, n + 1, struct text);
    struct school_set set = { codes, 0 };
    for (size_t i = 0; i < n; i++) {   /* by code: the set comes out sorted */
        if (i && text_equal(units[i - 1].code, units[i].code))
            continue;
        const struct unit_row *const row = unit_at(units, n, units[i].code, day);
        if (row && (row->kind == UNIT_SCHOOL || row->kind == UNIT_CAMPUS) && text_equal(district_of(units, n, row, day), district))
            codes[set.n++] = row->code;
    }
    return set;
}

struct text school_district(const struct unit_row *units, size_t n, struct text school, struct text day)
{
    const struct unit_row *const row = unit_at(units, n, school, day);
    return row ? district_of(units, n, row, day) : TEXT("");
}

bool app_is_confined(const struct actor *actor)
{
    return actor->place.kind == PLACE_DISTRICT || actor->role == ROLE_assessor;
}

/* The schools of the rounds he is on that are not over; none else, none at all where he is on none. */
static bool round_schools(struct house *house, const struct actor *actor, struct arena *mem, struct school_set *out, struct err *err)
{
    struct db_session *session;
    struct round_spot *spots;
    size_t n;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_round_covers(session, house_county(house), actor->account, mem, &spots, &n, err);
    db_read_end(&session);
    if (!ok)
        return false;
    struct text *const codes = arena_array(mem, n + 1, struct text);
    *out = (struct school_set){ codes, 0 };
    for (size_t i = 0; i < n; i++)
        if (text_equal(spots[i].kind, place_word(PLACE_SCHOOL)))
            codes[out->n++] = spots[i].name;
    return true;
}

bool app_confine(struct house *house, const struct snapshot *s, int64_t now, struct arena *mem, struct actor *actor, struct err *err)
{
    if (actor->role == ROLE_assessor) {
        struct school_set *const covered = arena_make(mem, struct school_set);
        if (!round_schools(house, actor, mem, covered, err))
            return false;
        actor->only = covered;
        return true;
    }
    if (actor->place.kind != PLACE_DISTRICT || !actor->place.name.size)
        return true;
    struct school_set *const set = arena_make(mem, struct school_set);
    *set = district_schools(s->units, s->n_units, actor->place.name, day_shown(now, mem), mem);
    actor->only = set;
    return true;
}

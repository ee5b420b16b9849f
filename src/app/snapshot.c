/* The computed state: taken from the store and assessed when first asked for, then shared until data change. */
#include "app/house_inside.h"

#include "import/geojson.h"
#include "indicator/assess.h"
#include "indicator/need.h"
#include "store/collection_store.h"
#include "store/county_store.h"
#include "store/returns_store.h"
#include "store/unit_store.h"

static void let_go(struct held_snapshot *held)
{
    if (held && atomic_fetch_sub(&held->holders, 1) == 1) {
        struct arena *mem = held->shown.mem;
        arena_free(&mem);
    }
}

void snapshot_assess(struct snapshot *s, struct returns *returns, struct arena *mem)
{
    const struct assess_request request = { .edition = s->edition, .by = NO_ITEM, .needs = true, .shares = true, .failing_rows = true };
    struct assessment *assessment = arena_make(mem, struct assessment);
    assess(returns, &request, mem, assessment);
    struct county_needs *needs = arena_array(mem, assessment->n_counties, struct county_needs);
    int *years = arena_array(mem, returns->n_counties, int);
    for (size_t c = 0; c < assessment->n_counties; c++) {
        needs[c].schools = need_of_schools(assessment, &assessment->counties[c], mem, &needs[c].n);
        years[c] = returns->counties[c].year;
    }
    s->returns = returns;
    s->assessment = assessment;
    s->needs = needs;
    s->years = years;
    s->n_years = returns->n_counties;
}

static bool is_locked(const struct collection_record *collections, size_t n, int year)
{
    for (size_t i = 0; i < n; i++)
        if (collections[i].year == year)
            return collections[i].locked_at != 0;
    return false;
}

/* What the assessment lacks.  While a year is being collected nothing is concluded: who lacks may yet change every mean.  Once it is
 * locked without them, it may be that something fails, never that all is met. */
static bool note_lacking(struct snapshot *s, struct db_session *session, struct arena *mem, struct err *err)
{
    struct lacking_record *records;
    struct collection_record *collections;
    size_t n_collections;
    if (!store_lacking(session, s->county_code, mem, &records, &s->n_lacking, err) ||
        !store_collections(session, s->county_code, mem, &collections, &n_collections, err))
        return false;
    struct lacking_school *const list = arena_array(mem, s->n_lacking, struct lacking_school);
    for (size_t i = 0; i < s->n_lacking; i++) {
        list[i] = (struct lacking_school){ records[i].year, records[i].school, records[i].name, records[i].township };
        for (size_t c = 0; c < s->n_years; c++)
            if (s->years[c] == list[i].year) {
                struct county_assessment *const county = &s->assessment->counties[c];
                county->lacking++;
                if (county->verdict == STATE_MET || !is_locked(collections, n_collections, list[i].year))
                    county->verdict = STATE_NO_DATA;
            }
    }
    s->lacking = list;
    s->usual_year = s->n_years ? s->n_years - 1 : 0;
    for (size_t c = s->n_years; c-- > 0;)
        if (s->returns->counties[c].n && (!s->assessment->counties[c].lacking || is_locked(collections, n_collections, s->years[c]))) {
            s->usual_year = c;
            break;
        }
    return true;
}

static bool take(struct house *house, struct db_session *session, struct held_snapshot **out, struct err *err)
{
    struct arena *mem = arena_new("snapshot");
    struct held_snapshot *const held = arena_make(mem, struct held_snapshot);
    struct snapshot *const s = &held->shown;
    struct county_record county;
    struct returns *returns;
    struct text geojson;
    struct outline *outline = NULL;
    struct unit_row *units;
    size_t n_units;
    if (!store_county(session, mem, &county, err) ||
        !store_returns(session, county.code, &house->edition->items, VERSION_STANDING, mem, &returns, err) ||
        !store_outline(session, county.code, mem, &geojson, err) || !store_units(session, county.code, mem, &units, &n_units, err) ||
        (geojson.size && !geojson_read(mem, TEXT("地图边界"), geojson, &outline, err))) {
        arena_free(&mem);
        return false;
    }
    for (size_t c = 0; c < returns->n_counties; c++)
        returns->counties[c].name = county.name;
    *s = (struct snapshot){ .version = (uint64_t)county.version, .made = ++house->made, .mem = mem, .edition = house->edition,
                            .county_code = county.code, .county_name = county.name, .fictional = county.fictional, .outline = outline,
                            .units = units, .n_units = n_units };
    snapshot_assess(s, returns, mem);
    if (!note_lacking(s, session, mem, err)) {
        arena_free(&mem);
        return false;
    }
    atomic_init(&held->holders, 1);
    *out = held;
    return true;
}

/* The current one, held once more, if it is known to be the latest or an older one will do; else NULL. */
static struct held_snapshot *at_hand(struct house *house, bool older_will_do)
{
    struct held_snapshot *held = NULL;
    pthread_mutex_lock(&house->keeping);
    if (house->current && (older_will_do || house->current_at == atomic_load(&house->changes))) {
        held = house->current;
        atomic_fetch_add(&held->holders, 1);
    }
    pthread_mutex_unlock(&house->keeping);
    return held;
}

/* `at` was read before the session began: what is found is at least as new. */
static struct held_snapshot *keep(struct house *house, struct held_snapshot *made, uint_fast64_t at)
{
    pthread_mutex_lock(&house->keeping);
    struct held_snapshot *old = NULL;
    if (made) {
        old = house->current;
        house->current = made;
    }
    house->current_at = at;
    struct held_snapshot *const held = house->current;
    atomic_fetch_add(&held->holders, 1);
    pthread_mutex_unlock(&house->keeping);
    let_go(old);
    return held;
}

static bool look_again(struct house *house, struct held_snapshot **out, struct err *err)
{
    const uint_fast64_t at = atomic_load(&house->changes);
    const bool redrawn = atomic_exchange(&house->redrawn, false);
    struct db_session *session;
    struct held_snapshot *made = NULL;
    int64_t version, n_units = 0;
    if (!db_read_begin(house->db, &session, err)) {
        if (redrawn)
            atomic_store(&house->redrawn, true);
        return false;
    }
    bool ok = store_county_version(session, house->county, &version, err) && store_unit_count(session, house->county, &n_units, err);
    if (ok && !(!redrawn && house->current && house->current->shown.version == (uint64_t)version && house->current->shown.n_units == (size_t)n_units))
        ok = take(house, session, &made, err);
    db_read_end(&session);
    if (ok)
        *out = keep(house, made, at);
    else if (redrawn)
        atomic_store(&house->redrawn, true);
    return ok;
}

bool house_snapshot(struct house *house, const struct snapshot **out, struct err *err)
{
    struct held_snapshot *held = at_hand(house, false);
    bool ok = true;
    if (!held) {
        pthread_mutex_lock(&house->computing);
        held = at_hand(house, false); /* whoever was before us may have done it */
        ok = held || look_again(house, &held, err);
        pthread_mutex_unlock(&house->computing);
    }
    if (ok)
        *out = &held->shown;
    return ok;
}

bool house_snapshot_at_hand(struct house *house, const struct snapshot **out, struct err *err)
{
    struct held_snapshot *const held = at_hand(house, true);
    if (!held)
        return house_snapshot(house, out, err);
    *out = &held->shown;
    return true;
}

void snapshot_release(const struct snapshot **snapshot)
{
    let_go((struct held_snapshot *)(uintptr_t)*snapshot);
    *snapshot = NULL;
}

/* ---- looking into one --------------------------------------------------------------------- */

size_t snapshot_year(const struct snapshot *s, int year)
{
    if (!year)
        return s->usual_year;
    for (size_t i = 0; i < s->n_years; i++)
        if (s->years[i] == year)
            return i;
    return s->n_years;
}

bool snapshot_visible(const struct snapshot *s, size_t row, const struct actor *actor)
{
    const struct item_list *const items = &s->edition->items;
    return actor_covers(actor, returns_text(s->returns, row, items->school_code), returns_text(s->returns, row, items->township));
}

size_t snapshot_school(const struct snapshot *s, size_t year, struct text code, const struct actor *actor)
{
    if (year >= s->n_years)
        return SIZE_MAX;
    const struct county_year *const c = &s->returns->counties[year];
    size_t low = c->first, high = c->first + c->n;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = text_compare(returns_text(s->returns, middle, s->edition->items.school_code), code);
        if (order == 0)
            return snapshot_visible(s, middle, actor) ? middle : SIZE_MAX;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

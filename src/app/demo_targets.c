/* Targets of the made-up county: set a year ago from the figures of then and issued, so that a year is measured against them; one unit's
 * owner is the county's own, some persons are named. */
#include "app/demo_parts.h"

#include "app/targets.h"
#include "base/day.h"

struct making { struct house *house; const struct snapshot *snapshot; int64_t now; struct arena *mem; };

static bool name_owners(void *context, struct db_session *session, struct err *err)
{
    static const struct { const char *code, *person; } PERSONS[] = {
        { "D05", "孙立新" }, { "D07", "李建国" }, { "D11", "郑国强" }, { "D12", "马红梅" }, { "D13", "周海涛" },
    };
    const struct making *const m = context;
    const struct actor console = actor_console();
    const struct owner_rule rooms = { .subject = TEXT("L4"), .stage = TEXT("junior"), .owner = TEXT("D06"), .helpers = TEXT("D11 D07 school"),
                                      .basis = TEXT("青政办〔2025〕6号（虚构）") };
    for (size_t i = 0; i < COUNT(PERSONS); i++)
        if (!app_owner_person_put(m->house, session, &console, (struct place){ PLACE_DEPARTMENT, text_of(PERSONS[i].code) }, text_of(PERSONS[i].person), m->now,
                                  m->mem, err))
            return false;
    return app_owner_put(m->house, session, &console, &rooms, m->now, m->mem, err);
}

bool demo_targets(struct house *house, int64_t now, struct arena *mem, struct err *err)
{
    struct making m = { .house = house, .now = now, .mem = mem };
    const struct actor console = actor_console();
    struct target_proposed done;
    if (!house_snapshot(house, &m.snapshot, err))
        return false;
    const size_t usual = m.snapshot->usual_year;
    const struct target_proposal wish = { .basis = "linear", .from_year = usual ? m.snapshot->years[usual - 1] : 0 };
    const bool ok = !m.snapshot->n_years ||
                    (house_write(house, name_owners, &m, err) && app_targets_propose(house, m.snapshot, &console, &wish, now, mem, &done, err) &&
                     app_targets_issue(house, m.snapshot, &console, TEXT("青政办〔2025〕8号（虚构）"), TEXT("2025-03-10"), now, mem, err));
    snapshot_release(&m.snapshot);
    return ok;
}

/* The borders for the map. */
#include "app/audit.h"
#include "app/house_inside.h"
#include "import/geojson.h"
#include "store/county_store.h"

struct outline_work { struct house *house; const struct actor *actor; struct text geojson; int64_t now; };

static bool put(void *context, struct db_session *session, struct err *err)
{
    const struct outline_work *const w = context;
    return store_outline_put(session, house_county(w->house), w->geojson, err) &&
           audit_write(session, w->actor, "outline.put", house_county(w->house), TEXT(""), w->now, err);
}

bool house_outline_put(struct house *house, const struct actor *actor, struct text file, struct text geojson, int64_t now, struct err *err)
{
    struct arena *mem = arena_new("outline");
    struct outline *outline;
    struct outline_work work = { house, actor, geojson, now };
    const bool ok = actor_may(actor, MAY_IMPORT, err) && geojson_read(mem, file, geojson, &outline, err) && house_write(house, put, &work, err);
    arena_free(&mem);
    if (ok)
        house_redraw(house);
    return ok;
}

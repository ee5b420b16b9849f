#include "app/past.h"

#include "app/house_inside.h"
#include "store/county_store.h"
#include "store/returns_store.h"
#include "store/unit_store.h"

static void note_lacking(struct snapshot *s, const struct past_wish *wish)
{
    s->lacking = wish->lacking;
    s->n_lacking = wish->n_lacking;
    for (size_t i = 0; i < wish->n_lacking; i++)
        for (size_t c = 0; c < s->n_years; c++) {
            struct county_assessment *const county = &s->assessment->counties[c];
            if (s->years[c] != wish->lacking[i].year)
                continue;
            county->lacking++;
            if (county->verdict == STATE_MET)
                county->verdict = STATE_NO_DATA;
        }
}

static bool take(struct db_session *session, struct house *house, const struct past_wish *wish, struct arena *mem, struct snapshot *out, struct err *err)
{
    struct county_record county;
    struct returns *returns;
    struct unit_row *units;
    size_t n_units;
    const struct edition *const edition = wish->edition ? wish->edition : house->edition;
    if (!store_county(session, mem, &county, err))
        return false;
    if (wish->version < 0 || wish->version > county.version)
        return err_set(err, ERR_INPUT, "没有第 %lld 版数据，现在是第 %lld 版。", (long long)wish->version, (long long)county.version);
    if (!store_returns(session, county.code, &edition->items, wish->version, mem, &returns, err) ||
        !store_units(session, county.code, mem, &units, &n_units, err))
        return false;
    for (size_t c = 0; c < returns->n_counties; c++)
        returns->counties[c].name = county.name;
    *out = (struct snapshot){ .version = (uint64_t)(wish->version ? wish->version : county.version), .mem = mem, .edition = edition,
                              .county_code = county.code, .county_name = county.name, .fictional = county.fictional, .units = units, .n_units = n_units };
    snapshot_assess(out, returns, mem);
    out->usual_year = out->n_years ? out->n_years - 1 : 0;
    note_lacking(out, wish);
    return true;
}

bool app_past(struct house *house, const struct past_wish *wish, struct arena *mem, struct snapshot *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house->db, &session, err))
        return false;
    const bool ok = take(session, house, wish, mem, out, err);
    db_read_end(&session);
    return ok;
}

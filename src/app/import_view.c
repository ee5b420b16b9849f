/* Looking: what an import has found and what it would change. */
#include "app/import.h"

#include "store/county_store.h"
#include "store/import_store.h"
#include "store/returns_store.h"

static bool look(struct house *house, struct db_session *session, struct text id, struct arena *mem, struct import_view *out, struct err *err)
{
    const struct text county = house_county(house);
    const struct item_list *const items = &house_edition(house)->items;
    struct returns *staged, *standing, *base = NULL;
    out->findings = (struct findings){ .mem = mem };
    if (!store_import(session, county, id, mem, &out->record, err) ||
        !store_import_files(session, county, id, mem, &out->files, &out->n_files, err) ||
        !store_import_findings(session, county, id, &out->findings, err) ||
        !store_county_version(session, county, &out->version_now, err))
        return false;
    if (out->record.state != IMPORT_WAITING)
        return store_import_outcome(session, county, id, mem, &out->outcome, err);
    if (!store_staged_returns(session, county, id, items, mem, &staged, err) ||
        !store_returns(session, county, items, VERSION_STANDING, mem, &standing, err) ||
        (out->record.base_version && !store_returns(session, county, items, out->record.base_version, mem, &base, err)))
        return false;
    out->staged = staged;
    import_compare(staged, standing, base, &out->findings, mem, &out->difference);
    return true;
}

bool app_import_view(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct import_view *out,
                     struct err *err)
{
    struct db_session *session;
    *out = (struct import_view){ 0 };
    if (!actor_may(actor, MAY_IMPORT, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = look(house, session, id, mem, out, err);
    db_read_end(&session);
    return ok;
}

bool app_imports(struct house *house, const struct actor *actor, size_t most, struct arena *mem, struct import_record **out,
                 size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_IMPORT, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_imports(session, house_county(house), most, mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_import_history(struct house *house, const struct actor *actor, size_t most, struct arena *mem, struct import_past **out,
                        size_t *n_out, struct err *err)
{
    const struct text county = house_county(house);
    struct db_session *session;
    struct import_record *records;
    if (!actor_may(actor, MAY_IMPORT, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = store_imports(session, county, most, mem, &records, n_out, err);
    struct import_past *const past = arena_array(mem, ok ? *n_out : 0, struct import_past);
    for (size_t i = 0; ok && i < *n_out; i++) {
        past[i].record = records[i];
        ok = store_import_files(session, county, records[i].id, mem, &past[i].files, &past[i].n_files, err) &&
             (!records[i].version || store_import_outcome(session, county, records[i].id, mem, &past[i].outcome, err));
    }
    db_read_end(&session);
    *out = past;
    return ok;
}

bool app_import_file(struct house *house, const struct actor *actor, struct text id, size_t position, struct arena *mem,
                     struct text *name_out, struct text *bytes_out, struct err *err)
{
    struct db_session *session;
    struct import_file_record *files;
    size_t n;
    if (!actor_may(actor, MAY_IMPORT, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = store_import_files(session, house_county(house), id, mem, &files, &n, err);
    if (ok && position >= n)
        ok = err_set(err, ERR_ABSENT, "这次导入没有这个文件。");
    if (ok) {
        *name_out = files[position].name;
        ok = store_file_get(session, house_county(house), files[position].sha256, mem, bytes_out, err);
    }
    db_read_end(&session);
    return ok;
}

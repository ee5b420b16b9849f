#include "app/stored_file.h"

#include "app/audit.h"
#include "store/import_store.h"

struct giving { const struct actor *actor; struct text sha256, name; int64_t now; };

static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct giving *const g = context;
    return audit_write(session, g->actor, "export.file", g->sha256, g->name, g->now, err);
}

bool app_stored_file(struct house *house, const struct actor *actor, struct text sha256, int64_t now, struct arena *mem,
                     struct text *name_out, struct text *bytes_out, struct err *err)
{
    const struct text county = house_county(house);
    struct db_session *session = NULL;
    if (!actor_may(actor, MAY_EXPORT, err))
        return false;
    if (!actor_covers_county(actor))
        return err_set(err, ERR_DENIED, "导入的文件里有别的学校，要由能看全县的人来取。");
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_file_get(session, county, sha256, mem, bytes_out, err) && store_file_name(session, county, sha256, mem, name_out, err);
    db_read_end(&session);
    struct giving giving = { actor, sha256, ok ? *name_out : TEXT(""), now };
    return ok && house_write(house, note, &giving, err);
}

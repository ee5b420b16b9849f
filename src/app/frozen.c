/* Looking at what was frozen, making it again, packing it. */
#include "app/frozen_inside.h"

#include "app/audit.h"
#include "app/readiness.h"
#include "report/zip_writer.h"
#include "standard/official_load.h"
#include "store/audit_store.h"
#include "store/import_store.h"

enum { MOST_ZIP = 240 << 20 };

/* ---- seen --------------------------------------------------------------------------------- */

static bool may_see(const struct actor *actor, uint64_t act, struct err *err)
{
    if (!actor_may(actor, act, err))
        return false;
    return actor_covers_county(actor) || err_set(err, ERR_DENIED, "归档的评估是全县的，只给看全县的人看。");
}

bool app_frozen_list(struct house *house, const struct actor *actor, struct arena *mem, struct frozen **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!may_see(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_frozen_list(session, house_county(house), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_frozen(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct frozen *out,
                struct frozen_inside *inside_out, struct err *err)
{
    struct db_session *session;
    if (!may_see(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_frozen(session, house_county(house), id, mem, out, inside_out, err);
    db_read_end(&session);
    return ok;
}

static bool bytes_of(struct house *house, struct text sha256, struct arena *mem, struct text *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_file_get(session, house_county(house), sha256, mem, out, err);
    db_read_end(&session);
    return ok;
}

struct noting { const struct actor *actor; const char *verb; struct text object, detail; int64_t now; };

static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, n->verb, n->object, n->detail, n->now, err);
}

static bool note_it(struct house *house, const struct actor *actor, const char *verb, struct text id, struct text detail, int64_t now, struct err *err)
{
    return db_write(house_db(house), note, &(struct noting){ actor, verb, id, detail, now }, err);
}

bool app_frozen_file(struct house *house, const struct actor *actor, struct text id, struct text path, int64_t now, struct arena *mem,
                     struct text *bytes_out, struct err *err)
{
    struct frozen frozen;
    struct frozen_inside inside;
    struct text sha256 = TEXT("");
    if (!may_see(actor, MAY_EXPORT, err) || !app_frozen(house, actor, id, mem, &frozen, &inside, err))
        return false;
    for (size_t i = 0; i < inside.n_files; i++)
        if (text_equal(inside.files[i].path, path))
            sha256 = inside.files[i].sha256;
    if (text_equal(path, TEXT(FROZEN_MANIFEST)))
        sha256 = frozen.manifest_sha256;
    if (!sha256.size)
        return err_set(err, ERR_ABSENT, "这份归档里没有“%.*s”这个文件。", (int)(path.size > 80 ? 80 : path.size), path.at);
    return bytes_of(house, sha256, mem, bytes_out, err) && note_it(house, actor, "export.report", id, path, now, err);
}

/* ---- made again --------------------------------------------------------------------------- */

/* The frozen edition, from its own stored tables. */
static bool load_edition(struct house *house, const struct frozen *frozen, const struct frozen_inside *inside, struct arena *mem,
                         const struct edition **out, const struct official_form **official_out, struct err *err)
{
    struct edition_file *const files = arena_array(mem, inside->n_files + 1, struct edition_file);
    size_t n = 0;
    for (size_t i = 0; i < inside->n_files; i++) {
        if (inside->files[i].role != FROZEN_STANDARD)
            continue;
        struct text name = inside->files[i].path, part;
        while (text_split(&name, '/', &part))
            files[n].name = part;
        if (!bytes_of(house, inside->files[i].sha256, mem, &files[n++].bytes, err))
            return false;
    }
    return edition_load(mem, frozen->edition, files, n, out, err) && official_load(mem, *out, frozen->edition, files, n, official_out, err);
}

static bool state_of(struct house *house, const struct frozen *frozen, const struct frozen_inside *inside, struct arena *mem, struct snapshot *out,
                     size_t *year_out, const struct official_form **official_out, struct err *err)
{
    struct past_wish wish = { .version = frozen->data_version, .n_lacking = inside->n_lacking };
    struct lacking_school *const lacking = arena_array(mem, inside->n_lacking + 1, struct lacking_school);
    for (size_t i = 0; i < inside->n_lacking; i++)
        lacking[i] = (struct lacking_school){ inside->lacking[i].year, inside->lacking[i].code, inside->lacking[i].name, inside->lacking[i].township };
    wish.lacking = lacking;
    if (!load_edition(house, frozen, inside, mem, &wish.edition, official_out, err) || !app_past(house, &wish, mem, out, err))
        return false;
    out->county_name = frozen->county_name;
    out->fictional = frozen->fictional;
    for (size_t c = 0; c < out->n_years; c++)
        out->returns->counties[c].name = frozen->county_name;
    *year_out = snapshot_year(out, frozen->year);
    return *year_out < out->n_years || err_set(err, ERR_INPUT, "第 %lld 版数据里没有 %d学年。", (long long)frozen->data_version, frozen->year);
}

bool app_frozen_state(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct snapshot *out, size_t *year_out,
                      struct err *err)
{
    struct frozen frozen;
    struct frozen_inside inside;
    const struct official_form *official;
    return app_frozen(house, actor, id, mem, &frozen, &inside, err) && state_of(house, &frozen, &inside, mem, out, year_out, &official, err);
}

static void check(struct frozen_verified *out, enum frozen_role role, struct text path, struct text recorded, struct text found)
{
    const enum frozen_check is = !found.size ? FROZEN_CANNOT : text_equal(recorded, found) ? FROZEN_SAME : FROZEN_DIFFERS;
    out->differing += is == FROZEN_DIFFERS;
    out->not_made += is == FROZEN_CANNOT;
    out->files[out->n++] = (struct frozen_checked){ path, recorded, found, is, role };
}

/* What is stored must have the hash it is stored under. */
static bool check_stored(struct house *house, const struct frozen_file *file, struct text *found_out, struct arena *mem, struct err *err)
{
    struct arena *part = arena_new("verify");
    struct text bytes;
    const bool ok = bytes_of(house, file->sha256, part, &bytes, err);
    if (ok)
        *found_out = frozen_hash(bytes, mem);
    arena_free(&part);
    return ok;
}

static bool is_chained(struct house *house, const struct frozen *frozen, struct arena *mem, bool *out, struct err *err)
{
    struct db_session *session;
    struct audit_line line;
    bool found;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_audit_last(session, TEXT("report.freeze"), frozen->id, mem, &line, &found, err);
    db_read_end(&session);
    *out = ok && found && text_find(line.detail, frozen->manifest_sha256, NULL);
    return ok;
}

bool app_frozen_verify(struct house *house, const struct actor *actor, struct text id, struct arena *mem, struct frozen_verified *out, struct err *err)
{
    struct frozen frozen;
    struct frozen_inside inside;
    struct snapshot snapshot;
    struct remaking r = { .house = house, .snapshot = &snapshot, .frozen = &frozen };
    struct made_file made[FROZEN_MOST_MADE];
    size_t n_made;
    if (!app_frozen(house, actor, id, mem, &frozen, &inside, err) || !state_of(house, &frozen, &inside, mem, &snapshot, &r.year, &r.official, err))
        return false;
    r.words = inside.words, r.n_words = inside.n_words, r.lists = inside.lists, r.n_lists = inside.n_lists;
    if (!frozen_make(&r, mem, made, &n_made, err))
        return false;
    *out = (struct frozen_verified){ .files = arena_array(mem, inside.n_files + 1, struct frozen_checked) };
    for (size_t i = 0; i < inside.n_files; i++) {
        struct text found = TEXT("");
        for (size_t k = 0; k < n_made; k++)
            if (inside.files[i].role == FROZEN_MADE && text_equal(made[k].file.path, inside.files[i].path))
                found = made[k].file.sha256;
        if (inside.files[i].role != FROZEN_MADE && !check_stored(house, &inside.files[i], &found, mem, err))
            return false;
        check(out, inside.files[i].role, inside.files[i].path, inside.files[i].sha256, found);
    }
    check(out, FROZEN_MADE, TEXT(FROZEN_MANIFEST), frozen.manifest_sha256, frozen_hash(frozen_manifest(&frozen, &inside, mem), mem));
    return is_chained(house, &frozen, mem, &out->chained, err);
}

/* ---- packed ------------------------------------------------------------------------------- */

static bool zip_of(struct house *house, const struct frozen *frozen, const struct frozen_inside *inside, struct arena *mem, struct text *out, struct err *err)
{
    int64_t all = 0;
    for (size_t i = 0; i < inside->n_files; i++)
        all += inside->files[i].size;
    if (all > MOST_ZIP) {
        err_set(err, ERR_LIMIT, "文件共 %lld MB，超过一个包的 %d MB。", (long long)(all >> 20), MOST_ZIP >> 20);
        return err_hint(err, "请在归档页逐个下载，或者把佐证材料里的大图压小，重新归档。");
    }
    struct zip_writer zip = zip_writer_new(mem, (size_t)all + (1 << 16));
    struct text bytes;
    if (!bytes_of(house, frozen->manifest_sha256, mem, &bytes, err) || !zip_writer_put(&zip, TEXT(FROZEN_MANIFEST), bytes, err))
        return false;
    for (size_t i = 0; i < inside->n_files; i++) {
        struct arena *part = arena_new("pack");
        const bool ok = bytes_of(house, inside->files[i].sha256, part, &bytes, err) && zip_writer_put(&zip, inside->files[i].path, bytes, err);
        arena_free(&part);
        if (!ok)
            return false;
    }
    *out = zip_writer_end(&zip);
    return true;
}

static bool pack(struct house *house, const struct actor *actor, struct text id, const char *what, const char *verb, int64_t now, struct arena *mem,
                 struct text *name_out, struct text *bytes_out, struct err *err)
{
    struct frozen frozen;
    struct frozen_inside inside;
    if (!app_frozen(house, actor, id, mem, &frozen, &inside, err) || !zip_of(house, &frozen, &inside, mem, bytes_out, err))
        return false;
    *name_out = text_printf(mem, "%.*s-%d学年-%s.zip", TEXT_ARG(frozen.county_name), frozen.year, what);
    return note_it(house, actor, verb, id, text_printf(mem, "sha256=%.*s", TEXT_ARG(frozen_hash(*bytes_out, mem))), now, err);
}

bool app_frozen_zip(struct house *house, const struct actor *actor, struct text id, int64_t now, struct arena *mem, struct text *name_out,
                    struct text *bytes_out, struct err *err)
{
    return may_see(actor, MAY_EXPORT, err) && pack(house, actor, id, "归档", "export.report", now, mem, name_out, bytes_out, err);
}

bool app_application_pack(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, int64_t now, struct arena *mem,
                          struct text *name_out, struct text *bytes_out, struct err *err)
{
    const struct readiness *r;
    struct frozen *list;
    size_t n;
    if (!actor_may(actor, MAY_FREEZE, err) || !app_readiness(house, snapshot, actor, year, false, now, mem, &r, err))
        return false;
    if (!r->ready) {
        err_set(err, ERR_CONFLICT, "还不能生成申请材料：%zu 条没有达到，%zu 条还不能判定。", r->failing, r->unknown);
        return err_hint(err, "请看“申报条件”里挡住的每一条由谁办。");
    }
    if (!app_frozen_list(house, actor, mem, &list, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (list[i].year == snapshot->years[year])
            return pack(house, actor, list[i].id, "申请材料", "report.pack", now, mem, name_out, bytes_out, err);
    return err_set(err, ERR_CONFLICT, "还没有归档。");
}

/* Freezing: the files are made first, outside the writer; then all is laid down in one savepoint, if the data are still the same. */
#include "app/frozen_inside.h"

#include "app/audit.h"
#include "app/edition.h"
#include "app/evidence_inside.h"
#include "standard/edition_load.h"
#include "store/county_store.h"
#include "store/import_store.h"

struct freezing {
    struct house *house;
    const struct snapshot *snapshot;
    const struct actor *actor;
    struct arena *mem;
    struct frozen frozen;
    struct frozen_inside inside;
    struct made_file *bytes;        /* those that are not in the store yet */
    size_t n_bytes;
    struct text manifest;
};

/* ---- what is kept ------------------------------------------------------------------------- */

/* The tables of the edition, as files. */
static bool take_standard(struct freezing *f, struct made_file **out, size_t *n_out, struct err *err)
{
    const struct edition_file *files;
    const struct text name = house_edition_name(f->house);
    if (!app_edition_files(f->mem, text_string(f->mem, name), &files, n_out, err))
        return false;
    *out = arena_array(f->mem, *n_out + 1, struct made_file);
    for (size_t i = 0; i < *n_out; i++)
        (*out)[i] = (struct made_file){ { FROZEN_STANDARD, text_printf(f->mem, "07-标准/%.*s", TEXT_ARG(files[i].name)), frozen_hash(files[i].bytes, f->mem),
                                          (int64_t)files[i].bytes.size }, files[i].bytes };
    f->frozen.edition = name;
    f->frozen.edition_sha256 = frozen_hash_of_files(*out, *n_out, f->mem);
    return true;
}

/* The words that stand in the draft's place. */
static bool take_words(struct freezing *f, struct err *err)
{
    struct db_session *session;
    struct section_words *words;
    size_t n;
    if (!db_read_begin(house_db(f->house), &session, err))
        return false;
    const bool ok = store_report_words(session, house_county(f->house), f->frozen.year, TEXT("county"), f->mem, &words, &n, err);
    db_read_end(&session);
    if (!ok)
        return false;
    f->inside.words = words;
    for (size_t i = 0; i < n; i++)
        if (words[i].words.size)
            words[f->inside.n_words++] = words[i];
    return true;
}

static void take_lacking(struct freezing *f)
{
    f->inside.lacking = arena_array(f->mem, f->snapshot->n_lacking + 1, struct frozen_school);
    for (size_t i = 0; i < f->snapshot->n_lacking; i++) {
        const struct lacking_school *const l = &f->snapshot->lacking[i];
        f->inside.lacking[f->inside.n_lacking++] = (struct frozen_school){ l->year, l->code, l->name, l->township };
    }
}

static bool make_files(struct freezing *f, size_t year, struct err *err)
{
    struct made_file made[FROZEN_MOST_MADE], *standard;
    struct frozen_file *proofs;
    size_t n_made, n_standard, n_proofs;
    struct word_list *const lists = arena_array(f->mem, 3, struct word_list);
    if (!take_standard(f, &standard, &n_standard, err) || !take_words(f, err) ||
        !frozen_lists(f->house, f->snapshot, f->actor, f->frozen.year, f->mem, lists, &f->inside.n_lists, &proofs, &n_proofs, err))
        return false;
    f->inside.lists = lists;
    take_lacking(f);
    const struct remaking remaking = { f->house, f->snapshot, year, house_official(f->house), &f->frozen, f->inside.words, f->inside.n_words, lists, f->inside.n_lists };
    if (!frozen_make(&remaking, f->mem, made, &n_made, err))
        return false;
    f->inside.files = arena_array(f->mem, n_made + n_proofs + n_standard, struct frozen_file);
    f->bytes = arena_array(f->mem, n_made + n_standard, struct made_file);
    for (size_t i = 0; i < n_made; i++)
        f->inside.files[f->inside.n_files++] = made[i].file, f->bytes[f->n_bytes++] = made[i];
    for (size_t i = 0; i < n_proofs; i++)
        f->inside.files[f->inside.n_files++] = proofs[i];
    for (size_t i = 0; i < n_standard; i++)
        f->inside.files[f->inside.n_files++] = standard[i].file, f->bytes[f->n_bytes++] = standard[i];
    f->manifest = frozen_manifest(&f->frozen, &f->inside, f->mem);
    f->frozen.manifest_sha256 = frozen_hash(f->manifest, f->mem);
    return true;
}

/* ---- laid down ---------------------------------------------------------------------------- */

static bool same_data(struct freezing *f, struct db_session *session, struct err *err)
{
    int64_t version;
    if (!store_county_version(session, house_county(f->house), &version, err))
        return false;
    if (version == f->frozen.data_version)
        return true;
    err_set(err, ERR_CONFLICT, "归档的时候数据有了改动，没有归档。");
    return err_hint(err, "请再归档一次。");
}

static bool lay_down(void *context, struct db_session *session, struct err *err)
{
    struct freezing *const f = context;
    const struct text county = house_county(f->house);
    if (!same_data(f, session, err) || !store_file_put(session, county, f->frozen.manifest_sha256, f->manifest, err))
        return false;
    for (size_t i = 0; i < f->n_bytes; i++)
        if (!store_file_put(session, county, f->bytes[i].file.sha256, f->bytes[i].bytes, err))
            return false;
    return store_frozen_add(session, county, &f->frozen, &f->inside, err) &&
           audit_write(session, f->actor, "report.freeze", f->frozen.id,
                       text_printf(f->mem, "year=%d version=%lld edition=%.*s manifest=%.*s", f->frozen.year, (long long)f->frozen.data_version,
                                   TEXT_ARG(f->frozen.edition), TEXT_ARG(f->frozen.manifest_sha256)),
                       f->frozen.stamp.at, err);
}

bool app_freeze(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct freeze_wish *wish, int64_t now,
                struct arena *mem, struct text *id_out, struct err *err)
{
    const struct text reason = text_trim(wish->reason);
    const size_t year = wish->year ? snapshot_year(snapshot, wish->year) : snapshot->n_years;
    if (!actor_may(actor, MAY_FREEZE, err) || !evidence_reason_right(reason, "归档的原因", err))
        return false;
    if (year == snapshot->n_years)
        return err_set(err, ERR_ABSENT, "没有 %d学年的数据，不能归档。", wish->year);
    struct freezing f = { .house = house, .snapshot = snapshot, .actor = actor, .mem = mem };
    f.frozen = (struct frozen){ .id = evidence_new_id(mem), .year = wish->year, .reason = reason, .data_version = (int64_t)snapshot->version,
                                .county_name = snapshot->county_name, .fictional = snapshot->fictional, .address = wish->address,
                                .stamp = actor_stamp(actor, now) };
    *id_out = f.frozen.id;
    return make_files(&f, year, err) && house_write(house, lay_down, &f, err);
}

/* Reading: files → staged returns, findings, a first comparison. */
#include "app/audit.h"
#include "app/import.h"
#include "app/import_mark.h"
#include "base/secret.h"
#include "intake/handover.h"
#include "standard/logic_check.h"
#include "store/county_store.h"
#include "store/import_store.h"
#include "store/returns_store.h"

enum { MOST_IMPORT_FINDINGS = 5000, ID_BYTES = 12, MARK_ROWS = 12 };

struct reading {
    struct house *house;
    const struct actor *actor;
    const struct import_request *request;
    struct arena *mem;
    struct handover_file *sent;        /* [file] under the names they are known by from here on */
    struct import_file_record *files;  /* [file] */
    struct returns *staged;
    struct text *sha256_of;            /* [source of the staged returns] */
    struct findings findings;
    struct import_record record;
};

/* ---- the files ---------------------------------------------------------------------------- */

static struct text hash_of(struct arena *mem, struct text bytes)
{
    unsigned char hash[SHA256_SIZE];
    char hex[HEX_SIZE(SHA256_SIZE) + 1];
    secret_sha256(bytes, hash);
    secret_hex(hash, sizeof hash, hex);
    return text_copy(mem, text_of(hex));
}

/* Findings and lineage name a file: two of one name get a number. */
static struct text own_name(const struct reading *r, size_t file, struct text name)
{
    struct text wanted = name;
    for (unsigned count = 2;; count++) {
        bool taken = false;
        for (size_t i = 0; i < file && !taken; i++)
            taken = text_equal(r->files[i].name, wanted);
        if (!taken)
            return wanted;
        wanted = text_printf(r->mem, "（%u）%.*s", count, TEXT_ARG(name));
    }
}

static bool name_files(struct reading *r, struct err *err)
{
    const struct import_request *const request = r->request;
    if (!request->n_files) {
        err_set(err, ERR_USAGE, "没有选文件。");
        return err_hint(err, "请选一个或几个填好的工作簿（.xlsx、.xls、.ods、.csv）。");
    }
    r->sent = arena_array(r->mem, request->n_files, struct handover_file);
    r->files = arena_array(r->mem, request->n_files, struct import_file_record);
    for (size_t i = 0; i < request->n_files; i++) {
        const struct import_upload *const u = &request->files[i];
        r->files[i] = (struct import_file_record){ own_name(r, i, handover_name(r->mem, u->name)), hash_of(r->mem, u->bytes), (int64_t)u->bytes.size };
        r->sent[i] = (struct handover_file){ r->files[i].name, u->bytes };
    }
    return true;
}

static bool read_files(struct reading *r, struct err *err)
{
    const struct handover_how how = { .progress = r->request->progress, .context = r->request->progress_context };
    const struct handover_request request = { .items = &house_edition(r->house)->items, .files = r->sent, .n_files = r->request->n_files,
                                              .county = house_county(r->house), .year = r->request->year };
    if (!handover_read(&how, &request, r->mem, &r->staged, &r->findings, err))
        return false;
    for (size_t i = 0; i < r->staged->n_counties; i++) {
        const struct text code = r->staged->counties[i].code;
        if (text_equal(code, house_county(r->house)))
            continue;
        err_set(err, ERR_INPUT, "文件里有县代码 %.*s 的数据，本机管的是 %.*s。", TEXT_ARG(code), TEXT_ARG(house_county(r->house)));
        return err_hint(err, "请核对“县代码”一列，或者换成本县的文件。");
    }
    if (!r->staged->n_counties) {
        err_set(err, ERR_INPUT, "文件里没有读到一所学校、一项区县数据。");
        return err_hint(err, "请核对是不是传错了文件；空白填报表可用 junheng template 生成。");
    }
    r->sha256_of = arena_array(r->mem, r->staged->n_sources + 1, struct text);
    for (size_t s = 0; s < r->staged->n_sources; s++)
        for (size_t i = 0; i < r->request->n_files; i++)
            if (text_equal(r->files[i].name, r->staged->sources[s].file))
                r->sha256_of[s] = r->files[i].sha256;
    return true;
}

/* ---- a workbook of ours that comes back ---------------------------------------------------- */

static bool find_mark(struct reading *r, const struct handover_file *file, struct export_mark *out)
{
    struct cell_source *sources;
    size_t n;
    struct err ignored = { .kind = ERR_NONE };
    const struct handover_window window = { .first = 1, .last = MARK_ROWS };
    if (!text_ends(file->name, TEXT(".xlsx")) ||
        !handover_cells(NULL, file, &house_edition(r->house)->items, &window, r->mem, &sources, &n, &ignored))
        return false;
    for (size_t s = 0; s < n; s++) {
        struct shown_cell cell;
        while (sources[s].next(sources[s].context, &cell))
            if (cell.kind == SHOWN_TEXT && export_mark_read(cell.text, out)) {
                out->county = text_copy(r->mem, out->county);
                return true;
            }
    }
    return false;
}

/* Only when every file carries one and the same mark: figures of another file were never exported. */
static int64_t common_mark(struct reading *r, int64_t version_now)
{
    int64_t version = 0;
    for (size_t i = 0; i < r->request->n_files; i++) {
        struct export_mark mark;
        if (!find_mark(r, &r->sent[i], &mark) || !text_equal(mark.county, house_county(r->house)) || mark.version < 1 ||
            mark.version > version_now || (version && version != mark.version))
            return 0;
        version = mark.version;
    }
    return version;
}

/* ---- against what stands ------------------------------------------------------------------ */

/* The checks between figures look at the county as it would stand; what they find in figures that stood there
 * before is no fault of these files. */
static void check(struct reading *r, const struct returns *standing)
{
    struct findings found = { .mem = r->mem, .most = MOST_IMPORT_FINDINGS };
    logic_checks(house_edition(r->house), returns_overlay(standing, r->staged, r->mem), &found);
    for (size_t i = 0; i < found.n; i++)
        if (found.at[i].file.size)
            finding_add(&r->findings, &found.at[i]);
    findings_sort(&r->findings);
}

static bool compare(struct reading *r, struct err *err)
{
    const struct text county = house_county(r->house);
    const struct item_list *const items = &house_edition(r->house)->items;
    struct db_session *session;
    struct returns *standing, *base = NULL;
    struct import_difference difference;
    if (!db_read_begin(house_db(r->house), &session, err))
        return false;
    bool ok = store_county_version(session, county, &r->record.seen_version, err) &&
              store_returns(session, county, items, VERSION_STANDING, r->mem, &standing, err);
    if (ok) {
        r->record.base_version = common_mark(r, r->record.seen_version);
        ok = !r->record.base_version || store_returns(session, county, items, r->record.base_version, r->mem, &base, err);
    }
    db_read_end(&session);
    if (!ok)
        return false;
    check(r, standing);
    import_compare(r->staged, standing, base, &r->findings, r->mem, &difference);
    r->record.tally = (struct import_tally){
        .schools = (int64_t)r->staged->n, .added = (int64_t)difference.added, .changed = (int64_t)difference.changed,
        .same = (int64_t)difference.same, .conflicts = (int64_t)difference.conflicts,
        .errors = (int64_t)finding_count(&r->findings, FINDING_ERROR), .warnings = (int64_t)finding_count(&r->findings, FINDING_WARNING) };
    return true;
}

/* ---- kept until somebody decides ----------------------------------------------------------- */

static bool keep(void *context, struct db_session *session, struct err *err)
{
    struct reading *const r = context;
    const struct text county = house_county(r->house);
    for (size_t i = 0; i < r->request->n_files; i++)
        if (!store_file_put(session, county, r->files[i].sha256, r->request->files[i].bytes, err))
            return false;
    return store_import_add(session, county, &r->record, r->files, r->request->n_files, err) &&
           store_import_findings_put(session, county, r->record.id, &r->findings, err) &&
           store_stage(session, county, r->record.id, r->staged, r->sha256_of, err) &&
           audit_write(session, r->actor, "import.read", r->record.id, text_printf(r->mem, "files=%zu", r->request->n_files),
                       r->request->now, err);
}

bool app_import_read(struct house *house, const struct actor *actor, const struct import_request *request, struct arena *mem,
                     struct text *id_out, struct err *err)
{
    unsigned char random[ID_BYTES];
    char hex[HEX_SIZE(ID_BYTES) + 1];
    if (!actor_may(actor, MAY_IMPORT, err))
        return false;
    struct arena *work = arena_new("import");
    struct reading r = { .house = house, .actor = actor, .request = request, .mem = work,
                         .findings = { .mem = work, .most = MOST_IMPORT_FINDINGS } };
    secret_random(random, sizeof random);
    secret_hex(random, sizeof random, hex);
    r.record.id = text_of(hex);
    r.record.stamp = actor_stamp(actor, request->now);
    const bool ok = name_files(&r, err) && read_files(&r, err) && compare(&r, err) && house_write(house, keep, &r, err);
    if (ok)
        *id_out = text_copy(mem, r.record.id);
    arena_free(&work);
    return ok;
}

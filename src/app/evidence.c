/* Proof: what is done — put, renewed, described, withdrawn. */
#include "app/evidence.h"

#include "app/audit.h"
#include "app/evidence_inside.h"
#include "base/grams.h"
#include "base/unicode.h"
#include "intake/document.h"
#include "intake/handover.h"
#include "store/evidence_store.h"
#include "store/import_store.h"

enum { LONGEST_DESCRIPTION = 300, LONGEST_REASON = 200, LEAST_REASON = 2, ID_BYTES = 9, INDEXED = 1 << 20 /* bytes of a text that are searched */ };

struct text evidence_new_id(struct arena *mem)
{
    unsigned char random[ID_BYTES];
    char hex[2 * ID_BYTES + 1];
    secret_random(random, sizeof random);
    secret_hex(random, sizeof random, hex);
    return text_copy(mem, text_of(hex));
}

/* ---- files as they were sent ---- */

static const char *const TEXT_STATES[N_DOCUMENT_STATES] = { "read", "none", "no_program", "failed" };

static bool look_at(const struct evidence_upload *file, struct arena *mem, struct evidence_ready *out, struct err *err)
{
    struct document document;
    unsigned char digest[SHA256_SIZE];
    char hex[HEX_SIZE(SHA256_SIZE) + 1];
    const struct text name = handover_name(mem, file->name);
    if (file->bytes.size > EVIDENCE_MOST_FILE) {
        err_set(err, ERR_LIMIT, "“%.*s”有 %.1f MB，超过每个文件的上限 %d MB。", TEXT_ARG(name), (double)file->bytes.size / 1048576.0, EVIDENCE_MOST_FILE >> 20);
        return err_hint(err, "照片请压缩后再传；PDF 请降低扫描的分辨率，或者拆成几个。");
    }
    if (!file->bytes.size) {
        err_set(err, ERR_INPUT, "“%.*s”是空的。", TEXT_ARG(name));
        return err_hint(err, "请检查是不是选错了文件。");
    }
    if (!handover_document(NULL, &(struct handover_file){ name, file->bytes }, mem, &document, err))
        return false;
    secret_sha256(file->bytes, digest);
    secret_hex(digest, sizeof digest, hex);
    *out = (struct evidence_ready){
        .name = name, .bytes = file->bytes, .sha256 = text_copy(mem, text_of(hex)), .kind = text_of(document_info(document.kind)->word),
        .text_state = text_of(TEXT_STATES[document.state]), .text = document.text, .pages = document.pages,
    };
    return true;
}

bool evidence_look(const struct evidence_upload *files, size_t n, struct arena *mem, struct evidence_ready **out, struct err *err)
{
    *out = arena_array(mem, n + 1, struct evidence_ready);
    if (!n) {
        err_set(err, ERR_USAGE, "还没有选文件。");
        return err_hint(err, "请选一个或几个文件，再点上传。");
    }
    if (n > EVIDENCE_MOST_FILES) {
        err_set(err, ERR_LIMIT, "一次最多传 %d 个文件。", EVIDENCE_MOST_FILES);
        return err_hint(err, "请分几次上传。");
    }
    for (size_t i = 0; i < n; i++)
        if (!look_at(&files[i], mem, &(*out)[i], err))
            return false;
    return true;
}

/* ---- what is said about them ---- */

static bool right_length(struct text said, size_t least, size_t most, const char *what, struct err *err)
{
    const size_t length = utf8_length(said);
    if (length >= least && length <= most && utf8_valid(said))
        return true;
    err_set(err, ERR_INPUT, length > most ? "%s太长（%zu 字，最多 %zu 字）。" : "还没有写%s。", what, length, most);
    return err_hint(err, "请写得简明，一两句话说清楚。");
}

bool evidence_reason_right(struct text reason, const char *what, struct err *err)
{
    return right_length(reason, LEAST_REASON, LONGEST_REASON, what, err);
}

/* ---- the index ---- */

static struct search_words words_of(struct arena *mem, int64_t search_id, struct text name, struct text description, struct text text)
{
    if (text.size > INDEXED)
        text.size = INDEXED;
    return (struct search_words){ search_id, grams_of(mem, name), grams_of(mem, description), grams_of(mem, text) };
}

/* Takes one out of the index, in the words it was put in with. */
static bool unindex(struct db_session *session, struct text county, const struct evidence *e, struct arena *mem, struct err *err)
{
    struct file_text text;
    if (!store_file_text(session, county, e->latest.sha256, mem, &text, err))
        return false;
    const struct search_words words = words_of(mem, e->search_id, e->latest.name, e->description, text.text);
    return store_search_drop(session, &words, err);
}

static bool index_again(struct db_session *session, struct text county, const struct evidence *e, struct arena *mem, struct err *err)
{
    struct file_text text;
    if (!store_file_text(session, county, e->latest.sha256, mem, &text, err))
        return false;
    const struct search_words words = words_of(mem, e->search_id, e->latest.name, e->description, text.text);
    return store_search_put(session, &words, err);
}

/* ---- putting ---- */

static struct evidence_version version_of(const struct evidence_ready *file, int64_t version, const struct actor *actor, int64_t now)
{
    return (struct evidence_version){ .version = version, .sha256 = file->sha256, .name = file->name, .kind = file->kind,
                                      .size = (int64_t)file->bytes.size, .stamp = actor_stamp(actor, now) };
}

/* A PDF sent again once pdftotext is installed: whatever has these bytes is found by its text from now on. */
static bool read_at_last(struct db_session *session, struct text county, const struct evidence_ready *file, struct arena *mem, struct err *err)
{
    struct evidence *list;
    size_t n;
    if (!store_evidence_of_file(session, county, file->sha256, mem, &list, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!unindex(session, county, &list[i], mem, err))
            return false;
    if (!store_file_text_put(session, county, file->sha256, &(struct file_text){ file->text_state, file->text, file->pages }, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!index_again(session, county, &list[i], mem, err))
            return false;
    return true;
}

/* Bytes and text once, whoever sent them first: what is indexed must stay what is stored. */
static bool keep_bytes(struct db_session *session, struct text county, const struct evidence_ready *file, struct arena *mem, struct err *err)
{
    struct file_text known;
    if (!store_file_put(session, county, file->sha256, file->bytes, err) || !store_file_text(session, county, file->sha256, mem, &known, err))
        return false;
    if (text_equal(known.state, TEXT("no_program")) && !text_equal(file->text_state, known.state))
        return read_at_last(session, county, file, mem, err);
    if (known.state.size)
        return true;
    return store_file_text_put(session, county, file->sha256, &(struct file_text){ file->text_state, file->text, file->pages }, err);
}

static bool asked_at(const struct house *house, struct text id, const struct evidence_asked **out, struct err *err)
{
    *out = evidence_asked_find(house_asked(house), id);
    return *out || err_set(err, ERR_ABSENT, "目录里没有编号为 %.*s 的材料。", TEXT_ARG(id));
}

static bool known_year(const struct snapshot *s, int year, struct err *err)
{
    if (!s->n_years || (year >= s->years[0] && year <= s->years[s->n_years - 1] + 1))
        return true;
    return err_set(err, ERR_ABSENT, "没有 %d学年。", year);
}

bool app_evidence_put(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                      const struct evidence_box *box, const struct evidence_ready *file, struct text description, int64_t now,
                      struct arena *mem, struct text *id_out, struct err *err)
{
    const struct text county = house_county(house), said = text_trim(description);
    const struct evidence_asked *asked;
    int64_t random;
    if (!box->case_id.size && (!asked_at(house, box->asked, &asked, err) || !evidence_may_put(snapshot, actor, asked, box->unit, err)))
        return false;
    if (box->case_id.size && !actor_may(actor, MAY_REGISTER, err))
        return false;
    if (!known_year(snapshot, box->year, err) || !right_length(said, 0, LONGEST_DESCRIPTION, "说明", err))
        return false;
    secret_random(&random, sizeof random);
    const struct evidence evidence = {
        .id = evidence_new_id(mem), .search_id = random & INT64_C(0x3FFFFFFFFFFFFFFF), .year = box->year, .asked = text_copy(mem, box->asked),
        .place_kind = place_word(box->unit.kind), .place_name = box->unit.name, .case_id = box->case_id, .description = said,
        .stamp = actor_stamp(actor, now), .latest = version_of(file, 1, actor, now),
    };
    *id_out = evidence.id;
    return keep_bytes(session, county, file, mem, err) && store_evidence_add(session, county, &evidence, err) &&
           index_again(session, county, &evidence, mem, err) &&
           audit_write(session, actor, "evidence.put", evidence.id,
                       text_printf(mem, "%d/%.*s/%.*s:%.*s sha256=%.*s", box->year, TEXT_ARG(box->asked), TEXT_ARG(evidence.place_kind),
                                   TEXT_ARG(evidence.place_name), TEXT_ARG(file->sha256)),
                       now, err);
}

/* One that stands and that the actor may change. */
static bool take_own(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                     struct arena *mem, struct evidence *out, struct err *err)
{
    const struct evidence_asked *asked;
    struct place unit;
    if (!store_evidence(session, house_county(house), id, mem, out, err))
        return false;
    if (!place_of_words(out->place_kind, out->place_name, &unit) || !evidence_visible(s, actor, unit))
        return err_set(err, ERR_ABSENT, "没有这份佐证材料，或者您的账号看不到它。");
    if (out->withdrawn_at) {
        err_set(err, ERR_CONFLICT, "这份材料已经由%.*s撤回。", TEXT_ARG(out->withdrawn_who));
        return err_hint(err, "要再用它，请重新上传。");
    }
    if (out->case_id.size)
        return actor_may(actor, MAY_REGISTER, err);
    return asked_at(house, out->asked, &asked, err) && evidence_may_put(s, actor, asked, unit, err);
}

bool app_evidence_renew(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                        struct text id, int64_t seen, const struct evidence_ready *file, int64_t now, struct arena *mem, struct err *err)
{
    const struct text county = house_county(house);
    struct evidence e;
    if (!take_own(house, session, snapshot, actor, id, mem, &e, err))
        return false;
    if (text_equal(e.latest.sha256, file->sha256)) {
        err_set(err, ERR_INPUT, "“%.*s”与现在的第 %lld 版一模一样。", TEXT_ARG(file->name), (long long)e.latest.version);
        return err_hint(err, "请检查是不是选错了文件。");
    }
    const struct evidence_version next = version_of(file, seen + 1, actor, now);
    if (!keep_bytes(session, county, file, mem, err) || !store_evidence_next(session, county, id, seen, &next, err) ||
        !unindex(session, county, &e, mem, err))
        return false;
    e.latest = next;
    return index_again(session, county, &e, mem, err) &&
           audit_write(session, actor, "evidence.renew", id, text_printf(mem, "version=%lld sha256=%.*s", (long long)next.version, TEXT_ARG(file->sha256)),
                       now, err);
}

bool app_evidence_describe(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                           struct text id, struct text description, int64_t now, struct err *err)
{
    const struct text county = house_county(house), said = text_trim(description);
    struct arena *mem = arena_new("describe");
    struct evidence e;
    bool ok = take_own(house, session, snapshot, actor, id, mem, &e, err) && right_length(said, 0, LONGEST_DESCRIPTION, "说明", err);
    if (ok && !text_equal(e.description, said)) {
        ok = store_evidence_describe(session, county, id, said, now, err) && unindex(session, county, &e, mem, err);
        e.description = said;
        ok = ok && index_again(session, county, &e, mem, err) && audit_write(session, actor, "evidence.describe", id, TEXT(""), now, err);
    }
    arena_free(&mem);
    return ok;
}

bool app_evidence_withdraw(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                           struct text id, struct text reason, int64_t now, struct err *err)
{
    const struct text county = house_county(house), said = text_trim(reason);
    struct arena *mem = arena_new("withdraw");
    struct evidence e;
    const bool ok = take_own(house, session, snapshot, actor, id, mem, &e, err) && evidence_reason_right(said, "撤回的理由", err) &&
                    store_evidence_withdraw(session, county, id, actor->shown, said, now, err) && unindex(session, county, &e, mem, err) &&
                    audit_write(session, actor, "evidence.withdraw", id, said, now, err);
    arena_free(&mem);
    return ok;
}

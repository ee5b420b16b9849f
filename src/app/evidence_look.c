/* Proof: what is seen — lists, one file with its versions, its bytes, and what is found by a word. */
#include "app/evidence.h"

#include "base/grams.h"
#include "base/unicode.h"
#include "import/document_kind.h"
#include "intake/handover.h"
#include "store/evidence_store.h"
#include "store/import_store.h"

#include <stdlib.h>

enum { PAGE_WIDE = 900, AROUND = 60 /* characters about a word */ };

static bool sees(const struct snapshot *s, const struct actor *actor, const struct evidence *e)
{
    struct place unit;
    if (e->case_id.size && !actor_covers_county(actor))
        return false; /* the registers are the county's */
    return place_of_words(e->place_kind, e->place_name, &unit) && evidence_visible(s, actor, unit);
}

/* ---- lists ---- */

static size_t folder_of(const struct evidence_list *asked, struct text id)
{
    size_t i = 0;
    while (i < asked->n && !text_equal(asked->at[i].id, id))
        i++;
    return i;
}

/* In the order of folders; what the store gives within one stays in its order. */
static void arrange(const struct evidence_list *asked, struct evidence *list, size_t n, struct arena *mem)
{
    size_t *const places = arena_array(mem, asked->n + 2, size_t);
    struct evidence *const sorted = arena_array(mem, n + 1, struct evidence);
    for (size_t i = 0; i < n; i++)
        places[folder_of(asked, list[i].asked) + 1]++;
    for (size_t i = 1; i < asked->n + 2; i++)
        places[i] += places[i - 1];
    for (size_t i = 0; i < n; i++)
        sorted[places[folder_of(asked, list[i].asked)]++] = list[i];
    memcpy(list, sorted, n * sizeof *list);
}

bool app_evidence_of_year(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct arena *mem,
                          struct evidence **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    size_t kept = 0;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_evidence_of_year(session, house_county(house), year, mem, out, n_out, err);
    db_read_end(&session);
    if (!ok)
        return false;
    for (size_t i = 0; i < *n_out; i++)
        if (!(*out)[i].case_id.size && sees(snapshot, actor, &(*out)[i]))
            (*out)[kept++] = (*out)[i];
    *n_out = kept;
    if (kept)
        arrange(house_asked(house), *out, kept, mem);
    return true;
}

/* ---- one ---- */

static bool absent(struct err *err)
{
    /* The same words whether it is absent or another's. */
    err_set(err, ERR_ABSENT, "没有这份佐证材料，或者您的账号看不到它。");
    return err_hint(err, "请从佐证材料目录进入。");
}

static bool take(struct house *house, const struct snapshot *s, const struct actor *actor, struct db_session *session, struct text id,
                 struct arena *mem, struct evidence *out, struct err *err)
{
    if (!store_evidence(session, house_county(house), id, mem, out, err))
        return err->kind == ERR_ABSENT ? absent(err) : false;
    return sees(s, actor, out) || absent(err);
}

bool app_evidence_view(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, struct arena *mem,
                       struct evidence_view *out, struct err *err)
{
    struct db_session *session;
    struct file_text text;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = take(house, snapshot, actor, session, id, mem, &out->evidence, err) &&
                    store_evidence_versions(session, house_county(house), id, mem, &out->versions, &out->n_versions, err) &&
                    store_file_text(session, house_county(house), out->evidence.latest.sha256, mem, &text, err);
    db_read_end(&session);
    if (ok)
        out->text = text.text;
    return ok;
}

bool app_evidence_bytes(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, int64_t version,
                        struct arena *mem, struct evidence_version *version_out, struct text *bytes_out, struct err *err)
{
    struct db_session *session;
    struct evidence e;
    struct evidence_version *versions;
    size_t n, at = 0;
    if (!actor_may(actor, MAY_SEE, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = take(house, snapshot, actor, session, id, mem, &e, err) &&
              store_evidence_versions(session, house_county(house), id, mem, &versions, &n, err);
    if (ok) {
        while (version && at < n && versions[at].version != version)
            at++;
        ok = at < n || err_set(err, ERR_ABSENT, "这份材料没有第 %lld 版。", (long long)version);
    }
    if (ok) {
        *version_out = versions[at];
        ok = store_file_get(session, house_county(house), versions[at].sha256, mem, bytes_out, err);
    }
    db_read_end(&session);
    return ok;
}

bool app_evidence_page(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, int64_t version,
                       unsigned page, struct arena *mem, struct text *png_out, struct err *err)
{
    struct evidence_version found;
    struct text bytes;
    if (!app_evidence_bytes(house, snapshot, actor, id, version, mem, &found, &bytes, err))
        return false;
    if (!text_equal(found.kind, TEXT("pdf")))
        return err_set(err, ERR_ABSENT, "“%.*s”不是 PDF。", TEXT_ARG(found.name));
    return handover_page(NULL, &(struct handover_file){ found.name, bytes }, page, PAGE_WIDE, mem, png_out, err);
}

struct evidence_media evidence_media(struct text kind)
{
    enum document_kind known;
    if (!document_of_word(kind, &known))
        return (struct evidence_media){ "application/octet-stream", false, false };
    const struct document_info *const info = document_info(known);
    return (struct evidence_media){ info->type, info->picture || known == DOCUMENT_PDF, info->picture };
}

/* ---- by a word ---- */

struct searching {
    const struct snapshot *snapshot;
    const struct actor *actor;
    struct evidence_hit *hits;
    size_t n, most, all;
};

static bool take_hit(void *context, const struct evidence *found)
{
    struct searching *const s = context;
    if (!sees(s->snapshot, s->actor, found))
        return true;
    if (s->n < s->most)
        s->hits[s->n++] = (struct evidence_hit){ .evidence = *found };
    s->all++;
    return true;
}

/* So many characters before a place, after a place. */
static size_t back(struct text text, size_t at)
{
    for (size_t n = 0; at && n < AROUND; n++)
        do
            at--;
        while (at && ((unsigned char)text.at[at] & 0xC0) == 0x80);
    return at;
}

static size_t forth(struct text text, size_t at)
{
    struct text rest = { text.at + at, text.size - at };
    for (size_t n = 0; rest.size && n < AROUND; n++)
        utf8_next(&rest);
    return text.size - rest.size;
}

/* The place of a word: in what is written, else in the description, else at the beginning of what is written. */
static void put_around(struct evidence_hit *hit, struct text query, struct text text)
{
    size_t at, size;
    struct text in = text;
    if (!grams_place(in, query, &at, &size) && (in = hit->evidence.description, !grams_place(in, query, &at, &size))) {
        in = text;
        at = size = 0;
    }
    const size_t from = back(in, at), to = forth(in, at + size);
    hit->before = (struct text){ in.at + from, at - from };
    hit->word = (struct text){ in.at + at, size };
    hit->behind = (struct text){ in.at + at + size, to - at - size };
}

bool app_evidence_search(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text query, size_t most,
                         struct arena *mem, struct evidence_hit **out, size_t *n_out, size_t *all_out, struct err *err)
{
    enum { LONGEST = 400 };
    struct db_session *session;
    struct file_text text;
    struct searching s = { .snapshot = snapshot, .actor = actor, .hits = arena_array(mem, most + 1, struct evidence_hit), .most = most };
    *n_out = *all_out = 0;
    *out = s.hits;
    if (query.size > LONGEST) {
        err_set(err, ERR_USAGE, "要找的话太长。");
        return err_hint(err, "请只写几个词，中间用空格隔开。");
    }
    const struct text wanted = grams_query(mem, query);
    if (!actor_may(actor, MAY_SEE, err))
        return false;
    if (!wanted.size)
        return true;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = store_search(session, house_county(house), wanted, mem, take_hit, &s, err);
    for (size_t i = 0; ok && i < s.n; i++) {
        ok = store_file_text(session, house_county(house), s.hits[i].evidence.latest.sha256, mem, &text, err);
        if (ok)
            put_around(&s.hits[i], query, text.text);
    }
    db_read_end(&session);
    *n_out = s.n;
    *all_out = s.all;
    return ok;
}

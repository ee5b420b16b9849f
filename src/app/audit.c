#include "app/audit.h"

#include "base/number.h"
#include "store/audit_store.h"

static const struct { const char *verb, *zh, *en; } VERBS[] = {
#define AUDIT_VERB(verb, zh, en) { verb, zh, en },
#include "app/audit_verbs.def"
#undef AUDIT_VERB
};

struct text audit_verb_shown(struct text verb, enum lang lang)
{
    for (size_t i = 0; i < COUNT(VERBS); i++)
        if (text_equal(text_of(VERBS[i].verb), verb))
            return text_of(lang == LANG_EN ? VERBS[i].en : VERBS[i].zh);
    return verb;
}

void audit_hash(const struct audit_line *l, struct text before, char out[HEX_SIZE(SHA256_SIZE) + 1])
{
    const struct text parts[] = { l->who, l->role, l->channel, l->address, l->verb, l->object, l->detail };
    unsigned char hash[SHA256_SIZE];
    struct digest digest;
    digest_start(&digest);
    digest_part(&digest, before);
    digest_number(&digest, l->seq);
    digest_number(&digest, l->at);
    digest_number(&digest, l->account);
    for (size_t i = 0; i < COUNT(parts); i++)
        digest_part(&digest, parts[i]);
    digest_end(&digest, hash);
    secret_hex(hash, sizeof hash, out);
}

bool audit_write(struct db_session *session, const struct actor *actor, const char *verb, struct text object, struct text detail,
                 int64_t now, struct err *err)
{
    struct arena *mem = arena_new("audit");
    struct audit_line line = {
        .at = now, .account = actor->account, .who = actor->name, .role = text_of(role_info(actor->role)->id),
        .channel = channel_word(actor->channel), .address = actor->address, .verb = text_of(verb), .object = object, .detail = detail,
    };
    struct text before;
    char hash[HEX_SIZE(SHA256_SIZE) + 1];
    bool ok = store_audit_head(session, mem, &line.seq, &before, err);
    if (ok) {
        line.seq++;
        audit_hash(&line, before, hash);
        line.hash = text_of(hash);
        ok = store_audit_add(session, &line, err);
    }
    arena_free(&mem);
    return ok;
}

static void set_anchor(struct audit_anchor *anchor, int64_t seq, struct text hash)
{
    anchor->seq = seq;
    const size_t size = hash.size < sizeof anchor->hash ? hash.size : sizeof anchor->hash - 1;
    memset(anchor->hash, 0, sizeof anchor->hash);
    if (size)
        memcpy(anchor->hash, hash.at, size);
}

bool app_audit_anchor(struct house *house, struct audit_anchor *out, struct err *err)
{
    struct arena *mem = arena_new("anchor");
    struct db_session *session = NULL;
    int64_t seq;
    struct text hash;
    const bool ok = db_read_begin(house_db(house), &session, err) && store_audit_head(session, mem, &seq, &hash, err);
    if (ok)
        set_anchor(out, seq, hash);
    db_read_end(&session);
    arena_free(&mem);
    return ok;
}

static bool is_hash(struct text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!(text.at[i] >= '0' && text.at[i] <= '9') && !(text.at[i] >= 'a' && text.at[i] <= 'f'))
            return false;
    return true;
}

bool audit_anchor_read(struct text printed, struct audit_anchor *out, struct err *err)
{
    enum { LEAST_DIGITS = 16 };
    struct text rest = text_trim(printed), number;
    double seq;
    if (text_split(&rest, ':', &number) && number_parse(number, &seq) && seq >= 1 && seq < 1e15 && seq == (double)(int64_t)seq &&
        rest.size >= LEAST_DIGITS && rest.size < sizeof out->hash && is_hash(rest)) {
        set_anchor(out, (int64_t)seq, rest);
        return true;
    }
    err_set(err, ERR_USAGE, "读不懂锚点“%.*s”。", TEXT_ARG(printed));
    return err_hint(err, "锚点写作 行号:哈希，例如 1284:9f3c62d1a0b4e577；哈希至少 16 位，用小写。");
}

/* ---- verifying ---------------------------------------------------------------------------- */

static void fault(struct audit_walk *walk, enum audit_fault kind, int64_t seq)
{
    if (!walk->tally.faults++) {
        walk->tally.first = kind;
        walk->tally.first_seq = seq;
    }
}

void audit_walk_start(struct audit_walk *walk, const struct audit_anchor *anchor)
{
    *walk = (struct audit_walk){ .anchored = anchor && anchor->seq > 0 };
    if (walk->anchored)
        walk->anchor = *anchor;
}

void audit_walk_line(struct audit_walk *walk, const struct audit_line *line)
{
    struct audit_tally *const t = &walk->tally;
    char expected[HEX_SIZE(SHA256_SIZE) + 1];
    if (line->seq != t->head.seq + 1)
        fault(walk, AUDIT_MISSING, t->head.seq + 1);
    audit_hash(line, text_of(t->head.hash), expected);
    if (!text_equal(line->hash, text_of(expected)))
        fault(walk, AUDIT_ALTERED, line->seq);
    if (walk->anchored && line->seq == walk->anchor.seq && !text_starts(line->hash, text_of(walk->anchor.hash)))
        fault(walk, AUDIT_NOT_THE_ANCHOR, line->seq);
    /* On from what stands there, so that one fault counts once. */
    set_anchor(&t->head, line->seq, line->hash);
    t->lines++;
}

void audit_walk_end(struct audit_walk *walk)
{
    if (walk->anchored && walk->tally.head.seq < walk->anchor.seq)
        fault(walk, AUDIT_CUT, walk->tally.head.seq + 1);
}

static void take(void *context, const struct audit_line *line)
{
    audit_walk_line(context, line);
}

bool app_audit_verify(struct house *house, const struct audit_anchor *anchor, struct audit_tally *out, struct err *err)
{
    struct arena *mem = arena_new("audit");
    struct db_session *session = NULL;
    struct audit_walk walk;
    audit_walk_start(&walk, anchor);
    const bool ok = db_read_begin(house_db(house), &session, err) && store_audit_each(session, mem, take, &walk, err);
    audit_walk_end(&walk);
    *out = walk.tally;
    db_read_end(&session);
    arena_free(&mem);
    return ok;
}

struct text audit_fault_said(const struct audit_tally *t, struct arena *mem)
{
    const long long seq = (long long)t->first_seq, more = (long long)t->faults - 1;
    struct text said = TEXT("");
    switch (t->first) {
    case AUDIT_WHOLE: return TEXT("审计记录完整。");
    case AUDIT_MISSING: said = text_printf(mem, "第 %lld 行不见了。", seq); break;
    case AUDIT_ALTERED: said = text_printf(mem, "第 %lld 行被改过、换过位置，或者是后来插进去的。", seq); break;
    case AUDIT_NOT_THE_ANCHOR: said = text_printf(mem, "第 %lld 行与锚点不符：到这一行为止的记录被整个重写过。", seq); break;
    case AUDIT_CUT: said = text_printf(mem, "锚点说到过更后面，可记录从第 %lld 行起没有了：结尾被截掉。", seq); break;
    }
    return more > 0 ? text_printf(mem, "%.*s另有 %lld 处。", TEXT_ARG(said), more) : said;
}

/* ---- reading ------------------------------------------------------------------------------ */

bool app_audit_list(struct house *house, const struct actor *actor, const struct audit_page *page, struct arena *mem,
                    struct audit_line **out, size_t *n_out, struct err *err)
{
    struct db_session *session = NULL;
    struct audit_page within = *page;
    if (!actor_may(actor, MAY_AUDIT, err))
        return false;
    if (!within.most || within.most > AUDIT_PAGE_MOST)
        within.most = AUDIT_PAGE_MOST;
    const bool ok = db_read_begin(house_db(house), &session, err) && store_audit_page(session, &within, mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

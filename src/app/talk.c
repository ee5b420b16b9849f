#include "app/talk.h"

#include "app/audit.h"
#include "app/talk_mention.h"
#include "base/unicode.h"
#include "store/import_store.h"
#include "store/talk_store.h"

#define TALK_KIND(word, look) talk_look look;
#include "app/talk_kinds.def"
#undef TALK_KIND

struct kind { const char *word; talk_look *look; };
static const struct kind KINDS[] = {
#define TALK_KIND(word, look) { word, look },
#include "app/talk_kinds.def"
#undef TALK_KIND
    { NULL, NULL },   /* the end */
};

bool app_talk_look(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                   const struct talk_on *on, struct arena *mem, struct talk_about *out, struct err *err)
{
    *out = (struct talk_about){ TEXT(""), TEXT("") };
    for (const struct kind *k = KINDS; k->word; k++)
        if (text_equal(on->kind, text_of(k->word)))
            return k->look(house, session, snapshot, actor, on->key, mem, out, err);
    return err_set(err, ERR_ABSENT, "没有“%.*s”这类事。", (int)(on->kind.size < 40 ? on->kind.size : 40), on->kind.at);
}

/* ---- by acts ------------------------------------------------------------------------------ */

static struct text role_of(const struct actor *actor)
{
    return text_of(role_info(actor->role)->id);
}

bool app_talk_add(struct db_session *session, struct text county, const struct talk_on *on, const struct talk_line *line, struct err *err)
{
    return store_talk_add(session, county, on, line, err);
}

bool app_talk_changed(struct db_session *session, struct text county, const struct talk_on *on, const struct actor *actor, const char *field,
                      struct text before, struct text after, int64_t now, struct err *err)
{
    const struct talk_line line = { .kind = TALK_CHANGED, .field = text_of(field), .old = before, .new_ = after, .by = actor_stamp(actor, now),
                                    .role = role_of(actor) };
    return text_equal(before, after) || store_talk_add(session, county, on, &line, err);
}

bool app_talk_step(struct db_session *session, struct text county, const struct talk_on *on, const struct actor *actor, struct text from,
                   struct text to, struct text reason, int64_t now, struct err *err)
{
    const struct talk_line line = { .kind = TALK_STEP, .said = reason, .old = from, .new_ = to, .by = actor_stamp(actor, now), .role = role_of(actor) };
    return store_talk_add(session, county, on, &line, err);
}

bool app_talk_files(struct db_session *session, struct text county, const struct talk_on *on, const struct actor *actor,
                    const struct evidence_ready *files, size_t n, int64_t now, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct talk_line line = { .kind = TALK_FILE, .new_ = files[i].name, .sha256 = files[i].sha256, .file_kind = files[i].kind,
                                        .file_size = (int64_t)files[i].bytes.size, .by = actor_stamp(actor, now), .role = role_of(actor) };
        if (!store_file_put(session, county, files[i].sha256, files[i].bytes, err) || !store_talk_add(session, county, on, &line, err))
            return false;
    }
    return true;
}

/* ---- by people ---------------------------------------------------------------------------- */

static bool sayable(struct text said, size_t n_files, struct err *err)
{
    if (!said.size && !n_files)
        return err_set(err, ERR_INPUT, "没有写留言，也没有附件。");
    if (said.size > TALK_LONGEST || !utf8_valid(said)) {
        err_set(err, ERR_INPUT, "留言太长，最多 1000 字。");
        return err_hint(err, "请分几条写，或者放进附件。");
    }
    return true;
}

bool app_talk_say(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                  const struct talk_on *on, struct text said, const struct evidence_ready *files, size_t n, int64_t now, struct arena *mem,
                  struct err *err)
{
    const struct text county = house_county(house), words = text_trim(said);
    const struct talk_line line = { .kind = TALK_SAID, .said = words, .by = actor_stamp(actor, now), .role = role_of(actor) };
    struct talk_about about;
    if (!actor_may(actor, MAY_TALK, err) || !app_talk_look(house, session, snapshot, actor, on, mem, &about, err) || !sayable(words, n, err))
        return false;
    const struct talk_mention mention = { house, session, snapshot, actor, on, &about, words, now };
    return (!words.size || (store_talk_add(session, county, on, &line, err) && talk_mention(&mention, mem, err))) &&
           app_talk_files(session, county, on, actor, files, n, now, err) &&
           audit_write(session, actor, "talk.say", text_printf(mem, "%.*s/%.*s", TEXT_ARG(on->kind), TEXT_ARG(on->key)),
                       text_printf(mem, "files=%zu", n), now, err);
}

bool app_talk(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct talk_on *on, struct arena *mem,
              struct talk_line **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    struct talk_about about;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = app_talk_look(house, session, snapshot, actor, on, mem, &about, err) &&
                    store_talk(session, house_county(house), on, TALK_MOST, mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_talk_file(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct talk_on *on, int64_t position,
                   struct arena *mem, struct talk_line *line_out, struct text *bytes_out, struct err *err)
{
    struct db_session *session;
    struct talk_about about;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = app_talk_look(house, session, snapshot, actor, on, mem, &about, err) &&
                    store_talk_line(session, house_county(house), on, position, mem, line_out, err) &&
                    (line_out->kind == TALK_FILE || err_set(err, ERR_ABSENT, "这一条没有附件。")) &&
                    store_file_get(session, house_county(house), line_out->sha256, mem, bytes_out, err);
    db_read_end(&session);
    return ok;
}

#include "app/report_words.h"

#include "app/audit.h"
#include "app/lineage.h"
#include "report/doc_words.h"
#include "store/report_store.h"

#include <stdlib.h>

/* ---- words into the draft ----------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    return text_compare(((const struct doc_span *)a)->key, ((const struct doc_span *)b)->key);
}

static const struct doc_span *figure_of(const struct doc_figures *figures, struct text key)
{
    const struct doc_span wanted = { .key = key };
    return figures->n ? bsearch(&wanted, figures->at, figures->n, sizeof *figures->at, by_key) : NULL;
}

/* Each key once: the same figure may stand in many places. */
static void note(struct report_part *part, struct arena *mem, const struct report_moved *moved)
{
    for (size_t i = 0; i < part->n_moved; i++)
        if (text_equal(part->moved[i].key, moved->key) && text_equal(part->moved[i].seen, moved->seen))
            return;
    part->moved = arena_grow(mem, part->moved, part->n_moved * sizeof *part->moved, (part->n_moved + 1) * sizeof *part->moved);
    part->moved[part->n_moved++] = *moved;
}

static void compare(struct report_part *part, const struct doc_figures *figures, struct arena *mem)
{
    for (size_t b = 0; b < part->shown->n; b++) {
        const struct doc_spans *const spans = &part->shown->blocks[b].spans;
        for (size_t i = 0; i < spans->n; i++) {
            const struct doc_span *const span = &spans->at[i];
            if (span->kind != DOC_FIGURE || !span->key.size)
                continue;
            const struct doc_span *const now = figure_of(figures, span->key);
            if (!now || !text_equal(now->text, span->text))
                note(part, mem, &(struct report_moved){ span->key, span->text, now ? now->text : TEXT(""), !now });
        }
    }
}

static const struct section_words *words_of(const struct section_words *words, size_t n, struct text section)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(words[i].section, section))
            return &words[i];
    return NULL;
}

static void put_part(struct report *r, size_t at, const struct section_words *words, const struct doc_figures *figures, struct arena *mem)
{
    struct report_part *const part = &r->parts[at];
    struct doc_section *edited;
    struct err err = { 0 };
    *part = (struct report_part){ .draft = r->draft->sections[at], .shown = r->draft->sections[at], .words = words };
    if (!words || !words->words.size)
        return;
    r->edited++;
    part->edited = true;
    if (!doc_words_read(mem, words->words, part->draft, &edited, &err)) {
        part->broken = text_copy(mem, text_of(err.what));
        part->hint = text_copy(mem, text_of(err.hint));
        r->broken++;
        return;
    }
    part->shown = edited;
    r->doc->sections[at] = edited;
    compare(part, figures, mem);
    r->moved += part->n_moved;
}

void report_put_together(struct doc *draft, const struct section_words *words, size_t n, struct arena *mem, struct report *out)
{
    *out = (struct report){ .draft = draft, .doc = arena_make(mem, struct doc), .parts = arena_array(mem, draft->n + 1, struct report_part),
                            .orphans = arena_array(mem, n + 1, const struct section_words *) };
    *out->doc = *draft;
    out->doc->sections = arena_array(mem, draft->n + 1, struct doc_section *);
    out->doc->capacity = draft->n + 1;
    const struct doc_figures figures = doc_figures(draft, mem);
    for (size_t i = 0; i < draft->n; i++) {
        out->doc->sections[i] = draft->sections[i];
        put_part(out, i, words_of(words, n, draft->sections[i]->id), &figures, mem);
    }
    for (size_t i = 0; i < n; i++)
        if (words[i].words.size && !doc_find(draft, words[i].section))
            out->orphans[out->n_orphans++] = &words[i];
}

/* ---- the report as it stands -------------------------------------------------------------- */

/* A figure that the draft does not speak of may well be there: what its lineage says of it. */
static void ask_lineage(const struct lineage_request *request, struct report *r, struct arena *mem)
{
    for (size_t p = 0; p < r->draft->n; p++) {
        struct report_part *const part = &r->parts[p];
        size_t kept = 0;
        for (size_t i = 0; i < part->n_moved; i++) {
            struct report_moved moved = part->moved[i];
            struct lineage lineage;
            struct err none = { 0 };
            if (moved.gone && text_equal(doc_key(moved.key), moved.key) && lineage_of(request, moved.key, mem, &lineage, &none) && lineage.n &&
                lineage.steps[0].words.size) {
                moved.gone = false;
                moved.now = lineage.steps[0].words;
            }
            if (!text_equal(moved.now, moved.seen))
                part->moved[kept++] = moved;
        }
        r->moved -= part->n_moved - kept;
        part->n_moved = kept;
    }
}

static bool read_words(struct house *house, int year, const struct report_of *of, struct arena *mem, struct section_words **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_report_words(session, house_county(house), year, report_of_word(of, mem), mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

bool app_report(struct house *house, const struct snapshot *snapshot, const struct actor *actor, size_t year, const struct report_of *of,
                const struct report_terms *terms, struct arena *mem, struct report *out, struct err *err)
{
    struct doc *draft;
    struct section_words *words;
    size_t n;
    if (!app_report_draft(snapshot, actor, year, of, terms, mem, &draft, err) || !read_words(house, snapshot->years[year], of, mem, &words, &n, err))
        return false;
    report_put_together(draft, words, n, mem, out);
    if (out->moved)
        ask_lineage(&(struct lineage_request){ house, snapshot, actor, LANG_ZH }, out, mem);
    return true;
}

bool report_is_whole(const struct report *report, struct err *err)
{
    for (size_t i = 0; i < report->draft->n; i++)
        if (report->parts[i].broken.size) {
            err_set(err, ERR_CONFLICT, "“%.*s”一节的文字读不出了：%.*s", TEXT_ARG(report->parts[i].draft->heading), TEXT_ARG(report->parts[i].broken));
            return err_hint(err, "请在“改文字”里改好这一节，或者用回草稿。");
        }
    return true;
}

/* ---- writing ------------------------------------------------------------------------------ */

static bool may_write(const struct snapshot *s, const struct actor *actor, const struct report_place *place, int64_t now, struct arena *mem,
                      struct doc **draft_out, const struct doc_section **section_out, struct err *err)
{
    const struct report_terms terms = { .today = day_of(now) };
    if (!actor_may(actor, MAY_REPORT, err) || !app_report_draft(s, actor, place->year, place->of, &terms, mem, draft_out, err))
        return false;
    *section_out = doc_find(*draft_out, place->section);
    if (*section_out)
        return true;
    err_set(err, ERR_ABSENT, "报告里没有“%.*s”这一节。", (int)(place->section.size > 60 ? 60 : place->section.size), place->section.at);
    return err_hint(err, "数据变过之后，有的节可能不在了；请刷新页面。");
}

static bool put(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, const struct report_place *place,
                struct text words, int64_t now, struct arena *mem, struct err *err)
{
    const struct section_words put = { .section = place->section, .version = place->seen, .words = words, .stamp = actor_stamp(actor, now) };
    const struct text subject = report_of_word(place->of, mem);
    return store_report_words_put(session, house_county(house), s->years[place->year], subject, &put, err) &&
           audit_write(session, actor, "report.edit", text_printf(mem, "%d/%.*s/%.*s", s->years[place->year], TEXT_ARG(subject), TEXT_ARG(place->section)),
                       text_printf(mem, "version=%lld bytes=%zu", (long long)place->seen + 1, words.size), now, err);
}

bool app_report_edit(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     const struct report_place *place, struct text words, int64_t now, struct arena *mem, struct err *err)
{
    struct doc *draft;
    const struct doc_section *section;
    struct doc_section *read;
    if (!may_write(snapshot, actor, place, now, mem, &draft, &section, err))
        return false;
    const struct text said = text_trim(words);
    if (said.size && !doc_words_read(mem, said, section, &read, err))
        return false;
    return put(house, session, snapshot, actor, place, said, now, mem, err);
}

/* The words with the figure's new reading in place of what was seen. */
static size_t renew(struct doc_section *section, const struct report_moved *moved)
{
    size_t n = 0;
    for (size_t b = 0; b < section->n; b++)
        for (size_t i = 0; i < section->blocks[b].spans.n; i++) {
            struct doc_span *const span = &section->blocks[b].spans.at[i];
            if (span->kind != DOC_FIGURE || !text_equal(span->key, moved->key) || !text_equal(span->text, moved->seen))
                continue;
            span->text = moved->now;
            n++;
        }
    return n;
}

bool app_report_take(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     const struct report_place *place, struct text key, int64_t now, struct arena *mem, struct err *err)
{
    const struct report_terms terms = { .today = day_of(now) };
    struct report report;
    struct doc_section *section = NULL;
    const struct report_part *part = NULL;
    size_t taken = 0;
    if (!actor_may(actor, MAY_REPORT, err) || !app_report(house, snapshot, actor, place->year, place->of, &terms, mem, &report, err))
        return false;
    for (size_t i = 0; i < report.draft->n; i++)
        if (text_equal(report.parts[i].draft->id, place->section) && report.parts[i].words && report.parts[i].words->words.size)
            part = &report.parts[i];
    if (!part || part->broken.size)
        return err_set(err, ERR_ABSENT, "这一节没有可以换数的文字。");
    if (part->words->version != place->seen) {
        err_set(err, ERR_CONFLICT, "您打开之后，别人改过这一节。");
        return err_hint(err, "请刷新页面，再看要换的数。");
    }
    if (!doc_words_read(mem, part->words->words, part->draft, &section, err))
        return false;
    for (size_t i = 0; i < part->n_moved; i++)
        if (!part->moved[i].gone && (!key.size || text_equal(key, part->moved[i].key)))
            taken += renew(section, &part->moved[i]);
    if (!taken)
        return err_set(err, ERR_ABSENT, "这个数没有新的读数，或者已经换过了。");
    return put(house, session, snapshot, actor, place, doc_words_write(mem, section), now, mem, err);
}

bool app_report_versions(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct report_place *place,
                         struct arena *mem, struct section_words **out, size_t *n_out, struct err *err)
{
    struct db_session *session;
    if (!actor_may(actor, MAY_REPORT, err) || !db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_report_words_versions(session, house_county(house), snapshot->years[place->year], report_of_word(place->of, mem),
                                                place->section, mem, out, n_out, err);
    db_read_end(&session);
    return ok;
}

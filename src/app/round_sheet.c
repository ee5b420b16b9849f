#include "app/round_sheet.h"

#include "app/audit.h"
#include "app/lineage.h"
#include "app/round_inside.h"
#include "base/unicode.h"
#include "store/import_store.h"

#define NOTE ".note"

/* ---- read --------------------------------------------------------------------------------- */

static bool no_such_sheet(struct err *err)
{
    err_set(err, ERR_ABSENT, "这一轮督导里没有这份检查表。");
    return err_hint(err, "可能它不去这个单位，或者您不在督导组里；请从“督导”页面进入。");
}

static bool take_answers(struct db_session *session, struct text county, const struct round_sheet *s, struct arena *mem, struct answers *out, struct err *err)
{
    struct round_answer *rows;
    size_t n;
    if (!store_round_answers(session, county, s->round.row.id, &s->place->spot, mem, &rows, &n, err))
        return false;
    out->at = arena_array(mem, n + 1, struct answer);
    for (size_t i = 0; i < n; i++)
        out->at[out->n++] = (struct answer){ rows[i].field, rows[i].value, rows[i].stamp, rows[i].by };
    return true;
}

static bool read_sheet(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id, struct place at,
                       struct arena *mem, struct round_sheet *out, struct err *err)
{
    const struct text county = house_county(house);
    const struct round_spot spot = round_spot_of(at);
    *out = (struct round_sheet){ .at = at };
    if (!round_read(house, session, s, actor, id, mem, &out->round, err))
        return false;
    out->place = round_place_at(&out->round, &spot);
    if (!out->place || !out->round.hands.sees_all)
        return no_such_sheet(err);
    if (!forms_get(session, county, out->place->form, out->place->form_version, mem, &out->info, err) ||
        !take_answers(session, county, out, mem, &out->answers, err) ||
        !store_round_photos(session, county, id, &spot, mem, &out->photos, &out->n_photos, err))
        return false;
    out->photo_counts = arena_array(mem, out->info.form->n_questions + 1, size_t);
    for (size_t i = 0; i < out->n_photos; i++) {
        const size_t q = form_find(out->info.form, out->photos[i].question);
        if (q != SIZE_MAX)
            out->photo_counts[q]++;
    }
    out->may_fill = out->round.hands.inspects && round_is_visiting(out->round.state) && !out->place->done.at;
    return true;
}

bool app_round_sheet(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, struct place at, struct arena *mem,
                     struct round_sheet *out, struct err *err)
{
    struct db_session *session;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = read_sheet(house, session, snapshot, actor, id, at, mem, out, err);
    db_read_end(&session);
    return ok;
}

static void put_in(struct buf *out, struct text pattern, struct text what, struct text with)
{
    size_t at;
    while (text_find(pattern, what, &at)) {
        buf_add(out, (struct text){ pattern.at, at });
        buf_add(out, with);
        pattern = (struct text){ pattern.at + at + what.size, pattern.size - at - what.size };
    }
    buf_add(out, pattern);
}

/* {年}, {单位}, {学段} put in. */
static struct text key_of(struct text pattern, int year, struct text unit, struct text stage, struct arena *mem)
{
    struct buf one = { .mem = mem }, two = { .mem = mem }, three = { .mem = mem };
    put_in(&one, pattern, TEXT("{年}"), text_printf(mem, "%d", year));
    put_in(&two, buf_text(&one), TEXT("{单位}"), unit);
    put_in(&three, buf_text(&two), TEXT("{学段}"), stage);
    return buf_text(&three);
}

struct round_figure *app_round_figures(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct round_sheet *sheet,
                                       struct arena *mem)
{
    static const char *const STAGES[2] = { "primary", "junior" };
    const struct form *const form = sheet->info.form;
    const struct lineage_request request = { house, snapshot, actor, LANG_ZH };
    struct round_figure *const figures = arena_array(mem, 2 * form->n_questions + 2, struct round_figure);
    for (size_t i = 0; i < form->n_questions; i++) {
        const struct text pattern = form->questions[i].figure;
        const bool staged = text_find(pattern, TEXT("{学段}"), NULL);
        for (size_t k = 0; k < (staged ? 2u : 1u) && pattern.size; k++) {
            struct lineage lineage;
            struct err ignored;
            const struct text key = key_of(pattern, sheet->round.row.year, sheet->at.name, text_of(STAGES[k]), mem);
            if (lineage_of(&request, key, mem, &lineage, &ignored) && lineage.n)
                figures[2 * i + k] = (struct round_figure){ key, lineage.title, lineage.steps[0].words };
        }
    }
    return figures;
}

/* ---- what a question is about --------------------------------------------------------------- */

struct text round_subject(const struct edition *edition, const struct form_question *question)
{
    struct text rest = question->source, first = TEXT("");
    (void)text_split(&rest, ' ', &first);
    if (text_starts(first, TEXT("plan:")))
        return first;
    for (size_t i = 0; i < edition->n_indicators; i++)
        if (text_equal(edition->indicators[i].id, first))
            return first;
    for (size_t r = 0; r < edition->n_rules; r++)
        if (text_equal(edition->rules[r].plain, first))
            return first;
    return TEXT("other");
}

bool round_answer_fails(struct text value)
{
    return text_equal(value, TEXT("不符合"));
}

/* How grave it looks before a person has said so: a veto is severe, what the standard measures at a school more than minor. */
static enum finding_grade grade_of(struct text subject)
{
    if (text_starts(subject, TEXT("X")))
        return GRADE_SEVERE;
    return text_starts(subject, TEXT("L")) || text_starts(subject, TEXT("G")) ? GRADE_MAJOR : GRADE_MINOR;
}

/* ---- answering ------------------------------------------------------------------------------ */

static bool may_fill(const struct round_sheet *s, struct err *err)
{
    if (s->may_fill)
        return true;
    if (!s->round.hands.inspects) {
        err_set(err, ERR_DENIED, "检查表由督导组的人填。");
        return err_hint(err, "要填，请办公室把您加进这一轮的督导组。");
    }
    if (s->place->done.at) {
        err_set(err, ERR_CONFLICT, "%.*s的检查表 %.*s已经交了。", TEXT_ARG(s->place->shown), TEXT_ARG(s->place->done.who));
        return err_hint(err, "要改，请先收回。");
    }
    err_set(err, ERR_CONFLICT, "这一轮督导现在是“%.*s”，不能填检查表。", TEXT_ARG(round_state_zh(s->round.state)));
    return err_hint(err, s->round.state == ROUND_PREPARING ? "办公室点“开始查访”以后才能填。" : "已经反馈的检查表不再改。");
}

/* A field's question; false: there is none. */
static bool field_of(const struct form *form, struct text field, size_t *question_out, enum ask_part *part_out, bool *note_out)
{
    *note_out = text_ends(field, TEXT(NOTE));
    if (*note_out) {
        *question_out = form_find(form, (struct text){ field.at, field.size - strlen(NOTE) });
        return *question_out != SIZE_MAX;
    }
    return form_field_find(form, field, question_out, part_out);
}

static bool read_typed(const struct form_question *question, enum ask_part part, bool note, struct text typed, struct arena *mem, struct text *value_out,
                       struct text *wrong_out)
{
    if (!note)
        return answer_read(question, part, typed, mem, value_out, wrong_out);
    *value_out = text_copy(mem, text_trim(typed));
    if (utf8_length(*value_out) <= ROUND_LONGEST_NOTE)
        return true;
    *wrong_out = text_printf(mem, "最多 %d 字，这里有 %zu 字", ROUND_LONGEST_NOTE, utf8_length(*value_out));
    return false;
}

static bool answer_one(struct db_session *session, struct text county, const struct actor *actor, const struct round_sheet *s, const struct round_typed *typed,
                       int64_t now, struct arena *mem, struct round_saved *out, struct err *err)
{
    size_t question;
    enum ask_part part = N_FORM_PARTS;
    bool note;
    struct text value, wrong;
    if (!field_of(s->info.form, typed->field, &question, &part, &note))
        return err_set(err, ERR_USAGE, "这张表没有“%.*s”这一项。", TEXT_ARG(typed->field));
    const struct answer *const there = answer_find(&s->answers, typed->field);
    const int64_t stamp = there ? there->stamp : 0;
    const struct text stands = there ? there->value : TEXT("");
    if (!read_typed(&s->info.form->questions[question], part, note, typed->typed, mem, &value, &wrong)) {
        *out = (struct round_saved){ ROUND_INVALID, stamp, 0, stands, wrong, TEXT("") };
        return true;
    }
    if (text_equal(value, stands)) {
        *out = (struct round_saved){ ROUND_SAVED, stamp, there ? there->by.at : now, stands, TEXT(""), there ? there->by.who : TEXT("") };
        return true;
    }
    if (stamp != typed->seen) {
        *out = (struct round_saved){ ROUND_CONFLICT, stamp, there->by.at, stands, TEXT(""), there->by.who };
        return true;
    }
    *out = (struct round_saved){ ROUND_SAVED, stamp + 1, now, value, TEXT(""), actor->shown };
    return store_round_answer_put(session, county, s->round.row.id, &s->place->spot,
                                  &(struct round_answer){ typed->field, value, stamp + 1, actor_stamp(actor, now) }, err);
}

bool app_round_answer(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                      struct place at, const struct round_typed *typed, size_t n, int64_t now, struct arena *mem, struct round_saved *saved, struct err *err)
{
    const struct text county = house_county(house);
    struct round_sheet s;
    size_t changed = 0;
    if (!actor_may(actor, MAY_INSPECT, err) || !read_sheet(house, session, snapshot, actor, id, at, mem, &s, err) || !may_fill(&s, err))
        return false;
    if (n > ROUND_MOST_FIELDS)
        return err_set(err, ERR_LIMIT, "一次最多送 %d 项。", ROUND_MOST_FIELDS);
    for (size_t i = 0; i < n; i++) {
        if (!answer_one(session, county, actor, &s, &typed[i], now, mem, &saved[i], err))
            return false;
        changed += saved[i].outcome == ROUND_SAVED && saved[i].at == now;
    }
    return !changed || (store_round_place_touch(session, county, id, &s.place->spot, now, err) &&
                        audit_write(session, actor, "round.sheet", id,
                                    text_printf(mem, "place=%.*s:%.*s fields=%zu", TEXT_ARG(s.place->spot.kind), TEXT_ARG(s.place->spot.name), changed), now, err));
}

/* ---- photos --------------------------------------------------------------------------------- */

static bool right_photo_id(struct text photo)
{
    bool right = photo.size >= 16 && photo.size <= 40;
    for (size_t i = 0; i < photo.size && right; i++) {
        const char c = photo.at[i];
        right = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    return right;
}

bool app_round_photo_add(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                         struct place at, struct text photo, struct text question, const struct evidence_ready *file, int64_t now, struct arena *mem,
                         struct err *err)
{
    const struct text county = house_county(house);
    struct round_sheet s;
    bool fresh = false;
    if (!actor_may(actor, MAY_INSPECT, err) || !read_sheet(house, session, snapshot, actor, id, at, mem, &s, err) || !may_fill(&s, err))
        return false;
    const size_t q = form_find(s.info.form, question);
    if (q == SIZE_MAX || !right_photo_id(photo))
        return err_set(err, ERR_USAGE, "这张照片没有说明是哪一题的。");
    for (size_t i = 0; i < s.n_photos; i++)
        if (text_equal(s.photos[i].id, photo))
            return true;
    if (s.photo_counts[q] >= ROUND_MOST_PHOTOS) {
        err_set(err, ERR_LIMIT, "一题最多附 %d 张照片。", ROUND_MOST_PHOTOS);
        return err_hint(err, "请先移去不要的。");
    }
    const struct round_photo row = { .id = photo, .question = question, .sha256 = file->sha256, .name = file->name, .kind = file->kind, .spot = s.place->spot,
                                     .size = (int64_t)file->bytes.size, .by = actor_stamp(actor, now) };
    return store_file_put(session, county, file->sha256, file->bytes, err) && store_round_photo_add(session, county, id, &row, &fresh, err) &&
           (!fresh || (store_round_place_touch(session, county, id, &s.place->spot, now, err) &&
                       audit_write(session, actor, "round.photo", id,
                                   text_printf(mem, "place=%.*s:%.*s question=%.*s sha256=%.*s", TEXT_ARG(row.spot.kind), TEXT_ARG(row.spot.name),
                                               TEXT_ARG(question), TEXT_ARG(row.sha256)),
                                   now, err)));
}

bool app_round_photo_remove(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                            struct place at, struct text photo, int64_t now, struct arena *mem, struct err *err)
{
    struct round_sheet s;
    return actor_may(actor, MAY_INSPECT, err) && read_sheet(house, session, snapshot, actor, id, at, mem, &s, err) && may_fill(&s, err) &&
           store_round_photo_remove(session, house_county(house), id, photo, actor_stamp(actor, now), err) &&
           audit_write(session, actor, "round.photo", id, text_printf(mem, "removed=%.*s", TEXT_ARG(photo)), now, err);
}

bool app_round_photo_bytes(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text id, struct place at, struct text photo,
                           struct arena *mem, struct round_photo *photo_out, struct text *bytes_out, struct err *err)
{
    struct db_session *session;
    struct round_sheet s;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    bool ok = read_sheet(house, session, snapshot, actor, id, at, mem, &s, err), found = false;
    for (size_t i = 0; ok && i < s.n_photos && !found; i++)
        if (text_equal(s.photos[i].id, photo)) {
            found = true;
            *photo_out = s.photos[i];
            ok = store_file_get(session, house_county(house), s.photos[i].sha256, mem, bytes_out, err);
        }
    db_read_end(&session);
    return ok && (found || err_set(err, ERR_ABSENT, "这张照片已经不在这里了。"));
}

/* ---- handed in ------------------------------------------------------------------------------ */

static bool has_finding(const struct round_sheet *s, struct text question)
{
    for (size_t i = 0; i < s->round.n_findings; i++)
        if (round_spot_equal(&s->round.findings[i].spot, &s->place->spot) && text_equal(s->round.findings[i].question, question))
            return true;
    return false;
}

static struct text note_of(const struct round_sheet *s, const struct form_question *q, struct arena *mem)
{
    return answer_value(&s->answers, text_printf(mem, "%.*s" NOTE, TEXT_ARG(q->id)));
}

static bool nothing_bars(const struct round_sheet *s, struct arena *mem, struct err *err)
{
    const struct form *const form = s->info.form;
    const struct answer_faults bars = form_bars(form, &s->answers, s->photo_counts, mem);
    if (bars.n) {
        const struct form_question *const q = &form->questions[bars.at[0].question];
        err_set(err, ERR_INPUT, "还有 %zu 题没有答，不能交。第一题：%.*s %.*s，%.*s。", bars.n, TEXT_ARG(q->id), TEXT_ARG(q->name), TEXT_ARG(bars.at[0].what));
        return err_hint(err, "答完再交；不适用的也请选“不适用”。");
    }
    for (size_t i = 0; i < form->n_questions; i++) {
        const struct form_question *const q = &form->questions[i];
        if (round_answer_fails(answer_value(&s->answers, q->id)) && utf8_length(note_of(s, q, mem)) < 4) {
            err_set(err, ERR_INPUT, "%.*s %.*s：不符合，还没有写看到了什么。", TEXT_ARG(q->id), TEXT_ARG(q->name));
            return err_hint(err, "请写明在哪里、看到什么、差多少；它会成为问题的内容。");
        }
    }
    return true;
}

static bool add_findings(struct house *house, struct db_session *session, const struct actor *actor, const struct round_sheet *s, int64_t now, struct arena *mem,
                         struct err *err)
{
    const struct form *const form = s->info.form;
    for (size_t i = 0; i < form->n_questions; i++) {
        const struct form_question *const q = &form->questions[i];
        if (!round_answer_fails(answer_value(&s->answers, q->id)) || has_finding(s, q->id))
            continue;
        const struct text subject = round_subject(house_edition(house), q);
        const struct finding_row finding = {
            .spot = s->place->spot, .shown = s->place->shown, .question = q->id, .subject = subject, .stage = TEXT(""), .advice = TEXT(""),
            .grade = finding_grade_word(grade_of(subject)), .what = note_of(s, q, mem), .noted = actor_stamp(actor, now) };
        if (!store_finding_add(session, house_county(house), s->round.row.id, &finding, err))
            return false;
    }
    return true;
}

bool app_round_sheet_done(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                          struct place at, int64_t now, struct arena *mem, struct err *err)
{
    struct round_sheet s;
    return actor_may(actor, MAY_INSPECT, err) && read_sheet(house, session, snapshot, actor, id, at, mem, &s, err) && may_fill(&s, err) &&
           nothing_bars(&s, mem, err) &&
           store_round_place_done(session, house_county(house), id, &s.place->spot, false, actor_stamp(actor, now), err) &&
           add_findings(house, session, actor, &s, now, mem, err) &&
           audit_write(session, actor, "round.sheet", id, text_printf(mem, "place=%.*s:%.*s done", TEXT_ARG(s.place->spot.kind), TEXT_ARG(s.place->spot.name)), now, err);
}

bool app_round_sheet_again(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor, struct text id,
                           struct place at, int64_t now, struct arena *mem, struct err *err)
{
    struct round_sheet s;
    if (!actor_may(actor, MAY_INSPECT, err) || !read_sheet(house, session, snapshot, actor, id, at, mem, &s, err))
        return false;
    if (!s.round.hands.inspects || !round_is_visiting(s.round.state)) {
        err_set(err, ERR_CONFLICT, "这份检查表不能收回。");
        return err_hint(err, "只有督导组的人在查访期间可以收回。");
    }
    return store_round_place_done(session, house_county(house), id, &s.place->spot, true, actor_stamp(actor, now), err) &&
           audit_write(session, actor, "round.sheet", id, text_printf(mem, "place=%.*s:%.*s again", TEXT_ARG(s.place->spot.kind), TEXT_ARG(s.place->spot.name)), now, err);
}

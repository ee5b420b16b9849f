/* A sheet of an inspection round: filled in on a phone, one question a screen; its answers and photos as its queue (inspect.js) sends them.
 *
 * POST /rounds/{id}/sheet/{place}/answers   form fields, for each in this order: field, typed, seen (the stamp that was shown; 0: none).
 *     Answers {"cells":[{"field","outcome","stamp","value","words","who","at"}]} in that order; outcome is saved, invalid or
 *     conflict as app/round_sheet.h has them.  Sent twice it is saved once.
 * POST …/photo   multipart: at (the question), photo (an id made by the phone; none: one is made here), p.QUESTION (files).  With
 *     json=1 it answers {"photos":[{"id","path","name"}]}, else the sheet follows.  Whatever answers come along are kept. */
#include "app/round_sheet.h"

#include "app/evidence_inside.h"
#include "base/day.h"
#include "base/number.h"
#include "made/templates.h"
#include "web/api.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/page_error.h"
#include "web/page_evidence.h"
#include "web/page_rounds.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)
#define N(x) say_count(request->mem, (int64_t)(x))

static bool place_of(const struct request *request, struct place *out, struct err *err)
{
    return round_place_read(request, request_capture(request, "place"), out, err);
}

/* ---- shown ---------------------------------------------------------------------------------- */

static void put_answer(const struct request *request, const struct round_sheet *s, struct text field, struct text *value, struct text *stamp)
{
    const struct answer *const a = answer_find(&s->answers, field);
    *value = a ? a->value : TEXT("");
    *stamp = text_printf(request->mem, "%lld", a ? (long long)a->stamp : 0LL);
}

static const char *kind_of(const struct form_question *q)
{
    static const char *const KINDS[N_FORM_TYPES] = { [ASK_LINE] = "line", [ASK_LONG] = "text", [ASK_NUMBER] = "number", [ASK_DATE] = "date", [ASK_ONE] = "one",
                                                     [ASK_MANY] = "text", [ASK_GRADE] = "one", [ASK_YESNO] = "one", [ASK_PHOTO] = "photo", [ASK_TABLE] = "text" };
    return KINDS[q->type];
}

static void put_question(const struct request *request, const struct round_sheet *s, const struct round_figure *figures, size_t at, struct sheet_question *to)
{
    struct arena *const mem = request->mem;
    const struct form_question *const q = &s->info.form->questions[at];
    *to = (struct sheet_question){ .id = q->id, .name = q->name, .note = q->note, .source = q->source, .kind = kind_of(q), .required = q->required, .unit = q->unit,
                                   .photo = q->proof != FORM_PROOF_NONE || q->type == ASK_PHOTO, .begins = at == s->info.form->sections[q->section].first,
                                   .section = s->info.form->sections[q->section].name };
    put_answer(request, s, q->id, &to->value, &to->stamp);
    put_answer(request, s, text_printf(mem, "%.*s.note", TEXT_ARG(q->id)), &to->note_value, &to->note_stamp);
    to->picks = arena_array(mem, q->n_choices + 1, struct sheet_pick);
    for (size_t i = 0; i < q->n_choices && to->kind[0] == 'o'; i++)
        to->picks[to->n_picks++] = (struct sheet_pick){ q->choices[i], text_equal(to->value, q->choices[i]), round_answer_fails(q->choices[i]) };
    for (size_t k = 0; k < 2; k++)
        if (figures[2 * at + k].words.size)
            to->figures[to->n_figures++] = (struct sheet_figure_line){ figures[2 * at + k].words, figures[2 * at + k].title, lineage_path(mem, figures[2 * at + k].key) };
    to->photos = arena_array(mem, s->n_photos + 1, struct sheet_photo_line);
    for (size_t i = 0; i < s->n_photos; i++)
        if (text_equal(s->photos[i].question, q->id))
            to->photos[to->n_photos++] = (struct sheet_photo_line){
                s->photos[i].id, text_printf(mem, "%.*s%.*s", TEXT_ARG(round_sheet_path(request, s->round.row.id, &s->place->spot, "/photo/")), TEXT_ARG(s->photos[i].id)),
                s->photos[i].name, SAYS_OF(T_ROUNDS_PHOTO_BY, s->photos[i].by.who, time_shown(s->photos[i].by.at, mem)) };
}

/* The place behind this one whose sheet is open: where one goes on. */
static void put_next(const struct request *request, const struct round_sheet *s, struct view_round_sheet *view)
{
    bool behind = false;
    for (size_t i = 0; i < s->round.n_visited; i++) {
        const struct round_place *const p = &s->round.places[i];
        if (behind && !p->done.at) {
            view->next_path = round_sheet_path(request, s->round.row.id, &p->spot, "");
            view->next_name = p->shown;
            return;
        }
        behind |= p == s->place;
    }
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    struct round_sheet s;
    struct place at;
    if (!place_of(request, &at, err) ||
        !app_round_sheet(request->house, request->snapshot, &request->actor, request_capture(request, "id"), at, request->mem, &s, err))
        return false;
    const struct form *const form = s.info.form;
    struct view_round_sheet view = {
        .frame = frame_of(request, s.place->shown, "round-sheet"), .title = s.place->shown, .round_path = round_path(request, s.round.row.id, ""),
        .round_title = s.round.row.title, .path = round_sheet_path(request, s.round.row.id, &s.place->spot, ""),
        .answers_path = round_sheet_path(request, s.round.row.id, &s.place->spot, "/answers"), .may_fill = s.may_fill, .is_done = s.place->done.at != 0,
        .photo_path = round_sheet_path(request, s.round.row.id, &s.place->spot, "/photo"), .who = text_printf(request->mem, "%lld", (long long)request->actor.account),
        .place_word = round_place_word(request, &s.place->spot), .may_again = s.place->done.at && s.round.hands.inspects && round_is_visiting(s.round.state),
        .questions = arena_array(request->mem, form->n_questions + 1, struct sheet_question) };
    bool *const shown = arena_array(request->mem, form->n_questions + 1, bool);
    const struct round_figure *const figures = app_round_figures(request->house, request->snapshot, &request->actor, &s, request->mem);
    form_shown(form, &s.answers, shown);
    for (size_t i = 0; i < form->n_questions; i++)
        if (shown[i]) {
            put_question(request, &s, figures, i, &view.questions[view.n]);
            view.n++;
            view.questions[view.n - 1].number = view.n;
        }
    if (view.n)
        view.questions[view.n - 1].last = true;
    const struct form_progress progress = form_progress(form, &s.answers);
    view.asked = progress.asked, view.answered = progress.answered;
    view.progress = SAYS_OF(T_ROUNDS_PROGRESS, N(progress.answered), N(progress.asked));
    view.sentence = view.is_done ? SAYS_OF(T_ROUNDS_SHEET_DONE, s.place->shown, s.place->done.who, time_shown(s.place->done.at, request->mem))
                    : s.may_fill ? SAYS_OF(T_ROUNDS_SHEET_OPEN, s.place->shown, N(progress.answered), N(progress.asked))
                                 : SAYS_OF(T_ROUNDS_SHEET_CLOSED, s.place->shown, SAYS(round_state_key(s.round.state)));
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    view.paper_path = text_printf(request->mem, "/rounds/%.*s/papers/sheet?place=%.*s", TEXT_ARG(s.round.row.id), TEXT_ARG(percent_encode_part(view.place_word, request->mem)));
    put_next(request, &s, &view);
    struct html html = html_begin(request->mem, request->lang);
    template_round_sheet(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_round_sheet(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

/* ---- answers -------------------------------------------------------------------------------- */

struct answering { struct request *request; struct place at; struct round_typed *typed; struct round_saved *saved; size_t n; };

static bool is_field(const struct pair *pair, const char *name)
{
    return text_equal(pair->name, text_of(name));
}

/* field, typed, seen, one behind the other. */
static bool read_queue(struct request *request, struct answering *a, struct err *err)
{
    const struct pairs *const f = &request->fields;
    for (size_t i = 0; i < f->n; i++) {
        double seen;
        if (!is_field(&f->pair[i], "field"))
            continue;
        if (i + 2 >= f->n || !is_field(&f->pair[i + 1], "typed") || !is_field(&f->pair[i + 2], "seen") || !number_parse(f->pair[i + 2].value, &seen) || seen < 0 ||
            seen > 1e15)
            return err_set(err, ERR_USAGE, "每一项要依次送来 field、typed、seen。");
        if (a->n == ROUND_MOST_FIELDS)
            return err_set(err, ERR_LIMIT, "一次最多送 %d 项。", ROUND_MOST_FIELDS);
        a->typed[a->n++] = (struct round_typed){ f->pair[i].value, f->pair[i + 1].value, (int64_t)seen };
        i += 2;
    }
    return a->n || err_set(err, ERR_USAGE, "没有送来任何一项。");
}

/* The whole page as a form: v.FIELD, with the stamps that were shown in s.FIELD. */
static void read_fields(struct request *request, struct answering *a)
{
    const struct pairs *const f = &request->fields;
    for (size_t i = 0; i < f->n && a->n < ROUND_MOST_FIELDS; i++) {
        if (!text_starts(f->pair[i].name, TEXT("v.")))
            continue;
        const struct text field = { f->pair[i].name.at + 2, f->pair[i].name.size - 2 };
        double seen = 0;
        (void)number_parse(request_field(request, text_string(request->mem, text_printf(request->mem, "s.%.*s", TEXT_ARG(field)))), &seen);
        a->typed[a->n++] = (struct round_typed){ field, f->pair[i].value, (int64_t)seen };
    }
}

static struct answering answering_of(struct request *request)
{
    return (struct answering){ .request = request, .typed = arena_array(request->mem, ROUND_MOST_FIELDS, struct round_typed),
                               .saved = arena_array(request->mem, ROUND_MOST_FIELDS, struct round_saved) };
}

static bool keep(struct answering *a, struct db_session *session, struct err *err)
{
    struct request *const r = a->request;
    return !a->n || app_round_answer(r->house, session, r->snapshot, &r->actor, request_capture(r, "id"), a->at, a->typed, a->n, r->now, r->mem, a->saved, err);
}

bool page_round_answers(struct request *request, struct response *response, struct err *err)
{
    static const char *const OUTCOMES[N_ROUND_OUTCOMES] = { [ROUND_SAVED] = "saved", [ROUND_INVALID] = "invalid", [ROUND_CONFLICT] = "conflict" };
    struct answering a = answering_of(request);
    if (!place_of(request, &a.at, err) || !read_queue(request, &a, err) || !keep(&a, request->writing, err))
        return false;
    struct out *const out = api_out(request);
    json_object(out, NULL);
    json_array(out, "cells");
    for (size_t i = 0; i < a.n; i++) {
        json_object(out, NULL);
        json_text(out, "field", a.typed[i].field);
        json_text(out, "outcome", text_of(OUTCOMES[a.saved[i].outcome]));
        json_number(out, "stamp", (double)a.saved[i].stamp);
        json_text(out, "value", a.saved[i].value);
        json_text(out, "words", a.saved[i].words);
        json_text(out, "who", a.saved[i].who);
        json_number(out, "at", (double)a.saved[i].at);
        json_end(out);
    }
    json_end(out);
    json_end(out);
    api_done(response, out);
    return true;
}

/* What could not be kept is told; the page shows what stands. */
static bool all_kept(const struct answering *a, struct err *err)
{
    for (size_t i = 0; i < a->n; i++) {
        if (a->saved[i].outcome == ROUND_INVALID)
            return err_set(err, ERR_INPUT, "%.*s 没有存下：%.*s。", TEXT_ARG(a->typed[i].field), TEXT_ARG(a->saved[i].words));
        if (a->saved[i].outcome == ROUND_CONFLICT)
            return err_set(err, ERR_CONFLICT, "%.*s 没有存下：%.*s刚刚填了“%.*s”。", TEXT_ARG(a->typed[i].field), TEXT_ARG(a->saved[i].who), TEXT_ARG(a->saved[i].value));
    }
    return true;
}

bool page_round_sheet_save(struct request *request, struct response *response, struct err *err)
{
    struct answering a = answering_of(request);
    const struct text id = request_capture(request, "id"), act = request_field(request, "act"), remove = request_field(request, "remove");
    if (!place_of(request, &a.at, err))
        return false;
    const struct round_spot spot = { place_word(a.at.kind), a.at.name };
    response->back = round_sheet_path(request, id, &spot, "");
    read_fields(request, &a);
    if (text_equal(act, TEXT("again"))) {
        if (!app_round_sheet_again(request->house, request->writing, request->snapshot, &request->actor, id, a.at, request->now, request->mem, err))
            return false;
    } else if (!keep(&a, request->writing, err) || !all_kept(&a, err) ||
               (remove.size && !app_round_photo_remove(request->house, request->writing, request->snapshot, &request->actor, id, a.at, remove, request->now,
                                                       request->mem, err)) ||
               (text_equal(act, TEXT("done")) && !app_round_sheet_done(request->house, request->writing, request->snapshot, &request->actor, id, a.at, request->now,
                                                                       request->mem, err))) {
        return false;
    }
    response_redirect(response, text_equal(act, TEXT("done")) ? round_path(request, id, "#places") : response->back);
    return true;
}

/* ---- photos --------------------------------------------------------------------------------- */

struct attaching { struct answering answering; struct text question, photo; const struct evidence_ready *files; struct text *ids; size_t n; };

static bool attach(void *context, struct db_session *session, struct err *err)
{
    struct attaching *const t = context;
    struct request *const r = t->answering.request;
    if (!keep(&t->answering, session, err))
        return false;
    for (size_t i = 0; i < t->n; i++) {
        t->ids[i] = i || !t->photo.size ? evidence_new_id(r->mem) : t->photo;
        if (!app_round_photo_add(r->house, session, r->snapshot, &r->actor, request_capture(r, "id"), t->answering.at, t->ids[i], t->question, &t->files[i], r->now,
                                 r->mem, err))
            return false;
    }
    return true;
}

static bool is_picture(const struct evidence_ready *files, size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++)
        if (!evidence_media(files[i].kind).picture && !text_equal(files[i].kind, TEXT("pdf"))) {
            err_set(err, ERR_INPUT, "“%.*s”不是照片，也不是 PDF。", TEXT_ARG(files[i].name));
            return err_hint(err, "请拍照，或者选 JPG、PNG、WebP、PDF 文件。");
        }
    return true;
}

bool page_round_photo_put(struct request *request, struct response *response, struct err *err)
{
    struct attaching t = { .answering = answering_of(request), .question = request_field(request, "at"), .photo = request_field(request, "photo") };
    struct evidence_ready *ready = NULL;
    struct evidence_upload *const files = arena_array(request->mem, request->n_files + 1, struct evidence_upload);
    size_t n = 0;
    if (!place_of(request, &t.answering.at, err))
        return false;
    const struct round_spot spot = { place_word(t.answering.at.kind), t.answering.at.name };
    const struct text back = round_sheet_path(request, request_capture(request, "id"), &spot, "");
    response->back = back;
    for (size_t i = 0; i < request->n_files; i++)
        if (text_equal(request->files[i].field, text_printf(request->mem, "p.%.*s", TEXT_ARG(t.question))) && request->files[i].bytes.size)
            files[n++] = (struct evidence_upload){ request->files[i].name, request->files[i].bytes };
    if (!n) {
        err_set(err, ERR_USAGE, "没有选照片。");
        return err_hint(err, "请先拍照或者选一张照片，再点“上传”。");
    }
    read_fields(request, &t.answering);
    if (!evidence_look(files, n, request->mem, &ready, err) || !is_picture(ready, n, err))
        return false;
    t.files = ready, t.n = n, t.ids = arena_array(request->mem, n, struct text);
    if (!house_write(request->house, attach, &t, err))
        return false;
    if (request_field(request, "json").size) {
        struct out *const out = api_out(request);
        json_object(out, NULL);
        json_array(out, "photos");
        for (size_t i = 0; i < n; i++) {
            json_object(out, NULL);
            json_text(out, "id", t.ids[i]);
            json_text(out, "path", text_printf(request->mem, "%.*s/photo/%.*s", TEXT_ARG(back), TEXT_ARG(t.ids[i])));
            json_text(out, "name", ready[i].name);
            json_end(out);
        }
        json_end(out);
        json_end(out);
        api_done(response, out);
        return true;
    }
    response_redirect(response, text_printf(request->mem, "%.*s#q-%.*s", TEXT_ARG(back), TEXT_ARG(t.question)));
    return true;
}

bool page_round_photo(struct request *request, struct response *response, struct err *err)
{
    struct round_photo photo;
    struct text bytes;
    struct place at;
    if (!place_of(request, &at, err) ||
        !app_round_photo_bytes(request->house, request->snapshot, &request->actor, request_capture(request, "id"), at, request_capture(request, "photo"), request->mem,
                               &photo, &bytes, err))
        return false;
    evidence_give(response, bytes, photo.kind, photo.name, true);
    return true;
}

/* A form filled in: shown, saved, handed in, confirmed, sent back, printed. */
#include "web/page_forms.h"

#include "base/day.h"
#include "base/number.h"
#include "base/out.h"
#include "made/templates.h"
#include "report/composing.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/state.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

enum { MOST_MULTIPART = 230 };

static const struct sheet_wrong *wrong_at(const struct sheet_saved *saved, struct text field)
{
    for (size_t i = 0; saved && i < saved->n_wrong; i++)
        if (text_equal(saved->wrong[i].field, field))
            return &saved->wrong[i];
    return NULL;
}

static const struct sheet_conflict *conflict_at(const struct sheet_saved *saved, struct text field)
{
    for (size_t i = 0; saved && i < saved->n_conflicts; i++)
        if (text_equal(saved->conflicts[i].field, field))
            return &saved->conflicts[i];
    return NULL;
}

/* What stands in the field: mine where it did not go in. */
static struct text value_at(const struct sheet_view *v, const struct sheet_saved *saved, struct text field, struct text *wrong_out)
{
    const struct sheet_wrong *const wrong = wrong_at(saved, field);
    const struct sheet_conflict *const conflict = conflict_at(saved, field);
    if (wrong_out)
        *wrong_out = wrong ? wrong->what : TEXT("");
    return wrong ? wrong->typed : conflict ? conflict->mine : answer_value(&v->answers, field);
}

static const struct answer_fault *bar_at(const struct answer_faults *bars, struct text field)
{
    for (size_t i = 0; i < bars->n; i++)
        if (text_equal(bars->at[i].field, field))
            return &bars->at[i];
    return NULL;
}

/* ---- one question ------------------------------------------------------------------------- */

struct showing {
    struct request *request;
    const struct sheet_view *v;
    const struct sheet_saved *saved;
    const struct sheet_figure *figures;
    struct answer_faults bars;
    bool tell_bars;             /* after a try to hand it in */
    struct buf stamps;
    size_t fields;
};

static void put_stamp(struct showing *s, struct text field)
{
    const struct answer *const a = answer_find(&s->v->answers, field);
    buf_printf(&s->stamps, "%s%.*s=%lld", s->stamps.size ? ";" : "", TEXT_ARG(field), a ? (long long)a->stamp : 0LL);
}

static void put_parts(struct showing *s, const struct form_question *q, struct form_asked *asked)
{
    struct arena *const mem = s->request->mem;
    const struct text grade = value_at(s->v, s->saved, q->id, NULL);
    asked->parts = arena_array(mem, N_FORM_PARTS, struct form_part_field);
    for (enum ask_part part = PART_BASIS; part < N_FORM_PARTS; part++) {
        const struct text field = form_field(mem, q->id, part);
        struct form_part_field *const to = &asked->parts[asked->n_parts++];
        const struct answer_fault *const bar = s->tell_bars ? bar_at(&s->bars, field) : NULL;
        *to = (struct form_part_field){ .field = field, .label = text_of(ask_part_info(part)->zh), .date = ask_part_info(part)->date,
                                        .due = ask_part_due(s->v->info.form, q, part, grade) };
        to->value = value_at(s->v, s->saved, field, &to->wrong);
        if (bar && !to->wrong.size)
            to->wrong = bar->what;
        put_stamp(s, field);
        s->fields++;
    }
}

static void put_cells(struct showing *s, const struct form_question *q, struct form_asked *asked)
{
    struct arena *const mem = s->request->mem;
    const struct text *const cells = answer_cells(q, asked->value, mem);
    asked->columns = q->choices;
    asked->n_columns = q->n_choices;
    asked->n_lines = (size_t)q->most;
    asked->lines = arena_array(mem, asked->n_lines, struct form_line);
    for (size_t l = 0; l < asked->n_lines; l++) {
        asked->lines[l].cells = arena_array(mem, q->n_choices, struct form_table_cell);
        for (size_t c = 0; c < q->n_choices; c++)
            asked->lines[l].cells[c] = (struct form_table_cell){ text_printf(mem, "v.%.*s.%zu.%zu", TEXT_ARG(q->id), l, c), cells[l * q->n_choices + c],
                                                           text_printf(mem, "%.*s %zu %.*s", TEXT_ARG(q->name), l + 1, TEXT_ARG(q->choices[c])) };
    }
    s->fields += asked->n_lines * q->n_choices;
}

static void put_proofs(struct showing *s, size_t at, struct form_asked *asked)
{
    struct arena *const mem = s->request->mem;
    const struct form_question *const q = &s->v->info.form->questions[at];
    struct request *const request = s->request;
    asked->proofs = arena_array(mem, s->v->n_proofs + 1, struct form_proof_line);
    for (size_t i = 0; i < s->v->n_proofs; i++) {
        const struct proof_row *const p = &s->v->proofs[i];
        if (text_equal(p->question, q->id))
            asked->proofs[asked->n_proofs++] = (struct form_proof_line){
                p->id, p->name, p->evidence.size ? text_printf(mem, "/evidence/file/%.*s", TEXT_ARG(p->evidence)) : text_printf(mem, "/forms/file/%.*s/%.*s", TEXT_ARG(s->v->row.id), TEXT_ARG(p->id)),
                SAYS_OF(T_FORMS_ATTACHED_BY, p->by.who, time_shown(p->by.at, mem)) };
    }
    asked->attach = q->proof != FORM_PROOF_NONE;
    if (!asked->attach)
        return;
    struct buf values = { .mem = mem };
    for (size_t i = 0; i < q->n_proof_values; i++)
        buf_printf(&values, "%s%.*s", i ? "、" : "", TEXT_ARG(q->proof_values[i]));
    asked->proof_rule = q->proof == FORM_PROOF_ALWAYS ? SAYS(T_FORMS_PROOF_ALWAYS) : q->proof == FORM_PROOF_MAY ? SAYS(T_FORMS_PROOF_MAY) : SAYS_OF(T_FORMS_PROOF_WHEN, buf_text(&values));
}

static bool among(struct text list, struct text one)
{
    struct text part;
    while (text_split(&list, ',', &part))
        if (text_equal(part, one))
            return true;
    return false;
}

static void put_question(struct showing *s, size_t at, bool shown, struct form_asked *asked)
{
    static const char *const KINDS[N_FORM_TYPES] = { "line", "long", "number", "date", "one", "many", "one", "one", "photo", "table" };
    struct request *const request = s->request;
    struct arena *const mem = request->mem;
    const struct sheet_view *const v = s->v;
    const struct form_question *const q = &v->info.form->questions[at];
    char number[NUMBER_SIZE];
    *asked = (struct form_asked){ .id = q->id, .field = text_printf(mem, "v.%.*s", TEXT_ARG(q->id)), .name = q->name, .note = q->note, .source = q->source, .unit = q->unit,
                                  .kind = KINDS[q->type], .hidden = !shown, .required = q->required, .condition = q->condition, .marked = among(v->row.marked, q->id) };
    asked->value = value_at(v, s->saved, q->id, &asked->wrong);
    const struct answer_fault *const bar = s->tell_bars ? bar_at(&s->bars, q->id) : NULL;
    if (bar && !asked->wrong.size)
        asked->wrong = bar->what;
    if (q->type != ASK_PHOTO && q->type != ASK_TABLE) {
        asked->choices = arena_array(mem, q->n_choices + 1, struct form_choice);
        asked->n_choices = q->n_choices;
        for (size_t i = 0; i < q->n_choices; i++)
            asked->choices[i] = (struct form_choice){ q->choices[i], answer_holds(asked->value, q->choices[i]) };
        s->fields += q->type == ASK_MANY ? q->n_choices : 1;
    }
    if (!is_blank(q->least))
        asked->least = text_copy(mem, (struct text){ number, number_shortest(number, q->least) });
    if (!is_blank(q->most))
        asked->most = text_copy(mem, (struct text){ number, number_shortest(number, q->most) });
    if (q->type == ASK_GRADE)
        put_parts(s, q, asked);
    if (q->type == ASK_TABLE)
        put_cells(s, q, asked);
    asked->shown = answer_shown(q, N_FORM_PARTS, answer_value(&v->answers, q->id), mem);
    put_proofs(s, at, asked);
    if (q->type != ASK_PHOTO)
        put_stamp(s, q->id);
    if (v->before_year) {
        asked->last = answer_shown(q, N_FORM_PARTS, answer_value(&v->before, q->id), mem);
        asked->last_year = words_year(mem, v->before_year);
    }
    if (s->figures && s->figures[at].words.size) {
        asked->figure = s->figures[at].words;
        asked->figure_of = s->figures[at].title;
        asked->figure_path = lineage_path(mem, s->figures[at].key);
        asked->then = s->figures[at].then.size ? SAYS_OF(T_FORMS_THEN, s->figures[at].then) : TEXT("");
    }
}

static void put_sections(struct showing *s, struct view_sheet *view)
{
    struct arena *const mem = s->request->mem;
    const struct form *const form = s->v->info.form;
    bool *const shown = arena_array(mem, form->n_questions + 1, bool);
    form_shown(form, &s->v->answers, shown);
    view->sections = arena_array(mem, form->n_sections + 1, struct form_section_view);
    for (size_t k = 0; k < form->n_sections; k++) {
        const struct form_section *const from = &form->sections[k];
        struct form_section_view *const to = &view->sections[view->n_sections];
        *to = (struct form_section_view){ .id = from->id, .name = from->name, .note = from->note, .asked = arena_array(mem, from->n + 1, struct form_asked), .hidden = true };
        for (size_t i = from->first; i < from->first + from->n; i++) {
            /* A section that is not asked is not sent at all: a department does not get twenty others' duties. */
            if (from->n_terms && !shown[from->first])
                continue;
            put_question(s, i, shown[i], &to->asked[to->n++]);
            to->hidden &= !shown[i];
        }
        view->n_sections += to->n > 0;
    }
}

/* ---- around ------------------------------------------------------------------------------- */

static void put_faults(struct showing *s, struct view_sheet *view)
{
    struct request *const request = s->request;
    struct arena *const mem = request->mem;
    const struct form *const form = s->v->info.form;
    const size_t n_wrong = s->saved ? s->saved->n_wrong : 0, n_conflicts = s->saved ? s->saved->n_conflicts : 0;
    size_t question;
    enum ask_part part;
    view->faults = arena_array(mem, n_wrong + s->bars.n + 1, struct form_conflict_line);
    view->conflicts = arena_array(mem, n_conflicts + 1, struct form_conflict_line);
    for (size_t i = 0; i < n_wrong; i++)
        if (form_field_find(form, s->saved->wrong[i].field, &question, &part))
            view->faults[view->n_faults++] = (struct form_conflict_line){ .name = form->questions[question].name, .theirs = s->saved->wrong[i].what, .field = form->questions[question].id };
    for (size_t i = 0; s->tell_bars && i < s->bars.n; i++)
        view->faults[view->n_faults++] = (struct form_conflict_line){ .name = form->questions[s->bars.at[i].question].name, .theirs = s->bars.at[i].what,
                                                                      .field = form->questions[s->bars.at[i].question].id };
    for (size_t i = 0; i < n_conflicts; i++) {
        const struct sheet_conflict *const c = &s->saved->conflicts[i];
        if (form_field_find(form, c->field, &question, &part))
            view->conflicts[view->n_conflicts++] = (struct form_conflict_line){ form->questions[question].name, c->theirs.size ? c->theirs : SAYS(T_FORMS_EMPTY), c->mine.size ? c->mine : SAYS(T_FORMS_EMPTY),
                                                                                SAYS_OF(T_FORMS_BY_AT, c->by.who, time_shown(c->by.at, mem)), form->questions[question].id };
    }
}

static void put_events(struct request *request, const struct sheet_view *v, struct view_sheet *view)
{
    static const enum text_key WORDS[N_SHEET_STEPS] = { T_FORMS_DID_SUBMIT, T_FORMS_DID_WITHDRAW, T_FORMS_DID_CONFIRM, T_FORMS_DID_SEND_BACK };
    view->events = arena_array(request->mem, v->n_events + 1, struct form_event_line);
    for (size_t i = 0; i < v->n_events; i++) {
        enum sheet_step step;
        if (sheet_step_of_word(v->events[i].step, &step))
            view->events[view->n_events++] = (struct form_event_line){ SAYS_OF(WORDS[step], time_shown(v->events[i].by.at, request->mem), v->events[i].by.who), v->events[i].reason };
    }
}

static struct text verdict_of(const struct county_assessment *county, enum stage stage, size_t row, const char **class_out, struct request *request)
{
    const struct stage_assessment *const s = composing_stage(county, stage);
    const size_t unit = s ? composing_unit(s, row) : SIZE_MAX;
    if (unit == SIZE_MAX) {
        *class_out = "";
        return TEXT("");
    }
    const enum state state = (enum state)s->unit_verdict[unit];
    *class_out = text_string(request->mem, text_printf(request->mem, "st %s", state_class(state)));
    if (state == STATE_MET && s->unit_met[unit] < s->n_levels)
        return SAYS_OF(T_FORMS_MET_OF, say_count(request->mem, s->unit_met[unit]), say_count(request->mem, (int64_t)s->n_levels));
    return SAYS(state_word(state));
}

/* A township's schools as they stand: no verdict of the township is drawn from them. */
static void put_schools(struct request *request, const struct sheet_view *v, struct view_sheet *view)
{
    const struct snapshot *const s = request->snapshot;
    const size_t year = snapshot_year(s, v->row.year);
    if (v->unit.kind != PLACE_TOWNSHIP || year >= s->n_years)
        return;
    const struct county_year *const c = &s->returns->counties[year];
    const struct item_list *const items = &s->edition->items;
    view->schools = arena_array(request->mem, c->n + 1, struct form_school_line);
    for (size_t row = c->first; row < c->first + c->n; row++) {
        if (!text_equal(returns_text(s->returns, row, items->township), v->unit.name) || !snapshot_visible(s, row, &request->actor))
            continue;
        struct form_school_line *const line = &view->schools[view->n_schools++];
        const struct text code = returns_text(s->returns, row, items->school_code);
        *line = (struct form_school_line){ .name = returns_text(s->returns, row, items->school_name), .path = text_printf(request->mem, "/schools/%.*s?year=%d", TEXT_ARG(code), v->row.year) };
        line->primary = verdict_of(&s->assessment->counties[year], STAGE_PRIMARY, row, &line->primary_class, request);
        line->junior = verdict_of(&s->assessment->counties[year], STAGE_JUNIOR, row, &line->junior_class, request);
    }
}

static bool put_boxes(struct request *request, const struct sheet_view *v, struct view_sheet *view, struct err *err)
{
    struct evidence *list;
    size_t n;
    if (!v->may_fill)
        return true;
    if (!app_evidence_of_year(request->house, request->snapshot, &request->actor, v->row.year, request->mem, &list, &n, err))
        return false;
    view->boxes = arena_array(request->mem, n + 1, struct form_proof_line);
    const struct text kind = place_word(v->unit.kind == PLACE_DEPARTMENT ? PLACE_COUNTY : v->unit.kind), name = v->unit.kind == PLACE_DEPARTMENT ? TEXT("") : v->unit.name;
    for (size_t i = 0; i < n; i++)
        if (!list[i].withdrawn_at && text_equal(list[i].place_kind, kind) && text_equal(list[i].place_name, name))
            view->boxes[view->n_boxes++] = (struct form_proof_line){ list[i].id, text_printf(request->mem, "%.*s %.*s", TEXT_ARG(list[i].asked), TEXT_ARG(list[i].latest.name)), TEXT(""), TEXT("") };
    return true;
}

static struct text heading_of(struct request *request, const struct sheet_view *v)
{
    static const enum text_key WORDS[N_SHEET_STATES] = { T_FORMS_HEAD_DRAFT, T_FORMS_HEAD_SUBMITTED, T_FORMS_HEAD_CONFIRMED };
    const struct form_progress progress = form_progress(v->info.form, &v->answers);
    const struct text title = v->info.form->often && v->row.id.size ? SAYS_OF(T_FORMS_TITLE_NTH, v->info.title, say_count(request->mem, v->row.nth)) : v->info.title;
    const struct text year = words_year(request->mem, v->row.year);
    if (v->state == SHEET_DRAFT && v->row.sent_back)
        return SAYS_OF(T_FORMS_HEAD_BACK, v->unit_name, year, title);
    if (v->state == SHEET_DRAFT) {
        const struct text said[] = { v->unit_name, year, title, say_count(request->mem, (int64_t)progress.answered), say_count(request->mem, (int64_t)progress.asked) };
        return say(request->mem, request->lang, T_FORMS_HEAD_DRAFT, said, 5);
    }
    return SAYS_OF(WORDS[v->state], v->unit_name, year, title);
}

static bool sheet_of_request(struct request *request, struct form_info *info, struct sheet_of *out, struct err *err)
{
    int year;
    int64_t nth;
    const struct text id = request_capture(request, "id");
    if (!app_form(request->house, id, 0, request->mem, info, err) || !forms_year(request, &year, err) || !forms_place(request, info->form, &out->unit, err) ||
        !request_query_number(request, "n", 0, 100000, 1, &nth, err))
        return false;
    out->form = id;
    out->year = year;
    out->nth = nth;
    return true;
}

static bool make_view(struct request *request, const struct sheet_of *of, const struct sheet_view *v, const struct sheet_saved *saved, bool tell_bars,
                      const struct err *fault, struct view_sheet *view, struct err *err)
{
    struct arena *const mem = request->mem;
    const struct form *const form = v->info.form;
    const int64_t nth = v->row.id.size ? v->row.nth : of->nth;
    struct showing s = { .request = request, .v = v, .saved = saved, .figures = app_sheet_figures(request->house, request->snapshot, &request->actor, v, mem),
                         .bars = form_bars(form, &v->answers, v->proof_counts, mem), .tell_bars = tell_bars, .stamps = { .mem = mem } };
    struct view_frame *const frame = frame_of(request, v->info.title, "forms");
    frame->bar = v->may_fill;
    *view = (struct view_sheet){
        .frame = frame, .title = v->info.title, .sentence = heading_of(request, v), .note = form->note,
        .form_path = text_printf(mem, "/forms/%.*s?year=%d", TEXT_ARG(of->form), of->year), .path = forms_path(request, of->form, "fill", of->year, of->unit, nth),
        .endorse_path = forms_path(request, of->form, "endorse", of->year, of->unit, nth), .compare_path = forms_path(request, of->form, "compare", of->year, of->unit, 1),
        .print_path = forms_path(request, of->form, "print", of->year, of->unit, nth), .state = sheet_state_shown(v->state), .state_class = sheet_class(v->state, v->row.sent_back),
        .fills = v->may_fill, .may_withdraw = sheet_can(v->state, SHEET_WITHDRAW, v->hands), .may_confirm = sheet_can(v->state, SHEET_CONFIRM, v->hands),
        .may_endorse = sheet_can(v->state, SHEET_SEND_BACK, v->hands), .own = v->state == SHEET_SUBMITTED && v->hands.submitted_it,
        .result = form_result(form, &v->answers), .version = say_count(mem, v->info.version), .phone = form->often };
    view->post_path = view->path;
    view->sub = SAYS_OF(T_FORMS_SUB, form->source, view->version);
    if (v->row.sent_back) {
        view->sent_back = v->row.reason;
        view->sent_back_by = SAYS_OF(T_FORMS_BY_AT, v->row.ended.who, time_shown(v->row.ended.at, mem));
    }
    if (v->row.id.size)
        view->saved = SAYS_OF(T_FORMS_SAVED_AT, time_shown(v->row.changed_at, mem));
    if (s.bars.n && v->may_fill)
        view->barred = SAYS_OF(T_FORMS_BARRED, say_count(mem, (int64_t)s.bars.n));
    const struct form_progress progress = form_progress(form, &v->answers);
    view->progress = SAYS_OF(T_FORMS_PROGRESS, say_count(mem, (int64_t)progress.answered), say_count(mem, (int64_t)progress.asked));
    if (fault) {
        view->fault = text_of(fault->what);
        view->hint = text_of(fault->hint);
    }
    put_sections(&s, view);
    put_faults(&s, view);
    put_events(request, v, view);
    put_schools(request, v, view);
    view->stamps = buf_text(&s.stamps);
    view->multipart = s.fields <= MOST_MULTIPART;
    return put_boxes(request, v, view, err);
}

static bool show(struct request *request, struct response *response, const struct sheet_of *of, const struct sheet_saved *saved, bool tell_bars,
                 const struct err *fault, struct err *err)
{
    struct sheet_view v;
    struct view_sheet view;
    if (!app_sheet(request->house, request->snapshot, &request->actor, of, request->mem, &v, err) ||
        !make_view(request, of, &v, saved, tell_bars, fault, &view, err))
        return false;
    struct html html = html_begin(request->mem, request->lang);
    template_form_sheet(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_form_fill(struct request *request, struct response *response, struct err *err)
{
    struct form_info info;
    struct sheet_of of;
    return sheet_of_request(request, &info, &of, err) && show(request, response, &of, NULL, false, NULL, err);
}

/* Blank (no place given) or as it is filled in, for paper. */
bool page_form_print(struct request *request, struct response *response, struct err *err)
{
    struct form_info info;
    struct sheet_of of;
    struct sheet_view v;
    struct view_sheet view;
    if (!request_query(request, "place").size) {
        int year;
        if (!app_form(request->house, request_capture(request, "id"), 0, request->mem, &info, err) || !forms_year(request, &year, err))
            return false;
        of = (struct sheet_of){ request_capture(request, "id"), year, { form_place_kind(info.form->who), TEXT("") }, 1 };
        v = (struct sheet_view){ .info = info, .unit = of.unit, .unit_name = TEXT("＿＿＿＿＿＿＿＿"), .row = { .year = year, .nth = 1 },
                                 .proof_counts = arena_array(request->mem, info.form->n_questions + 1, size_t) };
        v.row.id = v.row.marked = v.row.reason = TEXT("");
    } else if (!sheet_of_request(request, &info, &of, err) || !app_sheet(request->house, request->snapshot, &request->actor, &of, request->mem, &v, err)) {
        return false;
    }
    if (!make_view(request, &of, &v, NULL, false, NULL, &view, err))
        return false;
    view.blank = !v.row.id.size;
    if (view.blank)
        view.sentence = SAYS_OF(T_FORMS_PRINT_HEAD, v.unit_name, words_year(request->mem, of.year), v.info.title);
    struct html html = html_begin(request->mem, request->lang);
    template_form_print(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- what was sent ------------------------------------------------------------------------ */

/* All values of a name, joined as an answer of several choices. */
static struct text joined(const struct request *request, struct text name)
{
    struct buf value = { .mem = request->mem };
    for (size_t i = 0; i < request->fields.n; i++)
        if (text_equal(request->fields.pair[i].name, name) && request->fields.pair[i].value.size) {
            if (value.size)
                buf_add(&value, TEXT("；"));
            buf_add(&value, request->fields.pair[i].value);
        }
    return buf_text(&value);
}

static struct text table_typed(const struct request *request, const struct form_question *q)
{
    struct buf value = { .mem = request->mem };
    for (size_t l = 0; l < (size_t)q->most; l++) {
        for (size_t c = 0; c < q->n_choices; c++) {
            const struct text cell = request_field(request, text_string(request->mem, text_printf(request->mem, "v.%.*s.%zu.%zu", TEXT_ARG(q->id), l, c)));
            if (c)
                buf_byte(&value, '\t');
            for (size_t i = 0; i < cell.size; i++)
                buf_byte(&value, cell.at[i] == '\t' || cell.at[i] == '\n' || cell.at[i] == '\r' ? ' ' : cell.at[i]);
        }
        buf_byte(&value, '\n');
    }
    return buf_text(&value);
}

/* "SQ1=3;SQ1.basis=0": what was shown, and at which stamp. */
static bool read_changes(struct request *request, const struct form *form, struct sheet_change **out, size_t *n_out, struct err *err)
{
    struct text rest = request_field(request, "stamps"), one;
    const struct text only = request_field(request, "only");
    *out = arena_array(request->mem, form->n_questions * (N_FORM_PARTS + 1) + 1, struct sheet_change);
    *n_out = 0;
    while (text_split(&rest, ';', &one)) {
        struct text field, stamp = one;
        double seen = 0;
        size_t question;
        enum ask_part part;
        if (!text_split(&stamp, '=', &field) || !number_parse(stamp, &seen) || !(seen >= 0 && seen < 1e9) || !form_field_find(form, field, &question, &part) ||
            *n_out == form->n_questions * (N_FORM_PARTS + 1))
            return err_set(err, ERR_USAGE, "这一页的内容不完整，没有保存。") || err_hint(err, "请刷新页面再填；已经保存的还在。");
        if (only.size && !text_equal(only, field))
            continue;
        const struct form_question *const q = &form->questions[question];
        const struct text typed = part == N_FORM_PARTS && q->type == ASK_TABLE ? table_typed(request, q) : joined(request, text_printf(request->mem, "v.%.*s", TEXT_ARG(field)));
        (*out)[(*n_out)++] = (struct sheet_change){ field, typed, (int64_t)seen };
    }
    return true;
}

struct attaching { struct text question; const struct evidence_ready *file; const struct evidence *proof; };
struct saving {
    struct request *request;
    struct sheet_of of;
    const struct sheet_change *changes;
    size_t n;
    struct attaching *attached;
    size_t n_attached;
    struct text detach;
    struct sheet_saved saved;
};

static bool save(void *context, struct db_session *session, struct err *err)
{
    struct saving *const w = context;
    struct request *const r = w->request;
    if (!app_sheet_save(r->house, session, r->snapshot, &r->actor, &w->of, w->changes, w->n, r->now, r->mem, &w->saved, err))
        return false;
    w->of.nth = w->saved.nth;
    for (size_t i = 0; i < w->n_attached; i++)
        if (!app_sheet_attach(r->house, session, r->snapshot, &r->actor, &w->of, w->attached[i].question, w->attached[i].file, w->attached[i].proof, r->now, r->mem, err))
            return false;
    return !w->detach.size || app_sheet_detach(r->house, session, r->snapshot, &r->actor, &w->of, w->detach, r->now, r->mem, err);
}

/* Files of fields "p.SQ1", proofs of boxes chosen in "e.SQ1". */
static bool read_attached(struct request *request, int year, const struct form *form, struct saving *w, struct err *err)
{
    struct arena *const mem = request->mem;
    struct evidence *list = NULL;
    size_t n = 0;
    w->attached = arena_array(mem, request->n_files + form->n_questions + 1, struct attaching);
    for (size_t i = 0; i < request->n_files; i++) {
        const struct upload *const file = &request->files[i];
        struct evidence_ready *ready;
        if (!text_starts(file->field, TEXT("p.")))
            continue;
        if (!evidence_look(&(struct evidence_upload){ file->name, file->bytes }, 1, mem, &ready, err))
            return false;
        w->attached[w->n_attached++] = (struct attaching){ .question = { file->field.at + 2, file->field.size - 2 }, .file = ready };
    }
    for (size_t i = 0; i < form->n_questions; i++) {
        const struct text id = request_field(request, text_string(mem, text_printf(mem, "e.%.*s", TEXT_ARG(form->questions[i].id))));
        if (!id.size)
            continue;
        if (!list && !app_evidence_of_year(request->house, request->snapshot, &request->actor, year, mem, &list, &n, err))
            return false;
        size_t at = 0;
        while (at < n && !text_equal(list[at].id, id))
            at++;
        if (at == n)
            return err_set(err, ERR_ABSENT, "没有这份佐证材料，或者您的账号看不到它。");
        w->attached[w->n_attached++] = (struct attaching){ .question = form->questions[i].id, .proof = &list[at] };
    }
    return true;
}

struct stepping { struct request *request; const struct sheet_of *of; struct sheet_step_wish wish; };
static bool step(void *context, struct db_session *session, struct err *err)
{
    struct stepping *const w = context;
    struct request *const r = w->request;
    return app_sheet_step(r->house, session, r->snapshot, &r->actor, w->of, &w->wish, r->now, r->mem, err);
}

/* What the page's script needs after it saved one answer. */
static bool answer_json(struct request *request, struct response *response, const struct saving *w, struct err *err)
{
    struct sheet_view v;
    struct out *const out = out_new_memory(request->mem);
    if (!app_sheet(request->house, request->snapshot, &request->actor, &w->of, request->mem, &v, err))
        return false;
    const struct form *const form = v.info.form;
    bool *const shown = arena_array(request->mem, form->n_questions + 1, bool);
    const struct form_progress progress = form_progress(form, &v.answers);
    form_shown(form, &v.answers, shown);
    json_object(out, NULL);
    json_number(out, "nth", (double)v.row.nth);
    json_text(out, "path", forms_path(request, w->of.form, "fill", w->of.year, w->of.unit, v.row.nth));
    json_text(out, "saved", SAYS_OF(T_FORMS_SAVED_AT, time_shown(v.row.changed_at, request->mem)));
    json_text(out, "progress", SAYS_OF(T_FORMS_PROGRESS, say_count(request->mem, (int64_t)progress.answered), say_count(request->mem, (int64_t)progress.asked)));
    json_text(out, "result", form_result(form, &v.answers));
    json_object(out, "stamps");
    for (size_t i = 0; i < v.answers.n; i++)
        json_number(out, text_string(request->mem, v.answers.at[i].field), (double)v.answers.at[i].stamp);
    json_end(out);
    json_array(out, "shown");
    for (size_t i = 0; i < form->n_questions; i++)
        if (shown[i])
            json_text(out, NULL, form->questions[i].id);
    json_end(out);
    json_object(out, "wrong");
    for (size_t i = 0; i < w->saved.n_wrong; i++)
        json_text(out, text_string(request->mem, w->saved.wrong[i].field), w->saved.wrong[i].what);
    for (size_t i = 0; i < w->saved.n_conflicts; i++) {
        const struct sheet_conflict *const c = &w->saved.conflicts[i];
        json_text(out, text_string(request->mem, c->field),
                  SAYS_OF(T_FORMS_CONFLICT, time_shown(c->by.at, request->mem), c->by.who, c->theirs.size ? c->theirs : SAYS(T_FORMS_EMPTY)));
    }
    json_end(out);
    json_end(out);
    response_json(response, out_collected(out));
    return true;
}

static bool submit(struct request *request, struct response *response, const struct sheet_of *of, struct err *err)
{
    struct sheet_view v;
    struct err fault;
    if (!app_sheet(request->house, request->snapshot, &request->actor, of, request->mem, &v, err))
        return false;
    struct stepping w = { request, of, { .step = SHEET_SUBMIT, .reason = TEXT(""), .marked = TEXT(""),
                                         .figures = app_sheet_figures(request->house, request->snapshot, &request->actor, &v, request->mem) } };
    if (house_write(request->house, step, &w, err)) {
        response_redirect(response, forms_path(request, of->form, "fill", of->year, of->unit, of->nth));
        return true;
    }
    if (!forms_fault(err, &fault) || !show(request, response, of, NULL, true, &fault, err))
        return false;
    response->status = 422;
    return true;
}

bool page_form_save(struct request *request, struct response *response, struct err *err)
{
    struct form_info info;
    struct sheet_view v;
    struct err fault;
    struct saving w = { .request = request, .detach = request_field(request, "detach") };
    const struct text act = request_field(request, "act");
    response->back = text_of("/forms");
    if (!sheet_of_request(request, &info, &w.of, err) || !app_sheet(request->house, request->snapshot, &request->actor, &w.of, request->mem, &v, err))
        return false;
    if (text_equal(act, TEXT("withdraw"))) {
        struct stepping withdraw = { request, &w.of, { .step = SHEET_WITHDRAW, .reason = TEXT(""), .marked = TEXT("") } };
        if (!house_write(request->house, step, &withdraw, err))
            return false;
        response_redirect(response, forms_path(request, w.of.form, "fill", w.of.year, w.of.unit, w.of.nth));
        return true;
    }
    struct sheet_change *changes;
    if (!read_changes(request, v.info.form, &changes, &w.n, err))
        return false;
    w.changes = changes;
    if (!read_attached(request, w.of.year, v.info.form, &w, err) || !house_write(request->house, save, &w, err)) {
        if (request_field(request, "json").size || !forms_fault(err, &fault) || !show(request, response, &w.of, NULL, false, &fault, err))
            return false;
        response->status = 422;
        return true;
    }
    if (request_field(request, "json").size)
        return answer_json(request, response, &w, err);
    if (w.saved.n_wrong || w.saved.n_conflicts) {
        if (!show(request, response, &w.of, &w.saved, false, NULL, err))
            return false;
        response->status = w.saved.n_conflicts ? 409 : 422;
        return true;
    }
    if (text_equal(act, TEXT("submit")))
        return submit(request, response, &w.of, err);
    response_redirect(response, text_printf(request->mem, "%.*s%s%.*s", TEXT_ARG(forms_path(request, w.of.form, "fill", w.of.year, w.of.unit, w.of.nth)),
                                            request_field(request, "at").size ? "#q-" : "#saved", TEXT_ARG(request_field(request, "at"))));
    return true;
}

bool page_form_endorse(struct request *request, struct response *response, struct err *err)
{
    struct form_info info;
    struct sheet_of of;
    struct buf marked = { .mem = request->mem };
    if (!sheet_of_request(request, &info, &of, err))
        return false;
    response->back = forms_path(request, of.form, "fill", of.year, of.unit, of.nth);
    const bool confirm = text_equal(request_field(request, "act"), TEXT("confirm"));
    for (size_t i = 0; i < request->fields.n; i++)
        if (text_equal(request->fields.pair[i].name, TEXT("mark")))
            buf_printf(&marked, "%s%.*s", marked.size ? "," : "", TEXT_ARG(request->fields.pair[i].value));
    struct stepping w = { request, &of, { .step = confirm ? SHEET_CONFIRM : SHEET_SEND_BACK, .reason = confirm ? TEXT("") : request_field(request, "reason"), .marked = buf_text(&marked) } };
    if (!step(&w, request->writing, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

bool page_form_file(struct request *request, struct response *response, struct err *err)
{
    struct proof_row proof;
    struct text bytes;
    if (!app_sheet_bytes(request->house, request->snapshot, &request->actor, request_capture(request, "sheet"), request_capture(request, "proof"), request->mem, &proof, &bytes, err))
        return false;
    response_file(response, bytes, evidence_media(proof.kind).type, proof.name);
    return true;
}

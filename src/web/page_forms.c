/* Forms: what there is for me, one form and who has filled it in. */
#include "base/day.h"
#include "web/page_forms.h"

#include "made/templates.h"
#include "report/words.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

/* ---- shared ------------------------------------------------------------------------------- */

bool forms_year(const struct request *request, int *out, struct err *err)
{
    int64_t year;
    const struct snapshot *const s = request->snapshot;
    const int usual = s->n_years && request->year < s->n_years ? s->years[request->year] : form_year(s, request->now);
    if (!request_query_number(request, "year", 1900, 2999, usual, &year, err))
        return false;
    *out = (int)year;
    return true;
}

bool forms_place(const struct request *request, const struct form *form, struct place *out, struct err *err)
{
    const struct text word = request_query(request, "place");
    const char *const colon = word.size ? memchr(word.at, ':', word.size) : NULL;
    if (!word.size) {
        if (form_own_unit(&request->actor, form, out))
            return true;
        return err_set(err, ERR_ABSENT, "没有说是哪个单位的表。") || err_hint(err, "请从“自评表”页面选单位。");
    }
    const size_t at = colon ? (size_t)(colon - word.at) : word.size;
    const struct text kind = { word.at, at }, name = { word.at + at + (colon != NULL), word.size - at - (colon != NULL) };
    return place_of_words(kind, name, out) || err_set(err, ERR_ABSENT, "没有这个单位：%.*s。", TEXT_ARG(word));
}

struct text forms_path(const struct request *request, struct text id, const char *what, int year, struct place unit, int64_t nth)
{
    struct buf path = { .mem = request->mem };
    const struct text place = text_printf(request->mem, "%.*s:%.*s", TEXT_ARG(place_word(unit.kind)), TEXT_ARG(unit.name));
    buf_printf(&path, "/forms/%.*s/%s?year=%d&place=%.*s", TEXT_ARG(id), what, year, TEXT_ARG(percent_encode_part(place, request->mem)));
    if (nth != 1)
        buf_printf(&path, "&n=%lld", (long long)nth);
    return buf_text(&path);
}

const char *sheet_class(enum sheet_state state, bool sent_back)
{
    return state == SHEET_CONFIRMED ? "st met" : state == SHEET_SUBMITTED ? "st near" : sent_back ? "st unmet" : "st none";
}

bool forms_fault(struct err *err, struct err *fault_out)
{
    if (err->kind != ERR_INPUT && err->kind != ERR_LIMIT && err->kind != ERR_USAGE && err->kind != ERR_CONFLICT)
        return false;
    *fault_out = *err;
    *err = (struct err){ .kind = ERR_NONE };
    return true;
}

static struct text state_said(const struct request *request, enum sheet_state state, bool sent_back)
{
    static const enum text_key WORDS[N_SHEET_STATES] = { T_FORMS_DRAFT, T_FORMS_SUBMITTED, T_FORMS_CONFIRMED };
    return SAYS(state == SHEET_DRAFT && sent_back ? T_FORMS_BACK : WORDS[state]);
}

static struct text who_said(const struct request *request, enum form_who who)
{
    static const enum text_key WORDS[N_FORM_WHO] = { T_FORMS_BY_SCHOOL, T_FORMS_BY_TOWNSHIP, T_FORMS_BY_DEPARTMENT, T_FORMS_BY_COUNTY };
    return SAYS(WORDS[who]);
}

/* ---- the list ----------------------------------------------------------------------------- */

static void put_own(const struct request *request, const struct form_board *board, const struct form_info *info, struct view_forms *view)
{
    struct place unit;
    if (!form_own_unit(&request->actor, info->form, &unit) || !(request->actor.permissions & MAY_ANSWER))
        return;
    const struct board_sheet *const b = board_sheet_of(board, info->id, unit);
    struct form_task task = { .name = info->title, .path = forms_path(request, info->id, "fill", board->year, unit, info->form->often ? 0 : 1),
                              .state = SAYS(T_FORMS_UNBEGUN), .button = SAYS(T_FORMS_FILL), .class = "st none" };
    if (info->form->often) {
        task.state = SAYS(T_FORMS_EACH_TIME);
        task.class = "note d-inline";
    } else if (b) {
        task.state = state_said(request, b->state, b->row.sent_back);
        task.class = sheet_class(b->state, b->row.sent_back);
        task.note = b->row.sent_back ? SAYS_OF(T_FORMS_BACK_WHY, b->row.ended.who, b->row.reason) : TEXT("");
        task.button = SAYS(b->row.sent_back ? T_FORMS_MEND : T_FORMS_GO_ON);
        if (b->state != SHEET_DRAFT)
            return;
    }
    view->mine[view->n_mine++] = task;
}

static void put_sheets(const struct request *request, const struct form_board *board, struct view_forms *view)
{
    for (size_t i = 0; i < board->n_sheets; i++) {
        const struct board_sheet *const b = &board->sheets[i];
        if (b->state == SHEET_DRAFT)
            continue;
        const bool mine = b->state == SHEET_SUBMITTED && b->hands.endorses && !b->hands.submitted_it;
        const struct form_task task = {
            .name = b->title, .unit = b->unit_name, .path = forms_path(request, b->row.form, "fill", board->year, b->unit, b->row.nth),
            .state = state_said(request, b->state, false), .class = sheet_class(b->state, false), .button = SAYS(mine ? T_FORMS_CONFIRM : T_FORMS_LOOK),
            .note = b->state == SHEET_CONFIRMED ? SAYS_OF(T_FORMS_CONFIRMED_BY, b->row.ended.who, time_shown(b->row.ended.at, request->mem))
                                                : SAYS_OF(T_FORMS_SUBMITTED_BY, b->row.submitted.who, time_shown(b->row.submitted.at, request->mem)) };
        if (mine)
            view->confirm[view->n_confirm++] = task;
        else
            view->done[view->n_done++] = task;
    }
}

static void put_card(const struct request *request, const struct form_board *board, size_t at, struct view_forms *view)
{
    const struct form_info *const info = &board->forms[at];
    struct arena *const mem = request->mem;
    size_t confirmed = 0, waiting = 0, all = 0;
    for (size_t i = 0; i < board->n_sheets; i++) {
        const bool own = text_equal(board->sheets[i].row.form, info->id);
        all += own;
        confirmed += own && board->sheets[i].state == SHEET_CONFIRMED;
        waiting += own && board->sheets[i].state == SHEET_SUBMITTED;
    }
    struct form_card *const card = &view->cards[view->n_cards++];
    *card = (struct form_card){ .title = info->title, .path = text_printf(mem, "/forms/%.*s?year=%d", TEXT_ARG(info->id), board->year), .asked = board->n_units[at],
                                .who = who_said(request, info->form->who), .often = SAYS(info->form->often ? T_FORMS_OFTEN : T_FORMS_YEARLY), .source = info->form->source,
                                .shipped = info->shipped };
    card->done = info->form->often ? SAYS_OF(T_FORMS_N_SHEETS, say_count(mem, (int64_t)all), say_count(mem, (int64_t)confirmed))
                                   : SAYS_OF(T_FORMS_N_OF, say_count(mem, (int64_t)confirmed), say_count(mem, (int64_t)board->n_units[at]));
    card->waiting = waiting ? SAYS_OF(T_FORMS_N_WAIT, say_count(mem, (int64_t)waiting)) : TEXT("");
}

static bool put_drafts(const struct request *request, struct view_forms *view, struct err *err)
{
    struct form_kept *rows;
    size_t n;
    if (!view->may_make)
        return true;
    if (!app_form_versions(request->house, TEXT(""), request->mem, &rows, &n, err))
        return false;
    view->drafts = arena_array(request->mem, n + 1, struct form_task);
    for (size_t i = 0; i < n; i++)
        if (!rows[i].used.at && !rows[i].retired.at)
            view->drafts[view->n_drafts++] = (struct form_task){
                .name = rows[i].title, .unit = SAYS_OF(T_FORMS_VERSION, say_count(request->mem, rows[i].version)), .button = SAYS(T_FORMS_LOOK),
                .path = text_printf(request->mem, "/forms/%.*s?version=%lld", TEXT_ARG(rows[i].id), (long long)rows[i].version),
                .note = SAYS_OF(T_FORMS_KEPT_BY, rows[i].made.who, time_shown(rows[i].made.at, request->mem)) };
    return true;
}

bool page_forms(struct request *request, struct response *response, struct err *err)
{
    struct arena *const mem = request->mem;
    struct form_board board;
    int year;
    if (!forms_year(request, &year, err) || !app_form_board(request->house, request->snapshot, &request->actor, year, TEXT(""), mem, &board, err))
        return false;
    struct view_forms view = { .frame = frame_of(request, SAYS(T_FORMS_TITLE), "forms"), .year = words_year(mem, year),
                               .may_make = (request->actor.permissions & MAY_FORMS) != 0,
                               .mine = arena_array(mem, board.n_forms + 1, struct form_task), .confirm = arena_array(mem, board.n_sheets + 1, struct form_task),
                               .done = arena_array(mem, board.n_sheets + 1, struct form_task), .cards = arena_array(mem, board.n_forms + 1, struct form_card) };
    size_t due = 0;
    for (size_t i = 0; i < board.n_forms; i++) {
        put_own(request, &board, &board.forms[i], &view);
        put_card(request, &board, i, &view);
    }
    for (size_t i = 0; i < view.n_mine; i++)
        due += view.mine[i].class[0] == 's';
    put_sheets(request, &board, &view);
    if (!put_drafts(request, &view, err))
        return false;
    const struct text n_due = say_count(mem, (int64_t)due), n_confirm = say_count(mem, (int64_t)view.n_confirm);
    view.sentence = due ? SAYS_OF(T_FORMS_SENTENCE_DUE, view.year, n_due, n_confirm)
                    : view.n_confirm ? SAYS_OF(T_FORMS_SENTENCE_CONFIRM, view.year, n_confirm) : SAYS_OF(T_FORMS_SENTENCE_NONE, view.year);
    struct html html = html_begin(mem, request->lang);
    template_forms(&html, &view);
    response_html(response, &html);
    return true;
}

/* ---- one form ----------------------------------------------------------------------------- */

static void put_outline(const struct request *request, const struct form *form, struct view_form *view)
{
    view->sections = arena_array(request->mem, form->n_sections + 1, struct form_outline_section);
    view->n_sections = form->n_sections;
    for (size_t s = 0; s < form->n_sections; s++) {
        const struct form_section *const from = &form->sections[s];
        view->sections[s] = (struct form_outline_section){ from->name, from->condition, arena_array(request->mem, from->n + 1, struct form_outline_row), from->n };
        for (size_t i = 0; i < from->n; i++) {
            const struct form_question *const q = &form->questions[from->first + i];
            struct buf choices = { .mem = request->mem };
            for (size_t k = 0; k < q->n_choices; k++)
                buf_printf(&choices, "%s%.*s", k ? "；" : "", TEXT_ARG(q->choices[k]));
            struct buf proof = { .mem = request->mem };
            for (size_t k = 0; k < q->n_proof_values; k++)
                buf_printf(&proof, "%s%.*s", k ? "；" : "", TEXT_ARG(q->proof_values[k]));
            view->sections[s].rows[i] = (struct form_outline_row){ q->id, q->name, form_type_word(q->type), buf_text(&choices), q->condition,
                q->proof == FORM_PROOF_ALWAYS ? TEXT("必附") : q->proof == FORM_PROOF_MAY ? TEXT("可附") : buf_text(&proof), q->required };
        }
    }
}

static struct form_unit_line line_of(const struct request *request, const struct form_info *info, const struct form_board *board, const struct form_unit *unit,
                                     const struct board_sheet *b, size_t *confirmed)
{
    struct form_unit_line line = { .name = unit->name, .township = unit->township, .path = forms_path(request, info->id, "fill", board->year, unit->unit, b ? b->row.nth : 1),
                                   .state = SAYS(T_FORMS_UNBEGUN), .class = "st none" };
    if (b) {
        line.state = state_said(request, b->state, b->row.sent_back);
        line.class = sheet_class(b->state, b->row.sent_back);
        line.who = b->state == SHEET_CONFIRMED ? SAYS_OF(T_FORMS_CONFIRMED_BY, b->row.ended.who, time_shown(b->row.ended.at, request->mem))
                   : b->state == SHEET_SUBMITTED ? SAYS_OF(T_FORMS_SUBMITTED_BY, b->row.submitted.who, time_shown(b->row.submitted.at, request->mem))
                                                 : SAYS_OF(T_FORMS_CHANGED, time_shown(b->row.changed_at, request->mem));
        *confirmed += b->state == SHEET_CONFIRMED;
    }
    return line;
}

static void put_units(const struct request *request, const struct form_info *info, const struct form_board *board, struct view_form *view, size_t *confirmed)
{
    if (!board->n_forms)
        return;
    view->units = arena_array(request->mem, board->n_units[0] + board->n_sheets + 1, struct form_unit_line);
    if (info->form->often) {
        for (size_t i = board->n_sheets; i-- > 0;) {
            const struct board_sheet *const b = &board->sheets[i];
            const struct form_unit unit = { b->unit, text_printf(request->mem, "%.*s %s", TEXT_ARG(b->unit_name), text_string(request->mem, SAYS_OF(T_FORMS_NTH, say_count(request->mem, b->row.nth)))), TEXT("") };
            view->units[view->n_units++] = line_of(request, info, board, &unit, b, confirmed);
        }
        return;
    }
    for (size_t i = 0; i < board->n_units[0]; i++)
        view->units[view->n_units++] = line_of(request, info, board, &board->units[0][i], board_sheet_of(board, info->id, board->units[0][i].unit), confirmed);
}

static bool put_versions(const struct request *request, const struct form_info *info, struct view_form *view, struct err *err)
{
    struct form_kept *rows;
    size_t n;
    if (!app_form_versions(request->house, info->id, request->mem, &rows, &n, err))
        return false;
    view->versions = arena_array(request->mem, n + 1, struct form_version_line);
    for (size_t i = 0; i < n; i++)
        view->versions[view->n_versions++] = (struct form_version_line){
            .version = text_printf(request->mem, "%lld", (long long)rows[i].version), .path = text_printf(request->mem, "/forms/%.*s?version=%lld", TEXT_ARG(info->id), (long long)rows[i].version),
            .state = rows[i].retired.at ? SAYS_OF(T_FORMS_RETIRED_BY, rows[i].retired.who, time_shown(rows[i].retired.at, request->mem))
                     : rows[i].used.at ? SAYS_OF(T_FORMS_USED_BY, rows[i].used.who, time_shown(rows[i].used.at, request->mem)) : SAYS(T_FORMS_LOOKED_AT),
            .made = SAYS_OF(T_FORMS_KEPT_BY, rows[i].made.who, time_shown(rows[i].made.at, request->mem)), .current = rows[i].version == info->version,
            .may_use = view->may_make && !rows[i].used.at && !rows[i].retired.at, .may_retire = view->may_make && !rows[i].retired.at };
    return true;
}

bool page_form(struct request *request, struct response *response, struct err *err)
{
    struct arena *const mem = request->mem;
    const struct text id = request_capture(request, "id");
    struct form_info info;
    struct form_board board = { 0 };
    int year;
    int64_t version;
    size_t confirmed = 0;
    if (!forms_year(request, &year, err) || !request_query_number(request, "version", 0, 100000, 0, &version, err) ||
        !app_form(request->house, id, version, mem, &info, err) || !app_form_board(request->house, request->snapshot, &request->actor, year, id, mem, &board, err))
        return false;
    struct view_form view = { .frame = frame_of(request, info.title, "forms"), .id = id, .title = info.title, .note = info.form->note, .source = info.form->source,
                              .year = text_printf(mem, "%d", year), .version = text_printf(mem, "%lld", (long long)info.version), .often = info.form->often,
                              .by_township = info.form->who == FORM_SCHOOL && !info.form->often, .preview = version && !info.used.at && !info.shipped,
                              .may_make = (request->actor.permissions & MAY_FORMS) != 0 };
    if (view.preview && !view.may_make)
        return err_set(err, ERR_ABSENT, "没有这张表，或者它还没有启用。");
    put_units(request, &info, &board, &view, &confirmed);
    put_outline(request, info.form, &view);
    if (!put_versions(request, &info, &view, err))
        return false;
    const struct text n_done = say_count(mem, (int64_t)confirmed), n_all = say_count(mem, (int64_t)view.n_units);
    view.sentence = view.preview ? SAYS_OF(T_FORMS_PREVIEW_SENTENCE, info.title, say_count(mem, (int64_t)info.form->n_questions))
                    : info.form->often ? SAYS_OF(T_FORMS_FORM_OFTEN, info.title, words_year(mem, year), n_all, n_done)
                                       : SAYS_OF(T_FORMS_FORM_SENTENCE, info.title, words_year(mem, year), n_all, n_done);
    view.print_path = text_printf(mem, "/forms/%.*s/print?year=%d", TEXT_ARG(id), year);
    if (request->actor.permissions & MAY_EXPORT)
        view.export_path = text_printf(mem, "/forms/%.*s/export?year=%d", TEXT_ARG(id), year);
    if (view.may_make)
        view.template_path = text_printf(mem, "/forms/template?form=%.*s&version=%lld", TEXT_ARG(id), (long long)info.version);
    struct place own;
    if (info.form->often && (request->actor.permissions & MAY_ANSWER) && form_own_unit(&request->actor, info.form, &own))
        view.new_path = forms_path(request, id, "fill", year, own, 0);
    else if (info.form->often && (request->actor.permissions & MAY_ANSWER) && board.n_forms) {
        /* Whoever goes there chooses the school. */
        view.choices = arena_array(mem, board.n_units[0] + 1, struct form_unit_line);
        for (size_t i = 0; i < board.n_units[0]; i++)
            view.choices[view.n_choices++] = (struct form_unit_line){
                .name = board.units[0][i].name, .path = text_printf(mem, "%.*s:%.*s", TEXT_ARG(place_word(board.units[0][i].unit.kind)), TEXT_ARG(board.units[0][i].unit.name)) };
    }
    struct html html = html_begin(mem, request->lang);
    template_form(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_form_use(struct request *request, struct response *response, struct err *err)
{
    const struct text id = request_capture(request, "id");
    int64_t version;
    response->back = text_printf(request->mem, "/forms/%.*s", TEXT_ARG(id));
    if (!request_field_number(request, "version", 1, 100000, 0, &version, err))
        return false;
    const bool retire = text_equal(request_field(request, "act"), TEXT("retire"));
    if (retire ? !app_form_retire(request->house, request->writing, &request->actor, id, version, request->now, err)
               : !app_form_use(request->house, request->writing, &request->actor, id, version, request->now, err))
        return false;
    response_redirect(response, text_printf(request->mem, "/forms/%.*s?version=%lld", TEXT_ARG(id), (long long)version));
    return true;
}

bool page_form_export(struct request *request, struct response *response, struct err *err)
{
    static const char XLSX[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const struct text id = request_capture(request, "id");
    struct form_info info;
    struct text bytes;
    int year;
    if (!forms_year(request, &year, err) || !app_form(request->house, id, 0, request->mem, &info, err) ||
        !app_form_workbook(request->house, request->snapshot, &request->actor, id, year, request->now, request->mem, &bytes, err))
        return false;
    response_file(response, bytes, XLSX, text_printf(request->mem, "%.*s-%d学年-%.*s.xlsx", TEXT_ARG(request->snapshot->county_name), year, TEXT_ARG(info.title)));
    return true;
}

/* ---- over the years ----------------------------------------------------------------------- */

bool page_form_compare(struct request *request, struct response *response, struct err *err)
{
    struct arena *const mem = request->mem;
    const struct text id = request_capture(request, "id");
    struct form_info info;
    struct form_history history;
    struct place unit;
    if (!app_form(request->house, id, 0, mem, &info, err) || !forms_place(request, info.form, &unit, err) ||
        !app_form_history(request->house, request->snapshot, &request->actor, id, unit, mem, &history, err))
        return false;
    struct view_form_history view = { .frame = frame_of(request, info.title, "forms"), .title = info.title, .n = history.n,
                                      .years = arena_array(mem, history.n + 1, struct text), .paths = arena_array(mem, history.n + 1, struct text), .results = history.results,
                                      .rows = arena_array(mem, 2 * history.n_rows + 1, struct form_history_row),
                                      .form_path = text_printf(mem, "/forms/%.*s", TEXT_ARG(id)) };
    size_t changed = 0;
    for (size_t i = 0; i < history.n; i++) {
        view.years[i] = info.form->often ? SAYS_OF(T_FORMS_YEAR_NTH, words_year(mem, history.sheets[i].year), say_count(mem, history.sheets[i].nth))
                                         : words_year(mem, history.sheets[i].year);
        view.paths[i] = forms_path(request, id, "fill", history.sheets[i].year, unit, history.sheets[i].nth);
    }
    struct text section = TEXT("");
    for (size_t r = 0; r < history.n_rows; r++) {
        const struct compared_row *const from = &history.rows[r];
        if (!text_equal(section, from->section)) {
            section = from->section;
            view.rows[view.n_rows++] = (struct form_history_row){ .section = section, .group = true };
        }
        struct form_history_row *const row = &view.rows[view.n_rows++];
        *row = (struct form_history_row){ .name = from->name, .changed = from->changed, .cells = arena_array(mem, history.n + 1, struct form_history_cell) };
        for (size_t i = 0; i < history.n; i++)
            row->cells[i] = (struct form_history_cell){ from->at[i].value, from->at[i].asked, from->changed && i + 1 == history.n };
        changed += from->changed;
    }
    struct place_names names;
    place_names_last(request->snapshot, mem, &names);
    const struct text name = form_unit_name(&names, unit);
    view.sentence = history.n < 2 ? SAYS_OF(T_FORMS_COMPARE_FEW, name, info.title) : SAYS_OF(T_FORMS_COMPARE_SENTENCE, name, info.title, say_count(mem, (int64_t)changed));
    struct html html = html_begin(mem, request->lang);
    template_form_history(&html, &view);
    response_html(response, &html);
    return true;
}

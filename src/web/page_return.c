/* A school's return in a grid: filled in cell by cell, each cell with what rules, people and other years say of it. */
#include "base/day.h"
#include "web/page_returns.h"

#include "model/returns_overlay.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/say.h"

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

struct paper {
    struct request *request;
    const struct entry_page *page;
    struct view_return *view;
    int year;
};

static struct text clock_of(const struct request *request, int64_t at)
{
    const struct text said = time_shown(at, request->mem);   /* 2026-08-31 14:03 */
    return at ? (struct text){ said.at + said.size - 5, 5 } : TEXT("");
}

/* ---- a cell ------------------------------------------------------------------------------- */

static struct return_finding_line finding_said(const struct paper *s, const struct entry_finding *f, struct text name)
{
    return (struct return_finding_line){ .item = f->item, .name = name, .rule = f->rule, .words = f->words, .reason = f->reason, .who = f->who,
                                         .error = f->level == FINDING_ERROR, .may_explain = f->level == FINDING_WARNING && s->page->may_fill };
}

static struct return_talk talk_said(const struct request *request, const struct entry_remark_record *r)
{
    return (struct return_talk){ r->by.who, time_shown(r->by.at, request->mem), r->remark, r->sent_back };
}

/* Three years of the figure, as one would type them. */
static void put_past(struct paper *s, struct return_cell_line *line)
{
    const struct request *const request = s->request;
    const struct returns *const r = request->snapshot->returns;
    for (int back = 2; back > 0; back--) {
        const size_t row = returns_row(r, request->snapshot->county_code, s->year - back, s->view->code);
        if (row == SIZE_MAX)
            continue;
        const struct text value = line->item->type == ITEM_TEXT ? returns_text(r, row, line->cell->item)
                                                                : entry_typed(request->mem, line->item, returns_number(r, row, line->cell->item), TEXT(""));
        line->past[line->n_past++] = (struct return_past){ return_year_said(request, s->year - back), value.size ? value : SAYS(T_RETURNS_BLANK) };
    }
    line->past[line->n_past++] = (struct return_past){ SAYS_OF(T_RETURNS_THIS_YEAR, text_printf(request->mem, "%d", s->year)),
                                                       line->typed.size ? line->typed : SAYS(T_RETURNS_BLANK) };
}

/* What the reader typed and somebody else's figure stands against: it comes back in the address. */
static void put_conflict(struct paper *s, struct return_cell_line *line, const struct entry_note *note)
{
    const struct request *const request = s->request;
    line->mine = request_query(request, text_string(request->mem, text_printf(request->mem, "mine.%.*s", TEXT_ARG(line->cell->code))));
    if (!line->mine.size || text_equal(line->mine, line->typed))
        return;
    line->conflict = SAYS_OF(T_RETURNS_CONFLICT, clock_of(request, note->at), note->who, line->typed.size ? line->typed : SAYS(T_RETURNS_BLANK), line->mine);
    s->view->conflicts++;
}

static void put_state(struct paper *s, struct return_cell_line *line, const struct entry_note *note)
{
    const struct request *const request = s->request;
    const struct return_finding_line *const first = line->n_findings ? &line->findings[0] : NULL;
    const bool unexplained = first && !first->error && !first->reason.size;
    if (note->compulsory && !line->typed.size && line->may_fill && !note->commented) {
        line->state = "e-empty", line->state_words = SAYS(T_RETURNS_CELL_EMPTY), line->hint = SAYS(T_RETURNS_COMPULSORY);
    } else if (first && first->error) {
        line->state = "e-bad", line->bad = true, line->state_words = SAYS(T_RETURNS_CELL_BAD), line->hint = first->words;
    } else if (note->commented || unexplained) {
        line->state = "e-talk", line->state_words = SAYS(T_RETURNS_CELL_TALK);
        line->hint = note->commented && line->n_talk ? SAYS_OF(T_RETURNS_SAID_BY, line->talk[line->n_talk - 1].who, line->talk[line->n_talk - 1].words)
                                                     : first ? first->words : TEXT("");
    } else if (!line->typed.size && line->may_fill) {
        line->state = "e-empty", line->state_words = SAYS(T_RETURNS_CELL_EMPTY), line->hint = first ? SAYS_OF(T_RETURNS_EXPLAINED, first->reason) : TEXT("");
    } else {
        line->state = line->may_fill ? "e-saved" : "e-lock", line->state_words = SAYS(line->may_fill ? T_RETURNS_CELL_SAVED : T_RETURNS_CELL_LOCKED);
        line->hint = first ? SAYS_OF(T_RETURNS_EXPLAINED, first->reason) : TEXT("");
    }
}

static struct return_cell_line cell_said(struct paper *s, const struct entry_cell *cell)
{
    const struct request *const request = s->request;
    const struct entry_page *const p = s->page;
    const struct entry_note *const note = &p->note[cell->item];
    struct return_cell_line line = { .cell = cell, .item = &request->snapshot->edition->items.at[cell->item], .may_fill = p->may_fill,
                                     .typed = note->raw.size ? note->raw : cell->typed, .stamp = text_printf(request->mem, "%lld", (long long)note->stamp) };
    line.findings = arena_array(request->mem, p->n_findings + 1, struct return_finding_line);
    for (size_t i = 0; i < p->n_findings; i++)
        if (text_equal(p->findings[i].item, cell->code))
            line.findings[line.n_findings++] = finding_said(s, &p->findings[i], cell->name);
    line.talk = arena_array(request->mem, p->n_remarks + 1, struct return_talk);
    for (size_t i = 0; i < p->n_remarks; i++)
        if (text_equal(p->remarks[i].item, cell->code))
            line.talk[line.n_talk++] = talk_said(request, &p->remarks[i]);
    if (note->who.size)
        line.who = text_printf(request->mem, "%.*s %.*s", TEXT_ARG(note->who), TEXT_ARG(time_shown(note->at, request->mem)));
    put_past(s, &line);
    put_conflict(s, &line, note);
    put_state(s, &line, note);
    return line;
}

/* ---- what can be done --------------------------------------------------------------------- */

static struct text tally_said(const struct request *request, const struct entry_page *p)
{
    struct buf out = { .mem = request->mem };
    buf_add(&out, SAYS_OF(T_RETURNS_FILLED, say_count(request->mem, (int64_t)p->entry->filled), say_count(request->mem, (int64_t)p->entry->cells)));
    return buf_text(&out);
}

static struct text barred_said(const struct request *request, const struct entry_page *p)
{
    const size_t n = p->errors + p->blanks + p->unexplained;
    return n ? SAYS_OF(T_RETURNS_BARRED, say_count(request->mem, (int64_t)n)) : TEXT("");
}

static void put_steps(struct paper *s)
{
    static const enum text_key NAMES[N_RETURN_STEPS] = {
        [STEP_SUBMIT] = T_RETURNS_DO_SUBMIT, [STEP_WITHDRAW] = T_RETURNS_DO_WITHDRAW, [STEP_CONFIRM] = T_RETURNS_DO_CONFIRM,
        [STEP_CHECK] = T_RETURNS_DO_CHECK,   [STEP_APPROVE] = T_RETURNS_DO_APPROVE,   [STEP_SEND_BACK] = T_RETURNS_DO_SEND_BACK,
        [STEP_REOPEN] = T_RETURNS_DO_REOPEN, [STEP_LOCK] = T_RETURNS_DO_SUBMIT,       [STEP_CORRECT] = T_RETURNS_DO_SUBMIT,
    };
    const struct request *const request = s->request;
    struct return_offer offers[N_RETURN_STEPS];
    const size_t n = app_return_offers(&request->actor, &s->page->collection, &s->page->way, offers);
    s->view->steps = arena_array(request->mem, n + 1, struct return_step_button);
    for (size_t i = 0; i < n; i++) {
        const enum return_step step = offers[i].step;
        s->view->steps[s->view->n_steps++] = (struct return_step_button){
            return_step_code(step), SAYS(NAMES[step]), offers[i].sound_asked ? barred_said(request, s->page) : TEXT(""),
            step == STEP_SEND_BACK || step == STEP_REOPEN };
        s->view->may_send_back = s->view->may_send_back || step == STEP_SEND_BACK;
    }
    if (!n)
        s->view->waits = return_next_said(request, &s->page->way);
}

static struct text sentence_said(const struct request *request, const struct entry_page *p, struct text year)
{
    const size_t trouble = p->errors + p->blanks + p->unexplained;
    if (p->way.state != RETURN_DRAFT)
        return SAYS_OF(T_RETURNS_ONE_STATE, p->name, year, return_state_said(request, p->way.state));
    if (!trouble && p->way.record.sent_back)
        return SAYS_OF(T_RETURNS_ONE_SENT_BACK, p->name, year);
    return trouble ? SAYS_OF(T_RETURNS_ONE_TROUBLE, p->name, year, say_count(request->mem, (int64_t)trouble)) : SAYS_OF(T_RETURNS_ONE_READY, p->name, year);
}

static struct text sub_said(const struct request *request, const struct entry_page *p)
{
    size_t back = 0;
    for (size_t i = 0; i < p->n_remarks; i++)
        back += p->remarks[i].sent_back && p->remarks[i].item.size && p->remarks[i].version == p->way.record.version;
    if (p->way.state == RETURN_DRAFT && p->way.record.sent_back)
        return SAYS_OF(T_RETURNS_ONE_BACK, say_count(request->mem, (int64_t)back), return_day_said(request, p->way.due));
    if (p->way.state == RETURN_DRAFT && !(p->errors + p->blanks + p->unexplained))
        return SAYS_OF(T_RETURNS_ONE_WHOLE, return_day_said(request, p->way.due));
    if (p->way.state == RETURN_DRAFT)
        return SAYS_OF(T_RETURNS_ONE_SUB, say_count(request->mem, (int64_t)p->blanks), say_count(request->mem, (int64_t)p->errors),
                       say_count(request->mem, (int64_t)p->unexplained), return_day_said(request, p->way.due));
    const struct text next = return_next_said(request, &p->way);
    return next.size && p->way.due ? SAYS_OF(T_RETURNS_ONE_NEXT, next, return_day_said(request, p->way.due)) : next;
}

/* ---- the whole ---------------------------------------------------------------------------- */

static void put_parts(struct paper *s)
{
    const struct request *const request = s->request;
    const struct entry *const entry = s->page->entry;
    struct view_return *const view = s->view;
    view->parts = arena_array(request->mem, entry->n_groups + 1, struct return_part);
    for (size_t g = 0; g < entry->n_groups; g++) {
        struct return_part *const part = &view->parts[view->n_parts++];
        size_t filled = 0;
        *part = (struct return_part){ .id = text_printf(request->mem, "part-%zu", g + 1), .name = entry->groups[g].name,
                                      .cells = arena_array(request->mem, entry->groups[g].n, struct return_cell_line), .n = entry->groups[g].n };
        for (size_t i = 0; i < part->n; i++) {
            part->cells[i] = cell_said(s, &entry->groups[g].cells[i]);
            filled += part->cells[i].typed.size > 0;
            part->trouble += part->cells[i].bad || part->cells[i].state[2] == 't' ||
                             (s->page->note[entry->groups[g].cells[i].item].compulsory && !part->cells[i].typed.size);
        }
        part->progress = text_printf(request->mem, "%zu/%zu", filled, part->n);
    }
}

static struct text event_said(const struct request *request, const struct return_event_record *e)
{
    enum return_step step;
    const struct text done = return_step_of(e->step, &step) ? return_step_zh(step) : e->step;
    return e->reason.size ? text_printf(request->mem, "%.*s：%.*s", TEXT_ARG(done), TEXT_ARG(e->reason)) : done;
}

static bool has_cell(const struct view_return *view, struct text item)
{
    for (size_t g = 0; g < view->n_parts; g++)
        for (size_t i = 0; i < view->parts[g].n; i++)
            if (text_equal(view->parts[g].cells[i].cell->code, item))
                return true;
    return false;
}

static void put_whole(struct paper *s)
{
    const struct request *const request = s->request;
    const struct entry_page *const p = s->page;
    struct view_return *const view = s->view;
    view->whole = arena_array(request->mem, p->n_findings + 1, struct return_finding_line);
    for (size_t i = 0; i < p->n_findings; i++)
        if (!has_cell(view, p->findings[i].item)) {
            const uint16_t item = item_find(&request->snapshot->edition->items, p->findings[i].item);
            view->whole[view->n_whole++] = finding_said(s, &p->findings[i], item == NO_ITEM ? TEXT("") : request->snapshot->edition->items.at[item].zh);
        }
    view->talk = arena_array(request->mem, p->n_remarks + 1, struct return_talk);
    for (size_t i = 0; i < p->n_remarks; i++)
        if (!p->remarks[i].item.size)
            view->talk[view->n_talk++] = talk_said(request, &p->remarks[i]);
    view->events = arena_array(request->mem, p->n_events + 1, struct return_talk);
    for (size_t i = p->n_events; i-- > 0;)
        view->events[view->n_events++] = (struct return_talk){ p->events[i].by.who, time_shown(p->events[i].by.at, request->mem),
                                                               event_said(request, &p->events[i]), false };
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    struct collection_record *all;
    struct entry_page page;
    size_t n;
    int year;
    const struct text code = request_capture(request, "code");
    if (!returns_year(request, &year, &all, &n, err))
        return false;
    if (!year) {
        err_set(err, ERR_ABSENT, "还没有开启过任何学年的填报。");
        return err_hint(err, "请县教育局先在“填报和审核”页开启一个学年。");
    }
    if (!app_entry(request->house, request->snapshot, &request->actor, year, code, request->now, request->lang, request->mem, &page, err))
        return false;
    struct view_return view = { .code = code, .name = page.name, .year = text_printf(request->mem, "%d", year),
                                .may_fill = page.may_fill, .path = return_path(request, code, "", year),
                                .cells_path = text_printf(request->mem, "/returns/%d/%.*s/cells", year, TEXT_ARG(percent_encode_part(code, request->mem))),
                                .workbook_path = return_path(request, code, "/workbook", year),
                                .versions_path = return_path(request, code, "/versions", year),
                                .list_path = text_printf(request->mem, "/returns?year=%d", year), .who = request->actor.name,
                                .done = request_query(request, "done").size ? SAYS(T_RETURNS_STEP_DONE) : TEXT("") };
    struct paper s = { request, &page, &view, year };
    view.errors = page.errors, view.blanks = page.blanks, view.unexplained = page.unexplained;
    if (page.entry->last_year.size)
        view.last_year = text_printf(request->mem, "%d", year - 1);
    view.sentence = sentence_said(request, &page, view.year);
    view.sub = sub_said(request, &page);
    view.state = return_state_said(request, page.way.state);
    view.tally = tally_said(request, &page);
    view.saved_at = page.last_saved ? SAYS_OF(T_RETURNS_SAVED_AT, time_shown(page.last_saved, request->mem)) : TEXT("");
    view.may_talk = (request->actor.permissions & (MAY_FILL | MAY_CONFIRM | MAY_CHECK | MAY_APPROVE)) != 0;
    if (page.collection.locked_at && (request->actor.permissions & MAY_CORRECT))
        view.correct_path = return_path(request, code, "/correct", year);
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    put_parts(&s);
    put_whole(&s);
    put_steps(&s);
    struct view_frame *const frame = returns_frame(request, SAYS_OF(T_RETURNS_ONE_TITLE, page.name), all, n, year);
    frame->grid = frame->bar = true;
    view.frame = frame;
    struct html html = html_begin(request->mem, request->lang);
    template_return_page(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_return(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

/* ---- acts --------------------------------------------------------------------------------- */

static struct text field_of(const struct request *request, const char *prefix, struct text code)
{
    return request_field(request, text_string(request->mem, text_printf(request->mem, "%s%.*s", prefix, TEXT_ARG(code))));
}

/* The form without a script sends every cell: those that were changed are saved, each by itself. */
bool page_return_save(struct request *request, struct response *response, struct err *err)
{
    const struct item_list *const items = &request->snapshot->edition->items;
    const struct text school = request_capture(request, "code");
    struct collection_record *all;
    size_t n;
    int year;
    if (!returns_year(request, &year, &all, &n, err))
        return false;
    struct buf next = { .mem = request->mem };
    buf_add(&next, return_path(request, school, "", year));
    response->back = buf_text(&next);
    for (size_t i = 0; i < request->fields.n; i++) {
        const struct pair *const field = &request->fields.pair[i];
        struct entry_saved saved;
        int64_t seen;
        if (!text_starts(field->name, TEXT("v.")))
            continue;
        const struct text code = { field->name.at + 2, field->name.size - 2 };
        const struct text before = field_of(request, "o.", code);
        if (text_equal(text_trim(field->value), before))
            continue;
        if (!request_field_number(request, text_string(request->mem, text_printf(request->mem, "s.%.*s", TEXT_ARG(code))), 0, INT64_MAX / 2, 0, &seen, err))
            return false;
        const struct entry_save save = { .year = year, .school = school, .item = item_find(items, code), .typed = field->value, .seen = seen };
        if (save.item == NO_ITEM)
            return err_set(err, ERR_USAGE, "没有代码为“%.*s”的指标项。", code.size > 60 ? 60 : (int)code.size, code.at);
        if (!app_entry_save(request->house, request->writing, &request->actor, &save, request->now, request->mem, &saved, err))
            return false;
        if (saved.outcome == ENTRY_CONFLICT)
            buf_printf(&next, "&mine.%.*s=%.*s", TEXT_ARG(code), TEXT_ARG(percent_encode_part(text_trim(field->value), request->mem)));
    }
    response_redirect(response, buf_text(&next));
    return true;
}

/* A word about a cell, or why a warning stands. */
bool page_return_say(struct request *request, struct response *response, struct err *err)
{
    const struct text school = request_capture(request, "code"), item = request_field(request, "item"), rule = request_field(request, "rule");
    struct collection_record *all;
    size_t n;
    int year;
    if (!returns_year(request, &year, &all, &n, err))
        return false;
    response->back = return_path(request, school, "", year);
    if (rule.size ? !app_entry_explain(request->house, request->writing, &request->actor, year, school, item, rule, request_field(request, "words"), request->now, err)
                  : !app_entry_remark(request->house, request->writing, &request->actor, year, school, item, request_field(request, "words"), request->now, err))
        return false;
    response_redirect(response, text_printf(request->mem, "%.*s#about-%.*s", TEXT_ARG(response->back), TEXT_ARG(item.size ? item : TEXT("all"))));
    return true;
}

static struct sent_back_cell *sent_back(const struct request *request, size_t *n_out)
{
    struct sent_back_cell *const cells = arena_array(request->mem, request->fields.n + 1, struct sent_back_cell);
    *n_out = 0;
    for (size_t i = 0; i < request->fields.n; i++) {
        const struct pair *const field = &request->fields.pair[i];
        if (text_starts(field->name, TEXT("why.")) && text_trim(field->value).size)
            cells[(*n_out)++] = (struct sent_back_cell){ { field->name.at + 4, field->name.size - 4 }, text_trim(field->value) };
    }
    return cells;
}

bool page_return_step(struct request *request, struct response *response, struct err *err)
{
    const struct text school = request_capture(request, "code");
    struct return_act act = { .school = school, .reason = text_trim(request_field(request, "reason")) };
    struct collection_record *all;
    struct return_done done;
    size_t n;
    if (!returns_year(request, &act.year, &all, &n, err))
        return false;
    if (!return_step_of(request_field(request, "step"), &act.step))
        return err_set(err, ERR_USAGE, "没有这样的步骤。");
    if (act.step == STEP_SEND_BACK)
        act.cells = sent_back(request, &act.n_cells);
    if (app_return_step(request->house, request->snapshot, &request->actor, &act, request->now, request->mem, &done, err)) {
        response_redirect(response, text_printf(request->mem, "%.*s&done=1", TEXT_ARG(return_path(request, school, "", act.year))));
        return true;
    }
    if (err->kind != ERR_INPUT && err->kind != ERR_CONFLICT)
        return false;
    const struct err fault = *err;
    *err = (struct err){ .kind = ERR_NONE };
    response->status = status_of(fault.kind);
    return show(request, response, &fault, err);
}

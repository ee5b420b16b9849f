/* A school's returned figures in a grid: corrected cell by cell, each a new version with its author. */
#include "app/edit.h"
#include "app/figure_marks.h"
#include "base/day.h"
#include "base/out.h"
#include "made/templates.h"
#include "model/finding.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/query.h"
#include "web/say.h"
#include "web/school_here.h"
#include "web/schools_asked.h"
#include "web/view_figures.h"
#include "web/view_schools.h"

/* What came of one cell of a form. */
struct outcome { bool sent, saved; struct text typed, seen, fault; };

struct grid {
    struct request *request;
    const struct composing *c;
    const struct schools_asked *asked;
    const struct figure_mark *marks;      /* [item] */
    const struct figure_note *notes;
    size_t n_notes;
    const struct outcome *outcomes;       /* [item]; NULL: nothing was sent */
    size_t bad, talk;
};

static struct text words(const struct grid *g, enum text_key key)
{
    return say(g->request->mem, g->request->lang, key, NULL, 0);
}

/* ---- a cell ------------------------------------------------------------------------------- */

static const struct figure_note *note_of(const struct grid *g, uint16_t item)
{
    const struct figure_note *found = NULL;
    for (size_t i = 0; i < g->n_notes; i++)
        if (g->notes[i].item == item && (!found || found->warning)) /* errors before warnings */
            found = &g->notes[i];
    return found;
}

static struct text who_of(const struct grid *g, uint16_t item)
{
    const struct figure_mark *const mark = &g->marks[item];
    struct arena *const mem = g->request->mem;
    char cell[16];
    if (!mark->version)
        return TEXT("");
    if (mark->typed)
        return text_printf(mem, "%.*s %.*s", TEXT_ARG(mark->who), TEXT_ARG(time_shown(mark->at, mem)));
    return text_printf(mem, "%.*s%s%s", TEXT_ARG(mark->sheet), mark->sheet.size ? " " : "", cell_name(cell, mark->row, mark->column));
}

static struct view_figures_cell cell_of(struct grid *g, const struct entry_cell *cell)
{
    const struct figure_note *const note = note_of(g, cell->item);
    const struct figure_mark *const mark = &g->marks[cell->item];
    const struct outcome *const sent = g->outcomes ? &g->outcomes[cell->item] : NULL;
    struct view_figures_cell out = { .cell = cell, .typed = cell->typed, .seen = cell->seen, .who = who_of(g, cell->item) };
    if (sent && sent->sent)
        out.typed = sent->typed, out.seen = sent->seen;
    if (sent && sent->fault.size) {
        out.state = "e-bad", out.hint = sent->fault, out.bad = true;
    } else if (note && !note->warning) {
        out.state = "e-bad", out.hint = note->words, out.bad = true;
    } else if (note || (mark->typed && mark->reason.size)) {
        out.state = "e-talk";
        out.hint = note ? note->words : SAID(g->request->mem, g->request->lang, T_FIGURES_REASON_IS, mark->reason);
    } else if (!out.typed.size) {
        out.state = "e-empty", out.hint = cell->wanted ? words(g, T_FIGURES_WANTED) : cell->note;
    } else {
        out.state = "e-saved", out.hint = cell->note;
    }
    out.state_words = words(g, out.bad ? T_FIGURES_BAD : note || out.state[2] == 't' ? T_FIGURES_TALK : out.state[2] == 'e' ? T_FIGURES_EMPTY : T_FIGURES_SAVED);
    g->bad += out.bad;
    g->talk += out.state[2] == 't';
    return out;
}

static struct text tally_of(const struct grid *g, const struct entry *entry)
{
    struct arena *const mem = g->request->mem;
    const enum lang lang = g->request->lang;
    struct buf out = { .mem = mem };
    buf_add(&out, SAID(mem, lang, T_FIGURES_FILLED, say_count(mem, (int64_t)entry->filled), say_count(mem, (int64_t)entry->cells)));
    if (entry->wanted)
        buf_printf(&out, " · %.*s", TEXT_ARG(SAID(mem, lang, T_FIGURES_N_WANTED, say_count(mem, (int64_t)entry->wanted))));
    if (g->bad)
        buf_printf(&out, " · %.*s", TEXT_ARG(SAID(mem, lang, T_FIGURES_N_BAD, say_count(mem, (int64_t)g->bad))));
    if (g->talk)
        buf_printf(&out, " · %.*s", TEXT_ARG(SAID(mem, lang, T_FIGURES_N_TALK, say_count(mem, (int64_t)g->talk))));
    return buf_text(&out);
}

/* ---- the grid ----------------------------------------------------------------------------- */

static bool look(struct request *request, const struct composing *c, const struct schools_asked *asked, struct grid *g, struct err *err)
{
    struct figure_mark *marks;
    *g = (struct grid){ .request = request, .c = c, .asked = asked };
    if (!app_figure_marks(request->house, request->snapshot, request->year, request_capture(request, "code"), request->mem, &marks, err))
        return false;
    g->marks = marks;
    g->notes = app_figure_notes(request->snapshot, request->school, request->mem, &g->n_notes);
    return true;
}

static const char *verdict_of(const struct composing *c, uint32_t row)
{
    const struct county_assessment *const county = composing_county(c);
    enum verdict_kind worst = N_VERDICTS;
    for (size_t s = 0; s < county->n_stages; s++) {
        const struct stage_assessment *const stage = &county->stages[s];
        const size_t unit = composing_unit(stage, row);
        if (unit == SIZE_MAX)
            continue;
        const enum verdict_kind kind = verdict_kind((enum state)stage->unit_verdict[unit], stage->unit_met[unit], stage->n_levels);
        worst = kind < worst ? kind : worst;
    }
    return verdict_class(worst);
}

static void show(struct grid *g, size_t faults, struct response *response)
{
    struct request *const r = g->request;
    const struct text all = request_query(r, "all"), saved = request_query(r, "saved"), code = request_capture(r, "code");
    const struct entry *const entry = compose_entry(g->c, (uint32_t)r->school, all.size > 0);
    const struct composing *const c = g->c;
    struct view_figures view = {
        .frame = NULL, .entry = entry, .year = year_digits(r), .faults = faults, .items = c->assessment->edition->items.at,
        .state = verdict_of(c, (uint32_t)r->school), .sentence = compose_school_sentence(c, (uint32_t)r->school),
        .school_path = school_path(c, g->asked, code, ""), .list_path = schools_path(c, g->asked, "/schools"),
        .path = text_printf(r->mem, "%.*s%.*s", TEXT_ARG(r->path), TEXT_ARG(query_with(r->raw_query, "saved", TEXT(""), r->mem))),
        .cell_path = r->path, .groups = arena_array(r->mem, entry->n_groups, struct view_figures_group), .n_groups = entry->n_groups,
    };
    const struct county_assessment *const before = composing_before(c, 1);
    struct view_frame *const frame = frame_of(r, SAID(r->mem, r->lang, T_FIGURES_TITLE, entry->name), "schools");
    frame->grid = frame->bar = true;
    view.frame = frame;
    if (before)
        view.last_year = text_printf(r->mem, "%d", before->county->year);
    if (entry->left_out)
        view.more_path = text_printf(r->mem, "%.*s%.*s", TEXT_ARG(r->path), TEXT_ARG(query_with(r->raw_query, "all", TEXT("1"), r->mem)));
    if (saved.size)
        view.saved = SAID(r->mem, r->lang, T_FIGURES_SAVED_N, saved);
    for (size_t k = 0; k < entry->n_groups; k++) {
        view.groups[k] = (struct view_figures_group){ entry->groups[k].name, arena_array(r->mem, entry->groups[k].n, struct view_figures_cell),
                                                      entry->groups[k].n };
        for (size_t i = 0; i < entry->groups[k].n; i++)
            view.groups[k].cells[i] = cell_of(g, &entry->groups[k].cells[i]);
    }
    view.tally = tally_of(g, entry);
    struct html html = html_begin(r->mem, r->lang);
    template_figures(&html, &view);
    response_html(response, &html);
}

bool page_figures(struct request *request, struct response *response, struct err *err)
{
    const struct composing *const c = composing_of(request);
    struct schools_asked asked;
    struct grid g;
    if (!school_here(request, err) || !schools_asked(request, c, &asked, err) || !look(request, c, &asked, &g, err))
        return false;
    show(&g, 0, response);
    return true;
}

/* One cell as it stands, for the script: what it sent was kept, or somebody else was there first. */
bool page_figure(struct request *request, struct response *response, struct err *err)
{
    const struct composing *const c = composing_of(request);
    const uint16_t item = item_find(&request->snapshot->edition->items, request_capture(request, "item"));
    struct schools_asked asked;
    struct grid g;
    if (!school_here(request, err) || !schools_asked(request, c, &asked, err) || !look(request, c, &asked, &g, err))
        return false;
    const struct entry *const entry = compose_entry(c, (uint32_t)request->school, true);
    const struct entry *const counted = compose_entry(c, (uint32_t)request->school, request_query(request, "all").size > 0);
    struct view_figures_cell found = { .cell = NULL };
    for (size_t k = 0; k < entry->n_groups; k++)
        for (size_t i = 0; i < entry->groups[k].n; i++)
            if (entry->groups[k].cells[i].item == item)
                found = cell_of(&g, &entry->groups[k].cells[i]);
    if (!found.cell)
        return err_set(err, ERR_ABSENT, "没有这个指标项。");
    g.bad = g.talk = 0;
    for (size_t k = 0; k < counted->n_groups; k++)
        for (size_t i = 0; i < counted->groups[k].n; i++)
            (void)cell_of(&g, &counted->groups[k].cells[i]);
    struct out *const out = out_new_memory(request->mem);
    json_object(out, NULL);
    json_text(out, "item", found.cell->code);
    json_text(out, "typed", found.typed);
    json_text(out, "seen", found.seen);
    json_text(out, "state", text_of(found.state));
    json_text(out, "state_words", found.state_words);
    json_text(out, "hint", found.hint);
    json_text(out, "who", found.who);
    json_text(out, "change", found.cell->change);
    json_text(out, "sentence", compose_school_sentence(c, (uint32_t)request->school));
    json_text(out, "verdict", text_of(verdict_of(c, (uint32_t)request->school)));
    json_text(out, "tally", tally_of(&g, counted));
    json_text(out, "clock", clock_shown(request->now, request->mem));
    json_end(out);
    response_json(response, out_collected(out));
    return true;
}

/* ---- what is sent ------------------------------------------------------------------------- */

static bool read_seen(const struct item *item, struct text seen, struct figure_edit *edit, struct err *err)
{
    edit->seen = BLANK;
    edit->seen_text = TEXT("");
    if (item->type == ITEM_TEXT)
        edit->seen_text = seen;
    else if (seen.size && !number_parse(seen, &edit->seen))
        return err_set(err, ERR_USAGE, "提交的内容读不懂：%.*s 原来的值。", TEXT_ARG(item->zh));
    return true;
}

/* Whether the input holds what was shown in it. */
static bool untouched(struct arena *mem, const struct item *item, const struct figure_edit *edit)
{
    return text_equal(text_trim(edit->typed), entry_typed(mem, item, edit->seen, edit->seen_text));
}

/* Faults of single cells are told at the cell; anything else undoes the whole. */
static bool put_cell(struct request *r, uint16_t item, struct text typed, struct text seen, struct outcome *out, struct err *err)
{
    const struct item *const of = &r->snapshot->edition->items.at[item];
    struct figure_edit edit = { .year = r->snapshot->years[r->year], .school = request_capture(r, "code"), .item = item, .typed = typed,
                                .reason = text_trim(request_field(r, "reason")) };
    struct figure_edited edited;
    struct err fault = { .kind = ERR_NONE };
    if (!read_seen(of, seen, &edit, err))
        return false;
    *out = (struct outcome){ .sent = true, .typed = typed, .seen = seen };
    if (untouched(r->mem, of, &edit))
        return true;
    if (app_figure_edit(r->house, r->writing, &r->actor, &edit, r->now, r->mem, &edited, &fault)) {
        out->saved = true;
        out->typed = entry_typed(r->mem, of, edited.number, edited.text);
        out->seen = entry_seen(r->mem, of, edited.number, edited.text);
        return true;
    }
    if (fault.kind != ERR_INPUT && fault.kind != ERR_CONFLICT) {
        *err = fault;
        return false;
    }
    if (fault.kind == ERR_CONFLICT) { /* sent once more, it is meant */
        int64_t since;
        double number;
        struct text text;
        if (!store_figure_standing(r->writing, house_county(r->house), &r->snapshot->edition->items, edit.year, edit.school, item, r->mem, &since,
                                   &number, &text, err))
            return false;
        out->seen = entry_seen(r->mem, of, number, text);
    }
    out->fault = text_printf(r->mem, "%s%s", fault.what, fault.hint);
    return true;
}

/* The script sends one cell and is told about it alone. */
static bool put_one(struct request *r, struct response *response, uint16_t item, struct text code, struct err *err)
{
    const struct text typed = request_field(r, text_string(r->mem, text_printf(r->mem, "v.%.*s", TEXT_ARG(code))));
    const struct text seen = request_field(r, text_string(r->mem, text_printf(r->mem, "s.%.*s", TEXT_ARG(code))));
    const struct item *const of = &r->snapshot->edition->items.at[item];
    struct figure_edit edit = { .year = r->snapshot->years[r->year], .school = request_capture(r, "code"), .item = item, .typed = typed,
                                .reason = text_trim(request_field(r, "reason")) };
    struct figure_edited edited;
    if (!read_seen(of, seen, &edit, err) || !app_figure_edit(r->house, r->writing, &r->actor, &edit, r->now, r->mem, &edited, err))
        return false;
    response_redirect(response, text_printf(r->mem, "%.*s/%.*s%s%.*s", TEXT_ARG(r->path), TEXT_ARG(percent_encode_part(code, r->mem)),
                                            r->raw_query.size ? "?" : "", TEXT_ARG(r->raw_query)));
    return true;
}

static bool no_such_item(struct text code, struct err *err)
{
    err_set(err, ERR_USAGE, "没有代码为“%.*s”的指标项。", code.size > 60 ? 60 : (int)code.size, code.at);
    return err_hint(err, "请刷新页面再填。");
}

/* The form without a script sends every cell. */
static bool put_all(struct request *r, struct outcome *outcomes, size_t *saved_out, size_t *faults_out, struct err *err)
{
    const struct item_list *const items = &r->snapshot->edition->items;
    *saved_out = *faults_out = 0;
    for (size_t i = 0; i < r->fields.n; i++) {
        const struct pair *const field = &r->fields.pair[i];
        if (!text_starts(field->name, TEXT("v.")))
            continue;
        const struct text code = { field->name.at + 2, field->name.size - 2 };
        const uint16_t item = item_find(items, code);
        if (item == NO_ITEM)
            return no_such_item(code, err);
        const struct text seen = request_field(r, text_string(r->mem, text_printf(r->mem, "s.%.*s", TEXT_ARG(code))));
        if (!put_cell(r, item, field->value, seen, &outcomes[item], err))
            return false;
        *saved_out += outcomes[item].saved;
        *faults_out += outcomes[item].fault.size > 0;
    }
    return true;
}

bool page_figures_edit(struct request *request, struct response *response, struct err *err)
{
    struct request *const r = request;
    const struct text one = request_field(r, "item");
    if (!school_here(r, err))
        return false;
    if (one.size) {
        const uint16_t item = item_find(&r->snapshot->edition->items, one);
        return item == NO_ITEM ? no_such_item(one, err) : put_one(r, response, item, one, err);
    }
    struct outcome *const outcomes = arena_array(r->mem, r->snapshot->edition->items.n, struct outcome);
    size_t saved, faults;
    if (!put_all(r, outcomes, &saved, &faults, err))
        return false;
    if (!faults) {
        const struct text query = query_with(r->raw_query, "saved", text_printf(r->mem, "%zu", saved), r->mem);
        response_redirect(response, text_printf(r->mem, "%.*s%.*s", TEXT_ARG(r->path), TEXT_ARG(query)));
        return true;
    }
    /* What could be kept is kept; the rest is shown with what was typed.  Rare, and one page: it may be made here. */
    const struct composing *const c = composing_of(r);
    struct schools_asked asked;
    struct grid g;
    if (!schools_asked(r, c, &asked, err) || !look(r, c, &asked, &g, err))
        return false;
    g.outcomes = outcomes;
    response->status = 422;
    show(&g, faults, response);
    return true;
}

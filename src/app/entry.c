/* A return as it is being filled in, whole: what was typed laid over what stands, checked and composed as if it counted. */
#include "app/entry.h"

#include "indicator/assess.h"
#include "model/returns_overlay.h"
#include "report/say.h"
#include "report/words.h"
#include "standard/logic_check.h"

enum { LEAST_CELLS = 10 };

struct viewing {
    struct house *house;
    const struct snapshot *snapshot;
    struct arena *mem;
    const struct item_list *items;
    struct entry_place at;
    enum lang lang;
    struct entry_figure *figures;          /* [item], what the return speaks of */
    struct entry_cell_record *cells;
    size_t n_cells;
    struct returns *returns;               /* the county as it would be */
    uint32_t row;                          /* of the return in it */
    struct composing composing;
    struct entry_page *out;
    size_t findings_capacity;
};

bool app_entry_figures(struct db_session *session, const struct entry_place *at, const struct item_list *items, struct arena *mem,
                       struct entry_figure **out, struct err *err)
{
    struct entry_cell_record *cells;
    size_t n;
    if (!store_figures_of_school(session, at, items, mem, out, err) || !store_entry_cells(session, at, items, mem, &cells, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        (*out)[cells[i].item] = (struct entry_figure){ cells[i].number, cells[i].text, true };
    return true;
}

/* ---- the county as it would be ------------------------------------------------------------- */

static void put_row(const struct viewing *v, struct returns *into, size_t row)
{
    for (uint16_t i = 0; i < v->items->n; i++) {
        const struct entry_figure *const f = &v->figures[i];
        if (v->items->at[i].level != ITEM_SCHOOL)
            continue;
        if (v->items->at[i].type == ITEM_TEXT)
            returns_put_text(into, row, i, f->text);
        else
            returns_put_number(into, row, i, f->number);
    }
}

static void lay_over(struct viewing *v)
{
    struct returns *const top = returns_new(v->items, v->mem);
    const uint32_t county = returns_county(top, v->at.county, v->at.year);
    const size_t added = returns_add(top, county, (struct origin){ UINT32_MAX, 0 });
    returns_put_text(top, added, v->items->school_code, v->at.school);
    returns_arrange(top);
    v->returns = returns_overlay(v->snapshot->returns, top, v->mem);
    v->row = (uint32_t)returns_row(v->returns, v->at.county, v->at.year, v->at.school);
    put_row(v, v->returns, v->row);
}

static void assess_it(struct viewing *v)
{
    struct assess_request *const request = arena_make(v->mem, struct assess_request);
    *request = (struct assess_request){ .edition = v->snapshot->edition, .by = NO_ITEM };
    struct assessment *const assessment = arena_make(v->mem, struct assessment);
    assess(v->returns, request, v->mem, assessment);
    v->composing = (struct composing){ .mem = v->mem, .assessment = assessment, .year = v->returns->county[v->row], .english = v->lang == LANG_EN };
}

/* ---- what rules say ------------------------------------------------------------------------ */

static void add_finding(struct viewing *v, enum finding_level level, struct text rule, struct text item, struct text words)
{
    struct entry_page *const p = v->out;
    ARENA_ROOM(v->mem, p->findings, p->n_findings, v->findings_capacity);
    p->findings[p->n_findings++] = (struct entry_finding){ .level = level, .rule = rule, .item = item, .words = words };
}

/* This return and the same school's of the year before, by themselves: checks look no further. */
static void check_figures(struct viewing *v)
{
    struct returns *const pair = returns_new(v->items, v->mem);
    struct findings findings = { .mem = v->mem };
    const size_t before = returns_row(v->snapshot->returns, v->at.county, v->at.year - 1, v->at.school);
    for (int back = before == SIZE_MAX ? 0 : 1; back >= 0; back--) {
        const struct returns *const from = back ? v->snapshot->returns : v->returns;
        const size_t row = returns_add(pair, returns_county(pair, v->at.county, v->at.year - back), (struct origin){ UINT32_MAX, 0 });
        const size_t source = back ? before : v->row;
        for (uint16_t i = 0; i < v->items->n; i++) {
            if (v->items->at[i].type == ITEM_TEXT)
                returns_put_text(pair, row, i, returns_text(from, source, i));
            else
                returns_put_number(pair, row, i, returns_number(from, source, i));
        }
    }
    returns_arrange(pair);
    logic_checks(v->snapshot->edition, pair, &findings);
    for (size_t i = 0; i < findings.n; i++) {
        const struct finding *const f = &findings.at[i];
        /* Whether the host of a campus is there only the whole county tells; other years and the county itself are not asked here. */
        if (text_starts(f->rule, TEXT("campus.")) || f->level == FINDING_NOTE || !text_find(f->school, v->at.school, NULL))
            continue;
        add_finding(v, f->level, f->rule, f->item,
                    f->read.size ? text_printf(v->mem, "填的是 %.*s，%.*s。%.*s。", TEXT_ARG(f->read), TEXT_ARG(f->expected), TEXT_ARG(f->mend))
                                 : text_printf(v->mem, "%.*s。%.*s。", TEXT_ARG(f->expected), TEXT_ARG(f->mend)));
    }
}

/* Who it is; and how many pupils there are in each stage its type has: without them there is no unit that could miss a figure. */
static bool needs_always(const struct viewing *v, uint16_t item)
{
    const struct edition *const edition = v->snapshot->edition;
    if (item == v->items->school_name || item == v->items->school_type || item == v->items->township || item == v->items->area_kind)
        return true;
    const double type = v->items->school_type == NO_ITEM ? BLANK : returns_number(v->returns, v->row, v->items->school_type);
    if (is_blank(type) || type < 1 || type > (double)edition->n_types)
        return false;
    for (int stage = 0; stage < N_STAGES; stage++)
        if (edition->types[(size_t)type - 1].stage[stage] && edition->pupils[stage] == item)
            return true;
    return false;
}

static void check_cells(struct viewing *v, struct entry_note *notes)
{
    const size_t before = returns_row(v->snapshot->returns, v->at.county, v->at.year - 1, v->at.school);
    for (size_t g = 0; g < v->out->entry->n_groups; g++)
        for (size_t c = 0; c < v->out->entry->groups[g].n; c++) {
            const struct entry_cell *const cell = &v->out->entry->groups[g].cells[c];
            const struct item *const item = &v->items->at[cell->item];
            struct entry_note *const note = &notes[cell->item];
            if (note->raw.size) {
                add_finding(v, FINDING_ERROR, TEXT("cell.unreadable"), item->code,
                            text_printf(v->mem, "填的是“%.*s”，读不成%s。", TEXT_ARG(note->raw), item->type == ITEM_ENUM ? "一个选项" : item->type == ITEM_BOOLEAN ? "是或否" : "数"));
                continue;
            }
            if (cell->typed.size)
                continue;
            note->compulsory = cell->wanted || needs_always(v, cell->item);
            v->out->blanks += note->compulsory;
            const bool had = before != SIZE_MAX && item->type != ITEM_TEXT && !is_blank(returns_number(v->snapshot->returns, before, cell->item));
            if (!note->compulsory && had)
                add_finding(v, FINDING_WARNING, TEXT("cell.was_there"), item->code,
                            text_printf(v->mem, "去年填的是 %.*s，今年空着。", TEXT_ARG(cell->last_words)));
        }
}

/* A reason speaks of the figure that stood there when it was given. */
static bool still_speaks(const struct viewing *v, const struct entry_reason_record *reason)
{
    for (size_t i = 0; i < v->n_cells; i++)
        if (text_equal(v->items->at[v->cells[i].item].code, reason->item))
            return v->cells[i].by.at <= reason->by.at;
    return true;
}

static bool explain_all(struct viewing *v, struct db_session *session, struct err *err)
{
    struct entry_reason_record *reasons;
    size_t n;
    struct entry_page *const p = v->out;
    if (!store_entry_reasons(session, &v->at, v->mem, &reasons, &n, err))
        return false;
    for (size_t i = 0; i < p->n_findings; i++) {
        for (size_t k = 0; k < n; k++)
            if (text_equal(reasons[k].item, p->findings[i].item) && text_equal(reasons[k].rule, p->findings[i].rule) &&
                still_speaks(v, &reasons[k])) {
                p->findings[i].reason = reasons[k].reason;
                p->findings[i].who = reasons[k].by.who;
            }
        p->errors += p->findings[i].level == FINDING_ERROR;
        p->unexplained += p->findings[i].level == FINDING_WARNING && !p->findings[i].reason.size;
    }
    return true;
}

static void sort_findings(struct entry_page *p)
{
    size_t put = 0; /* stable: errors come first, in the order of the form */
    for (size_t i = 0; i < p->n_findings; i++) {
        if (p->findings[i].level != FINDING_ERROR)
            continue;
        const struct entry_finding one = p->findings[i];
        for (size_t k = i; k > put; k--)
            p->findings[k] = p->findings[k - 1];
        p->findings[put++] = one;
    }
}

/* ---- the whole ----------------------------------------------------------------------------- */

static bool load(struct viewing *v, struct db_session *session, const struct actor *actor, int64_t now, struct err *err)
{
    struct entry_page *const p = v->out;
    return app_way(session, v->house, actor, v->at.year, v->at.school, now, v->mem, &p->collection, &p->way, err) &&
           app_entry_figures(session, &v->at, v->items, v->mem, &v->figures, err) &&
           store_entry_cells(session, &v->at, v->items, v->mem, &v->cells, &v->n_cells, err) &&
           store_entry_remarks(session, &v->at, v->mem, &p->remarks, &p->n_remarks, err) &&
           store_return_events(session, v->at.county, v->at.year, v->at.school, v->mem, &p->events, &p->n_events, err) &&
           store_return_versions(session, v->at.county, v->at.school, v->mem, &p->versions, &p->n_versions, err);
}

static struct entry_note *notes_of(struct viewing *v)
{
    struct entry_note *const notes = arena_array(v->mem, v->items->n, struct entry_note);
    for (size_t i = 0; i < v->n_cells; i++) {
        const struct entry_cell_record *const c = &v->cells[i];
        notes[c->item] = (struct entry_note){ .stamp = c->stamp, .who = c->by.who, .at = c->by.at, .raw = c->typed };
        v->out->stamps += c->stamp;
        if (c->by.at > v->out->last_saved)
            v->out->last_saved = c->by.at;
    }
    for (size_t i = 0; i < v->out->n_remarks; i++) {
        const uint16_t item = item_find(v->items, v->out->remarks[i].item);
        if (item != NO_ITEM && v->out->remarks[i].version == v->out->way.record.version)
            notes[item].commented = true;
    }
    return notes;
}

static bool view(struct viewing *v, struct db_session *session, const struct actor *actor, int64_t now, struct err *err)
{
    struct entry_page *const p = v->out;
    if (!load(v, session, actor, now, err))
        return false;
    lay_over(v);
    assess_it(v);
    struct entry *entry = compose_entry(&v->composing, v->row, false);
    if (entry->cells < LEAST_CELLS) /* a new school, of a kind nobody else is: it is asked everything */
        entry = compose_entry(&v->composing, v->row, true);
    p->entry = entry;
    p->name = returns_text(v->returns, v->row, v->items->school_name);
    if (!p->name.size)
        p->name = p->way.record.name.size ? p->way.record.name : v->at.school;
    struct entry_note *const notes = notes_of(v);
    p->note = notes;
    check_cells(v, notes);
    check_figures(v);
    if (!explain_all(v, session, err))
        return false;
    sort_findings(p);
    struct err ignored;
    p->may_fill = return_open(p->way.state) && !p->collection.locked_at && actor_may(actor, MAY_FILL, &ignored);
    return true;
}

bool app_entry(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int year, struct text school, int64_t now,
               enum lang lang, struct arena *mem, struct entry_page *out, struct err *err)
{
    struct viewing v = { .house = house, .snapshot = snapshot, .mem = mem, .items = &snapshot->edition->items,
                         .at = { house_county(house), year, school }, .lang = lang, .out = out };
    struct db_session *session;
    *out = (struct entry_page){ 0 };
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = view(&v, session, actor, now, err);
    db_read_end(&session);
    return ok;
}

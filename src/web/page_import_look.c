/* Import, ② and ③: what was found, what would change, what it makes of the county; what came of it. */
#include "app/import_effect.h"
#include "base/day.h"
#include "made/templates.h"
#include "report/compose_figures.h"
#include "web/frame.h"
#include "web/page_import.h"
#include "web/pages.h"
#include "web/percent.h"
#include "web/query.h"
#include "web/say.h"
#include "web/view_import.h"

enum { SHOWN_LINES = 200, SHOWN_CONFLICTS = 2000, N_LEVELS = FINDING_NOTE + 1 };

struct looking {
    struct request *request;
    const struct item_list *items;
    struct import_view import;
    struct view_import_look view;
};

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static struct text count(const struct request *request, size_t n)
{
    return say_count(request->mem, (int64_t)n);
}

/* ---- findings ----------------------------------------------------------------------------- */

static const struct { const char *word, *class; enum text_key name; } LEVELS[N_LEVELS] = {
    [FINDING_ERROR] = { "error", "st unmet", T_IMPORT_LEVEL_ERROR },
    [FINDING_WARNING] = { "warning", "st near", T_IMPORT_LEVEL_WARNING },
    [FINDING_NOTE] = { "note", "st na", T_IMPORT_LEVEL_NOTE },
};

static size_t file_of(const struct looking *l, struct text name)
{
    size_t i = 0;
    while (i < l->import.n_files && !text_equal(l->import.files[i].name, name))
        i++;
    return i;
}

static struct text cell_path(const struct looking *l, const struct finding *f)
{
    struct arena *const mem = l->request->mem;
    const size_t file = file_of(l, f->file);
    if (!f->row || file == l->import.n_files)
        return (struct text){ 0 };
    struct text query = query_with((struct text){ 0 }, "sheet", f->sheet, mem);
    if (query.size) /* query_with takes a query as it was asked for, without its '?' */
        query.at++, query.size--;
    query = query_with(query, "row", text_printf(mem, "%u", f->row), mem);
    if (f->column)
        query = query_with((struct text){ query.at + 1, query.size - 1 }, "column", text_printf(mem, "%u", f->column), mem);
    return text_printf(mem, "/import/%.*s/files/%zu/row%.*s", TEXT_ARG(l->view.id), file, TEXT_ARG(query));
}

static struct import_finding_line finding_line(const struct looking *l, const struct finding *f)
{
    struct request *const request = l->request;
    char cell[16];
    cell_name(cell, f->row, f->column);
    const struct text where = cell[0]     ? text_copy(request->mem, text_of(cell))
                              : f->row    ? SAYS_OF(T_IMPORT_ROW_ONLY, text_printf(request->mem, "%u", f->row))
                              : f->column ? text_copy(request->mem, text_of(cell_name(cell, 1, f->column)))
                                          : f->file;
    const uint16_t item = f->item.size ? item_find(l->items, f->item) : NO_ITEM;
    return (struct import_finding_line){
        .level = SAYS(LEVELS[f->level].name), .class = LEVELS[f->level].class, .file = f->file,
        .place = f->sheet.size ? text_printf(request->mem, "%.*s · %.*s", TEXT_ARG(f->sheet), TEXT_ARG(where)) : where,
        .school = f->school, .item = item == NO_ITEM ? f->item : say_item(request->mem, &l->items->at[item], request->lang == LANG_EN),
        .read = f->read, .expected = f->expected, .mend = f->mend, .cell_path = cell_path(l, f) };
}

static void add_filters(struct looking *l, int chosen)
{
    struct request *const request = l->request;
    struct view_import_look *const v = &l->view;
    const size_t n[N_LEVELS] = { v->errors, v->warnings, v->notes };
    v->filters = arena_array(request->mem, N_LEVELS + 1, struct finding_filter);
    v->filters[v->n_filters++] = (struct finding_filter){ SAYS(T_IMPORT_ALL), text_printf(request->mem, "/import/%.*s#findings", TEXT_ARG(v->id)),
                                                          l->import.findings.n, chosen < 0 };
    for (int level = 0; level < N_LEVELS; level++)
        if (n[level])
            v->filters[v->n_filters++] = (struct finding_filter){ SAYS(LEVELS[level].name),
                text_printf(request->mem, "/import/%.*s?level=%s#findings", TEXT_ARG(v->id), LEVELS[level].word), n[level], chosen == level };
    if (v->n_filters == 2 && chosen < 0)
        v->n_filters = 0; /* one level alone: nothing to choose */
}

static void add_findings(struct looking *l)
{
    const struct findings *const found = &l->import.findings;
    const struct text wanted = request_query(l->request, "level");
    struct view_import_look *const v = &l->view;
    int chosen = -1;
    for (int level = 0; level < N_LEVELS; level++)
        if (text_equal(wanted, text_of(LEVELS[level].word)))
            chosen = level;
    v->errors = finding_count(found, FINDING_ERROR);
    v->warnings = finding_count(found, FINDING_WARNING);
    v->notes = finding_count(found, FINDING_NOTE);
    if (found->n)
        add_filters(l, chosen);
    v->findings = arena_array(l->request->mem, SHOWN_LINES, struct import_finding_line);
    for (int level = 0; level < N_LEVELS; level++)
        for (size_t i = 0; i < found->n; i++) {
            if ((int)found->at[i].level != level || (chosen >= 0 && chosen != level))
                continue;
            v->all_findings++;
            if (v->n_findings < SHOWN_LINES)
                v->findings[v->n_findings++] = finding_line(l, &found->at[i]);
        }
}

/* ---- changes ------------------------------------------------------------------------------ */

struct import_change *import_changes_said(const struct request *request, const struct import_difference *d, size_t *conflicts_out)
{
    static const struct { enum cell_kind kind; enum text_key word; } ORDER[] = {
        { CELL_CHANGED, T_IMPORT_KIND_CHANGED }, { CELL_EMPTIED, T_IMPORT_KIND_EMPTIED }, { CELL_NEW, T_IMPORT_KIND_NEW },
        { CELL_CONFLICT, T_IMPORT_KIND_CONFLICT },
    };
    const struct item_list *const items = &request->snapshot->edition->items;
    struct import_change *const said = arena_array(request->mem, d->n, struct import_change);
    size_t n = 0;
    for (size_t k = 0; k < COUNT(ORDER); k++) {
        if (ORDER[k].kind == CELL_CONFLICT)
            *conflicts_out = n;
        for (size_t i = 0; i < d->n; i++) {
            const struct cell_difference *const c = &d->cells[i];
            if (c->kind != ORDER[k].kind)
                continue;
            said[n] = (struct import_change){ .kind = SAYS(ORDER[k].word), .year = c->year, .school = c->school, .name = c->name,
                                              .item = &items->at[c->item], .before = c->before, .base = c->base, .after = c->after,
                                              .before_text = c->before_text, .base_text = c->base_text, .after_text = c->after_text };
            compose_import_change(request->mem, &said[n++], request->lang == LANG_EN);
        }
    }
    return said;
}

static struct import_change_line change_line(const struct looking *l, const struct import_change *c)
{
    struct request *const request = l->request;
    const bool known = c->school.size && snapshot_school(request->snapshot, snapshot_year(request->snapshot, c->year), c->school, &request->actor) != SIZE_MAX;
    return (struct import_change_line){
        .kind = c->kind, .year = text_printf(request->mem, "%d", c->year),
        .school = !c->school.size ? SAYS(T_IMPORT_COUNTY_OWN) : c->name.size ? c->name : c->school,
        .school_path = known ? text_printf(request->mem, "/schools/%.*s?year=%d", TEXT_ARG(percent_encode_path(c->school, request->mem)), c->year) : (struct text){ 0 },
        .item = c->item_words, .before = c->before_words, .base = c->base_words, .after = c->after_words, .difference = c->difference_words,
        .field = text_printf(request->mem, "pick:%d:%.*s:%.*s", c->year, TEXT_ARG(c->school), TEXT_ARG(c->item->code)) };
}

static void add_changes(struct looking *l)
{
    struct view_import_look *const v = &l->view;
    const struct import_difference *const d = &l->import.difference;
    size_t conflicts = 0;
    const struct import_change *const said = import_changes_said(l->request, d, &conflicts);
    v->added = d->added;
    v->changed = d->changed;
    v->same = d->same;
    v->conflicts = d->conflicts;
    v->all_changes = conflicts;
    v->change_lines = arena_array(l->request->mem, SHOWN_LINES, struct import_change_line);
    for (; v->n_changes < conflicts && v->n_changes < SHOWN_LINES; v->n_changes++)
        v->change_lines[v->n_changes] = change_line(l, &said[v->n_changes]);
    v->conflict_lines = arena_array(l->request->mem, SHOWN_CONFLICTS, struct import_change_line);
    for (size_t i = conflicts; i < d->n && v->n_conflicts < SHOWN_CONFLICTS; i++)
        v->conflict_lines[v->n_conflicts++] = change_line(l, &said[i]);
    for (size_t i = 0; i < d->n_schools; i++) {
        v->several_years |= d->schools[i].year != d->schools[0].year;
        if (d->schools[i].school.size) {
            v->all_schools++;
            v->clean_schools += !d->schools[i].barred;
        }
    }
}

/* ---- the county --------------------------------------------------------------------------- */

static void add_effect(struct looking *l)
{
    struct request *const request = l->request;
    struct assessment after;
    app_import_effect(request->snapshot, &l->import, IMPORT_LEAVE_OUT, request->mem, &after);
    l->view.effects = compose_import_effect(request->mem, request->snapshot->assessment, &after, request->lang == LANG_EN, &l->view.n_effects);
}

/* ---- words -------------------------------------------------------------------------------- */

static void say_waiting(struct looking *l)
{
    struct request *const request = l->request;
    struct view_import_look *const v = &l->view;
    const struct text files = import_files_said(request, l->import.files, l->import.n_files);
    const struct text schools = count(request, v->all_schools), figures = count(request, v->added + v->changed + v->same + v->conflicts);
    v->base = l->import.record.base_version > 0;
    v->sentence = v->errors ? SAYS_OF(T_IMPORT_READ_ERRORS, files, count(request, v->errors), count(request, v->warnings))
                  : v->conflicts ? SAYS_OF(T_IMPORT_READ_CONFLICTS, files, count(request, v->conflicts))
                  : v->warnings ? SAYS_OF(T_IMPORT_READ_WARNINGS, files, count(request, v->warnings))
                                : SAYS_OF(T_IMPORT_READ_ALL, files);
    v->second = v->base ? SAYS_OF(T_IMPORT_NOT_YET_BASE, schools, figures, say_count(request->mem, l->import.record.base_version))
                        : SAYS_OF(T_IMPORT_NOT_YET, schools, figures);
    if (l->import.version_now != l->import.record.seen_version)
        v->anew = SAYS_OF(T_IMPORT_ANEW, say_count(request->mem, l->import.version_now));
    if (v->errors)
        v->barred = SAYS_OF(T_IMPORT_BARRED, count(request, v->errors));
}

static void say_done(struct looking *l)
{
    struct request *const request = l->request;
    struct view_import_look *const v = &l->view;
    const struct import_outcome *const o = &l->import.outcome;
    const struct text restored = say_count(request->mem, o->restored);
    if (v->undone) {
        v->sentence = o->kept ? SAYS_OF(T_IMPORT_WAS_UNDONE_KEPT, restored, say_count(request->mem, o->kept)) : SAYS_OF(T_IMPORT_WAS_UNDONE, restored);
        v->second = SAYS_OF(T_IMPORT_UNDONE_BY, time_shown(o->undone.at, request->mem), o->undone.who);
    } else if (v->confirmed) {
        v->sentence = o->figures ? SAYS_OF(T_IMPORT_DONE, say_count(request->mem, o->figures), say_count(request->mem, o->schools)) : SAYS(T_IMPORT_DONE_NONE);
        v->second = SAYS_OF(T_IMPORT_DONE_BY, time_shown(o->confirmed.at, request->mem), o->confirmed.who);
    } else {
        const struct stamp *const sent = &l->import.record.stamp;
        v->sentence = SAYS(T_IMPORT_WAS_DROPPED);
        v->second = SAYS_OF(T_IMPORT_DROPPED_BY, time_shown(sent->at, request->mem), sent->who);
    }
}

static void add_files(struct looking *l)
{
    struct request *const request = l->request;
    struct view_import_look *const v = &l->view;
    v->n_files = l->import.n_files;
    v->files = arena_array(request->mem, v->n_files, struct import_file_line);
    for (size_t i = 0; i < v->n_files; i++) {
        const struct import_file_record *const f = &l->import.files[i];
        v->files[i] = (struct import_file_line){ .name = f->name, .size = SAYS_OF(T_IMPORT_SIZE, say_count(request->mem, (f->size + 1023) / 1024)) };
        for (size_t k = 0; k < l->import.findings.n && !v->files[i].path.size; k++)
            if (text_equal(l->import.findings.at[k].file, f->name))
                v->files[i].path = text_printf(request->mem, "/import/%.*s/files/%zu", TEXT_ARG(v->id), i);
    }
}

bool page_import_look(struct request *request, struct response *response, struct err *err)
{
    struct looking l = { .request = request, .items = &request->snapshot->edition->items };
    struct view_import_look *const v = &l.view;
    if (!app_import_view(request->house, &request->actor, request_capture(request, "id"), request->mem, &l.import, err))
        return false;
    v->frame = frame_of(request, SAYS(T_IMPORT_TITLE), "import");
    v->id = l.import.record.id;
    v->version = text_printf(request->mem, "%lld", (long long)l.import.version_now);
    v->waits = l.import.record.state == IMPORT_WAITING;
    v->confirmed = l.import.record.state == IMPORT_CONFIRMED;
    v->undone = l.import.record.state == IMPORT_UNDONE;
    add_files(&l);
    add_findings(&l);
    if (v->waits) {
        add_changes(&l);
        add_effect(&l);
        say_waiting(&l);
    } else {
        say_done(&l);
    }
    ((struct view_frame *)(uintptr_t)v->frame)->bar = v->waits;
    struct html html = html_begin(request->mem, request->lang);
    template_import_look(&html, v);
    response_html(response, &html);
    return true;
}

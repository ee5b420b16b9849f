/* Import, ①: files are chosen and read; every import before, with its undoing. */
#include "app/import.h"
#include "base/day.h"
#include "made/templates.h"
#include "web/frame.h"
#include "web/page_error.h"
#include "web/page_import.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/view_import.h"

enum { LISTED = 50 };

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

struct text import_files_said(const struct request *request, const struct import_file_record *files, size_t n)
{
    if (!n)
        return (struct text){ 0 };
    return n == 1 ? files[0].name : SAYS_OF(T_IMPORT_FILES_MORE, files[0].name, say_count(request->mem, (int64_t)n));
}

/* ---- the history -------------------------------------------------------------------------- */

static struct text counts(const struct request *request, const struct import_tally *t)
{
    const struct text n[] = { say_count(request->mem, t->added), say_count(request->mem, t->changed), say_count(request->mem, t->same),
                              say_count(request->mem, t->errors), say_count(request->mem, t->warnings) };
    const bool faults = t->errors || t->warnings;
    return say(request->mem, request->lang, faults ? T_IMPORT_TALLY : T_IMPORT_TALLY_SHORT, n, faults ? 5 : 3);
}

static struct import_line line_of(const struct request *request, const struct import_past *past)
{
    static const struct { enum text_key word; const char *class; } STATES[] = {
        [IMPORT_WAITING] = { T_IMPORT_WAITING, "st near" }, [IMPORT_CONFIRMED] = { T_IMPORT_CONFIRMED, "st met" },
        [IMPORT_DROPPED] = { T_IMPORT_DROPPED, "st na" },   [IMPORT_UNDONE] = { T_IMPORT_UNDONE, "st na" },
    };
    const struct import_record *const r = &past->record;
    struct import_line line = {
        .id = r->id, .when = time_shown(r->stamp.at, request->mem), .who = r->stamp.who,
        .files = import_files_said(request, past->files, past->n_files), .state_word = SAYS(STATES[r->state].word),
        .state_class = STATES[r->state].class, .counts = counts(request, &r->tally),
        .can_undo = r->state == IMPORT_CONFIRMED, .waits = r->state == IMPORT_WAITING,
    };
    if (past->outcome.undone.at)
        line.since = SAYS_OF(T_IMPORT_SINCE_UNDONE, time_shown(past->outcome.undone.at, request->mem), past->outcome.undone.who);
    return line;
}

static bool show(struct request *request, struct response *response, const struct err *fault, struct err *err)
{
    const struct snapshot *const s = request->snapshot;
    struct import_past *past;
    size_t n;
    struct view_import view = { .frame = frame_of(request, SAYS(T_IMPORT_TITLE), "import") };
    if (fault) {
        view.fault = text_of(fault->what);
        view.hint = text_of(fault->hint);
    }
    if (request->year < s->n_years) {
        view.year = text_printf(request->mem, "%d", s->years[request->year]);
        view.year_name = view.frame->year;
        view.schools = s->returns->counties[request->year].n;
    }
    if (!app_import_history(request->house, &request->actor, LISTED, request->mem, &past, &n, err))
        return false;
    view.lines = arena_array(request->mem, n, struct import_line);
    for (; view.n < n; view.n++)
        view.lines[view.n] = line_of(request, &past[view.n]);
    view.more = n == LISTED;
    struct html html = html_begin(request->mem, request->lang);
    template_import(&html, &view);
    response_html(response, &html);
    return true;
}

bool page_import(struct request *request, struct response *response, struct err *err)
{
    return show(request, response, NULL, err);
}

/* ---- reading ------------------------------------------------------------------------------ */

bool page_import_read(struct request *request, struct response *response, struct err *err)
{
    struct import_upload *const files = arena_array(request->mem, request->n_files, struct import_upload);
    for (size_t i = 0; i < request->n_files; i++)
        files[i] = (struct import_upload){ request->files[i].name, request->files[i].bytes };
    const struct import_request wanted = { .files = files, .n_files = request->n_files, .now = request->now };
    struct text id;
    if (app_import_read(request->house, &request->actor, &wanted, request->mem, &id, err)) {
        response_redirect(response, text_printf(request->mem, "/import/%.*s", TEXT_ARG(id)));
        return true;
    }
    if (err->kind != ERR_INPUT && err->kind != ERR_LIMIT && err->kind != ERR_USAGE)
        return false;
    /* What the files lack is said where they were chosen. */
    const struct err fault = *err;
    *err = (struct err){ .kind = ERR_NONE };
    response->status = status_of(fault.kind);
    return show(request, response, &fault, err);
}

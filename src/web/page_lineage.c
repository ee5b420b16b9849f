/* Where a number comes from, what moves with a cell, and the row as it stood. */
#include "app/lineage.h"
#include "app/lineage_row.h"
#include "made/templates.h"
#include "model/finding.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/pages.h"
#include "web/query.h"
#include "web/say.h"
#include "web/state.h"
#include "web/view_lineage.h"

struct text lineage_path(struct arena *mem, struct text key)
{
    return text_printf(mem, "/lineage%.*s", TEXT_ARG(query_with((struct text){ 0 }, "of", key, mem)));
}

struct text lineage_cell_path(struct arena *mem, const char *page, struct text sha256, struct text sheet, struct text cell)
{
    struct text query = query_with((struct text){ 0 }, "sha256", sha256, mem);
    query = query_with(query.size ? (struct text){ query.at + 1, query.size - 1 } : query, "sheet", sheet, mem);
    query = query_with(query.size ? (struct text){ query.at + 1, query.size - 1 } : query, "cell", cell, mem);
    return text_printf(mem, "/lineage/%s%.*s", page, TEXT_ARG(query));
}

bool lineage_cell_asked(const struct request *request, struct cell_asked *out, struct err *err)
{
    *out = (struct cell_asked){ .sha256 = request_query(request, "sha256"), .sheet = request_query(request, "sheet") };
    if (out->sha256.size == 64 && cell_parse(request_query(request, "cell"), &out->row, &out->column))
        return true;
    err_set(err, ERR_USAGE, "没有说清是哪一格。");
    return err_hint(err, "请给 sha256=文件的散列值、sheet=表名（CSV 为空）和 cell=D17。");
}

static const char *class_of(enum lineage_kind kind)
{
    static const char *const CLASSES[] = {
        [LINEAGE_NUMBER] = "k-number", [LINEAGE_BASIS] = "k-basis",     [LINEAGE_FORMULA] = "k-formula", [LINEAGE_TOLD] = "k-told",
        [LINEAGE_PART] = "k-part",     [LINEAGE_REST] = "k-rest",       [LINEAGE_HEADING] = "k-heading", [LINEAGE_CHANGE] = "k-change",
        [LINEAGE_CELL] = "k-cell",     [LINEAGE_EARLIER] = "k-earlier", [LINEAGE_NOTE] = "k-note",
    };
    return CLASSES[kind];
}

/* Only what asks for something to be done gets its sign: met is quiet, and words that stand already say it. */
static void put_state(const struct request *request, struct view_lineage_step *step, struct text code)
{
    for (int s = STATE_NO_DATA; s <= STATE_NOT_APPLICABLE; s++) {
        const enum state state = (enum state)s;
        if (state == STATE_MET || !(text_equal(code, state_code(state)) || text_equal(code, verdict_code(state))))
            continue;
        step->state = state_class(state);
        if (!step->words.size)
            step->state_words = say(request->mem, request->lang, state_word(state), NULL, 0);
        return;
    }
}

static struct view_lineage_step step_of(const struct request *request, const struct lineage *lineage, size_t i)
{
    static const char *const INDENTS[] = { "d0", "d1", "d2", "d3", "d4", "d5", "d6" };
    const struct lineage_step *const s = &lineage->steps[i];
    struct arena *const mem = request->mem;
    struct view_lineage_step step = { .indent = INDENTS[s->depth < COUNT(INDENTS) ? s->depth : COUNT(INDENTS) - 1], .mark = class_of(s->kind),
                                      .label = s->label, .words = s->words, .figures = s->figures, .state = "", .estimate = s->estimate };
    if (s->key.size && !text_equal(s->key, lineage->key))
        step.path = lineage_path(mem, s->key);
    put_state(request, &step, s->state);
    if (s->cell.size) {
        step.row_path = lineage_cell_path(mem, "row", s->sha256, s->sheet, s->cell);
        step.cell_path = lineage_cell_path(mem, "cell", s->sha256, s->sheet, s->cell);
    }
    if (s->kind == LINEAGE_EARLIER)
        step.row_path = (struct text){ 0 }; /* its file is kept, but no figure stands on it any more */
    return step;
}

enum { LONG_LIST = 20, OPEN = 12 };

/* How many numbers of one depth follow each other from here. */
static size_t list_size(const struct lineage *lineage, size_t from)
{
    size_t n = 0;
    while (from + n < lineage->n && lineage->steps[from + n].kind == LINEAGE_NUMBER && lineage->steps[from + n].depth == lineage->steps[from].depth)
        n++;
    return n;
}

static void put_runs(struct arena *mem, struct view_lineage *view, const struct lineage *lineage, const struct view_lineage_step *steps)
{
    struct view_lineage_run *runs = arena_array(mem, 2 * (lineage->n / LONG_LIST) + 2, struct view_lineage_run);
    size_t n = 0, begin = 0;
    for (size_t i = 0; i < lineage->n;) {
        const size_t list = list_size(lineage, i);
        if (list < LONG_LIST) {
            i += list ? list : 1;
            continue;
        }
        runs[n++] = (struct view_lineage_run){ steps + begin, i + OPEN - begin, false };
        runs[n++] = (struct view_lineage_run){ steps + i + OPEN, list - OPEN, true };
        begin = i += list;
    }
    runs[n++] = (struct view_lineage_run){ steps + begin, lineage->n - begin, false };
    view->runs = runs;
    view->n_runs = n;
}

static void show(struct request *request, struct response *response, const struct lineage *lineage, struct text title)
{
    struct arena *const mem = request->mem;
    struct view_lineage_step *steps = arena_array(mem, lineage->n, struct view_lineage_step);
    for (size_t i = 0; i < lineage->n; i++)
        steps[i] = step_of(request, lineage, i);
    struct view_lineage view = {
        .title = title, .page = request_target(request),
        .version = SAID(mem, request->lang, T_LINEAGE_VERSION, say_count(mem, lineage->version)),
        .text = lineage_text(mem, lineage, request->lang),
    };
    put_runs(mem, &view, lineage, steps);
    struct html html = html_begin(mem, request->lang);
    if (request->htmx) {
        template_lineage_panel(&html, &view);
    } else {
        view.frame = frame_of(request, title, "lineage");
        template_lineage(&html, &view);
    }
    response_html(response, &html);
}

static struct lineage_request lineage_request_of(const struct request *request)
{
    return (struct lineage_request){ request->house, request->snapshot, &request->actor, request->lang };
}

bool page_lineage(struct request *request, struct response *response, struct err *err)
{
    const struct lineage_request asked = lineage_request_of(request);
    struct lineage lineage;
    if (!lineage_of(&asked, request_query(request, "of"), request->mem, &lineage, err))
        return false;
    show(request, response, &lineage, lineage.title);
    return true;
}

bool page_lineage_cell(struct request *request, struct response *response, struct err *err)
{
    const struct lineage_request asked = lineage_request_of(request);
    struct cell_asked cell;
    struct lineage lineage;
    if (!lineage_cell_asked(request, &cell, err) ||
        !lineage_of_cell(&asked, cell.sha256, cell.sheet, cell.row, cell.column, request->mem, &lineage, err))
        return false;
    show(request, response, &lineage,
         text_printf(request->mem, "%.*s · %.*s", TEXT_ARG(say(request->mem, request->lang, T_LINEAGE_OF_CELL, NULL, 0)), TEXT_ARG(lineage.title)));
    return true;
}

bool page_lineage_row(struct request *request, struct response *response, struct err *err)
{
    const struct lineage_request asked = lineage_request_of(request);
    struct cell_asked cell;
    struct stood stood;
    if (!lineage_cell_asked(request, &cell, err) ||
        !lineage_row(&asked, cell.sha256, cell.sheet, cell.row, cell.column, request->mem, &stood, err))
        return false;
    struct view_stood view = {
        .stood = &stood,
        .where = stood.sheet.size ? text_printf(request->mem, "%.*s › %.*s › %.*s", TEXT_ARG(stood.file), TEXT_ARG(stood.sheet), TEXT_ARG(stood.cell))
                                  : text_printf(request->mem, "%.*s › %.*s", TEXT_ARG(stood.file), TEXT_ARG(stood.cell)),
        .cell_path = lineage_cell_path(request->mem, "cell", cell.sha256, cell.sheet, stood.cell),
    };
    struct html html = html_begin(request->mem, request->lang);
    if (request->htmx) {
        template_lineage_stood(&html, &view);
    } else {
        view.frame = frame_of(request, say(request->mem, request->lang, T_LINEAGE_ROW_TITLE, NULL, 0), "lineage");
        template_lineage_row(&html, &view);
    }
    response_html(response, &html);
    return true;
}

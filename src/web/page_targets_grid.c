/* The targets of one school, or of one subject: a grid that the office types in; rows chosen and brought to the standard by a year. */
#include "web/page_targets.h"

#include "made/templates.h"
#include "report/say.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/svg_path.h"

enum { GRID_ROWS = 100 };

#define SAYS(key) say(request->mem, request->lang, key, NULL, 0)
#define SAYS_OF(key, ...) SAID(request->mem, request->lang, key, __VA_ARGS__)

static bool english(const struct request *request)
{
    return request->lang == LANG_EN;
}

/* ---- looking ------------------------------------------------------------------------------ */

static void put_large_chart(const struct request *request, const struct target_board *b, struct view_targets *v)
{
    const struct target_line *const l = &b->lines[0];
    struct text *const years = arena_array(request->mem, b->n_years, struct text);
    for (size_t y = 0; y < b->n_years; y++)
        years[y] = text_printf(request->mem, "%d", b->first + (int)y);
    v->one_subject = true;
    v->chart = svg_path(request->mem, &(struct svg_path){ l->measured, l->target, l->ahead, b->n_years, l->goal.threshold, years }, v->rows[0].label);
}

static bool show_grid(struct request *request, struct response *response, const struct target_filter *filter, struct view_targets *v, struct err *err)
{
    struct target_board board;
    int64_t page;
    if (!request_query_number(request, "page", 1, 10000, 1, &page, err) ||
        !app_targets(request->house, request->snapshot, &request->actor, filter, request->now, request->mem, &board, err))
        return false;
    if (!board.n) {
        err_set(err, ERR_ABSENT, "没有这样的目标。");
        return err_hint(err, "请从“目标”的列表进入。");
    }
    const size_t first = (size_t)(page - 1) * GRID_ROWS, n = first >= board.n ? 0 : board.n - first < GRID_ROWS ? board.n - first : GRID_ROWS;
    v->may = (request->actor.permissions & MAY_TARGET) != 0 && !board.locked;
    v->locked = board.locked;
    v->state = board.locked ? SAYS_OF(T_TARGETS_LOCKED, board.issue.document, board.issue.day) : TEXT("");
    v->heads = target_heads(request, &board, &v->n_heads);
    v->years = target_years_ahead(request, &board, &v->n_years);
    v->rows = arena_array(request->mem, GRID_ROWS, struct target_row);
    for (size_t i = 0; i < n; i++)
        v->rows[v->n_rows++] = target_row_of(request, &board, &board.lines[first + i], i, v->may);
    const struct text name = filter->school.size ? board.lines[0].where : v->rows ? target_name(request->snapshot->edition, &board.lines[0], english(request)) : TEXT("");
    v->title = board.lines[0].is_cv ? SAYS_OF(T_TARGETS_CV_OF, target_stage(&board.lines[0], english(request)), name) : name;
    v->sentence = SAYS_OF(T_TARGETS_GRID_SENTENCE, v->title, say_count(request->mem, (int64_t)board.n), say_count(request->mem, (int64_t)board.tally.passing),
                          say_count(request->mem, (int64_t)board.tally.missed), say_count(request->mem, (int64_t)board.tally.falling));
    if (board.n == 1 && n == 1)
        put_large_chart(request, &board, v);
    const struct text here = text_printf(request->mem, "%.*s?stage=%.*s", TEXT_ARG(request->path), TEXT_ARG(filter->stage));
    if (page > 1)
        v->previous_path = text_printf(request->mem, "%.*s&page=%lld", TEXT_ARG(here), (long long)page - 1);
    if (first + n < board.n)
        v->next_path = text_printf(request->mem, "%.*s&page=%lld", TEXT_ARG(here), (long long)page + 1);
    v->back_path = page > 1 ? text_printf(request->mem, "%.*s&page=%lld", TEXT_ARG(here), (long long)page) : here;
    v->frame = frame_of(request, v->title, "targets");
    struct html html = html_begin(request->mem, request->lang);
    template_targets_grid(&html, v);
    response_html(response, &html);
    return true;
}

bool page_targets_school(struct request *request, struct response *response, struct err *err)
{
    const struct text code = request_capture(request, "code");
    const struct target_filter filter = { .school = code, .kind = 2 };
    struct view_targets v = { .grid_school = code, .school_path = text_printf(request->mem, "/schools/%.*s", TEXT_ARG(code)) };
    if (!code.size)
        return err_set(err, ERR_ABSENT, "没有这所学校。");
    return show_grid(request, response, &filter, &v, err);
}

bool page_targets_subject(struct request *request, struct response *response, struct err *err)
{
    const struct text id = request_capture(request, "id"), stage = request_query(request, "stage");
    const struct target_filter filter = { .subject = id, .stage = stage };
    struct view_targets v = { .grid_subject = id, .grid_stage = stage };
    v.stages = target_stages(request, stage, &v.n_stages);
    return show_grid(request, response, &filter, &v, err);
}

/* ---- typing ------------------------------------------------------------------------------- */

struct posted { struct request *request; struct target_board board; struct target_edit *edits; size_t n; };

static bool write_edits(void *context, struct db_session *session, struct err *err)
{
    struct posted *const p = context;
    return app_targets_edit(p->request->house, session, p->request->snapshot, &p->request->actor, p->edits, p->n, p->request->now, p->request->mem, err);
}

static const struct target_line *line_of_key(const struct target_board *b, struct text key)
{
    struct text school, stage, rest = key;
    if (!text_split(&rest, '|', &school) || !text_split(&rest, '|', &stage))
        return NULL;
    for (size_t i = 0; i < b->n; i++)
        if (text_equal(b->lines[i].of.school, school) && text_equal(b->lines[i].of.stage, stage) && text_equal(b->lines[i].of.subject, rest))
            return &b->lines[i];
    return NULL;
}

static struct text field_of(const struct request *request, const char *what, size_t i)
{
    return text_trim(request_field(request, arena_printf(request->mem, "%s%zu", what, i)));
}

/* The years after the usual one as they were typed; *differs: some are not what stands. */
static bool read_row(struct posted *p, const struct target_line *l, size_t i, double *value, bool *differs, struct err *err)
{
    const struct target_board *const b = &p->board;
    *differs = !text_equal(field_of(p->request, "person", i), l->person);
    for (size_t y = b->now + 1; y < b->n_years; y++) {
        const struct text typed = text_trim(request_field(p->request, arena_printf(p->request->mem, "y%zu_%d", i, b->first + (int)y)));
        value[y - b->now - 1] = l->target[y];
        if (text_equal(typed, target_value(l, l->target[y], false, p->request->mem)))
            continue;     /* as it was shown: its further digits stay */
        *differs = true;
        if (!target_typed(p->request->snapshot->edition, &l->of, typed, &value[y - b->now - 1], err))
            return false;
    }
    return true;
}

/* The person of the path: the unit's own is shown there too, and stays the unit's where nobody typed another. */
static struct text person_of(const struct posted *p, const struct target_line *l, size_t i)
{
    const struct text typed = field_of(p->request, "person", i);
    return !text_equal(typed, l->person) ? typed : l->path ? l->path->person : TEXT("");
}

/* In equal steps to the standard by a year, from what is measured. */
static void bring_by(const struct target_board *b, const struct target_line *l, int by, double *value)
{
    double whole[TARGET_MOST_YEARS];
    const int year = b->first + (int)l->last;
    if (l->last >= b->n_years || l->last + 1 >= b->n_years)
        return;
    path_linear(&l->goal, l->measured[l->last], b->n_years - l->last - 1, by > year ? (size_t)(by - year) : 1, whole);
    for (size_t y = b->now + 1; y < b->n_years; y++)
        if (y > l->last)
            value[y - b->now - 1] = whole[y - l->last - 1];
}

bool page_targets_edit(struct request *request, struct response *response, struct err *err)
{
    struct posted p = { .request = request };
    int64_t by;
    const struct target_filter filter = { .school = request_field(request, "school"), .subject = request_field(request, "subject"), .stage = request_field(request, "stage") };
    const bool bulk = text_equal(request_field(request, "act"), TEXT("by"));
    const struct text back = request_field(request, "back");
    response->back = text_starts(back, TEXT("/targets/")) ? back : TEXT("/targets");
    if (!request_field_number(request, "by", 2000, 2100, target_final_year(), &by, err) ||
        !app_targets(request->house, request->snapshot, &request->actor, &filter, request->now, request->mem, &p.board, err))
        return false;
    p.edits = arena_array(request->mem, GRID_ROWS, struct target_edit);
    for (size_t i = 0; i < GRID_ROWS; i++) {
        const struct text key = field_of(request, "key", i);
        const struct target_line *const l = key.size ? line_of_key(&p.board, key) : NULL;
        double *const value = arena_array(request->mem, p.board.n_years, double);
        double seen = 0;
        bool differs = false;
        if (!l || (bulk && !field_of(request, "pick", i).size))
            continue;
        if (!number_parse(field_of(request, "seen", i), &seen))
            return err_set(err, ERR_USAGE, "表单不完整，请刷新页面再改。");
        if (!read_row(&p, l, i, value, &differs, err))
            return false;
        if (bulk)
            bring_by(&p.board, l, (int)by, value);
        if (differs || bulk)
            p.edits[p.n++] = (struct target_edit){ l->of, (int64_t)seen, p.board.first + (int)p.board.now + 1, p.board.n_years - p.board.now - 1, value,
                                                   person_of(&p, l, i) };
    }
    if (p.n && !house_write(request->house, write_edits, &p, err))
        return false;
    response_redirect(response, response->back);
    return true;
}

/* The schools of a stage and their seven indicators; the same as a workbook. */
#include "app/export.h"
#include "made/templates.h"
#include "report/say.h"
#include "report/write_matrix.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/schools_asked.h"
#include "web/view_schools.h"

enum { PAGE_ROWS = 300 };

const char *verdict_class(enum verdict_kind kind)
{
    /* 达标（6/7）passes: everywhere it has the sign of what passes, △ is an indicator's alone. */
    static const char *const CLASSES[] = { "unmet", "none", "met", "met" };
    return kind < N_VERDICTS ? CLASSES[kind] : "na";
}

struct listing {
    const struct request *request;
    const struct composing *c;
    const struct schools_asked *asked;
    const struct matrix *matrix;
};

static struct text words(const struct listing *l, enum text_key key)
{
    return say(l->request->mem, l->request->lang, key, NULL, 0);
}

/* The same list but for one thing; a new list begins at its first page. */
static struct text path_with(const struct listing *l, struct schools_asked asked)
{
    asked.page = 1;
    return schools_path(l->c, &asked, "/schools");
}

static struct view_head head_of(const struct listing *l, struct text name, enum matrix_sort sort, size_t level)
{
    const struct matrix_filter *const f = &l->asked->filter;
    const bool now = f->sort == sort && (sort != SORT_LEVEL || f->sort_level == level);
    struct schools_asked other = *l->asked;
    other.filter.sort = sort;
    other.filter.sort_level = level;
    other.filter.reverse = now && !f->reverse;
    return (struct view_head){ name, path_with(l, other), !now ? "" : f->reverse ? "descending" : "ascending" };
}

static void put_heads(const struct listing *l, struct view_schools *view)
{
    view->school = head_of(l, words(l, T_SCHOOLS_SCHOOL), SORT_NAME, 0);
    view->township = head_of(l, words(l, T_SCHOOLS_TOWNSHIP), SORT_TOWNSHIP, 0);
    view->area = head_of(l, words(l, T_SCHOOLS_AREA), SORT_AREA, 0);
    view->pupils = head_of(l, words(l, T_SCHOOLS_PUPILS), SORT_PUPILS, 0);
    view->met = head_of(l, words(l, T_SCHOOLS_MET), SORT_MET, 0);
    view->verdict = head_of(l, words(l, T_SCHOOLS_VERDICT), SORT_VERDICT, 0);
    view->last = head_of(l, words(l, T_SCHOOLS_LAST), SORT_LAST, 0);
    view->columns = arena_array(l->request->mem, l->matrix->n_levels, struct view_schools_column);
    for (size_t i = 0; i < l->matrix->n_levels; i++) {
        const struct matrix_column *const column = &l->matrix->columns[i];
        view->columns[i] = (struct view_schools_column){
            .column = column, .head = head_of(l, column->name, SORT_LEVEL, i),
            .indicator_path = text_printf(l->request->mem, "/indicators/%.*s?stage=%.*s&year=%.*s", TEXT_ARG(column->id), TEXT_ARG(view->stage),
                                          TEXT_ARG(view->year)) };
    }
}

static void put_tabs(const struct listing *l, struct view_schools *view)
{
    const struct county_assessment *const county = composing_county(l->c);
    view->tabs = arena_array(l->request->mem, county->n_stages, struct view_tab);
    for (size_t s = 0; s < county->n_stages; s++) {
        struct schools_asked other = *l->asked;
        other.filter.stage = county->stages[s].stage;
        if (other.filter.sort == SORT_LEVEL && other.filter.sort_level >= county->stages[s].n_levels)
            other.filter.sort = SORT_VERDICT;
        view->tabs[view->n_tabs++] = (struct view_tab){ say_stage(other.filter.stage, l->c->english), path_with(l, other),
                                                        other.filter.stage == l->asked->filter.stage };
    }
}

static void put_chips(const struct listing *l, struct view_schools *view)
{
    const struct matrix *const m = l->matrix;
    const uint16_t area = l->c->assessment->returns->items->area_kind;
    for (int k = 0; k < N_VERDICTS; k++) {
        struct schools_asked other = *l->asked;
        other.filter.verdicts ^= 1u << k;
        view->verdicts[k] = (struct view_chip){ m->verdicts[k].name, path_with(l, other), m->verdicts[k].n, m->verdicts[k].chosen,
                                                verdict_class((enum verdict_kind)k) };
    }
    view->areas = arena_array(l->request->mem, m->n_areas, struct view_chip);
    for (size_t i = 0; i < m->n_areas; i++) {
        struct schools_asked other = *l->asked;
        other.filter.areas ^= 1u << item_value(&l->c->assessment->edition->items.at[area], m->areas[i].code);
        view->areas[view->n_areas++] = (struct view_chip){ m->areas[i].name, path_with(l, other), m->areas[i].n, m->areas[i].chosen, "" };
    }
}

/* What the form does not ask itself travels in hidden fields. */
static void put_fields(const struct listing *l, struct view_schools *view)
{
    const struct matrix_filter *const f = &l->asked->filter;
    view->fields = arena_array(l->request->mem, 4 + N_VERDICTS + view->n_areas, struct view_field);
    view->fields[view->n_fields++] = (struct view_field){ "stage", view->stage };
    if (l->asked->year.size)
        view->fields[view->n_fields++] = (struct view_field){ "year", l->asked->year };
    if (f->sort != SORT_VERDICT || f->reverse)
        view->fields[view->n_fields++] = (struct view_field){ "sort", schools_sort_code(l->c, f) };
    if (f->reverse)
        view->fields[view->n_fields++] = (struct view_field){ "order", TEXT("desc") };
    for (int k = 0; k < N_VERDICTS; k++)
        if (f->verdicts >> k & 1)
            view->fields[view->n_fields++] = (struct view_field){ "verdict", verdict_kind_code((enum verdict_kind)k) };
    for (size_t i = 0; i < l->matrix->n_areas; i++)
        if (l->matrix->areas[i].chosen)
            view->fields[view->n_fields++] = (struct view_field){ "area", l->matrix->areas[i].code };
}

/* 「再配 3 名骨干教师、增 414 m² 运动场地」: all that is missing to the standard. */
static struct text missing_of(const struct listing *l, const struct matrix_row *row)
{
    struct text parts[MAX_LEVELS];
    size_t n = 0;
    for (size_t i = 0; i < l->matrix->n_levels; i++)
        if (row->cells[i].missing.size)
            parts[n++] = row->cells[i].missing;
    return say_list(l->request->mem, parts, n, l->c->english);
}

static void put_rows(const struct listing *l, struct view_schools *view)
{
    const struct matrix *const m = l->matrix;
    const size_t first = (l->asked->page - 1) * PAGE_ROWS;
    const size_t n = first >= m->n ? 0 : m->n - first < PAGE_ROWS ? m->n - first : PAGE_ROWS;
    struct schools_asked other = *l->asked;
    view->rows = arena_array(l->request->mem, n, struct view_schools_row);
    for (size_t i = 0; i < n; i++) {
        const struct matrix_row *const row = &m->rows[first + i];
        view->rows[view->n_rows++] = (struct view_schools_row){ row, school_path(l->c, l->asked, row->code, ""), missing_of(l, row) };
    }
    view->first = first + 1;
    view->last_row = first + n;
    if (l->asked->page > 1) {
        other.page = l->asked->page - 1;
        view->previous_path = schools_path(l->c, &other, "/schools");
    }
    if (first + n < m->n) {
        other.page = l->asked->page + 1;
        view->next_path = schools_path(l->c, &other, "/schools");
    }
}

static struct text clear_path(const struct listing *l)
{
    struct schools_asked all = { .filter = { .stage = l->asked->filter.stage, .sort = l->asked->filter.sort,
                                             .sort_level = l->asked->filter.sort_level, .reverse = l->asked->filter.reverse },
                                 .year = l->asked->year };
    return path_with(l, all);
}

/* A search that was not made in a stage finds schools of the other as well. */
static const struct matrix *compose(const struct composing *c, struct schools_asked *asked)
{
    const struct county_assessment *const county = composing_county(c);
    const struct matrix *matrix = compose_matrix(c, &asked->filter);
    for (size_t s = 0; !asked->stage_given && !matrix->n && s < county->n_stages; s++) {
        struct schools_asked other = *asked;
        other.filter.stage = county->stages[s].stage;
        const struct matrix *const found = compose_matrix(c, &other.filter);
        if (!found->n)
            continue;
        *asked = other;
        matrix = found;
    }
    return matrix;
}

bool page_schools(struct request *request, struct response *response, struct err *err)
{
    const struct text title = say(request->mem, request->lang, T_SCHOOLS_TITLE, NULL, 0);
    const struct composing *const c = composing_of(request);
    struct schools_asked asked;
    if (!c) {
        empty_page(request, response, title, "schools");
        return true;
    }
    if (!schools_asked(request, c, &asked, err))
        return false;
    const struct matrix *const matrix = compose(c, &asked);
    const struct listing l = { request, c, &asked, matrix };
    struct view_schools view = {
        .frame = frame_of(request, title, "schools"), .matrix = matrix, .stage = stage_code(asked.filter.stage), .year = year_digits(request),
        .search = asked.filter.search, .narrowed = schools_narrowed(&asked), .clear_path = clear_path(&l),
        .filter_words = schools_filter_words(request, c, &asked, matrix), .has_last = composing_before(c, 1) != NULL,
        .count = SAID(request->mem, request->lang, T_SCHOOLS_COUNT, say_count(request->mem, (int64_t)matrix->n),
                      say_count(request->mem, (int64_t)matrix->all)),
    };
    put_tabs(&l, &view);
    put_heads(&l, &view);
    put_chips(&l, &view);
    put_fields(&l, &view);
    put_rows(&l, &view);
    if (request->actor.permissions & MAY_EXPORT)
        view.export_path = schools_path(c, &asked, "/schools/export");
    if (request->htmx) /* the address as it is shared, without empty fields */
        response_header(response, "HX-Replace-Url", schools_path(c, &asked, "/schools"));
    struct html html = html_begin(request->mem, request->lang);
    template_schools_page(&html, &view);
    response_html(response, &html);
    if (!request->htmx) /* a header goes with the other */
        response_shared(response);
    return true;
}

bool page_schools_export(struct request *request, struct response *response, struct err *err)
{
    const struct composing *const c = composing_of(request);
    struct schools_asked asked;
    struct text bytes;
    if (!c) {
        err_set(err, ERR_ABSENT, "还没有数据，没有可导出的。");
        return err_hint(err, "导入工作簿以后再导出。");
    }
    if (!schools_asked(request, c, &asked, err))
        return false;
    const struct matrix *const matrix = compose(c, &asked);
    const struct matrix_sheet_request wanted = { .composing = c, .matrix = matrix,
                                                 .version = text_printf(request->mem, "%llu", (unsigned long long)request->snapshot->version),
                                                 .filter = schools_filter_words(request, c, &asked, matrix) };
    struct sheet *const sheet = matrix_sheet(&wanted);
    if (!app_export_sheets(request->house, &request->actor, &sheet, 1, schools_path(c, &asked, "/schools"), matrix->n, matrix->n, request->now,
                           request->mem, &bytes, err))
        return false;
    const struct text name = SAID(request->mem, request->lang, T_SCHOOLS_FILE, request->snapshot->county_name, year_digits(request), matrix->stage_name);
    response_file(response, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
    return true;
}

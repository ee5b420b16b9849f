/* A school: what it is, what it lacks, how it went, and where each of its figures came from. */
#include "app/figure_marks.h"
#include "base/day.h"
#include "made/templates.h"
#include "model/finding.h"
#include "report/say.h"
#include "web/composed.h"
#include "web/frame.h"
#include "web/lineage_path.h"
#include "web/pages.h"
#include "web/say.h"
#include "web/school_here.h"
#include "web/schools_asked.h"
#include "web/svg.h"
#include "web/view_school.h"

enum { MOST_FILES = 4 };

struct showing {
    struct request *request;
    const struct composing *c;
    const struct schools_asked *asked;
    const struct school_view *school;
    const struct figure_mark *marks;    /* [item] */
    struct view_school *view;
};

bool school_here(const struct request *request, struct err *err)
{
    if (request->school != SIZE_MAX)
        return true;
    err_set(err, ERR_ABSENT, "这所学校没有 %d学年的数据。", request->snapshot->years[request->year]);
    return err_hint(err, "请在页面上方换一个学年。");
}

/* ---- the seven indicators ----------------------------------------------------------------- */

static struct svg bullet_of(const struct showing *s, const struct school_level *l)
{
    const struct request *const r = s->request;
    return svg_level(r->mem, (struct svg_level){ l->value, l->threshold, l->floor, l->mean, 0, l->state },
                     SAID(r->mem, r->lang, T_SCHOOL_BULLET, l->whole_name, l->value_words, l->threshold_words, l->mean_words, l->state_words));
}

static struct svg spark_of(const struct showing *s, const struct school_level *l)
{
    const struct request *const r = s->request;
    const size_t n = s->school->n_years;
    struct text *const said = arena_array(r->mem, n, struct text);
    for (size_t y = 0; y < n; y++)
        said[y] = SAID(r->mem, r->lang, T_SCHOOL_YEAR_VALUE, s->school->year_words[y], l->history_words[y]);
    return svg_spark(r->mem, l->history, n, l->threshold, say_list(r->mem, said, n, s->c->english));
}

static void put_stage(const struct showing *s, size_t i)
{
    struct arena *const mem = s->request->mem;
    const struct school_stage *const stage = &s->school->stages[i];
    struct view_school_stage *const out = &s->view->stages[i];
    *out = (struct view_school_stage){ stage, stage_code(stage->stage), arena_array(mem, stage->n_levels, struct view_school_level) };
    for (size_t l = 0; l < stage->n_levels; l++) {
        const struct school_level *const level = &stage->levels[l];
        out->levels[l] = (struct view_school_level){
            level, text_printf(mem, "/indicators/%.*s?stage=%.*s&year=%.*s", TEXT_ARG(level->id), TEXT_ARG(out->code), TEXT_ARG(s->view->year)),
            bullet_of(s, level), spark_of(s, level) };
    }
}

/* ---- figures and where they came from ----------------------------------------------------- */

static struct view_school_figure figure_of(const struct showing *s, const struct school_figure *figure)
{
    struct arena *const mem = s->request->mem;
    const struct figure_mark *const mark = &s->marks[figure->item];
    struct view_school_figure out = { .figure = figure };
    char cell[16];
    if (!mark->version)
        return out;
    if (mark->typed) {
        out.origin = SAID(mem, s->request->lang, T_SCHOOL_EDITED, mark->who, time_shown(mark->at, mem));
        out.title = mark->reason;
        out.edited = true;
        return out;
    }
    const struct text name = text_of(cell_name(cell, mark->row, mark->column));
    out.origin = text_printf(mem, "%.*s%s%.*s", TEXT_ARG(mark->sheet), mark->sheet.size ? " " : "", TEXT_ARG(name));
    out.path = lineage_cell_path(mem, "cell", mark->sha256, mark->sheet, text_copy(mem, name));
    out.title = mark->file;
    return out;
}

static void put_figures(const struct showing *s)
{
    struct arena *const mem = s->request->mem;
    const struct school_view *const v = s->school;
    s->view->groups = arena_array(mem, v->n_groups, struct view_school_group);
    s->view->n_groups = v->n_groups;
    for (size_t g = 0; g < v->n_groups; g++) {
        struct view_school_group *const out = &s->view->groups[g];
        *out = (struct view_school_group){ v->groups[g].name, arena_array(mem, v->groups[g].n, struct view_school_figure), v->groups[g].n };
        for (size_t i = 0; i < out->n; i++)
            out->figures[i] = figure_of(s, &v->groups[g].figures[i]);
    }
}

/* The files the year's figures were read from, and how many were typed on a page. */
static void put_sources(const struct showing *s)
{
    const struct request *const r = s->request;
    struct text files[MOST_FILES];
    size_t n = 0;
    int64_t typed = 0;
    for (size_t i = 0; i < s->c->assessment->returns->items->n; i++) {
        const struct figure_mark *const mark = &s->marks[i];
        bool known = !mark->version || mark->typed;
        typed += mark->version && mark->typed;
        for (size_t k = 0; k < n && !known; k++)
            known = text_equal(files[k], mark->file);
        if (!known && n < MOST_FILES)
            files[n++] = mark->file;
    }
    struct buf out = { .mem = r->mem };
    if (n)
        buf_add(&out, SAID(r->mem, r->lang, T_SCHOOL_FROM_FILES, say_list(r->mem, files, n, s->c->english)));
    if (typed)
        buf_printf(&out, "%s%.*s", out.size && s->c->english ? " " : "", TEXT_ARG(SAID(r->mem, r->lang, T_SCHOOL_TYPED, say_count(r->mem, typed))));
    s->view->sources = buf_text(&out);
}

/* ---- beside it in the list ---------------------------------------------------------------- */

static void put_neighbours(const struct showing *s)
{
    struct request *const r = s->request;
    const struct neighbours n = compose_neighbours(compose_matrix(s->c, &s->asked->filter), s->school->code);
    s->view->list_path = schools_path(s->c, s->asked, "/schools");
    if (!n.place)
        return;
    s->view->place = SAID(r->mem, r->lang, T_SCHOOL_PLACE, say_count(r->mem, (int64_t)n.place), say_count(r->mem, (int64_t)n.of));
    if (n.previous.code.size) {
        s->view->previous_path = school_path(s->c, s->asked, n.previous.code, "");
        s->view->previous_name = n.previous.name;
    }
    if (n.next.code.size) {
        s->view->next_path = school_path(s->c, s->asked, n.next.code, "");
        s->view->next_name = n.next.name;
    }
}

static const char *class_of_school(const struct school_view *v)
{
    enum verdict_kind worst = N_VERDICTS;
    for (size_t s = 0; s < v->n_stages; s++)
        worst = v->stages[s].verdict < worst ? v->stages[s].verdict : worst;
    return verdict_class(worst);
}

/* Only the verdict is coloured; a school of two stages has two, within its sentence. */
static void put_sentence(struct view_school *view, const struct school_view *school, bool english)
{
    const struct text sentence = school->sentence, colon = english ? TEXT(": ") : TEXT("：");
    size_t at;
    view->rest = sentence;
    if (school->n_stages != 1 || !text_find(sentence, colon, &at))
        return;
    at += colon.size;
    view->verdict = (struct text){ sentence.at, at };
    view->rest = (struct text){ sentence.at + at, sentence.size - at };
}

bool page_school(struct request *request, struct response *response, struct err *err)
{
    struct figure_mark *marks;
    struct schools_asked asked;
    struct view_school view = { .year = year_digits(request) };
    const struct composing *const c = composing_of(request);
    if (!school_here(request, err) || !schools_asked(request, c, &asked, err) ||
        !app_figure_marks(request->house, request->snapshot, request->year, request_capture(request, "code"), request->mem, &marks, err))
        return false;
    const struct school_view *const school = compose_school(c, (uint32_t)request->school);
    const struct showing s = { request, c, &asked, school, marks, &view };
    view.frame = frame_of(request, school->name, "schools");
    view.school = school;
    view.state = class_of_school(school);
    put_sentence(&view, school, c->english);
    for (size_t y = 0; y < school->n_years; y++)
        view.years[y] = text_printf(request->mem, "%d", school->years[y]);
    view.span = school->n_years > 1 ? text_printf(request->mem, "%d–%d", school->years[0], school->years[school->n_years - 1]) : view.year;
    if (request->actor.permissions & MAY_EDIT)
        view.edit_path = school_path(c, &asked, school->code, "/figures");
    put_neighbours(&s);
    for (size_t i = 0; i < school->n_stages; i++)
        put_stage(&s, i);
    put_figures(&s);
    put_sources(&s);
    struct html html = html_begin(request->mem, request->lang);
    template_school(&html, &view);
    response_html(response, &html);
    response_shared(response); /* the store was asked as of the snapshot's version, which is settled */
    return true;
}

#include "report/compose_matrix.h"

#include "base/pinyin.h"
#include "report/say.h"
#include "report/words.h"

#include <stdlib.h>

enum { MOST_CHOICES = 1024 };

enum verdict_kind verdict_kind(enum state verdict, unsigned met, size_t n_levels)
{
    if (verdict == STATE_MET)
        return met < n_levels ? VERDICT_SOME : VERDICT_ALL;
    return verdict == STATE_NO_DATA ? VERDICT_NO_DATA : VERDICT_UNMET;
}

static const struct text KIND_CODES[N_VERDICTS] = { TEXT("unmet"), TEXT("no_data"), TEXT("some"), TEXT("met") };

struct text verdict_kind_code(enum verdict_kind kind)
{
    return KIND_CODES[kind];
}

enum verdict_kind verdict_kind_by_code(struct text code)
{
    enum verdict_kind kind = VERDICT_UNMET;
    while (kind < N_VERDICTS && !text_equal(KIND_CODES[kind], code))
        kind++;
    return kind;
}

static struct text kind_words(struct arena *mem, enum verdict_kind kind, const struct stage_rule *rule, bool english)
{
    static const enum state STATES[N_VERDICTS] = { STATE_BELOW, STATE_NO_DATA, STATE_MET, STATE_MET };
    const size_t met = kind == VERDICT_SOME ? rule->least_met : rule->n_levels;
    return say_verdict(mem, STATES[kind], (unsigned)met, rule->n_levels, english);
}

/* ── rows ── */

struct making {
    const struct composing *c;
    const struct matrix_filter *filter;
    const struct stage_assessment *stage, *last;
    const struct stage_rule *rule;
    const size_t *same;             /* last year's unit of each */
};

static double gap_of(const struct making *m, size_t u)
{
    double gap = 0;
    for (size_t l = 0; l < m->rule->n_levels; l++)
        if (m->stage->value[l][u] < m->rule->levels[l].at_least) /* false where either is blank */
            gap += 1 - m->stage->value[l][u] / m->rule->levels[l].at_least;
    return gap;
}

/* What is filtered and sorted by; the words come later, for the rows that stay. */
static struct matrix_row find_row(const struct making *m, size_t u)
{
    const struct composing *c = m->c;
    const struct item_list *items = c->assessment->returns->items;
    const uint32_t row = m->stage->row[u];
    struct matrix_row r = { .row = row, .unit = u, .code = composing_code(c, row), .name = composing_name(c, row),
                            .pupils = m->stage->unit_pupils[u], .met = m->stage->unit_met[u],
                            .state = (enum state)m->stage->unit_verdict[u], .gap = gap_of(m, u),
                            .type = composing_choice(c, row, items->school_type), .area = composing_choice(c, row, items->area_kind),
                            .ownership = composing_choice(c, row, items->ownership) };
    if (items->township != NO_ITEM)
        r.township = returns_text(c->assessment->returns, row, items->township);
    r.verdict = verdict_kind(r.state, r.met, m->rule->n_levels);
    r.had_last = m->same[u] != SIZE_MAX;
    if (r.had_last)
        r.last = verdict_kind((enum state)m->last->unit_verdict[m->same[u]], m->last->unit_met[m->same[u]], m->rule->n_levels);
    r.worse = r.had_last && r.verdict < r.last;
    r.better = r.had_last && r.verdict > r.last;
    return r;
}

static struct matrix_cell make_cell(const struct making *m, size_t u, size_t l)
{
    const struct level *level = &m->rule->levels[l];
    const struct stage_assessment *s = m->stage;
    struct matrix_cell cell = { .value = s->value[l][u], .state = (enum state)s->state[l][u], .close = s->close[l][u] != 0,
                                .estimated = s->estimated[l] && s->estimated[l][u] };
    cell.words = say_value(m->c->mem, cell.value, level, cell.state, m->c->english);
    if (s->missing[l] && s->missing[l][u] > 0)
        cell.missing = say_need(m->c->mem, level, s->missing[l][u], true, m->c->english);
    return cell;
}

static void word_row(const struct making *m, struct matrix_row *r)
{
    struct arena *mem = m->c->mem;
    const bool english = m->c->english;
    r->pupils_words = say_number(mem, r->pupils, english);
    r->verdict_words = say_verdict(mem, r->state, r->met, m->rule->n_levels, english);
    r->cells = arena_array(mem, m->rule->n_levels, struct matrix_cell);
    for (size_t l = 0; l < m->rule->n_levels; l++)
        r->cells[l] = make_cell(m, r->unit, l);
    if (!m->last)
        r->last_words = TEXT("");
    else if (!r->had_last)
        r->last_words = english ? TEXT("new") : TEXT("新");
    else if (r->last == r->verdict)
        r->last_words = english ? TEXT("same") : TEXT("同");
    else
        r->last_words = kind_words(mem, r->last, m->rule, english);
    if (!r->initials.size)
        r->initials = pinyin_initials(mem, r->name);
}

/* ── filters ── */

enum { BY_VERDICT = 1, BY_TOWNSHIP = 2, BY_TYPE = 4, BY_AREA = 8 };

static double choice_of(const struct composing *c, uint32_t row, uint16_t item)
{
    const double value = item == NO_ITEM ? BLANK : returns_number(c->assessment->returns, row, item);
    return is_blank(value) ? 0 : value;
}

static bool in_set(const struct composing *c, uint32_t row, uint16_t item, unsigned set)
{
    const double value = choice_of(c, row, item);
    return !set || (value >= 0 && value < 32 && (set >> (unsigned)value & 1));
}

/* Which filters a row does not pass, as bits. */
static unsigned refused_by(const struct making *m, const struct matrix_row *r)
{
    const struct matrix_filter *f = m->filter;
    const struct item_list *items = m->c->assessment->returns->items;
    unsigned by = 0;
    bool there = !f->n_townships;
    for (size_t i = 0; i < f->n_townships && !there; i++)
        there = text_equal(f->townships[i], r->township);
    by |= there ? 0 : BY_TOWNSHIP;
    by |= !f->verdicts || (f->verdicts >> r->verdict & 1) ? 0 : BY_VERDICT;
    by |= in_set(m->c, r->row, items->school_type, f->types) ? 0 : BY_TYPE;
    by |= in_set(m->c, r->row, items->area_kind, f->areas) ? 0 : BY_AREA;
    return by;
}

static bool text_within(struct text code, struct text search)
{
    return search.size && text_find(code, search, NULL);
}

/* Keeps the rows that fit the search: by code or by a run of name or initials; by scattered initials where
 * nothing fits better. */
static size_t search_rows(const struct making *m, struct matrix_row *rows, size_t n, bool *scattered_out)
{
    const struct text search = text_trim(m->filter->search);
    uint8_t *fit = arena_array(m->c->mem, n, uint8_t);
    uint8_t best = PINYIN_NONE;
    size_t kept = 0;
    if (!search.size)
        return n;
    for (size_t i = 0; i < n; i++) {
        fit[i] = text_within(rows[i].code, search) ? PINYIN_RUN : (uint8_t)pinyin_fit(rows[i].name, search);
        best = fit[i] > best ? fit[i] : best;
    }
    *scattered_out = best == PINYIN_SCATTERED;
    for (size_t i = 0; i < n && best != PINYIN_NONE; i++)
        if (fit[i] == best)
            rows[kept++] = rows[i];
    return kept;
}

/* ── choices ── */


static int by_township(const void *a, const void *b)
{
    return text_compare(((const struct matrix_choice *)a)->name, ((const struct matrix_choice *)b)->name);
}

static struct matrix_choice *list_townships(const struct making *m, const struct matrix_row *rows, const unsigned *refused, size_t n,
                                            size_t *n_out)
{
    struct matrix_choice *choices = arena_array(m->c->mem, n < MOST_CHOICES ? n : MOST_CHOICES, struct matrix_choice);
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        while (at < k && !text_equal(choices[at].name, rows[i].township))
            at++;
        if (at == MOST_CHOICES)
            continue;
        if (at == k)
            choices[k++] = (struct matrix_choice){ .code = rows[i].township, .name = rows[i].township };
        choices[at].n += !(refused[i] & ~(unsigned)BY_TOWNSHIP);
    }
    for (size_t at = 0; at < k; at++)
        for (size_t i = 0; i < m->filter->n_townships; i++)
            choices[at].chosen |= text_equal(choices[at].code, m->filter->townships[i]);
    if (k)
        qsort(choices, k, sizeof *choices, by_township);
    *n_out = k;
    return choices;
}

static struct matrix_choice *list_values(const struct making *m, const struct matrix_row *rows, const unsigned *refused, size_t n,
                                         uint16_t item, unsigned own, unsigned set, size_t *n_out)
{
    *n_out = 0;
    if (item == NO_ITEM)
        return NULL;
    const struct item *of = &m->c->assessment->edition->items.at[item];
    struct matrix_choice *choices = arena_array(m->c->mem, of->n_values, struct matrix_choice);
    for (size_t v = 0; v < of->n_values; v++) {
        struct matrix_choice choice = { .code = of->values[v].code, .name = m->c->english ? of->values[v].code : of->values[v].zh,
                                        .chosen = set >> (v + 1) & 1 };
        bool present = false;
        for (size_t i = 0; i < n; i++) {
            const bool is = choice_of(m->c, rows[i].row, item) == (double)(v + 1);
            present |= is;
            choice.n += is && !(refused[i] & ~own);
        }
        if (present || choice.chosen)
            choices[(*n_out)++] = choice;
    }
    return choices;
}

/* ── order ── */


static int order_numbers(double a, double b)
{
    if (is_blank(a) || is_blank(b))
        return is_blank(a) - is_blank(b);
    return (a > b) - (a < b);
}

static int order_texts(struct text a, struct text b)
{
    if (!a.size || !b.size)
        return !a.size - !b.size;
    return text_compare(a, b);
}

static int order_by(const struct making *m, const struct matrix_row *a, const struct matrix_row *b)
{
    const struct item_list *items = m->c->assessment->returns->items;
    const size_t level = m->filter->sort_level;
    switch (m->filter->sort) {
    case SORT_VERDICT: return (int)a->verdict - (int)b->verdict ? (int)a->verdict - (int)b->verdict : order_numbers(b->gap, a->gap);
    case SORT_GAP: return order_numbers(b->gap, a->gap);
    case SORT_CODE: return 0;
    case SORT_NAME: return order_texts(a->initials, b->initials) ? order_texts(a->initials, b->initials) : order_texts(a->name, b->name);
    case SORT_TOWNSHIP: return order_texts(a->township, b->township);
    case SORT_AREA: return order_numbers(choice_of(m->c, a->row, items->area_kind), choice_of(m->c, b->row, items->area_kind));
    case SORT_TYPE: return order_numbers(choice_of(m->c, a->row, items->school_type), choice_of(m->c, b->row, items->school_type));
    case SORT_OWNERSHIP: return order_numbers(choice_of(m->c, a->row, items->ownership), choice_of(m->c, b->row, items->ownership));
    case SORT_PUPILS: return order_numbers(a->pupils, b->pupils);
    case SORT_MET: return (int)a->met - (int)b->met;
    case SORT_LAST: return a->had_last && b->had_last ? (int)a->last - (int)b->last : b->had_last - a->had_last;
    case SORT_LEVEL: return level < m->stage->n_levels ? order_numbers(m->stage->value[level][a->unit], m->stage->value[level][b->unit]) : 0;
    }
    return 0;
}

static int in_order(const void *a, const void *b, void *making)
{
    const struct making *m = making;
    const struct matrix_row *x = a, *y = b;
    const int order = order_by(m, x, y), plain = order ? order : (x->row > y->row) - (x->row < y->row);
    const bool blanks = m->filter->sort == SORT_LEVEL && m->filter->sort_level < m->stage->n_levels &&
                        (is_blank(m->stage->value[m->filter->sort_level][x->unit]) || is_blank(m->stage->value[m->filter->sort_level][y->unit]));
    return m->filter->reverse && !blanks ? -plain : plain; /* blanks stay last */
}

/* ── the county's row ── */

static struct matrix_column make_column(const struct making *m, size_t l)
{
    const struct level *level = &m->rule->levels[l];
    const struct cv_result *cv = &m->stage->cv[l];
    struct arena *mem = m->c->mem;
    const bool english = m->c->english;
    return (struct matrix_column){
        .id = level->id, .name = say_level(level, english), .whole_name = say_level_whole(level, english),
        .unit = say_unit(level->unit, english), .threshold = level->at_least, .floor = level->at_least * level->floor,
        .threshold_words = is_blank(level->at_least) ? TEXT("") : text_printf(mem, "≥ %.*s", TEXT_ARG(words_count(mem, level->at_least))),
        .mean_words = is_blank(cv->mean) ? say_blank(english) : words_fixed(mem, cv->mean, 2),
        .cv_words = say_cv(mem, cv, level->cv_limit, english),
        .limit_words = is_blank(level->cv_limit) ? TEXT("") : words_fixed(mem, level->cv_limit, 3),
        .cv_state = cv->met, .cv_close = cv->close,
    };
}

static void tally_columns(struct matrix *x)
{
    for (size_t i = 0; i < x->n; i++) {
        for (size_t l = 0; l < x->n_levels; l++) {
            const enum state state = x->rows[i].cells[l].state;
            x->columns[l].met += state == STATE_MET;
            x->columns[l].near += state == STATE_NEAR;
            x->columns[l].below += state == STATE_BELOW;
            x->columns[l].missing += state == STATE_NO_DATA;
        }
        x->pupils += is_blank(x->rows[i].pupils) ? 0 : x->rows[i].pupils;
    }
}

static struct text matrix_sentence(const struct making *m, const size_t of_kind[N_VERDICTS], size_t all)
{
    struct buf out = { .mem = m->c->mem };
    if (m->c->english)
        buf_printf(&out, "Schools, %.*s: %zu", TEXT_ARG(say_stage(m->stage->stage, true)), all);
    else
        buf_printf(&out, "%.*s %zu 所", TEXT_ARG(say_stage(m->stage->stage, false)), all);
    for (int k = N_VERDICTS - 1, first = 1; k >= 0; k--) {
        const enum verdict_kind kind = k == 1 ? VERDICT_UNMET : k == 0 ? VERDICT_NO_DATA : (enum verdict_kind)k;
        if (!of_kind[kind])
            continue;
        const struct text words = kind_words(m->c->mem, kind, m->rule, m->c->english);
        if (m->c->english)
            buf_printf(&out, "%s%.*s %zu", first ? "; " : ", ", TEXT_ARG(words), of_kind[kind]);
        else
            buf_printf(&out, "%s%zu 所%.*s", first ? "：" : "，", of_kind[kind], TEXT_ARG(words));
        first = 0;
    }
    buf_add(&out, m->c->english ? TEXT(".") : TEXT("。"));
    return buf_text(&out);
}

struct matrix *compose_matrix(const struct composing *c, const struct matrix_filter *filter)
{
    const struct stage_assessment *stage = composing_stage(composing_county(c), filter->stage);
    const struct item_list *items = c->assessment->returns->items;
    struct matrix *x = arena_make(c->mem, struct matrix);
    x->stage = filter->stage;
    x->stage_name = say_stage(filter->stage, c->english);
    struct making m = { .c = c, .filter = filter, .stage = stage, .rule = &c->assessment->edition->stages[filter->stage],
                        .last = composing_stage(composing_before(c, 1), filter->stage) };
    for (int k = 0; k < N_VERDICTS; k++)
        x->verdicts[k] = (struct matrix_choice){ .code = KIND_CODES[k], .name = kind_words(c->mem, (enum verdict_kind)k, m.rule, c->english),
                                                 .chosen = filter->verdicts >> k & 1 };
    if (!stage)
        return x;
    m.same = composing_same_units(c, stage, m.last);
    size_t n = 0, of_kind[N_VERDICTS] = { 0 };
    struct matrix_row *rows = arena_array(c->mem, stage->n, struct matrix_row);
    for (size_t u = 0; u < stage->n; u++)
        if (composing_visible(c, stage->row[u])) {
            rows[n] = find_row(&m, u);
            of_kind[rows[n++].verdict]++;
        }
    x->all = n;
    x->sentence = matrix_sentence(&m, of_kind, n);
    n = search_rows(&m, rows, n, &x->scattered);
    unsigned *refused = arena_array(c->mem, n, unsigned);
    for (size_t i = 0; i < n; i++) {
        refused[i] = refused_by(&m, &rows[i]);
        x->verdicts[rows[i].verdict].n += !(refused[i] & ~(unsigned)BY_VERDICT);
    }
    x->townships = list_townships(&m, rows, refused, n, &x->n_townships);
    x->types = list_values(&m, rows, refused, n, items->school_type, BY_TYPE, filter->types, &x->n_types);
    x->areas = list_values(&m, rows, refused, n, items->area_kind, BY_AREA, filter->areas, &x->n_areas);
    for (size_t i = 0; i < n; i++)
        if (!refused[i])
            rows[x->n++] = rows[i];
    x->rows = rows;
    for (size_t i = 0; i < x->n; i++)
        word_row(&m, &rows[i]);
    if (x->n)
        qsort_r(rows, x->n, sizeof *rows, in_order, &m);
    x->n_levels = stage->n_levels;
    x->columns = arena_array(c->mem, stage->n_levels, struct matrix_column);
    for (size_t l = 0; l < stage->n_levels; l++)
        x->columns[l] = make_column(&m, l);
    tally_columns(x);
    x->pupils_words = say_number(c->mem, x->pupils, c->english);
    return x;
}

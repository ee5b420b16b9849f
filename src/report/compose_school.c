#include "report/compose_school.h"

#include "base/err.h"
#include "report/compose_figures.h"
#include "report/say.h"
#include "report/words.h"

#include <math.h>

/* ── the sentence ── */

struct unit_at { const struct stage_assessment *stage; size_t unit; };

static size_t units_of(const struct composing *c, uint32_t row, struct unit_at out[N_EVALUATED])
{
    const struct county_assessment *county = composing_county(c);
    size_t n = 0;
    for (size_t s = 0; s < county->n_stages; s++) {
        const size_t unit = composing_unit(&county->stages[s], row);
        if (unit != SIZE_MAX)
            out[n++] = (struct unit_at){ &county->stages[s], unit };
    }
    return n;
}

/* 「1 项达到标准的 91%」: rounded down, so that it never reads 100 %. */
static struct text near_words(const struct composing *c, struct unit_at u)
{
    const struct stage_rule *rule = &c->assessment->edition->stages[u.stage->stage];
    double share = 1;
    size_t n = 0;
    for (size_t l = 0; l < u.stage->n_levels; l++)
        if (u.stage->state[l][u.unit] == STATE_NEAR) {
            share = fmin(share, u.stage->value[l][u.unit] / rule->levels[l].at_least);
            n++;
        }
    const double percent = floor(share * 100 + 1e-9);
    return text_printf(c->mem, c->english ? "%zu at %.0f%% of the standard" : "%zu 项达到标准的 %.0f%%", n, percent);
}

static struct text missing_names(const struct composing *c, struct unit_at u)
{
    struct text names[MAX_LEVELS];
    size_t n = 0;
    for (size_t l = 0; l < u.stage->n_levels; l++)
        if (u.stage->state[l][u.unit] == STATE_NO_DATA)
            names[n++] = say_level(&c->assessment->edition->stages[u.stage->stage].levels[l], c->english);
    return say_list(c->mem, names, n, c->english);
}

/* What is said of one stage after its verdict; empty where the verdict says all. */
static struct text unit_words(const struct composing *c, struct unit_at u)
{
    const enum state verdict = (enum state)u.stage->unit_verdict[u.unit];
    const unsigned met = u.stage->unit_met[u.unit];
    const size_t n = u.stage->n_levels;
    struct arena *mem = c->mem;
    if (verdict == STATE_MET && met == n)
        return c->english ? text_printf(mem, "all %zu indicators met", n) : text_printf(mem, "%zu 项都达标", n);
    if (verdict == STATE_MET)
        return text_printf(mem, c->english ? "%u indicators met, %.*s" : "%u 项达标，%.*s", met, TEXT_ARG(near_words(c, u)));
    const struct text of = c->english ? text_printf(mem, "%u of %zu indicators met", met, n) : text_printf(mem, "%zu 项中 %u 项达标", n, met);
    if (verdict == STATE_NO_DATA)
        return text_printf(mem, c->english ? "%.*s; missing: %.*s" : "%.*s，缺%.*s的数据", TEXT_ARG(of), TEXT_ARG(missing_names(c, u)));
    return of;
}

static struct text needs_sentence(const struct composing *c, const struct school_need *need)
{
    const struct text words = need ? say_needs(c->mem, need, c->english) : TEXT("");
    if (!words.size)
        return TEXT("");
    if (need->no_data) /* what is known is the least */
        return text_printf(c->mem, c->english ? " At least: %.*s." : "至少%.*s。", TEXT_ARG(words));
    return text_printf(c->mem, c->english ? " Enough to pass: %.*s." : "%.*s即可。", TEXT_ARG(words));
}

static struct text no_unit_sentence(const struct composing *c, uint32_t row)
{
    const struct item_list *items = c->assessment->returns->items;
    const struct text host = items->host_school_code == NO_ITEM ? TEXT("") : returns_text(c->assessment->returns, row, items->host_school_code);
    const size_t of = host.size ? composing_row(c->assessment, composing_county(c), host) : SIZE_MAX;
    if (of == SIZE_MAX)
        return c->english ? TEXT("Not assessed by the seven indicators.") : TEXT("不作为评估单元，不看七项资源指标。");
    return text_printf(c->mem, c->english ? "A part of %.*s, not assessed by itself." : "属于%.*s，不单独评估。", TEXT_ARG(composing_name(c, of)));
}

struct text compose_school_sentence(const struct composing *c, uint32_t row)
{
    struct unit_at units[N_EVALUATED];
    const size_t n = units_of(c, row, units);
    struct buf out = { .mem = c->mem };
    if (!n)
        return no_unit_sentence(c, row);
    for (size_t i = 0; i < n; i++) {
        const struct stage_assessment *s = units[i].stage;
        const struct text verdict = say_verdict(c->mem, (enum state)s->unit_verdict[units[i].unit], s->unit_met[units[i].unit], s->n_levels,
                                                c->english);
        buf_add(&out, !i ? TEXT("") : c->english ? TEXT("; ") : TEXT("；"));
        if (n > 1)
            buf_printf(&out, c->english ? "%.*s stage " : "%.*s", TEXT_ARG(say_stage(s->stage, c->english)));
        buf_printf(&out, c->english ? "%.*s: %.*s" : "%.*s：%.*s", TEXT_ARG(verdict), TEXT_ARG(unit_words(c, units[i])));
    }
    if (c->english)
        out.at[0] = (char)(out.at[0] - 'a' + 'A'); /* "primary …", "met …" */
    buf_add(&out, c->english ? TEXT(".") : TEXT("。"));
    buf_add(&out, needs_sentence(c, composing_need(c, row)));
    return buf_text(&out);
}

/* ── the second sentence ── */

static double figure_of(const struct composing *c, uint32_t row, struct text code)
{
    const uint16_t item = item_find(c->assessment->returns->items, code);
    return item == NO_ITEM ? BLANK : returns_number(c->assessment->returns, row, item);
}

static struct text second_sentence(const struct composing *c, const struct school_view *v)
{
    static const struct { struct text code, zh, en; } COUNTS[] = {
        { TEXT("teachers_total"), TEXT("名专任教师"), TEXT("teachers") },
        { TEXT("classes_total"), TEXT("个班"), TEXT("classes") },
    };
    const struct item_list *items = c->assessment->returns->items;
    const struct text kinds[] = { composing_choice(c, v->row, items->school_type), composing_choice(c, v->row, items->area_kind),
                                  composing_choice(c, v->row, items->ownership) };
    struct buf out = { .mem = c->mem };
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (kinds[i].size)
            buf_printf(&out, "%s%.*s", out.size ? " · " : "", TEXT_ARG(kinds[i]));
    struct text parts[1 + COUNT(COUNTS)];
    size_t n = 0;
    double pupils = v->n_stages ? 0 : BLANK;
    for (size_t s = 0; s < v->n_stages; s++)
        pupils += v->stages[s].pupils;
    if (!is_blank(pupils))
        parts[n++] = text_printf(c->mem, c->english ? "%.*s pupils" : "%.*s 名学生", TEXT_ARG(words_count(c->mem, pupils)));
    for (size_t i = 0; i < COUNT(COUNTS); i++) {
        const uint16_t item = item_find(items, COUNTS[i].code);
        const double count = item == NO_ITEM ? BLANK : compose_known(c, v->row, item);
        if (!is_blank(count))
            parts[n++] = text_printf(c->mem, "%.*s %.*s", TEXT_ARG(words_count(c->mem, count)), TEXT_ARG(c->english ? COUNTS[i].en : COUNTS[i].zh));
    }
    if (n)
        buf_printf(&out, "%s%.*s", out.size ? " · " : "", TEXT_ARG(say_list(c->mem, parts, n, c->english)));
    if (out.size)
        buf_add(&out, c->english ? TEXT(".") : TEXT("。"));
    struct buf last = { .mem = c->mem };
    for (size_t s = 0; s < v->n_stages; s++)
        if (v->stages[s].had_last)
            buf_printf(&last, "%s%.*s%s%.*s", last.size ? c->english ? ", " : "、" : "",
                       TEXT_ARG(v->n_stages > 1 ? v->stages[s].name : TEXT("")), c->english && v->n_stages > 1 ? " " : "",
                       TEXT_ARG(v->stages[s].last_words));
    if (last.size)
        buf_printf(&out, c->english ? " Last year: %.*s." : "去年%.*s。", TEXT_ARG(buf_text(&last)));
    return buf_text(&out);
}

/* ── stages ── */

static struct text share_sentence(const struct composing *c, const struct school_level *level)
{
    if (is_blank(level->share))
        return TEXT("");
    const bool above = level->value > level->mean;
    return text_printf(c->mem, c->english ? "%.*s of the county's spread, %s the mean" : "占全县差异的 %.*s，%s均值", TEXT_ARG(level->share_words),
                       c->english ? above ? "above" : "below" : above ? "高于" : "低于");
}

static void fill_history(const struct composing *c, const struct school_view *v, enum stage stage, size_t l, struct school_level *out)
{
    const struct county_assessment *years[MOST_YEARS];
    const size_t n = composing_years(c, years), skipped = n - v->n_years;
    for (size_t y = 0; y < v->n_years; y++) {
        const struct stage_assessment *s = composing_stage(years[skipped + y], stage);
        const size_t unit = v->year_rows[y] == UINT32_MAX ? SIZE_MAX : composing_unit(s, v->year_rows[y]);
        const bool there = unit != SIZE_MAX && l < s->n_levels;
        out->history[y] = there ? s->value[l][unit] : BLANK;
        out->history_state[y] = there ? (enum state)s->state[l][unit] : STATE_NOT_APPLICABLE;
        out->history_words[y] = there ? say_value(c->mem, out->history[y], &c->assessment->edition->stages[stage].levels[l], out->history_state[y], c->english)
                                      : TEXT("");
    }
    if (v->n_years > 1)
        out->change = say_change(c->mem, out->history[v->n_years - 1] - out->history[v->n_years - 2], 2);
}

static struct school_level make_level(const struct composing *c, const struct school_view *v, struct unit_at u, size_t l)
{
    const struct stage_assessment *s = u.stage;
    const struct level *level = &c->assessment->edition->stages[s->stage].levels[l];
    const bool english = c->english;
    struct arena *mem = c->mem;
    struct school_level out = {
        .id = level->id, .name = say_level(level, english), .whole_name = say_level_whole(level, english), .unit = say_unit(level->unit, english),
        .value = s->value[l][u.unit], .threshold = level->at_least, .floor = level->at_least * level->floor, .mean = s->cv[l].mean,
        .state = (enum state)s->state[l][u.unit], .close = s->close[l][u.unit] != 0, .estimated = s->estimated[l] && s->estimated[l][u.unit],
        .missing = s->missing[l] ? s->missing[l][u.unit] : BLANK, .missing_to_floor = s->missing_to_floor[l] ? s->missing_to_floor[l][u.unit] : BLANK,
        .share = s->share[l] ? s->share[l][u.unit] : BLANK,
    };
    out.value_words = say_value(mem, out.value, level, out.state, english);
    out.threshold_words = is_blank(out.threshold) ? TEXT("") : words_count(mem, out.threshold);
    out.floor_words = is_blank(out.floor) ? TEXT("") : words_count(mem, number_round(out.floor, 6));
    out.mean_words = is_blank(out.mean) ? say_blank(english) : words_fixed(mem, out.mean, 2);
    out.state_words = say_state(out.state, english);
    if (out.missing > 0)
        out.to_threshold = say_need(mem, level, out.missing, true, english);
    if (out.missing_to_floor > 0)
        out.to_floor = say_need(mem, level, out.missing_to_floor, true, english);
    out.share_words = is_blank(out.share) ? TEXT("") : say_share(mem, out.share, english);
    out.share_sentence = share_sentence(c, &out);
    fill_history(c, v, s->stage, l, &out);
    return out;
}

static struct school_stage make_stage(const struct composing *c, const struct school_view *v, struct unit_at u)
{
    const struct stage_assessment *s = u.stage;
    struct school_stage out = { .stage = s->stage, .name = say_stage(s->stage, c->english), .pupils = s->unit_pupils[u.unit],
                                .pupils_words = say_number(c->mem, s->unit_pupils[u.unit], c->english), .met = s->unit_met[u.unit],
                                .verdict = verdict_kind((enum state)s->unit_verdict[u.unit], s->unit_met[u.unit], s->n_levels),
                                .verdict_words = say_verdict(c->mem, (enum state)s->unit_verdict[u.unit], s->unit_met[u.unit], s->n_levels, c->english),
                                .levels = arena_array(c->mem, s->n_levels, struct school_level), .n_levels = s->n_levels };
    const struct stage_assessment *last = composing_stage(composing_before(c, 1), s->stage);
    const size_t before = v->n_years > 1 && v->year_rows[v->n_years - 2] != UINT32_MAX ? composing_unit(last, v->year_rows[v->n_years - 2]) : SIZE_MAX;
    out.had_last = before != SIZE_MAX;
    if (out.had_last)
        out.last_words = say_verdict(c->mem, (enum state)last->unit_verdict[before], last->unit_met[before], last->n_levels, c->english);
    for (size_t l = 0; l < s->n_levels; l++)
        out.levels[l] = make_level(c, v, u, l);
    return out;
}

/* The school's rows in the county's years; years before it first stood are left out. */
static void find_years(const struct composing *c, struct school_view *v)
{
    const struct county_assessment *years[MOST_YEARS];
    const size_t n = composing_years(c, years);
    for (size_t y = 0; y < n; y++) {
        const size_t row = y + 1 == n ? v->row : composing_row(c->assessment, years[y], v->code);
        if (row == SIZE_MAX && !v->n_years)
            continue;
        v->years[v->n_years] = years[y]->county->year;
        v->year_words[v->n_years] = say_year(c->mem, years[y]->county->year, c->english);
        v->year_rows[v->n_years++] = row == SIZE_MAX ? UINT32_MAX : (uint32_t)row;
    }
}

struct school_view *compose_school(const struct composing *c, uint32_t row)
{
    const struct item_list *items = c->assessment->returns->items;
    struct school_view *v = arena_make(c->mem, struct school_view);
    struct unit_at units[N_EVALUATED];
    v->row = row;
    v->code = composing_code(c, row);
    v->name = composing_name(c, row);
    v->township = items->township == NO_ITEM ? TEXT("") : returns_text(c->assessment->returns, row, items->township);
    v->longitude = figure_of(c, row, TEXT("longitude"));
    v->latitude = figure_of(c, row, TEXT("latitude"));
    v->state = STATE_NOT_APPLICABLE;
    find_years(c, v);
    v->n_stages = units_of(c, row, units);
    for (size_t i = 0; i < v->n_stages; i++) {
        const enum state state = (enum state)units[i].stage->unit_verdict[units[i].unit];
        v->stages[i] = make_stage(c, v, units[i]);
        if (v->state == STATE_NOT_APPLICABLE || state == STATE_BELOW || (state == STATE_NO_DATA && v->state != STATE_BELOW))
            v->state = state;
    }
    v->sentence = compose_school_sentence(c, row);
    v->second = second_sentence(c, v);
    v->rules = compose_school_rules(c, row, &v->n_rules);
    v->facts = compose_facts(c, row, &v->n_facts);
    v->groups = compose_figure_groups(c, v->year_rows, v->n_years, &v->n_groups);
    return v;
}

struct neighbours compose_neighbours(const struct matrix *matrix, struct text code)
{
    struct neighbours found = { .of = matrix->n };
    for (size_t i = 0; i < matrix->n; i++) {
        if (!text_equal(matrix->rows[i].code, code))
            continue;
        found.place = i + 1;
        if (i)
            found.previous = (struct neighbour){ matrix->rows[i - 1].code, matrix->rows[i - 1].name };
        if (i + 1 < matrix->n)
            found.next = (struct neighbour){ matrix->rows[i + 1].code, matrix->rows[i + 1].name };
    }
    return found;
}

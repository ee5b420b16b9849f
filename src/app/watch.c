#include "app/watch.h"

#include "app/procedure.h"
#include "report/say.h"
#include "report/say_assessed.h"
#include "report/words.h"

struct watching {
    const struct snapshot *s;
    const struct actor *actor;
    size_t first, at;            /* indexes of years */
    bool english;
    struct arena *mem;
    struct watch_report *out;
};

static uint8_t mark_of(enum state state)
{
    return state == STATE_MET || state == STATE_NOT_APPLICABLE ? WATCH_PASSES : state == STATE_NO_DATA ? WATCH_UNKNOWN : WATCH_FAILS;
}

static struct composing composing_at(const struct watching *w, size_t year)
{
    return (struct composing){ .mem = w->mem, .assessment = w->s->assessment, .needs = w->s->needs, .year = year, .english = w->english };
}

static const struct county_assessment *county_at(const struct watching *w, size_t year)
{
    return &w->s->assessment->counties[year];
}

/* 「2024学年 达标；2025学年 8.2%，应不低于 10%」: then and now, and the years without data between. */
static struct text then_and_now(const struct watching *w, const struct watch_found *found, struct text then, struct text now)
{
    const struct text before = say_year(w->mem, w->s->years[found->before], w->english), last = say_year(w->mem, w->s->years[w->at], w->english);
    if (!found->unknown)
        return text_printf(w->mem, w->english ? "%.*s: %.*s; %.*s: %.*s" : "%.*s：%.*s；%.*s：%.*s", TEXT_ARG(before), TEXT_ARG(then), TEXT_ARG(last), TEXT_ARG(now));
    return text_printf(w->mem, w->english ? "%.*s: %.*s; %zu years without data; %.*s: %.*s" : "%.*s：%.*s；中间 %zu 年缺数据；%.*s：%.*s", TEXT_ARG(before),
                       TEXT_ARG(then), found->unknown, TEXT_ARG(last), TEXT_ARG(now));
}

static void add(const struct watching *w, struct watch_row *list, size_t *n, const struct watch_found *found, struct watch_row row)
{
    row.alarm = found->alarm;
    row.since = w->s->years[found->since];
    row.unknown = found->unknown;
    list[(*n)++] = row;
}

/* ---- the county's figures ----------------------------------------------------------------- */

static const struct rule_result *result_of(const struct county_assessment *county, struct text id)
{
    for (size_t i = 0; i < county->n_rules; i++)
        if (text_equal(county->rules[i].rule->id, id))
            return &county->rules[i];
    return NULL;
}

static struct text rule_words_at(const struct watching *w, size_t year, struct text id)
{
    const struct composing c = composing_at(w, year);
    const struct rule_result *const result = result_of(county_at(w, year), id);
    return result ? say_rule_short(&c, result) : say_blank(w->english);
}

/* Indicators with a figure; what a person alone judges, and the registers, speak for themselves. */
static bool watched(const struct rule *rule)
{
    return rule->formula.size && (rule->kind == RULE_GOVERNMENT || rule->kind == RULE_QUALITY || rule->kind == RULE_RECOGNITION);
}

static void watch_rules(const struct watching *w, uint8_t *marks)
{
    const struct county_assessment *const now = county_at(w, w->at);
    for (size_t i = 0; i < now->n_rules; i++) {
        const struct rule *const rule = now->rules[i].rule;
        for (size_t y = w->first; y <= w->at; y++) {
            const struct rule_result *const result = result_of(county_at(w, y), rule->id);
            marks[y] = result ? mark_of(result->state) : WATCH_UNKNOWN;
        }
        const struct watch_found found = watched(rule) ? watch_of(marks, w->at + 1, w->first) : (struct watch_found){ .alarm = WATCH_QUIET };
        if (found.alarm == WATCH_QUIET)
            continue;
        add(w, w->out->county, &w->out->n_county, &found,
            (struct watch_row){ .key = text_printf(w->mem, "rule:%.*s:%d", TEXT_ARG(rule->id), w->out->year),
                                .name = text_printf(w->mem, "%.*s %.*s", TEXT_ARG(rule->id), TEXT_ARG(say_rule_name(w->s->edition, rule, w->english))),
                                .words = then_and_now(w, &found, rule_words_at(w, found.before, rule->id), rule_words_at(w, w->at, rule->id)),
                                .link = text_printf(w->mem, "/indicators/%.*s?year=%d", TEXT_ARG(rule->plain), w->out->year), .subject = rule->id, .stage = TEXT("") });
    }
}

static struct text cv_words_at(const struct watching *w, size_t year, enum stage stage, size_t level)
{
    const struct composing c = composing_at(w, year);
    const struct stage_assessment *const of = composing_stage(county_at(w, year), stage);
    return of && level < of->n_levels ? say_cv_words(&c, of, level) : say_blank(w->english);
}

static void watch_spread(const struct watching *w, uint8_t *marks)
{
    for (size_t s = 0; s < county_at(w, w->at)->n_stages; s++) {
        const struct stage_assessment *const now = &county_at(w, w->at)->stages[s];
        const struct stage_rule *const asked = &w->s->edition->stages[now->stage];
        for (size_t l = 0; l < now->n_levels; l++) {
            for (size_t y = w->first; y <= w->at; y++) {
                const struct stage_assessment *const then = composing_stage(county_at(w, y), now->stage);
                marks[y] = then && l < then->n_levels ? mark_of(then->cv[l].met) : WATCH_UNKNOWN;
            }
            const struct watch_found found = watch_of(marks, w->at + 1, w->first);
            if (found.alarm == WATCH_QUIET)
                continue;
            const struct text stage = stage_code(now->stage), id = asked->levels[l].id, level = say_level(&asked->levels[l], w->english);
            add(w, w->out->county, &w->out->n_county, &found,
                (struct watch_row){ .key = text_printf(w->mem, "cv:%.*s:%.*s:%d", TEXT_ARG(stage), TEXT_ARG(id), w->out->year),
                                    .name = w->english ? text_printf(w->mem, "%.*s %.*s: spread (%.*s)", TEXT_ARG(id), TEXT_ARG(level), TEXT_ARG(say_stage(now->stage, true)))
                                                       : text_printf(w->mem, "%.*s %.*s的差异系数（%.*s）", TEXT_ARG(id), TEXT_ARG(level), TEXT_ARG(stage_zh(now->stage))),
                                    .words = then_and_now(w, &found, cv_words_at(w, found.before, now->stage, l), cv_words_at(w, w->at, now->stage, l)),
                                    .link = text_printf(w->mem, "/indicators/%.*s?stage=%.*s&year=%d", TEXT_ARG(id), TEXT_ARG(stage), w->out->year),
                                    .subject = text_printf(w->mem, "cv-%.*s", TEXT_ARG(id)), .stage = stage });
        }
    }
}

/* ---- the units ---------------------------------------------------------------------------- */

/* [unit of now] → unit of the year; SIZE_MAX: none. */
static size_t **same_units(const struct watching *w, const struct stage_assessment *now)
{
    struct composing c = composing_at(w, w->at);
    size_t **const same = arena_array(w->mem, w->at + 1, size_t *);
    for (size_t y = w->first; y <= w->at; y++)
        same[y] = composing_same_units(&c, now, composing_stage(county_at(w, y), now->stage));
    return same;
}

static struct text unit_words_at(const struct watching *w, size_t year, enum stage stage, size_t unit)
{
    const struct stage_assessment *const of = composing_stage(county_at(w, year), stage);
    return say_verdict(w->mem, (enum state)of->unit_verdict[unit], of->unit_met[unit], of->n_levels, w->english);
}

/* Which of its indicators were met and are not any more. */
static struct text fallen(const struct watching *w, const struct stage_assessment *now, size_t unit, const struct stage_assessment *then, size_t old)
{
    struct text *const parts = arena_array(w->mem, now->n_levels + 1, struct text);
    size_t n = 0;
    for (size_t l = 0; l < now->n_levels && l < then->n_levels; l++)
        if (then->state[l][old] == STATE_MET && now->state[l][unit] != STATE_MET && now->state[l][unit] != STATE_NO_DATA)
            parts[n++] = say_level(&w->s->edition->stages[now->stage].levels[l], w->english);
    return say_list(w->mem, parts, n, w->english);
}

static void watch_units(const struct watching *w, uint8_t *marks, const struct stage_assessment *now)
{
    size_t **const same = same_units(w, now);
    const struct item_list *const items = &w->s->edition->items;
    for (size_t u = 0; u < now->n; u++) {
        if (!snapshot_visible(w->s, now->row[u], w->actor))
            continue;
        for (size_t y = w->first; y <= w->at; y++) {
            const size_t old = same[y][u];
            marks[y] = old != SIZE_MAX ? mark_of((enum state)composing_stage(county_at(w, y), now->stage)->unit_verdict[old]) : WATCH_UNKNOWN;
        }
        w->out->no_data += marks[w->at] == WATCH_UNKNOWN;
        const struct watch_found found = watch_of(marks, w->at + 1, w->first);
        if (found.alarm == WATCH_QUIET)
            continue;
        const struct text code = returns_text(w->s->returns, now->row[u], items->school_code), name = returns_text(w->s->returns, now->row[u], items->school_name);
        const struct stage_assessment *const then = composing_stage(county_at(w, found.before), now->stage);
        const struct text lost = fallen(w, now, u, then, same[found.before][u]);
        const struct text words = then_and_now(w, &found, unit_words_at(w, found.before, now->stage, same[found.before][u]), unit_words_at(w, w->at, now->stage, u));
        add(w, w->out->units, &w->out->n_units, &found,
            (struct watch_row){ .key = text_printf(w->mem, "unit:%.*s:%.*s:%d", TEXT_ARG(stage_code(now->stage)), TEXT_ARG(code), w->out->year),
                                .name = text_printf(w->mem, w->english ? "%.*s (%.*s)" : "%.*s（%.*s）", TEXT_ARG(name.size ? name : code), TEXT_ARG(say_stage(now->stage, w->english))),
                                .words = !lost.size ? words
                                         : text_printf(w->mem, w->english ? "%.*s; fallen back: %.*s" : "%.*s；退步的是%.*s", TEXT_ARG(words), TEXT_ARG(lost)),
                                .link = text_printf(w->mem, "/schools/%.*s?year=%d", TEXT_ARG(code), w->out->year) });
    }
}

/* ---- all of it ---------------------------------------------------------------------------- */

/* Slipped ones first, else as they came. */
static size_t order(struct watch_row *list, size_t n, struct arena *mem)
{
    struct watch_row *const copy = arena_array(mem, n + 1, struct watch_row);
    size_t slipped = 0, at = 0;
    for (size_t i = 0; i < n; i++)
        if (list[i].alarm == WATCH_SLIPPED)
            copy[at++] = list[i];
    slipped = at;
    for (size_t i = 0; i < n; i++)
        if (list[i].alarm != WATCH_SLIPPED)
            copy[at++] = list[i];
    for (size_t i = 0; i < n; i++)
        list[i] = copy[i];
    return slipped;
}

bool app_watch(struct house *house, const struct snapshot *s, const struct actor *actor, size_t year, bool english, struct arena *mem,
               struct watch_report *out, struct err *err)
{
    *out = (struct watch_report){ 0 };
    if (!app_procedure_recognised(house, mem, &out->recognised, err))
        return false;
    if (year >= s->n_years)
        return true;
    struct watching w = { .s = s, .actor = actor, .at = year, .english = english, .mem = mem, .out = out };
    out->year = s->years[year];
    /* The 学年 whose return was judged is that of the year before the list. */
    while (out->recognised && w.first < year && s->years[w.first] < out->recognised - 1)
        w.first++;
    out->first = w.first < year ? s->years[w.first] : 0;
    const struct county_assessment *const now = county_at(&w, year);
    size_t units = 0;
    for (size_t i = 0; i < now->n_stages; i++)
        units += now->stages[i].n;
    uint8_t *const marks = arena_array(mem, year + 1, uint8_t);
    out->county = arena_array(mem, now->n_rules + N_EVALUATED * MAX_LEVELS + 1, struct watch_row);
    out->units = arena_array(mem, units + 1, struct watch_row);
    if (actor_covers_county(actor)) {
        watch_spread(&w, marks);
        watch_rules(&w, marks);
    }
    for (size_t i = 0; i < now->n_stages; i++)
        watch_units(&w, marks, &now->stages[i]);
    out->n_county_slipped = order(out->county, out->n_county, mem);
    out->n_units_slipped = order(out->units, out->n_units, mem);
    return true;
}

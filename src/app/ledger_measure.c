#include "app/ledger_measure.h"

#include "indicator/told.h"
#include "report/say.h"
#include "report/words.h"

struct measuring {
    const struct snapshot *s;
    struct arena *mem;
    ledger_take *take;
    void *context;
    bool *chosen;                 /* [row of the returns] the school's latest that counts */
    const struct told *told;      /* the year at hand, as the engine saw it; NULL: nobody asked yet */
};

/* ---- which return of a school is looked at -------------------------------------------------- */

struct codes { struct text *at; size_t room; };

static bool add_code(struct codes *codes, struct text code)
{
    for (size_t i = text_hash(code) & (codes->room - 1);; i = (i + 1) & (codes->room - 1)) {
        if (!codes->at[i].at) {
            codes->at[i] = code;
            return true;
        }
        if (text_equal(codes->at[i], code))
            return false;
    }
}

static struct codes codes_new(size_t n, struct arena *mem)
{
    struct codes codes = { .room = 16 };
    while (codes.room < 2 * n + 2)
        codes.room *= 2;
    codes.at = arena_array(mem, codes.room, struct text);
    return codes;
}

/* From the usual year on: what was returned before says nothing of today. */
static void choose_rows(struct measuring *m, const struct text *closed, size_t n_closed)
{
    const struct snapshot *const s = m->s;
    struct codes codes = codes_new(s->returns->n + n_closed, m->mem);
    m->chosen = arena_array(m->mem, s->returns->n + 1, bool);
    for (size_t i = 0; i < n_closed; i++)
        add_code(&codes, closed[i]);
    for (size_t y = s->n_years; y-- > s->usual_year;) {
        const struct county_year *const county = &s->returns->counties[y];
        for (size_t row = county->first; row < county->first + county->n; row++)
            m->chosen[row] = add_code(&codes, returns_text(s->returns, row, s->edition->items.school_code));
    }
}

/* ---- schools ------------------------------------------------------------------------------ */

static struct ledger_thing of_school(const struct measuring *m, size_t year, size_t row, struct text stage, struct text subject)
{
    const struct item_list *const items = &m->s->edition->items;
    const struct text code = returns_text(m->s->returns, row, items->school_code), name = returns_text(m->s->returns, row, items->school_name);
    return (struct ledger_thing){
        .of = { TEXT("school"), code, stage, subject },
        .now = { .township = returns_text(m->s->returns, row, items->township), .place_shown = name.size ? name : code, .value = BLANK,
                 .threshold = BLANK, .floor = BLANK, .missing = BLANK, .missing_to_floor = BLANK, .unit = TEXT(""), .quantity = TEXT(""),
                 .year = m->s->years[year], .data_version = (int64_t)m->s->version },
        .year = year, .row = row };
}

static double at_least_zero(double x)
{
    return is_blank(x) ? x : x > 0 ? x : 0;
}

/* One level of one unit.  The one that the school rule lets stay near (达标 6/7) is no shortfall. */
static bool take_level(const struct measuring *m, size_t year, const struct stage_assessment *stage, size_t unit, size_t l, struct err *err)
{
    const struct level *const level = &m->s->edition->stages[stage->stage].levels[l];
    const enum state state = (enum state)stage->state[l][unit];
    const bool allowed = state == STATE_NEAR && stage->unit_verdict[unit] == STATE_MET;
    struct ledger_thing t = of_school(m, year, stage->row[unit], stage_code(stage->stage), level->id);
    t.kind = LEDGER_LEVEL;
    t.level = level;
    t.state = state;
    t.now.value = stage->value[l][unit];
    t.now.threshold = level->at_least;
    t.now.floor = is_blank(level->floor) ? BLANK : level->at_least * level->floor;
    t.now.missing = stage->missing[l] ? at_least_zero(stage->missing[l][unit]) : BLANK;
    t.now.missing_to_floor = stage->missing_to_floor[l] ? at_least_zero(stage->missing_to_floor[l][unit]) : BLANK;
    t.now.unit = level->unit;
    t.now.quantity = level->quantity;
    t.now.measured = state_code(state);
    t.now.passes = state == STATE_MET || state == STATE_NOT_APPLICABLE || allowed;
    t.fails = (state == STATE_BELOW || state == STATE_NEAR) && !allowed;
    return m->take(m->context, &t, err);
}

static bool take_units(const struct measuring *m, size_t year, struct err *err)
{
    const struct county_assessment *const county = &m->s->assessment->counties[year];
    for (size_t s = 0; s < county->n_stages; s++)
        for (size_t u = 0; u < county->stages[s].n; u++)
            for (size_t l = 0; l < county->stages[s].n_levels && m->chosen[county->stages[s].row[u]]; l++)
                if (!take_level(m, year, &county->stages[s], u, l, err))
                    return false;
    return true;
}

/* A stage that a school has no unit of: what is in the ledger of it is asked no longer. */
static bool take_missing_stages(const struct measuring *m, size_t year, struct err *err)
{
    const struct county_assessment *const county = &m->s->assessment->counties[year];
    const struct county_year *const rows = county->county;
    bool *const has = arena_array(m->mem, rows->n + 1, bool);
    for (int stage = 0; stage < N_EVALUATED; stage++) {
        memset(has, 0, rows->n * sizeof *has);
        for (size_t s = 0; s < county->n_stages; s++)
            for (size_t u = 0; u < county->stages[s].n && (int)county->stages[s].stage == stage; u++)
                has[county->stages[s].row[u] - rows->first] = true;
        for (size_t i = 0; i < rows->n; i++) {
            if (has[i] || !m->chosen[rows->first + i])
                continue;
            for (size_t l = 0; l < m->s->edition->stages[stage].n_levels; l++) {
                struct ledger_thing t = of_school(m, year, rows->first + i, stage_code((enum stage)stage), m->s->edition->stages[stage].levels[l].id);
                t.kind = LEDGER_LEVEL;
                t.not_there = true;
                t.now.measured = state_code(STATE_NOT_APPLICABLE);
                if (!m->take(m->context, &t, err))
                    return false;
            }
        }
    }
    return true;
}

static enum ledger_kind kind_of_rule(const struct rule *rule)
{
    switch (rule->kind) {
    case RULE_QUALITY: return LEDGER_QUALITY;
    case RULE_RECOGNITION: return LEDGER_RECOGNITION;
    case RULE_PRECONDITION: return LEDGER_PRECONDITION;
    case RULE_VETO: return LEDGER_VETO;
    default: return LEDGER_GOVERNMENT;
    }
}

/* How much the school is short of: by the edition's shortfalls. */
static void put_missing(struct measuring *m, size_t year, struct ledger_thing *t)
{
    if (!t->rule->missing)
        return;
    if (!m->told) {
        const struct assess_request again = { .edition = m->s->edition, .relaxations = m->s->assessment->relaxations,
                                              .n_relaxations = m->s->assessment->n_relaxations, .by = NO_ITEM };
        m->told = told_county(m->s->returns, year, &again, m->mem);
    }
    t->now.missing = at_least_zero(told_eval(m->told, t->rule->missing, t->row, true));
    t->now.quantity = t->rule->quantity;
}

static bool take_school_rule(struct measuring *m, size_t year, const struct rule_result *r, const uint32_t *rows, size_t n, enum state state,
                             struct err *err)
{
    for (size_t i = 0; i < n && rows; i++) {
        if (!m->chosen[rows[i]])
            continue;
        struct ledger_thing t = of_school(m, year, rows[i], TEXT(""), r->rule->id);
        t.kind = kind_of_rule(r->rule);
        t.rule = r->rule;
        t.state = state;
        t.now.measured = state_code(state);
        t.now.passes = state == STATE_MET;
        t.fails = state == STATE_BELOW;
        put_missing(m, year, &t);
        if (!m->take(m->context, &t, err))
            return false;
    }
    return true;
}

static bool take_schools(struct measuring *m, size_t year, struct err *err)
{
    const struct county_assessment *const county = &m->s->assessment->counties[year];
    m->told = NULL;
    if (!take_units(m, year, err) || !take_missing_stages(m, year, err))
        return false;
    for (size_t i = 0; i < county->n_rules; i++) {
        const struct rule_result *const r = &county->rules[i];
        if (r->rule->scope == SCOPE_SCHOOL && r->rule->kind != RULE_SHOWN &&
            (!take_school_rule(m, year, r, r->failing_rows, r->failing, STATE_BELOW, err) ||
             !take_school_rule(m, year, r, r->unknown_rows, r->unknown, STATE_NO_DATA, err) ||
             !take_school_rule(m, year, r, r->passing_rows, r->schools - r->failing - r->unknown, STATE_MET, err)))
            return false;
    }
    return true;
}

/* ---- the county --------------------------------------------------------------------------- */

static struct ledger_thing of_county(const struct measuring *m, size_t year, struct text stage, struct text subject, enum state state)
{
    return (struct ledger_thing){
        .of = { TEXT("county"), TEXT(""), stage, subject },
        .now = { .township = TEXT(""), .place_shown = words_county(m->mem, &m->s->returns->counties[year]), .value = BLANK, .threshold = BLANK,
                 .floor = BLANK, .missing = BLANK, .missing_to_floor = BLANK, .unit = TEXT(""), .quantity = TEXT(""),
                 .measured = state_code(state), .passes = state == STATE_MET || state == STATE_NOT_APPLICABLE,
                 .year = m->s->years[year], .data_version = (int64_t)m->s->version },
        .state = state, .year = year, .row = SIZE_MAX };
}

static bool take_spread(const struct measuring *m, size_t year, struct err *err)
{
    const struct county_assessment *const county = &m->s->assessment->counties[year];
    for (size_t s = 0; s < county->n_stages; s++)
        for (size_t l = 0; l < county->stages[s].n_levels; l++) {
            const struct stage_assessment *const stage = &county->stages[s];
            const struct level *const level = &m->s->edition->stages[stage->stage].levels[l];
            if (is_blank(level->cv_limit))
                continue;   /* an edition that judges by the combined coefficient alone */
            struct ledger_thing t = of_county(m, year, stage_code(stage->stage), text_printf(m->mem, "cv-%.*s", TEXT_ARG(level->id)), stage->cv[l].met);
            t.kind = LEDGER_CV;
            t.level = level;
            t.now.value = stage->cv[l].cv;
            t.now.threshold = level->cv_limit;
            t.fails = stage->cv[l].met == STATE_BELOW;
            if (!m->take(m->context, &t, err))
                return false;
        }
    return true;
}

/* Of the county's own rules a blank is a thing to be done too: a judgement nobody made, a figure nobody returned. */
static bool take_county(const struct measuring *m, size_t year, struct err *err)
{
    const struct county_assessment *const county = &m->s->assessment->counties[year];
    if (!take_spread(m, year, err))
        return false;
    for (size_t i = 0; i < county->n_rules; i++) {
        const struct rule_result *const r = &county->rules[i];
        if (r->rule->scope != SCOPE_COUNTY || r->rule->kind == RULE_SHOWN)
            continue;
        struct ledger_thing t = of_county(m, year, TEXT(""), r->rule->id, r->state);
        t.kind = kind_of_rule(r->rule);
        t.rule = r->rule;
        t.now.value = r->value;
        t.now.threshold = r->rule->threshold;
        t.now.unit = r->rule->unit;
        t.fails = r->state == STATE_BELOW || r->state == STATE_NO_DATA;
        if (!m->take(m->context, &t, err))
            return false;
    }
    return true;
}

bool ledger_measure_all(const struct snapshot *snapshot, const struct text *closed, size_t n_closed, struct arena *mem, ledger_take *take,
                        void *context, struct err *err)
{
    struct measuring m = { .s = snapshot, .mem = mem, .take = take, .context = context };
    if (!snapshot->n_years)
        return true;
    choose_rows(&m, closed, n_closed);
    for (size_t y = snapshot->usual_year; y < snapshot->n_years; y++)
        if (!take_schools(&m, y, err))
            return false;
    return take_county(&m, snapshot->usual_year, err);
}

/* ---- words -------------------------------------------------------------------------------- */

static struct text level_words(const struct ledger_thing *t, struct arena *mem)
{
    const struct text resource = words_resource(t->level), value = words_level(mem, t->now.value, t->level, t->state);
    const struct text unit = say_unit(t->level->unit, false), limit = words_fixed(mem, t->level->at_least, 2);
    if (t->state == STATE_NO_DATA)
        return text_printf(mem, "%.*s缺数据", TEXT_ARG(resource));
    if (!t->fails)
        return text_printf(mem, "%.*s %.*s %.*s，标准 %.*s，%s", TEXT_ARG(resource), TEXT_ARG(value), TEXT_ARG(unit), TEXT_ARG(limit),
                           t->state == STATE_NEAR ? "本校其余各项达标，这一项可以保留" : "已达标");
    return text_printf(mem, "%.*s %.*s %.*s，低于标准 %.*s%s", TEXT_ARG(resource), TEXT_ARG(value), TEXT_ARG(unit), TEXT_ARG(limit),
                       t->state == STATE_NEAR ? "（已到 85%）" : "");
}

static struct text cv_words(const struct ledger_thing *t, struct arena *mem)
{
    const struct text cv = words_cv(mem, t->now.value, t->level->cv_limit, t->state), limit = words_fixed(mem, t->level->cv_limit, 3);
    const char *const stage = text_equal(t->of.stage, TEXT("primary")) ? "小学" : "初中";
    if (t->state == STATE_NO_DATA)
        return text_printf(mem, "%s%.*s差异系数还不能确定", stage, TEXT_ARG(words_resource(t->level)));
    return text_printf(mem, t->fails ? "%s%.*s差异系数 %.*s，高于上限 %.*s" : "%s%.*s差异系数 %.*s，不超过上限 %.*s", stage,
                       TEXT_ARG(words_resource(t->level)), TEXT_ARG(cv), TEXT_ARG(limit));
}

static struct text rule_words(const struct snapshot *s, const struct ledger_thing *t, struct arena *mem)
{
    const struct text name = say_rule_name(s->edition, t->rule, false);
    if (t->row != SIZE_MAX) {
        if (t->fails && !is_blank(t->now.missing) && t->now.missing > 0)
            return text_printf(mem, "%.*s不符合要求，差 %.*s", TEXT_ARG(name), TEXT_ARG(words_quantity(mem, t->now.quantity, t->now.missing)));
        return text_printf(mem, t->state == STATE_MET ? "%.*s符合要求" : t->state == STATE_BELOW ? "%.*s不符合要求" : "%.*s缺数据", TEXT_ARG(name));
    }
    if (t->rule->kind == RULE_VETO && t->state == STATE_BELOW && !is_blank(t->now.value) && t->rule->compare == COMPARE_AT_MOST)
        return text_printf(mem, "%.*s：%.*s没有了结", TEXT_ARG(t->rule->zh), TEXT_ARG(words_rule_value(mem, t->rule, t->now.value, t->state)));
    if (t->state == STATE_NO_DATA)
        return text_printf(mem, t->rule->judged != NO_ITEM ? "%.*s：缺数据，或还没有评判" : "%.*s：缺数据", TEXT_ARG(name));
    if (t->rule->compare == COMPARE_NONE || is_blank(t->now.value))
        return text_printf(mem, t->fails ? "%.*s：评判为不达标" : "%.*s：已达标", TEXT_ARG(name));
    return text_printf(mem, t->fails ? "%.*s：%.*s，应%.*s" : "%.*s：%.*s，要求%.*s，已达标", TEXT_ARG(name),
                       TEXT_ARG(words_rule_value(mem, t->rule, t->now.value, t->state)), TEXT_ARG(words_rule_limit(mem, t->rule)));
}

void ledger_measure_words(const struct snapshot *snapshot, const struct ledger_thing *thing, struct arena *mem, struct text *problem_out,
                          struct text *basis_out)
{
    *problem_out = thing->kind == LEDGER_LEVEL ? level_words(thing, mem) : thing->kind == LEDGER_CV ? cv_words(thing, mem) : rule_words(snapshot, thing, mem);
    *basis_out = thing->level ? thing->level->clause : thing->rule->clause;
}

/* What government, teaching, recognition, preconditions and vetoes ask; and the county's verdict. */
#include "app/lineage_walk.h"

#include "app/formula_words.h"
#include "report/compose_county.h"
#include "report/say.h"
#include "report/say_assessed.h"
#include "report/words.h"

enum { MOST_SUMS_SHOWN = 8 };

static const struct rule_result *find_rule(const struct walk *w, struct text id)
{
    for (size_t k = 0; k < w->county->n_rules; k++)
        if (text_equal(w->county->rules[k].rule->id, id))
            return &w->county->rules[k];
    return NULL;
}

/* The formula in force: a relaxation may have taken the place of the edition's. */
static const struct expression *value_of(const struct walk *w, const struct rule *rule)
{
    const struct method *const m = w->told->method;
    for (size_t k = 0; k < m->n_rules; k++)
        if (m->rules[k].rule == rule)
            return m->rules[k].value;
    return rule->value;
}

void walk_rule_brief(struct walk *w, unsigned depth, const struct rule_result *r)
{
    const struct rule *const rule = r->rule;
    struct rule_result unnamed = *r;
    unnamed.failing_rows = NULL; /* the words name the first few; not to those who may not see all schools */
    struct lineage_step *const step = walk_step(w, depth, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, "%.*s %.*s", TEXT_ARG(rule->id), TEXT_ARG(w->english && rule->en.size ? rule->en : rule->zh));
    step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_RULE, .id = rule->id });
    step->value = rule->value ? r->value : BLANK;
    step->unit = rule->unit;
    step->state = verdict_code(r->state);
    step->words = r->state == STATE_NOT_APPLICABLE ? say_state(r->state, w->english)
                  : say_rule_words(&w->composing, actor_covers_county(w->request->actor) ? r : &unnamed);
    if (!step->words.size)
        step->words = say_state(r->state, w->english);
}

static void add_basis(struct walk *w, const struct rule *rule)
{
    const struct text limit = say_rule_limit(&w->composing, rule);
    struct lineage_step *const step = walk_step(w, 1, LINEAGE_BASIS);
    step->label = walk_either(w, "依据", "Basis");
    step->value = rule->compare == COMPARE_NONE ? BLANK : rule->threshold;
    step->unit = rule->unit;
    step->words = text_printf(w->mem, w->english ? "%.*s, %.*s%s%.*s" : "%.*s %.*s%s%.*s",
                              TEXT_ARG(w->english ? w->edition->en : w->edition->zh), TEXT_ARG(rule->clause),
                              !limit.size ? "" : w->english ? "; " : "；", TEXT_ARG(limit));
}

/* ---- a formula of the county: its sums are worked out over the schools that count --------------------- */

struct summing { struct walk *w; const struct rule *rule; };

static double sum_of(void *context, struct text source)
{
    const struct summing *const s = context;
    const struct expression *e;
    struct err ignored = { 0 };
    if (!expression_compile(s->w->mem, source, &s->w->edition->items, EXPRESSION_COUNTY, (struct text){ 0 }, &e, &ignored))
        return BLANK; /* a part of a formula that compiled */
    return told_eval_county(s->w->told, e, s->rule);
}

static double at_row(struct walk *w, struct text source, size_t row)
{
    const struct expression *e;
    struct err ignored = { 0 };
    if (!expression_compile(w->mem, source, &w->edition->items, EXPRESSION_SCHOOL, (struct text){ 0 }, &e, &ignored))
        return BLANK;
    return told_eval(w->told, e, row, false);
}

static void add_formula(struct walk *w, const struct rule *rule, const struct expression *e, const char *zh, const char *en, double result)
{
    struct summing summing = { w, rule };
    const struct formula_figures figures = { .county = w->told->figures, .sum = sum_of, .context = &summing };
    const struct item_list *const items = &w->edition->items;
    const struct text source = expression_source(e);
    struct lineage_step *const step = walk_step(w, 1, LINEAGE_FORMULA);
    step->label = walk_either(w, zh, en);
    step->words = formula_words(w->mem, items, source, NULL, NULL, w->lang);
    step->figures = formula_words(w->mem, items, source, NULL, &figures, w->lang);
    if (!is_blank(result))
        step->figures = text_printf(w->mem, "%.*s = %.*s", TEXT_ARG(step->figures), TEXT_ARG(formula_figure(w->mem, result, w->lang)));
}

static void add_sums(struct walk *w, const struct rule *rule, const struct text *sums, size_t n_sums)
{
    struct summing summing = { w, rule };
    for (size_t i = 0; i < n_sums; i++) {
        const struct text inside = formula_words(w->mem, &w->edition->items, formula_inside(sums[i]), NULL, NULL, w->lang);
        struct lineage_step *const step = walk_step(w, 1, LINEAGE_FORMULA);
        step->value = sum_of(&summing, sums[i]);
        step->label = text_printf(w->mem, w->english ? "Sum over the schools that count: %.*s" : "计入的学校合计：%.*s", TEXT_ARG(inside));
        step->figures = formula_figure(w->mem, step->value, w->lang);
    }
    if (rule->where) {
        struct lineage_step *const step = walk_step(w, 1, LINEAGE_NOTE);
        step->words = text_printf(w->mem, w->english ? "Counted: schools with %.*s" : "计入的学校：%.*s",
                                  TEXT_ARG(formula_words(w->mem, &w->edition->items, expression_source(rule->where), NULL, NULL, w->lang)));
    }
}

static struct lineage_key school_key(struct walk *w, enum lineage_of of, const struct rule *rule, size_t row)
{
    return (struct lineage_key){ .of = of, .id = rule->id, .school = composing_code(&w->composing, row) };
}

/* What each school brings: 「36 / 40」, in the order of the sums. */
static void add_school_sums(struct walk *w, enum lineage_of of, const struct rule *rule, const struct text *sums, size_t n_sums)
{
    const struct county_year *const c = w->county->county;
    size_t hidden = 0;
    walk_heading(w, 1, walk_either(w, "各校", "Schools"));
    for (size_t row = c->first; row < c->first + c->n; row++) {
        const double counts = told_counts(w->told, rule, row);
        if (counts == 0)
            continue;
        if (!walk_visible(w, row)) {
            hidden++;
            continue;
        }
        struct buf words = { .mem = w->mem };
        double first = BLANK;
        for (size_t i = 0; i < n_sums; i++) {
            const double value = at_row(w, formula_inside(sums[i]), row);
            first = i ? first : value;
            buf_printf(&words, "%s%.*s", i ? " / " : "", TEXT_ARG(formula_figure(w->mem, value, w->lang)));
        }
        if (is_blank(counts))
            buf_add(&words, walk_either(w, "（不知道是否计入）", " (not known whether it counts)"));
        struct lineage_step *const step = walk_step(w, 2, LINEAGE_NUMBER);
        step->label = composing_name(&w->composing, row);
        step->key = walk_key(w, school_key(w, of, rule, row));
        step->value = first;
        step->words = buf_text(&words);
    }
    if (hidden)
        walk_step(w, 2, LINEAGE_REST)->label = text_printf(w->mem, w->english ? "%zu other schools" : "其他 %zu 所学校", hidden);
}

bool walk_county_formula(struct walk *w, enum lineage_of of, const struct rule *rule, const struct expression *value, double result,
                         struct err *err)
{
    struct text sums[MOST_SUMS_SHOWN];
    const size_t n_sums = value ? formula_sums(expression_source(value), sums, MOST_SUMS_SHOWN) : 0;
    if (value) {
        add_formula(w, rule, value, "公式", "Formula", result);
        add_sums(w, rule, sums, n_sums);
    }
    if (rule->also)
        add_formula(w, rule, rule->also, "还须成立", "Must hold as well", BLANK);
    if (rule->not_applicable)
        add_formula(w, rule, rule->not_applicable, "成立则不适用", "Not applicable where", BLANK);
    if ((value && !walk_items(w, 1, value, SIZE_MAX, err)) || (rule->also && !walk_items(w, 1, rule->also, SIZE_MAX, err)) ||
        (rule->judged != NO_ITEM && !walk_county_figure(w, 1, rule->judged, err)))
        return false;
    if (n_sums)
        add_school_sums(w, of, rule, sums, n_sums);
    return true;
}

/* ---- a rule of the schools ------------------------------------------------------------------------------ */

static void add_schools(struct walk *w, const struct rule_result *r, const uint32_t *rows, size_t n, const char *zh, const char *en,
                        enum state state)
{
    size_t hidden = 0;
    if (!n || !rows)
        return;
    walk_heading(w, 1, text_printf(w->mem, w->english ? "%s: %zu" : "%s：%zu 所", w->english ? en : zh, n));
    for (size_t i = 0; i < n; i++) {
        if (!walk_visible(w, rows[i])) {
            hidden++;
            continue;
        }
        struct lineage_step *const step = walk_step(w, 2, LINEAGE_NUMBER);
        step->label = composing_name(&w->composing, rows[i]);
        step->key = walk_key(w, school_key(w, LINEAGE_OF_RULE, r->rule, rows[i]));
        step->state = verdict_code(state);
        step->words = walk_either(w, zh, en);
    }
    if (hidden)
        walk_step(w, 2, LINEAGE_REST)->label = text_printf(w->mem, w->english ? "%zu other schools" : "其他 %zu 所学校", hidden);
}

static bool walk_schools_rule(struct walk *w, const struct rule_result *r, struct err *err)
{
    const struct rule *const rule = r->rule;
    const struct expression *const value = value_of(w, rule);
    if (value) {
        struct lineage_step *const step = walk_step(w, 1, LINEAGE_FORMULA);
        step->label = walk_either(w, "每所学校都要符合", "Every school must satisfy");
        step->words = formula_words(w->mem, &w->edition->items, expression_source(value), NULL, NULL, w->lang);
    }
    if (rule->judged != NO_ITEM && !walk_county_figure(w, 1, rule->judged, err))
        return false;
    add_schools(w, r, r->failing_rows, r->failing, "不符合", "fails", STATE_BELOW);
    add_schools(w, r, r->unknown_rows, r->unknown, "缺数据", "no data", STATE_NO_DATA);
    add_schools(w, r, r->passing_rows, r->schools - r->failing - r->unknown, "符合", "passes", STATE_MET);
    return true;
}

/* ---- one school ------------------------------------------------------------------------------------------ */

static bool holds(const uint32_t *rows, size_t n, size_t row)
{
    for (size_t i = 0; rows && i < n; i++)
        if (rows[i] == row)
            return true;
    return false;
}

static enum state outcome_of(const struct rule_result *r, size_t row)
{
    return holds(r->failing_rows, r->failing, row) ? STATE_BELOW
           : holds(r->unknown_rows, r->unknown, row) ? STATE_NO_DATA
           : holds(r->passing_rows, r->schools - r->failing - r->unknown, row) ? STATE_MET : STATE_NOT_APPLICABLE;
}

void walk_school_formula(struct walk *w, struct text source, size_t row, bool merged)
{
    struct formula_figures figures = { .county = w->told->figures };
    figures.frame = merged ? told_merged(w->told, row, &figures.row) : told_own(w->told, row, &figures.row);
    struct lineage_step *const step = walk_step(w, 1, LINEAGE_FORMULA);
    step->label = walk_either(w, "公式", "Formula");
    step->words = formula_words(w->mem, &w->edition->items, source, NULL, NULL, w->lang);
    step->figures = formula_words(w->mem, &w->edition->items, source, NULL, &figures, w->lang);
}

/* The items of the school, and of the campuses that are merged into it. */
bool walk_school_items(struct walk *w, const struct expression *e, size_t row, bool merged, struct err *err)
{
    const struct county_year *const c = w->county->county;
    if (!walk_items(w, 1, e, row, err))
        return false;
    for (size_t i = c->first; i < c->first + c->n && merged; i++)
        if (i != row && told_host(w->told, i) == row && walk_visible(w, i) && !walk_items(w, 1, e, i, err))
            return false;
    return true;
}

static bool walk_rule_of_school(struct walk *w, const struct rule_result *r, size_t row, struct err *err)
{
    const struct rule *const rule = r->rule;
    const struct expression *const value = value_of(w, rule);
    const bool of_schools = rule->scope == SCOPE_SCHOOL;
    struct text sums[MOST_SUMS_SHOWN];
    const size_t n_sums = value && !of_schools ? formula_sums(expression_source(value), sums, MOST_SUMS_SHOWN) : 0;
    struct lineage_step *const step = walk_step(w, 0, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, "%.*s · %.*s %.*s", TEXT_ARG(composing_name(&w->composing, row)), TEXT_ARG(rule->id),
                              TEXT_ARG(w->english && rule->en.size ? rule->en : rule->zh));
    step->key = walk_key(w, school_key(w, LINEAGE_OF_RULE, rule, row));
    if (of_schools) {
        const enum state state = outcome_of(r, row);
        step->state = verdict_code(state);
        step->words = state == STATE_MET ? walk_either(w, "符合", "passes") : state == STATE_BELOW ? walk_either(w, "不符合", "fails")
                      : state == STATE_NO_DATA ? walk_either(w, "缺数据", "no data") : walk_either(w, "不计入", "not asked");
    } else {
        const double counts = told_counts(w->told, rule, row);
        step->value = n_sums ? at_row(w, formula_inside(sums[0]), row) : BLANK;
        step->words = counts == 0 ? walk_either(w, "不计入", "not counted") : is_blank(counts) ? walk_either(w, "不知道是否计入", "not known whether it counts")
                      : formula_figure(w->mem, step->value, w->lang);
    }
    add_basis(w, rule);
    if (value && of_schools)
        walk_school_formula(w, expression_source(value), row, true);
    for (size_t i = 0; i < n_sums; i++)
        walk_school_formula(w, formula_inside(sums[i]), row, false);
    if (rule->where && !walk_school_items(w, rule->where, row, of_schools, err))
        return false;
    return !value || walk_school_items(w, value, row, of_schools, err);
}

/* ---- one of the 32, made of several rules (G11: G11a, G11b) -------------------------------------------- */

static bool is_part(const struct rule_result *r, struct text plain)
{
    return text_equal(r->rule->plain, plain) && r->rule->kind != RULE_SHOWN;
}

/* What is unmet decides, then what is unknown. */
static enum state state_of_parts(const struct walk *w, struct text plain, size_t *n_out)
{
    bool below = false, unknown = false, met = false;
    *n_out = 0;
    for (size_t k = 0; k < w->county->n_rules; k++) {
        const struct rule_result *const r = &w->county->rules[k];
        if (!is_part(r, plain))
            continue;
        below |= r->state == STATE_BELOW;
        unknown |= r->state == STATE_NO_DATA;
        met |= r->state == STATE_MET;
        ++*n_out;
    }
    return below ? STATE_BELOW : unknown ? STATE_NO_DATA : met ? STATE_MET : STATE_NOT_APPLICABLE;
}

static struct text name_of_plain(const struct walk *w, struct text plain)
{
    for (size_t i = 0; i < w->edition->n_indicators; i++)
        if (text_equal(w->edition->indicators[i].id, plain))
            return w->english && w->edition->indicators[i].en.size ? w->edition->indicators[i].en : w->edition->indicators[i].zh;
    return TEXT("");
}

/* False when it has no parts. */
static bool walk_parts(struct walk *w, const struct lineage_key *key)
{
    size_t n;
    const enum state state = state_of_parts(w, key->id, &n);
    if (!n)
        return false;
    struct lineage_step *const step = walk_step(w, 0, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, "%.*s %.*s", TEXT_ARG(key->id), TEXT_ARG(name_of_plain(w, key->id)));
    step->key = walk_key(w, *key);
    step->state = verdict_code(state);
    step->words = say_state(state, w->english);
    for (size_t k = 0; k < w->county->n_rules; k++)
        if (is_part(&w->county->rules[k], key->id))
            walk_rule_brief(w, 1, &w->county->rules[k]);
    return true;
}

bool walk_rule(struct walk *w, const struct lineage_key *key, struct err *err)
{
    const struct rule_result *const r = find_rule(w, key->id);
    size_t row;
    if (!r && !key->school.size && walk_parts(w, key))
        return true;
    if (!r)
        return err_set(err, ERR_ABSENT, "这套标准里没有（或没有启用）%.*s。", TEXT_ARG(key->id));
    if (key->school.size)
        return walk_school(w, key->school, &row, err) && walk_rule_of_school(w, r, row, err);
    walk_rule_brief(w, 0, r);
    add_basis(w, r->rule);
    return r->rule->scope == SCOPE_SCHOOL ? walk_schools_rule(w, r, err) : walk_county_formula(w, LINEAGE_OF_RULE, r->rule, value_of(w, r->rule), r->value, err);
}

/* ---- the verdict --------------------------------------------------------------------------------------------- */

bool walk_verdict(struct walk *w, const struct lineage_key *key, struct err *err)
{
    (void)key;
    (void)err;
    const struct blocks blocks = compose_blocks(w->mem, w->snapshot->assessment, w->composing.year);
    struct lineage_step *step = walk_step(w, 0, LINEAGE_NUMBER);
    step->label = text_printf(w->mem, w->english ? "%.*s, %.*s · verdict" : "%.*s %.*s · 结论", TEXT_ARG(say_county(w->mem, w->county->county, w->english)),
                              TEXT_ARG(say_year(w->mem, w->county->county->year, w->english)));
    step->key = walk_key(w, (struct lineage_key){ .of = LINEAGE_OF_VERDICT });
    step->state = verdict_code(w->county->verdict);
    step->words = say_county_sentence(&w->composing, &blocks);
    step = walk_step(w, 1, LINEAGE_BASIS);
    step->label = walk_either(w, "依据", "Basis");
    step->words = text_printf(w->mem, "%.*s（%.*s）", TEXT_ARG(w->english ? w->edition->en : w->edition->zh), TEXT_ARG(w->edition->documents));
    for (size_t s = 0; s < w->county->n_stages; s++) {
        const struct stage_assessment *const stage = &w->county->stages[s];
        walk_stage_brief(w, 1, stage);
        for (size_t l = 0; l < stage->n_levels; l++)
            walk_cv_brief(w, 2, stage, l);
    }
    walk_heading(w, 1, walk_either(w, "政府保障程度、教育质量、社会认可度、申报条件、一票否决", "Government, quality, recognition, preconditions, vetoes"));
    for (size_t k = 0; k < w->county->n_rules; k++)
        if (w->county->rules[k].rule->kind != RULE_SHOWN)
            walk_rule_brief(w, 2, &w->county->rules[k]);
    return true;
}

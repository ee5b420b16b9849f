#include "indicator/rules.h"

#include "indicator/lanes.h"
#include "indicator/verdict.h"

#include <string.h>

struct rulings {
    const struct method *method;
    const struct workings *w;
    struct frame merged;             /* schools with their campuses' figures added */
    const double **item;             /* behind merged.item */
    double **made;                   /* [item] merged columns */
    double *builtin[N_BUILTINS];
    uint8_t **outcome;               /* [rule] column of enum outcome; NULL: the rule is the county's */
    double **asked;                  /* [rule of the county] which rows count; NULL: all, or worked out for each county */
    double *mask, *value, *also;     /* scratch columns */
    struct frame rows;               /* the rows of the county being judged, campuses apart */
    const double **column;           /* behind rows.item */
    size_t framed_from;
};

/* No value can come of it; only whether the county is excused is left to ask. */
static bool vain(const struct method_rule *mr)
{
    return mr->hopeless && mr->excused_by_sums && !mr->rule->also;
}

struct rulings *rulings_new(const struct method *method, size_t capacity, struct arena *mem)
{
    const size_t items = method->edition->items.n;
    struct rulings *r = arena_make(mem, struct rulings);
    r->method = method;
    r->item = arena_array(mem, items, const double *);
    r->made = arena_array(mem, items, double *);
    r->column = arena_array(mem, items, const double *);
    r->outcome = arena_array(mem, method->n_rules, uint8_t *);
    r->asked = arena_array(mem, method->n_rules, double *);
    r->mask = arena_array(mem, capacity, double);
    r->value = arena_array(mem, capacity, double);
    r->also = arena_array(mem, capacity, double);
    r->merged.item = r->item;
    for (size_t i = 0; i < items; i++)
        if (method->merged[i] && method->campuses)
            r->made[i] = arena_array(mem, capacity, double);
    for (size_t b = 0; b < N_BUILTINS && method->campuses; b++)
        r->builtin[b] = arena_array(mem, capacity, double);
    for (size_t k = 0; k < method->n_rules; k++) {
        const struct method_rule *const mr = &method->rules[k];
        if (mr->rule->scope == SCOPE_SCHOOL)
            r->outcome[k] = arena_array(mem, capacity, uint8_t);
        else if (mr->rule->where && !mr->mask_needs_county && !mr->silent && !vain(mr))
            r->asked[k] = arena_array(mem, capacity, double);
    }
    return r;
}

/* ---- campuses into their hosts ------------------------------------------------------------ */

/* Strict: a blank on either side leaves a blank. */
static double merge(enum item_merge how, double host, double campus)
{
    if (how == MERGE_HOST)
        return host;
    if (is_blank(host) || is_blank(campus))
        return BLANK;
    return how == MERGE_SUM ? host + campus : host > campus ? host : campus;
}

static void merge_row(struct rulings *r, size_t host, size_t campus)
{
    const struct item_list *const items = &r->method->edition->items;
    for (size_t i = 0; i < items->n; i++)
        if (r->made[i] && r->w->item[i])
            r->made[i][host] = merge(items->at[i].merge, r->made[i][host], r->w->item[i][campus]);
    for (size_t k = 0; k < N_STAGES; k++) {
        double *const has = r->builtin[BUILTIN_HAS_PRIMARY + k];
        has[host] = merge(MERGE_MAX, has[host], r->w->builtin[BUILTIN_HAS_PRIMARY + k][campus]);
    }
}

/* A school that has campuses has the stages of all its parts, and is split by all its pupils. */
static void settle_host(struct rulings *r, size_t host)
{
    const struct edition *const e = r->method->edition;
    double weighted[N_STAGES], total = 0, stages = 0;
    for (size_t k = 0; k < N_STAGES; k++) {
        const double pupils = e->pupils[k] != NO_ITEM && r->made[e->pupils[k]] ? r->made[e->pupils[k]][host] : BLANK;
        weighted[k] = e->weight[k] * pupils;
        total += weighted[k];
        stages += r->builtin[BUILTIN_HAS_PRIMARY + k][host];
    }
    r->builtin[BUILTIN_N_STAGES][host] = stages;
    r->builtin[BUILTIN_SHARE_PRIMARY][host] = workings_share(1, weighted[STAGE_PRIMARY], total);
    r->builtin[BUILTIN_SHARE_JUNIOR][host] = workings_share(1, weighted[STAGE_JUNIOR], total);
}

static void copy_own(struct rulings *r, size_t from, size_t n)
{
    const struct workings *const w = r->w;
    for (size_t i = 0; i < r->method->edition->items.n; i++)
        if (r->made[i] && w->item[i])
            memcpy(r->made[i] + from, w->item[i] + from, n * sizeof(double));
    for (size_t b = 0; b < N_BUILTINS; b++)
        memcpy(r->builtin[b] + from, w->builtin[b] + from, n * sizeof(double));
}

void rulings_refresh_row(struct rulings *r, size_t row)
{
    const size_t host = r->w->root[row];
    if (!r->w->any_campus)
        return;
    copy_own(r, host, 1);
    bool any = false;
    for (size_t i = 0; i < r->w->n; i++)
        if (r->w->root[i] == host && i != host) {
            merge_row(r, host, i);
            any = true;
        }
    if (any)
        settle_host(r, host);
}

static void merge_all(struct rulings *r)
{
    const struct workings *const w = r->w;
    copy_own(r, 0, w->n);
    for (size_t i = 0; i < w->n; i++)
        if (w->root[i] != i)
            merge_row(r, w->root[i], i);
    for (size_t i = 0; i < w->n; i++)
        if (w->root[i] != i)
            settle_host(r, w->root[i]);
}

/* ---- a rule of the schools ------------------------------------------------------------------ */

/* A school that may or may not be asked does no harm when it passes.  Without branches: whether a school
 * passes cannot be foreseen by the processor either. */
static uint8_t outcome_of(double asked, double passes)
{
    const int unknown = passes != passes, known_pass = (passes != 0) & !unknown;
    const int when_asked = unknown ? OUTCOME_UNKNOWN : OUTCOME_FAILS - known_pass;
    const int when_perhaps = known_pass ? OUTCOME_NOT_ASKED : OUTCOME_UNKNOWN;
    return (uint8_t)(asked == 0 ? OUTCOME_NOT_ASKED : asked != asked ? when_perhaps : when_asked);
}
_Static_assert(OUTCOME_FAILS - 1 == OUTCOME_PASSES, "see outcome_of");

static void fill(double *column, size_t n, double with)
{
    for (size_t i = 0; i < n; i++)
        column[i] = with;
}

/* Both must hold; one that is known to fail decides. */
static void and_also(double *passes, const double *also, size_t n)
{
    for (size_t i = 0; i < n; i++)
        passes[i] = passes[i] == 0 || also[i] == 0 ? 0 : is_blank(also[i]) ? BLANK : passes[i];
}

static void judge_schools(struct rulings *r, size_t k, size_t from, size_t n, const double *figures, bool hopeless)
{
    const struct method_rule *const mr = &r->method->rules[k];
    const struct workings *const w = r->w;
    uint8_t *const outcome = r->outcome[k] + from;
    r->merged.county = figures;
    if (mr->rule->where)
        expression_eval(mr->rule->where, &r->merged, from, n, r->mask);
    else
        fill(r->mask, n, 1);
    if (hopeless || !mr->value)
        fill(r->value, n, mr->value ? BLANK : 1);
    else
        expression_eval(mr->value, &r->merged, from, n, r->value);
    if (mr->rule->also) {
        expression_eval(mr->rule->also, &r->merged, from, n, r->also);
        and_also(r->value, r->also, n);
    }
    for (size_t i = 0; i < n; i++)
        outcome[i] = outcome_of(r->mask[i], r->value[i]);
    if (mr->rule->not_applicable) {
        expression_eval(mr->rule->not_applicable, &r->merged, from, n, r->also);
        for (size_t i = 0; i < n; i++)
            outcome[i] = r->also[i] > 0 ? OUTCOME_NOT_ASKED : outcome[i];
    }
    for (size_t i = 0; w->any_campus && i < n; i++)
        if (w->root[from + i] != from + i)
            outcome[i] = OUTCOME_NOT_ASKED;
}

void rulings_load(struct rulings *r, const struct workings *w)
{
    const struct item_list *const items = &r->method->edition->items;
    r->w = w;
    r->rows.n = SIZE_MAX; /* whose rows, is not known yet */
    r->merged.n = w->n;
    for (size_t i = 0; i < items->n; i++)
        r->item[i] = w->any_campus && r->made[i] && w->item[i] ? r->made[i] : w->item[i];
    for (size_t b = 0; b < N_BUILTINS; b++)
        r->merged.builtin[b] = w->any_campus ? r->builtin[b] : w->builtin[b];
    if (w->any_campus)
        merge_all(r);
    for (size_t k = 0; k < r->method->n_rules; k++) {
        const struct method_rule *const mr = &r->method->rules[k];
        if (r->outcome[k] && !mr->mask_needs_county)
            judge_schools(r, k, 0, w->n, NULL, mr->hopeless || mr->needs_county);
        if (r->asked[k])
            expression_eval(mr->rule->where, &w->frame, 0, w->n, r->asked[k]);
    }
}

const struct frame *rulings_merged(const struct rulings *r)
{
    return &r->merged;
}

void rulings_refresh_outcome(struct rulings *r, size_t rule, size_t row, const double *figures)
{
    const struct expression *const where = r->method->rules[rule].rule->where;
    if (r->asked[rule])
        expression_eval(where, &r->w->frame, row, 1, r->asked[rule] + row);
    if (r->outcome[rule])
        judge_schools(r, rule, r->w->root[row], 1, figures, r->method->rules[rule].hopeless);
}

/* The rows of those `many` schools of which the rule says `what`. */
static uint32_t *list_rows(const struct rulings *r, const uint8_t *outcome, size_t from, size_t n, enum outcome what,
                           size_t many, struct arena *mem)
{
    size_t listed = 0;
    uint32_t *const rows = many ? arena_array(mem, many, uint32_t) : NULL;
    for (size_t i = 0; i < n && listed < many; i++)
        if (outcome[from + i] == what)
            rows[listed++] = (uint32_t)(r->w->first + from + i);
    return rows;
}

static enum state count_schools(struct rulings *r, size_t k, size_t from, size_t n, struct rule_result *out,
                                struct arena *mem)
{
    const struct rule *const rule = r->method->rules[k].rule;
    const uint8_t *const outcome = r->outcome[k];
    const size_t passing = lanes_count(outcome + from, n, OUTCOME_PASSES);
    const size_t failing = lanes_count(outcome + from, n, OUTCOME_FAILS);
    const size_t unknown = lanes_count(outcome + from, n, OUTCOME_UNKNOWN);
    out->schools = passing + failing + unknown;
    out->failing = failing;
    out->unknown = unknown;
    if (r->method->request->failing_rows) {
        out->failing_rows = list_rows(r, outcome, from, n, OUTCOME_FAILS, failing, mem);
        out->unknown_rows = list_rows(r, outcome, from, n, OUTCOME_UNKNOWN, unknown, mem);
        out->passing_rows = list_rows(r, outcome, from, n, OUTCOME_PASSES, passing, mem);
    }
    out->value = (double)failing;
    if (!out->schools)
        return STATE_NOT_APPLICABLE;
    const enum state known = verdict_of_number(rule->compare, rule->threshold, (double)failing);
    if (known == STATE_BELOW || !unknown)
        return known;
    if (verdict_of_number(rule->compare, rule->threshold, (double)(failing + unknown)) == STATE_MET)
        return STATE_MET;
    out->value = failing ? out->value : BLANK;
    return STATE_NO_DATA;
}

/* ---- a rule of the county ------------------------------------------------------------------- */

/* The county's rows alone; campuses count one by one here: added up, they are the county's. */
static void set_county(struct rulings *r, const double *figures, size_t from, size_t n)
{
    for (size_t i = 0; i < r->method->edition->items.n; i++)
        r->column[i] = r->w->item[i] ? r->w->item[i] + from : NULL;
    r->rows = (struct frame){ .n = n, .item = r->column, .county = figures };
    for (size_t b = 0; b < N_BUILTINS; b++)
        r->rows.builtin[b] = r->w->builtin[b] + from;
}

static double county_value(const struct rulings *r, const struct expression *e, const double *mask)
{
    return expression_eval_county(e, &r->rows, mask, r->rows.county);
}

static enum state judged_by_a_person(const struct rulings *r, uint16_t item, const double *figures)
{
    if (item == NO_ITEM)
        return STATE_NOT_APPLICABLE;
    if (is_blank(figures[item]))
        return STATE_NO_DATA;
    return figures[item] == item_value(&r->method->edition->items.at[item], TEXT("met")) ? STATE_MET : STATE_BELOW;
}

/* One school of which nobody knows whether it counts leaves all sums unknown: found among the first few. */
static bool surely_unknown(struct rulings *r, const struct method_rule *mr)
{
    enum { FEW = 16 };
    const size_t n = r->rows.n < FEW ? r->rows.n : FEW;
    bool unknown = false;
    if (!vain(mr) || !mr->rule->where)
        return false;
    expression_eval(mr->rule->where, &r->rows, 0, n, r->mask);
    for (size_t i = 0; i < n; i++)
        unknown |= is_blank(r->mask[i]);
    return unknown;
}

/* The value, what must be true as well, and what a person judged: all that is asked must hold. */
static enum state judge_value(struct rulings *r, size_t k, size_t from, struct rule_result *out)
{
    const struct method_rule *const mr = &r->method->rules[k];
    const struct rule *const rule = mr->rule;
    const bool decides = mr->value && (rule->compare != COMPARE_NONE || (rule->judged == NO_ITEM && !rule->also));
    const double *mask = NULL;
    enum state state = STATE_NOT_APPLICABLE;
    const bool unknown = surely_unknown(r, mr);
    if (unknown) {
        mask = r->mask; /* not looked at again */
    } else if (r->asked[k]) {
        mask = r->asked[k] + from;
    } else if (rule->where && !mr->silent) {
        expression_eval(rule->where, &r->rows, 0, r->rows.n, r->mask);
        mask = r->mask;
    }
    if (!mr->hopeless)
        out->value = county_value(r, mr->value, mask);
    if (rule->not_applicable && !unknown && county_value(r, rule->not_applicable, mask) > 0)
        return STATE_NOT_APPLICABLE;
    if (decides)
        state = verdict_of_number(rule->compare, rule->threshold, out->value);
    if (rule->also) {
        const double also = county_value(r, rule->also, mask);
        state = verdict_and(state, is_blank(also) ? STATE_NO_DATA : also != 0 ? STATE_MET : STATE_BELOW);
    }
    if (decides)
        out->close = state != STATE_NO_DATA && verdict_close_to_threshold(rule->compare, rule->threshold,
                                                                          r->method->edition->close, out->value);
    return verdict_and(state, judged_by_a_person(r, rule->judged, r->rows.county));
}

void rulings_judge_one(struct rulings *r, size_t k, const struct county_year *county, const double *figures,
                       size_t from, size_t n, struct rule_result *out, struct arena *mem)
{
    const struct method_rule *const mr = &r->method->rules[k];
    *out = (struct rule_result){ .rule = mr->rule, .value = BLANK, .state = STATE_NO_DATA };
    if (r->outcome[k]) {
        out->state = count_schools(r, k, from, n, out, mem);
        if (out->state != STATE_NOT_APPLICABLE)
            out->state = verdict_and(out->state, judged_by_a_person(r, mr->rule->judged, figures));
    } else if (county->figure || !mr->silent_alone) {
        if (r->rows.county != figures || r->rows.n != n || r->framed_from != r->w->first + from)
            set_county(r, figures, from, n);
        r->framed_from = r->w->first + from;
        out->state = judge_value(r, k, from, out);
    }
}

void rulings_judge(struct rulings *r, const struct county_year *county, const double *figures, size_t from, size_t n,
                   struct rule_result *out, struct arena *mem)
{
    for (size_t k = 0; k < r->method->n_rules; k++) {
        const struct method_rule *const mr = &r->method->rules[k];
        const bool vain = county->figure ? mr->hopeless : mr->hopeless_alone;
        if (r->outcome[k] && (mr->mask_needs_county || (mr->needs_county && !vain)))
            judge_schools(r, k, from, n, figures, vain);
        rulings_judge_one(r, k, county, figures, from, n, &out[k], mem);
    }
}

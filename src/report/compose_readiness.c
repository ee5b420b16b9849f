#include "report/compose_readiness.h"

#include "report/compose_overview.h"
#include "report/say.h"
#include "report/words.h"

struct gate {
    const struct composing *c;
    const struct readiness_facts *facts;
    struct blockers blockers;
    struct readiness *out;
};

static const char *const GROUPS[N_READINESS_GROUPS][2] = {
    { "申报前提", "Preconditions" }, { "一票否决", "Vetoes" }, { "学校达标", "Schools" }, { "差异系数", "Coefficients" },
    { "政府保障程度", "Government" }, { "教育质量", "Quality" }, { "社会认可度", "Recognition" }, { "自评工作", "The work itself" },
};

struct text readiness_group_name(enum readiness_group group, bool english)
{
    return text_of(GROUPS[group][english]);
}

static bool blocks(enum state state)
{
    return state != STATE_MET && state != STATE_NOT_APPLICABLE;
}

static void add(const struct gate *g, struct readiness_row row)
{
    struct readiness *const r = g->out;
    r->of[row.group]++;
    r->met[row.group] += !blocks(row.state);
    r->failing += row.state == STATE_BELOW || row.state == STATE_NEAR;
    r->unknown += row.state == STATE_NO_DATA;
    if (!blocks(row.state))
        row.who = row.when = TEXT("");
    r->rows[r->n++] = row;
}

/* Who sees to it, by when: as the list of blockers has it. */
static void take_duty(const struct gate *g, enum block_kind kind, struct text id, struct readiness_row *row)
{
    for (size_t i = 0; i < g->blockers.n; i++) {
        const struct blocker *const b = &g->blockers.at[i];
        if (b->kind == kind && b->stage == row->stage && text_equal(b->id, id)) {
            row->who = b->who;
            row->when = b->when;
            return;
        }
    }
}

/* ── figures ── */

static void add_rules(const struct gate *g, enum rule_kind kind, enum readiness_group group)
{
    const struct county_assessment *const county = composing_county(g->c);
    for (size_t i = 0; i < county->n_rules; i++) {
        const struct rule *const rule = county->rules[i].rule;
        bool seen = rule->kind != kind;
        for (size_t k = 0; k < g->out->n && !seen; k++)
            seen = g->out->rows[k].group == group && text_equal(g->out->rows[k].id, rule->plain);
        if (seen)
            continue;
        const struct mark mark = compose_rule_mark(g->c, rule->plain, kind);
        struct readiness_row row = { .group = group, .id = rule->plain, .stage = -1, .name = mark.name, .words = mark.words, .state = mark.state,
                                     .place = kind == RULE_VETO || kind == RULE_PRECONDITION ? READINESS_AT_REGISTER : READINESS_AT_INDICATOR };
        if (row.place == READINESS_AT_INDICATOR && rule->judged != NO_ITEM && mark.state == STATE_NO_DATA)
            row.place = READINESS_AT_PROOF;
        for (size_t k = 0; k < county->n_rules && !row.who.size; k++)
            if (county->rules[k].rule->kind == kind && text_equal(county->rules[k].rule->plain, rule->plain))
                take_duty(g, BLOCK_RULE, county->rules[k].rule->id, &row);
        add(g, row);
    }
}

static void add_schools(const struct gate *g, const struct overview_stage *stages, size_t n)
{
    const bool en = g->c->english;
    if (!n)
        add(g, (struct readiness_row){ .group = READINESS_SCHOOLS, .id = TEXT("units"), .stage = -1, .state = STATE_NO_DATA, .place = READINESS_AT_RETURNS,
                                       .name = en ? TEXT("Schools") : TEXT("学校"), .words = en ? TEXT("no school has returned pupils") : TEXT("还没有学校的在校生数") });
    for (size_t s = 0; s < n; s++) {
        const struct overview_stage *const st = &stages[s];
        struct readiness_row row = { .group = READINESS_SCHOOLS, .id = TEXT("units"), .stage = (int)st->stage, .place = READINESS_AT_SCHOOLS,
                                     .state = st->failing ? STATE_BELOW : st->unknown ? STATE_NO_DATA : STATE_MET };
        row.name = text_printf(g->c->mem, en ? "Every school passes (%.*s)" : "%.*s校校达标", TEXT_ARG(st->name));
        const struct text unknown = !st->unknown ? TEXT("")
                                    : en ? text_printf(g->c->mem, "; without data: %zu", st->unknown)
                                         : text_printf(g->c->mem, "，另有 %zu 所缺数据", st->unknown);
        row.words = en ? text_printf(g->c->mem, "%zu of %zu meet it%.*s", st->passing, st->units, TEXT_ARG(unknown))
                       : text_printf(g->c->mem, "%zu 所中 %zu 所达标%.*s", st->units, st->passing, TEXT_ARG(unknown));
        take_duty(g, BLOCK_SCHOOLS, TEXT("units"), &row);
        add(g, row);
    }
}

static void add_spread(const struct gate *g, const struct overview_stage *stages, size_t n)
{
    const bool en = g->c->english;
    for (size_t s = 0; s < n; s++)
        for (size_t l = 0; l < stages[s].n; l++) {
            const struct overview_row *const from = &stages[s].rows[l];
            if (is_blank(from->limit))
                continue; /* an edition that judges by the combined coefficient alone */
            struct readiness_row row = { .group = READINESS_SPREAD, .id = from->id, .stage = (int)stages[s].stage, .state = from->state,
                                         .words = from->words, .place = READINESS_AT_INDICATOR };
            row.name = text_printf(g->c->mem, en ? "%.*s (%.*s)" : "%.*s（%.*s）", TEXT_ARG(from->name), TEXT_ARG(stages[s].name));
            take_duty(g, BLOCK_CV, from->id, &row);
            add(g, row);
        }
}

/* ── the work ── */

static struct text names_of(const struct gate *g, const struct text *names, size_t n)
{
    enum { SHOWN = 5 };
    struct buf out = { .mem = g->c->mem };
    for (size_t i = 0; i < n && i < SHOWN; i++) {
        buf_add(&out, i ? (g->c->english ? TEXT(", ") : TEXT("、")) : TEXT(""));
        buf_add(&out, names[i]);
    }
    if (n > SHOWN)
        buf_add(&out, g->c->english ? TEXT(" …") : TEXT("等"));
    return buf_text(&out);
}

static void add_lacking(const struct gate *g)
{
    const struct readiness_facts *const f = g->facts;
    const bool en = g->c->english;
    struct readiness_row row = { .group = READINESS_WORK, .id = TEXT("lacking"), .stage = -1, .state = f->n_lacking ? STATE_NO_DATA : STATE_MET,
                                 .name = en ? TEXT("Every school's figures are approved") : TEXT("各校数据都已审定"), .place = READINESS_AT_RETURNS,
                                 .who = en ? TEXT("Education bureau") : TEXT("教育局") };
    const struct text names = names_of(g, f->lacking, f->n_lacking);
    row.words = !f->n_lacking ? (en ? TEXT("no school is lacking") : TEXT("没有缺的学校"))
                : en ? text_printf(g->c->mem, "not approved: %zu (%.*s)", f->n_lacking, TEXT_ARG(names))
                     : text_printf(g->c->mem, "%zu 所学校的数据没有审定：%.*s", f->n_lacking, TEXT_ARG(names));
    add(g, row);
}

static void add_locked(const struct gate *g)
{
    const struct readiness_facts *const f = g->facts;
    const bool en = g->c->english;
    struct readiness_row row = { .group = READINESS_WORK, .id = TEXT("locked"), .stage = -1, .place = READINESS_AT_RETURNS,
                                 .name = en ? TEXT("The year's figures are locked") : TEXT("学年数据已锁定"),
                                 .who = en ? TEXT("County office") : TEXT("县级办公室") };
    row.state = f->locked ? STATE_MET : f->collected ? STATE_BELOW : STATE_NOT_APPLICABLE;
    row.words = f->locked ? text_printf(g->c->mem, en ? "locked: %.*s" : "%.*s 锁定", TEXT_ARG(f->locked_words))
                : f->collected ? (en ? TEXT("the year is still open: it is locked once every school is approved")
                                     : TEXT("学年还开着；各校审定之后锁定"))
                               : (en ? TEXT("the year was imported, not collected here: freezing fixes its version")
                                     : TEXT("本学年的数据是导入的，没有在这里填报；归档时固定数据版本"));
    add(g, row);
}

static void add_judged(const struct gate *g)
{
    const struct readiness_facts *const f = g->facts;
    const bool en = g->c->english;
    struct text *const open = arena_array(g->c->mem, f->n_judged + 1, struct text);
    size_t n = 0, waiting = 0;
    for (size_t i = 0; i < f->n_judged; i++) {
        if (!f->judged[i].confirmed)
            open[n++] = f->judged[i].indicator;
        waiting += !f->judged[i].confirmed && f->judged[i].waiting;
    }
    struct readiness_row row = { .group = READINESS_WORK, .id = TEXT("judged"), .stage = -1, .state = n ? STATE_BELOW : STATE_MET,
                                 .name = en ? TEXT("Every judgement is confirmed by a second person") : TEXT("评判都经第二人复核"),
                                 .place = READINESS_AT_PROOFS, .who = en ? TEXT("Supervision office") : TEXT("督导室") };
    const struct text names = names_of(g, open, n);
    row.words = !n ? (en ? text_printf(g->c->mem, "confirmed: %zu of %zu", f->n_judged, f->n_judged)
                         : text_printf(g->c->mem, "%zu 项都已复核", f->n_judged))
                : en ? text_printf(g->c->mem, "open: %zu of %zu (%.*s); waiting for the second person: %zu", n, f->n_judged, TEXT_ARG(names), waiting)
                     : text_printf(g->c->mem, "%zu 项中 %zu 项没有复核过的评判（%.*s），其中 %zu 项在等第二人", f->n_judged, n, TEXT_ARG(names), waiting);
    add(g, row);
}

static void add_frozen(const struct gate *g)
{
    const struct readiness_facts *const f = g->facts;
    const bool en = g->c->english;
    struct readiness_row row = { .group = READINESS_WORK, .id = TEXT("frozen"), .stage = -1, .place = READINESS_AT_FROZEN,
                                 .state = f->frozen && !f->frozen_stale ? STATE_MET : STATE_BELOW,
                                 .name = en ? TEXT("The report is frozen") : TEXT("自评报告已归档"),
                                 .who = en ? TEXT("County office") : TEXT("县级办公室") };
    row.words = !f->frozen ? (en ? TEXT("not frozen yet") : TEXT("还没有归档"))
                : f->frozen_stale ? text_printf(g->c->mem, en ? "frozen (%.*s), but data or words changed since: freeze again"
                                                              : "归档过（%.*s），之后数据或文字有改动，要重新归档", TEXT_ARG(f->frozen_words))
                                  : text_printf(g->c->mem, en ? "frozen: %.*s" : "%.*s 归档", TEXT_ARG(f->frozen_words));
    add(g, row);
}

/* ── the whole ── */

static struct text sentence_of(const struct gate *g)
{
    const struct readiness *const r = g->out;
    const struct county_assessment *const county = composing_county(g->c);
    const struct text year = say_year(g->c->mem, county->county->year, g->c->english), name = say_county(g->c->mem, county->county, g->c->english);
    if (r->ready)
        return text_printf(g->c->mem, g->c->english ? "In school year %.*s, %.*s may apply: all %zu conditions are met."
                                                    : "%.*s，%.*s已具备申报条件：%zu 条都达到。", TEXT_ARG(year), TEXT_ARG(name), r->n);
    if (!r->unknown)
        return text_printf(g->c->mem, g->c->english ? "In school year %.*s, %.*s cannot apply yet: of %zu conditions unmet: %zu."
                                                    : "%.*s，%.*s还不能申报：%zu 条中 %zu 条没有达到。", TEXT_ARG(year), TEXT_ARG(name), r->n, r->failing);
    return text_printf(g->c->mem, g->c->english ? "In school year %.*s, %.*s cannot apply yet: of %zu conditions unmet: %zu, not decided: %zu."
                                                : "%.*s，%.*s还不能申报：%zu 条中 %zu 条没有达到，%zu 条还不能判定。", TEXT_ARG(year), TEXT_ARG(name), r->n, r->failing, r->unknown);
}

struct readiness *compose_readiness(const struct composing *c, const struct readiness_facts *facts, const struct plan *plan,
                                    const struct prices *prices, struct day today)
{
    const struct county_assessment *const county = composing_county(c);
    struct readiness *const out = arena_make(c->mem, struct readiness);
    size_t n_stages;
    const struct overview_stage *const stages = compose_stages(c, &n_stages);
    out->rows = arena_array(c->mem, county->n_rules + N_EVALUATED * (MAX_LEVELS + 1) + 8, struct readiness_row);
    const struct gate g = { c, facts, compose_blockers(c, plan, prices, today), out };
    add_rules(&g, RULE_PRECONDITION, READINESS_PRECONDITIONS);
    add_rules(&g, RULE_VETO, READINESS_VETOES);
    add_schools(&g, stages, n_stages);
    add_spread(&g, stages, n_stages);
    add_rules(&g, RULE_GOVERNMENT, READINESS_GOVERNMENT);
    add_rules(&g, RULE_QUALITY, READINESS_QUALITY);
    add_rules(&g, RULE_RECOGNITION, READINESS_RECOGNITION);
    add_lacking(&g);
    add_locked(&g);
    add_judged(&g);
    add_frozen(&g);
    out->ready = !out->failing && !out->unknown;
    out->sentence = sentence_of(&g);
    return out;
}

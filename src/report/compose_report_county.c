/* The county's yearly self-assessment report (县级自评报告). */
#include "report/report_draft.h"

#include "report/say.h"
#include "report/say_assessed.h"
#include "report/words.h"

#include <string.h>

static struct doc_section *add(struct draft *d, const char *id, unsigned level, const char *heading)
{
    return doc_add(d->doc, text_of(id), level, text_of(heading));
}

/* ── what it rests on ── */

static void opening(struct draft *d)
{
    const struct edition *e = d->c->assessment->edition;
    const struct county_assessment *county = composing_county(d->c);
    struct doc_spans *p = doc_paragraph(d->doc, add(d, "opening", 0, ""));
    struct buf documents = { .mem = d->mem };
    struct text rest = e->documents;
    for (size_t at; text_find(rest, TEXT("；"), &at); rest = (struct text){ rest.at + at + 3, rest.size - at - 3 })
        buf_printf(&documents, "%.*s、", (int)at, rest.at);
    buf_add(&documents, rest);
    doc_sayf(d->mem, p, "依据%.*s，%.*s对%d学年义务教育优质均衡发展情况作了自评。数据以%d年9月1日为准，来自 ", TEXT_ARG(buf_text(&documents)),
             TEXT_ARG(draft_county(d->c)), d->year, d->year);
    doc_figure(d->mem, p, count_words(d, county->county->n), key_verdict(d, d->year, "rows"));
    doc_say(d->mem, p, TEXT(" 所学校（含教学点、校区）的填报。现将结果报告如下。"));
}

/* ── 一、 ── */

struct named_dimension { const char *id, *name, *asked; const struct dimension *d; };

static size_t dimensions_of(const struct overview *o, struct named_dimension out[6])
{
    const struct named_dimension all[] = {
        { "resource", "资源配置", "校际差异系数每项都不超限", &o->resources }, { "government", "政府保障程度", "每项都达到", &o->government },
        { "quality", "教育质量", "每项都达到", &o->quality },                   { "recognition", "社会认可度", "达到", &o->recognition },
        { "precondition", "申报条件", "每项都具备", &o->preconditions },        { "veto", "一票否决", "都没有发生", &o->vetoes },
    };
    for (size_t i = 0; i < 6; i++)
        out[i] = all[i];
    return 6;
}

static size_t count_state(const struct dimension *dimension, enum state state)
{
    size_t n = 0;
    for (size_t i = 0; i < dimension->n; i++)
        n += dimension->marks[i].state == state;
    return n;
}

static enum state whole_state(const struct dimension *dimension)
{
    return count_state(dimension, STATE_BELOW) ? STATE_BELOW : count_state(dimension, STATE_NO_DATA) ? STATE_NO_DATA : STATE_MET;
}

static struct text key_of_dimension(const struct draft *d, const struct named_dimension *n, const char *what)
{
    return key_verdict(d, d->year, text_string(d->mem, text_printf(d->mem, "%s-%s", n->id, what)));
}

/* A veto is there or not, a condition is had or not: neither is 达标. */
static struct text state_of_rule(const char *id, enum state state)
{
    const bool veto = !strcmp(id, "veto"), condition = !strcmp(id, "precondition");
    if ((veto || condition) && state == STATE_MET)
        return veto ? TEXT("没有") : TEXT("具备");
    if ((veto || condition) && state == STATE_BELOW)
        return veto ? TEXT("有") : TEXT("不具备");
    return say_state(state, false);
}

static void dimensions_table(struct draft *d, struct doc_section *s, const struct overview *o)
{
    struct named_dimension dims[6];
    const size_t n = dimensions_of(o, dims);
    struct doc_table *t = doc_table(d->doc, s, TEXT("dimensions"), TEXT("各方面达标情况"), 7, n + 1 + o->n_stages, 1);
    draft_heads(d, t, "方面|要求|项数|达标|不达标|缺数据|结论");
    WIDTHS(t, 8, 12, 4, 4, 5, 5, 5);
    size_t row = 1;
    for (size_t i = 0; i < o->n_stages; i++, row++) {
        const struct overview_stage *st = &o->stages[i];
        doc_put(d->mem, t, row, 0, DOC_LEFT, text_printf(d->mem, "%.*s校级达标", TEXT_ARG(st->name)));
        doc_put(d->mem, t, row, 1, DOC_LEFT, TEXT("每所学校都达标"));
        doc_put_figure(d->mem, t, row, 2, count_words(d, st->units), key_stage(d, "passing", st->stage, d->year, "units"));
        doc_put_figure(d->mem, t, row, 3, count_words(d, st->passing), key_stage(d, "passing", st->stage, d->year, NULL));
        doc_put_figure(d->mem, t, row, 4, count_words(d, st->failing), key_stage(d, "passing", st->stage, d->year, "failing"));
        doc_put_figure(d->mem, t, row, 5, count_words(d, st->unknown), key_stage(d, "passing", st->stage, d->year, "unknown"));
        doc_put(d->mem, t, row, 6, DOC_CENTRE, say_state(st->failing ? STATE_BELOW : st->unknown ? STATE_NO_DATA : STATE_MET, false));
    }
    for (size_t i = 0; i < n; i++, row++) {
        const struct dimension *of = dims[i].d;
        doc_put(d->mem, t, row, 0, DOC_LEFT, text_of(dims[i].name));
        doc_put(d->mem, t, row, 1, DOC_LEFT, text_of(dims[i].asked));
        doc_put(d->mem, t, row, 2, DOC_CENTRE, count_words(d, of->of));
        doc_put_figure(d->mem, t, row, 3, count_words(d, of->met), key_of_dimension(d, &dims[i], "met"));
        doc_put_figure(d->mem, t, row, 4, count_words(d, count_state(of, STATE_BELOW)), key_of_dimension(d, &dims[i], "unmet"));
        doc_put_figure(d->mem, t, row, 5, count_words(d, count_state(of, STATE_NO_DATA)), key_of_dimension(d, &dims[i], "unknown"));
        doc_put(d->mem, t, row, 6, DOC_CENTRE, state_of_rule(dims[i].id, whole_state(of)));
    }
    t->note = TEXT("注：校级达标以学段计，九年一贯制学校小学、初中各计一次；不适用的项算作达标。");
}

static struct text without_mark(struct arena *mem, struct text sentence)
{
    size_t at;
    const struct text mark = TEXT("（虚构数据）");
    if (!text_find(sentence, mark, &at))
        return sentence;
    return text_printf(mem, "%.*s%.*s", (int)at, sentence.at, (int)(sentence.size - at - mark.size), sentence.at + at + mark.size);
}

static void verdict(struct draft *d, const struct overview *o)
{
    struct doc_section *s = add(d, "verdict", 1, "自评结论");
    doc_numbers(d->mem, doc_paragraph(d->doc, s), without_mark(d->mem, o->sentence), key_verdict(d, d->year, NULL), "said");
    struct doc_spans *p = doc_paragraph(d->doc, s);
    for (size_t i = 0; i < o->n_stages; i++) {
        const struct overview_stage *st = &o->stages[i];
        FILL(d, p, "{} {} 所中 {} 所达标，占 {}；{} 项资源的校际差异系数中 {} 项不超限", said(st->name), stage_count(d, st->units, st->stage, "units"),
             stage_count(d, st->passing, st->stage, NULL),
             fig(say_share(d->mem, st->units ? (double)st->passing / (double)st->units : BLANK, false), key_stage(d, "passing", st->stage, d->year, "share")),
             said(count_words(d, st->n)), fig(count_words(d, st->within), key_stage(d, "combined", st->stage, d->year, "within")));
        doc_say(d->mem, p, TEXT("。"));
    }
    p = doc_paragraph(d->doc, s);
    struct named_dimension dims[6];
    dimensions_of(o, dims);
    for (size_t i = 1; i < 4; i++)
        FILL(d, p, "{}{} {} 项中 {} 项达标", said(i > 1 ? TEXT("；") : TEXT("")), said(text_of(dims[i].name)), said(count_words(d, dims[i].d->of)),
             fig(count_words(d, dims[i].d->met), key_of_dimension(d, &dims[i], "met")));
    FILL(d, p, "。申报条件 {} 项中具备 {} 项；一票否决的 {} 项中，{} 项没有发生。", said(count_words(d, dims[4].d->of)),
         fig(count_words(d, dims[4].d->met), key_of_dimension(d, &dims[4], "met")), said(count_words(d, dims[5].d->of)),
         fig(count_words(d, dims[5].d->met), key_of_dimension(d, &dims[5], "met")));
    dimensions_table(d, s, o);
}

/* ── 二、 ── */

static void put_area(struct draft *d, struct doc_table *t, size_t row, size_t stage_at, enum stage stage, size_t schools, struct text pupils, const char *facet)
{
    doc_put_figure(d->mem, t, row, 1 + 2 * stage_at, count_words(d, schools), key_stage(d, "passing", stage, d->year, facet));
    doc_put_figure(d->mem, t, row, 2 + 2 * stage_at, pupils,
                   key_stage(d, "passing", stage, d->year, text_string(d->mem, text_printf(d->mem, "%s-pupils", facet))));
}

/* The edition's kinds of place, each stage two columns; kinds that no school has are left out. */
static void areas_table(struct draft *d, struct doc_section *s, const struct overview *o)
{
    const struct level_view *views[N_EVALUATED];
    struct text names[16];
    size_t n = 0;
    for (size_t i = 0; i < o->n_stages; i++) {
        views[i] = compose_level(d->c, o->stages[i].stage, o->stages[i].rows[0].id);
        for (size_t a = 0; a < views[i]->n_areas; a++) {
            size_t at = 0;
            while (at < n && !text_equal(names[at], views[i]->areas[a].name))
                at++;
            if (at == n && n < COUNT(names))
                names[n++] = views[i]->areas[a].name;
        }
    }
    struct doc_table *t = doc_table(d->doc, s, TEXT("areas"), TEXT("学校和学生"), 1 + 2 * o->n_stages, n + 3, 2);
    doc_merge(t, 0, 0, 1, 2);
    doc_put(d->mem, t, 0, 0, DOC_CENTRE, TEXT("所在地"));
    for (size_t i = 0; i < o->n_stages; i++) {
        const struct stage_assessment *st = composing_stage(composing_county(d->c), o->stages[i].stage);
        doc_merge(t, 0, 1 + 2 * i, 2, 1);
        doc_put(d->mem, t, 0, 1 + 2 * i, DOC_CENTRE, o->stages[i].name);
        doc_put(d->mem, t, 1, 1 + 2 * i, DOC_CENTRE, TEXT("学校（所）"));
        doc_put(d->mem, t, 1, 2 + 2 * i, DOC_CENTRE, TEXT("学生（名）"));
        for (size_t row = 0; row < n; row++)
            for (size_t a = 0; a < views[i]->n_areas; a++)
                if (text_equal(views[i]->areas[a].name, names[row]))
                    put_area(d, t, row + 2, i, st->stage, views[i]->areas[a].schools, views[i]->areas[a].pupils_words,
                             text_string(d->mem, text_printf(d->mem, "area%zu", row)));
        doc_put_figure(d->mem, t, n + 2, 1 + 2 * i, count_words(d, st->n), key_stage(d, "passing", st->stage, d->year, "units"));
        doc_put_figure(d->mem, t, n + 2, 2 + 2 * i, say_number(d->mem, st->pupils, false), key_stage(d, "passing", st->stage, d->year, "pupils"));
    }
    for (size_t row = 0; row < n; row++)
        doc_put(d->mem, t, row + 2, 0, DOC_CENTRE, names[row]);
    doc_put(d->mem, t, n + 2, 0, DOC_CENTRE, TEXT("合计"));
}

static void basics(struct draft *d, const struct overview *o)
{
    struct doc_section *s = add(d, "basics", 1, "基本情况");
    struct doc_spans *p = doc_paragraph(d->doc, s);
    doc_say(d->mem, p, TEXT("纳入评估的学校"));
    for (size_t i = 0; i < o->n_stages; i++) {
        const struct stage_assessment *st = composing_stage(composing_county(d->c), o->stages[i].stage);
        FILL(d, p, "{}{} {} 所、学生 {} 名", said(i ? TEXT("；") : TEXT("：")), said(o->stages[i].name), stage_count(d, st->n, st->stage, "units"),
             fig(say_number(d->mem, st->pupils, false), key_stage(d, "passing", st->stage, d->year, "pupils")));
    }
    doc_say(d->mem, p, TEXT("。按所在地分列如下。"));
    areas_table(d, s, o);
}

/* ── 三、 ── */

static void levels_table(struct draft *d, struct doc_section *s, const struct overview_stage *st)
{
    const struct stage_rule *rule = &d->c->assessment->edition->stages[st->stage];
    const struct stage_assessment *stage = composing_stage(composing_county(d->c), st->stage);
    struct doc_table *t = doc_table(d->doc, s, TEXT("levels"), text_printf(d->mem, "%.*s资源配置各项指标", TEXT_ARG(st->name)), 10, st->n + 1, 1);
    draft_heads(d, t, "指标|标准|全县平均|达标|达到85%|不达标|缺数据|差异系数|上限|结论");
    WIDTHS(t, 10.6, 4.6, 6.4, 3.8, 5, 5, 5, 6.2, 5, 5.2);
    for (size_t l = 0; l < st->n; l++) {
        const struct overview_row *r = &st->rows[l];
        const enum state states[] = { STATE_MET, STATE_NEAR, STATE_BELOW, STATE_NO_DATA };
        const size_t counts[] = { r->met, r->near, r->below, r->missing };
        doc_put(d->mem, t, l + 1, 0, DOC_LEFT, r->name);
        doc_put(d->mem, t, l + 1, 1, DOC_CENTRE, words_count(d->mem, rule->levels[l].at_least));
        doc_put_figure(d->mem, t, l + 1, 2, is_blank(stage->cv[l].mean) ? say_blank(false) : words_fixed(d->mem, stage->cv[l].mean, 2),
                       key_level(d, "mean", st->stage, r->id, d->year, NULL));
        for (size_t i = 0; i < 4; i++)
            doc_put_figure(d->mem, t, l + 1, 3 + i, count_words(d, counts[i]), key_count(d, st->stage, r->id, states[i], d->year));
        doc_put_figure(d->mem, t, l + 1, 7, r->cv_words, key_level(d, "cv", st->stage, r->id, d->year, NULL));
        doc_put(d->mem, t, l + 1, 8, DOC_CENTRE, r->limit_words);
        doc_put(d->mem, t, l + 1, 9, DOC_CENTRE, r->state == STATE_BELOW ? TEXT("超限") : r->state == STATE_MET ? TEXT("不超限") : TEXT("缺数据"));
    }
    t->note = TEXT("注：达标、达到85%、不达标、缺数据四栏是学校数（所）；标准和全县平均按学生计，教师、教室为每百名学生，用房、场地、设备为生均。");
}

static void resource_stage(struct draft *d, const struct overview_stage *st)
{
    const struct stage_rule *rule = &d->c->assessment->edition->stages[st->stage];
    struct doc_section *s = doc_add(d->doc, text_printf(d->mem, "resource-%.*s", TEXT_ARG(stage_code(st->stage))), 2, st->name);
    struct doc_spans *p = doc_paragraph(d->doc, s);
    FILL(d, p, "{} 所学校中 {} 所达标，{} 所不达标", stage_count(d, st->units, st->stage, "units"), stage_count(d, st->passing, st->stage, NULL),
         stage_count(d, st->failing, st->stage, "failing"));
    if (st->unknown)
        FILL(d, p, "，{} 所缺数据", stage_count(d, st->unknown, st->stage, "unknown"));
    FILL(d, p, "。{} 项差异系数中 {} 项不超限。", said(count_words(d, st->n)),
         fig(count_words(d, st->within), key_stage(d, "combined", st->stage, d->year, "within")));
    if (!is_blank(rule->combined_cv_limit)) {
        FILL(d, p, "综合差异系数（{} 项的平均）{}", said(count_words(d, st->n)), fig(st->combined_words, key_stage(d, "combined", st->stage, d->year, NULL)));
        FILL(d, p, "，本县方案的目标是不超过 {}。", said(st->combined_limit_words));
    }
    levels_table(d, s, st);
    doc_chart(d->doc, s, TEXT("states"), text_printf(d->mem, "%.*s各项指标的学校数", TEXT_ARG(st->name)), chart_states(d->mem, st));
    doc_chart(d->doc, s, TEXT("cv"), text_printf(d->mem, "%.*s各项校际差异系数", TEXT_ARG(st->name)), chart_coefficients(d->mem, st));
    for (size_t l = 0; l < st->n; l++) {
        const struct level_view *v = compose_level(d->c, st->stage, st->rows[l].id);
        if (v)
            draft_level(d, doc_add(d->doc, text_printf(d->mem, "cv-%.*s-%.*s", TEXT_ARG(stage_code(st->stage)), TEXT_ARG(v->id)), 3, v->whole_name), v);
    }
}

static void resources(struct draft *d, const struct overview *o)
{
    const struct edition *e = d->c->assessment->edition;
    struct doc_section *s = add(d, "dim-resource", 1, "资源配置");
    struct doc_spans *p = doc_paragraph(d->doc, s);
    doc_say(d->mem, p, TEXT("每所学校"));
    for (size_t i = 0; i < o->n_stages; i++) {
        const struct stage_rule *rule = &e->stages[o->stages[i].stage];
        doc_sayf(d->mem, p, "%s%.*s %zu 项指标至少 %zu 项达到标准，其余不低于标准的 %.0f%%", i ? "；" : "，", TEXT_ARG(o->stages[i].name), rule->n_levels,
                 rule->least_met, rule->levels[0].floor * 100);
        if (!is_blank(rule->levels[0].cv_limit))
            doc_sayf(d->mem, p, "，全县每项的校际差异系数不超过 %.*s", TEXT_ARG(words_fixed(d->mem, rule->levels[0].cv_limit, 2)));
    }
    doc_say(d->mem, p, TEXT("。"));
    for (size_t i = 0; i < o->n_stages; i++)
        resource_stage(d, &o->stages[i]);
}

/* ── 四、五、六、七、 ── */

static void rules_table(struct draft *d, struct doc_section *s, const struct named_dimension *n)
{
    const struct dimension *of = n->d;
    const char *const name = n->name;
    struct doc_table *t = doc_table(d->doc, s, TEXT("rules"), text_printf(d->mem, "%s各项", name), 5, of->n + 1, 1);
    draft_heads(d, t, "编号|内容|现有|要求|结论");
    WIDTHS(t, 4, 14, 8, 9, 5);
    for (size_t i = 0; i < of->n; i++) {
        const struct mark *m = &of->marks[i];
        doc_put(d->mem, t, i + 1, 0, DOC_CENTRE, m->id);
        doc_put(d->mem, t, i + 1, 1, DOC_LEFT, m->name);
        doc_numbers(d->mem, &doc_at(t, i + 1, 2)->spans, m->value.size ? m->value : TEXT("由人判定"), key_rule(d, m->id, d->year, NULL), "value");
        doc_put(d->mem, t, i + 1, 3, DOC_CENTRE, m->limit.size ? m->limit : TEXT("—"));
        doc_put(d->mem, t, i + 1, 4, DOC_CENTRE, state_of_rule(n->id, m->state));
    }
}

static void rules(struct draft *d, const struct named_dimension *n)
{
    const struct dimension *of = n->d;
    const size_t unmet = count_state(of, STATE_BELOW), unknown = count_state(of, STATE_NO_DATA);
    struct doc_section *s = doc_add(d->doc, text_printf(d->mem, "dim-%s", n->id), 1, text_of(n->name));
    const bool veto = !strcmp(n->id, "veto"), condition = !strcmp(n->id, "precondition");
    struct doc_spans *p = doc_paragraph(d->doc, s);
    FILL(d, p, veto ? "共 {} 项，{} 项没有发生" : condition ? "共 {} 项，具备 {} 项" : "共 {} 项，{} 项达标", said(count_words(d, of->of)),
         fig(count_words(d, of->met), key_of_dimension(d, n, "met")));
    if (unmet)
        FILL(d, p, veto ? "，{} 项有未了结的" : condition ? "，{} 项不具备" : "，{} 项不达标", fig(count_words(d, unmet), key_of_dimension(d, n, "unmet")));
    if (unknown)
        FILL(d, p, "，{} 项缺数据或还没有判定", fig(count_words(d, unknown), key_of_dimension(d, n, "unknown")));
    doc_say(d->mem, p, TEXT("。"));
    rules_table(d, s, n);
    for (size_t i = 0; i < of->n; i++) {
        /* Of vetoes and conditions the table says all, unless one bars the way. */
        const struct rule_view *v = (veto || condition) && of->marks[i].state == STATE_MET ? NULL : compose_rule(d->c, of->marks[i].id);
        if (v)
            draft_rule(d, doc_add(d->doc, text_printf(d->mem, "ind-%.*s", TEXT_ARG(v->id)), 2, text_printf(d->mem, "%.*s %.*s", TEXT_ARG(v->id), TEXT_ARG(v->name))), v);
    }
}

/* ── 八、 ── */

static void schools(struct draft *d, const struct overview *o)
{
    const struct county_assessment *county = composing_county(d->c);
    struct doc_section *s = add(d, "schools", 1, "没有达标的学校");
    struct doc_spans *p = doc_paragraph(d->doc, s);
    size_t all = 0;
    for (size_t i = 0; i < o->n_stages; i++) {
        const struct overview_stage *st = &o->stages[i];
        all += st->failing + st->unknown;
        FILL(d, p, "{}{}不达标 {} 所", said(i ? TEXT("；") : TEXT("")), said(st->name), stage_count(d, st->failing, st->stage, "failing"));
        if (st->unknown)
            FILL(d, p, "，缺数据 {} 所", stage_count(d, st->unknown, st->stage, "unknown"));
    }
    doc_say(d->mem, p, all ? TEXT("。名单和各校的缺口如下，次序与申报表相同。") : TEXT("。"));
    for (size_t i = 0; i < county->n_stages; i++)
        draft_unmet_table(d, s, &county->stages[i], TEXT(""));
    bool *said_of = arena_array(d->mem, d->c->assessment->returns->n, bool);
    for (size_t row = county->county->first; row < county->county->first + county->county->n; row++) {
        for (size_t i = 0; i < county->n_stages; i++) {
            const size_t unit = composing_unit(&county->stages[i], row);
            const enum state state = unit == SIZE_MAX ? STATE_MET : (enum state)county->stages[i].unit_verdict[unit];
            if ((state == STATE_BELOW || state == STATE_NO_DATA) && !said_of[row] && composing_visible(d->c, row)) {
                said_of[row] = true;
                draft_school(d, (uint32_t)row, 2);
            }
        }
    }
}

/* ── 九、 ── */

static void moved_schools(struct draft *d, struct doc_section *s, const struct stage_assessment *now, const struct stage_assessment *then)
{
    const size_t *same = composing_same_units(d->c, now, then);
    for (int better = 1; better >= 0; better--) {
        struct doc_spans *p = NULL;
        size_t n = 0;
        for (size_t u = 0; u < now->n; u++) {
            if (same[u] == SIZE_MAX || !composing_visible(d->c, now->row[u]))
                continue;
            const enum state before = (enum state)then->unit_verdict[same[u]], after = (enum state)now->unit_verdict[u];
            if (better ? !(after == STATE_MET && before == STATE_BELOW) : !(before == STATE_MET && after == STATE_BELOW))
                continue;
            if (!p) {
                p = doc_paragraph(d->doc, s);
                FILL(d, p, better ? "{}新达标的学校：" : "{}退回不达标的学校：", said(say_stage(now->stage, false)));
            }
            FILL(d, p, "{}{}", said(n++ ? TEXT("、") : TEXT("")), said(composing_name(d->c, now->row[u])));
        }
        if (p)
            FILL(d, p, "，共 {} 所。", fig(count_words(d, n), key_stage(d, "passing", now->stage, d->year, better ? "risen" : "fallen")));
    }
}

static void changes_table(struct draft *d, struct doc_section *s, const struct overview_stage *st, int last_year)
{
    struct doc_table *t = doc_table(d->doc, s, text_printf(d->mem, "cv-%.*s", TEXT_ARG(stage_code(st->stage))),
                                    text_printf(d->mem, "%.*s校际差异系数与上年相比", TEXT_ARG(st->name)), 5, st->n + 1, 1);
    draft_heads(d, t, "指标|上年|本年|增减|上限");
    WIDTHS(t, 12, 6, 6, 6, 6);
    for (size_t l = 0; l < st->n; l++) {
        const struct overview_row *r = &st->rows[l];
        const double change = is_blank(r->cv) || is_blank(r->last_cv) ? BLANK : number_round(r->cv, 3) - number_round(r->last_cv, 3);
        doc_put(d->mem, t, l + 1, 0, DOC_LEFT, r->name);
        doc_put_figure(d->mem, t, l + 1, 1, is_blank(r->last_cv) ? say_blank(false) : words_fixed(d->mem, r->last_cv, 3),
                       key_level(d, "cv", st->stage, r->id, last_year, NULL));
        doc_put_figure(d->mem, t, l + 1, 2, r->cv_words, key_level(d, "cv", st->stage, r->id, d->year, NULL));
        doc_put_figure(d->mem, t, l + 1, 3, say_change(d->mem, change, 3), key_level(d, "cv", st->stage, r->id, d->year, "change"));
        doc_put(d->mem, t, l + 1, 4, DOC_CENTRE, r->limit_words);
    }
    t->note = TEXT("注：差异系数降了，学校之间就更均衡。");
}

static void changes(struct draft *d, const struct overview *o)
{
    const struct county_assessment *last = composing_before(d->c, 1);
    struct doc_section *s = add(d, "changes", 1, "与上年相比");
    if (!last) {
        doc_say(d->mem, doc_paragraph(d->doc, s), TEXT("系统里没有上一学年的数据，无法比较。"));
        return;
    }
    struct doc_spans *p = doc_paragraph(d->doc, s);
    doc_sayf(d->mem, p, "与%d学年相比，", last->county->year);
    for (size_t i = 0; i < o->n_stages; i++) {
        const struct overview_stage *st = &o->stages[i];
        const struct stage_assessment *then = composing_stage(last, st->stage);
        if (then)
            FILL(d, p, "{}{}达标学校由 {} 所中的 {} 所变为 {} 所中的 {} 所", said(i ? TEXT("；") : TEXT("")), said(st->name),
                 fig(count_words(d, then->n), key_stage(d, "passing", st->stage, last->county->year, "units")),
                 fig(count_words(d, then->passing), key_stage(d, "passing", st->stage, last->county->year, NULL)),
                 stage_count(d, st->units, st->stage, "units"), stage_count(d, st->passing, st->stage, NULL));
    }
    doc_say(d->mem, p, TEXT("。"));
    for (size_t i = 0; i < o->n_stages; i++) {
        const struct stage_assessment *now = composing_stage(composing_county(d->c), o->stages[i].stage), *then = composing_stage(last, o->stages[i].stage);
        if (then)
            moved_schools(d, s, now, then);
    }
    for (size_t i = 0; i < o->n_stages; i++)
        changes_table(d, s, &o->stages[i], last->county->year);
    if (o->n_trends)
        doc_chart(d->doc, s, TEXT("trend"), TEXT("达标学校所占的比例"), chart_trend(d->mem, o->trends, o->n_trends));
}

/* ── 十、 ── */

enum { MOST_CONTRIBUTORS = 5 };

static void causes(struct draft *d, const struct overview *o)
{
    struct doc_section *s = add(d, "causes", 1, "原因分析");
    size_t over = 0;
    for (size_t i = 0; i < o->n_stages; i++)
        for (size_t l = 0; l < o->stages[i].n; l++)
            over += o->stages[i].rows[l].state == STATE_BELOW;
    for (size_t i = 0; i < o->n_stages; i++) {
        const struct overview_stage *st = &o->stages[i];
        const struct overview_row *most = NULL;
        for (size_t l = 0; l < st->n; l++)
            if (st->rows[l].below + st->rows[l].near && (!most || st->rows[l].below + st->rows[l].near > most->below + most->near))
                most = &st->rows[l];
        if (!most)
            continue;
        struct doc_spans *p = doc_paragraph(d->doc, s);
        FILL(d, p, "{}最缺的是{}：{} 所低于标准的 85%，{} 所达到 85% 而没有达到标准。", said(st->name), said(most->name),
             fig(count_words(d, most->below), key_count(d, st->stage, most->id, STATE_BELOW, d->year)),
             fig(count_words(d, most->near), key_count(d, st->stage, most->id, STATE_NEAR, d->year)));
    }
    if (!over)
        doc_say(d->mem, doc_paragraph(d->doc, s), TEXT("没有一项差异系数超限。"));
    else
        FILL(d, doc_paragraph(d->doc, s), "全县 {} 项差异系数超限。差异系数按学生数加权，一所学校占多少，看它离全县平均多远、学生有多少。逐项分析如下。",
             fig(count_words(d, over), key_verdict(d, d->year, "over")));
    for (size_t i = 0; i < o->n_stages; i++)
        for (size_t l = 0; l < o->stages[i].n; l++) {
            const struct overview_row *r = &o->stages[i].rows[l];
            const struct level_view *v = r->state == STATE_BELOW ? compose_level(d->c, o->stages[i].stage, r->id) : NULL;
            if (!v)
                continue;
            struct doc_section *of = doc_add(d->doc, text_printf(d->mem, "cause-%.*s-%.*s", TEXT_ARG(stage_code(v->stage)), TEXT_ARG(v->id)), 2,
                                             text_printf(d->mem, "%.*s%.*s", TEXT_ARG(v->stage_name), TEXT_ARG(v->name)));
            FILL(d, doc_paragraph(d->doc, of), "差异系数 {}，上限 {}。", fig(v->cv_words, key_level(d, "cv", v->stage, v->id, d->year, NULL)), said(v->limit_words));
            draft_contributors(d, of, v, MOST_CONTRIBUTORS);
        }
}

/* ── 十一、 ── */

static struct text key_of_blocker(const struct draft *d, const struct blocker *b, const char *facet)
{
    switch (b->kind) {
    case BLOCK_SCHOOLS: return key_stage(d, "passing", (enum stage)b->stage, d->year, facet);
    case BLOCK_CV: return key_level(d, "cv", (enum stage)b->stage, b->id, d->year, facet);
    case BLOCK_COMBINED: return key_stage(d, "combined", (enum stage)b->stage, d->year, facet);
    case BLOCK_RULE: return key_rule(d, b->id, d->year, facet);
    case BLOCK_NO_UNITS: break;
    }
    return key_verdict(d, d->year, facet);
}

static void needs_table(struct draft *d, struct doc_section *s, const struct blocker *b)
{
    struct doc_table *t = doc_table(d->doc, s, text_printf(d->mem, "needs-%.*s", TEXT_ARG(stage_code((enum stage)b->stage))),
                                    text_printf(d->mem, "%.*s要补足的资源", TEXT_ARG(say_stage((enum stage)b->stage, false))), 4, b->n_parts + 1, 1);
    draft_heads(d, t, "资源|学校（所）|数量|估算（万元）");
    WIDTHS(t, 10, 6, 8, 8);
    for (size_t i = 0; i < b->n_parts; i++) {
        const struct blocker_part *part = &b->parts[i];
        const enum stage stage = (enum stage)b->stage;
        doc_put(d->mem, t, i + 1, 0, DOC_LEFT, part->name);
        doc_put_figure(d->mem, t, i + 1, 1, count_words(d, part->schools), key_level(d, "mean", stage, part->id, d->year, "need-schools"));
        doc_put_figure(d->mem, t, i + 1, 2, part->quantity_words, key_level(d, "mean", stage, part->id, d->year, "need"));
        if (is_blank(part->cost))
            doc_put(d->mem, t, i + 1, 3, DOC_CENTRE, part->cost_words);
        else
            doc_put_figure(d->mem, t, i + 1, 3, part->cost_words, key_level(d, "mean", stage, part->id, d->year, "need-cost"));
    }
    t->note = TEXT("注：数量是不达标学校走最省的路所要的；两个学段共用的只算一次。");
}

static void measures(struct draft *d, const struct overview *o)
{
    const struct blockers *b = &o->blockers;
    struct doc_section *s = add(d, "measures", 1, "整改措施");
    if (!b->n) {
        doc_say(d->mem, doc_paragraph(d->doc, s), TEXT("没有要整改的事项。"));
        return;
    }
    struct doc_spans *p = doc_paragraph(d->doc, s);
    FILL(d, p, "要达到认定条件，还有 {} 件事要办", fig(count_words(d, b->failing), key_verdict(d, d->year, "failing")));
    if (b->unknown)
        FILL(d, p, "，另有 {} 件缺数据要补报或判定", fig(count_words(d, b->unknown), key_verdict(d, d->year, "lacking")));
    if (b->cost > 0)
        FILL(d, p, "。能估算的经费合计约 {} 万元", fig(b->cost_words, key_verdict(d, d->year, "cost")));
    if (b->unpriced)
        FILL(d, p, "，{} 件的经费要试算后才知道", fig(count_words(d, b->unpriced), key_verdict(d, d->year, "unpriced")));
    doc_say(d->mem, p, TEXT("。"));
    doc_say(d->mem, p, o->plan.words); /* of the calendar, not of the data */
    struct doc_table *t = doc_table(d->doc, s, TEXT("measures"), TEXT("整改事项、责任单位和期限"), 6, b->n + 1, 1);
    draft_heads(d, t, "序号|事项|缺口|估算（万元）|责任单位|期限");
    WIDTHS(t, 3, 9, 13, 5, 8, 7);
    for (size_t i = 0; i < b->n; i++) {
        const struct blocker *of = &b->at[i];
        doc_put(d->mem, t, i + 1, 0, DOC_CENTRE, count_words(d, i + 1));
        doc_at(t, i + 1, 1)->align = doc_at(t, i + 1, 2)->align = doc_at(t, i + 1, 4)->align = DOC_LEFT;
        doc_numbers(d->mem, &doc_at(t, i + 1, 1)->spans, of->what, key_of_blocker(d, of, NULL), of->state == STATE_BELOW ? "what" : "lack");
        doc_numbers(d->mem, &doc_at(t, i + 1, 2)->spans, of->missing, key_of_blocker(d, of, NULL), of->state == STATE_BELOW ? "missing" : "lacking");
        if (is_blank(of->cost))
            doc_put(d->mem, t, i + 1, 3, DOC_CENTRE, of->cost_words);
        else
            doc_put_figure(d->mem, t, i + 1, 3, of->cost_words, key_of_blocker(d, of, of->state == STATE_BELOW ? "cost" : "lack-cost"));
        doc_say(d->mem, &doc_at(t, i + 1, 4)->spans, of->who);
        doc_put(d->mem, t, i + 1, 5, DOC_CENTRE, of->when);
    }
    for (size_t i = 0; i < b->n; i++)
        if (b->at[i].n_parts)
            needs_table(d, s, &b->at[i]);
}

struct doc *compose_report_county(const struct report_request *request)
{
    const struct composing *c = request->c;
    struct draft d = draft_begin(request, draft_title(c->mem, draft_county(c), "义务教育优质均衡发展自评报告"));
    const struct overview *o = compose_overview(c, request->plan, request->prices, request->today);
    struct named_dimension dims[6];
    dimensions_of(o, dims);
    opening(&d);
    verdict(&d, o);
    basics(&d, o);
    resources(&d, o);
    for (size_t i = 1; i < 6; i++) /* the first is the resources */
        rules(&d, &dims[i]);
    schools(&d, o);
    changes(&d, o);
    causes(&d, o);
    measures(&d, o);
    draft_data(&d);
    return d.doc;
}

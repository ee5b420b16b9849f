#include "report/compose_county.h"
#include "report/compose_needs.h"
#include "report/table.h"
#include "report/words.h"
#include "report/write_assessment.h"
#include "report/write_findings_list.h"

enum { TEN = 10 };

static enum tone tone_of(enum state state)
{
    return state == STATE_BELOW ? TONE_FAILING : state == STATE_NEAR ? TONE_NEAR : state == STATE_NO_DATA ? TONE_UNKNOWN : TONE_PLAIN;
}

static void say(struct out *out, const struct assessment_view *view, struct text line, enum tone tone)
{
    tone_write(out, line, tone, view->colour);
    out_byte(out, '\n');
}

/* A figure with its symbol behind it; a met one shows none. */
static struct table_cell marked(struct arena *mem, struct text figure, enum state state, bool close)
{
    const struct text symbol = state == STATE_MET || state == STATE_NOT_APPLICABLE ? TEXT("") : state_symbol(state);
    return (struct table_cell){ text_printf(mem, "%.*s%s%.*s%s", TEXT_ARG(figure), symbol.size ? " " : "", TEXT_ARG(symbol), close ? "≈" : ""),
                                tone_of(state) };
}

static struct table_cell count_cell(struct arena *mem, size_t n, enum tone tone)
{
    return (struct table_cell){ words_count(mem, (double)n), n ? tone : TONE_QUIET };
}

/* ── one stage ── */

/* 0.392; where schools are missing what it may be: 0.192–0.194, ≥0.192. */
static struct text coefficient_words(struct arena *mem, const struct cv_result *cv, double limit)
{
    if (!is_blank(cv->cv))
        return words_cv(mem, cv->cv, limit, cv->met);
    if (!cv->units_missing)
        return TEXT("无法计算");
    if (cv->low == 0 && is_blank(cv->high))
        return TEXT("缺");
    const struct text low = words_fixed(mem, cv->low, 3);
    return is_blank(cv->high) ? text_printf(mem, "≥%.*s", TEXT_ARG(low))
                              : text_printf(mem, "%.*s–%.*s", TEXT_ARG(low), TEXT_ARG(words_fixed(mem, cv->high, 3)));
}

static void write_levels(struct out *out, const struct assessment_view *view, const struct stage_assessment *s, struct arena *mem)
{
    enum { COLUMNS = 9 };
    static const enum align ALIGN[COLUMNS] = { ALIGN_LEFT,  ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT,
                                               ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT };
    static const struct table_cell HEAD[COLUMNS] = {
        { TEXT("指标"), TONE_QUIET }, { TEXT("标准"), TONE_QUIET }, { TEXT("均值"), TONE_QUIET },
        { TEXT("差异系数"), TONE_QUIET }, { TEXT("上限"), TONE_QUIET }, { TEXT("达标"), TONE_QUIET },
        { TEXT("达到85%"), TONE_QUIET }, { TEXT("不达标"), TONE_QUIET }, { TEXT("缺数据"), TONE_QUIET },
    };
    struct text_table table = table_new(mem, COLUMNS, ALIGN);
    table_row(&table, HEAD);
    for (size_t i = 0; i < s->n_levels; i++) {
        const struct level *level = &view->edition->stages[s->stage].levels[i];
        const struct cv_result *cv = &s->cv[i];
        const struct text coefficient = coefficient_words(mem, cv, level->cv_limit);
        table_row(&table, (struct table_cell[COLUMNS]){
            { text_printf(mem, "%.*s %.*s", TEXT_ARG(level->id), TEXT_ARG(level->zh)), TONE_PLAIN },
            { is_blank(level->at_least) ? TEXT("—") : words_fixed(mem, level->at_least, 2), TONE_PLAIN },
            { words_fixed(mem, cv->mean, 2), TONE_PLAIN },
            marked(mem, coefficient, cv->met, cv->close),
            { is_blank(level->cv_limit) ? TEXT("—") : words_fixed(mem, level->cv_limit, 3), TONE_PLAIN },
            count_cell(mem, cv->units_met, TONE_PLAIN), count_cell(mem, cv->units_near, TONE_NEAR),
            count_cell(mem, cv->units_below, TONE_FAILING), count_cell(mem, cv->units_missing, TONE_UNKNOWN),
        });
    }
    table_write(&table, out, 2, view->colour);
}

static void write_combined(struct out *out, const struct stage_assessment *s, const struct stage_rule *rule, struct arena *mem)
{
    if (is_blank(rule->combined_cv_limit))
        return;
    const char *what = rule->combined_decides ? "上限" : "方案目标";
    if (is_blank(s->combined_cv))
        out_printf(out, "  综合差异系数：缺数据（%s %.*s）\n", what, TEXT_ARG(words_fixed(mem, rule->combined_cv_limit, 3)));
    else
        out_printf(out, "  综合差异系数 %.*s，%s %.*s（%s%s）\n", TEXT_ARG(words_cv(mem, s->combined_cv, rule->combined_cv_limit, s->combined_met)),
                   s->combined_met == STATE_MET ? "不超过" : "高于", TEXT_ARG(words_fixed(mem, rule->combined_cv_limit, 3)), what,
                   rule->combined_decides ? "" : "，结论按单项系数");
}

static void write_undecided(struct out *out, const struct assessment_view *view, const struct stage_assessment *s, struct arena *mem)
{
    for (size_t i = 0; i < s->n_levels; i++) {
        const struct level *level = &view->edition->stages[s->stage].levels[i];
        if (s->cv[i].units_missing)
            out_printf(out, "  %.*s 的差异系数：%.*s。\n", TEXT_ARG(level->id), TEXT_ARG(compose_cv_words(mem, s, i, level)));
    }
}

static void write_stage(struct out *out, const struct assessment_view *view, const struct stage_assessment *s, struct arena *mem)
{
    size_t failing = 0, unknown = 0;
    for (size_t u = 0; u < s->n; u++) {
        failing += s->unit_verdict[u] == STATE_BELOW;
        unknown += s->unit_verdict[u] == STATE_NO_DATA;
    }
    struct buf head = { .mem = mem };
    buf_printf(&head, "%.*s：%zu 所学校", TEXT_ARG(stage_zh(s->stage)), s->n);
    if (!is_blank(s->pupils))
        buf_printf(&head, "，%.*s 名学生", TEXT_ARG(words_count(mem, s->pupils)));
    if (s->passing || failing || unknown) /* an edition may ask nothing of a single school */
        buf_printf(&head, "；达标 %zu 所", s->passing);
    if (failing)
        buf_printf(&head, "，不达标 %zu 所", failing);
    if (unknown)
        buf_printf(&head, "，缺数据 %zu 所", unknown);
    out_byte(out, '\n');
    say(out, view, buf_text(&head), TONE_STRONG);
    write_levels(out, view, s, mem);
    write_combined(out, s, &view->edition->stages[s->stage], mem);
    write_undecided(out, view, s, mem);
}

/* ── the county ── */

static void write_block(struct out *out, const struct assessment_view *view, const struct block *b)
{
    out_string(out, "  ");
    tone_write(out, state_symbol(b->state), tone_of(b->state), view->colour);
    out_byte(out, ' ');
    if (b->kind == BLOCK_RULE || b->kind == BLOCK_CV) {
        shown_write(out, b->id);
        out_byte(out, ' ');
    }
    shown_write(out, b->words);
    out_string(out, "。\n");
}

/* Many county indicators without data are named on one line: usually no county file was given. */
static void write_ids(struct out *out, const struct assessment_view *view, const struct block *blocks, size_t n, struct arena *mem)
{
    struct buf line = { .mem = mem };
    buf_printf(&line, "县级指标 %zu 项：", n);
    for (size_t i = 0; i < n; i++)
        buf_printf(&line, "%s%.*s", i ? "、" : "", TEXT_ARG(blocks[i].id));
    buf_printf(&line, "。数据和判定由区县数据文件提供（--county-file），--all 逐项说明");
    write_block(out, view, &(struct block){ BLOCK_SCHOOLS, STATE_NO_DATA, -1, TEXT(""), buf_text(&line) });
}

static void write_blocks(struct out *out, const struct assessment_view *view, const struct blocks *blocks, struct arena *mem)
{
    for (size_t i = 0; i < blocks->n; i++) {
        const struct block *b = &blocks->at[i];
        if (i == 0 || b->state != blocks->at[i - 1].state) {
            out_byte(out, '\n');
            say(out, view, b->state == STATE_BELOW ? text_printf(mem, "挡住认定的 %zu 件事", blocks->failing)
                                                   : text_printf(mem, "缺数据、还不能判断的 %zu 件事", blocks->unknown), TONE_STRONG);
        }
        if (b->kind == BLOCK_RULE && b->state == STATE_NO_DATA && !view->all && blocks->n - i > TEN) {
            write_ids(out, view, b, blocks->n - i, mem); /* the indicators stand last */
            return;
        }
        write_block(out, view, b);
    }
}

/* A rule that asks for everything (100 %) is always met at its limit: nothing to warn of. */
static bool all_there_is(const struct rule *rule)
{
    return text_equal(rule->unit, TEXT("ratio")) && rule->compare == COMPARE_AT_LEAST && rule->threshold >= 1;
}

static void write_rule_tally(struct out *out, const struct assessment_view *view, const struct assessment *a, size_t county,
                             struct arena *mem)
{
    const struct county_assessment *c = &a->counties[county];
    size_t n = 0, by_state[STATE_NOT_APPLICABLE + 1] = { 0 };
    for (size_t i = 0; i < c->n_rules; i++)
        if (c->rules[i].rule->kind != RULE_SHOWN) {
            n++;
            by_state[c->rules[i].state]++;
        }
    if (!n)
        return;
    struct buf line = { .mem = mem };
    buf_printf(&line, "县级指标、申报条件和一票否决 %zu 项：达标 %zu 项", n, by_state[STATE_MET]);
    static const enum state OTHERS[] = { STATE_BELOW, STATE_NO_DATA, STATE_NOT_APPLICABLE };
    for (size_t i = 0; i < COUNT(OTHERS); i++)
        if (by_state[OTHERS[i]])
            buf_printf(&line, "，%.*s %zu 项", TEXT_ARG(state_zh(OTHERS[i])), by_state[OTHERS[i]]);
    out_byte(out, '\n');
    say(out, view, buf_text(&line), TONE_STRONG);
    for (size_t i = 0; i < c->n_rules; i++) {
        const struct rule_result *r = &c->rules[i];
        if (r->rule->kind == RULE_SHOWN && !is_blank(r->value))
            out_printf(out, "  参看：%.*s %.*s\n", TEXT_ARG(r->rule->zh), TEXT_ARG(compose_rule_words(mem, a, county, r)));
        else if (r->close && r->state == STATE_MET && !all_there_is(r->rule))
            out_printf(out, "  临界：%.*s %.*s %.*s\n", TEXT_ARG(r->rule->id), TEXT_ARG(r->rule->zh),
                       TEXT_ARG(compose_rule_words(mem, a, county, r)));
    }
}

static void write_school_lines(struct out *out, const struct assessment_view *view, const struct assessment *a,
                               const struct needy *schools, size_t n, const char *kind, const char *asks, struct arena *mem)
{
    if (!n)
        return;
    const size_t shown = view->all || n < TEN ? n : TEN;
    out_byte(out, '\n');
    say(out, view, shown < n ? text_printf(mem, "%s的 %zu 所学校中差得最多的 %zu 所，%s", kind, n, shown, asks)
                             : text_printf(mem, "%s的 %zu 所学校，%s", kind, n, asks), TONE_STRONG);
    for (size_t i = 0; i < shown; i++) {
        const struct text words = compose_needs_words(mem, view->edition, schools[i].need);
        shown_write(out, text_printf(mem, "  %.*s（%.*s）：%.*s。", TEXT_ARG(compose_school_name(a, schools[i].need->row)),
                                     TEXT_ARG(compose_school_verdict(mem, schools[i].need)), TEXT_ARG(words)));
        out_byte(out, '\n');
    }
}

static void write_schools(struct out *out, const struct assessment_view *view, const struct assessed *part, size_t county,
                          struct arena *mem)
{
    size_t n, failing = 0, unknown = 0;
    const struct needy *schools = compose_needy(mem, part->assessment, &part->needs[county], &n);
    while (failing < n && schools[failing].failing)
        failing++;
    while (failing + unknown < n && schools[failing + unknown].unknown)
        unknown++;
    write_school_lines(out, view, part->assessment, schools, failing, "不达标", "各最少要补什么", mem);
    write_school_lines(out, view, part->assessment, schools + failing, unknown, "缺数据、还不能判断", "各缺什么", mem);
}

static void write_trial(struct out *out, const struct assessment_view *view, const struct assessed *part, size_t county,
                        struct arena *mem)
{
    size_t n;
    const struct text *effects = compose_effects(mem, part->assessment, part->what_if, county, &n);
    out_byte(out, '\n');
    say(out, view, TEXT("试算，不影响原始数据"), TONE_STRONG);
    for (size_t i = 0; i < part->what_if->n; i++)
        if (part->what_if->changes[i].county == county) {
            shown_write(out, text_printf(mem, "  改 %.*s", TEXT_ARG(compose_change(mem, part->assessment, &part->what_if->changes[i]))));
            out_byte(out, '\n');
        }
    for (size_t i = 0; i < n; i++)
        out_printf(out, "  → %.*s。\n", TEXT_ARG(effects[i]));
    if (!n)
        out_string(out, "  → 结论和各个系数都没有变化。\n");
}

/* ── sets ── */

static void write_set_rows(struct text_table *table, const struct assessment_view *view, const struct set_assessment *set, size_t columns,
                           struct arena *mem)
{
    struct table_cell *cells = arena_array(mem, columns, struct table_cell);
    for (size_t i = 0; i < set->n_stages; i++) {
        const struct stage_assessment *s = &set->stages[i];
        const struct stage_rule *rule = &view->edition->stages[s->stage];
        size_t k = 0;
        cells[k++] = (struct table_cell){ i ? TEXT("") : words_set(set->name), TONE_PLAIN };
        cells[k++] = (struct table_cell){ stage_zh(s->stage), TONE_PLAIN };
        cells[k++] = count_cell(mem, s->n, TONE_PLAIN);
        cells[k++] = count_cell(mem, s->passing, TONE_PLAIN);
        for (size_t l = 0; l < s->n_levels && k + 1 < columns; l++) {
            const struct cv_result *cv = &s->cv[l];
            cells[k++] = marked(mem, is_blank(cv->cv) ? TEXT("缺") : words_cv(mem, cv->cv, rule->levels[l].cv_limit, cv->met), cv->met, cv->close);
        }
        while (k + 1 < columns)
            cells[k++] = (struct table_cell){ TEXT(""), TONE_PLAIN };
        cells[k] = (struct table_cell){ is_blank(s->combined_cv) ? TEXT("缺") : words_fixed(mem, s->combined_cv, 3), TONE_PLAIN };
        table_row(table, cells);
    }
}

static void write_sets(struct out *out, const struct assessment_view *view, const struct county_assessment *c, struct arena *mem)
{
    size_t levels = 0, widest = 0;
    for (size_t s = 0; s < N_EVALUATED; s++)
        if (view->edition->stages[s].n_levels > levels) {
            levels = view->edition->stages[s].n_levels;
            widest = s;
        }
    const size_t columns = 4 + levels + 1;
    enum align *align = arena_array(mem, columns, enum align);
    struct table_cell *head = arena_array(mem, columns, struct table_cell);
    static const struct text NAMES[] = { TEXT("名称"), TEXT("学段"), TEXT("学校"), TEXT("达标") };
    for (size_t k = 0; k < columns; k++) {
        align[k] = k < 2 ? ALIGN_LEFT : ALIGN_RIGHT;
        head[k] = (struct table_cell){ k < 4 ? NAMES[k] : k + 1 == columns ? TEXT("综合") : view->edition->stages[widest].levels[k - 4].id, TONE_QUIET };
    }
    struct text_table table = table_new(mem, columns, align);
    table_row(&table, head);
    for (size_t i = 0; i < c->n_sets; i++)
        write_set_rows(&table, view, &c->sets[i], columns, mem);
    const uint16_t by = item_find(&view->edition->items, c->sets[0].by);
    out_byte(out, '\n');
    say(out, view, text_printf(mem, "按%.*s分组的差异系数", TEXT_ARG(by == NO_ITEM ? c->sets[0].by : view->edition->items.at[by].zh)), TONE_STRONG);
    table_write(&table, out, 2, view->colour);
}

static void write_county(struct out *out, const struct assessment_view *view, const struct assessed *part, size_t county,
                         struct arena *mem)
{
    const struct assessment *a = part->assessment;
    const struct county_assessment *c = &a->counties[county];
    const struct blocks blocks = compose_blocks(mem, a, county);
    say(out, view, compose_county_sentence(mem, c, &blocks), TONE_STRONG);
    if (part->what_if)
        write_trial(out, view, part, county, mem);
    for (size_t s = 0; s < c->n_stages; s++)
        write_stage(out, view, &c->stages[s], mem);
    if (c->n_sets)
        write_sets(out, view, c, mem);
    write_blocks(out, view, &blocks, mem);
    write_rule_tally(out, view, a, county, mem);
    if (part->needs)
        write_schools(out, view, part, county, mem);
    out_byte(out, '\n');
}

static void begin(struct out *out, const struct assessment_view *view)
{
    (void)out, (void)view;
}

static void part(struct out *out, const struct assessment_view *view, const struct assessed *p, struct arena *scratch)
{
    for (size_t c = 0; c < p->assessment->n_counties; c++) {
        const struct arena_mark mark = arena_mark(scratch);
        write_county(out, view, p, c, scratch);
        arena_rewind(scratch, mark);
    }
}

static void end(struct out *out, const struct assessment_view *view, const struct findings *findings, struct arena *scratch)
{
    out_printf(out, "依据：%.*s（%.*s）。", TEXT_ARG(view->edition->zh), TEXT_ARG(view->edition->id));
    for (size_t i = 0; i < view->n_relaxations; i++) {
        const struct relaxation_on *r = &view->relaxations[i];
        out_printf(out, "启用放宽 %.*s（%.*s，%.*s）。", TEXT_ARG(r->relaxation->id), TEXT_ARG(r->document), TEXT_ARG(r->date));
    }
    out_string(out, "\n记号：△ 达到85%，× 不达标，□ 缺数据，≈ 临界（离界限不到 ");
    out_printf(out, "%.*s）。\n", TEXT_ARG(words_share(scratch, view->edition->close)));
    out_printf(out, "读数：%.*s。\n", TEXT_ARG(findings_tally(scratch, findings)));
}

const struct assessment_writer assessment_as_table = { begin, part, end };

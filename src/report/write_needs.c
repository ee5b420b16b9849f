#include "report/write_needs.h"

#include "report/compose_needs.h"
#include "report/csv_field.h"
#include "report/table.h"
#include "report/words.h"
#include "report/write_findings_list.h"

#include <math.h>

/* What a whole county lacks of one resource. */
struct sum { const struct level *level; double to_threshold, to_floor, chosen; size_t schools, unknown; };
struct sums { struct sum at[N_EVALUATED * MAX_LEVELS]; size_t n; };

/* Sums stay in the level's steps: 0.1 + 0.2 is 0.3. */
static void add_known(double *sum, const struct level *level, double x)
{
    if (!is_blank(x))
        *sum = number_round(*sum + x, level->step < 1 ? 2 : 0);
}

static struct sums sum_up(const struct county_needs *needs)
{
    struct sums sums = { .n = 0 };
    for (size_t i = 0; i < needs->n; i++)
        for (size_t d = 0; d < needs->schools[i].n_demands; d++) {
            const struct school_demand *demand = &needs->schools[i].demand[d];
            size_t k = 0;
            while (k < sums.n && !text_equal(sums.at[k].level->id, demand->level->id))
                k++;
            if (k == sums.n)
                sums.at[sums.n++] = (struct sum){ .level = demand->level };
            add_known(&sums.at[k].to_threshold, demand->level, demand->to_threshold);
            add_known(&sums.at[k].to_floor, demand->level, demand->to_floor);
            add_known(&sums.at[k].chosen, demand->level, demand->chosen);
            sums.at[k].schools += demand->to_threshold > 0 ? 1u : 0u;
            sums.at[k].unknown += is_blank(demand->to_threshold) ? 1u : 0u;
        }
    return sums;
}

/* ── JSON ── */

static void json_begin(struct out *out, const struct assessment_view *view)
{
    json_object(out, NULL);
    json_text(out, "edition", view->edition->id);
    json_array(out, "counties");
}

static void write_unit(struct out *out, const struct edition *edition, const struct unit_need *need)
{
    json_object(out, NULL);
    json_text(out, "stage", stage_code(need->stage->stage));
    json_text(out, "verdict", verdict_code(need->stage->unit_verdict[need->unit]));
    json_number(out, "met", need->stage->unit_met[need->unit]);
    json_array(out, "indicators");
    for (size_t l = 0; l < need->stage->n_levels; l++) {
        const struct level_need *of = &need->level[l];
        json_object(out, NULL);
        json_text(out, "id", edition->stages[need->stage->stage].levels[l].id);
        json_number(out, "value", of->now);
        json_number(out, "threshold", of->threshold);
        json_text(out, "state", state_code(of->state));
        json_number(out, "missing", of->to_threshold);
        json_number(out, "missing_to_floor", of->to_floor);
        json_number(out, "cheapest", of->chosen);
        json_number(out, "pupils_out", of->pupils_out);
        json_end(out);
    }
    json_end(out);
    json_end(out);
}

static void write_school(struct out *out, const struct edition *edition, const struct needy *school, struct arena *scratch)
{
    const struct school_need *need = school->need;
    json_object(out, NULL);
    json_text(out, "school", school->code);
    json_text(out, "name", school->name);
    json_text(out, "verdict", school->failing ? TEXT("unmet") : school->unknown ? TEXT("no_data") : TEXT("met"));
    json_text(out, "words", compose_needs_words(scratch, edition, need));
    json_array(out, "needs");
    for (size_t d = 0; d < need->n_demands; d++) {
        const struct school_demand *of = &need->demand[d];
        if (of->to_threshold == 0)
            continue;
        json_object(out, NULL);
        json_text(out, "id", of->level->id);
        json_text(out, "name", words_resource(of->level));
        json_text(out, "quantity", of->level->quantity);
        json_bool(out, "shared", of->level->shared);
        json_number(out, "missing", of->to_threshold);
        json_number(out, "missing_to_floor", of->to_floor);
        json_number(out, "cheapest", of->chosen);
        json_end(out);
    }
    json_end(out);
    json_array(out, "units");
    for (size_t u = 0; u < need->n_units; u++)
        write_unit(out, edition, &need->unit[u]);
    json_end(out);
    json_end(out);
}

static void json_part(struct out *out, const struct assessment_view *view, const struct assessed *p, struct arena *scratch)
{
    for (size_t c = 0; c < p->assessment->n_counties; c++) {
        const struct arena_mark mark = arena_mark(scratch);
        const struct county_assessment *county = &p->assessment->counties[c];
        size_t n;
        const struct needy *schools = compose_needy(scratch, p->assessment, &p->needs[c], &n);
        const struct sums sums = sum_up(&p->needs[c]);
        json_object(out, NULL);
        json_text(out, "county", county->county->code);
        json_text(out, "name", county->county->name);
        json_number(out, "year", county->county->year);
        json_array(out, "totals");
        for (size_t i = 0; i < sums.n; i++) {
            json_object(out, NULL);
            json_text(out, "id", sums.at[i].level->id);
            json_text(out, "name", words_resource(sums.at[i].level));
            json_text(out, "quantity", sums.at[i].level->quantity);
            json_number(out, "missing", sums.at[i].to_threshold);
            json_number(out, "missing_to_floor", sums.at[i].to_floor);
            json_number(out, "cheapest", sums.at[i].chosen);
            json_number(out, "schools", (double)sums.at[i].schools);
            json_number(out, "schools_unknown", (double)sums.at[i].unknown);
            json_end(out);
        }
        json_end(out);
        json_array(out, "schools");
        for (size_t i = 0; i < n; i++)
            write_school(out, view->edition, &schools[i], scratch);
        json_end(out);
        json_end(out);
        arena_rewind(scratch, mark);
    }
}

static void json_finish(struct out *out, const struct assessment_view *view, const struct findings *findings, struct arena *scratch)
{
    (void)view;
    json_end(out);
    findings_as_json(out, "findings", findings, scratch);
    json_end(out);
    out_byte(out, '\n');
}

const struct assessment_writer needs_as_json = { json_begin, json_part, json_finish };

/* ── CSV ── */

static void csv_begin(struct out *out, const struct assessment_view *view)
{
    (void)view;
    out_string(out, "county,year,school,name,stage,id,indicator,quantity,shared,value,threshold,state,missing,missing_to_floor,cheapest\n");
}

static void add_number(struct buf *line, double x)
{
    buf_byte(line, ',');
    if (is_blank(x))
        return;
    char number[NUMBER_SIZE];
    buf_add(line, (struct text){ number, number_shortest(number, x) });
}

static void csv_unit(struct out *out, const struct assessment_view *view, const struct county_year *county, const struct needy *school,
                     const struct unit_need *unit, struct arena *scratch)
{
    for (size_t l = 0; l < unit->stage->n_levels; l++) {
        const struct level_need *of = &unit->level[l];
        const struct level *level = &view->edition->stages[unit->stage->stage].levels[l];
        if (of->to_threshold == 0)
            continue;
        struct buf line = { .mem = scratch };
        csv_add_safely(&line, county->code);
        buf_printf(&line, ",%d,", county->year);
        csv_add_safely(&line, school->code);
        buf_byte(&line, ',');
        csv_add_safely(&line, school->name);
        buf_printf(&line, ",%.*s,%.*s,", TEXT_ARG(stage_code(unit->stage->stage)), TEXT_ARG(level->id));
        csv_add_safely(&line, words_resource(level));
        buf_printf(&line, ",%.*s,%s", TEXT_ARG(level->quantity), level->shared ? "true" : "false");
        add_number(&line, of->now);
        add_number(&line, of->threshold);
        buf_printf(&line, ",%.*s", TEXT_ARG(state_code(of->state)));
        add_number(&line, of->to_threshold);
        add_number(&line, of->to_floor);
        add_number(&line, of->chosen);
        buf_byte(&line, '\n');
        out_text(out, buf_text(&line));
    }
}

static void csv_part(struct out *out, const struct assessment_view *view, const struct assessed *p, struct arena *scratch)
{
    for (size_t c = 0; c < p->assessment->n_counties; c++) {
        const struct arena_mark mark = arena_mark(scratch);
        size_t n;
        const struct needy *schools = compose_needy(scratch, p->assessment, &p->needs[c], &n);
        for (size_t i = 0; i < n; i++)
            for (size_t u = 0; u < schools[i].need->n_units; u++)
                csv_unit(out, view, p->assessment->counties[c].county, &schools[i], &schools[i].need->unit[u], scratch);
        arena_rewind(scratch, mark);
    }
}

static void csv_finish(struct out *out, const struct assessment_view *view, const struct findings *findings, struct arena *scratch)
{
    (void)out, (void)view, (void)findings, (void)scratch;
}

const struct assessment_writer needs_as_csv = { csv_begin, csv_part, csv_finish };

/* ── table ── */

static bool is_money(const struct level *level)
{
    return text_equal(level->quantity, TEXT("yuan"));
}

/* What is missing, in a table: whole persons and rooms, 0.01 m², 0.01 万元 rounded up. */
static struct text exact(struct arena *mem, const struct level *level, double n)
{
    if (is_blank(n))
        return TEXT("缺");
    if (is_money(level))
        n = ceil(n / 100 - 1e-9) / 100;
    return n == 0 ? TEXT("0") : words_fixed(mem, n, level->step < 1 ? 2 : 0);
}

static struct text unit_shown(const struct level *level)
{
    return unit_zh(is_money(level) ? TEXT("10000 yuan") : level->quantity);
}

static void table_begin(struct out *out, const struct assessment_view *view)
{
    (void)out, (void)view;
}

static void write_totals(struct out *out, const struct assessment_view *view, const struct sums *sums, struct arena *mem)
{
    enum { COLUMNS = 6 };
    static const enum align ALIGN[COLUMNS] = { ALIGN_LEFT, ALIGN_LEFT, ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT };
    struct text_table table = table_new(mem, COLUMNS, ALIGN);
    table_row(&table, (struct table_cell[COLUMNS]){ { TEXT("全县合计"), TONE_QUIET }, { TEXT("单位"), TONE_QUIET }, { TEXT("到标准"), TONE_QUIET },
                                                    { TEXT("到85%"), TONE_QUIET }, { TEXT("最省"), TONE_QUIET }, { TEXT("缺的学校"), TONE_QUIET } });
    for (size_t i = 0; i < sums->n; i++) {
        const struct sum *s = &sums->at[i];
        table_row(&table, (struct table_cell[COLUMNS]){
            { text_printf(mem, "%.*s %.*s", TEXT_ARG(s->level->id), TEXT_ARG(words_resource(s->level))), TONE_PLAIN },
            { unit_shown(s->level), TONE_PLAIN }, { exact(mem, s->level, s->to_threshold), TONE_PLAIN },
            { exact(mem, s->level, s->to_floor), TONE_PLAIN }, { exact(mem, s->level, s->chosen), TONE_PLAIN },
            { s->unknown ? text_printf(mem, "%zu（另 %zu 所缺数据）", s->schools, s->unknown) : words_count(mem, (double)s->schools), TONE_PLAIN } });
    }
    table_write(&table, out, 0, view->colour);
}

/* The value and the standard of the unit of the school that asks for more of this resource. */
static const struct level_need *asking(const struct school_need *need, const struct edition *edition, struct text id, const struct level **level_out)
{
    const struct level_need *best = NULL;
    for (size_t u = 0; u < need->n_units; u++)
        for (size_t l = 0; l < need->unit[u].stage->n_levels; l++) {
            const struct level *level = &edition->stages[need->unit[u].stage->stage].levels[l];
            const struct level_need *of = &need->unit[u].level[l];
            if (text_equal(level->id, id) && (!best || of->to_threshold > best->to_threshold || is_blank(best->to_threshold))) {
                best = of;
                *level_out = level;
            }
        }
    return best;
}

static void school_rows(struct text_table *table, const struct assessment_view *view, const struct needy *school, struct arena *mem)
{
    enum { COLUMNS = 8 };
    bool first = true;
    for (size_t d = 0; d < school->need->n_demands; d++) {
        const struct school_demand *demand = &school->need->demand[d];
        const struct level *level = demand->level;
        if (demand->to_threshold == 0)
            continue;
        const struct level_need *of = asking(school->need, view->edition, level->id, &level);
        const enum tone tone = of->state == STATE_NEAR ? TONE_NEAR : of->state == STATE_BELOW ? TONE_FAILING : TONE_UNKNOWN;
        table_row(table, (struct table_cell[COLUMNS]){
            { first ? (school->name.size ? school->name : school->code) : TEXT(""), TONE_PLAIN },
            { first ? compose_school_verdict(mem, school->need) : TEXT(""), TONE_PLAIN },
            { text_printf(mem, "%.*s %.*s", TEXT_ARG(level->id), TEXT_ARG(words_resource(level))), TONE_PLAIN },
            { words_level(mem, of->now, level, of->state), tone },
            { words_fixed(mem, level->at_least, 2), TONE_PLAIN },
            { exact(mem, level, demand->to_threshold), TONE_PLAIN },
            { exact(mem, level, demand->to_floor), TONE_PLAIN },
            { is_blank(demand->to_threshold) ? TEXT("") : unit_shown(level), TONE_PLAIN },
        });
        first = false;
    }
}

static void table_part(struct out *out, const struct assessment_view *view, const struct assessed *p, struct arena *scratch)
{
    enum { COLUMNS = 8 };
    static const enum align ALIGN[COLUMNS] = { ALIGN_LEFT,  ALIGN_LEFT,  ALIGN_LEFT,  ALIGN_RIGHT,
                                               ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_LEFT };
    for (size_t c = 0; c < p->assessment->n_counties; c++) {
        const struct arena_mark mark = arena_mark(scratch);
        const struct county_assessment *county = &p->assessment->counties[c];
        size_t n, failing = 0;
        const struct needy *schools = compose_needy(scratch, p->assessment, &p->needs[c], &n);
        for (size_t i = 0; i < n; i++)
            failing += schools[i].failing;
        tone_write(out, text_printf(scratch, "%.*s，%.*s：%zu 所学校不达标，%zu 所学校有缺口或缺数据。", TEXT_ARG(words_year(scratch, county->county->year)),
                                    TEXT_ARG(words_county(scratch, county->county)), failing, n), TONE_STRONG, view->colour);
        out_string(out, "\n\n");
        const struct sums sums = sum_up(&p->needs[c]);
        write_totals(out, view, &sums, scratch);
        out_byte(out, '\n');
        struct text_table table = table_new(scratch, COLUMNS, ALIGN);
        table_row(&table, (struct table_cell[COLUMNS]){ { TEXT("学校"), TONE_QUIET }, { TEXT("结论"), TONE_QUIET }, { TEXT("指标"), TONE_QUIET },
                                                        { TEXT("现值"), TONE_QUIET }, { TEXT("标准"), TONE_QUIET }, { TEXT("到标准"), TONE_QUIET },
                                                        { TEXT("到85%"), TONE_QUIET }, { TEXT("单位"), TONE_QUIET } });
        for (size_t i = 0; i < n; i++)
            school_rows(&table, view, &schools[i], scratch);
        if (n)
            table_write(&table, out, 0, view->colour);
        else
            out_string(out, "没有缺口。\n");
        out_byte(out, '\n');
        arena_rewind(scratch, mark);
    }
}

static void table_finish(struct out *out, const struct assessment_view *view, const struct findings *findings, struct arena *scratch)
{
    (void)view;
    out_printf(out, "两个学段共用的资源取较大的缺口；“最省”指刚好通过学校规则（可有一项只补到 85%%）。读数：%.*s。\n",
               TEXT_ARG(findings_tally(scratch, findings)));
}

const struct assessment_writer needs_as_table = { table_begin, table_part, table_finish };

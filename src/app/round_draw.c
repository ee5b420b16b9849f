/* Which places a round visits: drawn from a published seed, or chosen for a reason. */
#include "app/audit.h"
#include "app/forms.h"
#include "app/place_names.h"
#include "app/round_inside.h"
#include "base/csv.h"
#include "base/day.h"
#include "report/composing.h"
#include "report/csv_field.h"

#include <stdlib.h>

static const struct strata_info STRATA[] = {
    { "area", "城区、镇区、乡村" }, { "area_stage", "城乡 × 学段" }, { "township", "乡镇（街道）" }, { "township_stage", "乡镇（街道）× 学段" },
};

const struct strata_info *round_strata(size_t *n_out)
{
    *n_out = COUNT(STRATA);
    return STRATA;
}

/* ---- whom ---------------------------------------------------------------------------------- */

/* 小学, 初中, 九年一贯; empty: it has no unit that is assessed. */
static struct text stage_said(const struct county_assessment *county, size_t row)
{
    bool has[2] = { false, false };
    static const enum stage STAGES[2] = { STAGE_PRIMARY, STAGE_JUNIOR };
    for (size_t i = 0; i < 2; i++) {
        const struct stage_assessment *const stage = composing_stage(county, STAGES[i]);
        has[i] = stage && composing_unit(stage, row) != SIZE_MAX;
    }
    return has[0] && has[1] ? TEXT("小学和初中") : has[0] ? TEXT("小学") : has[1] ? TEXT("初中") : TEXT("");
}

static struct text stratum_of(const struct snapshot *s, size_t year, size_t row, struct text strata, struct text stage, struct arena *mem)
{
    const struct item_list *const items = &s->edition->items;
    const struct composing c = { .mem = mem, .assessment = s->assessment, .year = year };
    struct text part = text_starts(strata, TEXT("township")) ? returns_text(s->returns, row, items->township) : composing_choice(&c, row, items->area_kind);
    if (!part.size)
        part = TEXT("未注明");
    return text_ends(strata, TEXT("_stage")) ? text_printf(mem, "%.*s %.*s", TEXT_ARG(part), TEXT_ARG(stage)) : part;
}

static void candidates_of(const struct snapshot *s, const struct round_view *v, struct text strata, struct arena *mem, struct draw_candidate **out, size_t *n_out)
{
    const size_t year = snapshot_year(s, v->row.year);
    const struct county_year *const c = &s->returns->counties[year];
    const struct item_list *const items = &s->edition->items;
    *out = arena_array(mem, c->n + 1, struct draw_candidate);
    *n_out = 0;
    for (size_t row = c->first; row < c->first + c->n; row++) {
        const struct text stage = stage_said(&s->assessment->counties[year], row), code = returns_text(s->returns, row, items->school_code);
        const struct round_spot spot = { place_word(PLACE_SCHOOL), code };
        const struct round_place *const there = round_place_at(v, &spot);
        if (stage.size && !(there && !there->draw_no))
            (*out)[(*n_out)++] = (struct draw_candidate){ code, returns_text(s->returns, row, items->school_name), stratum_of(s, year, row, strata, stage, mem) };
    }
}

/* ---- the list that is kept ----------------------------------------------------------------- */

static struct text frame_of(const struct draw_candidate *candidates, size_t n, struct arena *mem)
{
    struct buf csv = { .mem = mem };
    for (size_t i = 0; i < n; i++) {
        csv_add(&csv, candidates[i].code, ',');
        buf_byte(&csv, ',');
        csv_add(&csv, candidates[i].name, ',');
        buf_byte(&csv, ',');
        csv_add(&csv, candidates[i].stratum, ',');
        buf_byte(&csv, '\n');
    }
    return buf_text(&csv);
}

static void read_frame(struct text frame, struct arena *mem, struct draw_candidate **out, size_t *n_out)
{
    struct csv_scanner scanner = { frame.at, frame.at + frame.size, ',' };
    struct csv_field fields[3];
    size_t n, capacity = 0;
    *out = NULL;
    *n_out = 0;
    while (csv_next(&scanner, fields, COUNT(fields), &n) == CSV_ROW) {
        if (n != COUNT(fields))
            continue;
        ARENA_ROOM(mem, *out, *n_out, capacity);
        (*out)[(*n_out)++] = (struct draw_candidate){ csv_value(mem, fields[0]), csv_value(mem, fields[1]), csv_value(mem, fields[2]) };
    }
}

bool app_round_draw_again(const struct round_view *round, int64_t number, struct arena *mem, struct draw_again *out, struct err *err)
{
    *out = (struct draw_again){ .n = 0 };
    for (size_t i = 0; i < round->n_draws; i++)
        if (!number || round->draws[i].number == number) {
            out->row = &round->draws[i];
            read_frame(out->row->frame, mem, &out->candidates, &out->n);
            return draw_sample(out->candidates, out->n, out->row->seed, (size_t)out->row->wanted, mem, &out->draw, err);
        }
    err_set(err, ERR_ABSENT, "这一轮督导还没有抽过样。");
    return err_hint(err, "请先在督导页面上抽样。");
}

struct text round_draw_csv(const struct draw_again *d, struct arena *mem)
{
    struct buf csv = { .mem = mem };
    buf_add(&csv, TEXT("\xEF\xBB\xBF层,层内次序,学校代码,学校,SHA-256(种子|学校代码),抽中\r\n"));
    for (size_t i = 0; i < d->draw.n; i++) {
        const struct drawn *const one = &d->draw.at[i];
        const struct draw_candidate *const c = &d->candidates[one->candidate];
        csv_add_safely(&csv, c->stratum);
        buf_printf(&csv, ",%zu,", one->rank);
        csv_add_safely(&csv, c->code);
        buf_byte(&csv, ',');
        csv_add_safely(&csv, c->name);
        buf_printf(&csv, ",%s,%s\r\n", one->digest, one->taken ? "是" : "");
    }
    return buf_text(&csv);
}

/* ---- a sheet for each ----------------------------------------------------------------------- */

/* The inspectors' form for a kind of place: the county's own before the shipped one. */
static bool form_for(struct db_session *session, struct text county, enum place_kind kind, int64_t now, struct arena *mem, struct form_info *out, struct err *err)
{
    struct form_info *forms;
    size_t n;
    static const enum form_who WHO[] = { [PLACE_SCHOOL] = FORM_SCHOOL, [PLACE_DISTRICT] = FORM_SCHOOL, [PLACE_TOWNSHIP] = FORM_TOWNSHIP,
                                         [PLACE_DEPARTMENT] = FORM_DEPARTMENT, [PLACE_COUNTY] = FORM_COUNTY };
    const struct form_info *found = NULL;
    if (!forms_in_use(session, county, mem, &forms, &n, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (forms[i].form->inspects && forms[i].form->who == WHO[kind] && (!found || !forms[i].shipped))
            found = &forms[i];
    if (!found) {
        err_set(err, ERR_ABSENT, "没有用于这种单位的督导检查表。");
        return err_hint(err, "请在“自评表”页面加一张，“表”行的选项写“督导检查”。");
    }
    *out = *found;
    return found->kept || forms_keep_shipped(session, county, found, now, err);
}

static bool put_place(struct db_session *session, struct text county, struct text id, const struct form_info *form, struct round_place place, struct stamp by,
                      struct err *err)
{
    place.form = form->id;
    place.form_version = form->version;
    return store_round_place_put(session, county, id, &place, by, err);
}

/* ---- drawn ---------------------------------------------------------------------------------- */

static bool right_draw(const struct round_view *v, const struct draw_wish *wish, struct text *reason_out, struct err *err)
{
    bool known = false;
    for (size_t i = 0; i < COUNT(STRATA); i++)
        known |= text_equal(wish->strata, text_of(STRATA[i].word));
    if (!known)
        return err_set(err, ERR_INPUT, "请选怎样分层。");
    if (v->state != ROUND_PREPARING) {
        err_set(err, ERR_CONFLICT, "查访已经开始，不能再抽样。");
        return err_hint(err, "要多去的学校，请逐所加上并写明原因。");
    }
    *reason_out = TEXT("");
    for (size_t i = 0; i < v->n_draws; i++)
        if (text_equal(v->draws[i].seed, text_trim(wish->seed)) && text_equal(v->draws[i].strata, wish->strata) && v->draws[i].wanted == (int64_t)wish->wanted)
            return err_set(err, ERR_CONFLICT, "这颗种子、这种分层已经抽过，结果不会变。");
    return !v->n_draws || round_said(wish->reason, "为什么重抽", 200, reason_out, err);
}

bool app_round_draw(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                    const struct draw_wish *wish, int64_t now, struct arena *mem, struct err *err)
{
    const struct text county = house_county(house);
    const struct stamp by = actor_stamp(actor, now);
    const struct actor everybody = actor_console();
    struct round_view v;
    struct draw_candidate *candidates;
    struct draw draw;
    struct form_info form;
    struct text reason;
    size_t n;
    if (!round_to_change(house, session, s, actor, id, mem, &v, err) || !right_draw(&v, wish, &reason, err))
        return false;
    candidates_of(s, &v, wish->strata, mem, &candidates, &n);
    const struct round_draw_row row = { .number = v.n_draws ? v.draws[0].number + 1 : 1, .wanted = (int64_t)wish->wanted, .seed = text_trim(wish->seed),
                                        .strata = wish->strata, .frame = frame_of(candidates, n, mem), .reason = reason, .by = by };
    if (!draw_sample(candidates, n, row.seed, wish->wanted, mem, &draw, err) || !form_for(session, county, PLACE_SCHOOL, now, mem, &form, err) ||
        !store_round_drawn_remove(session, county, id, text_printf(mem, "第 %lld 次抽样没有抽中", (long long)row.number), by, err))
        return false;
    for (size_t i = 0; i < draw.n; i++) {
        const struct draw_candidate *const c = &candidates[draw.at[i].candidate];
        const size_t at = snapshot_school(s, snapshot_year(s, v.row.year), c->code, &everybody);
        if (draw.at[i].taken && !put_place(session, county, id, &form,
                                           (struct round_place){ .spot = { place_word(PLACE_SCHOOL), c->code }, .shown = c->name, .draw_no = row.number,
                                                                 .township = at == SIZE_MAX ? TEXT("") : returns_text(s->returns, at, s->edition->items.township) },
                                           by, err))
            return false;
    }
    return store_round_draw_add(session, county, id, &row, err) &&
           audit_write(session, actor, "round.draw", id,
                       text_printf(mem, "draw=%lld seed=%.*s strata=%.*s wanted=%zu of=%zu", (long long)row.number, TEXT_ARG(row.seed), TEXT_ARG(row.strata), wish->wanted, n),
                       now, err);
}

/* ---- chosen --------------------------------------------------------------------------------- */

/* How a place is called; one that stands. */
static bool known_place(const struct snapshot *s, struct place place, int64_t now, struct arena *mem, struct round_place *out, struct err *err)
{
    struct place_names names;
    place_names_of(s, now, mem, &names);
    const struct place_choice *const found = place_find(&names, place);
    if (found && found->stands && place.kind != PLACE_COUNTY && place.kind != PLACE_DISTRICT) {
        *out = (struct round_place){ .spot = round_spot_of(place), .shown = found->name, .township = found->township };
        return true;
    }
    err_set(err, ERR_ABSENT, "没有这个学校、乡镇或部门：%.*s。", TEXT_ARG(place.name));
    return err_hint(err, "请从名单里选；撤并了的、名单里没有的，先到“单位”页面看看。");
}

bool app_round_place_add(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                         struct place place, struct text reason, int64_t now, struct arena *mem, struct err *err)
{
    struct round_view v;
    struct round_place one;
    struct form_info form;
    struct text why;
    if (!round_to_change(house, session, s, actor, id, mem, &v, err) || !round_said(reason, "为什么要去", 200, &why, err) ||
        !known_place(s, place, now, mem, &one, err))
        return false;
    if (round_place_at(&v, &one.spot))
        return err_set(err, ERR_CONFLICT, "%.*s已经在这一轮里。", TEXT_ARG(one.shown));
    one.reason = why;
    return form_for(session, house_county(house), place.kind, now, mem, &form, err) &&
           put_place(session, house_county(house), id, &form, one, actor_stamp(actor, now), err) &&
           audit_write(session, actor, "round.place", id, text_printf(mem, "add %.*s:%.*s", TEXT_ARG(one.spot.kind), TEXT_ARG(one.spot.name)), now, err);
}

bool app_round_place_day(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                         struct place place, struct text day, int64_t now, struct arena *mem, struct err *err)
{
    struct round_view v;
    struct day read;
    const struct round_spot spot = round_spot_of(place);
    if (!round_to_change(house, session, s, actor, id, mem, &v, err))
        return false;
    if (day.size && (!day_read(day, &read) || text_compare(day, v.row.first_day) < 0 || text_compare(day, v.row.last_day) > 0)) {
        err_set(err, ERR_INPUT, "到校的日期“%.*s”不在这一轮的 %.*s 到 %.*s 之间。", TEXT_ARG(day), TEXT_ARG(v.row.first_day), TEXT_ARG(v.row.last_day));
        return err_hint(err, "请改日期，或者先改这一轮的起止日期。");
    }
    return store_round_place_day(session, house_county(house), id, &spot, day, err) &&
           audit_write(session, actor, "round.place", id, text_printf(mem, "day %.*s:%.*s %.*s", TEXT_ARG(spot.kind), TEXT_ARG(spot.name), TEXT_ARG(day)), now, err);
}

bool app_round_place_remove(struct house *house, struct db_session *session, const struct snapshot *s, const struct actor *actor, struct text id,
                            struct place place, struct text reason, int64_t now, struct arena *mem, struct err *err)
{
    struct round_view v;
    struct text why;
    const struct round_spot spot = round_spot_of(place);
    return round_to_change(house, session, s, actor, id, mem, &v, err) && round_said(reason, "为什么不去了", 200, &why, err) &&
           store_round_place_remove(session, house_county(house), id, &spot, why, actor_stamp(actor, now), err) &&
           audit_write(session, actor, "round.place", id, text_printf(mem, "remove %.*s:%.*s", TEXT_ARG(spot.kind), TEXT_ARG(spot.name)), now, err);
}

/* ---- drawn again from what was published ------------------------------------------------------ */

enum { LIST_COLUMNS = 16 };
struct list_columns { size_t stratum, code, name, taken; };

static bool find_columns(struct text file, const struct csv_field *fields, size_t n, struct arena *mem, struct list_columns *out, struct err *err)
{
    const struct { const char *zh; size_t *at; bool must; } COLUMNS[] = { { "层", &out->stratum, true }, { "学校代码", &out->code, true }, { "学校", &out->name, false },
                                                                          { "抽中", &out->taken, false } };
    for (size_t k = 0; k < COUNT(COLUMNS); k++) {
        *COLUMNS[k].at = SIZE_MAX;
        for (size_t i = 0; i < n; i++)
            if (text_equal(text_trim(csv_value(mem, fields[i])), text_of(COLUMNS[k].zh)))
                *COLUMNS[k].at = i;
        if (*COLUMNS[k].at == SIZE_MAX && COLUMNS[k].must) {
            err_set(err, ERR_INPUT, "%.*s 第 1 行没有“%s”这一列。", TEXT_ARG(file), COLUMNS[k].zh);
            return err_hint(err, "请用督导页面上下载的抽样名单。");
        }
    }
    return true;
}

static int by_code(const void *a, const void *b)
{
    return text_compare(((const struct draw_candidate *)a)->code, ((const struct draw_candidate *)b)->code);
}

static bool no_code_twice(struct text file, const struct draw_candidate *candidates, size_t n, struct arena *mem, struct err *err)
{
    struct draw_candidate *const sorted = arena_array(mem, n + 1, struct draw_candidate);
    for (size_t i = 0; i < n; i++)
        sorted[i] = candidates[i];
    qsort(sorted, n, sizeof *sorted, by_code);
    for (size_t i = 1; i < n; i++)
        if (text_equal(sorted[i].code, sorted[i - 1].code)) {
            err_set(err, ERR_INPUT, "%.*s 里学校代码 %.*s 有两行。", TEXT_ARG(file), TEXT_ARG(sorted[i].code));
            return err_hint(err, "一所学校只能有一行，请删去多余的。");
        }
    return true;
}

bool round_draw_check(struct text file, struct text csv, struct text seed, size_t wanted, struct arena *mem, struct draw_again *out, size_t *differs_out,
                      struct err *err)
{
    struct csv_scanner scanner = { csv.at, csv.at + csv.size, ',' };
    struct csv_field fields[LIST_COLUMNS];
    struct list_columns columns;
    bool *marked = NULL;
    size_t n, line = 1, capacity = 0, mark_capacity = 0, n_marked = 0;
    *out = (struct draw_again){ .n = 0 };
    *differs_out = 0;
    if (text_starts(csv, TEXT("\xEF\xBB\xBF")))
        scanner.at += 3;
    if (csv_next(&scanner, fields, COUNT(fields), &n) != CSV_ROW)
        return err_set(err, ERR_INPUT, "%.*s 不是抽样名单。", TEXT_ARG(file));
    if (!find_columns(file, fields, n, mem, &columns, err))
        return false;
    while (csv_next(&scanner, fields, COUNT(fields), &n) == CSV_ROW) {
        line++;
        if (n == 1 && !fields[0].text.size)
            continue;
        if (n <= columns.code || n <= columns.stratum || !csv_value(mem, fields[columns.code]).size) {
            err_set(err, ERR_INPUT, "%.*s 第 %zu 行没有学校代码或者层。", TEXT_ARG(file), line);
            return err_hint(err, "请补上，或者重新下载名单。");
        }
        ARENA_ROOM(mem, out->candidates, out->n, capacity);
        ARENA_ROOM(mem, marked, out->n, mark_capacity);
        marked[out->n] = columns.taken < n && text_equal(csv_value(mem, fields[columns.taken]), TEXT("是"));
        n_marked += marked[out->n];
        out->candidates[out->n++] = (struct draw_candidate){ csv_value(mem, fields[columns.code]),
                                                             columns.name < n ? csv_value(mem, fields[columns.name]) : TEXT(""), csv_value(mem, fields[columns.stratum]) };
    }
    if (!no_code_twice(file, out->candidates, out->n, mem, err) ||
        !draw_sample(out->candidates, out->n, text_trim(seed), wanted ? wanted : n_marked, mem, &out->draw, err))
        return false;
    for (size_t i = 0; i < out->draw.n && n_marked; i++)
        *differs_out += out->draw.at[i].taken != marked[out->draw.at[i].candidate];
    return true;
}

#include "app/lineage_walk.h"

#include "report/say.h"

struct lineage_step *walk_step(struct walk *w, unsigned depth, enum lineage_kind kind)
{
    struct lineage *const out = w->out;
    ARENA_ROOM(w->mem, out->steps, out->n, w->capacity);
    struct lineage_step *const step = &out->steps[out->n++];
    *step = (struct lineage_step){ .depth = depth, .kind = kind, .value = BLANK };
    return step;
}

struct text walk_either(const struct walk *w, const char *zh, const char *en)
{
    return text_of(w->english ? en : zh);
}

void walk_note(struct walk *w, unsigned depth, const char *zh, const char *en)
{
    walk_step(w, depth, LINEAGE_NOTE)->words = walk_either(w, zh, en);
}

void walk_heading(struct walk *w, unsigned depth, struct text label)
{
    walk_step(w, depth, LINEAGE_HEADING)->label = label;
}

struct text walk_key(struct walk *w, struct lineage_key key)
{
    key.year = w->county->county->year;
    return lineage_key_format(w->mem, &key);
}

bool walk_visible(const struct walk *w, size_t row)
{
    return snapshot_visible(w->snapshot, row, w->request->actor);
}

/* ---- finding what a key speaks of ----------------------------------------------------------- */

bool walk_year(struct walk *w, int year, struct err *err)
{
    const struct snapshot *const s = w->snapshot;
    const size_t at = year ? snapshot_year(s, year) : s->n_years;
    if (at >= s->n_years) {
        err_set(err, ERR_ABSENT, "没有 %d学年的数据。", year);
        return err_hint(err, "请先导入这一学年的填报，或换一个学年。");
    }
    w->composing = (struct composing){ .mem = w->mem, .assessment = s->assessment, .needs = s->needs, .year = at, .english = w->english };
    w->county = composing_county(&w->composing);
    struct assess_request *again = arena_make(w->mem, struct assess_request);
    *again = (struct assess_request){ .edition = w->edition, .relaxations = s->assessment->relaxations,
                                      .n_relaxations = s->assessment->n_relaxations, .by = NO_ITEM, .failing_rows = true };
    w->told = told_county(s->returns, at, again, w->mem);
    return true;
}

bool walk_school(struct walk *w, struct text code, size_t *row_out, struct err *err)
{
    *row_out = snapshot_school(w->snapshot, w->composing.year, code, w->request->actor);
    if (*row_out != SIZE_MAX)
        return true;
    err_set(err, ERR_ABSENT, "%d学年的数据里没有学校 %.*s。", w->county->county->year, TEXT_ARG(code));
    return err_hint(err, "请核对学校代码和学年；您能看到的学校都在“学校”页上。");
}

bool walk_level(struct walk *w, enum stage stage, struct text id, const struct stage_assessment **stage_out, size_t *level_out,
                struct err *err)
{
    *stage_out = composing_stage(w->county, stage);
    if (!composing_level(w->edition, stage, id, level_out))
        return err_set(err, ERR_ABSENT, "这套标准里没有资源指标 %.*s。", TEXT_ARG(id));
    return *stage_out || err_set(err, ERR_ABSENT, "%d学年没有%.*s的评估单元。", w->county->county->year, TEXT_ARG(stage_zh(stage)));
}

bool walk_unit(struct walk *w, enum stage stage, struct text code, const struct stage_assessment **stage_out, size_t *unit_out,
               struct err *err)
{
    size_t row;
    if (!walk_school(w, code, &row, err))
        return false;
    *stage_out = composing_stage(w->county, stage);
    *unit_out = composing_unit(*stage_out, row);
    if (*unit_out != SIZE_MAX)
        return true;
    err_set(err, ERR_ABSENT, "%.*s在 %d学年不是%.*s的评估单元。", TEXT_ARG(composing_name(&w->composing, row)), w->county->county->year,
            TEXT_ARG(stage_zh(stage)));
    const size_t host = told_host(w->told, row);
    return host != row && walk_visible(w, host)
               ? err_hint(err, "它是校区，并入主校 %.*s（%.*s）计算。", TEXT_ARG(composing_name(&w->composing, host)),
                          TEXT_ARG(composing_code(&w->composing, host)))
               : err_hint(err, "请看它的学校类型和在校生数。");
}

struct text walk_unit_name(struct walk *w, const struct stage_assessment *s, size_t unit)
{
    const struct text name = composing_name(&w->composing, s->row[unit]), stage = say_stage(s->stage, w->english);
    return w->english ? text_printf(w->mem, "%.*s (%.*s)", TEXT_ARG(name), TEXT_ARG(stage))
                      : text_printf(w->mem, "%.*s（%.*s）", TEXT_ARG(name), TEXT_ARG(stage));
}

/* ---- the walk ------------------------------------------------------------------------------- */

static bool walk_returned(struct walk *w, const struct lineage_key *key, struct err *err)
{
    const uint16_t item = item_find(&w->edition->items, key->id);
    const bool of_county = key->of == LINEAGE_OF_COUNTY;
    size_t row;
    if (item == NO_ITEM || (w->edition->items.at[item].level == ITEM_COUNTY) != of_county)
        return err_set(err, ERR_ABSENT, "%s没有指标项 %.*s。", of_county ? "区县" : "学校", TEXT_ARG(key->id));
    if (of_county)
        return walk_county_figure(w, 0, item, err);
    return walk_school(w, key->school, &row, err) && walk_figure(w, 0, row, item, err);
}

static bool walk_from(struct walk *w, const struct lineage_key *key, struct err *err)
{
    switch (key->of) {
    case LINEAGE_OF_SCHOOL:
    case LINEAGE_OF_COUNTY:
        return walk_returned(w, key, err);
    case LINEAGE_OF_LEVEL:
    case LINEAGE_OF_NEED:
    case LINEAGE_OF_SHARE:
    case LINEAGE_OF_UNIT:
    case LINEAGE_OF_PUPILS:
        return walk_unit_number(w, key, err);
    case LINEAGE_OF_CV:
    case LINEAGE_OF_MEAN:
    case LINEAGE_OF_COMBINED:
    case LINEAGE_OF_COUNT:
    case LINEAGE_OF_PASSING:
        return walk_stage_number(w, key, err);
    case LINEAGE_OF_RULE:
        return walk_rule(w, key, err);
    case LINEAGE_OF_VERDICT:
        return walk_verdict(w, key, err);
    case LINEAGE_OF_OFFICIAL:
        return walk_official(w, key, err);
    }
    return false;
}

struct walk walk_begin(const struct lineage_request *request, struct arena *mem, struct lineage *out)
{
    *out = (struct lineage){ .version = (int64_t)request->snapshot->version };
    return (struct walk){ .mem = mem, .request = request, .snapshot = request->snapshot, .edition = request->snapshot->edition,
                          .english = request->lang == LANG_EN, .lang = request->lang, .out = out };
}

bool lineage_of(const struct lineage_request *request, struct text text, struct arena *mem, struct lineage *out, struct err *err)
{
    struct walk w = walk_begin(request, mem, out);
    struct lineage_key key;
    if (!actor_may(request->actor, MAY_SEE, err) || !lineage_key_parse(text, mem, &key, err) || !walk_year(&w, key.year, err) ||
        !db_read_begin(house_db(request->house), &w.session, err))
        return false;
    const bool ok = walk_from(&w, &key, err);
    db_read_end(&w.session);
    out->key = lineage_key_format(mem, &key);
    if (ok && out->n)
        out->title = out->steps[0].label;
    return ok;
}

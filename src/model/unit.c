#include "model/unit.h"

#include "base/day.h"

#include <stdlib.h>

static const struct { const char *word, *zh; } KINDS[N_UNIT_KINDS] = {
    [UNIT_COUNTY] = { "county", "县" },         [UNIT_TOWNSHIP] = { "township", "乡镇（街道）" }, [UNIT_DISTRICT] = { "district", "学区" },
    [UNIT_SCHOOL] = { "school", "学校" },       [UNIT_CAMPUS] = { "campus", "校区" },             [UNIT_DEPARTMENT] = { "department", "部门" },
    [UNIT_GROUP] = { "group", "领导小组" },     [UNIT_OFFICE] = { "office", "领导小组办公室" },
};
static const struct { const char *word, *zh; } ACTS[N_UNIT_ACTS] = {
    [UNIT_ADD] = { "add", "设立" },     [UNIT_RENAME] = { "rename", "更名" }, [UNIT_MOVE] = { "move", "改隶属" },
    [UNIT_MERGE] = { "merge", "合并" }, [UNIT_CLOSE] = { "close", "撤销" },   [UNIT_REOPEN] = { "reopen", "恢复" },
};
enum { LONGEST_CODE = 20, LONGEST_NAME = 180 };   /* bytes */

struct text unit_kind_word(enum unit_kind kind) { return text_of(KINDS[kind].word); }
struct text unit_kind_zh(enum unit_kind kind) { return text_of(KINDS[kind].zh); }
struct text unit_act_word(enum unit_act act) { return text_of(ACTS[act].word); }
struct text unit_act_zh(enum unit_act act) { return text_of(ACTS[act].zh); }

bool unit_kind_of(struct text word, enum unit_kind *out)
{
    for (int k = 0; k < N_UNIT_KINDS; k++)
        if (text_equal(word, text_of(KINDS[k].word)) || text_equal(word, text_of(KINDS[k].zh))) {
            *out = (enum unit_kind)k;
            return true;
        }
    return false;
}

bool unit_act_of(struct text word, enum unit_act *out)
{
    for (int a = 0; a < N_UNIT_ACTS; a++)
        if (text_equal(word, text_of(ACTS[a].word))) {
            *out = (enum unit_act)a;
            return true;
        }
    return false;
}

/* ---- on a day ----------------------------------------------------------------------------- */

const struct unit_row *unit_at(const struct unit_row *rows, size_t n, struct text code, struct text day)
{
    size_t low = 0, high = n;
    const struct unit_row *found = NULL;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (text_compare(rows[middle].code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < n && text_equal(rows[i].code, code) && text_compare(rows[i].from_day, day) <= 0; i++)
        found = &rows[i];
    return found;
}

static int by_kind_and_code(const void *left, const void *right)
{
    const struct unit_row *const a = *(const struct unit_row *const *)left, *const b = *(const struct unit_row *const *)right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return text_compare(a->code, b->code);
}

struct walk { const struct unit_row **on; bool *placed; size_t n; struct unit *out; size_t n_out; };

/* The children of a unit.  Each is placed once, so that a circle (which acts refuse) ends, too. */
static void place(struct walk *w, struct text parent, unsigned depth)
{
    for (size_t i = 0; i < w->n; i++) {
        if (w->placed[i] || !text_equal(w->on[i]->parent, parent) || !w->on[i]->code.size)
            continue;
        w->placed[i] = true;
        w->out[w->n_out++] = (struct unit){ w->on[i], depth };
        place(w, w->on[i]->code, depth + 1);
    }
}

void units_at(const struct unit_row *rows, size_t n, struct text day, struct arena *mem, struct unit **out, size_t *n_out)
{
    struct walk w = { .on = arena_alloc(mem, (n + 1) * sizeof *w.on), .placed = arena_array(mem, n + 1, bool), .out = arena_array(mem, n + 1, struct unit) };
    for (size_t i = 0; i < n; i++) {
        if (text_compare(rows[i].from_day, day) > 0)
            continue;
        if (w.n && text_equal(w.on[w.n - 1]->code, rows[i].code))
            w.n--;
        w.on[w.n++] = &rows[i];
    }
    if (w.n)
        qsort(w.on, w.n, sizeof *w.on, by_kind_and_code);
    place(&w, TEXT(""), 0);
    for (size_t i = 0; i < w.n; i++)   /* whose parent is not there (yet) */
        if (!w.placed[i]) {
            w.placed[i] = true;
            w.out[w.n_out++] = (struct unit){ w.on[i], 0 };
            place(&w, w.on[i]->code, 1);
        }
    *out = w.out;
    *n_out = w.n_out;
}

/* ---- what is wished ----------------------------------------------------------------------- */

static bool standing(const struct unit_row *rows, size_t n, struct text code, struct text day, const char *what, const struct unit_row **out,
                     struct err *err)
{
    *out = unit_at(rows, n, code, day);
    if (!*out) {
        err_set(err, ERR_ABSENT, "%s“%.*s”在 %.*s 还不存在。", what, TEXT_ARG(code), TEXT_ARG(day));
        return err_hint(err, "请核对代码和日期；还没有的单位请先设立。");
    }
    if (!(*out)->is_open) {
        err_set(err, ERR_CONFLICT, "%s“%.*s”在 %.*s 已经撤销或合并。", what, TEXT_ARG((*out)->name), TEXT_ARG(day));
        return err_hint(err, "请选一个还在的单位，或先恢复它。");
    }
    return true;
}

static bool right_place(const struct unit_row *rows, size_t n, const struct unit_wish *wish, struct err *err)
{
    const struct unit_row *at;
    struct text up = wish->parent;
    if (wish->parent.size && !standing(rows, n, wish->parent, wish->day, "上级单位", &at, err))
        return false;
    for (size_t i = 0; up.size && i <= n; i++) {
        if (text_equal(up, wish->code)) {
            err_set(err, ERR_INPUT, "一个单位不能隶属于自己或自己的下级。");
            return err_hint(err, "请另选上级单位。");
        }
        at = unit_at(rows, n, up, wish->day);
        up = at ? at->parent : TEXT("");
    }
    if (!wish->district.size)
        return true;
    if (!standing(rows, n, wish->district, wish->day, "学区", &at, err))
        return false;
    return at->kind == UNIT_DISTRICT || err_set(err, ERR_INPUT, "“%.*s”不是学区。", TEXT_ARG(at->name));
}

static bool right_name(struct text name, struct err *err)
{
    if (name.size && name.size <= LONGEST_NAME)
        return true;
    err_set(err, ERR_INPUT, name.size ? "名称太长。" : "没有写名称。");
    return err_hint(err, "请写单位的全称，最多 60 个字。");
}

static bool added(const struct unit_row *rows, size_t n, const struct unit_wish *wish, struct unit_row *out, struct err *err)
{
    for (size_t i = 0; i < n; i++)
        if (text_equal(rows[i].code, wish->code)) {
            err_set(err, ERR_CONFLICT, "代码 %.*s 已经是“%.*s”的。", TEXT_ARG(wish->code), TEXT_ARG(rows[i].name));
            return err_hint(err, "代码不能再用；撤销过的单位请用“恢复”。");
        }
    if (!wish->code.size || wish->code.size > LONGEST_CODE) {
        err_set(err, ERR_INPUT, wish->code.size ? "代码太长。" : "没有写代码。");
        return err_hint(err, "学校写学校标识码，乡镇写行政区划代码，最多 20 个字节。");
    }
    out->kind = wish->kind, out->code = wish->code, out->name = wish->name, out->parent = wish->parent, out->district = wish->district;
    return right_name(wish->name, err) && right_place(rows, n, wish, err);
}

static bool shut(const struct unit_row *rows, size_t n, const struct unit_wish *wish, struct unit_row *out, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && text_equal(rows[i].code, rows[i + 1].code))
            continue;   /* its latest row alone */
        if (rows[i].is_open && (text_equal(rows[i].parent, wish->code) || text_equal(rows[i].district, wish->code))) {
            err_set(err, ERR_CONFLICT, "“%.*s”还有下级单位：“%.*s”。", TEXT_ARG(out->name), TEXT_ARG(rows[i].name));
            return err_hint(err, "请先把下级单位改隶属、合并或撤销。");
        }
    }
    out->is_open = false;
    return true;
}

static bool merged(const struct unit_row *rows, size_t n, const struct unit_wish *wish, struct unit_row *out, struct err *err)
{
    const struct unit_row *into;
    if (text_equal(wish->successor, wish->code))
        return err_set(err, ERR_INPUT, "不能并入自己。");
    if (!standing(rows, n, wish->successor, wish->day, "并入的单位", &into, err))
        return false;
    if (into->kind != out->kind)
        return err_set(err, ERR_INPUT, "“%.*s”是%s，不能并入%s“%.*s”。", TEXT_ARG(out->name), KINDS[out->kind].zh, KINDS[into->kind].zh, TEXT_ARG(into->name));
    out->successor = wish->successor;
    return shut(rows, n, wish, out, err);
}

static bool reasoned(const struct unit_wish *wish, struct err *err)
{
    if ((wish->act != UNIT_MERGE && wish->act != UNIT_CLOSE && wish->act != UNIT_REOPEN) || wish->reason.size)
        return true;
    err_set(err, ERR_INPUT, "%s要写明依据。", ACTS[wish->act].zh);
    return err_hint(err, "请写批复文号或缘由，例如“登政文〔2026〕12号，布局调整”。");
}

bool unit_wished(const struct unit_row *rows, size_t n, const struct unit_wish *wish, struct unit_row *out, struct err *err)
{
    struct day day;
    const struct unit_row *last = NULL;
    if (!day_read(wish->day, &day)) {
        err_set(err, ERR_INPUT, "生效日期读到“%.*s”，不是一个日期。", TEXT_ARG(wish->day));
        return err_hint(err, "请写成 2026-09-01 这样。");
    }
    if (!reasoned(wish, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (text_equal(rows[i].code, wish->code))
            last = &rows[i];
    *out = (struct unit_row){ .is_open = true };
    if (wish->act != UNIT_ADD) {
        if (!last)
            return err_set(err, ERR_ABSENT, "没有代码是“%.*s”的单位。", TEXT_ARG(wish->code));
        if (text_compare(wish->day, last->from_day) < 0) {
            err_set(err, ERR_CONFLICT, "“%.*s”在 %.*s 已有更晚的变动。", TEXT_ARG(last->name), TEXT_ARG(last->from_day));
            return err_hint(err, "历史不能改写：请填这一天或以后的日期。");
        }
        if (last->is_open == (wish->act == UNIT_REOPEN))
            return err_set(err, ERR_CONFLICT, last->is_open ? "“%.*s”没有撤销，不用恢复。" : "“%.*s”已经撤销或合并，请先恢复。", TEXT_ARG(last->name));
        *out = *last;
    }
    out->act = wish->act, out->from_day = wish->day, out->reason = wish->reason;
    switch (wish->act) {
    case UNIT_ADD: return added(rows, n, wish, out, err);
    case UNIT_RENAME: out->name = wish->name; return right_name(wish->name, err);
    case UNIT_MOVE: out->parent = wish->parent, out->district = wish->district; return right_place(rows, n, wish, err);
    case UNIT_MERGE: return merged(rows, n, wish, out, err);
    case UNIT_CLOSE: return shut(rows, n, wish, out, err);
    case UNIT_REOPEN: out->is_open = true, out->successor = TEXT(""); return true;
    case N_UNIT_ACTS: break;
    }
    return false;
}

/* ---- several ------------------------------------------------------------------------------ */

struct unit_plan unit_plan_of(const struct unit_row *rows, size_t n, size_t more, struct arena *mem)
{
    const struct unit_plan plan = { arena_array(mem, n + more + 1, struct unit_row), n, n + more };
    if (n)
        memcpy(plan.rows, rows, n * sizeof *rows);
    return plan;
}

bool unit_plan_add(struct unit_plan *plan, const struct unit_wish *wish, struct stamp by, struct unit_row *out, struct err *err)
{
    size_t at = plan->n;
    if (plan->n == plan->most)
        return err_set(err, ERR_LIMIT, "一次的变动太多。");
    if (!unit_wished(plan->rows, plan->n, wish, out, err))
        return false;
    out->by = by;
    /* Behind those of the same unit and an earlier or the same day: by code, then day, then order of entry. */
    while (at && (text_compare(plan->rows[at - 1].code, out->code) > 0 ||
                  (text_equal(plan->rows[at - 1].code, out->code) && text_compare(plan->rows[at - 1].from_day, out->from_day) > 0)))
        at--;
    memmove(&plan->rows[at + 1], &plan->rows[at], (plan->n - at) * sizeof *plan->rows);
    plan->rows[at] = *out;
    plan->n++;
    return true;
}

/* The columns that people write: read as they are typed, changed together, taken back together. */
#include "app/ledger_inside.h"

#include "app/audit.h"
#include "app/evidence_inside.h"
#include "app/place_names.h"
#include "app/talk.h"
#include "base/day.h"
#include "base/unicode.h"

#include <math.h>

static const struct { const char *word, *zh; int most; bool owners_own; } FIELDS[N_LEDGER_FIELDS] = {
    [LEDGER_PROJECT] = { "project", "项目", 200, false },      [LEDGER_MEASURE] = { "measure", "措施", 600, false },
    [LEDGER_OWNER] = { "owner", "责任单位", 0, false },        [LEDGER_HELPERS] = { "helpers", "协办单位", 0, false },
    [LEDGER_PERSON] = { "person", "责任人", 60, true },        [LEDGER_COST] = { "cost", "经费（万元）", 0, false },
    [LEDGER_FUND] = { "fund", "资金来源", 60, false },         [LEDGER_AMOUNT] = { "amount", "计划增加", 0, false },
    [LEDGER_DUE] = { "due", "时限", 0, false },                [LEDGER_PROGRESS] = { "progress", "进展", 600, true },
    [LEDGER_RESULT] = { "result", "结果", 600, true },
};
static const double MOST_10K = 1e8, MOST_AMOUNT = 1e10;

struct text ledger_field_word(enum ledger_field field) { return text_of(FIELDS[field].word); }

bool ledger_field_of(struct text word, enum ledger_field *out)
{
    for (int f = 0; f < N_LEDGER_FIELDS; f++)
        if (text_equal(word, text_of(FIELDS[f].word))) {
            *out = (enum ledger_field)f;
            return true;
        }
    return false;
}

/* ---- as text ------------------------------------------------------------------------------- */

static struct text *words_of(struct ledger_plan *plan, enum ledger_field field)
{
    switch (field) {
    case LEDGER_PROJECT: return &plan->project;
    case LEDGER_MEASURE: return &plan->measure;
    case LEDGER_HELPERS: return &plan->helpers;
    case LEDGER_PERSON: return &plan->person;
    case LEDGER_FUND: return &plan->fund;
    case LEDGER_DUE: return &plan->due;
    case LEDGER_PROGRESS: return &plan->progress;
    case LEDGER_RESULT: return &plan->result;
    default: return NULL;
    }
}

static struct text number_text(double x, struct arena *mem)
{
    char digits[NUMBER_SIZE];
    if (is_blank(x))
        return TEXT("");
    const size_t n = number_shortest(digits, x);
    return text_copy(mem, (struct text){ digits, n });
}

struct text ledger_field_text(const struct ledger_plan *plan, enum ledger_field field, struct arena *mem)
{
    struct ledger_plan copy = *plan;
    const struct text *const words = words_of(&copy, field);
    struct place owner;
    if (words)
        return *words;
    switch (field) {
    case LEDGER_OWNER: return place_of_words(plan->owner_kind, plan->owner_name, &owner) ? place_value(owner, mem) : TEXT("");
    case LEDGER_COST: return plan->cost_yuan < 0 ? TEXT("") : number_text((double)plan->cost_yuan / 10000, mem);
    default: return number_text(plan->planned, mem);
    }
}

struct text ledger_field_shown(const struct ledger_plan *plan, enum ledger_field field, struct arena *mem)
{
    return field == LEDGER_OWNER ? plan->owner_shown : ledger_field_text(plan, field, mem);
}

/* ---- read as typed -------------------------------------------------------------------------- */

static bool fault(enum ledger_field field, struct text typed, const char *expected, struct err *err)
{
    err_set(err, ERR_INPUT, "“%s”读到“%.*s”，应为%s。", FIELDS[field].zh, (int)(typed.size < 90 ? typed.size : 90), typed.at, expected);
    return err_hint(err, "请改过来；不需要的可以留空。");
}

/* 1,200.5 as 1200.5 */
static bool read_number(enum ledger_field field, struct text typed, double most, double *out, struct arena *mem, struct err *err)
{
    struct buf plain = { .mem = mem };
    for (size_t i = 0; i < typed.size; i++)
        if (typed.at[i] != ',')
            buf_byte(&plain, typed.at[i]);
    *out = BLANK;
    if (!typed.size)
        return true;
    return (number_parse(buf_text(&plain), out) && *out >= 0 && *out <= most) ||
           fault(field, typed, field == LEDGER_COST ? "数字，单位万元，如 38.6" : "数字，如 412", err);
}

/* A day, or a month: its last day. */
static bool read_due(struct text typed, struct text *out, struct arena *mem, struct err *err)
{
    struct day day;
    *out = typed;
    if (!typed.size || day_read(typed, &day))
        return true;
    for (int last = 31; last > 27 && typed.size == 7; last--) {
        const struct text whole = text_printf(mem, "%.*s-%d", TEXT_ARG(typed), last);
        if (day_read(whole, &day)) {
            *out = whole;
            return true;
        }
    }
    return fault(LEDGER_DUE, typed, "日期，如 2027-08-31", err);
}

/* A place as it is stored, or as people type it. */
static bool read_place(const struct place_names *names, struct text typed, struct place *out, struct err *err)
{
    size_t at;
    if (text_equal(typed, TEXT("county")))
        return place_of_words(typed, TEXT(""), out) || err_set(err, ERR_INPUT, "不是单位：%.*s", TEXT_ARG(typed));
    if (text_find(typed, TEXT(":"), &at) &&
        place_of_words((struct text){ typed.at, at }, (struct text){ typed.at + at + 1, typed.size - at - 1 }, out) && place_find(names, *out))
        return true;
    return place_said(names, typed, out, err);
}

static bool read_owner(const struct place_names *names, struct text typed, struct ledger_plan *plan, struct arena *mem, struct err *err)
{
    struct place owner;
    plan->owner_kind = plan->owner_name = plan->owner_shown = TEXT("");
    if (!typed.size)
        return true;
    if (!read_place(names, typed, &owner, err))
        return false;
    plan->owner_kind = place_word(owner.kind);
    plan->owner_name = text_copy(mem, owner.name);
    plan->owner_shown = text_copy(mem, place_name(names, owner));
    return true;
}

/* Parted by ; or 、 */
static bool read_helpers(const struct place_names *names, struct text typed, struct text *out, struct arena *mem, struct err *err)
{
    struct buf parted = { .mem = mem }, said = { .mem = mem };
    for (size_t i = 0; i < typed.size; i++) {
        const struct text rest = { typed.at + i, typed.size - i };
        const bool sign = text_starts(rest, TEXT("、")) || text_starts(rest, TEXT("；")) || text_starts(rest, TEXT("，"));
        buf_byte(&parted, sign ? ';' : typed.at[i]);
        i += sign ? 2 : 0;
    }
    struct text rest = buf_text(&parted);
    for (struct text one; text_split(&rest, ';', &one);) {
        struct place place;
        one = text_trim(one);
        if (!one.size)
            continue;
        if (!read_place(names, one, &place, err))
            return false;
        buf_printf(&said, "%s%.*s", said.size ? ";" : "", TEXT_ARG(place_value(place, mem)));
    }
    *out = buf_text(&said);
    return true;
}

bool ledger_field_put(const struct place_names *names, enum ledger_field field, struct text as_typed, struct ledger_plan *plan, struct arena *mem,
                      struct err *err)
{
    const struct text typed = text_trim(as_typed);
    double number;
    switch (field) {
    case LEDGER_OWNER: return read_owner(names, typed, plan, mem, err);
    case LEDGER_HELPERS: return read_helpers(names, typed, &plan->helpers, mem, err);
    case LEDGER_DUE: return read_due(typed, &plan->due, mem, err);
    case LEDGER_AMOUNT: return read_number(field, typed, MOST_AMOUNT, &plan->planned, mem, err);
    case LEDGER_COST:
        if (!read_number(field, typed, MOST_10K, &number, mem, err))
            return false;
        plan->cost_yuan = is_blank(number) ? -1 : (int64_t)llround(number * 10000);
        return true;
    default:
        if (utf8_length(typed) > (size_t)FIELDS[field].most)
            return fault(field, typed, arena_printf(mem, "最多 %d 字", FIELDS[field].most), err);
        *words_of(plan, field) = typed;
        return true;
    }
}

/* ---- changing ------------------------------------------------------------------------------ */

struct editing {
    struct house *house;
    struct db_session *session;
    const struct actor *actor;
    const struct place_names *names;
    struct text batch;            /* empty: nothing differed yet */
    const char *by;
    int64_t now;
    struct arena *mem;
    size_t rows, cells;
};

static bool may_write(const struct actor *actor, const struct ledger_row *row, enum ledger_field field, struct err *err)
{
    const bool keeps = (actor->permissions & MAY_LEDGER) && actor->place.kind == PLACE_COUNTY;
    if (keeps || (FIELDS[field].owners_own && ledger_is_mine(actor, row)))
        return true;
    err_set(err, ERR_DENIED, "台账第 %lld 号的“%s”要由%s填。", (long long)row->id, FIELDS[field].zh,
            FIELDS[field].owners_own ? "责任单位或县级办公室" : "县级办公室");
    return err_hint(err, "您可以在这一行下面留言，提醒对方。");
}

static bool note_cell(struct editing *e, const struct ledger_row *row, enum ledger_field field, const struct ledger_plan *plan, struct err *err)
{
    const struct text county = house_county(e->house);
    const struct talk_on on = ledger_talk(row->id, e->mem);
    const struct ledger_batch_cell cell = { row->id, ledger_field_word(field), ledger_field_text(&row->plan, field, e->mem),
                                            ledger_field_text(plan, field, e->mem) };
    if (!e->batch.size) {
        e->batch = evidence_new_id(e->mem);
        const struct ledger_batch batch = { e->batch, text_of(e->by), actor_stamp(e->actor, e->now), 0 };
        if (!store_ledger_batch_add(e->session, county, &batch, err))
            return false;
    }
    e->cells++;
    return store_ledger_batch_cell_add(e->session, county, e->batch, &cell, err) &&
           app_talk_changed(e->session, county, &on, e->actor, FIELDS[field].zh, ledger_field_shown(&row->plan, field, e->mem),
                            ledger_field_shown(plan, field, e->mem), e->now, err);
}

static bool differs(const struct ledger_plan *a, const struct ledger_plan *b, enum ledger_field field, struct arena *mem)
{
    return !text_equal(ledger_field_text(a, field, mem), ledger_field_text(b, field, mem));
}

/* A row that has a day and a measure or project is planned by that. */
static bool plan_it(struct editing *e, const struct ledger_row *row, const struct ledger_plan *plan, struct err *err)
{
    const bool keeps = (e->actor->permissions & MAY_LEDGER) && e->actor->place.kind == PLACE_COUNTY;
    if (!keeps || !ledger_can(ledger_row_state(row), LEDGER_PLAN, LEDGER_BY_PLANNER) || !plan->due.size || (!plan->measure.size && !plan->project.size))
        return true;
    return ledger_put_state(e->house, e->session, e->actor, row, LEDGER_PLANNED, TEXT(""), e->now, e->mem, err);
}

static bool put_row(struct editing *e, const struct ledger_row *row, const struct ledger_plan *plan, struct err *err)
{
    bool any = false;
    for (int f = 0; f < N_LEDGER_FIELDS; f++) {
        if (!differs(&row->plan, plan, (enum ledger_field)f, e->mem))
            continue;
        any = true;
        if (!may_write(e->actor, row, (enum ledger_field)f, err) || !note_cell(e, row, (enum ledger_field)f, plan, err))
            return false;
    }
    e->rows += any;
    return !any || (store_ledger_plan(e->session, house_county(e->house), row->id, row->stamp, plan, e->now, err) && plan_it(e, row, plan, err));
}

bool app_ledger_edit(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     const struct ledger_edit *edit, int64_t now, struct arena *mem, struct ledger_edited *out, struct err *err)
{
    struct place_names names;
    place_names_of(snapshot, now, mem, &names);
    struct editing e = { .house = house, .session = session, .actor = actor, .names = &names, .by = edit->by, .now = now, .mem = mem,
                         .batch = TEXT("") };
    for (size_t i = 0; i < edit->n;) {
        struct ledger_row row;
        const int64_t id = edit->cells[i].id;
        if (!app_ledger_row(house, session, actor, id, mem, &row, err))
            return false;
        struct ledger_plan plan = row.plan;
        for (; i < edit->n && edit->cells[i].id == id; i++)
            if (!ledger_field_put(&names, edit->cells[i].field, edit->cells[i].text, &plan, mem, err))
                return false;
        if (edit->seen && edit->seen != row.stamp) {
            err_set(err, ERR_CONFLICT, "台账第 %lld 号刚才由别人改过了。", (long long)id);
            return err_hint(err, "请刷新页面，看过现在的内容再改。");
        }
        if (!put_row(&e, &row, &plan, err))
            return false;
    }
    *out = (struct ledger_edited){ e.batch, e.rows, e.cells };
    return !e.cells || audit_write(session, actor, "ledger.edit", e.batch, text_printf(mem, "by=%s rows=%zu cells=%zu", edit->by, e.rows, e.cells), now, err);
}

/* ---- taking back ---------------------------------------------------------------------------- */

bool app_ledger_undo(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     struct text batch, int64_t now, struct arena *mem, struct ledger_undone *out, struct err *err)
{
    const struct text county = house_county(house);
    struct ledger_batch made;
    struct ledger_batch_cell *cells;
    struct place_names names;
    size_t n;
    *out = (struct ledger_undone){ 0 };
    if (!store_ledger_batch(session, county, batch, mem, &made, err))
        return false;
    if (made.by.account != actor->account && !actor_may(actor, MAY_LEDGER, err))
        return false;
    if (!store_ledger_batch_undo(session, county, batch, now, err) || !store_ledger_batch_cells(session, county, batch, mem, &cells, &n, err))
        return false;
    place_names_of(snapshot, now, mem, &names);
    struct editing e = { .house = house, .session = session, .actor = actor, .names = &names, .by = "undo", .now = now, .mem = mem, .batch = TEXT("") };
    for (size_t i = 0; i < n;) {
        struct ledger_row row;
        const int64_t id = cells[i].id;
        if (!app_ledger_row(house, session, actor, id, mem, &row, err))
            return false;
        struct ledger_plan plan = row.plan;
        for (; i < n && cells[i].id == id; i++) {
            enum ledger_field field;
            if (!ledger_field_of(cells[i].field, &field) || !text_equal(ledger_field_text(&row.plan, field, mem), cells[i].new_)) {
                out->kept++;
                continue;
            }
            if (!ledger_field_put(&names, field, cells[i].old, &plan, mem, err))
                return false;
            out->restored++;
        }
        if (!put_row(&e, &row, &plan, err))
            return false;
    }
    return audit_write(session, actor, "ledger.undo", batch, text_printf(mem, "restored=%zu kept=%zu", out->restored, out->kept), now, err);
}

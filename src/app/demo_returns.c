/* The made-up county's open year: every school asked, returns in all states, what came back with its reasons. */
#include "app/demo_parts.h"

#include "app/audit.h"
#include "app/return_act.h"
#include "base/day.h"
#include "base/number.h"
#include "model/returns_overlay.h"
#include "report/compose_figures.h"

enum { HOUR = 3600, YEAR = 2026, OPENED = 45, FILL_LEFT = -3, CONFIRM_LEFT = 4, CHECK_LEFT = 18, APPROVE_LEFT = 32, OF = 20 };

/* How far a school has come; of twenty neighbours so many. */
enum progress { NOTHING, HALF, WHOLE, SENT_BACK, SUBMITTED, CONFIRMED, CHECKED, APPROVED };
static const enum progress STAGES[OF] = {
    APPROVED, APPROVED, CHECKED, APPROVED, SUBMITTED, APPROVED, HALF, APPROVED, SENT_BACK, CONFIRMED,
    APPROVED, APPROVED, WHOLE, CHECKED, APPROVED, SUBMITTED, SENT_BACK, HALF, CONFIRMED, NOTHING,
};

struct filling {
    struct house *house;
    const struct snapshot *s;
    const struct item_list *items;
    size_t before;                /* of the year before, among the snapshot's */
    const struct demo_person *people;
    size_t n_people;
    int64_t now;
    struct way *ways;
    size_t n;
    struct arena *mem;
};

/* ---- people ------------------------------------------------------------------------------- */

static struct text name_of_person(struct arena *mem, unsigned number)
{
    static const char *const FAMILY[] = { "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何" };
    static const char *const GIVEN[] = { "敏", "建国", "秀英", "海燕", "志强", "丽娟", "永红", "晓东", "玉兰", "俊杰", "春梅", "卫东", "文静" };
    return text_printf(mem, "%s%s", FAMILY[number % COUNT(FAMILY)], GIVEN[number % COUNT(GIVEN)]);
}

/* Whoever has an account there, else somebody made up. */
static struct actor person_at(const struct filling *f, enum role role, enum place_kind kind, struct text place, unsigned number)
{
    for (size_t i = 0; i < f->n_people; i++)
        if (f->people[i].actor.role == role && f->people[i].actor.place.kind == kind && text_equal(f->people[i].actor.place.name, place))
            return f->people[i].actor;
    const struct text shown = name_of_person(f->mem, number * 7 + (unsigned)role);
    return (struct actor){ .account = -(int64_t)(1000 + number * 16 + (unsigned)role), .name = shown, .shown = shown, .role = role,
                           .permissions = role_info(role)->permissions, .place = { kind, place }, .channel = CHANNEL_CONSOLE, .address = TEXT("") };
}

/* ---- the year ----------------------------------------------------------------------------- */

static bool open_year(void *context, struct db_session *session, struct err *err)
{
    const struct filling *const f = context;
    const struct actor office = person_at(f, ROLE_office, PLACE_COUNTY, TEXT(""), 0);
    const struct collection_wish wish = { .year = YEAR, .check_asked = true, .fill_until = f->now + FILL_LEFT * DAY_SECONDS,
                                          .confirm_until = f->now + CONFIRM_LEFT * DAY_SECONDS, .check_until = f->now + CHECK_LEFT * DAY_SECONDS,
                                          .approve_until = f->now + APPROVE_LEFT * DAY_SECONDS };
    return app_collection_open(f->house, session, &office, &wish, f->now - OPENED * DAY_SECONDS, err);
}

/* ---- figures ------------------------------------------------------------------------------ */

static bool is(const struct item *item, const char *code)
{
    return text_equal(item->code, text_of(code));
}

/* As last year, a year on: fewer pupils, rather more of everything else; what must agree moves together. */
static double a_year_on(const struct filling *f, size_t row, const struct item *item, double last, unsigned dice)
{
    const double fewer = (double)(dice % 4) / 100;
    const uint16_t primary = item_find(f->items, TEXT("pupils_primary")), junior = item_find(f->items, TEXT("pupils_junior")),
                   teachers = item_find(f->items, TEXT("teachers_total"));
    const double p = returns_number(f->s->returns, row, primary), j = returns_number(f->s->returns, row, junior);
    const double less_p = is_blank(p) ? 0 : (double)(int)(p * fewer), less_j = is_blank(j) ? 0 : (double)(int)(j * fewer);
    if (is(item, "pupils_primary") || is(item, "pupils_in_catchment_primary"))
        return last - less_p > 0 ? last - less_p : last;
    if (is(item, "pupils_junior") || is(item, "pupils_in_catchment_junior"))
        return last - less_j > 0 ? last - less_j : last;
    if (is(item, "pupils_total"))
        return last - less_p - less_j;
    if (is(item, "classrooms_multimedia"))
        return last + dice % 3;
    if (is(item, "equipment_value_10k_yuan") || is(item, "public_funds_budget_10k_yuan"))
        return number_round(last * (1.01 + (double)(dice % 5) / 100), 2);
    if (is(item, "teachers_trained_360h")) {
        const double all = returns_number(f->s->returns, row, teachers);
        return !is_blank(all) && last + dice % 2 <= all ? last + dice % 2 : last;
    }
    return last;
}

/* Everything that last year's return had and that does not stand there already; or the first half of it, with a slip. */
static bool type_in(struct filling *f, struct db_session *session, const struct way *way, size_t row, unsigned number, bool half, struct err *err)
{
    const struct entry_place at = { house_county(f->house), YEAR, way->record.school };
    const struct actor clerk = person_at(f, ROLE_clerk, PLACE_SCHOOL, way->record.school, number);
    const int64_t when = f->now - (OPENED - 4 - number % 20) * DAY_SECONDS + (int64_t)(number % 9) * HOUR;
    size_t typed = 0;
    for (uint16_t i = 0; i < f->items->n; i++) {
        const struct item *const item = &f->items->at[i];
        if (item->level != ITEM_SCHOOL || compose_group_of(item) == 0 || (half && i > f->items->n / 3))
            continue;
        struct entry_cell_record cell = { .item = i, .number = BLANK, .text = TEXT(""), .stamp = 1, .by = { clerk.account, clerk.shown, when } };
        if (item->type == ITEM_TEXT)
            cell.text = returns_text(f->s->returns, row, i);
        else
            cell.number = returns_number(f->s->returns, row, i);
        if (!is_blank(cell.number) && (item->type == ITEM_NUMBER || item->type == ITEM_INTEGER))
            cell.number = a_year_on(f, row, item, cell.number, number * 13 + i % 7);
        if (half && is(item, "pupils_total")) {
            cell.number = BLANK;
            cell.typed = TEXT("三百左右");
        }
        if (!cell.text.size && is_blank(cell.number) && !cell.typed.size)
            continue;
        if (!store_entry_put(session, &at, f->items, &cell, err))
            return false;
        typed++;
    }
    return audit_write(session, &clerk, "entry.upload", text_printf(f->mem, "return/%d/%.*s", YEAR, TEXT_ARG(way->record.school)),
                       text_printf(f->mem, "cells=%zu", typed), when, err);
}

static enum progress stage_of(const struct filling *f, size_t i)
{
    for (size_t p = 0; p < f->n_people; p++)
        if (text_equal(f->people[p].actor.place.name, f->ways[i].record.school))
            return f->people[p].sent_back ? SENT_BACK : WHOLE;
    return STAGES[i % OF];
}

static bool type_all(void *context, struct db_session *session, struct err *err)
{
    struct filling *const f = context;
    for (size_t i = 0; i < f->n; i++) {
        const enum progress stage = stage_of(f, i);
        const size_t row = returns_row(f->s->returns, house_county(f->house), f->s->years[f->before], f->ways[i].record.school);
        if (stage != NOTHING && row != SIZE_MAX && !type_in(f, session, &f->ways[i], row, (unsigned)i, stage == HALF, err))
            return false;
    }
    return true;
}

/* ---- steps -------------------------------------------------------------------------------- */

struct explaining { struct filling *f; const struct actor *clerk; struct text school; const struct entry_page *page; int64_t now; };

static bool explain(void *context, struct db_session *session, struct err *err)
{
    const struct explaining *const e = context;
    for (size_t i = 0; i < e->page->n_findings; i++) {
        const struct entry_finding *const finding = &e->page->findings[i];
        if (finding->level == FINDING_WARNING && !app_entry_explain(e->f->house, session, e->clerk, YEAR, e->school, finding->item, finding->rule,
                                                                    TEXT("与学籍系统、台账核对过，情况属实"), e->now, err))
            return false;
    }
    return true;
}

/* A return that is not sound stays a draft, as it would. */
static bool submit(struct filling *f, size_t i, int64_t when, bool *submitted_out, struct err *err)
{
    const struct text school = f->ways[i].record.school;
    const struct actor clerk = person_at(f, ROLE_clerk, PLACE_SCHOOL, school, (unsigned)i);
    const struct return_act act = { .year = YEAR, .school = school, .step = STEP_SUBMIT };
    struct entry_page page;
    struct return_done done;
    *submitted_out = false;
    if (!app_entry(f->house, f->s, &clerk, YEAR, school, when, LANG_ZH, f->mem, &page, err))
        return false;
    if (page.errors || page.blanks)
        return true;
    struct explaining e = { f, &clerk, school, &page, when };
    *submitted_out = true;
    return (!page.unexplained || house_write(f->house, explain, &e, err)) &&
           app_return_step(f->house, f->s, &clerk, &act, when + HOUR, f->mem, &done, err);
}

static bool step(struct filling *f, size_t i, const struct actor *who, enum return_step step, int64_t when, struct err *err)
{
    const struct sent_back_cell WRONG[] = {
        { TEXT("pupils_total"), TEXT("与学籍系统 9 月 1 日的人数对不上，请按学籍核对后改正") },
        { TEXT("equipment_value_10k_yuan"), TEXT("比去年增加的部分请附资产入账单") },
    };
    const bool back = step == STEP_SEND_BACK;
    const struct return_act act = { .year = YEAR, .school = f->ways[i].record.school, .step = step, .cells = WRONG, .n_cells = back ? COUNT(WRONG) : 0,
                                    .reason = back ? TEXT("两处请核对") : TEXT("") };
    struct return_done done;
    return app_return_step(f->house, f->s, who, &act, when, f->mem, &done, err);
}

static bool go_its_way(struct filling *f, size_t i, struct err *err)
{
    const enum progress stage = stage_of(f, i);
    const struct way_record *const w = &f->ways[i].record;
    const unsigned number = (unsigned)i;
    const int64_t when = f->now - (OPENED - 26 - (int64_t)(i % 12)) * DAY_SECONDS;
    bool submitted;
    if (stage < SENT_BACK)
        return true;
    if (!submit(f, i, when, &submitted, err))
        return false;
    if (!submitted || stage == SUBMITTED)
        return true;
    const struct actor principal = person_at(f, ROLE_principal, PLACE_SCHOOL, w->school, number),
                       checker = person_at(f, ROLE_township, PLACE_TOWNSHIP, w->township, 400),
                       bureau = person_at(f, ROLE_statistician, PLACE_COUNTY, TEXT(""), 500);
    if (!step(f, i, &principal, STEP_CONFIRM, when + 5 * HOUR, err))
        return false;
    if (stage == SENT_BACK)
        return step(f, i, &checker, STEP_SEND_BACK, when + DAY_SECONDS, err);
    return (stage < CHECKED || step(f, i, &checker, STEP_CHECK, when + 2 * DAY_SECONDS, err)) &&
           (stage < APPROVED || step(f, i, &bureau, STEP_APPROVE, when + 4 * DAY_SECONDS, err));
}

bool demo_returns(struct house *house, const struct demo_person *people, size_t n_people, int64_t now, struct arena *mem, struct err *err)
{
    struct filling f = { .house = house, .people = people, .n_people = n_people, .now = now, .mem = mem };
    struct collection_status status;
    const struct actor console = actor_console();
    if (!house_snapshot(house, &f.s, err))
        return false;
    f.items = &f.s->edition->items;
    f.before = snapshot_year(f.s, YEAR - 1);
    bool ok = f.before == f.s->n_years || house_write(house, open_year, &f, err);
    if (ok && f.before < f.s->n_years) {
        ok = app_collection_status(house, &console, YEAR, now, mem, &status, err);
        if (ok) {
            f.ways = status.ways;
            f.n = status.n;
            ok = house_write(house, type_all, &f, err);
        }
        for (size_t i = 0; ok && i < f.n; i++)
            ok = go_its_way(&f, i, err);
    }
    snapshot_release(&f.s);
    return ok;
}

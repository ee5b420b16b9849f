/* fill_work.c — so much work in a county that exists: rows of the ledger, tasks with their histories, by the acts people use.
 *
 * fill_work FOLDER ROWS TASKS   FOLDER: a data folder that nobody uses */
#include "app/ledger.h"
#include "app/task.h"
#include "base/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { AT_ONCE = 500, DAY = 86400 };

struct filling {
    struct house *house;
    const struct snapshot *s;
    struct actor office, supervisor;
    struct arena *mem;
    size_t from, until;
    int64_t now;
};

static void fail(const char *what)
{
    fprintf(stderr, "fill_work: %s\n", what);
    exit(1);
}

/* The i-th school of the latest year, and its township. */
static struct place school_of(const struct filling *f, size_t i, struct text *township, struct text *name)
{
    const struct county_year *const year = &f->s->returns->counties[f->s->n_years - 1];
    const struct item_list *const items = &f->s->edition->items;
    const size_t row = year->first + i % year->n;
    *township = returns_text(f->s->returns, row, items->township);
    *name = returns_text(f->s->returns, row, item_find(items, TEXT("school_name")));
    return (struct place){ PLACE_SCHOOL, returns_text(f->s->returns, row, items->school_code) };
}

static struct place owner_of(const struct filling *f, size_t i)
{
    struct text township, name;
    static const char *const DEPARTMENTS[] = { "D05", "D07", "D08", "D11", "D12", "D13", "D16" };
    const struct place school = school_of(f, i, &township, &name);
    return i % 3 == 0 ? school : i % 3 == 1 ? (struct place){ PLACE_TOWNSHIP, township }
                                            : (struct place){ PLACE_DEPARTMENT, text_of(DEPARTMENTS[i / 3 % COUNT(DEPARTMENTS)]) };
}

static struct text day_in(const struct filling *f, int64_t days)
{
    return day_shown(f->now + days * DAY, f->mem);
}

static bool rows(void *context, struct db_session *session, struct err *err)
{
    struct filling *const f = context;
    for (size_t i = f->from; i < f->until; i++) {
        struct text township, name;
        const struct place school = school_of(f, i, &township, &name), owner = owner_of(f, i);
        int64_t id;
        const struct ledger_row row = {
            .of = { TEXT("school"), school.name, TEXT(""), TEXT("other") }, .kind = LEDGER_OTHER,
            .now = { .township = township, .place_shown = name, .problem = text_printf(f->mem, "第 %zu 项办学条件没有达到", i + 1), .basis = TEXT("标准化建设要求") },
            .plan = { .project = TEXT("补齐设施"), .measure = TEXT("列入年度计划，分批补齐"), .owner_kind = place_word(owner.kind), .owner_name = owner.name,
                      .owner_shown = TEXT("责任单位"), .cost_yuan = (int64_t)(i % 400 + 1) * 10000, .fund = TEXT("县级财政"), .planned = BLANK,
                      .due = day_in(f, (int64_t)(i % 900) - 200) },
        };
        if (!app_ledger_add(f->house, session, &f->office, &row, f->now, f->mem, &id, err))
            return false;
        if (i % 4 && !app_ledger_step(f->house, session, &f->office, id, LEDGER_PLAN, TEXT("列入今年计划"), f->now, f->mem, err))
            return false;
    }
    return true;
}

/* Every third task has gone some way: answered, agreed to, in hand. */
static bool go(struct filling *f, struct db_session *session, int64_t id, size_t i, struct err *err)
{
    static const enum task_step STEPS[] = { TASK_ANSWER, TASK_ACCEPT, TASK_PROVE };
    const size_t far = i % 4;
    for (size_t k = 0; k < far; k++) {
        const struct task_act act = { .step = STEPS[k], .words = TEXT("已研究，按计划办理"), .day = TEXT("") };
        if (!app_task_step(f->house, session, k == 1 ? &f->supervisor : &f->office, id, &act, f->now, f->mem, err))
            return false;
    }
    return true;
}

static bool tasks(void *context, struct db_session *session, struct err *err)
{
    struct filling *const f = context;
    for (size_t i = f->from; i < f->until; i++) {
        struct text township, name;
        const struct place about = school_of(f, i, &township, &name);
        const struct task_wish wish = {
            .kind = TASK_ORDER, .origin = (enum task_origin[]){ TASK_OF_SUPERVISOR, TASK_OF_MEETING, TASK_OF_CONCERN, TASK_OF_ENGINE }[i % 4],
            .origin_key = TEXT(""), .title = text_printf(f->mem, "第 %zu 号整改", i + 1), .text = TEXT("按要求整改，报送佐证材料"), .owner = owner_of(f, i),
            .person = TEXT(""), .about = about, .subject = TEXT("L4"), .stage = TEXT("primary"), .due = day_in(f, (int64_t)(i % 700) - 100),
            .product_kind = TEXT(""), .product_name = TEXT(""), .recheck = true,
        };
        int64_t id;
        if (!app_task_put(f->house, session, &f->supervisor, &wish, f->now, f->mem, &id, err) || !go(f, session, id, i, err))
            return false;
    }
    return true;
}

static void in_portions(struct filling *f, db_work *work, size_t n)
{
    struct err err = { .kind = ERR_NONE };
    for (f->from = 0; f->from < n; f->from = f->until) {
        f->until = f->from + AT_ONCE < n ? f->from + AT_ONCE : n;
        f->mem = arena_new("fill");
        if (!house_write(f->house, work, f, &err))
            fail(err.what);
        arena_free(&f->mem);
    }
}

static struct actor person(enum role role, int64_t account, const char *shown)
{
    return (struct actor){ .account = account, .name = text_of(shown), .shown = text_of(shown), .role = role, .permissions = role_info(role)->permissions,
                           .place = { PLACE_COUNTY, TEXT("") }, .channel = CHANNEL_CONSOLE, .address = TEXT("") };
}

int main(int argc, char **argv)
{
    struct err err = { .kind = ERR_NONE };
    double n_rows, n_tasks;
    if (argc != 4 || !number_parse(text_of(argv[2]), &n_rows) || !number_parse(text_of(argv[3]), &n_tasks))
        fail("fill_work FOLDER ROWS TASKS");
    struct filling f = { .office = person(ROLE_office, 900001, "办公室"), .supervisor = person(ROLE_supervisor, 900002, "督导"), .now = time(NULL) };
    if (!house_open(&(struct house_options){ .folder = argv[1] }, &f.house, &err) || !house_snapshot(f.house, &f.s, &err))
        fail(err.what);
    in_portions(&f, rows, (size_t)n_rows);
    in_portions(&f, tasks, (size_t)n_tasks);
    snapshot_release(&f.s);
    house_close(&f.house);
    return 0;
}

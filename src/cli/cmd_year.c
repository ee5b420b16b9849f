#include "app/collection.h"
#include "base/day.h"
#include "base/number.h"
#include "cli/doing.h"
#include "cli/listing.h"

#include <time.h>

struct year_options {
    const char *reference, *fill, *confirm, *check, *approve, *reason, *township, *state, *school, *name;
    bool no_check, with_check, late;
};

static bool year_of(const char *named, int *out, struct err *err)
{
    double year;
    if (!number_parse(text_of(named), &year) || year < 2000 || year > 2100 || year != (double)(int)year) {
        err_set(err, ERR_USAGE, "学年读到“%s”。", named);
        return err_hint(err, "请写学年开始的年份，例如 2026。");
    }
    *out = (int)year;
    return true;
}

/* The end of that day: what is due on it may come until midnight. */
static bool until(const char *option, const char *typed, int64_t *out, struct err *err)
{
    struct day day;
    *out = 0;
    if (!typed)
        return true;
    if (!day_read(text_of(typed), &day)) {
        err_set(err, ERR_USAGE, "--%s 读到“%s”，不是一个日期。", option, typed);
        return err_hint(err, "请写成 2026-10-15 这样。");
    }
    *out = day_ends(day);
    return true;
}

struct working { struct house *house; struct collection_wish wish; struct text reason, township, school, name; int64_t now; size_t reminded; };

static bool open_it(void *context, struct db_session *session, struct err *err)
{
    const struct working *const w = context;
    const struct actor console = actor_console();
    return app_collection_open(w->house, session, &console, &w->wish, w->now, err);
}

static bool set_it(void *context, struct db_session *session, struct err *err)
{
    const struct working *const w = context;
    const struct actor console = actor_console();
    return app_collection_set(w->house, session, &console, &w->wish, w->now, err);
}

static bool lock_it(void *context, struct db_session *session, struct err *err)
{
    const struct working *const w = context;
    const struct actor console = actor_console();
    return app_collection_lock(w->house, session, &console, w->wish.year, w->reason, w->now, err);
}

static bool work_of(struct house *house, const char *named, const struct year_options *o, struct working *out, struct err *err)
{
    *out = (struct working){ .house = house, .now = time(NULL), .reason = text_of(o->reason ? o->reason : ""),
                             .township = text_of(o->township ? o->township : ""), .school = text_of(o->school ? o->school : ""),
                             .name = text_of(o->name ? o->name : ""),
                             .wish = { .reference_day = text_of(o->reference ? o->reference : ""), .check_asked = !o->no_check } };
    return year_of(named, &out->wish.year, err) && until("fill", o->fill, &out->wish.fill_until, err) &&
           until("confirm", o->confirm, &out->wish.confirm_until, err) && until("check", o->check, &out->wish.check_until, err) &&
           until("approve", o->approve, &out->wish.approve_until, err);
}

static bool status_of(struct command_context *run, struct house *house, int year, struct collection_status *out, struct err *err)
{
    const struct actor console = actor_console();
    return app_collection_status(house, &console, year, time(NULL), run->mem, out, err);
}

/* ---- open, set, lock ---------------------------------------------------------------------- */

static void say_windows(struct command_context *run, const struct collection_status *s)
{
    const struct collection_record *const c = &s->collection;
    out_printf(run->out, "%d学年：%zu 所学校，统计时点 %.*s；填报到 %.*s，校长确认到 %.*s，", c->year, s->n, TEXT_ARG(c->reference_day),
               TEXT_ARG(day_shown(c->fill_until, run->mem)), TEXT_ARG(day_shown(c->confirm_until, run->mem)));
    if (c->check_asked)
        out_printf(run->out, "乡镇、学区审核到 %.*s，", TEXT_ARG(day_shown(c->check_until, run->mem)));
    out_printf(run->out, "审定到 %.*s。%s\n", TEXT_ARG(day_shown(c->approve_until, run->mem)), c->check_asked ? "" : "不设乡镇审核。");
}

static bool change(struct command_context *run, struct house *house, const char *named, void *options, db_work *work, struct err *err)
{
    const struct year_options *const o = options;
    struct working w;
    struct collection_status status;
    if (!work_of(house, named, options, &w, err))
        return false;
    if (work == set_it && !o->no_check && !o->with_check) { /* what is not said stays */
        if (!status_of(run, house, w.wish.year, &status, err))
            return false;
        w.wish.check_asked = status.collection.check_asked;
    }
    if (!house_write(house, work, &w, err) || !status_of(run, house, w.wish.year, &status, err))
        return false;
    say_windows(run, &status);
    return true;
}

static bool open_year(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    return change(run, house, named, options, open_it, err);
}

static bool set_year(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    return change(run, house, named, options, set_it, err);
}

static bool lock_year(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    struct working w;
    struct collection_status status;
    if (!work_of(house, named, options, &w, err) || !house_write(house, lock_it, &w, err) ||
        !status_of(run, house, w.wish.year, &status, err))
        return false;
    out_printf(run->out, "%d学年已经锁定：%zu 所学校审定，%zu 所没有。\n", w.wish.year, status.in_state[RETURN_LOCKED],
               status.n - status.in_state[RETURN_LOCKED]);
    return true;
}

static bool remind_it(void *context, struct db_session *session, struct err *err)
{
    struct working *const w = context;
    const struct actor console = actor_console();
    return app_collection_remind(w->house, session, &console, w->wish.year, w->township, w->now, &w->reminded, err);
}

static bool remind_year(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    struct working w;
    if (!work_of(house, named, options, &w, err) || !house_write(house, remind_it, &w, err))
        return false;
    out_printf(run->out, "%d学年：催了 %zu 处，通知在各人的“我的事”里。\n", w.wish.year, w.reminded);
    return true;
}

static bool ask_it(void *context, struct db_session *session, struct err *err)
{
    const struct working *const w = context;
    const struct actor console = actor_console();
    return app_collection_ask(w->house, session, &console, w->wish.year, w->school, w->name, w->township, w->now, err);
}

static bool ask_year(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    struct working w;
    if (!work_of(house, named, options, &w, err) || !house_write(house, ask_it, &w, err))
        return false;
    out_printf(run->out, "%d学年：加上了 %.*s（%.*s）。\n", w.wish.year, TEXT_ARG(w.name), TEXT_ARG(w.school));
    return true;
}

/* ---- status ------------------------------------------------------------------------------- */

static bool wanted(const struct year_options *o, const struct way *way)
{
    return (!o->late || way->late) && (!o->township || text_equal(text_of(o->township), way->record.township)) &&
           (!o->state || text_equal(text_of(o->state), return_state_code(way->state)));
}

static void list_ways(struct command_context *run, const struct year_options *o, const struct collection_status *s)
{
    static const struct listing_column COLUMNS[] = {
        { "school", "学校代码", false }, { "name", "学校", false },   { "township", "乡镇", false }, { "state", "状态", false },
        { "next", "下一步", false },     { "due", "截止", false },    { "late", "逾期", false },     { "cells", "已填格", true },
        { "changed", "最近变动", false },
    };
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < s->n; i++) {
        const struct way *const way = &s->ways[i];
        const struct way_record *const w = &way->record;
        if (!wanted(o, way))
            continue;
        const bool back = w->sent_back && way->state == RETURN_DRAFT;
        listing_row(&listing,
                    (struct text[]){ w->school, w->name, w->township, back ? TEXT("退回") : return_state_zh(way->state),
                                     way->next == N_RETURN_HANDS ? TEXT("") : return_hand_zh(way->next),
                                     way->due ? day_shown(way->due, run->mem) : TEXT(""), way->late ? TEXT("逾期") : TEXT(""),
                                     text_printf(run->mem, "%zu", w->typed), time_shown(w->changed_at, run->mem) },
                    way->late ? TONE_FAILING : TONE_PLAIN);
    }
    listing_write(&listing, "没有这样的学校。");
}

static bool status_year(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    const struct year_options *const o = options;
    struct collection_status s;
    enum return_state state;
    int year;
    if (o->state && !return_state_of(text_of(o->state), &state)) {
        err_set(err, ERR_USAGE, "--state 读到“%s”。", o->state);
        return err_hint(err, "可以写 draft、submitted、confirmed、checked、approved、locked。");
    }
    if (!year_of(named, &year, err) || !status_of(run, house, year, &s, err))
        return false;
    list_ways(run, o, &s);
    out_printf(run->notes, "%d学年%s：%zu 所学校", year, s.collection.locked_at ? "（已锁定）" : "", s.n);
    for (int i = 0; i < N_RETURN_STATES; i++)
        if (s.in_state[i])
            out_printf(run->notes, "，%.*s %zu", TEXT_ARG(return_state_zh((enum return_state)i)), s.in_state[i]);
    out_printf(run->notes, "；退回 %zu，逾期 %zu。\n", s.sent_back, s.late);
    run->answer_no = s.in_state[RETURN_APPROVED] + s.in_state[RETURN_LOCKED] < s.n;
    return true;
}

bool cmd_year(struct command_context *run, struct err *err)
{
    static const struct doing DOINGS[] = {
        { "open", "学年", open_year }, { "set", "学年", set_year }, { "status", "学年", status_year }, { "lock", "学年", lock_year },
        { "remind", "学年", remind_year }, { "ask", "学年", ask_year },
    };
    struct year_options o = { 0 };
    const char *data = NULL;
    const struct option options[] = {
        OPTION_TEXT("reference", 0, &o.reference, "日期", "open、set：统计时点；默认当年 9 月 1 日"),
        OPTION_TEXT("fill", 0, &o.fill, "日期", "open、set：学校填报到哪天；默认 30 天后"),
        OPTION_TEXT("confirm", 0, &o.confirm, "日期", "open、set：校长确认到哪天；默认 37 天后"),
        OPTION_TEXT("check", 0, &o.check, "日期", "open、set：乡镇、学区审核到哪天；默认 51 天后"),
        OPTION_TEXT("approve", 0, &o.approve, "日期", "open、set：县里审定到哪天；默认 65 天后"),
        OPTION_FLAG("no-check", 0, &o.no_check, "open、set：不设乡镇、学区审核"),
        OPTION_FLAG("with-check", 0, &o.with_check, "set：又要乡镇、学区审核"),
        OPTION_TEXT("reason", 0, &o.reason, "原因", "lock：还有学校没有审定时，为什么仍要锁定"),
        OPTION_TEXT("township", 0, &o.township, "乡镇", "status、remind：只管这个乡镇；ask：新学校在哪个乡镇"),
        OPTION_TEXT("school", 0, &o.school, "代码", "ask：名单里还没有的学校"),
        OPTION_TEXT("name", 0, &o.name, "名称", "ask：这所学校的名称"),
        OPTION_TEXT("state", 0, &o.state, "状态", "status：只列这种状态，如 draft、submitted"),
        OPTION_FLAG("late", 0, &o.late, "status：只列逾期的"),
        OPTION_DATA(&data),
        OPTION_FORMAT(run),
    };
    struct words words;
    return options_parse(run, options, COUNT(options), &words, 1, 2, err) &&
           doing_run(run, DOINGS, COUNT(DOINGS), &words, data, &o, err);
}

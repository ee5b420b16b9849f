#include "app/place_names.h"
#include "app/task.h"
#include "base/day.h"
#include "base/number.h"
#include "cli/doing.h"
#include "cli/listing.h"

#include <time.h>

struct tasks_options {
    const char *state, *origin, *owner, *about, *subject, *stage, *words, *kind, *title, *text, *person, *due, *step, *until, *parent;
    struct words helpers;
    bool recheck;
    double most;
};

static struct text text_or_empty(const char *typed)
{
    return text_of(typed ? typed : "");
}

static bool number_of(const char *named, int64_t *out, struct err *err)
{
    double id;
    if (!number_parse(text_of(named), &id) || id < 1 || id > 1e12 || id != (double)(int64_t)id) {
        err_set(err, ERR_USAGE, "编号读到“%s”。", named);
        return err_hint(err, "请写任务的编号，例如 128；junheng tasks list 列出编号。");
    }
    *out = (int64_t)id;
    return true;
}

struct working {
    struct house *house;
    struct arena *mem;
    const struct snapshot *snapshot;
    struct place_names names;
    struct task_wish wish;
    struct task_act act;
    int64_t now, id;
};

static bool begin(struct command_context *run, struct house *house, struct working *out, struct err *err)
{
    *out = (struct working){ .house = house, .mem = run->mem, .now = time(NULL) };
    if (!house_snapshot(house, &out->snapshot, err))
        return false;
    place_names_of(out->snapshot, out->now, run->mem, &out->names);
    return true;
}

/* ---- list, show ---------------------------------------------------------------------------------- */

static bool filter_of(const struct working *w, const struct tasks_options *o, struct task_filter *out, struct err *err)
{
    enum task_origin origin;
    enum task_state state;
    struct place owner;
    *out = (struct task_filter){ .open = -1, .subject = text_or_empty(o->subject), .words = text_or_empty(o->words), .kind = text_or_empty(o->kind) };
    const struct text asked = o->state ? text_of(o->state) : TEXT("open");
    if (text_equal(asked, TEXT("open")) || text_equal(asked, TEXT("late"))) {
        out->open = 1;
        out->late = text_equal(asked, TEXT("late"));
    } else if (task_state_of(asked, &state)) {
        out->state = asked;
    } else if (!text_equal(asked, TEXT("all"))) {
        err_set(err, ERR_USAGE, "--state 读到“%s”。", o->state);
        return err_hint(err, "可以写 open、late、all，或 issued、answered、in_hand、proved、closed、withdrawn。");
    }
    if (o->origin && !task_origin_of(text_of(o->origin), &origin)) {
        err_set(err, ERR_USAGE, "--origin 读到“%s”。", o->origin);
        return err_hint(err, "可以写 plan、ledger、engine、supervisor、round、meeting、concern、veto。");
    }
    out->origin = text_or_empty(o->origin);
    if (!o->owner)
        return true;
    if (!place_said(&w->names, text_of(o->owner), &owner, err))
        return false;
    out->owner_kind = place_word(owner.kind);
    out->owner_name = owner.name;
    return true;
}

static void list_views(struct command_context *run, const struct working *w, const struct task_view *views, size_t n)
{
    static const struct listing_column COLUMNS[] = {
        { "id", "编号", true },      { "kind", "种类", false },    { "title", "事项", false }, { "owner", "责任单位", false }, { "person", "责任人", false },
        { "origin", "来源", false }, { "subject", "指标", false }, { "due", "时限", false },   { "late", "逾期天数", true },   { "state", "状态", false },
    };
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < n; i++) {
        const struct task_view *const v = &views[i];
        listing_row(&listing,
                    (struct text[]){ text_printf(run->mem, "%lld", (long long)v->task.id), task_kind_zh(v->task.kind), v->task.title,
                                     place_name(&w->names, v->owner), v->task.person, task_origin_zh(v->task.origin), v->task.subject, v->task.due,
                                     v->late ? text_printf(run->mem, "%lld", (long long)-v->days_left) : TEXT(""), task_state_zh(v->way, v->state) },
                    v->late ? TONE_FAILING : TONE_PLAIN);
    }
    listing_write(&listing, "没有这样的任务。");
}

static bool list_tasks(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    const struct tasks_options *const o = options;
    const struct actor console = actor_console();
    struct working w;
    struct task_filter filter;
    struct task_view *views;
    struct task_count *all;
    size_t n, n_all;
    (void)named;
    if (!begin(run, house, &w, err))
        return false;
    const bool ok = filter_of(&w, o, &filter, err) &&
                    app_tasks(house, NULL, &console, &filter, false, TASK_BY_DUE, 0, (int64_t)o->most, w.now, run->mem, &views, &n, err) &&
                    app_task_counts(house, NULL, &console, &filter, false, TASK_BY_DUE, w.now, run->mem, &all, &n_all, err);
    if (ok) {
        list_views(run, &w, views, n);
        out_printf(run->notes, "%lld 件，没有办结 %lld，逾期 %lld，等复查 %lld。\n", (long long)all[0].all, (long long)all[0].open, (long long)all[0].late,
                   (long long)all[0].waiting);
        run->answer_no = all[0].late != 0;
    }
    snapshot_release(&w.snapshot);
    return ok;
}

static void say_one(struct command_context *run, const struct working *w, const struct task_one *one, const struct talk_line *lines, size_t n)
{
    const struct task *const t = &one->view.task;
    enum task_step next;
    enum task_hand hand;
    out_printf(run->out, "第 %lld 号 %.*s：%.*s\n", (long long)t->id, TEXT_ARG(task_kind_zh(t->kind)), TEXT_ARG(t->title));
    out_printf(run->out, "责任单位 %.*s%s%.*s，时限 %.*s，状态 %.*s。\n", TEXT_ARG(place_name(&w->names, one->view.owner)), t->person.size ? " " : "", TEXT_ARG(t->person),
               TEXT_ARG(t->due.size ? t->due : TEXT("没有定")), TEXT_ARG(task_state_zh(one->view.way, one->view.state)));
    if (task_next(one->view.way, one->view.state, &next, &hand))
        out_printf(run->out, "下一步是%.*s，由%.*s做。\n", TEXT_ARG(task_step_zh(next)), TEXT_ARG(task_hand_zh(hand)));
    for (size_t i = n; i-- > 0;)
        if (lines[i].kind == TALK_STEP)
            out_printf(run->out, "  %.*s  %.*s  %.*s  %.*s\n", TEXT_ARG(time_shown(lines[i].by.at, run->mem)), TEXT_ARG(lines[i].new_),
                       TEXT_ARG(lines[i].by.who), TEXT_ARG(lines[i].said));
}

static bool show_task(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    const struct actor console = actor_console();
    struct working w;
    struct task_one one;
    struct talk_line *lines;
    size_t n;
    (void)options;
    if (!begin(run, house, &w, err))
        return false;
    const struct talk_on on = { TEXT("task"), text_of(named) };
    const bool ok = number_of(named, &w.id, err) && app_task(house, &console, w.id, w.now, run->mem, &one, err) &&
                    app_talk(house, w.snapshot, &console, &on, run->mem, &lines, &n, err);
    if (ok)
        say_one(run, &w, &one, lines, n);
    snapshot_release(&w.snapshot);
    return ok;
}

/* ---- put, step -------------------------------------------------------------------------------------- */

static bool put_it(void *context, struct db_session *session, struct err *err)
{
    struct working *const w = context;
    const struct actor console = actor_console();
    return app_task_put(w->house, session, &console, &w->wish, w->now, w->mem, &w->id, err);
}

static bool step_it(void *context, struct db_session *session, struct err *err)
{
    struct working *const w = context;
    const struct actor console = actor_console();
    return app_task_step(w->house, session, &console, w->id, &w->act, w->now, w->mem, err);
}

static bool wish_of(struct working *w, const struct tasks_options *o, struct err *err)
{
    struct place *const helpers = arena_array(w->mem, o->helpers.n + 1, struct place);
    w->wish = (struct task_wish){ .origin = TASK_OF_SUPERVISOR, .title = text_or_empty(o->title), .text = text_or_empty(o->text), .person = text_or_empty(o->person),
                                  .subject = text_or_empty(o->subject), .stage = text_or_empty(o->stage), .due = text_or_empty(o->due), .recheck = o->recheck,
                                  .helpers = helpers, .n_helpers = o->helpers.n };
    if (!task_kind_of(text_of(o->kind ? o->kind : "order"), &w->wish.kind)) {
        err_set(err, ERR_USAGE, "--kind 读到“%s”。", o->kind);
        return err_hint(err, "可以写 order（整改通知）、task（任务）。");
    }
    if (!o->owner || !o->title) {
        err_set(err, ERR_USAGE, "还要写 %s。", o->title ? "--owner 责任单位" : "--title 标题");
        return err_hint(err, "例：junheng tasks put --title 补齐运动场地 --owner 柳林镇中心小学 --due 2027-08-31");
    }
    for (size_t i = 0; i < o->helpers.n; i++)
        if (!place_said(&w->names, text_of(o->helpers.at[i]), &helpers[i], err))
            return false;
    if (o->parent && !number_of(o->parent, &w->wish.parent, err))
        return false;
    w->wish.about = (struct place){ PLACE_COUNTY, TEXT("") };
    return place_said(&w->names, text_of(o->owner), &w->wish.owner, err) && (!o->about || place_said(&w->names, text_of(o->about), &w->wish.about, err));
}

static bool put_task(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    struct working w;
    (void)named;
    if (!begin(run, house, &w, err))
        return false;
    const bool ok = wish_of(&w, options, err) && house_write(house, put_it, &w, err);
    if (ok)
        out_printf(run->out, "下达了第 %lld 号%.*s：%.*s。\n", (long long)w.id, TEXT_ARG(task_kind_zh(w.wish.kind)), TEXT_ARG(text_trim(w.wish.title)));
    snapshot_release(&w.snapshot);
    return ok;
}

static bool step_task(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    const struct tasks_options *const o = options;
    const struct actor console = actor_console();
    struct working w;
    struct task_one one;
    if (!begin(run, house, &w, err))
        return false;
    w.act = (struct task_act){ .words = text_or_empty(o->text), .day = text_or_empty(o->until) };
    bool ok = number_of(named, &w.id, err);
    if (ok && !task_step_of(text_or_empty(o->step), &w.act.step)) {
        err_set(err, ERR_USAGE, "--step 读到“%s”。", o->step ? o->step : "");
        ok = err_hint(err, "可以写 answer、accept、begin、prove、close、send_back、reopen、withdraw、ask_more、grant、refuse。");
    }
    ok = ok && house_write(house, step_it, &w, err) && app_task(house, &console, w.id, w.now, run->mem, &one, err);
    if (ok)
        out_printf(run->out, "第 %lld 号：%.*s，现在是“%.*s”。\n", (long long)w.id, TEXT_ARG(task_step_zh(w.act.step)), TEXT_ARG(task_state_zh(one.view.way, one.view.state)));
    snapshot_release(&w.snapshot);
    return ok;
}

bool cmd_tasks(struct command_context *run, struct err *err)
{
    static const struct doing DOINGS[] = {
        { "list", NULL, list_tasks }, { "show", "编号", show_task }, { "put", NULL, put_task }, { "step", "编号", step_task },
    };
    struct tasks_options o = { .most = 200 };
    const char *data = NULL;
    const struct option options[] = {
        OPTION_TEXT("state", 0, &o.state, "状态", "list：open（没有办结，默认）、late（逾期）、all，或 issued、answered、in_hand、proved、closed、withdrawn"),
        OPTION_TEXT("origin", 0, &o.origin, "来源", "list：plan、ledger、engine、supervisor、round、meeting、concern、veto"),
        OPTION_TEXT("owner", 0, &o.owner, "单位", "责任单位：名称、代码，或 department:D11 这样"),
        OPTION_TEXT("about", 0, &o.about, "单位", "put：涉及哪个单位；默认全县"),
        OPTION_TEXT("subject", 0, &o.subject, "指标", "L4、G11、cv-L4 …"),
        OPTION_TEXT("stage", 0, &o.stage, "学段", "put：primary、junior"),
        OPTION_TEXT("words", 0, &o.words, "文字", "list：标题里有这些字"),
        OPTION_TEXT("kind", 0, &o.kind, "种类", "order（整改通知）、task（任务）；put 默认 order"),
        OPTION_TEXT("title", 0, &o.title, "标题", "put：一句话说清差什么"),
        OPTION_TEXT("text", 0, &o.text, "文字", "put：内容和要求；step：措施、结果、理由"),
        OPTION_TEXT("person", 0, &o.person, "姓名", "put：责任人"),
        OPTION_LIST("helper", 0, &o.helpers, "单位", "put：协办单位，可以写几次"),
        OPTION_TEXT("due", 0, &o.due, "日期", "put：时限"),
        OPTION_TEXT("parent", 0, &o.parent, "编号", "put：属于哪一件"),
        OPTION_FLAG("recheck", 0, &o.recheck, "put：任务办完要复查"),
        OPTION_TEXT("step", 0, &o.step, "步骤", "step：answer、accept、begin、prove、close、send_back、reopen、withdraw、ask_more、grant、refuse"),
        OPTION_TEXT("until", 0, &o.until, "日期", "step：延到哪天；重开后的新时限"),
        OPTION_WHOLE("most", 0, &o.most, "件数", "list：最多列多少件；默认 200"),
        OPTION_DATA(&data),
        OPTION_FORMAT(run),
    };
    struct words words;
    return options_parse(run, options, COUNT(options), &words, 1, 2, err) && doing_run(run, DOINGS, COUNT(DOINGS), &words, data, &o, err);
}

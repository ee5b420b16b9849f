/* Yearly targets: listed, proposed, issued, opened, results, letters. */
#include "app/target_letter.h"
#include "app/target_results.h"
#include "app/targets.h"
#include "base/file.h"
#include "cli/doing.h"
#include "cli/listing.h"
#include "report/words.h"

#include <time.h>

struct targets_options {
    const char *stage, *subject, *school, *township, *owner, *alarm, *basis, *document, *day, *reason, *output, *as;
    double year, by;
    bool overwrite, unmet;
};

struct running { struct house *house; const struct snapshot *snapshot; struct actor actor; int64_t now; };

static struct text given(const char *option)
{
    return text_of(option ? option : "");
}

static bool filter_of(const struct targets_options *o, struct target_filter *out, struct err *err)
{
    *out = (struct target_filter){ .stage = given(o->stage), .subject = given(o->subject), .school = given(o->school), .township = given(o->township),
                                   .owner = given(o->owner), .alarms = o->alarm ? target_alarm_of(text_of(o->alarm)) : 0, .unmet = o->unmet };
    if (!o->alarm || out->alarms)
        return true;
    err_set(err, ERR_USAGE, "--alarm 读到“%s”。", o->alarm);
    return err_hint(err, "应为 missed（未达年度目标）、falls（将下滑）、late（赶不上）、unset（没有目标）或 no_data（缺数据）。");
}

static bool begin(struct house *house, struct running *out, struct err *err)
{
    *out = (struct running){ house, NULL, actor_console(), (int64_t)time(NULL) };
    return house_snapshot(house, &out->snapshot, err);
}

static struct text alarms_of(const struct target_board *b, const struct target_line *l, struct arena *mem)
{
    struct buf words = { .mem = mem };
    for (unsigned a = 1; a < 1u << N_TARGET_ALARMS; a <<= 1)
        if (l->alarms & a)
            buf_add(&words, target_alarm_words(b, l, (enum target_alarm)a, false, mem));
    return words.size ? buf_text(&words) : TEXT("");
}

static bool list(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = {
        { "school", "学校", false }, { "stage", "学段", false }, { "subject", "编号", false }, { "name", "指标", false }, { "owner", "责任单位", false },
        { "standard", "标准", true }, { "now", "现在", true }, { "year", "下一年目标", true }, { "final", "最后一年", true }, { "pass", "推算达标", false },
        { "alarm", "提醒", false },
    };
    struct running r;
    struct target_filter filter;
    struct target_board b;
    struct arena *const mem = run->mem;
    (void)named;
    if (!filter_of(options, &filter, err) || !begin(house, &r, err))
        return false;
    const bool ok = app_targets(house, r.snapshot, &r.actor, &filter, r.now, mem, &b, err);
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; ok && i < b.n; i++) {
        const struct target_line *const l = &b.lines[i];
        const size_t next = b.now + 1 < b.n_years ? b.now + 1 : b.now;
        listing_row(&listing, (struct text[]){ l->where.size ? l->where : TEXT("全县"), target_stage(l, false), l->of.subject, target_name(r.snapshot->edition, l, false),
                                               place_name(&b.names, l->owner.place), target_value(l, l->goal.threshold, false, mem),
                                               l->last < b.n_years ? target_value(l, l->measured[l->last], false, mem) : TEXT(""),
                                               target_value(l, l->target[next], false, mem), target_value(l, l->target[b.n_years - 1], false, mem),
                                               target_pass_words(&b, l, false, mem), alarms_of(&b, l, mem) },
                    l->alarms & (TARGET_MISSED | TARGET_FALLS) ? TONE_FAILING : TONE_PLAIN);
    }
    if (ok) {
        listing_write(&listing, "没有符合条件的目标。");
        out_printf(run->notes, "%zu 条，%zu 条已达标；没有达到当年目标 %zu 条，将下滑 %zu 条，赶不上 %zu 条，没有目标 %zu 条。\n", b.tally.n, b.tally.passing, b.tally.missed,
                   b.tally.falling, b.tally.too_late, b.tally.no_path);
    }
    snapshot_release(&r.snapshot);
    return ok;
}

static bool propose(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    const struct targets_options *const o = options;
    struct running r;
    struct target_proposal wish = { .basis = o->basis ? o->basis : "linear", .from_year = (int)o->year, .by_year = (int)o->by, .overwrite = o->overwrite };
    struct target_proposed done;
    (void)named;
    if (!filter_of(o, &wish.of, err) || !begin(house, &r, err))
        return false;
    const bool ok = app_targets_propose(house, r.snapshot, &r.actor, &wish, r.now, run->mem, &done, err);
    snapshot_release(&r.snapshot);
    if (ok)
        out_printf(run->out, "提出 %zu 条；手改过的 %zu 条没有动，没有实测的 %zu 条提不出。\n", done.made, done.kept, done.blank);
    return ok;
}

static bool issue(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    const struct targets_options *const o = options;
    struct running r;
    (void)named;
    if (!begin(house, &r, err))
        return false;
    const bool ok = app_targets_issue(house, r.snapshot, &r.actor, given(o->document), given(o->day), r.now, run->mem, err);
    snapshot_release(&r.snapshot);
    if (ok)
        out_printf(run->out, "已以%s（%s）下达。\n", o->document, o->day);
    return ok;
}

struct opening { struct house *house; struct text reason; int64_t now; struct arena *mem; };

static bool open_it(void *context, struct db_session *session, struct err *err)
{
    const struct opening *const w = context;
    const struct actor console = actor_console();
    return app_targets_open(w->house, session, &console, w->reason, w->now, w->mem, err);
}

static bool open_again(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    const struct targets_options *const o = options;
    struct opening w = { house, given(o->reason), (int64_t)time(NULL), run->mem };
    (void)named;
    if (!house_write(house, open_it, &w, err))
        return false;
    out_printf(run->out, "打开修订了；改好后用新的文号下达。\n");
    return true;
}

static struct text counted(const struct target_count *c, struct arena *mem)
{
    return text_printf(mem, "%lld/%lld/%lld/%lld/%lld", (long long)c->due, (long long)c->in_time, (long long)c->late, (long long)c->open, (long long)c->overdue);
}

static bool results(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = {
        { "owner", "责任单位", false },  { "person", "责任人", false },  { "targets", "年度目标", false }, { "ledger", "台账", false }, { "tasks", "任务", false },
        { "before", "上年达标", true }, { "passed", "本年达标", true }, { "gained", "新达标", true },     { "lost", "滑坡", true },   { "weighted", "加权", true },
    };
    const struct targets_options *const o = options;
    struct running r;
    struct target_results res;
    struct arena *const mem = run->mem;
    (void)named;
    if (!begin(house, &r, err))
        return false;
    const int year = o->year > 0 ? (int)o->year : r.snapshot->n_years ? r.snapshot->years[r.snapshot->usual_year] : 0;
    const bool ok = app_target_results(house, r.snapshot, &r.actor, year, r.now, mem, &res, err);
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; ok && i < res.n; i++) {
        const struct target_result *const row = &res.rows[i];
        listing_row(&listing, (struct text[]){ row->name, row->person, counted(&row->targets, mem), counted(&row->ledger, mem), counted(&row->tasks, mem),
                                               text_printf(mem, "%zu", row->passed_before), text_printf(mem, "%zu", row->passed), text_printf(mem, "%zu", row->gained),
                                               text_printf(mem, "%zu", row->lost), is_blank(row->weighted) ? TEXT("") : words_share(mem, row->weighted) },
                    row->targets.overdue ? TONE_FAILING : TONE_PLAIN);
    }
    if (ok) {
        listing_write(&listing, "没有单位有到期的事。");
        out_printf(run->notes, "目标、台账、任务各列：到期/按期/逾期完成/未到/逾期。\n");
    }
    snapshot_release(&r.snapshot);
    return ok;
}

static bool letters(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    const struct targets_options *const o = options;
    struct running r;
    struct target_file file;
    (void)named;
    if (!begin(house, &r, err))
        return false;
    bool ok = app_target_letters(house, r.snapshot, &r.actor, given(o->owner), given(o->as ? o->as : "docx"), TEXT(""), r.now, run->mem, &file, err);
    snapshot_release(&r.snapshot);
    const char *const path = o->output ? o->output : ok ? text_string(run->mem, file.name) : "";
    ok = ok && file_write(command_path(run, path), file.bytes, err);
    if (ok)
        out_printf(run->out, "写好 %s，%zu 字节。\n", path, file.bytes.size);
    return ok;
}

bool cmd_targets(struct command_context *run, struct err *err)
{
    static const struct doing DOINGS[] = {
        { "list", NULL, list }, { "propose", NULL, propose }, { "issue", NULL, issue }, { "open", NULL, open_again }, { "results", NULL, results }, { "letters", NULL, letters },
    };
    const char *data = NULL;
    struct targets_options o = { 0 };
    const struct option options[] = {
        OPTION_DATA(&data),
        OPTION_TEXT("stage", 0, &o.stage, "primary|junior", "只看一个学段"),
        OPTION_TEXT("subject", 0, &o.subject, "编号", "只看一项：L4、cv-L4、G11a"),
        OPTION_TEXT("school", 0, &o.school, "学校代码", "只看一所学校"),
        OPTION_TEXT("township", 0, &o.township, "乡镇", "只看一个乡镇"),
        OPTION_TEXT("owner", 0, &o.owner, "单位", "责任单位：department:D11、township:柳林镇、county"),
        OPTION_TEXT("alarm", 0, &o.alarm, "提醒", "list：只列 missed、falls、late、unset 或 no_data"),
        OPTION_FLAG("unmet", 0, &o.unmet, "list：只列还没达标的"),
        OPTION_TEXT("basis", 0, &o.basis, "linear|ledger", "propose：按直线，或按台账已列的计划"),
        OPTION_WHOLE("year", 'y', &o.year, "学年", "propose：从哪个学年的实测起；results：哪个学年"),
        OPTION_WHOLE("by", 0, &o.by, "学年", "propose：到哪个学年达标；默认最后一年"),
        OPTION_FLAG("overwrite", 0, &o.overwrite, "propose：手改过的也重新算"),
        OPTION_TEXT("document", 0, &o.document, "文号", "issue：印发文件的文号"),
        OPTION_TEXT("day", 0, &o.day, "日期", "issue：印发日期，如 2026-03-01"),
        OPTION_TEXT("reason", 0, &o.reason, "原因", "open：为什么修订"),
        OPTION_TEXT("as", 0, &o.as, "docx|pdf", "letters：一个单位的责任书写成什么"),
        OPTION_TEXT("output", 'o', &o.output, "文件", "letters：写到哪里"),
        OPTION_FORMAT(run),
    };
    struct words words;
    return options_parse(run, options, COUNT(options), &words, 1, 1, err) && doing_run(run, DOINGS, COUNT(DOINGS), &words, data, &o, err);
}

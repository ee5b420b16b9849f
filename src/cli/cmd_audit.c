#include "app/audit.h"
#include "base/day.h"
#include "base/number.h"
#include "cli/doing.h"
#include "cli/listing.h"

struct audit_options {
    const char *anchor, *who, *verb, *since, *until;
    double before, most;
};

static bool verify(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    const struct audit_options *const o = options;
    struct audit_anchor anchor = { 0 };
    struct audit_tally tally;
    (void)none;
    if ((o->anchor && !audit_anchor_read(text_of(o->anchor), &anchor, err)) ||
        !app_audit_verify(house, o->anchor ? &anchor : NULL, &tally, err))
        return false;
    const struct text said = audit_fault_said(&tally, run->mem);
    run->answer_no = tally.faults > 0;
    if (run->format == FORMAT_JSON) {
        json_object(run->out, NULL);
        json_number(run->out, "lines", (double)tally.lines);
        json_number(run->out, "faults", (double)tally.faults);
        json_text(run->out, "says", said);
        json_text(run->out, "anchor", text_printf(run->mem, "%lld:%s", (long long)tally.head.seq, tally.head.hash));
        json_end(run->out);
        out_byte(run->out, '\n');
        return true;
    }
    out_printf(run->out, "%.*s共 %lld 行。\n", TEXT_ARG(said), (long long)tally.lines);
    if (!tally.faults && tally.lines)
        out_printf(run->out, "锚点：%lld:%s\n", (long long)tally.head.seq, tally.head.hash);
    if (!tally.faults && !o->anchor)
        out_string(run->notes, "没有给锚点：结尾有没有被截掉，这次看不出来。请把上面的锚点抄到别处，下次用 --anchor 给出。\n");
    return true;
}

static bool list(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = {
        { "seq", "行", true },          { "at", "时间", false },      { "who", "谁", false },    { "role", "角色", false },
        { "channel", "途径", false },   { "address", "地址", false }, { "verb", "做什么", false }, { "object", "对象", false },
        { "detail", "细节", false },
    };
    const struct audit_options *const o = options;
    const struct actor console = actor_console();
    struct audit_page page = { .before = (int64_t)o->before, .who = text_of(o->who), .verb = text_of(o->verb), .most = (size_t)o->most };
    struct day day;
    struct audit_line *lines;
    size_t n;
    (void)none;
    if (o->most < 1 || o->most > AUDIT_PAGE_MOST)
        return err_set(err, ERR_USAGE, "--most 应在 1 到 %d 之间。", AUDIT_PAGE_MOST);
    if ((o->since && !day_read(text_of(o->since), &day)) || (o->until && !day_read(text_of(o->until), &day))) {
        err_set(err, ERR_USAGE, "--since、--until 后面应是日期。");
        return err_hint(err, "日期写作 2026-03-01。");
    }
    if (o->since && day_read(text_of(o->since), &day))
        page.since = day_begins(day);
    if (o->until && day_read(text_of(o->until), &day))
        page.until = day_begins(day) + 86400;
    if (!app_audit_list(house, &console, &page, run->mem, &lines, &n, err))
        return false;
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < n; i++) {
        const struct audit_line *const l = &lines[i];
        const bool table = run->format == FORMAT_TABLE;
        const enum role role = role_by_id(l->role);
        listing_row(&listing,
                    (struct text[]){ text_printf(run->mem, "%lld", (long long)l->seq), time_shown(l->at, run->mem), l->who,
                                     table && role != ROLE_NONE ? text_of(role_info(role)->zh) : l->role, l->channel, l->address,
                                     table ? audit_verb_shown(l->verb, LANG_ZH) : l->verb, l->object, l->detail },
                    TONE_PLAIN);
    }
    listing_write(&listing, "没有这样的记录。");
    if (n == page.most && lines[n - 1].seq > 1)
        out_printf(run->notes, "只列了最近 %zu 行；再往前：--before %lld\n", n, (long long)lines[n - 1].seq);
    return true;
}

bool cmd_audit(struct command_context *run, struct err *err)
{
    static const struct doing DOINGS[] = { { "verify", NULL, verify }, { "list", NULL, list } };
    struct audit_options o = { .before = 0, .most = 50 };
    const char *data = NULL;
    const struct option options[] = {
        OPTION_TEXT("anchor", 0, &o.anchor, "行号:哈希", "verify：从前抄下的锚点，用来看结尾有没有被截掉"),
        OPTION_TEXT("who", 0, &o.who, "登录名", "list：只列他做的"),
        OPTION_TEXT("verb", 0, &o.verb, "代号", "list：只列这种事，例如 import.confirm"),
        OPTION_TEXT("since", 0, &o.since, "日期", "list：从这一天起"),
        OPTION_TEXT("until", 0, &o.until, "日期", "list：到这一天为止"),
        OPTION_WHOLE("before", 0, &o.before, "行号", "list：只列这一行以前的"),
        OPTION_WHOLE("most", 0, &o.most, "行数", "list：最多列几行；默认 50"),
        OPTION_DATA(&data),
        OPTION_FORMAT(run),
    };
    struct words words;
    return options_parse(run, options, COUNT(options), &words, 1, 1, err) &&
           doing_run(run, DOINGS, COUNT(DOINGS), &words, data, &o, err);
}

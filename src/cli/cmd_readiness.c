/* The conditions for applying, and the application pack. */
#include "app/frozen.h"
#include "app/readiness.h"
#include "base/file.h"
#include "cli/listing.h"
#include "cli/options.h"

#include <time.h>

static bool list(struct command_context *run, const struct readiness *r, bool all)
{
    static const struct listing_column COLUMNS[] = {
        { "group", "哪一方面", false }, { "id", "编号", false }, { "name", "条件", false }, { "state", "状态", false }, { "now", "现在", false },
        { "who", "谁办", false },       { "by", "何时前", false },
    };
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < r->n; i++) {
        const struct readiness_row *const row = &r->rows[i];
        const bool met = row->state == STATE_MET || row->state == STATE_NOT_APPLICABLE;
        if (all || !met)
            listing_row(&listing, (struct text[]){ readiness_group_name(row->group, false), row->id, row->name, state_zh(row->state), row->words, row->who, row->when },
                        met ? TONE_PLAIN : TONE_FAILING);
    }
    listing_write(&listing, "没有挡住申报的。");
    out_printf(run->notes, "%.*s\n", TEXT_ARG(r->sentence));
    run->answer_no = !r->ready;
    return true;
}

bool cmd_readiness(struct command_context *run, struct err *err)
{
    const char *data = NULL;
    double year = 0;
    bool all = false;
    const struct option options[] = {
        OPTION_DATA(&data),
        OPTION_WHOLE("year", 'y', &year, "学年", "哪个学年；默认最近一个数据齐全的"),
        OPTION_FLAG("all", 'a', &all, "达到的也列出"),
        OPTION_FORMAT(run),
    };
    const struct actor console = actor_console();
    const struct snapshot *snapshot;
    const struct readiness *r;
    struct house *house;
    struct words words;
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err) || !command_house(run, data, &house, err) || !house_snapshot(house, &snapshot, err))
        return false;
    const bool ok = app_readiness(house, snapshot, &console, snapshot_year(snapshot, (int)year), false, (int64_t)time(NULL), run->mem, &r, err) && list(run, r, all);
    snapshot_release(&snapshot);
    return ok;
}

bool cmd_pack(struct command_context *run, struct err *err)
{
    const char *data = NULL, *output = NULL;
    double year = 0;
    const struct option options[] = {
        OPTION_DATA(&data),
        OPTION_WHOLE("year", 'y', &year, "学年", "哪个学年；默认最近一个数据齐全的"),
        OPTION_TEXT("output", 'o', &output, "文件.zip", "写到哪里；默认以县名和学年为名"),
    };
    const struct actor console = actor_console();
    const struct snapshot *snapshot;
    struct house *house;
    struct words words;
    struct text name, bytes;
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err) || !command_house(run, data, &house, err) || !house_snapshot(house, &snapshot, err))
        return false;
    bool ok = app_application_pack(house, snapshot, &console, snapshot_year(snapshot, (int)year), (int64_t)time(NULL), run->mem, &name, &bytes, err);
    snapshot_release(&snapshot);
    const char *const path = output ? output : ok ? text_string(run->mem, name) : "";
    ok = ok && file_write(command_path(run, path), bytes, err);
    if (ok)
        out_printf(run->out, "写好 %s，%zu 字节。\n", path, bytes.size);
    return ok;
}

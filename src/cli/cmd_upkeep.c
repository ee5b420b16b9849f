#include "app/upkeep.h"
#include "base/day.h"
#include "cli/options.h"

#include <time.h>

enum { NINE = 9 * 3600 };

static bool moment(const char *typed, int64_t *out, struct err *err)
{
    struct day day;
    *out = time(NULL);
    if (!typed)
        return true;
    if (!day_read(text_of(typed), &day)) {
        err_set(err, ERR_USAGE, "--at 读到“%s”，不是一个日期。", typed);
        return err_hint(err, "请写成 2027-03-01 这样。");
    }
    *out = day_begins(day) + NINE;
    return true;
}

bool cmd_upkeep(struct command_context *run, struct err *err)
{
    const char *data = NULL, *at = NULL;
    const struct option options[] = { OPTION_DATA(&data), OPTION_TEXT("at", 0, &at, "日期", "当作是那一天来做；默认是现在") };
    struct words words;
    struct house *house;
    struct upkeep_round round;
    int64_t now;
    if (!options_parse(run, options, COUNT(options), &words, 0, 0, err) || !moment(at, &now, err) || !command_house(run, data, &house, err))
        return false;
    app_upkeep(house, now, run->mem, &round);
    const struct upkeep_line *failed = NULL;
    for (size_t i = 0; i < round.n; i++) {
        const struct upkeep_line *const line = &round.lines[i];
        if (line->done.size)
            out_printf(run->out, "%s：%.*s\n", line->row->zh, TEXT_ARG(line->done));
        else if (line->ok)
            out_printf(run->out, "%s：没有到时候的事\n", line->row->zh);
        if (!line->ok) {
            out_printf(run->notes, "%s：%s%s\n", line->row->zh, line->err.what, line->err.hint);
            failed = line;
        }
    }
    if (!failed)
        return true;
    return err_set(err, ERR_OUTSIDE, "有的事没有做成，最后一件是“%s”。", failed->row->zh);
}

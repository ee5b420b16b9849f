#include "app/import.h"
#include "base/file.h"
#include "cli/options.h"

#include <time.h>

enum { LARGEST_FILE = 20 << 20, SHOWN_FINDINGS = 20, LISTED = 50 };

struct importing {
    struct house *house;
    struct actor actor;
    int64_t now;
    struct text id;
    struct import_decision decision;
    struct import_done done;
    struct import_undone undone;
};

static bool confirm(void *context, struct db_session *session, struct err *err)
{
    struct importing *const i = context;
    return app_import_confirm(i->house, session, &i->actor, i->id, &i->decision, i->now, &i->done, err);
}

static bool undo(void *context, struct db_session *session, struct err *err)
{
    struct importing *const i = context;
    return app_import_undo(i->house, session, &i->actor, i->id, i->now, &i->undone, err);
}

static bool read_files(struct command_context *run, struct importing *i, const struct words *words, int year, struct err *err)
{
    struct import_upload *files = arena_array(run->mem, words->n, struct import_upload);
    for (size_t f = 0; f < words->n; f++) {
        const char *const path = command_path(run, words->at[f]);
        files[f].name = file_name(path);
        if (!file_read(run->mem, path, LARGEST_FILE, &files[f].bytes, err))
            return false;
    }
    const struct import_request request = { .files = files, .n_files = words->n, .year = year, .now = i->now };
    return app_import_read(i->house, &i->actor, &request, run->mem, &i->id, err);
}

static void say(struct command_context *run, const struct import_view *view)
{
    const struct import_tally *const t = &view->record.tally;
    out_printf(run->out, "导入 %.*s：%lld 所学校，%lld 项新增，%lld 项改动，%lld 项相同，%lld 项冲突；%lld 处错误，%lld 处提醒。\n",
               TEXT_ARG(view->record.id), (long long)t->schools, (long long)t->added, (long long)t->changed, (long long)t->same,
               (long long)t->conflicts, (long long)t->errors, (long long)t->warnings);
    size_t shown = 0;
    for (size_t f = 0; f < view->findings.n && shown < SHOWN_FINDINGS; f++)
        if (view->findings.at[f].level == FINDING_ERROR) {
            out_printf(run->out, "  %.*s\n", TEXT_ARG(finding_sentence(run->mem, &view->findings.at[f])));
            shown++;
        }
}

static bool list(struct command_context *run, struct importing *i, struct err *err)
{
    static const char *const STATES[] = { "待确认", "已导入", "已放弃", "已撤销" };
    struct import_record *imports;
    size_t n;
    if (!app_imports(i->house, &i->actor, LISTED, run->mem, &imports, &n, err))
        return false;
    for (size_t k = 0; k < n; k++)
        out_printf(run->out, "%.*s  %s  %.*s  %lld 所学校，新增 %lld，改动 %lld\n", TEXT_ARG(imports[k].id), STATES[imports[k].state],
                   TEXT_ARG(imports[k].stamp.who), (long long)imports[k].tally.schools, (long long)imports[k].tally.added,
                   (long long)imports[k].tally.changed);
    if (!n)
        out_string(run->out, "还没有导入过。\n");
    return true;
}

static bool take(struct command_context *run, struct importing *i, const struct words *words, int year, bool confirmed, struct err *err)
{
    struct import_view view;
    if (!read_files(run, i, words, year, err) || !app_import_view(i->house, &i->actor, i->id, run->mem, &view, err))
        return false;
    say(run, &view);
    if (!confirmed) {
        out_printf(run->out, "还没有生效。核对后加 --confirm 再导入，或者在导入页上确认：/import/%.*s\n", TEXT_ARG(i->id));
        return true;
    }
    i->decision.seen_version = view.version_now;
    if (!house_write(i->house, confirm, i, err))
        return false;
    out_printf(run->out, "已生效：第 %lld 版数据，%zu 所学校，%zu 项。撤销：junheng import --undo %.*s\n", (long long)i->done.version,
               i->done.schools, i->done.figures, TEXT_ARG(i->id));
    return true;
}

bool cmd_import(struct command_context *run, struct err *err)
{
    const char *data = NULL, *undone = NULL;
    bool confirmed = false, clean = false, leave = false, listed = false;
    double year = 0;
    const struct option options[] = {
        OPTION_DATA(&data),
        OPTION_WHOLE("year", 0, &year, "学年", "文件里没有学年时用它"),
        OPTION_FLAG("confirm", 0, &confirmed, "生效；不给就只查、只比"),
        OPTION_FLAG("clean-schools", 0, &clean, "有错误时只导入没有错误的学校"),
        OPTION_FLAG("leave-out", 0, &leave, "有错误时略过有误的格，其余都导入"),
        OPTION_TEXT("undo", 0, &undone, "编号", "撤销整次导入"),
        OPTION_FLAG("list", 0, &listed, "列出导入的历史"),
    };
    struct words words;
    struct importing i = { .actor = actor_console(), .now = (int64_t)time(NULL) };
    if (!options_parse(run, options, COUNT(options), &words, 0, MANY, err))
        return false;
    if (!listed && !undone && !words.n) {
        err_set(err, ERR_USAGE, "没有给文件。");
        return err_hint(err, "例如：junheng import 学校填报.xlsx 区县填报.xlsx --confirm");
    }
    i.decision.errors = clean ? IMPORT_CLEAN_SCHOOLS : leave ? IMPORT_LEAVE_OUT : IMPORT_NO_ERRORS;
    if (!command_house(run, data, &i.house, err))
        return false;
    if (listed)
        return list(run, &i, err);
    if (!undone)
        return take(run, &i, &words, (int)year, confirmed, err);
    i.id = text_of(undone);
    if (!house_write(i.house, undo, &i, err))
        return false;
    out_printf(run->out, "已撤销：恢复 %zu 项；%zu 项后来又改过，保持现在的值。现在是第 %lld 版数据。\n", i.undone.restored, i.undone.kept,
               (long long)i.undone.version);
    return true;
}

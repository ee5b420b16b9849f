/* Inspection rounds: which there are; a paper of one. */
#include "app/round_paper.h"
#include "base/file.h"
#include "cli/listing.h"
#include "cli/options.h"

#include <time.h>

static bool list(struct command_context *run, struct house *house, const struct snapshot *snapshot, struct err *err)
{
    static const struct listing_column COLUMNS[] = {
        { "id", "编号", false }, { "title", "名称", false },   { "kind", "哪一级", false }, { "state", "状态", false },   { "first_day", "开始", false },
        { "last_day", "结束", false }, { "places", "单位", true }, { "done", "检查表", true }, { "findings", "问题", true },
    };
    const struct actor console = actor_console();
    struct round_row *rows;
    size_t n;
    if (!app_rounds(house, snapshot, &console, run->mem, &rows, &n, err))
        return false;
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < n; i++) {
        enum round_kind kind;
        enum round_state state;
        const struct text kind_said = round_kind_of(rows[i].kind, &kind) ? round_kind_zh(kind) : rows[i].kind;
        const struct text state_said = round_state_of(rows[i].state, &state) ? round_state_zh(state) : rows[i].state;
        listing_row(&listing, (struct text[]){ rows[i].id, rows[i].title, kind_said, state_said, rows[i].first_day, rows[i].last_day,
                                               text_printf(run->mem, "%zu", rows[i].places), text_printf(run->mem, "%zu", rows[i].done), text_printf(run->mem, "%zu", rows[i].findings) },
                    TONE_PLAIN);
    }
    listing_write(&listing, "还没有督导。");
    return true;
}

/* "school:3141…", of sheets and letters. */
static bool read_place(enum round_paper paper, const char *word, struct place *out, struct err *err)
{
    struct text rest = text_of(word), kind;
    *out = (struct place){ PLACE_COUNTY, TEXT("") };
    if (!round_paper_is_of_place(paper) || (text_split(&rest, ':', &kind) && rest.size && place_of_words(kind, rest, out)))
        return true;
    err_set(err, ERR_USAGE, "没有说是哪个单位的%.*s。", TEXT_ARG(round_paper_zh(paper)));
    return err_hint(err, "请用 --place school:学校代码、township:乡镇 或 department:部门代码。");
}

struct asked { const char *id, *kind, *place, *output, *address; };

static bool write_paper(struct command_context *run, struct house *house, const struct snapshot *snapshot, const struct asked *asked, struct err *err)
{
    const struct actor console = actor_console();
    struct report_file file;
    enum round_paper paper;
    struct place at;
    if (!round_paper_of(text_of(asked->kind), &paper)) {
        err_set(err, ERR_USAGE, "没有“%s”这种文书。", asked->kind);
        return err_hint(err, "可以是 notice、sheet、opinion、feedback、plan、report。");
    }
    const struct text output = text_of(asked->output);
    const struct text as = text_ends(output, TEXT(".pdf")) ? TEXT("pdf") : TEXT("docx");
    if (!text_ends(output, TEXT(".pdf")) && !text_ends(output, TEXT(".docx"))) {
        err_set(err, ERR_USAGE, output.size ? "从“%s”看不出要哪种格式。" : "没有说写到哪里%s。", asked->output);
        return err_hint(err, "请用 -o 给出以 .docx 或 .pdf 结尾的文件名。");
    }
    if (!read_place(paper, asked->place, &at, err) ||
        !app_round_paper_file(house, snapshot, &console, text_of(asked->id), paper, at, as, text_of(asked->address), (int64_t)time(NULL), run->mem, &file, err) ||
        !file_write(command_path(run, asked->output), file.bytes, err))
        return false;
    out_printf(run->out, "写好 %s：%.*s。\n", asked->output, TEXT_ARG(round_paper_zh(paper)));
    return true;
}

bool cmd_rounds(struct command_context *run, struct err *err)
{
    const char *data = NULL;
    struct asked asked = { .place = "", .output = "", .address = "http://127.0.0.1:8420" };
    const struct option options[] = {
        OPTION_DATA(&data),
        OPTION_TEXT("place", 0, &asked.place, "单位", "检查表、意见书是哪个单位的：school:学校代码"),
        OPTION_TEXT("output", 'o', &asked.output, "文件", "写到哪里，以 .docx 或 .pdf 结尾"),
        OPTION_TEXT("address", 0, &asked.address, "网址", "文中的数点开后去哪个服务器看来源；默认 http://127.0.0.1:8420"),
        OPTION_FORMAT(run),
    };
    const struct snapshot *snapshot;
    struct house *house;
    struct words words;
    if (!options_parse(run, options, COUNT(options), &words, 1, 3, err))
        return false;
    const bool paper = text_equal(text_of(words.at[0]), TEXT("paper"));
    if ((!paper && !text_equal(text_of(words.at[0]), TEXT("list"))) || words.n != (paper ? 3 : 1)) {
        err_set(err, ERR_USAGE, "督导没有“%s”这种用法。", words.at[0]);
        return err_hint(err, "请用 junheng rounds list，或者 junheng rounds paper 编号 种类 -o 文件。");
    }
    if (!command_house(run, data, &house, err) || !house_snapshot(house, &snapshot, err))
        return false;
    if (paper)
        asked.id = words.at[1], asked.kind = words.at[2];
    const bool ok = paper ? write_paper(run, house, snapshot, &asked, err) : list(run, house, snapshot, err);
    snapshot_release(&snapshot);
    return ok;
}

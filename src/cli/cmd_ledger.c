/* The ledger from a terminal: listed, given out, taken in, brought up to date. */
#include "app/ledger_book.h"
#include "base/file.h"
#include "cli/doing.h"
#include "cli/listing.h"
#include "report/words.h"

#include <time.h>

enum { LARGEST_BOOK = 20 << 20 };

struct ledger_options { const char *state, *township, *kind, *words, *output; bool confirm; };

static struct ledger_filter filter_of(const struct ledger_options *o)
{
    return (struct ledger_filter){ .state = text_of(o->state), .township = text_of(o->township), .kind = text_of(o->kind), .words = text_of(o->words), .most = 1 << 20 };
}

static bool list(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = {
        { "id", "编号", true }, { "place", "单位", false }, { "problem", "问题", false }, { "owner", "责任单位", false }, { "cost", "经费（万元）", true },
        { "due", "时限", false }, { "state", "状态", false },
    };
    const struct ledger_filter filter = filter_of(options);
    const struct actor console = actor_console();
    struct ledger_page page;
    (void)none;
    if (!app_ledger_list(house, &console, &filter, time(NULL), run->mem, &page, err))
        return false;
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < page.n; i++) {
        const struct ledger_row *const r = &page.rows[i];
        listing_row(&listing, (struct text[]){ ledger_key(r, run->mem), r->now.place_shown, r->now.problem, r->plan.owner_shown,
                                               ledger_field_text(&r->plan, LEDGER_COST, run->mem), r->plan.due, ledger_state_zh(ledger_row_state(r)) },
                    ledger_row_state(r) == LEDGER_REOPENED ? TONE_FAILING : TONE_PLAIN);
    }
    listing_write(&listing, "台账里没有这样的事项。");
    return true;
}

static bool export_it(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    const struct ledger_options *const o = options;
    const struct ledger_filter filter = filter_of(options);
    const struct actor console = actor_console();
    const struct snapshot *snapshot;
    const int64_t now = time(NULL);
    struct text xlsx;
    (void)none;
    if (!house_snapshot(house, &snapshot, err))
        return false;
    const char *const path = command_path(run, o->output ? o->output : text_string(run->mem, ledger_book_name(house, now, run->mem)));
    const bool ok = app_ledger_book(house, snapshot, &console, &filter, now, run->mem, &xlsx, err) && file_write(path, xlsx, err);
    snapshot_release(&snapshot);
    if (ok)
        out_printf(run->out, "写好了：%s\n", path);
    return ok;
}

/* ---- back --------------------------------------------------------------------------------- */

struct taking { struct house *house; const struct snapshot *s; struct ledger_coming coming; struct ledger_edited done; int64_t now; struct arena *mem; };

static bool take(void *context, struct db_session *session, struct err *err)
{
    struct taking *const t = context;
    const struct actor console = actor_console();
    return app_ledger_book_take(t->house, session, t->s, &console, &t->coming, t->now, t->mem, &t->done, err);
}

static void say_coming(struct command_context *run, const struct ledger_coming *c)
{
    for (size_t i = 0; i < c->n_faults; i++)
        out_printf(run->notes, "%.*s：%.*s%.*s\n", TEXT_ARG(c->faults[i].at), TEXT_ARG(c->faults[i].what), TEXT_ARG(c->faults[i].hint));
    for (size_t i = 0; i < c->n_changes; i++)
        out_printf(run->out, "%.*s  %.*s  %.*s：%.*s → %.*s\n", TEXT_ARG(c->changes[i].at), TEXT_ARG(c->changes[i].row), TEXT_ARG(c->changes[i].field),
                   TEXT_ARG(c->changes[i].before), TEXT_ARG(c->changes[i].after));
    for (size_t i = 0; i < c->n_added; i++)
        out_printf(run->out, "%.*s  新登记：%.*s，%.*s\n", TEXT_ARG(c->added[i].at), TEXT_ARG(c->added[i].row.now.place_shown), TEXT_ARG(c->added[i].row.now.problem));
}

static bool import_it(struct command_context *run, struct house *house, const char *named, void *options, struct err *err)
{
    const struct ledger_options *const o = options;
    const struct actor console = actor_console();
    const char *const path = command_path(run, named);
    struct taking t = { .house = house, .now = time(NULL), .mem = run->mem };
    struct text bytes;
    if (!file_read(run->mem, path, LARGEST_BOOK, &bytes, err) || !house_snapshot(house, &t.s, err))
        return false;
    bool ok = app_ledger_book_look(house, t.s, &console, file_name(path), bytes, t.now, run->mem, &t.coming, err);
    if (ok)
        say_coming(run, &t.coming);
    if (ok && !t.coming.n_faults && o->confirm)
        ok = house_write(house, take, &t, err);
    snapshot_release(&t.s);
    if (!ok)
        return false;
    run->answer_no = t.coming.n_faults > 0;
    out_printf(run->out, "改动 %zu 行 %zu 格，新登记 %zu 行，错误 %zu 处。%s\n", t.coming.rows, t.coming.n_cells, t.coming.n_added, t.coming.n_faults,
               t.coming.n_faults                            ? "改好再导入。"
               : o->confirm                                 ? "已经导入。"
               : t.coming.n_cells + t.coming.n_added        ? "加 --confirm 才会导入。"
                                                            : "");
    return true;
}

/* ---- following ---------------------------------------------------------------------------- */

static bool follow_it(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    struct text done = TEXT("");
    (void)none;
    (void)options;
    if (!app_ledger_duty(house, time(NULL), run->mem, &done, err))
        return false;
    out_printf(run->out, done.size ? "%.*s。\n" : "%.*s台账已经是最新的。\n", TEXT_ARG(done));
    return true;
}

bool cmd_ledger(struct command_context *run, struct err *err)
{
    static const struct doing DOINGS[] = {
        { "list", NULL, list }, { "export", NULL, export_it }, { "import", "工作簿", import_it }, { "follow", NULL, follow_it },
    };
    struct ledger_options o = { 0 };
    const char *data = NULL;
    const struct option options[] = {
        OPTION_TEXT("state", 0, &o.state, "状态", "open、overdue、to_verify、to_claim、fallen，或 found、planned、in_hand、claimed、verified、reopened、not_asked"),
        OPTION_TEXT("township", 0, &o.township, "乡镇", "只看这一个乡镇"),
        OPTION_TEXT("kind", 0, &o.kind, "类别", "level、cv、government、quality、recognition、veto、precondition、plan、other"),
        OPTION_TEXT("words", 0, &o.words, "词", "问题、单位、措施里有这个词的"),
        OPTION_TEXT("output", 'o', &o.output, "文件.xlsx", "导出到哪里"),
        OPTION_FLAG("confirm", 0, &o.confirm, "确认导入；不写只看改了什么"),
        OPTION_DATA(&data), OPTION_FORMAT(run),
    };
    struct words words;
    return options_parse(run, options, COUNT(options), &words, 1, 2, err) && doing_run(run, DOINGS, COUNT(DOINGS), &words, data, &o, err);
}

#include "app/unit_book.h"
#include "base/day.h"
#include "base/file.h"
#include "cli/doing.h"
#include "cli/listing.h"

#include <time.h>

enum { LARGEST_FILE = 20 << 20 };

struct units_options { const char *on, *output; bool confirmed; };

static struct text day_asked(const struct command_context *run, const struct units_options *o)
{
    return o->on ? text_of(o->on) : day_shown((int64_t)time(NULL), run->mem);
}

static bool list(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = {
        { "code", "代码", false },     { "name", "名称", false },   { "kind", "类别", false }, { "parent", "上级", false },
        { "district", "学区", false }, { "state", "状态", false }, { "since", "从哪天起", false },
    };
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    struct unit_tree tree;
    struct day day;
    const struct text on = day_asked(run, options);
    (void)none;
    if (!day_read(on, &day)) {
        err_set(err, ERR_USAGE, "--on 读到“%.*s”，不是一个日期。", TEXT_ARG(on));
        return err_hint(err, "请写成 2026-09-01 这样。");
    }
    if (!app_units_at(house, on, run->mem, &tree, err))
        return false;
    for (size_t i = 0; i < tree.n; i++) {
        const struct unit_row *const r = tree.at[i].row;
        listing_row(&listing, (struct text[]){ r->code, r->name, unit_kind_zh(r->kind), r->parent, r->district,
                                               r->is_open ? TEXT("在") : r->successor.size ? text_printf(run->mem, "并入 %.*s", TEXT_ARG(r->successor)) : TEXT("撤销"),
                                               r->from_day }, r->is_open ? TONE_PLAIN : TONE_QUIET);
    }
    listing_write(&listing, "还没有单位。建立初始名单：在网页“单位”上，或者 junheng units import。");
    return true;
}

static bool export(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    const struct units_options *const o = options;
    const struct actor console = actor_console();
    struct text bytes;
    (void)none;
    if (!o->output) {
        err_set(err, ERR_USAGE, "没有说写到哪里。");
        return err_hint(err, "请用 -o 给出文件名，例如：junheng units export -o 单位.xlsx");
    }
    if (!app_unit_book(house, &console, run->mem, &bytes, err) || !file_write(command_path(run, o->output), bytes, err))
        return false;
    out_printf(run->out, "写好 %s。改了以后：junheng units import %s\n", o->output, o->output);
    return true;
}

/* ---- from a workbook ---------------------------------------------------------------------- */

struct applying { struct house *house; struct actor actor; const struct unit_wish *wishes; size_t n, seen; int64_t now; struct arena *mem; };

static bool apply(void *context, struct db_session *session, struct err *err)
{
    const struct applying *const a = context;
    return app_units_apply(a->house, session, &a->actor, a->wishes, a->n, a->seen, a->now, a->mem, err);
}

static bool refuse(struct command_context *run, const struct unit_book *book, struct err *err)
{
    for (size_t i = 0; i < book->faults.n; i++) {
        const struct filled_fault *const f = &book->faults.at[i];
        out_printf(run->out, "表“%.*s”%.*s：%.*s%.*s\n", TEXT_ARG(f->sheet), TEXT_ARG(f->cell), TEXT_ARG(f->what), TEXT_ARG(f->hint));
    }
    err_set(err, ERR_INPUT, "有 %zu 处不对，什么都没有改。", book->faults.n);
    return err_hint(err, "请照上面逐处改正，再导入。");
}

static bool import(struct command_context *run, struct house *house, const char *path, void *options, struct err *err)
{
    const struct units_options *const o = options;
    const char *const file = command_path(run, path);
    const int64_t now = (int64_t)time(NULL);
    struct applying a = { .house = house, .actor = actor_console(), .now = now, .mem = run->mem };
    struct unit_book book;
    struct text bytes;
    if (!file_read(run->mem, file, LARGEST_FILE, &bytes, err) ||
        !app_unit_book_read(house, &a.actor, file_name(file), bytes, day_asked(run, o), run->mem, &book, err))
        return false;
    for (size_t i = 0; i < book.n; i++) {
        const struct unit_change *const c = &book.changes[i];
        out_printf(run->out, "%.*s 起%.*s %.*s（%.*s）：%.*s%s%.*s\n", TEXT_ARG(c->wish.day), TEXT_ARG(unit_act_zh(c->wish.act)), TEXT_ARG(c->name),
                   TEXT_ARG(c->wish.code), TEXT_ARG(c->was), c->was.size ? " → " : "", TEXT_ARG(c->becomes));
    }
    if (book.faults.n)
        return refuse(run, &book, err);
    if (!book.n || !o->confirmed) {
        out_printf(run->out, book.n ? "%zu 行中有 %zu 处变动，还没有生效。核对后加 --confirm 再导入。\n" : "%zu 行都和系统里一样，%zu 处变动。\n", book.n_rows, book.n);
        return true;
    }
    struct unit_wish *const wishes = arena_array(run->mem, book.n, struct unit_wish);
    for (size_t i = 0; i < book.n; i++)
        wishes[i] = book.changes[i].wish;
    a.wishes = wishes, a.n = book.n, a.seen = book.n_tree;
    if (!house_write(house, apply, &a, err))
        return false;
    out_printf(run->out, "做了 %zu 处变动。\n", book.n);
    return true;
}

bool cmd_units(struct command_context *run, struct err *err)
{
    static const struct doing DOINGS[] = { { "list", NULL, list }, { "export", NULL, export }, { "import", "工作簿", import } };
    struct units_options o = { 0 };
    const char *data = NULL;
    const struct option options[] = {
        OPTION_TEXT("on", 0, &o.on, "日期", "list：哪一天的样子；import：没有写生效日期的从哪天起；默认今天"),
        OPTION_TEXT("output", 'o', &o.output, "文件", "export 写到哪里，.xlsx"),
        OPTION_FLAG("confirm", 0, &o.confirmed, "import：生效；不给就只核对变动"),
        OPTION_DATA(&data),
        OPTION_FORMAT(run),
    };
    struct words words;
    return options_parse(run, options, COUNT(options), &words, 1, 2, err) && doing_run(run, DOINGS, COUNT(DOINGS), &words, data, &o, err);
}

/* Freezing assessments, looking at them, making them again, packing, comparing. */
#include "app/compared.h"
#include "base/day.h"
#include "base/file.h"
#include "base/number.h"
#include "cli/doing.h"
#include "cli/listing.h"

#include <time.h>

struct freezing { double year; const char *reason, *address, *output, *with; };

/* ---- add, list ---------------------------------------------------------------------------- */

static bool add(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    const struct freezing *const o = options;
    const struct actor console = actor_console();
    const struct snapshot *snapshot;
    struct text id;
    (void)none;
    if (!house_snapshot(house, &snapshot, err))
        return false;
    const size_t year = snapshot_year(snapshot, (int)o->year);
    const struct freeze_wish wish = { .year = year < snapshot->n_years ? snapshot->years[year] : (int)o->year, .reason = text_of(o->reason), .address = text_of(o->address) };
    const bool ok = app_freeze(house, snapshot, &console, &wish, (int64_t)time(NULL), run->mem, &id, err);
    if (ok)
        out_printf(run->out, "%d学年的评估归档了：%.*s（第 %llu 版数据）。\n", wish.year, TEXT_ARG(id), (unsigned long long)snapshot->version);
    snapshot_release(&snapshot);
    return ok;
}

static bool list(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = {
        { "id", "编号", false }, { "year", "学年", true }, { "version", "数据版本", true }, { "at", "归档", false }, { "who", "谁", false },
        { "reason", "原因", false }, { "manifest", "清单校验值", false },
    };
    const struct actor console = actor_console();
    struct frozen *frozen;
    size_t n;
    (void)none;
    (void)options;
    if (!app_frozen_list(house, &console, run->mem, &frozen, &n, err))
        return false;
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < n; i++) {
        const struct text row[] = { frozen[i].id, text_printf(run->mem, "%d", frozen[i].year), text_printf(run->mem, "%lld", (long long)frozen[i].data_version),
                                    time_shown(frozen[i].stamp.at, run->mem), frozen[i].stamp.who, frozen[i].reason, frozen[i].manifest_sha256 };
        listing_row(&listing, row, TONE_PLAIN);
    }
    listing_write(&listing, "还没有归档的评估。");
    return true;
}

/* ---- verify, zip -------------------------------------------------------------------------- */

static bool verify(struct command_context *run, struct house *house, const char *id, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = { { "path", "文件", false }, { "check", "核对", false }, { "recorded", "归档时", false }, { "found", "现在", false } };
    static const char *const CHECKS[] = { [FROZEN_SAME] = "一致", [FROZEN_DIFFERS] = "不一致", [FROZEN_CANNOT] = "本机不能生成" };
    const struct actor console = actor_console();
    struct frozen_verified v;
    (void)options;
    if (!app_frozen_verify(house, &console, text_of(id), run->mem, &v, err))
        return false;
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < v.n; i++)
        listing_row(&listing, (struct text[]){ v.files[i].path, text_of(CHECKS[v.files[i].check]), v.files[i].recorded, v.files[i].found },
                    v.files[i].check == FROZEN_SAME ? TONE_PLAIN : TONE_FAILING);
    listing_write(&listing, "");
    run->answer_no = v.differing > 0 || !v.chained;
    out_printf(run->notes, v.chained ? "清单的校验值在审计链里。\n" : "审计链里没有这份清单的校验值！\n");
    return true;
}

static bool zip(struct command_context *run, struct house *house, const char *id, void *options, struct err *err)
{
    const struct freezing *const o = options;
    const struct actor console = actor_console();
    struct text name, bytes;
    if (!app_frozen_zip(house, &console, text_of(id), (int64_t)time(NULL), run->mem, &name, &bytes, err))
        return false;
    const char *const path = o->output ? o->output : text_string(run->mem, name);
    if (!file_write(command_path(run, path), bytes, err))
        return false;
    out_printf(run->out, "写好 %s，%zu 字节。\n", path, bytes.size);
    return true;
}

/* ---- compare ------------------------------------------------------------------------------ */

/* "2025", "2025@31" (data version), a frozen one's number; ":cn-2012-basic" or ":./folder" behind it. */
static bool read_side(struct command_context *run, const char *words, struct compared_side *out, struct err *err)
{
    struct text rest = text_of(words), what, year;
    double number;
    *out = (struct compared_side){ 0 };
    if (text_split(&rest, ':', &what))
        out->edition = rest;
    if (out->edition.size && text_find(out->edition, TEXT("/"), NULL))
        out->edition = text_of(command_path(run, text_string(run->mem, out->edition)));
    struct text at = what;
    if (!text_split(&at, '@', &year))
        return err_set(err, ERR_USAGE, "没有说和哪一份比较。");
    if (!number_parse(year, &number) || year.size > 4) {
        out->frozen = what;
        return true;
    }
    out->year = (int)number;
    if (!at.size)
        return true;
    if (!number_parse(at, &number) || number < 1)
        return err_set(err, ERR_USAGE, "“%s”里的数据版本不是一个数。", words);
    out->version = (int64_t)number;
    return true;
}

static bool compare(struct command_context *run, struct house *house, const char *first, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = { { "where", "哪里", false }, { "what", "哪一项", false }, { "a", "甲", false }, { "b", "乙", false } };
    const struct freezing *const o = options;
    const struct actor console = actor_console();
    struct compared_side a, b;
    const struct differences *d;
    if (!o->with) {
        err_set(err, ERR_USAGE, "没有说和哪一份比较。");
        return err_hint(err, "例如：junheng freeze compare 2024 --with 2025");
    }
    if (!read_side(run, first, &a, err) || !read_side(run, o->with, &b, err) || !app_compared(house, &console, &a, &b, false, run->mem, &d, err))
        return false;
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < d->n; i++)
        listing_row(&listing, (struct text[]){ d->at[i].where, d->at[i].what, d->at[i].a, d->at[i].b }, TONE_PLAIN);
    listing_write(&listing, "没有不一样的。");
    out_printf(run->notes, "比了 %zu 格，%zu 格不一样。\n", d->looked, d->n);
    run->answer_no = d->n > 0;
    return true;
}

bool cmd_freeze(struct command_context *run, struct err *err)
{
    static const struct doing DOINGS[] = {
        { "add", NULL, add }, { "list", NULL, list }, { "verify", "编号", verify }, { "zip", "编号", zip }, { "compare", "甲", compare },
    };
    struct freezing o = { .reason = "", .address = "" };
    const char *data = NULL;
    const struct option options[] = {
        OPTION_DATA(&data),
        OPTION_WHOLE("year", 'y', &o.year, "学年", "add：哪个学年；默认最近一个数据齐全的"),
        OPTION_TEXT("reason", 0, &o.reason, "原因", "add：为什么归档"),
        OPTION_TEXT("address", 0, &o.address, "网址", "add：文件里的数点开后去哪个服务器看来源"),
        OPTION_TEXT("output", 'o', &o.output, "文件", "zip：写到哪里"),
        OPTION_TEXT("with", 0, &o.with, "乙", "compare：和哪一份比；写法同甲"),
        OPTION_FORMAT(run),
    };
    struct words words;
    return options_parse(run, options, COUNT(options), &words, 1, 2, err) && doing_run(run, DOINGS, COUNT(DOINGS), &words, data, &o, err);
}

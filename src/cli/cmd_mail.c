#include "app/mail.h"
#include "base/day.h"
#include "cli/doing.h"
#include "cli/listing.h"

#include <time.h>

static bool show_state(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    static const struct listing_column COLUMNS[] = { { "id", "编号", true },          { "address", "寄给", false }, { "tries", "试过", true },
                                                     { "state", "状态", false },      { "tried", "最近一次", false }, { "fault", "毛病", false } };
    const struct actor console = actor_console();
    struct mail_state s;
    (void)none, (void)options;
    if (!app_mail_state(house, &console, run->mem, &s, err))
        return false;
    struct listing listing = listing_new(run, COLUMNS, COUNT(COLUMNS));
    for (size_t i = 0; i < s.n_faults; i++) {
        const struct mail_fault *const f = &s.faults[i];
        listing_row(&listing,
                    (struct text[]){ text_printf(run->mem, "%lld", (long long)f->id), f->address, text_printf(run->mem, "%d", f->tries),
                                     f->given_up ? TEXT("不再寄") : text_printf(run->mem, "%.*s 再寄", TEXT_ARG(time_shown(f->next_at, run->mem))),
                                     time_shown(f->tried_at, run->mem), f->fault },
                    f->given_up ? TONE_FAILING : TONE_PLAIN);
    }
    listing_write(&listing, "没有寄出时出的毛病。");
    out_printf(run->notes, "%s%s；%lld 个确认过的地址；等着寄 %lld 封，寄出 %lld 封，没有寄出 %lld 封。\n",
               s.configured ? "发信服务器设置好了" : "没有设置发信服务器", s.allowed ? "" : "，县里决定不用邮件", (long long)s.addresses,
               (long long)s.waiting, (long long)s.sent, (long long)s.given_up);
    return true;
}

static bool test(struct command_context *run, struct house *house, const char *address, void *options, struct err *err)
{
    const struct actor console = actor_console();
    (void)options;
    if (!app_mail_test(house, &console, text_of(address), time(NULL), err))
        return false;
    out_printf(run->out, "发信服务器收下了寄给 %s 的测试邮件。\n", address);
    return true;
}

static bool retry(struct command_context *run, struct house *house, const char *none, void *options, struct err *err)
{
    const struct actor console = actor_console();
    int64_t n;
    (void)none, (void)options;
    if (!app_mail_retry(house, &console, time(NULL), &n, err))
        return false;
    out_printf(run->out, "%lld 封会马上再寄。\n", (long long)n);
    return true;
}

bool cmd_mail(struct command_context *run, struct err *err)
{
    static const struct doing DOINGS[] = { { "status", NULL, show_state }, { "test", "收信地址", test }, { "retry", NULL, retry } };
    const char *data = NULL;
    const struct option options[] = { OPTION_DATA(&data), OPTION_FORMAT(run) };
    struct words words;
    return options_parse(run, options, COUNT(options), &words, 1, 2, err) && doing_run(run, DOINGS, COUNT(DOINGS), &words, data, NULL, err);
}

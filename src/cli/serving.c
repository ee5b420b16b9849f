#include "cli/serving.h"

#include "app/house.h"
#include "app/mail.h"
#include "cli/console.h"
#include "web/serve.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum { DISK_BROKEN = 4, UPKEEP_SECONDS = 60 };

/* The disk has failed an fsync: everybody waiting has been told; going on would promise what cannot be kept. */
static void disk_broken(void *context)
{
    (void)context;
    static const char words[] = "junheng: 磁盘出错，数据没有写牢，服务停下。请检查磁盘后重新启动；已经确认过的数据都在。\n";
    const ssize_t told = write(STDERR_FILENO, words, sizeof words - 1);
    (void)told;
    struct timespec moment = { .tv_nsec = 500000000 }; /* the answers that say so are on their way */
    nanosleep(&moment, NULL);
    _exit(DISK_BROKEN);
}

/* Threads made from here on do not hear the signals: they wait for serve_house alone. */
static void hold_signals(sigset_t *held)
{
    sigemptyset(held);
    sigaddset(held, SIGINT);
    sigaddset(held, SIGTERM);
    sigaddset(held, SIGHUP);
    pthread_sigmask(SIG_BLOCK, held, NULL);
}

static struct web_options web_options(const struct config *config, struct house *house, struct arena *mem)
{
    const int64_t metrics = config_whole(config, SETTING_metrics_port);
    return (struct web_options){
        .house = house,
        .address = config_text(config, SETTING_address, mem),
        .port = (int)config_whole(config, SETTING_port),
        .tls_cert = config_text(config, SETTING_tls_cert, mem),
        .tls_key = config_text(config, SETTING_tls_key, mem),
        .behind_proxy = config_flag(config, SETTING_behind_proxy),
        .metrics_port = metrics ? (int)metrics : -1,
        .threads = (unsigned)config_whole(config, SETTING_threads),
        .log_fd = STDERR_FILENO,
        .upkeep_seconds = UPKEEP_SECONDS,
    };
}

bool serve_house(struct command_context *run, const char *folder, const struct config *config,
                 void (*ready)(struct command_context *run, const char *address, void *context), void *context, struct err *err)
{
    struct house *house = NULL;
    struct web_server *server = NULL;
    struct console *console = NULL;
    const struct snapshot *first;
    sigset_t held;
    int got;
    const struct house_options options = { .folder = folder, .edition = config_text(config, SETTING_edition, run->mem),
                                           .least_free = (uint64_t)config_whole(config, SETTING_least_free) << 20, .broken = disk_broken };
    struct mail_settings mail;
    hold_signals(&held);
    if (!config_mail(config, folder, run->mem, &mail, err) || !house_open(&options, &house, err))
        return false;
    app_mail_use(house, &mail);
    const struct web_options web = web_options(config, house, run->mem);
    bool ok = web_start(&web, &server, err) && console_start(house, folder, &console, err) && house_snapshot(house, &first, err);
    if (ok) {
        snapshot_release(&first);
        ready(run, arena_printf(run->mem, "%s://%s:%d/", web.tls_cert ? "https" : "http", web.address ? web.address : "127.0.0.1", web_port(server)),
              context);
        ok = out_flush(run->out, err);
    }
    if (ok)
        sigwait(&held, &got);
    console_stop(&console);
    if (server)
        web_stop(&server);
    house_close(&house);
    pthread_sigmask(SIG_UNBLOCK, &held, NULL);
    return ok;
}

#include "web/upkeep.h"

#include "app/upkeep.h"
#include "web/serve_inside.h"

#include <stdio.h>
#include <time.h>

enum { GATHER_MS = 200 };   /* what pokes is often not alone; and its group of works is committed by then */

static void note(struct web_server *server, const struct upkeep_line *line)
{
    char name[64];
    if (line->ok && !line->done.size)
        return;
    snprintf(name, sizeof name, "upkeep %s", line->row->name);
    log_request(server->log, &(struct log_line){ .route = name, .status = line->ok ? 200 : 500, .microseconds = line->microseconds,
                                                 .number = "-", .err = line->ok ? NULL : &line->err });
}

static void *keep_up(void *with)
{
    struct web_server *const server = with;
    struct house *const house = server->options.house;
    while (!upkeep_ending(house)) {
        struct arena *mem = arena_new("upkeep");
        struct upkeep_round round;
        app_upkeep(house, time(NULL), mem, &round);
        for (size_t i = 0; i < round.n; i++)
            note(server, &round.lines[i]);
        arena_free(&mem);
        upkeep_wait(house, server->options.upkeep_seconds * 1000);
        if (!upkeep_ending(house))
            nanosleep(&(struct timespec){ .tv_nsec = GATHER_MS * 1000000L }, NULL);
    }
    return NULL;
}

bool web_upkeep_start(struct web_server *server, struct err *err)
{
    if (!server->options.upkeep_seconds)
        return true;
    upkeep_end(server->options.house, false);
    const int failed = pthread_create(&server->upkeep, NULL, keep_up, server);
    server->keeping_up = failed == 0;
    return !failed || err_set(err, ERR_OUTSIDE, "开不了自动事务的线程：%s。", err_system(failed));
}

void web_upkeep_stop(struct web_server *server)
{
    if (!server->keeping_up)
        return;
    upkeep_end(server->options.house, true);
    pthread_join(server->upkeep, NULL);
    server->keeping_up = false;
}

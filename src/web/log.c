#include "web/log.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { HELD = 64 * 1024, LINE = 768 };

struct log {
    struct arena *mem;
    pthread_mutex_t lock;
    int fd;
    size_t size;
    char held[HELD];
};

struct log *log_new(int fd)
{
    struct arena *mem = arena_new("log");
    struct log *const log = arena_make(mem, struct log);
    log->mem = mem;
    log->fd = fd;
    pthread_mutex_init(&log->lock, NULL);
    return log;
}

static void write_held(struct log *log)
{
    for (size_t at = 0; at < log->size;) {
        const ssize_t n = write(log->fd, log->held + at, log->size - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) /* a log nobody takes any more must not stop the service */
            break;
        at += (size_t)n;
    }
    log->size = 0;
}

void log_flush(struct log *log)
{
    pthread_mutex_lock(&log->lock);
    write_held(log);
    pthread_mutex_unlock(&log->lock);
}

void log_free(struct log **log)
{
    if (!*log)
        return;
    log_flush(*log);
    struct arena *mem = (*log)->mem;
    pthread_mutex_destroy(&(*log)->lock);
    *log = NULL;
    arena_free(&mem);
}

static void add(struct log *log, const char *line, size_t size, bool at_once)
{
    pthread_mutex_lock(&log->lock);
    if (log->size + size > HELD)
        write_held(log);
    memcpy(log->held + log->size, line, size);
    log->size += size;
    if (at_once)
        write_held(log);
    pthread_mutex_unlock(&log->lock);
}

/* 2026-01-31T08:15:02.125Z */
static int put_time(char *into, size_t size)
{
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    return snprintf(into, size, "{\"time\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"", parts.tm_year + 1900, parts.tm_mon + 1,
                    parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, (int)(now.tv_nsec / 1000000));
}

/* Of an error only what cannot carry a value: its kind, and the part of the detail that is plain ASCII words. */
static void put_plain(char *into, size_t size, const char *from)
{
    size_t n = 0;
    for (; *from && n + 1 < size; from++) {
        const unsigned char c = (unsigned char)*from;
        if (c >= ' ' && c < 0x7F && c != '"' && c != '\\')
            into[n++] = (char)c;
    }
    into[n] = '\0';
}

void log_request(struct log *log, const struct log_line *line)
{
    static const char *const KIND[] = { "none", "usage", "input", "absent", "limit", "denied", "conflict", "outside" };
    if (log->fd < 0)
        return;
    char made[LINE];
    int n = put_time(made, sizeof made);
    n += snprintf(made + n, sizeof made - (size_t)n, ",\"route\":\"%s\",\"status\":%d,\"us\":%lld,\"number\":\"%s\",\"account\":%lld",
                  line->route, line->status, (long long)line->microseconds, line->number, (long long)line->account);
    if (line->err && line->err->kind != ERR_NONE) {
        char detail[sizeof line->err->detail];
        put_plain(detail, sizeof detail, line->err->detail);
        n += snprintf(made + n, sizeof made - (size_t)n, ",\"error\":\"%s\",\"detail\":\"%s\"", KIND[line->err->kind], detail);
    }
    n += snprintf(made + n, sizeof made - (size_t)n, "}\n");
    add(log, made, (size_t)n, line->status >= 500);
}

void log_event(struct log *log, const char *event, int64_t value)
{
    if (log->fd < 0)
        return;
    char made[LINE];
    int n = put_time(made, sizeof made);
    n += snprintf(made + n, sizeof made - (size_t)n, ",\"event\":\"%s\",\"value\":%lld}\n", event, (long long)value);
    add(log, made, (size_t)n, true);
}

#include "web/serve.h"

#include "base/file.h"
#include "base/secret.h"
#include "web/dispatch.h"
#include "web/http_late.h"
#include "web/metrics.h"
#include "web/respond.h"
#include "web/serve_inside.h"
#include "web/upkeep.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    HEAD_SECONDS = 10, BODY_SECONDS = 30, IDLE_SECONDS = 30, CONNECTIONS = 4096, CONNECTION_MEMORY = 32 * 1024,
    BACKLOG = 1024, BODIES = 256 * 1024 * 1024, READ_AWAY = 64 * 1024, KEEPER_MS = 250, LEAST_FILES = 64,
    SLOW_THREADS = 4, SLOW_QUEUE = 64, SIGNING_QUEUE = 32, KEY_SIZE = 1024 * 1024, ENDING_MS = 5000,
    BYTES_A_SECOND = 1024, SHARED_BYTES = 8 * 1024 * 1024,
};

/* ---- one request -------------------------------------------------------------------------- */

static int64_t microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static struct line *line_of(struct MHD_Connection *connection)
{
    return http.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* The first line of a request is there: what libmicrohttpd would decode and part itself, we take raw. */
static void *begin(void *with, const char *target, struct MHD_Connection *connection)
{
    struct web_server *const server = with;
    struct arena *const mem = arena_new("request");
    struct exchange *const e = arena_make(mem, struct exchange);
    e->server = server;
    e->connection = connection;
    e->line = line_of(connection);
    e->begun_us = microseconds();
    e->target = text_copy(mem, text_of(target));
    const int64_t late = lines_now() + server->options.head_seconds * 1000;
    if (late < atomic_load_explicit(&e->line->deadline, memory_order_relaxed))
        line_until(e->line, late);
    atomic_fetch_add(&server->at_work, 1);
    snprintf(e->number, sizeof e->number, "%04x-%06llu", server->boot,
             (unsigned long long)(atomic_fetch_add(&server->requests, 1) + 1) % 1000000000);
    struct request *const r = &e->request;
    r->mem = e->response.mem = mem;
    r->house = server->options.house;
    r->server = server;
    r->number = text_of(e->number);
    r->now = time(NULL);
    r->secure = server->secure;
    e->response.status = 200;
    return e;
}

static enum MHD_Result take_header(void *with, enum MHD_ValueKind kind, const char *key, size_t key_size, const char *value,
                                   size_t value_size)
{
    (void)kind;
    head_add(with, (struct text){ key, key_size }, (struct text){ value ? value : "", value_size });
    return MHD_YES;
}

static bool head_is_fine(struct exchange *e)
{
    http.MHD_get_connection_values_n(e->connection, MHD_HEADER_KIND, take_header, &e->head);
    switch (e->head.fault) {
    case HEAD_FINE: return true;
    case HEAD_TOO_MUCH: return exchange_refuse(e, 431, ERR_LIMIT, "请求头太大。", "请清除本站的 Cookie 后再试。");
    case HEAD_ENCODED:
        return exchange_refuse(e, e->head.length >= 0 ? 400 : 411, ERR_USAGE, "请求要说明内容的长度，不能分块发送。", "");
    default: return exchange_refuse(e, 400, ERR_USAGE, "请求头里有重复或读不懂的栏目。", "");
    }
}

/* Behind a proxy the client is the last one the proxy added; anything before that anybody could have written. */
static void find_address(struct exchange *e)
{
    struct text address = text_of(e->line->address);
    if (e->server->options.behind_proxy && e->head.forwarded_for.size) {
        struct text rest = e->head.forwarded_for, part = rest;
        while (text_split(&rest, ',', &part))
            ;
        part = text_trim(part);
        unsigned char parsed[sizeof(struct in6_addr)];
        const char *const said = text_string(e->request.mem, part);
        if (part.size < sizeof e->line->address && (inet_pton(AF_INET, said, parsed) == 1 || inet_pton(AF_INET6, said, parsed) == 1))
            address = text_of(said);
    }
    e->request.address = address;
}

static bool have_room(struct exchange *e)
{
    const size_t length = (size_t)e->head.length;
    if (atomic_fetch_add(&e->server->bodies, length) + length <= BODIES) {
        e->body = arena_alloc(e->request.mem, length);
        return true;
    }
    atomic_fetch_sub(&e->server->bodies, length);
    e->retry_after = 10;
    return exchange_refuse(e, 503, ERR_LIMIT, "现在上传的人太多，这一步没有做。", "请过十秒再试。");
}

static enum MHD_Result take_head(struct exchange *e, const char *method)
{
    const bool post = strcmp(method, "POST") == 0;
    const bool known = post || strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    e->head = head_start();
    e->stage = STAGE_BODY;
    bool goes_on = head_is_fine(e);
    find_address(e);
    e->request.htmx = e->head.htmx;
    e->request.gzip = e->head.gzip;
    if (atomic_load(&e->server->ending)) {
        e->retry_after = 10;
        goes_on = exchange_refuse(e, 503, ERR_OUTSIDE, "服务器正在停下。", "请过一会儿再试。");
    }
    goes_on = goes_on && dispatch_head(e, known, post ? METHOD_POST : METHOD_GET) && (e->head.length <= 0 || have_room(e));
    if (goes_on || (!e->head.encoded && e->head.fault == HEAD_FINE && e->head.length <= READ_AWAY)) {
        if (!goes_on) /* what follows on the connection of a malformed request is not to be trusted */
            e->unread = e->status == 400 || e->status == 411;
        e->body_begun = lines_now();
        line_until(e->line, e->body_begun + e->server->options.body_seconds * 1000);
        e->stage = goes_on ? STAGE_BODY : STAGE_DONE;
        return MHD_YES;
    }
    e->unread = true; /* too much to read away only to say no */
    return respond(e) ? MHD_YES : MHD_NO;
}

static enum MHD_Result take_body(struct exchange *e, const char *bytes, size_t *size)
{
    if (e->stage == STAGE_BODY && e->body) {
        if (e->received + *size > (size_t)e->head.length)
            return MHD_NO;
        memcpy(e->body + e->received, bytes, *size);
    }
    e->received += *size;
    *size = 0;
    line_until(e->line, e->body_begun + e->server->options.body_seconds * 1000 + (int64_t)(e->received / BYTES_A_SECOND) * 1000);
    return MHD_YES;
}

/* Called with the head, with each part of the body, at its end, and again after exchange_resume. */
static enum MHD_Result answer(void *with, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                              const char *bytes, size_t *size, void **context)
{
    (void)with, (void)connection, (void)url, (void)version;
    struct exchange *const e = *context;
    if (e->stage == STAGE_HEAD)
        return take_head(e, method);
    if (*size)
        return take_body(e, bytes, size);
    if (e->stage == STAGE_BODY) {
        line_until(e->line, INT64_MAX);
        if (dispatch_run(e))
            return MHD_YES;
    }
    return respond(e) ? MHD_YES : MHD_NO;
}

static void note_done(struct exchange *e)
{
    struct web_server *const server = e->server;
    const struct request *const r = &e->request;
    const int64_t took = microseconds() - e->begun_us;
    tally_add(server->tally, r->route ? (size_t)(r->route - server->options.routes) : server->options.n_routes, e->response.status, took);
    log_request(server->log, &(struct log_line){ .route = r->route ? r->route->name : "-", .status = e->response.status, .microseconds = took,
                                                 .number = e->number, .account = r->signed_in ? r->actor.account : 0,
                                                 .err = e->refused ? &e->fault : NULL });
}

static void completed(void *with, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code)
{
    (void)with, (void)connection, (void)code;
    struct exchange *const e = *context;
    if (!e)
        return;
    *context = NULL;
    struct web_server *const server = e->server;
    if (e->stage == STAGE_SENT)
        note_done(e);
    if (e->body)
        atomic_fetch_sub(&server->bodies, (size_t)e->head.length);
    if (e->request.snapshot)
        snapshot_release(&e->request.snapshot);
    line_until(e->line, lines_now() + server->options.idle_seconds * 1000);
    struct arena *mem = e->request.mem;
    arena_free(&mem);
    atomic_fetch_sub(&server->at_work, 1);
}

/* ---- connections -------------------------------------------------------------------------- */

static void say_address(struct MHD_Connection *connection, struct line *line)
{
    const struct sockaddr *const at = http.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    if (at && at->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)at)->sin_addr, line->address, sizeof line->address);
    else if (at && at->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)at)->sin6_addr, line->address, sizeof line->address);
}

static void connected(void *with, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode code)
{
    struct web_server *const server = with;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const int fd = http.MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        struct line *const line = lines_open(server->lines, fd, lines_now() + server->options.head_seconds * 1000);
        say_address(connection, line);
        *context = line;
    } else if (*context) {
        lines_close(server->lines, *context);
        *context = NULL;
    }
}

/* Cuts those that are late, writes the log: all that needs the clock. */
static void *keep(void *with)
{
    struct web_server *const server = with;
    while (!atomic_load(&server->ended)) {
        nanosleep(&(struct timespec){ .tv_nsec = KEEPER_MS * 1000000L }, NULL);
        const unsigned cut = lines_cut(server->lines);
        if (cut)
            tally_cut(server->tally, cut);
        log_flush(server->log);
    }
    return NULL;
}

/* ---- listening ---------------------------------------------------------------------------- */

static bool is_loopback(const struct sockaddr *at)
{
    if (at->sa_family == AF_INET)
        return (ntohl(((const struct sockaddr_in *)(const void *)at)->sin_addr.s_addr) >> 24) == 127;
    return at->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)at)->sin6_addr);
}

static bool say_taken(const struct web_options *o, struct err *err)
{
    if (errno == EADDRINUSE) {
        err_set(err, ERR_OUTSIDE, "端口 %d 已被别的程序占用。", o->port);
        return err_hint(err, "请用 --port 换一个端口，或先停掉占用它的程序。");
    }
    return err_set(err, ERR_OUTSIDE, "不能在 %s 的端口 %d 上监听：%s。", o->address, o->port, err_system(errno));
}

static bool may_listen(struct web_server *server, const struct sockaddr *at, struct err *err)
{
    const struct web_options *const o = &server->options;
    const bool tls = o->tls_cert && o->tls_key;
    server->secure = tls || o->behind_proxy;
    server->loopback = !server->secure;
    if (server->secure || is_loopback(at))
        return true;
    err_set(err, ERR_USAGE, "地址 %s 不是本机地址，不加密不能对外服务。", o->address);
    return err_hint(err, "请用 --tls-cert 和 --tls-key 给出证书和私钥，或在前面放一个代理并加 --behind-proxy。");
}

static bool listen_on(struct web_server *server, struct err *err)
{
    const struct web_options *const o = &server->options;
    struct addrinfo *found = NULL;
    char port[16];
    snprintf(port, sizeof port, "%d", o->port);
    const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    if (o->port < 0 || o->port > 65535 || getaddrinfo(o->address, port, &wanted, &found) != 0) {
        err_set(err, ERR_USAGE, "没有 %s:%d 这样的地址。", o->address, o->port);
        return err_hint(err, "地址用 IP，如 127.0.0.1；端口在 1 到 65535 之间。");
    }
    bool ok = may_listen(server, found->ai_addr, err);
    if (ok) {
        const int one = 1;
        server->listening = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        ok = (server->listening >= 0 && setsockopt(server->listening, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
              bind(server->listening, found->ai_addr, found->ai_addrlen) == 0 && listen(server->listening, BACKLOG) == 0) ||
             say_taken(o, err);
    }
    freeaddrinfo(found);
    return ok;
}

static int port_of(int fd)
{
    struct sockaddr_storage at;
    socklen_t size = sizeof at;
    if (getsockname(fd, (struct sockaddr *)&at, &size) != 0)
        return 0;
    return ntohs(at.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&at)->sin6_port : ((struct sockaddr_in *)&at)->sin_port);
}

/* Room for the connections, as far as the system lets us. */
static unsigned connections_possible(unsigned wanted)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return wanted;
    const rlim_t ask = wanted + LEAST_FILES * 4;
    if (files.rlim_cur < ask) {
        files.rlim_cur = files.rlim_max < ask ? files.rlim_max : ask;
        (void)!setrlimit(RLIMIT_NOFILE, &files);
    }
    return files.rlim_cur > ask ? wanted : (unsigned)(files.rlim_cur > 2 * LEAST_FILES ? files.rlim_cur - LEAST_FILES : LEAST_FILES);
}

static bool run_daemon(struct web_server *server, struct err *err)
{
    const struct web_options *const o = &server->options;
    struct text key = { 0 }, cert = { 0 };
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    struct MHD_OptionItem items[16];
    size_t n = 0;
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_LISTEN_SOCKET, server->listening, NULL };
    if (o->threads > 1)
        items[n++] = (struct MHD_OptionItem){ MHD_OPTION_THREAD_POOL_SIZE, o->threads, NULL };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, NULL };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_CONNECTION_LIMIT, (intptr_t)connections_possible(o->connections), NULL };
    /* A school is one address, so is a proxy: the limit only keeps one address from taking all. */
    if (!o->behind_proxy)
        items[n++] = (struct MHD_OptionItem){ MHD_OPTION_PER_IP_CONNECTION_LIMIT, o->connections / 2, NULL };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_CONNECTION_TIMEOUT, o->idle_seconds, NULL };
    if (o->tls_cert) {
        if (!file_read(server->mem, o->tls_key, KEY_SIZE, &key, err) || !file_read(server->mem, o->tls_cert, KEY_SIZE, &cert, err))
            return false;
        flags |= MHD_USE_TLS;
        items[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)text_string(server->mem, key) };
        items[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)text_string(server->mem, cert) };
        items[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" };
    }
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
    server->daemon = http.MHD_start_daemon(flags, 0, NULL, NULL, answer, server, MHD_OPTION_URI_LOG_CALLBACK, begin, server,
                                           MHD_OPTION_NOTIFY_COMPLETED, completed, server, MHD_OPTION_NOTIFY_CONNECTION, connected, server,
                                           MHD_OPTION_ARRAY, items, MHD_OPTION_END);
    if (server->daemon)
        return true;
    if (!o->tls_cert)
        return err_set(err, ERR_OUTSIDE, "服务器启动不了：%s。", err_system(errno));
    err_set(err, ERR_INPUT, "证书“%s”或私钥“%s”用不了。", o->tls_cert, o->tls_key);
    return err_hint(err, "请核对它们是 PEM 格式，私钥没有密码，并且是一对。");
}

static void fill_options(struct web_options *o)
{
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (!o->routes)
        o->routes = routes, o->n_routes = n_routes;
    o->address = o->address ? o->address : "127.0.0.1";
    o->threads = o->threads ? o->threads : cores > 0 ? (unsigned)cores : 1;
    o->head_seconds = o->head_seconds ? o->head_seconds : HEAD_SECONDS;
    o->body_seconds = o->body_seconds ? o->body_seconds : BODY_SECONDS;
    o->idle_seconds = o->idle_seconds ? o->idle_seconds : IDLE_SECONDS;
    o->connections = o->connections ? o->connections : CONNECTIONS;
}

bool web_start(const struct web_options *options, struct web_server **out, struct err *err)
{
    struct arena *const mem = arena_new("server");
    struct web_server *server = arena_make(mem, struct web_server);
    server->mem = mem;
    server->options = *options;
    server->listening = -1;
    fill_options(&server->options);
    const struct web_options *const o = &server->options;
    server->boot = secret_random_below(0x10000);
    server->log = log_new(o->log_fd);
    server->lines = lines_new();
    server->tally = tally_new(mem, o->n_routes);
    server->marks = marks_new();
    server->shared = shared_new(SHARED_BYTES);
    server->mine = mine_new(mem);
    server->doing = at_work_new(mem);
    server->slow = pool_start(SLOW_THREADS, SLOW_QUEUE);
    server->signing = pool_start(o->threads, SIGNING_QUEUE);
    /* Signals are the main thread's: threads begun here take none. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool ok = (!o->tls_cert == !o->tls_key) || err_set(err, ERR_USAGE, "--tls-cert 和 --tls-key 要一起给。");
    ok = ok && http_load(err) && listen_on(server, err) && run_daemon(server, err) && metrics_start(server, err) &&
         web_upkeep_start(server, err);
    if (ok)
        server->keeping = pthread_create(&server->keeper, NULL, keep, server) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!ok) {
        web_stop(&server);
        return false;
    }
    server->port = port_of(server->listening);
    log_event(server->log, "server started", server->port);
    *out = server;
    return true;
}

int web_port(const struct web_server *server)
{
    return server->port;
}

int web_metrics_port(const struct web_server *server)
{
    return server->metrics_port;
}

static void wait_while(const atomic_size_t *n, int64_t milliseconds)
{
    const int64_t until = lines_now() + milliseconds;
    while (atomic_load(n) && (milliseconds < 0 || lines_now() < until))
        nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
}

void web_stop(struct web_server **out)
{
    struct web_server *const server = *out;
    if (!server)
        return;
    *out = NULL;
    atomic_store(&server->ending, true);
    web_upkeep_stop(server);
    if (server->daemon) {
        http.MHD_quiesce_daemon(server->daemon);
        wait_while(&server->at_work, ENDING_MS);
        wait_while(&server->suspended, -1); /* what was begun is finished; libmicrohttpd must not be stopped before */
    }
    atomic_store(&server->ended, true);
    if (server->keeping)
        pthread_join(server->keeper, NULL);
    metrics_stop(server);
    if (server->daemon)
        http.MHD_stop_daemon(server->daemon);
    if (server->listening >= 0)
        close(server->listening);
    pool_stop(&server->slow);
    pool_stop(&server->signing);
    at_work_free(server->doing);
    shared_free(&server->shared);
    mine_end(server->mine);
    if (server->port)
        log_event(server->log, "server stopped", (int64_t)atomic_load(&server->requests));
    log_free(&server->log);
    lines_free(&server->lines);
    struct arena *mem = server->mem;
    arena_free(&mem);
}

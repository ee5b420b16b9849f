#include "web/metrics.h"

#include "web/http_late.h"
#include "web/route.h"
#include "web/serve_inside.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CONNECTIONS = 16, TIMEOUT = 5 };

/* Pages of memory in use, from the second number of /proc/self/statm. */
static uint64_t resident_bytes(void)
{
    char said[128] = "";
    const int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    const ssize_t n = read(fd, said, sizeof said - 1);
    close(fd);
    said[n > 0 ? n : 0] = '\0';
    const char *const second = strchr(said, ' ');
    return second ? strtoull(second, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

static void gauge(struct buf *into, const char *name, const char *type, uint64_t value)
{
    buf_printf(into, "# TYPE junheng_%s %s\njunheng_%s %llu\n", name, type, name, (unsigned long long)value);
}

static void print_house(struct web_server *server, struct buf *into)
{
    const struct db_figures db = db_figures(house_db(server->options.house));
    gauge(into, "db_commits_total", "counter", db.commits);
    gauge(into, "db_works_total", "counter", db.works);
    gauge(into, "db_queries_total", "counter", db.queries);
    gauge(into, "db_refused_total", "counter", db.refused);
    gauge(into, "db_queue", "gauge", db.queue);
    gauge(into, "db_free_bytes", "gauge", db.free_bytes);
    gauge(into, "db_broken", "gauge", db.broken);
    const struct snapshot *snapshot;
    struct err err;
    if (house_snapshot(server->options.house, &snapshot, &err)) {
        gauge(into, "data_version", "gauge", snapshot->version);
        snapshot_release(&snapshot);
    }
}

static struct text print(struct web_server *server, struct arena *mem)
{
    struct buf buf = { .mem = mem };
    const size_t n = server->options.n_routes;
    const char **const names = arena_array(mem, n + 1, const char *);
    for (size_t i = 0; i < n; i++)
        names[i] = server->options.routes[i].name;
    names[n] = "none";
    tally_print(server->tally, names, &buf);
    gauge(&buf, "requests_at_work", "gauge", atomic_load(&server->at_work));
    gauge(&buf, "resident_bytes", "gauge", resident_bytes());
    print_house(server, &buf);
    return buf_text(&buf);
}

static enum MHD_Result answer(void *with, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                              const char *bytes, size_t *size, void **context)
{
    (void)version, (void)bytes, (void)size, (void)context;
    const bool known = strcmp(method, "GET") == 0 && strcmp(url, "/metrics") == 0;
    struct arena *mem = arena_new("metrics");
    const struct text body = known ? print(with, mem) : TEXT("not here\n");
    struct MHD_Response *const made =
        http.MHD_create_response_from_buffer(body.size, (void *)(uintptr_t)body.at, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result sent = MHD_NO;
    if (made) {
        (void)!http.MHD_add_response_header(made, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        (void)!http.MHD_add_response_header(made, "X-Content-Type-Options", "nosniff");
        sent = http.MHD_queue_response(connection, known ? 200 : 404, made);
        http.MHD_destroy_response(made);
    }
    arena_free(&mem);
    return sent;
}

bool metrics_start(struct web_server *server, struct err *err)
{
    if (server->options.metrics_port < 0)
        return true;
    const struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)server->options.metrics_port),
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    server->metrics = http.MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, server, MHD_OPTION_SOCK_ADDR, &at,
                                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
                                            (unsigned)TIMEOUT, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!server->metrics) {
        err_set(err, ERR_OUTSIDE, "监测用的端口 %d 已被别的程序占用。", server->options.metrics_port);
        return err_hint(err, "请用 --metrics-port 换一个端口。");
    }
    server->metrics_port = http.MHD_get_daemon_info(server->metrics, MHD_DAEMON_INFO_BIND_PORT)->port;
    return true;
}

void metrics_stop(struct web_server *server)
{
    if (server->metrics)
        http.MHD_stop_daemon(server->metrics);
    server->metrics = NULL;
}

/* serve.h — the HTTP server over one house. */
#pragma once
#include "app/house.h"

struct route;

struct web_options {
    struct house *house;          /* lives longer than the server */
    const char *address;          /* NULL: 127.0.0.1 */
    int port;                     /* 0: any that is free */
    const char *tls_cert, *tls_key; /* paths of PEM files; both or neither */
    bool behind_proxy;            /* a proxy in front speaks TLS, passes Host, and appends to X-Forwarded-For */
    int metrics_port;             /* on 127.0.0.1; 0: any that is free; −1: none */
    unsigned threads;             /* of HTTP workers; 0: one a core */
    int log_fd;                   /* 2 for stderr; −1: no log */
    int head_seconds, body_seconds, idle_seconds; /* deadlines; 0: 10, 30 and 30 */
    unsigned connections;         /* at most; 0: 4096 */
    unsigned upkeep_seconds;      /* from one round of what is due to the next; 0: none is made */
    const struct route *routes;   /* NULL: those of routes.def (tests bring their own) */
    size_t n_routes;
};

struct web_server;

/* Listens and answers from threads of its own; signals are left to the caller's threads.
 *   Errors  ERR_USAGE: an address that is not loopback without TLS or proxy, half a key pair;
 *           ERR_OUTSIDE: the port is taken, the library is missing; ERR_INPUT, ERR_ABSENT: key or certificate */
bool web_start(const struct web_options *options, struct web_server **out, struct err *err) MUST_CHECK;
int web_port(const struct web_server *server);
int web_metrics_port(const struct web_server *server);  /* 0: none */
/* Takes no new connection, finishes what runs, ends. */
void web_stop(struct web_server **server);

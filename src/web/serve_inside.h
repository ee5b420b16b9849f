/* serve_inside.h — what a running server is made of; for serve.c, dispatch.c, work.c and metrics.c. */
#pragma once
#include "web/lines.h"
#include "web/log.h"
#include "web/once.h"
#include "web/marks.h"
#include "web/mine.h"
#include "web/pool.h"
#include "web/serve.h"
#include "web/shared.h"
#include "web/tally.h"

#include <pthread.h>
#include <stdatomic.h>

struct MHD_Daemon;

struct web_server {
    struct arena *mem;
    struct web_options options;
    bool secure;                      /* the browser speaks TLS: to us, or to the proxy in front */
    bool loopback;                    /* plain HTTP on loopback: only this machine's names are answered */
    int port, metrics_port;
    struct MHD_Daemon *daemon, *metrics;
    int listening;
    struct lines *lines;
    struct log *log;
    struct tally *tally;
    struct marks marks;
    struct shared *shared;
    struct mine *mine;
    struct pool *slow, *signing;      /* FLOW_SLOW; those of FORM_LOGIN apart, so that a flood of sign-ins delays nobody */
    struct at_work *doing;            /* acts of the slow threads that carry a key */
    pthread_t keeper;                 /* cuts late connections, writes the log */
    bool keeping;
    pthread_t upkeep;                 /* does what is due (web/upkeep.h) */
    bool keeping_up;
    atomic_bool ending, ended;        /* takes nothing new; the keeper may go */
    atomic_size_t at_work;            /* exchanges begun and not yet sent */
    atomic_size_t suspended;
    atomic_size_t bodies;             /* bytes set aside for bodies */
    atomic_uint_fast64_t requests;
    unsigned boot;                    /* random: tells the numbers of two runs apart */
};

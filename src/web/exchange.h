/* exchange.h — one request on its way through the server: what came in, how far it is, what goes out. */
#pragma once
#include "web/head.h"
#include "web/lines.h"
#include "web/marks.h"
#include "web/once.h"
#include "web/request.h"

#include <stdatomic.h>

enum exchange_stage {
    STAGE_HEAD,    /* nothing was looked at yet */
    STAGE_BODY,    /* bytes of the body are coming */
    STAGE_WORK,    /* another thread has it; the connection is suspended */
    STAGE_DONE,    /* what the handler made waits to be sent */
    STAGE_SENT,
};

struct exchange {
    struct request request;
    struct response response;
    struct web_server *server;
    void *connection;             /* of libmicrohttpd */
    struct line *line;
    struct head head;
    struct text target;           /* as asked for */
    enum exchange_stage stage;
    bool unread;                  /* answered before the body was read: the connection cannot go on */
    bool refused;                 /* an error is the answer: `fault`, with `status` or that of its kind */
    struct err fault;
    int status;                   /* 0: by kind */
    const char *methods;          /* of a 405 */
    int retry_after;              /* seconds; 0: none */
    char *body;
    size_t received;
    int64_t begun_us, body_begun; /* microseconds; milliseconds of lines_now */
    struct text marks[N_MARKS];   /* what stands in their places, once asked for */
    bool filled;                  /* the response's marks are */
    struct text share_key;        /* of a page that may be kept for others; empty: none */
    struct once once;             /* of a POST that is to be done once */
    char number[16];
};

/* Answers with an error; `status` 0: that of the kind.  Returns false. */
bool exchange_refuse(struct exchange *exchange, int status, enum err_kind kind, const char *what, const char *hint);
/* Hands the connection to another thread until exchange_resume, which any thread may call, once. */
void exchange_suspend(struct exchange *exchange);
void exchange_resume(struct exchange *exchange);

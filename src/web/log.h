/* log.h — what the server did, a JSON object a line.  Never an address with values, a query, a file name, a
 * name of a person: the route's name and the account's number say enough, and the request's number finds it. */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdint.h>

struct log;

struct log *log_new(int fd);  /* −1: nowhere */
void log_free(struct log **log);

struct log_line {
    const char *route;        /* the handler's name; "-" when there is none */
    int status;
    int64_t microseconds;
    const char *number;
    int64_t account;          /* 0: nobody */
    const struct err *err;    /* kind and detail; NULL when all was well */
};
void log_request(struct log *log, const struct log_line *line);
/* 「server started」: a fixed word and a number. */
void log_event(struct log *log, const char *event, int64_t value);
/* Lines are gathered and written twice a second, or when enough have come, or at once after a failure. */
void log_flush(struct log *log);

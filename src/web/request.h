/* request.h — what is asked for, by whom, of which data: everything a handler may know.
 * All of it lives in the request's arena, until the answer has left. */
#pragma once
#include "app/house.h"
#include "base/lang.h"
#include "web/multipart.h"
#include "web/response.h"
#include "web/route.h"

struct web_server;

struct request {
    struct arena *mem;
    struct house *house;
    struct web_server *server;
    const struct route *route;        /* NULL only where an error page answers */
    struct text number;               /* to quote; the log has it too */
    int64_t now;                      /* seconds since 1970 */
    enum lang lang;
    bool htmx;                        /* a part of a page is enough (HX-Request) */
    bool gzip;                        /* the client takes it */
    bool secure;                      /* TLS, here or in front of us */
    struct text address;              /* of the client */
    struct text here;                 /* "https://jh.example.cn": this server as the client named it, for links in files */
    struct text path, raw_query;      /* as asked for: "/schools/2101", "year=2025" */
    struct text captures[ROUTE_CAPTURES];
    struct pairs query, fields;
    struct upload *files;
    size_t n_files;
    struct text body;                 /* FORM_BEARER: the bytes of a POST; not looked at, unless it is a form with files */
    struct text act_key;              /* FORM_BEARER: Idempotency-Key; what is sent twice with it is done once */

    bool signed_in;
    struct actor actor;
    struct text session, device;      /* what the cookies say; where signed_in, a session that stands */

    const struct snapshot *snapshot;  /* NULL: it cannot be had (error pages alone) */
    size_t year;                      /* index into snapshot->years of ?year=, else the latest; 0 where there is no data */
    size_t school;                    /* SCOPE_SCHOOL: the row of {code} in that year; SIZE_MAX: seen in another year alone */
    struct db_session *writing;       /* FLOW_WRITE: the savepoint the handler runs in */
};

/* A {name} of the route's path. */
struct text request_capture(const struct request *request, const char *name);
/* A value of the query, of the form; empty when it is not there. */
struct text request_query(const struct request *request, const char *name);
struct text request_field(const struct request *request, const char *name);
/* A whole number of the query or the form; `otherwise` when it is not there.
 *   Errors  ERR_USAGE: something else stands there, or it is out of from..to */
bool request_query_number(const struct request *request, const char *name, int64_t from, int64_t to, int64_t otherwise,
                          int64_t *out, struct err *err) MUST_CHECK;
bool request_field_number(const struct request *request, const char *name, int64_t from, int64_t to, int64_t otherwise,
                          int64_t *out, struct err *err) MUST_CHECK;
/* The first file of a field; NULL when there is none. */
const struct upload *request_file(const struct request *request, const char *field);
/* The address asked for, with its query: to come back to. */
struct text request_target(const struct request *request);

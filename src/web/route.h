/* route.h — which page answers, and what it takes to get there: the table of routes.def. */
#pragma once
#include "base/err.h"
#include "web/path.h"

#include <stdint.h>

struct request;
struct response;

enum method { METHOD_GET, METHOD_POST };

/* On which thread a handler runs. */
enum flow {
    FLOW_READ,   /* the HTTP worker: reads only, never waits */
    FLOW_WRITE,  /* the database's writer, inside a savepoint; the answer leaves after COMMIT */
    FLOW_SLOW,   /* a pool of slow threads: may call acts that write by themselves, read files, hash */
};

/* Whose data the page shows.  Checked before the handler, except for ROUTE_SCOPE_FILTERED.  (routes.def writes
 * SCOPE_SCHOOL; the rules of an edition have scopes of their own.) */
enum scope {
    ROUTE_SCOPE_NONE,      /* anybody, without signing in */
    ROUTE_SCOPE_SELF,      /* anybody who is signed in: his own things */
    ROUTE_SCOPE_COUNTY,    /* who sees the whole county */
    ROUTE_SCOPE_SCHOOL,    /* who sees the school {code}; for others it does not exist */
    ROUTE_SCOPE_FILTERED,  /* the handler shows what snapshot_visible lets the actor see */
};

/* How the request proves that it was meant. */
enum form_kind {
    FORM_NONE,       /* GET: changes nothing */
    FORM_TOKEN,      /* POST of a page: hidden form_token, bound to the session, and its origin */
    FORM_BEARER,     /* API: Authorization: Bearer, never a cookie */
    FORM_LOGIN,      /* POST before there is a session: its origin alone */
    FORM_REPORT,     /* POST that browsers send by themselves and that changes nothing but a counter */
};

/* Data classes of security.md §1. */
enum data_class { CLASS_NONE, CLASS_S0, CLASS_S1, CLASS_S2 };

/* Which act leaves an entry in the audit log. */
enum audit_verb {
    AUDIT_NONE, AUDIT_SIGN_IN, AUDIT_SIGN_OUT, AUDIT_PASSWORD, AUDIT_SESSION, AUDIT_EXPORT, AUDIT_IMPORT,
    AUDIT_EDIT, AUDIT_SCENARIO, AUDIT_ACCOUNT, AUDIT_TOKEN, AUDIT_UNIT, AUDIT_YEAR, AUDIT_RETURN, AUDIT_CORRECTION, AUDIT_TARGET,
    AUDIT_EVIDENCE, AUDIT_JUDGEMENT, AUDIT_REGISTER, AUDIT_FORM, AUDIT_REPORT, AUDIT_FREEZE, AUDIT_RELEASE, AUDIT_NOTICE, AUDIT_OFFICE,
    AUDIT_TALK, AUDIT_PLAN, AUDIT_TASK, AUDIT_ROUND, AUDIT_LEDGER,
};

typedef bool route_handler(struct request *request, struct response *response, struct err *err);

struct route {
    enum method method;
    const char *path;           /* "/schools/{code}" */
    route_handler *handler;
    const char *name;           /* of the handler: what log and metrics call it */
    enum flow flow;
    uint64_t permission;        /* of app/actor.h */
    enum scope scope;
    enum form_kind form;
    enum data_class class;
    enum audit_verb audit;
};

extern const struct route routes[];   /* of routes.def */
extern const size_t n_routes;

enum { ROUTE_CAPTURES = 3 };

enum route_found { ROUTE_FOUND, ROUTE_ABSENT, ROUTE_OTHER_METHOD };

/* The first route of table[n] that fits; captures in the order of the path.  ROUTE_OTHER_METHOD: *route_out has
 * the path, and methods_out tells the methods it has ("GET, HEAD" …). */
enum route_found route_find(const struct route *table, size_t n, enum method method, const struct path *path, const struct route **route_out,
                            struct text captures[ROUTE_CAPTURES], const char **methods_out);
/* Which capture of the route has that name; ROUTE_CAPTURES when none. */
size_t route_capture(const struct route *route, const char *name);
/* The GET route of a path as spelt in the table; NULL when there is none. */
const struct route *route_at(const char *path);

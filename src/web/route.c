#include "web/route.h"

#include "app/actor.h"
#include "web/pages.h"

/* A GET changes nothing and a POST proves that it was meant: anything else does not compile. */
#define ROUTE(method, path, handler, flow, permission, scope, form, class, audit)                                  \
    _Static_assert(METHOD_##method == METHOD_POST || (form) == FORM_NONE || (form) == FORM_BEARER, path);          \
    _Static_assert(METHOD_##method == METHOD_GET || (form) != FORM_NONE, path);                                    \
    _Static_assert(METHOD_##method == METHOD_POST || (flow) != FLOW_WRITE, path);                                  \
    _Static_assert((form) != FORM_REPORT || ((flow) == FLOW_READ && (ROUTE_##scope) == ROUTE_SCOPE_NONE), path);                 \
    _Static_assert((ROUTE_##scope) != ROUTE_SCOPE_NONE || (permission) == MAY_NOTHING, path);                                    \
    _Static_assert((ROUTE_##scope) == ROUTE_SCOPE_NONE || (ROUTE_##scope) == ROUTE_SCOPE_SELF || (permission) != MAY_NOTHING, path);
#include "web/routes.def"
#undef ROUTE

const struct route routes[] = {
#define ROUTE(method, path, handler, flow, permission, scope, form, class, audit) \
    { METHOD_##method, path, handler, #handler, flow, permission, ROUTE_##scope, form, class, audit },
#include "web/routes.def"
#undef ROUTE
};
const size_t n_routes = COUNT(routes);

/* Walks the spelt path beside the asked one. */
static bool fits(const struct route *route, const struct path *path, struct text captures[ROUTE_CAPTURES])
{
    const char *at = route->path;
    size_t n = 0, captured = 0;
    while (*at == '/' && at[1]) {
        if (n == path->n)
            return false;
        const struct text asked = path->segment[n++];
        const char *const from = ++at;
        while (*at && *at != '/')
            at++;
        if (*from == '{')
            captures[captured++] = asked;
        else if (!text_equal((struct text){ from, (size_t)(at - from) }, asked))
            return false;
    }
    return n == path->n;
}

enum route_found route_find(const struct route *table, size_t n, enum method method, const struct path *path, const struct route **route_out,
                            struct text captures[ROUTE_CAPTURES], const char **methods_out)
{
    bool has[2] = { false, false };
    for (size_t i = 0; i < n; i++) {
        if (!fits(&table[i], path, captures))
            continue;
        if (table[i].method == method) {
            *route_out = &table[i];
            return ROUTE_FOUND;
        }
        has[table[i].method] = true;
        *route_out = &table[i];
    }
    if (!has[METHOD_GET] && !has[METHOD_POST])
        return ROUTE_ABSENT;
    *methods_out = has[METHOD_GET] ? has[METHOD_POST] ? "GET, HEAD, POST" : "GET, HEAD" : "POST";
    return ROUTE_OTHER_METHOD;
}

size_t route_capture(const struct route *route, const char *name)
{
    const size_t size = strlen(name);
    size_t k = 0;
    for (const char *at = strchr(route->path, '{'); at; at = strchr(at + 1, '{'), k++) {
        if (strncmp(at + 1, name, size) == 0 && at[1 + size] == '}')
            return k;
    }
    return ROUTE_CAPTURES;
}

const struct route *route_at(const char *path)
{
    for (size_t i = 0; i < n_routes; i++) {
        if (routes[i].method == METHOD_GET && strcmp(routes[i].path, path) == 0)
            return &routes[i];
    }
    return NULL;
}

#include "check.h"

#include "web/route.h"

static bool parses(struct arena *mem, const char *raw, struct path *out)
{
    return path_parse(text_of(raw), mem, out);
}

static enum route_found look(struct arena *mem, enum method method, const char *raw, const struct route **route, struct text *captures,
                             const char **methods)
{
    struct path path;
    CHECK(parses(mem, raw, &path));
    return route_find(routes, n_routes, method, &path, route, captures, methods);
}

TEST(route, is_found_by_method_and_segments)
{
    struct arena *mem = arena_new("test");
    const struct route *route;
    struct text captures[ROUTE_CAPTURES];
    const char *methods = NULL;
    CHECK_INT(look(mem, METHOD_POST, "/sign-in", &route, captures, &methods), ROUTE_FOUND);
    CHECK_TEXT(text_of(route->name), "page_sign_in_try");
    CHECK_INT(look(mem, METHOD_GET, "/", &route, captures, &methods), ROUTE_FOUND);
    CHECK_INT(look(mem, METHOD_GET, "/nothing/here", &route, captures, &methods), ROUTE_ABSENT);
    CHECK_INT(look(mem, METHOD_GET, "/sign-in/more", &route, captures, &methods), ROUTE_ABSENT);
    CHECK_INT(look(mem, METHOD_GET, "/sign-out", &route, captures, &methods), ROUTE_OTHER_METHOD);
    CHECK_TEXT(text_of(methods), "POST");
    CHECK_INT(look(mem, METHOD_POST, "/account", &route, captures, &methods), ROUTE_OTHER_METHOD);
    CHECK_TEXT(text_of(methods), "GET, HEAD");
    arena_free(&mem);
}

/* A row behind one that fits all of its paths would never answer. */
TEST(route, is_never_hidden_by_one_before_it)
{
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < n_routes; i++) {
        struct buf spelt = { .mem = mem };
        for (const char *at = routes[i].path; *at; at++)
            buf_byte(&spelt, *at == '{' || *at == '}' ? 'x' : *at);
        struct path path;
        const struct route *route = NULL;
        struct text captures[ROUTE_CAPTURES];
        const char *methods;
        CHECK(path_parse(buf_text(&spelt), mem, &path));
        CHECK_INT(route_find(routes, n_routes, routes[i].method, &path, &route, captures, &methods), ROUTE_FOUND);
        CHECK_TEXT(text_of(route->name), routes[i].name);
    }
    arena_free(&mem);
}

TEST(route, of_a_school_names_the_school)
{
    for (size_t i = 0; i < n_routes; i++) {
        size_t captures = 0;
        for (const char *at = routes[i].path; *at; at++)
            captures += *at == '{';
        CHECK(captures <= ROUTE_CAPTURES);
        if (routes[i].scope == ROUTE_SCOPE_SCHOOL)
            CHECK(route_capture(&routes[i], "code") < ROUTE_CAPTURES);
    }
}

/* Every route of routes.def with every role: tests/web/matrix.csv says who gets where, and this holds the server to it.
 *
 * A cell is a letter: a allowed, d denied (403), s asked to sign in (303 to it, or 401), - absent (404).  Where the
 * path is a school's, four: of a school that is the actor's own or lies in his place (2101), its sibling in the
 * township (2102), one elsewhere (2201), one that does not exist (9999).  The township's liaison is 柳林镇's, the
 * principal and the clerk are of 2101; the others are of the county. */
#include "bed.h"

#include "app/tokens.h"
#include "base/csv.h"
#include "base/file.h"
#include "web/pages.h"

#include <stdio.h>
#include <time.h>

enum { NOBODY, WHO = N_ROLES, COLUMNS = 2 + WHO, MOST_ROUTES = 512, MOST_CELL = 4 };
static const char *const SCHOOLS[MOST_CELL] = { "2101", "2102", "2201", "9999" };

struct person { const char *cookie, *form, *bearer; };

static struct person person_of(struct bed *bed, enum role role)
{
    static const struct place NARROW[N_ROLES] = {
        [ROLE_township] = { PLACE_TOWNSHIP, { "柳林镇", sizeof "柳林镇" - 1 } },
        [ROLE_district] = { PLACE_SCHOOL, { "2101", 4 } }, /* no district is known yet */
        [ROLE_principal] = { PLACE_SCHOOL, { "2101", 4 } },
        [ROLE_clerk] = { PLACE_SCHOOL, { "2101", 4 } },
    };
    const struct place place = NARROW[role].name.size ? NARROW[role] : (struct place){ PLACE_COUNTY, TEXT("") };
    const char *const name = role_info(role)->id;
    struct person person = { .bearer = "" };
    person.cookie = bed_person(bed, name, role, place.kind, text_string(bed->mem, place.name));
    person.form = bed_form_token(bed, person.cookie);
    const uint64_t permissions = role_info(role)->permissions & TOKEN_PERMISSIONS;
    if (permissions) {
        struct err err;
        struct token_view view;
        char token[API_TOKEN_SIZE + 1];
        const struct actor console = actor_console();
        const struct token_wish wish = { .owner = text_of(name), .name = TEXT("t"), .permissions = permissions, .place = place, .days = 1 };
        CHECK_OK(app_token_create(bed->house, &console, &wish, time(NULL), bed->mem, token, &view, &err), err);
        person.bearer = arena_printf(bed->mem, "Authorization: Bearer %s\r\n", token);
    }
    return person;
}

/* "/schools/{code}/x/{other}" with the school put in and any other capture "x". */
static const char *path_for(struct bed *bed, const struct route *route, const char *school)
{
    struct buf made = { .mem = bed->mem };
    for (const char *at = route->path; *at; at++) {
        if (*at != '{') {
            buf_byte(&made, *at);
            continue;
        }
        buf_add(&made, strncmp(at, "{code}", 6) == 0 ? text_of(school) : TEXT("x"));
        at = strchr(at, '}');
    }
    buf_byte(&made, '\0');
    return made.at;
}

static struct answer ask(struct bed *bed, const struct route *route, const char *path, const struct person *person)
{
    const char *const headers = route->form == FORM_BEARER ? person->bearer : person->cookie;
    return route->method == METHOD_GET ? bed_get(bed, path, headers) : bed_post(bed, path, headers, person->form);
}

static char letter(const struct answer *got)
{
    if (got->status == 401 || (got->status == 303 && text_starts(answer_header(got, "Location"), TEXT("/sign-in"))))
        return 's';
    return got->status == 403 ? 'd' : got->status == 404 ? '-' : got->status == 200 ? 'a' : '?';
}

static const char *cell_of(struct bed *bed, const struct route *route, const struct person *person)
{
    char *const cell = arena_alloc(bed->mem, MOST_CELL + 1);
    const size_t n = route->scope == ROUTE_SCOPE_SCHOOL ? MOST_CELL : 1;
    for (size_t i = 0; i < n; i++) {
        const struct answer got = ask(bed, route, path_for(bed, route, SCHOOLS[i]), person);
        cell[i] = letter(&got);
    }
    return cell;
}

/* ---- the file ----------------------------------------------------------------------------- */

struct matrix { struct csv_field row[MOST_ROUTES][COLUMNS]; size_t n; };

static struct matrix *read_matrix(struct arena *mem)
{
    struct matrix *const matrix = arena_make(mem, struct matrix);
    struct text bytes;
    struct err err;
    size_t n;
    CHECK_OK(file_read(mem, check_path(mem, "tests/web/matrix.csv"), 1 << 20, &bytes, &err), err);
    struct csv_scanner scanner = { bytes.at, bytes.at + bytes.size, ',' };
    while (csv_next(&scanner, matrix->row[matrix->n], COLUMNS, &n) == CSV_ROW) {
        CHECK_INT(n, COLUMNS);
        CHECK(++matrix->n < MOST_ROUTES);
    }
    for (size_t role = 1; role < N_ROLES; role++) /* the head names the roles in the order of roles.def */
        CHECK_TEXT(matrix->row[0][2 + role].text, role_info((enum role)role)->id);
    return matrix;
}

static const struct csv_field *row_of(const struct matrix *matrix, const struct route *route)
{
    for (size_t i = 1; i < matrix->n; i++) {
        if (text_equal(matrix->row[i][0].text, text_of(route->method == METHOD_GET ? "GET" : "POST")) &&
            text_equal(matrix->row[i][1].text, text_of(route->path)))
            return matrix->row[i];
    }
    return NULL;
}

/* ---- walking ------------------------------------------------------------------------------ */

static bool stands_in(struct request *request, struct response *response, struct err *err)
{
    (void)request, (void)err;
    response_text(response, TEXT("allowed"));
    return true;
}

struct walk { struct bed bed; struct person people[WHO]; };

static struct walk start(struct web_options options)
{
    struct walk walk = { .bed = bed_start(options) };
    bed_schools(&walk.bed);
    walk.people[NOBODY] = (struct person){ "", "form_token=x&", "" };
    for (int role = 1; role < N_ROLES; role++)
        walk.people[role] = person_of(&walk.bed, (enum role)role);
    return walk;
}

/* The way to each handler, with another in its place: it is what stands before the handlers that is tried here. */
TEST(matrix, holds_for_every_route_and_every_role)
{
    static struct route table[MOST_ROUTES];
    CHECK(n_routes <= MOST_ROUTES);
    for (size_t i = 0; i < n_routes; i++) {
        table[i] = routes[i];
        if (strcmp(table[i].path, "/account") != 0 || table[i].method != METHOD_GET) /* it gives the form tokens */
            table[i].handler = stands_in;
    }
    struct walk walk = start((struct web_options){ .routes = table, .n_routes = n_routes });
    const struct matrix *const matrix = read_matrix(walk.bed.mem);
    size_t wrong = 0;
    for (size_t i = 0; i < n_routes; i++) {
        const struct csv_field *const row = row_of(matrix, &table[i]);
        struct buf found = { .mem = walk.bed.mem };
        bool same = row != NULL;
        for (int who = 0; who < WHO; who++) {
            const char *const cell = cell_of(&walk.bed, &table[i], &walk.people[who]);
            same = same && text_equal(row[2 + who].text, text_of(cell));
            buf_printf(&found, ",%s", cell);
        }
        if (!same) {
            print_error("tests/web/matrix.csv %s for this route; the server does, if that is as it should be:\n%s,%s%.*s\n",
                        row ? "says otherwise" : "has no row", table[i].method == METHOD_GET ? "GET" : "POST", table[i].path,
                        TEXT_ARG(buf_text(&found)));
            wrong++;
        }
    }
    for (size_t r = 1; r < matrix->n; r++) { /* no rows of routes that are gone */
        bool known = false;
        for (size_t i = 0; i < n_routes && !known; i++)
            known = row_of(matrix, &table[i]) == matrix->row[r];
        if (!known)
            fail_msg("no route %.*s", TEXT_ARG(matrix->row[r][1].text));
    }
    bed_end(&walk.bed);
    CHECK_INT(wrong, 0);
}

static void must_not_show(const struct answer *got, const char *what, const struct route *route, const char *who)
{
    if (text_find(got->body, text_of(what), NULL))
        fail_msg("%s shows %s to the %s", route->path, what, who);
}

/* The pages themselves: what they leave out, that reading changes nothing, that no POST goes without its token. */
TEST(matrix, pages_show_nothing_of_other_places_and_reading_changes_nothing)
{
    struct walk walk = start((struct web_options){ 0 });
    struct bed *const bed = &walk.bed;
    const struct snapshot *before, *after;
    struct err err;
    CHECK_OK(house_snapshot(bed->house, &before, &err), err);
    for (size_t i = 0; i < n_routes; i++) {
        for (int who = 0; who < WHO && routes[i].method == METHOD_GET; who++) {
            if (routes[i].form == FORM_BEARER && !*walk.people[who].bearer)
                continue;
            for (size_t s = 0; s < (routes[i].scope == ROUTE_SCOPE_SCHOOL ? MOST_CELL : 1); s++) {
                const struct answer got = ask(bed, &routes[i], path_for(bed, &routes[i], SCHOOLS[s]), &walk.people[who]);
                if (got.status == 0 || got.status >= 500)
                    fail_msg("%s answers %d", routes[i].path, got.status);
                if (who == ROLE_township || who == ROLE_principal || who == ROLE_clerk)
                    must_not_show(&got, "河口镇中心小学", &routes[i], role_info((enum role)who)->id);
                if (who == ROLE_principal || who == ROLE_clerk) {
                    must_not_show(&got, "柳林镇第二小学", &routes[i], role_info((enum role)who)->id);
                    must_not_show(&got, "柳林镇老小学", &routes[i], role_info((enum role)who)->id);
                }
                /* Who manages accounts, who reads the audit sees at which place somebody works, and no more of it. */
                const bool places = routes[i].permission == MAY_ACCOUNTS || routes[i].permission == MAY_AUDIT;
                if (who == NOBODY || who >= ROLE_system_admin)
                    must_not_show(&got, places ? "河口镇中心小学" : "柳林镇", &routes[i], who ? role_info((enum role)who)->id : "stranger");
            }
        }
        if (routes[i].form == FORM_TOKEN) {
            struct person forgetful = walk.people[ROLE_office];
            forgetful.form = "";
            const struct answer got = ask(bed, &routes[i], path_for(bed, &routes[i], "2101"), &forgetful);
            CHECK_INT(got.status, 403);
        }
    }
    CHECK_OK(house_snapshot(bed->house, &after, &err), err);
    CHECK_INT(after->version, before->version);
    snapshot_release(&before);
    snapshot_release(&after);
    bed_end(bed);
}

/* Who gets where, and what a POST must show: over a table of routes of this test's own. */
#include "bed.h"

#include "app/tokens.h"
#include "made/queries.h"
#include "web/frame.h"
#include "web/once.h"
#include "web/pages.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* ---- pages of our own --------------------------------------------------------------------- */

static bool test_say(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    response_text(response, text_printf(request->mem, "%s %.*s year %zu school %zd", request->route->name, TEXT_ARG(request->actor.name),
                                        request->year, request->school == SIZE_MAX ? (ssize_t)-1 : (ssize_t)request->school));
    return true;
}

static bool count_once_more(struct db_session *session, struct arena *mem, int64_t *out, struct err *err)
{
    struct db_rows rows;
    int64_t n = 0;
    if (!db_select(session, Q_SETTING_GET, DB_VALUES(db_text(TEXT("test.count"))), &rows, err))
        return false;
    while (db_next(&rows))
        n = atoll(text_string(mem, db_get_text(&rows, 0, mem)));
    if (!db_done(&rows, err))
        return false;
    *out = n + 1;
    return db_run(session, Q_SETTING_PUT, DB_VALUES(db_text(TEXT("test.count")), db_text(text_printf(mem, "%lld", (long long)n + 1))), err);
}

static bool test_write(struct request *request, struct response *response, struct err *err)
{
    int64_t n;
    if (!count_once_more(request->writing, request->mem, &n, err))
        return false;
    if (request_field(request, "fail").size)
        return err_set(err, ERR_CONFLICT, "这格刚被别人改过。") || err_hint(err, "请刷新。");
    response_redirect(response, text_printf(request->mem, "/county?n=%lld", (long long)n));
    return true;
}

static atomic_int made;

static bool test_shared(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    const struct view_frame *const frame = frame_of(request, TEXT("t"), "t");
    struct html html = html_begin(request->mem, request->lang);
    html_text(&html, text_printf(request->mem, "made %d for %.*s in ", ++made, TEXT_ARG(request->path)));
    html_text(&html, frame->data_state);
    html_text(&html, frame->who);
    html_raw(&html, "<i name=\"form_token\" value=\"", 28);
    html_text(&html, frame->form_token);
    html_raw(&html, "\"><i name=\"key\" value=\"", 23);
    html_text(&html, frame->form_key);
    html_raw(&html, "\">", 2);
    response_html(response, &html);
    response_shared(response);
    if (request_query(request, "more").size)
        response_header(response, "X-More", TEXT("1"));
    return true;
}

struct slow { struct request *request; int64_t n; };

static bool slow_work(void *context, struct db_session *session, struct err *err)
{
    struct slow *const slow = context;
    return count_once_more(session, slow->request->mem, &slow->n, err);
}

static bool test_upload(struct request *request, struct response *response, struct err *err)
{
    struct slow slow = { request, 0 };
    size_t bytes = 0;
    for (size_t i = 0; i < request->n_files; i++)
        bytes += request->files[i].bytes.size;
    if (request_field(request, "wait").size)
        nanosleep(&(struct timespec){ .tv_nsec = 300000000 }, NULL);
    if (!house_write(request->house, slow_work, &slow, err))
        return false;
    response_redirect(response, text_printf(request->mem, "/county?n=%lld&files=%zu&bytes=%zu", (long long)slow.n, request->n_files, bytes));
    return true;
}

static bool test_full(struct request *request, struct response *response, struct err *err)
{
    (void)request, (void)response;
    return err_set(err, ERR_OUTSIDE, "磁盘满了，不能再写。") || err_hint(err, "请联系管理员腾出空间；空间够了会自动恢复。");
}

#define ROW(method, path, handler, flow, permission, scope, form) \
    { METHOD_##method, path, handler, #handler, flow, permission, ROUTE_##scope, form, CLASS_S1, AUDIT_NONE }
static const struct route OWN[] = {
    ROW(GET, "/mine", test_say, FLOW_READ, MAY_NOTHING, SCOPE_SELF, FORM_NONE),
    ROW(GET, "/county", test_say, FLOW_READ, MAY_SEE, SCOPE_COUNTY, FORM_NONE),
    ROW(GET, "/schools", test_say, FLOW_READ, MAY_SEE, SCOPE_FILTERED, FORM_NONE),
    ROW(GET, "/schools/{code}", test_say, FLOW_READ, MAY_SEE, SCOPE_SCHOOL, FORM_NONE),
    ROW(GET, "/shared", test_shared, FLOW_READ, MAY_SEE, SCOPE_FILTERED, FORM_NONE),
    ROW(GET, "/slowly", test_say, FLOW_SLOW, MAY_SEE, SCOPE_FILTERED, FORM_NONE),
    ROW(POST, "/write", test_write, FLOW_WRITE, MAY_EDIT, SCOPE_COUNTY, FORM_TOKEN),
    ROW(POST, "/upload", test_upload, FLOW_SLOW, MAY_IMPORT, SCOPE_COUNTY, FORM_TOKEN),
    ROW(POST, "/full", test_full, FLOW_WRITE, MAY_EDIT, SCOPE_COUNTY, FORM_TOKEN),
    ROW(GET, "/api/v1/say", test_say, FLOW_READ, MAY_SEE, SCOPE_COUNTY, FORM_BEARER),
    ROW(POST, "/api/v1/try", test_say, FLOW_READ, MAY_TRY, SCOPE_COUNTY, FORM_BEARER),
};

static struct bed start(void)
{
    static struct route table[64];
    const size_t mine = COUNT(OWN);
    size_t n = mine;
    memcpy(table, OWN, sizeof OWN);
    for (size_t i = 0; i < n_routes && n < COUNT(table); i++) {
        if (routes[i].scope == ROUTE_SCOPE_NONE || routes[i].scope == ROUTE_SCOPE_SELF)
            table[n++] = routes[i];
    }
    return bed_start((struct web_options){ .routes = table, .n_routes = n });
}

static int count(struct bed *bed)
{
    struct err err;
    struct db_session *session;
    struct db_rows rows;
    int n = 0;
    CHECK_OK(db_read_begin(house_db(bed->house), &session, &err), err);
    CHECK_OK(db_select(session, Q_SETTING_GET, DB_VALUES(db_text(TEXT("test.count"))), &rows, &err), err);
    while (db_next(&rows))
        n = atoi(text_string(bed->mem, db_get_text(&rows, 0, bed->mem)));
    CHECK_OK(db_done(&rows, &err), err);
    db_read_end(&session);
    return n;
}

/* ---- signing in and out ------------------------------------------------------------------- */

static struct answer sign_in(struct bed *bed, const char *headers, const char *name, const char *password)
{
    return bed_post(bed, "/sign-in", headers, arena_printf(bed->mem, "name=%s&password=%s&next=%%2Fmine", name, password));
}

TEST(dispatch, sends_strangers_to_sign_in_and_back_to_where_they_wanted)
{
    struct bed bed = start();
    struct answer got = bed_get(&bed, "/county?year=2025", "");
    CHECK_INT(got.status, 303);
    CHECK_TEXT(answer_header(&got, "Location"), "/sign-in?next=%2Fcounty%3Fyear%3D2025");
    got = bed_get(&bed, "/county", "HX-Request: true\r\n");
    CHECK_INT(got.status, 401);
    CHECK_TEXT(answer_header(&got, "HX-Redirect"), "/sign-in?next=%2Fcounty");
    got = bed_post(&bed, "/write", "", "form_token=x");
    CHECK_INT(got.status, 401);
    got = bed_get(&bed, "/sign-in?next=%2Fcounty%3Fyear%3D2025", "");
    CHECK_TEXT(answer_field(&got, "next"), "/county?year=2025");
    got = bed_get(&bed, "/sign-in?next=%2F%2Fevil.example", "");
    CHECK_TEXT(answer_field(&got, "next"), "");
    bed_end(&bed);
}

TEST(dispatch, signs_in_changes_the_given_password_and_signs_out_at_once)
{
    struct bed bed = start();
    const char *given = bed_account(&bed, "wang", ROLE_statistician, PLACE_COUNTY, "");
    struct answer got = sign_in(&bed, "", "wang", "wrong-password");
    CHECK_INT(got.status, 403);
    CHECK_TEXT(answer_cookie(&got, "jh"), "");
    CHECK_TEXT(answer_field(&got, "next"), "/mine");
    got = sign_in(&bed, "", "wang", given);
    CHECK_INT(got.status, 303);
    CHECK_TEXT(answer_header(&got, "Location"), "/mine");
    CHECK_INT(answer_cookie(&got, "jh").size, TOKEN_SIZE);
    CHECK_CONTAINS(got.head, "; Path=/; HttpOnly; SameSite=Lax\r");
    CHECK(!text_find(got.head, TEXT("Secure"), NULL)); /* HTTP on loopback */
    const char *cookie = arena_printf(bed.mem, "Cookie: jh=%.*s\r\n", TEXT_ARG(answer_cookie(&got, "jh")));

    got = bed_get(&bed, "/mine", cookie);
    CHECK_INT(got.status, 303);
    CHECK_TEXT(answer_header(&got, "Location"), "/account");
    CHECK_INT(bed_post(&bed, "/write", cookie, bed_form_token(&bed, cookie)).status, 403);
    const char *token = bed_form_token(&bed, cookie);
    got = bed_post(&bed, "/account/password", cookie, arena_printf(bed.mem, "%sold=%s&new=abc&again=abd", token, given));
    CHECK_INT(got.status, 422);
    got = bed_post(&bed, "/account/password", cookie, arena_printf(bed.mem, "%sold=%s&new=%s&again=%s", token, given, BED_PASSWORD, BED_PASSWORD));
    CHECK_INT(got.status, 303);
    const char *renewed = arena_printf(bed.mem, "Cookie: jh=%.*s\r\n", TEXT_ARG(answer_cookie(&got, "jh")));
    CHECK(strcmp(cookie, renewed) != 0);
    CHECK_INT(bed_get(&bed, "/mine", cookie).status, 303);
    CHECK_INT(bed_get(&bed, "/mine", renewed).status, 200);

    got = bed_post(&bed, "/sign-out", renewed, bed_form_token(&bed, renewed));
    CHECK_INT(got.status, 303);
    CHECK_CONTAINS(got.head, "jh=; Path=/");
    CHECK_INT(bed_get(&bed, "/mine", renewed).status, 303);
    bed_end(&bed);
}

/* A session that somebody planted is not taken over, and an old one ends with a new sign-in. */
TEST(dispatch, renews_the_session_with_every_sign_in)
{
    struct bed bed = start();
    const char *old = bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, "");
    CHECK_INT(bed_get(&bed, "/mine", old).status, 200);
    struct answer got = sign_in(&bed, old, "wang", BED_PASSWORD);
    CHECK_INT(got.status, 303);
    const char *fresh = arena_printf(bed.mem, "Cookie: jh=%.*s\r\n", TEXT_ARG(answer_cookie(&got, "jh")));
    CHECK_INT(bed_get(&bed, "/mine", fresh).status, 200);
    CHECK_INT(bed_get(&bed, "/mine", old).status, 303);
    static const char PLANTED[] = "Cookie: jh=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
    got = sign_in(&bed, PLANTED, "wang", BED_PASSWORD);
    CHECK(!text_equal(answer_cookie(&got, "jh"), TEXT("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
    CHECK_INT(bed_get(&bed, "/mine", PLANTED).status, 303);
    bed_end(&bed);
}

TEST(dispatch, lets_people_end_their_own_sessions_elsewhere_and_nobody_elses)
{
    struct bed bed = start();
    const char *here = bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, ""), *li = bed_person(&bed, "li", ROLE_office, PLACE_COUNTY, "");
    struct answer got = sign_in(&bed, "", "wang", BED_PASSWORD);
    const char *there = arena_printf(bed.mem, "Cookie: jh=%.*s\r\n", TEXT_ARG(answer_cookie(&got, "jh")));
    got = bed_get(&bed, "/account", here);
    const char *end = arena_printf(bed.mem, "id=%.*s", TEXT_ARG(answer_field(&got, "id")));
    CHECK(strlen(end) > 3);
    CHECK_INT(bed_post(&bed, "/account/sessions", li, arena_printf(bed.mem, "%s%s", bed_form_token(&bed, li), end)).status, 404);
    CHECK_INT(bed_get(&bed, "/mine", there).status, 200);
    CHECK_INT(bed_post(&bed, "/account/sessions", here, arena_printf(bed.mem, "%s%s", bed_form_token(&bed, here), end)).status, 303);
    CHECK_INT(bed_get(&bed, "/mine", there).status, 303);
    CHECK_INT(bed_get(&bed, "/mine", here).status, 200);
    bed_end(&bed);
}

TEST(dispatch, holds_up_those_who_guess)
{
    struct bed bed = start();
    bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, "");
    struct answer got;
    for (int i = 0; i < 6; i++)
        got = sign_in(&bed, "", "wang", "wrong-password");
    CHECK(got.status == 403 || got.status == 429);
    CHECK_INT(sign_in(&bed, "", "wang", BED_PASSWORD).status == 303, 0);
    bed_end(&bed);
}

/* ---- is it meant -------------------------------------------------------------------------- */

TEST(dispatch, refuses_a_post_that_no_page_of_ours_sent)
{
    struct bed bed = start();
    const char *cookie = bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, "");
    const char *other = bed_person(&bed, "li", ROLE_statistician, PLACE_COUNTY, "");
    const char *token = bed_form_token(&bed, cookie);
    CHECK_INT(bed_post(&bed, "/write", cookie, "").status, 403);
    CHECK_INT(bed_post(&bed, "/write", cookie, "form_token=").status, 403);
    CHECK_INT(bed_post(&bed, "/write", other, token).status, 403);
    CHECK_INT(bed_post(&bed, "/write", arena_printf(bed.mem, "%sSec-Fetch-Site: cross-site\r\n", cookie), token).status, 403);
    static const char *const ORIGINS[] = { "Origin: http://evil.example\r\n", "Origin: null\r\n", "Origin: https://127.0.0.1\r\n", "" };
    for (size_t i = 0; i < COUNT(ORIGINS); i++)
        CHECK_INT(bed_send(&bed, text_printf(bed.mem, "POST /write HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%sContent-Type: application/x-www-form-urlencoded\r\n"
                                                      "Content-Length: %zu\r\n\r\n%s", bed.port, ORIGINS[i], cookie, strlen(token), token)).status, 403);
    CHECK_INT(bed_send(&bed, text_printf(bed.mem, "POST /write HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n%sContent-Type: text/plain\r\n"
                                                  "Content-Length: %zu\r\n\r\n%s", bed.port, bed.port, cookie, strlen(token), token)).status, 415);
    CHECK_INT(count(&bed), 0);
    CHECK_INT(bed_post(&bed, "/write", cookie, token).status, 303);
    CHECK_INT(count(&bed), 1);
    bed_end(&bed);
}

/* ---- who, where --------------------------------------------------------------------------- */

TEST(dispatch, lets_a_role_do_what_it_may_and_says_who_could)
{
    struct bed bed = start();
    bed_schools(&bed);
    const char *supervisor = bed_person(&bed, "du", ROLE_supervisor, PLACE_COUNTY, "");
    CHECK_INT(bed_get(&bed, "/county", supervisor).status, 200);
    const struct answer got = bed_post(&bed, "/write", supervisor, bed_form_token(&bed, supervisor));
    CHECK_INT(got.status, 403);
    CHECK_INT(count(&bed), 0);
    const char *admin = bed_person(&bed, "xi", ROLE_system_admin, PLACE_COUNTY, "");
    CHECK_INT(bed_get(&bed, "/county", admin).status, 403);
    CHECK_INT(bed_get(&bed, "/schools/2101", admin).status, 403);
    bed_end(&bed);
}

TEST(dispatch, shows_a_school_to_those_whose_place_it_is_and_to_others_as_absent)
{
    struct bed bed = start();
    bed_schools(&bed);
    const char *county = bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, "");
    const char *township = bed_person(&bed, "zhang", ROLE_township, PLACE_TOWNSHIP, "柳林镇");
    const char *school = bed_person(&bed, "xiao", ROLE_principal, PLACE_SCHOOL, "2101");
    static const struct { const char *path; int county, township, school; } CELLS[] = {
        { "/schools/2101", 200, 200, 200 },           { "/schools/2102", 200, 200, 404 },
        { "/schools/2201", 200, 404, 404 },           { "/schools/9999", 404, 404, 404 },
        { "/schools/2301", 200, 200, 404 },           { "/schools/2301?year=2024", 200, 200, 404 },
        { "/schools/2102?year=2024", 200, 200, 404 }, { "/schools/2201?year=2024", 200, 404, 404 },
        { "/schools/2101?year=1999", 404, 404, 404 }, { "/schools/2101?year=abc", 400, 400, 400 },
        { "/schools", 200, 200, 200 },                { "/county", 200, 403, 403 },
    };
    for (size_t i = 0; i < COUNT(CELLS); i++) {
        const int got[3] = { bed_get(&bed, CELLS[i].path, county).status, bed_get(&bed, CELLS[i].path, township).status,
                             bed_get(&bed, CELLS[i].path, school).status };
        if (got[0] != CELLS[i].county || got[1] != CELLS[i].township || got[2] != CELLS[i].school)
            fail_msg("%s: county %d, township %d, school %d", CELLS[i].path, got[0], got[1], got[2]);
    }
    const struct answer absent = bed_get(&bed, "/schools/9999", school), foreign = bed_get(&bed, "/schools/2201", school);
    CHECK_INT(absent.body.size, foreign.body.size); /* not even by its length */
    CHECK_CONTAINS(bed_get(&bed, "/schools/2301", county).body, "school -1");
    CHECK_CONTAINS(bed_get(&bed, "/schools/2301?year=2024", county).body, "year 0 school 2");
    bed_end(&bed);
}

TEST(dispatch, lets_programs_in_by_bearer_and_never_by_cookie)
{
    struct bed bed = start();
    struct err err;
    const char *cookie = bed_person(&bed, "wang", ROLE_office, PLACE_COUNTY, "");
    char token[API_TOKEN_SIZE + 1];
    struct token_view view;
    const struct actor console = actor_console();
    const struct token_wish wish = { .owner = TEXT("wang"), .name = TEXT("测试"), .permissions = MAY_SEE, .place = { PLACE_COUNTY, TEXT("") }, .days = 1 };
    CHECK_OK(app_token_create(bed.house, &console, &wish, time(NULL), bed.mem, token, &view, &err), err);
    const char *bearer = arena_printf(bed.mem, "Authorization: Bearer %s\r\n", token);
    struct answer got = bed_get(&bed, "/api/v1/say", cookie);
    CHECK_INT(got.status, 401);
    CHECK_TEXT(answer_header(&got, "WWW-Authenticate"), "Bearer");
    CHECK_TEXT(answer_header(&got, "Content-Type"), "application/json");
    CHECK_CONTAINS(got.body, "\"kind\":\"denied\"");
    CHECK_INT(bed_get(&bed, "/api/v1/say", bearer).status, 200);
    CHECK_INT(bed_get(&bed, "/api/v1/say", "Authorization: Bearer nonsense\r\n").status, 401);
    CHECK_INT(bed_get(&bed, "/county", bearer).status, 303);
    CHECK_INT(bed_send(&bed, text_printf(bed.mem, "POST /api/v1/try HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%sContent-Length: 2\r\n\r\n{}", bed.port, bearer)).status, 403);
    bed_end(&bed);
}

/* ---- pages that are kept ------------------------------------------------------------------ */

static int made_by(struct bed *bed, const char *path, const char *cookie, struct answer *got)
{
    *got = bed_get(bed, path, cookie);
    CHECK_INT(got->status, 200);
    CHECK(!memchr(got->body.at, 1, got->body.size));
    return atoi(got->body.at + strlen("made "));
}

TEST(shared, is_a_page_among_people_who_may_see_the_same_until_the_data_change)
{
    struct bed bed = start();
    struct answer got, other;
    bed_schools(&bed);
    const char *wang = bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, ""), *li = bed_person(&bed, "li", ROLE_statistician, PLACE_COUNTY, "");
    const char *office = bed_person(&bed, "ban", ROLE_office, PLACE_COUNTY, "");
    const char *liu = bed_person(&bed, "liu", ROLE_township, PLACE_TOWNSHIP, "柳林镇"), *he = bed_person(&bed, "he", ROLE_township, PLACE_TOWNSHIP, "河口镇");
    const int first = made_by(&bed, "/shared", wang, &got);
    CHECK_INT(made_by(&bed, "/shared", li, &other), first);
    CHECK_CONTAINS(got.body, "统计员 wang");
    CHECK_CONTAINS(other.body, "统计员 li");
    CHECK(!text_find(other.body, TEXT("wang"), NULL));
    /* The token is the reader's own, the key of each page its own. */
    CHECK_INT(answer_field(&got, "form_token").size, TOKEN_SIZE);
    CHECK(!text_equal(answer_field(&got, "form_token"), answer_field(&other, "form_token")));
    CHECK(!text_equal(answer_field(&got, "key"), answer_field(&other, "key")));
    CHECK_INT(made_by(&bed, "/shared", wang, &other), first);
    CHECK(text_equal(answer_field(&got, "form_token"), answer_field(&other, "form_token")));
    CHECK(!text_equal(answer_field(&got, "key"), answer_field(&other, "key")));
    CHECK_INT(bed_post(&bed, "/write", wang, arena_printf(bed.mem, "form_token=%.*s", TEXT_ARG(answer_field(&other, "form_token")))).status, 303);
    /* Another role, place, address or language is another page. */
    CHECK_INT(made_by(&bed, "/shared", office, &got), first + 1);
    CHECK_INT(made_by(&bed, "/shared", liu, &got), first + 2);
    CHECK_INT(made_by(&bed, "/shared", he, &got), first + 3);
    CHECK_INT(made_by(&bed, "/shared?year=2024", wang, &got), first + 4);
    CHECK_INT(made_by(&bed, "/shared", arena_printf(bed.mem, "%.*s; jh_lang=en\r\n", (int)strlen(wang) - 2, wang), &got), first + 5);
    /* One with headers of its own is not kept. */
    CHECK_INT(made_by(&bed, "/shared?more=1", wang, &got), first + 6);
    CHECK_INT(made_by(&bed, "/shared?more=1", wang, &got), first + 7);
    bed_schools(&bed);
    CHECK_INT(made_by(&bed, "/shared", wang, &got), first + 8);
    CHECK_INT(made_by(&bed, "/shared", li, &got), first + 8);
    bed_end(&bed);
}

/* ---- acts --------------------------------------------------------------------------------- */

TEST(dispatch, undoes_what_a_failing_act_wrote)
{
    struct bed bed = start();
    const char *cookie = bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, "");
    const char *token = bed_form_token(&bed, cookie);
    struct answer got = bed_post(&bed, "/write", cookie, arena_printf(bed.mem, "%sfail=1", token));
    CHECK_INT(got.status, 409);
    CHECK_CONTAINS(got.body, "这格刚被别人改过");
    CHECK_CONTAINS(got.body, "没有写入任何数据");
    CHECK_INT(count(&bed), 0);
    got = bed_post(&bed, "/full", cookie, token);
    CHECK_INT(got.status, 503);
    CHECK(answer_header(&got, "Retry-After").size > 0);
    CHECK_CONTAINS(got.body, "磁盘满了");
    CHECK_CONTAINS(got.body, "已经保存的数据都在");
    bed_end(&bed);
}

TEST(dispatch, does_what_is_sent_twice_once)
{
    struct bed bed = start();
    const char *cookie = bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, "");
    const char *token = bed_form_token(&bed, cookie);
    char key[FORM_KEY_SIZE + 1];
    once_form_key(key);
    static const char *const PATHS[] = { "/write", "/upload" };
    for (size_t i = 0; i < COUNT(PATHS); i++) {
        const int before = count(&bed);
        const char *form = arena_printf(bed.mem, "%skey=%s&figure=1", token, key);
        const struct answer first = bed_post(&bed, PATHS[i], cookie, form), again = bed_post(&bed, PATHS[i], cookie, form);
        CHECK_INT(first.status, 303);
        CHECK_INT(again.status, 303);
        CHECK(text_equal(answer_header(&first, "Location"), answer_header(&again, "Location")));
        CHECK_INT(count(&bed), before + 1);
        /* With another figure it is another act; without a key, every time. */
        CHECK_INT(bed_post(&bed, PATHS[i], cookie, arena_printf(bed.mem, "%skey=%s&figure=2", token, key)).status, 303);
        CHECK_INT(bed_post(&bed, PATHS[i], cookie, token).status, 303);
        CHECK_INT(count(&bed), before + 3);
        /* What failed was not done, and may be tried again. */
        if (i == 0) {
            form = arena_printf(bed.mem, "%skey=%s&fail=1", token, key);
            CHECK_INT(bed_post(&bed, PATHS[i], cookie, form).status, 409);
            CHECK_INT(bed_post(&bed, PATHS[i], cookie, form).status, 409);
        }
    }
    bed_end(&bed);
}

struct press { struct bed *bed; const char *cookie, *form; struct answer got; struct bed own; };

static void *press(void *with)
{
    struct press *const press = with;
    press->got = bed_post(&press->own, "/upload", press->cookie, press->form);
    return NULL;
}

TEST(dispatch, does_once_what_is_sent_twice_at_the_same_time)
{
    struct bed bed = start();
    const char *cookie = bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, "");
    char key[FORM_KEY_SIZE + 1];
    once_form_key(key);
    const char *form = arena_printf(bed.mem, "%skey=%s&wait=1", bed_form_token(&bed, cookie), key);
    struct press presses[4];
    pthread_t threads[COUNT(presses)];
    for (size_t i = 0; i < COUNT(presses); i++) {
        presses[i] = (struct press){ .bed = &bed, .cookie = cookie, .form = form, .own = bed };
        presses[i].own.mem = arena_new("press");
        CHECK(pthread_create(&threads[i], NULL, press, &presses[i]) == 0);
    }
    for (size_t i = 0; i < COUNT(presses); i++) {
        pthread_join(threads[i], NULL);
        CHECK(presses[i].got.status == 303 || presses[i].got.status == 409);
        arena_free(&presses[i].own.mem);
    }
    CHECK_INT(count(&bed), 1);
    bed_end(&bed);
}

TEST(dispatch, takes_files_where_the_route_does)
{
    struct bed bed = start();
    const char *cookie = bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, "");
    const char *token = bed_form_token(&bed, cookie) + strlen("form_token=");
    struct buf body = { .mem = bed.mem };
    const size_t large = 3 * 1024 * 1024;
    buf_printf(&body, "--B\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n%.*s\r\n", (int)strlen(token) - 1, token);
    buf_add(&body, TEXT("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n"));
    buf_add(&body, (struct text){ arena_alloc(bed.mem, large), large });
    buf_add(&body, TEXT("\r\n--B--\r\n"));
    struct buf whole = { .mem = bed.mem };
    static const char *const PATHS[] = { "/upload", "/write" };
    static const int EXPECTED[] = { 303, 413 };
    for (size_t i = 0; i < COUNT(PATHS); i++) {
        whole.size = 0;
        buf_printf(&whole, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n%sContent-Type: multipart/form-data; boundary=B\r\n"
                           "Content-Length: %zu\r\n\r\n", PATHS[i], bed.port, bed.port, cookie, body.size);
        buf_add(&whole, buf_text(&body));
        const struct answer got = bed_send(&bed, buf_text(&whole));
        CHECK_INT(got.status, EXPECTED[i]);
        if (i == 0)
            CHECK_TEXT(answer_header(&got, "Location"), "/county?n=1&files=1&bytes=3145728");
    }
    bed_end(&bed);
}

/* ---- stopping ----------------------------------------------------------------------------- */

TEST(dispatch, finishes_what_runs_before_it_stops)
{
    struct bed bed = start();
    const char *cookie = bed_person(&bed, "wang", ROLE_statistician, PLACE_COUNTY, "");
    struct press one = { .bed = &bed, .cookie = cookie, .form = arena_printf(bed.mem, "%swait=1", bed_form_token(&bed, cookie)), .own = bed };
    one.own.mem = arena_new("press");
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, press, &one) == 0);
    nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
    web_stop(&bed.server);
    pthread_join(thread, NULL);
    CHECK_INT(one.got.status, 303);
    CHECK_INT(count(&bed), 1);
    arena_free(&one.own.mem);
    bed_end(&bed);
}

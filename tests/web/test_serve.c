#include "bed.h"

#include "app/upkeep.h"
#include "store/session_store.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char *raw(struct bed *bed, const char *request)
{
    struct buf made = { .mem = bed->mem };
    for (const char *at = request; *at; at++) {
        if (*at == '@')
            buf_printf(&made, "127.0.0.1:%d", bed->port);
        else
            buf_byte(&made, *at);
    }
    buf_byte(&made, '\0');
    return made.at;
}

static int status(struct bed *bed, const char *request)
{
    return bed_send(bed, text_of(raw(bed, request))).status;
}

TEST(serve, answers_with_the_headers_that_all_pages_have)
{
    struct bed bed = bed_start((struct web_options){ 0 });
    const struct answer got = bed_get(&bed, "/sign-in", "");
    CHECK_INT(got.status, 200);
    CHECK_CONTAINS(got.body, "青禾县");
    CHECK_CONTAINS(got.body, "虚构数据");
    CHECK_TEXT(answer_header(&got, "X-Content-Type-Options"), "nosniff");
    CHECK_TEXT(answer_header(&got, "Referrer-Policy"), "same-origin");
    CHECK_TEXT(answer_header(&got, "Cross-Origin-Opener-Policy"), "same-origin");
    CHECK_TEXT(answer_header(&got, "Cache-Control"), "no-store");
    CHECK_TEXT(answer_header(&got, "Content-Type"), "text/html; charset=utf-8");
    CHECK_CONTAINS(answer_header(&got, "Content-Security-Policy"), "default-src 'none'; script-src 'self'; style-src 'self'");
    CHECK_CONTAINS(answer_header(&got, "Content-Security-Policy"), "frame-ancestors 'none'; base-uri 'none'");
    CHECK_CONTAINS(answer_header(&got, "Permissions-Policy"), "geolocation=()");
    CHECK_TEXT(answer_header(&got, "Strict-Transport-Security"), "");
    bed_end(&bed);
}

TEST(serve, speaks_english_when_asked_and_remembers_it)
{
    struct bed bed = bed_start((struct web_options){ 0 });
    struct answer got = bed_get(&bed, "/sign-in?lang=en", "");
    CHECK_CONTAINS(got.body, "<html lang=\"en\">");
    CHECK_TEXT(answer_cookie(&got, "jh_lang"), "en");
    got = bed_get(&bed, "/sign-in", "Cookie: jh_lang=en\r\n");
    CHECK_CONTAINS(got.body, "<html lang=\"en\">");
    got = bed_get(&bed, "/nothing", "Cookie: jh_lang=en\r\n");
    CHECK_CONTAINS(got.body, "This does not exist");
    bed_end(&bed);
}

TEST(serve, tells_absent_from_wrongly_asked)
{
    struct bed bed = bed_start((struct web_options){ 0 });
    struct answer got = bed_get(&bed, "/nothing", "");
    CHECK_INT(got.status, 404);
    CHECK_CONTAINS(got.body, "没有这个网页");
    got = bed_get(&bed, "/sign-out", "");
    CHECK_INT(got.status, 405);
    CHECK_TEXT(answer_header(&got, "Allow"), "POST");
    CHECK_INT(status(&bed, "PUT /sign-in HTTP/1.1\r\nHost: @\r\nContent-Length: 0\r\n\r\n"), 405);
    CHECK_INT(status(&bed, "TRACE / HTTP/1.1\r\nHost: @\r\n\r\n"), 405);
    got = bed_get(&bed, "/healthz/?a=b", "");
    CHECK_INT(got.status, 308);
    CHECK_TEXT(answer_header(&got, "Location"), "/healthz?a=b");
    got = bed_get(&bed, "//evil.example/", "");
    CHECK_INT(got.status, 400);
    got = bed_get(&bed, "/api/v1/nothing", "");
    CHECK_INT(got.status, 404);
    CHECK_CONTAINS(got.body, "\"kind\":");
    bed_end(&bed);
}

TEST(serve, gives_a_head_the_same_headers_without_a_body)
{
    struct bed bed = bed_start((struct web_options){ 0 });
    const int fd = bed_connect(&bed);
    const char *twice = raw(&bed, "HEAD /healthz HTTP/1.1\r\nHost: @\r\n\r\nGET /healthz HTTP/1.1\r\nHost: @\r\nConnection: close\r\n\r\n");
    CHECK(write(fd, twice, strlen(twice)) > 0);
    struct answer got = bed_read(&bed, fd, true);
    CHECK_INT(got.status, 200);
    CHECK_TEXT(answer_header(&got, "Content-Length"), "3");
    bed_end(&bed);
    close(fd);
}

TEST(serve, presses_pages_where_the_browser_takes_it)
{
    struct bed bed = bed_start((struct web_options){ 0 });
    struct answer got = bed_get(&bed, "/sign-in", "Accept-Encoding: gzip\r\n");
    CHECK_TEXT(answer_header(&got, "Content-Encoding"), "gzip");
    CHECK_TEXT(answer_header(&got, "Vary"), "Accept-Encoding");
    CHECK(got.body.size > 2 && (unsigned char)got.body.at[0] == 0x1F && (unsigned char)got.body.at[1] == 0x8B);
    got = bed_get(&bed, "/sign-in", "");
    CHECK_TEXT(answer_header(&got, "Content-Encoding"), "");
    CHECK_CONTAINS(got.body, "</html>");
    bed_end(&bed);
}

/* What two servers in a row could understand differently is refused, and the connection ends. */
TEST(serve, refuses_requests_that_could_be_read_in_two_ways)
{
    struct bed bed = bed_start((struct web_options){ .head_seconds = 1 });
    static const char *const BAD[] = {
        "POST /sign-in HTTP/1.1\r\nHost: @\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: @\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: @\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: @\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: @\r\nTransfer-Encoding: xchunked\r\nContent-Length: 4\r\n\r\nabcd",
        "POST /sign-in HTTP/1.1\r\nHost: @\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcdeGET /healthz HTTP/1.1\r\nHost: @\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: @\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
        "POST /sign-in HTTP/1.1\r\nHost: @\r\nContent-Length: 4, 4\r\n\r\nabcd",
        "POST /sign-in HTTP/1.1\r\nHost: @\r\nContent-Length: -4\r\n\r\nabcd",
        "POST /sign-in HTTP/1.1\r\nHost: @\r\nContent-Length: +4\r\n\r\nabcd",
        "POST /sign-in HTTP/1.1\r\nHost: @\r\nContent-Length: 0x4\r\n\r\nabcd",
        "POST /sign-in HTTP/1.1\r\nHost: @\r\n\r\nabcd",
        "GET /healthz HTTP/1.1\r\nHost: @\r\nHost: evil.example\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: @@evil.example\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET http://evil.example/healthz HTTP/1.1\r\nHost: @\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost : @\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: @\r\nContent-Length: 40\r\n\r\nGET /sign-in HTTP/1.1\r\nHost: @\r\nX: yyyyy\r\n\r\n",
        "GET /healthz\r\nHost: @\r\n\r\n",
        "\r\n\x16\x03\x01",
    };
    for (size_t i = 0; i < COUNT(BAD); i++) {
        const int fd = bed_connect(&bed);
        const char *const sent = raw(&bed, BAD[i]);
        CHECK(write(fd, sent, strlen(sent)) > 0);
        shutdown(fd, SHUT_WR);
        struct buf all = { .mem = bed.mem };
        struct answer got = bed_read(&bed, fd, false);
        if (got.status == 200)
            fail_msg("request %zu was answered: %s", i, BAD[i]);
        char more[4096];
        ssize_t n;
        while ((n = read(fd, more, sizeof more)) > 0)
            buf_add(&all, (struct text){ more, (size_t)n });
        if (text_find(buf_text(&all), TEXT("HTTP/1.1 200"), NULL))
            fail_msg("what was smuggled in request %zu was answered: %s", i, BAD[i]);
        close(fd);
    }
    bed_end(&bed);
}

TEST(serve, refuses_what_is_too_large_before_reading_it)
{
    struct bed bed = bed_start((struct web_options){ 0 });
    CHECK_INT(status(&bed, "POST /sign-in HTTP/1.1\r\nHost: @\r\nOrigin: http://@\r\nContent-Length: 999999999\r\n\r\n"), 413);
    struct buf head = { .mem = bed.mem };
    buf_printf(&head, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX: ", bed.port);
    for (int i = 0; i < 20000; i++)
        buf_byte(&head, 'x');
    buf_add(&head, TEXT("\r\n\r\n"));
    CHECK_INT(bed_send(&bed, buf_text(&head)).status, 431);
    head.size = 0;
    buf_printf(&head, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n", bed.port);
    for (int i = 0; i < 200; i++)
        buf_printf(&head, "X-%d: y\r\n", i);
    buf_add(&head, TEXT("\r\n"));
    CHECK_INT(bed_send(&bed, buf_text(&head)).status, 431);
    head.size = 0;
    buf_add(&head, TEXT("GET /"));
    for (int i = 0; i < 5000; i++)
        buf_byte(&head, 'x');
    buf_printf(&head, " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", bed.port);
    CHECK_INT(bed_send(&bed, buf_text(&head)).status, 400);
    bed_end(&bed);
}

TEST(serve, refuses_bad_encodings)
{
    struct bed bed = bed_start((struct web_options){ 0 });
    static const char *const BAD[] = { "/%", "/%00", "/%ff", "/a/%2e%2e/b", "/a/../b", "/a%2fb", "/sign-in?a=%ff", "/sign-in?a=%0d%0aX:y" };
    for (size_t i = 0; i < COUNT(BAD); i++) {
        const struct answer got = bed_get(&bed, BAD[i], "");
        if (got.status != 400)
            fail_msg("%s was answered with %d", BAD[i], got.status);
    }
    bed_end(&bed);
}

TEST(serve, asks_browsers_that_are_too_old_to_be_changed)
{
    struct bed bed = bed_start((struct web_options){ 0 });
    const struct answer got = bed_get(&bed, "/", "User-Agent: Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko\r\n");
    CHECK_INT(got.status, 200);
    CHECK(!text_find(got.body, TEXT("<script"), NULL));
    bed_end(&bed);
}

TEST(serve, cuts_a_client_that_drips_its_head_and_answers_others_meanwhile)
{
    struct bed bed = bed_start((struct web_options){ .head_seconds = 1 });
    const int fd = bed_connect(&bed);
    const char *const part = raw(&bed, "GET /healthz HTTP/1.1\r\nHost: @\r\nX: ");
    CHECK(write(fd, part, strlen(part)) > 0);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    char byte;
    for (int i = 0; i < 100; i++) { /* a byte every 50 ms: never silent */
        if (send(fd, "y", 1, MSG_NOSIGNAL) != 1 || recv(fd, &byte, 1, MSG_DONTWAIT) == 0)
            break;
        if (i == 5)
            CHECK_INT(bed_get(&bed, "/healthz", "").status, 200);
        nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    CHECK(to.tv_sec - from.tv_sec <= 3);
    close(fd);
    bed_end(&bed);
}

TEST(serve, cuts_a_client_that_drips_its_body)
{
    struct bed bed = bed_start((struct web_options){ .body_seconds = 1 });
    const int fd = bed_connect(&bed);
    const char *const part = raw(&bed, "POST /sign-in HTTP/1.1\r\nHost: @\r\nOrigin: http://@\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nname=");
    CHECK(write(fd, part, strlen(part)) > 0);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    char byte;
    for (int i = 0; i < 100; i++) {
        if (send(fd, "y", 1, MSG_NOSIGNAL) != 1 || recv(fd, &byte, 1, MSG_DONTWAIT) == 0)
            break;
        nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    CHECK(to.tv_sec - from.tv_sec <= 3);
    close(fd);
    bed_end(&bed);
}

TEST(serve, counts_what_it_does_for_metrics)
{
    struct bed bed = bed_start((struct web_options){ .metrics_port = 1 });
    CHECK_INT(bed_post(&bed, "/csp-report", "", "{}").status, 204);
    CHECK_INT(bed_get(&bed, "/healthz", "").status, 200);
    struct bed there = bed;
    there.port = web_metrics_port(bed.server);
    struct answer got = bed_get(&there, "/metrics", "");
    /* A request is counted once its last byte has left: a moment after we have read it. */
    for (int i = 0; i < 200 && !text_find(got.body, TEXT("page_health"), NULL); i++) {
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
        got = bed_get(&there, "/metrics", "");
    }
    CHECK_INT(got.status, 200);
    CHECK_CONTAINS(got.body, "junheng_requests_total{route=\"page_health\",status=\"200\"} 1");
    CHECK_CONTAINS(got.body, "junheng_request_seconds_count{route=\"page_health\"} 1");
    CHECK_CONTAINS(got.body, "junheng_csp_reports_total 1");
    CHECK_CONTAINS(got.body, "junheng_resident_bytes ");
    CHECK_CONTAINS(got.body, "junheng_db_free_bytes ");
    CHECK_INT(bed_get(&there, "/", "").status, 404);
    bed_end(&bed);
}

TEST(serve, logs_names_of_routes_and_never_what_was_asked)
{
    int ends[2];
    CHECK(pipe(ends) == 0);
    struct bed bed = bed_start((struct web_options){ .log_fd = ends[1] });
    const struct answer got = bed_get(&bed, "/nothing/marker-path?marker-query=1", "Cookie: jh=marker-cookie\r\nUser-Agent: marker-agent\r\n");
    CHECK_INT(bed_post(&bed, "/csp-report", "", "marker-body").status, 204);
    struct arena *mem = arena_new("test");
    const struct text page = text_copy(mem, got.body);
    bed_end(&bed);
    close(ends[1]);
    char said[8192];
    const ssize_t n = read(ends[0], said, sizeof said);
    close(ends[0]);
    CHECK(n > 0);
    const struct text log = { said, (size_t)n };
    CHECK_CONTAINS(log, "\"route\":\"-\",\"status\":404");
    CHECK_CONTAINS(log, "\"route\":\"page_csp_report\",\"status\":204");
    CHECK(!text_find(log, TEXT("marker"), NULL));
    /* The number that the error page gives is in the log. */
    size_t line, at;
    CHECK(text_find(log, TEXT("\"route\":\"-\""), &line));
    const struct text rest = { log.at + line, log.size - line };
    CHECK(text_find(rest, TEXT("\"number\":\""), &at));
    CHECK(text_find(page, (struct text){ rest.at + at + 10, 11 }, NULL));
    arena_free(&mem);
}

TEST(serve, listens_in_the_clear_on_loopback_alone)
{
    struct bed bed = bed_start((struct web_options){ 0 });
    struct web_server *other;
    struct err err;
    struct web_options open = { .house = bed.house, .address = "0.0.0.0", .log_fd = -1, .metrics_port = -1 };
    CHECK(!web_start(&open, &other, &err));
    CHECK_INT(err.kind, ERR_USAGE);
    CHECK_CONTAINS(text_of(err.hint), "--behind-proxy");
    open.behind_proxy = true;
    CHECK_OK(web_start(&open, &other, &err), err);
    web_stop(&other);
    struct web_options half = { .house = bed.house, .tls_cert = "x", .log_fd = -1, .metrics_port = -1 };
    CHECK(!web_start(&half, &other, &err));
    CHECK_INT(err.kind, ERR_USAGE);
    struct web_options taken = { .house = bed.house, .port = bed.port, .log_fd = -1, .metrics_port = -1 };
    CHECK(!web_start(&taken, &other, &err));
    CHECK_INT(err.kind, ERR_OUTSIDE);
    bed_end(&bed);
}

TEST(serve, behind_a_proxy_has_cookies_and_headers_of_tls)
{
    struct bed bed = bed_start((struct web_options){ .behind_proxy = true });
    const struct answer got = bed_send(&bed, TEXT("GET /sign-in?lang=en HTTP/1.1\r\nHost: jh.example.gov.cn\r\n\r\n"));
    CHECK_INT(got.status, 200);
    CHECK_CONTAINS(got.head, "; Secure");
    CHECK_TEXT(answer_header(&got, "Strict-Transport-Security"), "max-age=31536000");
    bed_end(&bed);
}

/* ---- what is done without anybody asking ---- */

static bool try_of_long_ago(void *context, struct db_session *session, struct err *err)
{
    house_poke(context);
    return store_try_add(session, &(struct try_key){ TEXT("x"), TEXT("10.0.0"), TEXT("") }, 1, err);
}

/* Whether the round comes within some seconds. */
static bool forgotten(struct bed *bed)
{
    bool any = true;
    for (int i = 0; any && i < 400; i++) {
        struct db_session *session;
        struct err err;
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
        CHECK_OK(db_read_begin(house_db(bed->house), &session, &err), err);
        CHECK_OK(store_try_any_old(session, 1, &any, &err), err);
        db_read_end(&session);
    }
    return !any;
}

TEST(serve, does_what_is_due_when_it_starts_and_when_it_is_poked)
{
    struct bed bed = bed_start((struct web_options){ .upkeep_seconds = 3600 });
    struct err err;
    for (int i = 0; i < 2; i++) {
        CHECK_OK(house_write(bed.house, try_of_long_ago, bed.house, &err), err);
        CHECK(forgotten(&bed));
    }
    web_stop(&bed.server);
    CHECK_OK(house_write(bed.house, try_of_long_ago, bed.house, &err), err);
    const struct web_options again = { .house = bed.house, .log_fd = -1, .metrics_port = -1, .upkeep_seconds = 3600 };
    CHECK_OK(web_start(&again, &bed.server, &err), err);
    CHECK(forgotten(&bed));
    bed_end(&bed);
}

#include "bed.h"

#include "app/accounts.h"
#include "store/returns_store.h"

#include <arpa/inet.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ANSWER_MOST = 8 * 1024 * 1024 };

static int forget(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static void remove_folder(void *folder)
{
    nftw(folder, forget, 16, FTW_DEPTH | FTW_PHYS);
}

struct bed bed_start(struct web_options options)
{
    struct bed bed = { .mem = arena_new("bed") };
    struct err err;
    char *folder = arena_copy_string(bed.mem, "/tmp/junheng-web-XXXXXX", 23);
    assert_non_null(mkdtemp(folder));
    bed.folder = folder;
    arena_defer(bed.mem, remove_folder, folder);
    CHECK_OK(house_init(folder, TEXT("990101"), TEXT("青禾县"), true, &err), err);
    CHECK_OK(house_open(&(struct house_options){ .folder = folder }, &bed.house, &err), err);
    options.house = bed.house;
    if (!options.log_fd)
        options.log_fd = -1;
    options.metrics_port = options.metrics_port ? 0 : -1;
    CHECK_OK(web_start(&options, &bed.server, &err), err);
    bed.port = web_port(bed.server);
    return bed;
}

void bed_end(struct bed *bed)
{
    web_stop(&bed->server);
    house_close(&bed->house);
    arena_free(&bed->mem);
}

/* ---- schools and people ------------------------------------------------------------------- */

static bool put_text(struct bed *bed, struct db_session *session, int64_t version, int year, struct text school, uint16_t item,
                     const char *value, struct err *err)
{
    const struct figure_record figure = { .year = year, .school = school, .item = item, .number = BLANK, .text = text_of(value) };
    return store_figure_put(session, house_county(bed->house), &house_edition(bed->house)->items, version, &figure, err);
}

static bool put_schools(void *context, struct db_session *session, struct err *err)
{
    static const struct { int year; const char *code, *name, *township; } SCHOOLS[] = {
        { 2025, "2101", "柳林镇中心小学", "柳林镇" }, { 2025, "2102", "柳林镇第二小学", "柳林镇" }, { 2025, "2201", "河口镇中心小学", "河口镇" },
        { 2024, "2101", "柳林镇中心小学", "柳林镇" }, { 2024, "2201", "河口镇中心小学", "河口镇" }, { 2024, "2301", "柳林镇老小学", "柳林镇" },
    };
    struct bed *const bed = context;
    const struct text county = house_county(bed->house);
    const struct item_list *const items = &house_edition(bed->house)->items;
    const struct change_record change = { .kind = CHANGE_IMPORT, .stamp = { .who = TEXT("test"), .at = 1 } };
    int64_t version;
    if (!store_change_begin(session, county, &change, &version, err))
        return false;
    for (size_t i = 0; i < COUNT(SCHOOLS); i++) {
        const struct text code = text_of(SCHOOLS[i].code);
        if (!store_return_put(session, county, version, SCHOOLS[i].year, code, 0, 0, err) ||
            !put_text(bed, session, version, SCHOOLS[i].year, code, items->school_name, SCHOOLS[i].name, err) ||
            !put_text(bed, session, version, SCHOOLS[i].year, code, items->township, SCHOOLS[i].township, err))
            return false;
    }
    return true;
}

void bed_schools(struct bed *bed)
{
    struct err err;
    CHECK_OK(house_write(bed->house, put_schools, bed, &err), err);
}

const char BED_PASSWORD[] = "Correct-horse-7";

const char *bed_account(struct bed *bed, const char *name, enum role role, enum place_kind kind, const char *place)
{
    struct err err;
    const struct actor console = actor_console();
    char *password = arena_alloc(bed->mem, PASSWORD_MADE + 1);
    const struct account_wish wish = { .name = text_of(name), .shown = text_of(name), .role = role, .place = { kind, text_of(place) },
                                       .valid_until = role == ROLE_assessor ? time(NULL) + 86400 : 0 };
    CHECK_OK(app_account_add(bed->house, &console, &wish, time(NULL), bed->mem, password, &err), err);
    return password;
}

const char *bed_person(struct bed *bed, const char *name, enum role role, enum place_kind kind, const char *place)
{
    struct err err;
    struct signed_in in;
    const struct sign_in_request asked = { .name = text_of(name), .password = text_of(bed_account(bed, name, role, kind, place)),
                                           .address = TEXT("127.0.0.1"), .now = time(NULL) };
    CHECK_OK(app_sign_in(bed->house, &asked, bed->mem, &in, &err), err);
    struct actor actor;
    CHECK_OK(app_session(bed->house, text_of(in.token), asked.address, asked.now, bed->mem, &actor, &err), err);
    CHECK_OK(app_change_password(bed->house, &actor, asked.password, text_of(BED_PASSWORD), time(NULL), bed->mem, &in, &err), err);
    return arena_printf(bed->mem, "Cookie: jh=%s\r\n", in.token);
}

const char *bed_form_token(struct bed *bed, const char *cookie)
{
    const struct answer page = bed_get(bed, "/account", cookie);
    CHECK_INT(page.status, 200);
    return arena_printf(bed->mem, "form_token=%.*s&", TEXT_ARG(answer_field(&page, "form_token")));
}

/* ---- the client --------------------------------------------------------------------------- */

static int connect_to(int port)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    const struct timeval patience = { .tv_sec = 30 };
    assert_true(fd >= 0 && connect(fd, (const struct sockaddr *)&at, sizeof at) == 0);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    return fd;
}

int bed_connect(struct bed *bed)
{
    return connect_to(bed->port);
}

struct text answer_header(const struct answer *answer, const char *name)
{
    struct text rest = answer->head, line;
    const size_t size = strlen(name);
    while (text_split(&rest, '\n', &line)) {
        if (line.size > size + 1 && strncasecmp(line.at, name, size) == 0 && line.at[size] == ':')
            return text_trim((struct text){ line.at + size + 1, line.size - size - 1 });
    }
    return (struct text){ "", 0 };
}

struct text answer_cookie(const struct answer *answer, const char *name)
{
    struct text rest = answer->head, line;
    char start[128];
    snprintf(start, sizeof start, "Set-Cookie: %s=", name);
    while (text_split(&rest, '\n', &line)) {
        if (!text_starts(line, text_of(start)))
            continue;
        struct text value = { line.at + strlen(start), line.size - strlen(start) }, part;
        return text_split(&value, ';', &part) ? part : (struct text){ "", 0 };
    }
    return (struct text){ "", 0 };
}

struct text answer_field(const struct answer *answer, const char *name)
{
    char start[128];
    size_t at;
    snprintf(start, sizeof start, "name=\"%s\" value=\"", name);
    if (!text_find(answer->body, text_of(start), &at))
        return (struct text){ "", 0 };
    struct text rest = { answer->body.at + at + strlen(start), answer->body.size - at - strlen(start) }, value;
    return text_split(&rest, '"', &value) ? value : (struct text){ "", 0 };
}

struct answer bed_read(struct bed *bed, int fd, bool head_only)
{
    struct answer answer = { 0 };
    struct buf got = { .mem = bed->mem };
    char part[16384];
    size_t head = 0, wanted = SIZE_MAX;
    while (got.size < wanted && got.size < ANSWER_MOST) {
        const ssize_t n = recv(fd, part, sizeof part, 0);
        answer.closed = n <= 0;
        if (n <= 0)
            break;
        buf_add(&got, (struct text){ part, (size_t)n });
        if (!head && text_find(buf_text(&got), TEXT("\r\n\r\n"), &head)) {
            answer.head = text_copy(bed->mem, (struct text){ got.at, head + 2 });
            const struct text length = answer_header(&answer, "Content-Length");
            head += 4;
            wanted = head_only || !length.size ? head : head + strtoul(text_string(bed->mem, length), NULL, 10);
        }
    }
    if (head) {
        answer.status = atoi(answer.head.at + 9);
        answer.body = text_copy(bed->mem, (struct text){ got.at + head, got.size - head });
    }
    return answer;
}

struct answer bed_send(struct bed *bed, struct text bytes)
{
    const int fd = bed_connect(bed);
    for (size_t sent = 0; sent < bytes.size;) {
        const ssize_t n = send(fd, bytes.at + sent, bytes.size - sent, MSG_NOSIGNAL);
        if (n <= 0)
            break; /* refused before all was sent: the answer is there to be read */
        sent += (size_t)n;
    }
    const struct answer answer = bed_read(bed, fd, text_starts(bytes, TEXT("HEAD ")));
    close(fd);
    return answer;
}

struct answer bed_get(struct bed *bed, const char *path, const char *headers)
{
    return bed_send(bed, text_printf(bed->mem, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n", path, bed->port, headers));
}

struct answer bed_post(struct bed *bed, const char *path, const char *headers, const char *form)
{
    return bed_send(bed, text_printf(bed->mem,
                                     "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
                                     "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n%s\r\n%s",
                                     path, bed->port, bed->port, strlen(form), headers, form));
}

#include "access_bed.h"

#include "app/audit.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

const char BED_PASSWORD[] = "Correct-horse-7";

static int forget(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static void open_house(struct bed *bed)
{
    const struct house_options options = { .folder = bed->folder, .least_free = 1 };
    CHECK_OK(house_open(&options, &bed->house, &bed->err), bed->err);
}

struct bed bed_new(void)
{
    struct bed bed = { .mem = arena_new("test"), .console = actor_console(), .now = NOON };
    char *folder = arena_printf(bed.mem, "%s", "/tmp/junheng-test-XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    bed.folder = folder;
    CHECK_OK(house_init(folder, TEXT("410185"), TEXT("青禾县"), true, &bed.err), bed.err);
    open_house(&bed);
    return bed;
}

void bed_end(struct bed *bed)
{
    house_close(&bed->house);
    nftw(bed->folder, forget, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(&bed->mem);
}

void bed_reopen(struct bed *bed)
{
    house_close(&bed->house);
    open_house(bed);
}

const char *bed_account(struct bed *bed, const char *name, enum role role)
{
    char *password = arena_alloc(bed->mem, PASSWORD_MADE + 1);
    const struct account_wish wish = { .name = text_of(name), .shown = text_of(name), .role = role, .place = { PLACE_COUNTY, TEXT("") },
                                       .valid_until = role == ROLE_assessor ? bed->now + 90 * 86400 : 0 };
    CHECK_OK(app_account_add(bed->house, &bed->console, &wish, bed->now, bed->mem, password, &bed->err), bed->err);
    return password;
}

bool bed_sign_in(struct bed *bed, const char *name, const char *password, const char *address, const char *device,
                 struct signed_in *out)
{
    const struct sign_in_request request = { .name = text_of(name), .password = text_of(password), .address = text_of(address),
                                             .device = text_of(device), .now = bed->now };
    return app_sign_in(bed->house, &request, bed->mem, out, &bed->err);
}

struct signed_in bed_person(struct bed *bed, const char *name, enum role role)
{
    const char *given = bed_account(bed, name, role);
    struct signed_in first, in;
    CHECK_OK(bed_sign_in(bed, name, given, "10.1.1.1", NULL, &first), bed->err);
    CHECK_OK(app_change_password(bed->house, &first.actor, text_of(given), text_of(BED_PASSWORD), bed->now, bed->mem, &in, &bed->err),
             bed->err);
    return in;
}

bool bed_session(struct bed *bed, const char *token, struct actor *out)
{
    return app_session(bed->house, text_of(token), TEXT("10.1.1.1"), bed->now, bed->mem, out, &bed->err);
}

size_t bed_audited(struct bed *bed, const char *verb)
{
    const struct audit_page page = { .verb = text_of(verb) };
    struct audit_line *lines;
    size_t n;
    CHECK_OK(app_audit_list(bed->house, &bed->console, &page, bed->mem, &lines, &n, &bed->err), bed->err);
    return n;
}

static sqlite3 *behind(struct bed *bed)
{
    sqlite3 *db;
    CHECK_INT(sqlite3_open(arena_printf(bed->mem, "%s/junheng.db", bed->folder), &db), SQLITE_OK);
    return db;
}

void bed_sql(struct bed *bed, const char *sql)
{
    CHECK(!bed->house);
    sqlite3 *db = behind(bed);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

long long bed_count(struct bed *bed, const char *sql)
{
    const bool open = bed->house != NULL;
    house_close(&bed->house);
    sqlite3 *db = behind(bed);
    sqlite3_stmt *statement;
    CHECK_INT(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_step(statement), SQLITE_ROW);
    const long long count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    if (open)
        open_house(bed);
    return count;
}

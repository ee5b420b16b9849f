#include "app/demo.h"

#include "app/access.h"
#include "app/accounts.h"
#include "app/demo_parts.h"
#include "app/import.h"
#include "app/sample.h"
#include "base/file.h"
#include "sample/county.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 64, LARGEST_FILE = 20 << 20, FIRST_YEAR = 2023, LAST_YEAR = 2025 };
static const char ACCOUNT[] = "demo", NOTE[] = "演示帐号.txt", SAMPLES[] = "样例";

/* ---- one there already -------------------------------------------------------------------- */

/* The note holds the account and its password, a line each. */
static bool read_note(const char *folder, struct arena *mem, struct demo *out)
{
    struct text bytes, account, password;
    struct err ignored;
    if (!file_read(mem, arena_printf(mem, "%s/%s", folder, NOTE), 4096, &bytes, &ignored) || !text_split(&bytes, '\n', &account) ||
        !text_split(&bytes, '\n', &password))
        return false;
    *out = (struct demo){ account, password };
    return true;
}

static bool holds_nothing(const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return errno == ENOENT;
    bool empty = true;
    for (const struct dirent *entry; empty && (entry = readdir(dir));)
        empty = entry->d_name[0] == '.';
    closedir(dir);
    return empty;
}

/* ---- making one --------------------------------------------------------------------------- */

struct making {
    const char *folder, *samples;
    struct house *house;
    struct actor actor;
    int64_t now;
    struct arena *mem;
};

struct confirm_work { struct making *making; struct text id; struct import_decision decision; struct import_done done; };

static bool confirm(void *context, struct db_session *session, struct err *err)
{
    struct confirm_work *const w = context;
    return app_import_confirm(w->making->house, session, &w->making->actor, w->id, &w->decision, w->making->now, &w->done, err);
}

static int by_name(const void *a, const void *b)
{
    return text_compare(((const struct import_upload *)a)->name, ((const struct import_upload *)b)->name);
}

/* The returns of one year: whatever has the year in its name. */
static bool read_year(struct making *m, int year, struct import_upload *files, size_t *n_out, struct err *err)
{
    const struct text wanted = text_printf(m->mem, "%d", year);
    DIR *dir = opendir(m->samples);
    bool ok = dir != NULL;
    *n_out = 0;
    for (const struct dirent *entry; ok && (entry = readdir(dir)) && *n_out < MOST_FILES;) {
        const struct text name = text_copy(m->mem, text_of(entry->d_name));
        if (!text_find(name, wanted, NULL) || !(text_ends(name, TEXT(".xlsx")) || text_ends(name, TEXT(".csv"))))
            continue;
        struct import_upload *const file = &files[(*n_out)++];
        file->name = name;
        ok = file_read(m->mem, arena_printf(m->mem, "%s/%s", m->samples, entry->d_name), LARGEST_FILE, &file->bytes, err);
    }
    if (dir)
        closedir(dir);
    else
        err_set(err, ERR_OUTSIDE, "打不开样例文件夹“%s”。", m->samples);
    qsort(files, *n_out, sizeof *files, by_name);
    return ok;
}

/* As a statistician would: read, looked at, confirmed; what is wrong in the workbooks is left out and stays 缺. */
static bool import_year(struct making *m, int year, struct err *err)
{
    struct import_upload files[MOST_FILES];
    struct import_request request = { .files = files, .now = m->now - (LAST_YEAR - year) * INT64_C(365) * 86400 };
    struct confirm_work work = { .making = m, .decision = { .errors = IMPORT_LEAVE_OUT, .seen_version = -1 } };
    return read_year(m, year, files, &request.n_files, err) && app_import_read(m->house, &m->actor, &request, m->mem, &work.id, err) &&
           house_write(m->house, confirm, &work, err);
}

static bool put_outline(struct making *m, struct err *err)
{
    struct text geojson;
    return file_read(m->mem, arena_printf(m->mem, "%s/青禾县-边界.geojson", m->samples), LARGEST_FILE, &geojson, err) &&
           house_outline_put(m->house, &m->actor, TEXT("青禾县-边界.geojson"), geojson, m->now, err);
}

/* An account of the county office with a password of its own, so that nobody has to change it first. */
static bool add_account(struct making *m, struct demo *out, struct err *err)
{
    const struct account_wish wish = { .name = text_of(ACCOUNT), .shown = TEXT("演示"), .role = ROLE_office, .place = { .kind = PLACE_COUNTY, .name = TEXT("") } };
    char first[PASSWORD_MADE + 1], lasting[PASSWORD_MADE + 1];
    struct signed_in in;
    if (!app_account_add(m->house, &m->actor, &wish, m->now, m->mem, first, err))
        return false;
    password_make(lasting);
    const struct sign_in_request request = { .name = text_of(ACCOUNT), .password = text_of(first), .address = TEXT("127.0.0.1"),
                                             .device = TEXT(""), .now = m->now };
    if (!app_sign_in(m->house, &request, m->mem, &in, err))
        return false;
    const struct actor actor = in.actor;
    struct signed_in renewed;
    *out = (struct demo){ text_of(ACCOUNT), text_copy(m->mem, text_of(lasting)) };
    return app_change_password(m->house, &actor, text_of(first), out->password, m->now, m->mem, &renewed, err) &&
           app_sign_out(m->house, &actor, text_of(renewed.token), m->now, err);
}

/* What read_note reads, and below it everybody else, with the same password. */
static struct text note_of(struct arena *mem, const struct demo *demo, const struct demo_person *people, size_t n)
{
    struct buf note = { .mem = mem };
    buf_printf(&note, "%s\n%.*s\n\n密码都一样：\n", ACCOUNT, TEXT_ARG(demo->password));
    for (size_t i = 0; i < n; i++)
        buf_printf(&note, "%-15.*s %s，%.*s，%.*s\n", TEXT_ARG(people[i].actor.name), role_info(people[i].actor.role)->zh,
                   TEXT_ARG(people[i].actor.shown), TEXT_ARG(place_shown(people[i].actor.place, mem)));
    return buf_text(&note);
}

static bool fill(struct making *m, struct demo *out, struct err *err)
{
    const struct house_options options = { .folder = m->folder };
    struct sample_tally tally;
    if (!house_init(m->folder, TEXT(SAMPLE_COUNTY_CODE), TEXT(SAMPLE_COUNTY_NAME), true, err) ||
        !app_sample(&(struct sample_request){ .folder = m->samples, .seed = 1 }, &tally, err) || !house_open(&options, &m->house, err))
        return false;
    bool ok = true;
    for (int year = FIRST_YEAR; ok && year <= LAST_YEAR; year++)
        ok = import_year(m, year, err);
    struct demo_person *people;
    size_t n_people;
    ok = ok && put_outline(m, err) && add_account(m, out, err) && demo_units(m->house, m->now, m->mem, err) &&
         demo_people(m->house, out->password, m->now, m->mem, &people, &n_people, err) && demo_evidence(m->house, m->now, m->mem, err) && demo_returns(m->house, people, n_people, m->now, m->mem, err) &&
         demo_forms(m->house, people, n_people, m->now, m->mem, err) &&
         demo_tasks(m->house, people, n_people, m->now, m->mem, err) &&
         demo_targets(m->house, m->now, m->mem, err) &&
         demo_rounds(m->house, people, n_people, m->now, m->mem, err) &&
         demo_office(m->house, people, n_people, m->now, m->mem, err) &&
         demo_plan(m->house, people, n_people, m->now, m->mem, err) &&
         demo_report(m->house, &m->actor, m->now, m->mem, err) && demo_ledger(m->house, m->now, m->mem, err);
    house_close(&m->house);
    return ok && file_write(arena_printf(m->mem, "%s/%s", m->folder, NOTE), note_of(m->mem, out, people, n_people), err);
}

/* Made beside its place and moved there when all is well: a demo is whole or not there. */
bool app_demo(const char *folder, int64_t now, struct arena *mem, struct demo *out, struct err *err)
{
    if (read_note(folder, mem, out))
        return true;
    if (!holds_nothing(folder)) {
        err_set(err, ERR_CONFLICT, "文件夹“%s”里有别的东西，不是演示用的县。", folder);
        return err_hint(err, "请换一个空的文件夹：junheng demo --data 文件夹");
    }
    const char *const part = arena_printf(mem, "%s.%d", folder, (int)getpid());
    struct making making = { .folder = part, .samples = arena_printf(mem, "%s/%s", part, SAMPLES), .actor = actor_console(), .now = now,
                             .mem = arena_new("demo") };
    bool ok = fill(&making, out, err);
    out->password = text_copy(mem, out->password);
    arena_free(&making.mem);
    rmdir(folder); /* empty, or not there */
    if (ok && rename(part, folder) != 0)
        ok = err_set(err, ERR_OUTSIDE, "建不了文件夹“%s”：%s。", folder, err_system(errno));
    return ok;
}

#include "stocked.h"

#include "app/edition.h"
#include "app/import.h"
#include "app/sample.h"
#include "base/file.h"
#include "base/secret.h"
#include "intake/intake.h"
#include "store/import_store.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static const char *folder(struct arena *mem)
{
    char *path = arena_printf(mem, "/tmp/junheng-test-XXXXXX");
    CHECK(mkdtemp(path) != NULL);
    return path;
}

static void remove_folder(struct arena *mem, const char *path)
{
    DIR *dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        unlink(arena_printf(mem, "%s/%s", path, entry->d_name));
    if (dir)
        closedir(dir);
    rmdir(path);
}

static bool take(void *context, struct returns *returns, bool again, struct err *err)
{
    (void)again;
    (void)err;
    *(struct returns **)context = returns;
    return true;
}

static bool is_table(const char *name)
{
    const struct text text = text_of(name);
    return text_ends(text, TEXT(".xlsx")) || text_ends(text, TEXT(".csv"));
}

struct stocking {
    struct house *house;
    struct arena *mem;
    struct returns *returns;
    struct import_file_record *files;
    struct text *bytes;
    size_t n;
    struct text id;
};

static struct text hash_of(struct arena *mem, struct text bytes)
{
    unsigned char hash[SHA256_SIZE];
    char hex[HEX_SIZE(SHA256_SIZE) + 1];
    secret_sha256(bytes, hash);
    secret_hex(hash, SHA256_SIZE, hex);
    return text_copy(mem, text_of(hex));
}

static bool stage(void *context, struct db_session *session, struct err *err)
{
    const struct stocking *const s = context;
    const struct text county = house_county(s->house);
    struct text *hashes = arena_array(s->mem, s->returns->n_sources, struct text);
    for (size_t i = 0; i < s->n; i++)
        if (!store_file_put(session, county, s->files[i].sha256, s->bytes[i], err))
            return false;
    for (size_t i = 0; i < s->returns->n_sources; i++)
        for (size_t f = 0; f < s->n; f++)
            if (text_equal(s->files[f].name, s->returns->sources[i].file))
                hashes[i] = s->files[f].sha256;
    const struct import_record record = { .id = s->id, .stamp = { .account = 7, .who = TEXT("王敏"), .at = 1767225600 } };
    const struct actor actor = actor_console();
    struct import_done done;
    return store_import_add(session, county, &record, s->files, s->n, err) &&
           store_stage(session, county, s->id, s->returns, hashes, err) &&
           app_import_confirm(s->house, session, &actor, s->id, &(struct import_decision){ .errors = IMPORT_LEAVE_OUT }, 1767229200, &done, err);
}

static void read_files(struct stocking *s, const char *from, const struct item_list *items)
{
    struct err err = { 0 };
    struct findings findings = { .mem = s->mem };
    const char **paths = arena_array(s->mem, 64, const char *);
    s->files = arena_array(s->mem, 64, struct import_file_record);
    s->bytes = arena_array(s->mem, 64, struct text);
    DIR *dir = opendir(from);
    CHECK(dir != NULL);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (!is_table(entry->d_name))
            continue;
        paths[s->n] = arena_printf(s->mem, "%s/%s", from, entry->d_name);
        CHECK_OK(file_read(s->mem, paths[s->n], 1 << 24, &s->bytes[s->n], &err), err);
        s->files[s->n] = (struct import_file_record){ text_copy(s->mem, text_of(entry->d_name)), hash_of(s->mem, s->bytes[s->n]),
                                                      (int64_t)s->bytes[s->n].size };
        s->n++;
    }
    closedir(dir);
    const struct intake_request request = { .items = items, .paths = paths, .n_paths = s->n };
    CHECK_OK(intake_read(&request, s->mem, &findings, take, &s->returns, &err), err);
    /* Sources are known by whole paths here; an import knows the names. */
    for (size_t i = 0; i < s->returns->n_sources; i++)
        for (size_t f = 0; f < s->n; f++)
            if (text_ends(s->returns->sources[i].file, s->files[f].name))
                s->returns->sources[i].file = s->files[f].name;
}

struct stocked stocked_open(void)
{
    struct arena *mem = arena_new("stocked");
    struct stocked made = { .mem = mem, .files = folder(mem), .data = folder(mem), .import_id = TEXT("IMPORT-1") };
    struct stocking s = { .mem = mem, .id = made.import_id };
    const struct edition *edition;
    struct sample_tally tally;
    struct err err = { 0 };
    CHECK_OK(app_sample(&(struct sample_request){ .folder = made.files, .seed = 1 }, &tally, &err), err);
    CHECK_OK(app_edition(mem, NULL, &edition, &err), err);
    read_files(&s, made.files, &edition->items);
    CHECK_OK(house_init(made.data, TEXT("419900"), TEXT("青禾县（虚构数据）"), true, &err), err);
    CHECK_OK(house_open(&(struct house_options){ .folder = made.data, .least_free = 1 }, &made.house, &err), err);
    s.house = made.house;
    CHECK_OK(house_write(made.house, stage, &s, &err), err);
    CHECK_OK(house_snapshot(made.house, &made.snapshot, &err), err);
    return made;
}

void stocked_look_again(struct stocked *made)
{
    struct err err = { 0 };
    snapshot_release(&made->snapshot);
    CHECK_OK(house_snapshot(made->house, &made->snapshot, &err), err);
}

void stocked_close(struct stocked *made)
{
    snapshot_release(&made->snapshot);
    house_close(&made->house);
    remove_folder(made->mem, made->files);
    remove_folder(made->mem, made->data);
    arena_free(&made->mem);
}

static struct stocked shared;

static void close_shared(void)
{
    stocked_close(&shared);
}

struct stocked stocked_shared(void)
{
    if (!shared.mem) {
        shared = stocked_open();
        atexit(close_shared);
    }
    return shared;
}

struct text stocked_file(const struct stocked *made, struct text name)
{
    struct err err = { 0 };
    struct text bytes;
    CHECK_OK(file_read(made->mem, arena_printf(made->mem, "%s/%.*s", made->files, TEXT_ARG(name)), 1 << 24, &bytes, &err), err);
    return bytes;
}

uint16_t stocked_item(const struct stocked *made, const char *code)
{
    const uint16_t item = item_find(&made->snapshot->edition->items, text_of(code));
    if (item == NO_ITEM)
        fail_msg("no item %s", code);
    return item;
}

#include "app/house_inside.h"

#include "app/access_inside.h"
#include "app/edition.h"
#include "app/official.h"
#include "base/secret.h"
#include "store/county_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the folder --------------------------------------------------------------------------- */

static bool lock_folder(const char *folder, struct arena *mem, int *lock_out, struct err *err)
{
    const char *path = arena_printf(mem, "%s/lock", folder);
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        err_set(err, errno == ENOENT ? ERR_ABSENT : ERR_OUTSIDE, "打不开数据文件夹“%s”：%s。", folder, err_system(errno));
        return err_hint(err, "请核对 --data 给的文件夹；还没有数据就先用 junheng init 建一个。");
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        err_set(err, ERR_CONFLICT, "数据文件夹“%s”正由另一个 junheng 使用。", folder);
        return err_hint(err, "请等它结束，或者停掉它再试。");
    }
    *lock_out = fd;
    return true;
}

struct first_work { struct text code, name; bool fictional; unsigned char secret[HOUSE_SECRET]; };

static bool write_first(void *context, struct db_session *session, struct err *err)
{
    const struct first_work *const w = context;
    const struct county_record county = { .code = w->code, .name = w->name, .fictional = w->fictional };
    char hex[2 * HOUSE_SECRET + 1];
    secret_hex(w->secret, HOUSE_SECRET, hex);
    return store_county_add(session, &county, err) &&
           db_run(session, Q_SETTING_PUT, DB_VALUES(db_text(TEXT("house.secret")), db_text(text_of(hex))), err);
}

bool house_init(const char *folder, struct text county_code, struct text county_name, bool fictional, struct err *err)
{
    struct arena *mem = arena_new("init");
    int lock = -1;
    struct db *db = NULL;
    bool ok = false;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        err_set(err, ERR_OUTSIDE, "建不了文件夹“%s”：%s。", folder, err_system(errno));
        err_hint(err, "请先建好上一层文件夹，或者换一个可写的地方。");
        goto done;
    }
    if (!lock_folder(folder, mem, &lock, err))
        goto done;
    const char *path = arena_printf(mem, "%s/junheng.db", folder);
    if (access(path, F_OK) == 0) {
        err_set(err, ERR_CONFLICT, "文件夹“%s”里已经有一个县的数据。", folder);
        err_hint(err, "要接着用它：junheng serve --data %s；要另建一个，请换一个文件夹。", folder);
        goto done;
    }
    struct first_work work = { .code = county_code, .name = county_name, .fictional = fictional };
    secret_random(work.secret, HOUSE_SECRET);
    ok = db_open(&(struct db_options){ .path = path, .create = true }, &db, err) && db_write(db, write_first, &work, err);
    db_close(&db);
    if (!ok)
        unlink(path); /* nothing half made stays */
done:
    if (lock >= 0)
        close(lock);
    arena_free(&mem);
    return ok;
}

/* ---- opening ------------------------------------------------------------------------------ */

static bool read_first(struct house *house, struct err *err)
{
    struct db_session *session;
    struct db_rows rows;
    struct county_record county;
    struct text hex = TEXT("");
    if (!db_read_begin(house->db, &session, err))
        return false;
    bool ok = store_county(session, house->mem, &county, err) &&
              db_select(session, Q_SETTING_GET, DB_VALUES(db_text(TEXT("house.secret"))), &rows, err);
    if (ok) {
        while (db_next(&rows))
            hex = db_get_text(&rows, 0, house->mem);
        ok = db_done(&rows, err);
    }
    db_read_end(&session);
    if (!ok)
        return false;
    house->county = county.code;
    return secret_from_hex(hex, house->secret, HOUSE_SECRET) || err_set(err, ERR_INPUT, "数据库里缺了本机的密钥。");
}

static bool read_official(struct house *house, const char *edition, struct err *err)
{
    return app_official_form(house->mem, house->edition, edition, &house->official, err) || err->kind == ERR_ABSENT;
}

static bool read_asked(struct house *house, const char *edition, struct err *err)
{
    return app_edition_asked(house->mem, house->edition, edition, &house->asked, err);
}

bool house_open(const struct house_options *options, struct house **out, struct err *err)
{
    struct arena *mem = arena_new("house");
    struct house *house = arena_make(mem, struct house);
    house->mem = mem;
    house->lock = -1;
    pthread_mutex_init(&house->keeping, NULL);
    pthread_mutex_init(&house->computing, NULL);
    upkeep_room(house);
    size_t n_names;
    house->edition_name = text_copy(mem, text_of(options->edition && options->edition[0] ? options->edition : app_edition_names(&n_names)[0]));
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    house->access = access_new(mem, cores > 0 ? (unsigned)cores : 1);
    const struct db_options db = { .path = arena_printf(mem, "%s/junheng.db", options->folder), .least_free = options->least_free,
                                   .broken = options->broken, .context = options->context };
    if (lock_folder(options->folder, mem, &house->lock, err) && app_edition(mem, options->edition, &house->edition, err) &&
        read_official(house, options->edition, err) && read_asked(house, options->edition, err) &&
        db_open(&db, &house->db, err) && read_first(house, err)) {
        *out = house;
        return true;
    }
    house_close(&house);
    return false;
}

void house_close(struct house **house)
{
    struct house *const h = *house;
    if (!h)
        return;
    *house = NULL;
    if (h->current) {
        const struct snapshot *last = &h->current->shown;
        snapshot_release(&last);
    }
    db_close(&h->db);
    if (h->lock >= 0)
        close(h->lock);
    access_end(h->access);
    pthread_mutex_destroy(&h->keeping);
    pthread_mutex_destroy(&h->computing);
    upkeep_room_end(h);
    secret_forget(h->secret, HOUSE_SECRET);
    struct arena *mem = h->mem;
    arena_free(&mem);
}

struct db *house_db(const struct house *house) { return house->db; }
const struct edition *house_edition(const struct house *house) { return house->edition; }
struct text house_edition_name(const struct house *house) { return house->edition_name; }
const struct official_form *house_official(const struct house *house) { return house->official; }
const struct evidence_list *house_asked(const struct house *house) { return &house->asked; }
struct text house_county(const struct house *house) { return house->county; }
struct access *house_access(const struct house *house) { return house->access; }

void house_mac(const struct house *house, const char *purpose, struct text message, unsigned char out[32])
{
    struct arena *mem = arena_new("mac");
    const struct text whole = text_printf(mem, "%s%c%.*s", purpose, '\n', TEXT_ARG(message));
    secret_mac(house->secret, HOUSE_SECRET, whole, out);
    arena_free(&mem);
}

void house_changed(struct house *house)
{
    atomic_fetch_add(&house->changes, 1);
    upkeep_after_commit(house);
}

uint64_t house_changes(const struct house *house)
{
    return atomic_load(&house->changes);
}

void house_redraw(struct house *house)
{
    atomic_store(&house->redrawn, true);
    house_changed(house);
}

bool house_write(struct house *house, db_work *work, void *context, struct err *err)
{
    const bool ok = db_write(house->db, work, context, err);
    house_changed(house);
    return ok;
}

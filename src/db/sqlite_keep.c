#include "db/sqlite_keep.h"

#include "db/fault_sqlite.h"

#include <sys/stat.h>
#include <time.h>

enum { PAGES_AT_ONCE = 1024, MOST_WAITS = 500 };

static bool copy_pages(sqlite3 *from, sqlite3 *to, struct err *err)
{
    sqlite3_backup *const backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup) {
        sqlite_fault(to, sqlite3_extended_errcode(to), "backup", err);
        return false;
    }
    int code, waits = 0;
    while ((code = sqlite3_backup_step(backup, PAGES_AT_ONCE)) == SQLITE_OK ||
           ((code & 0xff) == SQLITE_BUSY && waits++ < MOST_WAITS))
        if (code != SQLITE_OK)
            nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    const int end = sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE && end == SQLITE_OK)
        return true;
    sqlite_fault(to, code == SQLITE_DONE ? end : code, "backup", err);
    return false;
}

/* The copy says of itself that it has a log (WAL); it is to be one file. */
static bool leave_one_file(const char *path, struct err *err)
{
    sqlite3 *handle = NULL;
    int code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(handle, "PRAGMA synchronous=full; PRAGMA journal_mode=delete", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        sqlite_fault(handle, code, "backup", err);
    return sqlite3_close(handle) == SQLITE_OK && code == SQLITE_OK;
}

bool sqlite_copy(sqlite3 *from, const char *path, struct err *err)
{
    sqlite3 *to = NULL;
    const int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code != SQLITE_OK)
        sqlite_fault(to, code, "backup", err);
    const bool ok = code == SQLITE_OK && copy_pages(from, to, err);
    return sqlite3_close(to) == SQLITE_OK && ok && leave_one_file(path, err);
}

static bool broken(struct err *err, const char *detail)
{
    err_set(err, ERR_INPUT, "数据库文件已经损坏。");
    err_hint(err, "请不要再使用这个文件，换用别的备份。");
    return err_detail(err, "%s", detail);
}

/* SQLite takes a last page that is cut short for one that ends in zeros.  (With a log beside it, the file may
 * rightly be shorter than the database.) */
static bool cut_short(sqlite3 *handle)
{
    sqlite3_stmt *statement = NULL;
    struct stat file, wal;
    const char *const path = sqlite3_db_filename(handle, "main");
    sqlite3_int64 size = -1;
    if (sqlite3_prepare_v2(handle, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        size = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    const bool has_wal = stat(sqlite3_filename_wal(path), &wal) == 0 && wal.st_size > 0;
    return size >= 0 && !has_wal && stat(path, &file) == 0 && file.st_size != size;
}

bool sqlite_integrity(sqlite3 *handle, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (cut_short(handle))
        return broken(err, "the file is not as long as its pages");
    int code = sqlite3_prepare_v2(handle, "PRAGMA integrity_check(1)", -1, &statement, NULL);
    bool whole = false;
    char said[200] = "";
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        sqlite3_snprintf(sizeof said, said, "%s", (const char *)sqlite3_column_text(statement, 0));
        whole = sqlite3_stricmp(said, "ok") == 0;
        code = SQLITE_OK;
    }
    sqlite3_finalize(statement);
    statement = NULL;
    if (code == SQLITE_OK && !whole)
        return broken(err, said);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(handle, "PRAGMA foreign_key_check", -1, &statement, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        sqlite3_snprintf(sizeof said, said, "foreign key of %s, row %lld", (const char *)sqlite3_column_text(statement, 0),
                         sqlite3_column_int64(statement, 1));
        sqlite3_finalize(statement);
        return broken(err, said);
    }
    if (code != SQLITE_DONE) {
        const int kind = code & 0xff;
        if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB)
            broken(err, sqlite3_errmsg(handle));
        else
            sqlite_fault(handle, code, "integrity", err);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE;
}

#include "app/backup.h"

#include "base/file.h"
#include "base/number.h"
#include "base/secret.h"
#include "store/county_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_SIZE = 512 };   /* padded with blanks, so that the database stands at one place */
static const char MAGIC[] = "junheng-backup 1\n";

static bool cannot(const char *what, const char *path, struct err *err)
{
    const int number = errno;
    err_set(err, number == ENOENT ? ERR_ABSENT : ERR_OUTSIDE, "%s“%s”：%s。", what, path, err_system(number));
    return err_hint(err, number == ENOSPC ? "请腾出磁盘空间再试。" : "请核对路径和权限。");
}

/* ---- the head ----------------------------------------------------------------------------- */

static struct text head_of(struct arena *mem, const struct backup_info *info)
{
    struct buf head = { .mem = mem };
    buf_printf(&head, "%scounty %.*s\nversion %lld\nmade %lld\nsize %llu\nsha256 %s\nname %.*s\n", MAGIC, TEXT_ARG(info->county),
               (long long)info->version, (long long)info->made_at, (unsigned long long)info->size, info->sha256, TEXT_ARG(info->name));
    while (head.size < HEAD_SIZE)
        buf_byte(&head, head.size == HEAD_SIZE - 1 ? '\n' : ' ');
    return buf_text(&head);
}

static bool not_one(const char *path, const char *why, struct err *err)
{
    err_set(err, ERR_INPUT, "“%s”%s。", path, why);
    return err_hint(err, "什么也没有动。请换一份完好的备份。");
}

static bool read_head(const char *path, struct text head, struct arena *mem, struct backup_info *out, struct err *err)
{
    struct text line;
    double version = BLANK, made = BLANK, size = BLANK;
    *out = (struct backup_info){ .county = TEXT(""), .name = TEXT("") };
    while (text_split(&head, '\n', &line)) {
        struct text word;
        text_split(&line, ' ', &word);
        if (text_equal(word, TEXT("county")))
            out->county = text_copy(mem, line);
        else if (text_equal(word, TEXT("name")))
            out->name = text_copy(mem, line);
        else if ((text_equal(word, TEXT("version")) && !number_parse(line, &version)) ||
                 (text_equal(word, TEXT("made")) && !number_parse(line, &made)) ||
                 (text_equal(word, TEXT("size")) && !number_parse(line, &size)))
            return not_one(path, "的开头坏了", err);
        else if (text_equal(word, TEXT("sha256")) && line.size == 64)
            memcpy(out->sha256, line.at, 64);
    }
    if (is_blank(version) || is_blank(made) || is_blank(size) || size < 0 || size > 1e15 || !out->sha256[0])
        return not_one(path, "的开头坏了", err);
    out->version = (int64_t)version;
    out->made_at = (int64_t)made;
    out->size = (uint64_t)size;
    return true;
}

/* ---- a file as a whole, without holding it in memory of our own ---------------------------- */

struct mapped { void *at; size_t size; };

static bool map_file(const char *path, struct mapped *out, struct err *err)
{
    struct stat st;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        cannot("打不开文件", path, err);
        if (fd >= 0)
            close(fd);
        return false;
    }
    out->size = (size_t)st.st_size;
    out->at = out->size ? mmap(NULL, out->size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    close(fd);
    return out->at != MAP_FAILED || cannot("读不了文件", path, err);
}

static void unmap(struct mapped *mapped)
{
    if (mapped->at)
        munmap(mapped->at, mapped->size);
    mapped->at = NULL;
}

static void hash_hex(struct text bytes, char out[65])
{
    unsigned char hash[SHA256_SIZE];
    secret_sha256(bytes, hash);
    secret_hex(hash, sizeof hash, out);
}

static bool write_all(int fd, struct text bytes)
{
    while (bytes.size) {
        const ssize_t n = write(fd, bytes.at, bytes.size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes.at += n;
        bytes.size -= (size_t)n;
    }
    return true;
}

/* Both parts, on the disk, under the name: whole or not at all. */
static bool write_parts(const char *path, struct text head, struct text body, struct arena *mem, struct err *err)
{
    const char *part = arena_printf(mem, "%s.part", path);
    const int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write_all(fd, head) && write_all(fd, body) && fsync(fd) == 0;
    if (!ok)
        cannot("写不了文件", path, err);
    if (fd >= 0)
        close(fd);
    if (ok && rename(part, path) != 0)
        ok = cannot("写不了文件", path, err);
    if (!ok)
        unlink(part);
    return ok;
}

/* ---- making ------------------------------------------------------------------------------- */

static bool describe(struct house *house, int64_t now, struct arena *mem, struct backup_info *out, struct err *err)
{
    struct db_session *session;
    struct county_record county;
    if (!db_read_begin(house_db(house), &session, err))
        return false;
    const bool ok = store_county(session, mem, &county, err);
    db_read_end(&session);
    if (ok)
        *out = (struct backup_info){ .county = county.code, .name = county.name, .version = county.version, .made_at = now };
    return ok;
}

bool app_backup(struct house *house, const char *path, int64_t now, struct arena *mem, struct backup_info *out, struct err *err)
{
    if (access(path, F_OK) == 0) {
        err_set(err, ERR_CONFLICT, "“%s”已经有了，备份不覆盖别的文件。", path);
        return err_hint(err, "请换一个名字，例如带上日期。");
    }
    const char *copy = arena_printf(mem, "%s.copy", path);
    struct mapped mapped = { NULL, 0 };
    bool ok = describe(house, now, mem, out, err) && db_backup(house_db(house), copy, err) && map_file(copy, &mapped, err);
    if (ok) {
        const struct text body = { mapped.at, mapped.size };
        out->size = body.size;
        hash_hex(body, out->sha256);
        ok = write_parts(path, head_of(mem, out), body, mem, err);
    }
    unmap(&mapped);
    unlink(copy);
    return ok;
}

/* ---- checking, bringing back --------------------------------------------------------------- */

static bool check_mapped(const char *path, const struct mapped *mapped, struct arena *mem, struct backup_info *out, struct text *body_out,
                         struct err *err)
{
    const struct text all = { mapped->at, mapped->size };
    char hash[65];
    if (all.size < HEAD_SIZE || !text_starts(all, text_of(MAGIC)))
        return not_one(path, "不是均衡的备份", err);
    if (!read_head(path, (struct text){ all.at, HEAD_SIZE }, mem, out, err))
        return false;
    *body_out = (struct text){ all.at + HEAD_SIZE, all.size - HEAD_SIZE };
    if (body_out->size != out->size)
        return not_one(path, body_out->size < out->size ? "不完整，少了一截" : "后面多出了东西", err);
    hash_hex(*body_out, hash);
    return memcmp(hash, out->sha256, 64) == 0 || not_one(path, "的内容被改过或者坏了（校验值不符）", err);
}

bool app_backup_check(const char *path, struct arena *mem, struct backup_info *out, struct err *err)
{
    struct mapped mapped = { NULL, 0 };
    struct text body;
    const bool ok = map_file(path, &mapped, err) && check_mapped(path, &mapped, mem, out, &body, err);
    unmap(&mapped);
    return ok;
}

/* What stood there goes aside whole: a log of the old database beside the new one would ruin it. */
static bool set_aside(const char *folder, int64_t now, struct arena *mem, struct text *kept_out, struct err *err)
{
    static const char *const ENDINGS[] = { "-wal", "-shm", "" };
    const char *const from = arena_printf(mem, "%s/junheng.db", folder), *const to = arena_printf(mem, "%s.before-%lld", from, (long long)now);
    *kept_out = TEXT("");
    if (access(from, F_OK) != 0)
        return true;
    for (size_t i = 0; i < COUNT(ENDINGS); i++)
        if (rename(arena_printf(mem, "%s%s", from, ENDINGS[i]), arena_printf(mem, "%s%s", to, ENDINGS[i])) != 0 && errno != ENOENT)
            return cannot("挪不开原来的数据", from, err);
    *kept_out = text_of(to);
    return true;
}

static bool take_lock(const char *folder, struct arena *mem, int *out, struct err *err)
{
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return cannot("建不了文件夹", folder, err);
    *out = open(arena_printf(mem, "%s/lock", folder), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*out < 0)
        return cannot("打不开文件夹", folder, err);
    if (flock(*out, LOCK_EX | LOCK_NB) == 0)
        return true;
    err_set(err, ERR_CONFLICT, "数据文件夹“%s”正由另一个 junheng 使用。", folder);
    return err_hint(err, "请先停掉它（Ctrl-C，或 systemctl stop junheng），再恢复。");
}

bool app_restore(const char *path, const char *folder, bool replace, int64_t now, struct arena *mem, struct backup_info *out,
                 struct text *kept_out, struct err *err)
{
    struct mapped mapped = { NULL, 0 };
    struct text body;
    int lock = -1;
    *kept_out = TEXT("");
    const char *const made = arena_printf(mem, "%s/junheng.db.restored", folder), *const place = arena_printf(mem, "%s/junheng.db", folder);
    bool ok = map_file(path, &mapped, err) && check_mapped(path, &mapped, mem, out, &body, err) && take_lock(folder, mem, &lock, err);
    if (ok && !replace && access(place, F_OK) == 0) {
        ok = err_set(err, ERR_CONFLICT, "文件夹“%s”里已经有数据。", folder);
        err_hint(err, "确实要换成备份里的，请加 --replace；原来的会改名留在旁边。");
    }
    ok = ok && write_parts(made, TEXT(""), body, mem, err) && db_verify(made, err) && set_aside(folder, now, mem, kept_out, err);
    if (ok && rename(made, place) != 0)
        ok = cannot("换不上恢复的数据", place, err);
    if (!ok)
        unlink(made);
    unmap(&mapped);
    if (lock >= 0)
        close(lock);
    return ok;
}

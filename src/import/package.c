#include "import/package.h"

#include "import/zip_directory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zip.h>

struct package {
    struct arena *mem;
    struct zip_directory directory;
    zip_t *zip;
    zip_file_t *file;        /* the part being read, or NULL */
    size_t part;
    uint64_t part_inflated, all_inflated;
};

static const char DAMAGED_HINT[] =
    "请重新复制或下载；如果 Excel 或 WPS 还能打开它，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”，用新存的文件。";

bool package_damaged(struct err *err, const char *why, ...)
{
    char told[600];
    va_list args;
    va_start(args, why);
    vsnprintf(told, sizeof told, why, args);
    va_end(args);
    err_set(err, ERR_INPUT, "工作簿已损坏：%s。", told);
    return err_hint(err, "%s", DAMAGED_HINT);
}

bool package_too_large(struct err *err, const char *what, ...)
{
    char told[600];
    va_list args;
    va_start(args, what);
    vsnprintf(told, sizeof told, what, args);
    va_end(args);
    err_set(err, ERR_LIMIT, "%s。", told);
    return err_hint(err, "请新建一个工作簿，只把要报的表格复制过去（“选择性粘贴 → 数值”），另存为“Excel 工作簿 (*.xlsx)”；还是太大的，拆成几个文件。");
}

void package_prepare(void)
{
    setenv("TZ", "UTC0", 1);
    tzset();
}

static void package_close(void *package)
{
    struct package *const of = package;
    part_close(of);
    if (of->zip)
        zip_discard(of->zip);
}

/* libzip looks for the directory by itself: it must have found the same one. */
static bool agrees(const struct package *package)
{
    if (zip_get_num_entries(package->zip, 0) != (zip_int64_t)package->directory.n)
        return false;
    for (size_t i = 0; i < package->directory.n; i++)
        if (!text_equal(text_of(zip_get_name(package->zip, i, ZIP_FL_ENC_RAW)), package->directory.entries[i].name))
            return false;
    return true;
}

bool package_open(struct arena *mem, struct text bytes, struct package **out, struct err *err)
{
    struct package *const package = arena_make(mem, struct package);
    package->mem = mem;
    arena_defer(mem, package_close, package);
    if (!zip_directory_read(mem, bytes, &package->directory, err))
        return false;
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.size, 0, &why);
    package->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
    if (!package->zip) {
        zip_source_free(source);
        package_damaged(err, "打不开这个压缩包，可能没有复制或下载完");
        err_detail(err, "libzip: %s", zip_error_strerror(&why));
        zip_error_fini(&why);
        return false;
    }
    zip_error_fini(&why);
    if (!agrees(package))
        return package_damaged(err, "文件里有两份不同的压缩目录");
    *out = package;
    return true;
}

size_t package_size(const struct package *package)
{
    return package->directory.n;
}

struct text package_name(const struct package *package, size_t part)
{
    return package->directory.entries[part].name;
}

const char *package_shown(const struct package *package, size_t part)
{
    enum { LONGEST = 80 };
    struct text name = package_name(package, part);
    if (name.size > LONGEST)
        name = (struct text){ name.at + name.size - LONGEST, LONGEST };
    char *shown = arena_alloc(package->mem, name.size + 1);
    for (size_t i = 0; i < name.size; i++)
        shown[i] = name.at[i] > ' ' && name.at[i] < 127 ? name.at[i] : '?';
    return shown;
}

size_t package_find(const struct package *package, struct text path)
{
    while (path.size && (*path.at == '/' || *path.at == '\\')) {
        path.at++;
        path.size--;
    }
    for (size_t i = 0; i < package->directory.n; i++)
        if (zip_name_equal(package->directory.entries[i].name, path))
            return i;
    return NO_PART;
}

bool part_open(struct package *package, size_t part, struct err *err)
{
    part_close(package);
    package->part = part;
    package->part_inflated = 0;
    package->file = zip_fopen_index(package->zip, part, 0);
    if (package->file)
        return true;
    package_damaged(err, "部件 %s 打不开", package_shown(package, part));
    return err_detail(err, "libzip: %s", zip_strerror(package->zip));
}

static bool count(struct package *package, size_t more, struct err *err)
{
    package->part_inflated += more;
    package->all_inflated += more;
    if (package->part_inflated > PACKAGE_MAX_PART)
        return package_too_large(err, "工作簿的部件 %s 展开后超过 %d MB", package_shown(package, package->part),
                                 PACKAGE_MAX_PART >> 20);
    if (package->all_inflated > PACKAGE_MAX_ALL)
        return package_too_large(err, "工作簿展开后超过 %d MB", PACKAGE_MAX_ALL >> 20);
    const uint64_t packed = package->directory.entries[package->part].packed;
    if (package->part_inflated > PACKAGE_RATIO_FROM && package->part_inflated / PACKAGE_MAX_RATIO > packed)
        return package_too_large(err, "工作簿的部件 %s 展开后是压缩时的 %d 倍以上，像是压缩炸弹",
                                 package_shown(package, package->part), PACKAGE_MAX_RATIO);
    return true;
}

bool part_read(struct package *package, void *into, size_t size, size_t *got_out, struct err *err)
{
    const zip_int64_t got = zip_fread(package->file, into, size);
    if (got < 0) {
        package_damaged(err, "部件 %s 的内容不完整或与校验码不符", package_shown(package, package->part));
        return err_detail(err, "libzip: %s", zip_file_strerror(package->file));
    }
    *got_out = (size_t)got;
    return count(package, (size_t)got, err);
}

void part_close(struct package *package)
{
    if (package->file)
        zip_fclose(package->file);
    package->file = NULL;
}

bool part_load(struct arena *mem, struct package *package, size_t part, struct text *out, struct err *err)
{
    enum { CHUNK = 65536 };
    struct buf whole = { .mem = mem };
    struct arena *scratch = arena_new("part");
    char *const chunk = arena_alloc(scratch, CHUNK);
    bool ok = part_open(package, part, err);
    size_t got = 1;
    while (ok && got) {
        ok = part_read(package, chunk, CHUNK, &got, err);
        if (ok)
            buf_add(&whole, (struct text){ chunk, got });
    }
    part_close(package);
    arena_free(&scratch);
    *out = buf_text(&whole);
    return ok;
}

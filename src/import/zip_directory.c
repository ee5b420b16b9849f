#include "import/zip_directory.h"

#include "import/sniff_content.h"
#include "import/package.h"

#include <string.h>

/* APPNOTE.TXT 6.3, §4.3 and §4.5.3. */
enum {
    LOCAL_HEADER = 0x04034b50, CENTRAL_HEADER = 0x02014b50, END = 0x06054b50,
    END_64 = 0x06064b50, LOCATOR_64 = 0x07064b50,
    LOCAL_SIZE = 30, CENTRAL_SIZE = 46, END_SIZE = 22, END_64_SIZE = 56, LOCATOR_64_SIZE = 20,
    MOST_COMMENT = 65535, EXTRA_64 = 1, STORED = 0, DEFLATED = 8, ENCRYPTED = 1,
};

static uint64_t bytes_u64(struct text bytes, size_t at)
{
    return bytes_u32(bytes, at) | (uint64_t)bytes_u32(bytes, at + 4) << 32;
}

static bool find_end(struct text bytes, size_t *at_out)
{
    if (bytes.size < END_SIZE)
        return false;
    const size_t last = bytes.size - END_SIZE;
    const size_t first = last > MOST_COMMENT ? last - MOST_COMMENT : 0;
    for (size_t at = last + 1; at-- > first;)
        if (bytes.at[at] == 'P' && bytes_u32(bytes, at) == END) {
            *at_out = at;
            return true;
        }
    return false;
}

/* Where the directory starts and ends, and how many entries it should have. */
static bool find_directory(struct text bytes, size_t end, uint64_t *start_out, uint64_t *stop_out, uint64_t *n_out)
{
    *n_out = bytes_u16(bytes, end + 10);
    uint64_t size = bytes_u32(bytes, end + 12);
    *start_out = bytes_u32(bytes, end + 16);
    if (end >= LOCATOR_64_SIZE && bytes_u32(bytes, end - LOCATOR_64_SIZE) == LOCATOR_64) {
        const uint64_t at = bytes_u64(bytes, end - LOCATOR_64_SIZE + 8);
        if (at > bytes.size || !bytes_hold(bytes, at, END_64_SIZE) || bytes_u32(bytes, at) != END_64)
            return false;
        *n_out = bytes_u64(bytes, at + 32);
        size = bytes_u64(bytes, at + 40);
        *start_out = bytes_u64(bytes, at + 48);
    }
    if (*start_out > end || size > end - *start_out)
        return false;
    *stop_out = *start_out + size;
    return true;
}

/* Sizes and places beyond 4 GB stand in an extra field, in this order, where the header has all ones. */
static bool widen(struct text extra, uint64_t *unpacked, uint64_t *packed, uint64_t *place)
{
    uint64_t *const wide[] = { unpacked, packed, place };
    size_t at = 0;
    while (bytes_hold(extra, at, 4)) {
        const size_t size = bytes_u16(extra, at + 2);
        if (!bytes_hold(extra, at + 4, size))
            return false;
        if (bytes_u16(extra, at) == EXTRA_64) {
            size_t field = at + 4;
            for (size_t i = 0; i < COUNT(wide); i++) {
                if (*wide[i] != UINT32_MAX)
                    continue;
                if (field + 8 > at + 4 + size)
                    return false;
                *wide[i] = bytes_u64(extra, field);
                field += 8;
            }
            return true;
        }
        at += 4 + size;
    }
    return *packed != UINT32_MAX && *place != UINT32_MAX;
}

static char folded(char c)
{
    if (c == '\\')
        return '/';
    return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

bool zip_name_equal(struct text a, struct text b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (folded(a.at[i]) != folded(b.at[i]))
            return false;
    return true;
}

static bool read_entry(struct text bytes, size_t at, size_t directory, struct zip_entry *out, struct err *err)
{
    const unsigned flags = bytes_u16(bytes, at + 8), method = bytes_u16(bytes, at + 10);
    const size_t name_size = bytes_u16(bytes, at + 28), extra_size = bytes_u16(bytes, at + 30);
    uint64_t packed = bytes_u32(bytes, at + 20), unpacked = bytes_u32(bytes, at + 24);
    uint64_t place = bytes_u32(bytes, at + 42);
    const struct text extra = { bytes.at + at + CENTRAL_SIZE + name_size, extra_size };
    out->name = (struct text){ bytes.at + at + CENTRAL_SIZE, name_size };
    if (!name_size || memchr(out->name.at, '\0', name_size))
        return package_damaged(err, "压缩目录里有一个部件没有可用的名称");
    if (flags & ENCRYPTED) {
        err_set(err, ERR_INPUT, "工作簿设了密码，读不了。");
        return err_hint(err, "请在 Excel 或 WPS 中用密码打开它，清除密码，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”，用新存的文件。");
    }
    if (method != STORED && method != DEFLATED)
        return package_damaged(err, "有一个部件用了少见的压缩方法（%u 号），不是表格软件存出来的", method);
    if (!widen(extra, &unpacked, &packed, &place) || place > directory ||
        !bytes_hold(bytes, place, LOCAL_SIZE) || bytes_u32(bytes, place) != LOCAL_HEADER)
        return package_damaged(err, "压缩目录指向的部件不在文件里");
    const uint64_t data = place + LOCAL_SIZE + bytes_u16(bytes, place + 26) + bytes_u16(bytes, place + 28);
    if (data > directory || packed > directory - data)
        return package_damaged(err, "有一个部件的数据不完整，可能没有复制或下载完");
    out->start = place;
    out->end = data + packed;
    out->packed = packed;
    return true;
}

/* Few enough (512) that each is simply held against each. */
static bool check_apart(const struct zip_directory *directory, struct err *err)
{
    for (size_t i = 0; i < directory->n; i++)
        for (size_t j = 0; j < i; j++) {
            const struct zip_entry *const a = &directory->entries[i], *const b = &directory->entries[j];
            if (a->start < b->end && b->start < a->end)
                return package_damaged(err, "压缩包里的部件互相重叠，不是表格软件存出来的");
            if (zip_name_equal(a->name, b->name))
                return package_damaged(err, "压缩包里有两个同名的部件，不知道该读哪一个");
        }
    return true;
}

bool zip_directory_read(struct arena *mem, struct text bytes, struct zip_directory *out, struct err *err)
{
    size_t end;
    uint64_t start, stop, n;
    if (!find_end(bytes, &end))
        return package_damaged(err, "文件的后半部分缺失，可能没有复制或下载完");
    if (!find_directory(bytes, end, &start, &stop, &n))
        return package_damaged(err, "压缩目录的位置不对，可能没有复制或下载完");
    if (n > PACKAGE_MAX_ENTRIES)
        return package_too_large(err, "工作簿由 %llu 个部件组成，超过 %d 个（多半是贴进了大量图片）",
                                 (unsigned long long)n, PACKAGE_MAX_ENTRIES);
    *out = (struct zip_directory){ .entries = arena_array(mem, n, struct zip_entry) };
    for (uint64_t at = start; out->n < n; out->n++) {
        if (at > stop || stop - at < CENTRAL_SIZE || bytes_u32(bytes, at) != CENTRAL_HEADER)
            return package_damaged(err, "压缩目录不完整，应有 %llu 个部件，只列出 %zu 个", (unsigned long long)n, out->n);
        const uint64_t size = CENTRAL_SIZE + (uint64_t)bytes_u16(bytes, at + 28) + bytes_u16(bytes, at + 30) +
                              bytes_u16(bytes, at + 32);
        if (size > stop - at)
            return package_damaged(err, "压缩目录不完整，应有 %llu 个部件，只列出 %zu 个", (unsigned long long)n, out->n);
        if (!read_entry(bytes, at, start, &out->entries[out->n], err))
            return false;
        at += size;
    }
    return check_apart(out, err);
}

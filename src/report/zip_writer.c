#include "report/zip_writer.h"

#include "base/unicode.h"

enum {
    LOCAL_HEADER = 0x04034b50, CENTRAL_HEADER = 0x02014b50, END = 0x06054b50,
    VERSION = 20, UTF8 = 1 << 11, FIRST_DAY = 0x21 /* 1980-01-01: the format knows none before */,
    MOST_FILES = 65535, MOST_NAME = 120,
};

static void u16(struct buf *out, unsigned value)
{
    buf_byte(out, (char)(value & 0xFF));
    buf_byte(out, (char)(value >> 8 & 0xFF));
}

static void u32(struct buf *out, uint32_t value)
{
    u16(out, value & 0xFFFF);
    u16(out, value >> 16);
}

/* CRC-32 as zips have it, eight bits at a time. */
static uint32_t crc_of(struct text bytes)
{
    uint32_t table[256], crc = ~0u;
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int bit = 0; bit < 8; bit++)
            c = c & 1 ? 0xEDB88320u ^ c >> 1 : c >> 1;
        table[i] = c;
    }
    for (size_t i = 0; i < bytes.size; i++)
        crc = table[(crc ^ (unsigned char)bytes.at[i]) & 0xFF] ^ crc >> 8;
    return ~crc;
}

/* What both headers have. */
static void put_facts(struct buf *out, uint32_t crc, struct text path, struct text bytes)
{
    u16(out, VERSION);
    u16(out, UTF8);
    u16(out, 0); /* stored as it is */
    u16(out, 0);
    u16(out, FIRST_DAY);
    u32(out, crc);
    u32(out, (uint32_t)bytes.size);
    u32(out, (uint32_t)bytes.size);
    u16(out, (unsigned)path.size);
    u16(out, 0);
}

struct zip_writer zip_writer_new(struct arena *mem, size_t about)
{
    struct zip_writer zip = { .out = { .mem = mem }, .directory = { .mem = mem } };
    zip.out.at = arena_alloc(mem, about + 1);
    zip.out.capacity = about + 1;
    return zip;
}

bool zip_writer_put(struct zip_writer *zip, struct text path, struct text bytes, struct err *err)
{
    const size_t at = zip->out.size;
    if (zip->n == MOST_FILES || bytes.size > UINT32_MAX - at - path.size - zip->directory.size - 4096) {
        err_set(err, ERR_LIMIT, "文件太多或太大，一个压缩包装不下。");
        return err_hint(err, "请按指标分别下载。");
    }
    const uint32_t crc = crc_of(bytes);
    u32(&zip->out, LOCAL_HEADER);
    put_facts(&zip->out, crc, path, bytes);
    buf_add(&zip->out, path);
    buf_add(&zip->out, bytes);
    u32(&zip->directory, CENTRAL_HEADER);
    u16(&zip->directory, VERSION);
    put_facts(&zip->directory, crc, path, bytes);
    u16(&zip->directory, 0); /* no comment */
    u16(&zip->directory, 0);
    u16(&zip->directory, 0);
    u32(&zip->directory, 0);
    u32(&zip->directory, (uint32_t)at);
    buf_add(&zip->directory, path);
    zip->n++;
    return true;
}

struct text zip_writer_end(struct zip_writer *zip)
{
    const size_t at = zip->out.size;
    buf_add(&zip->out, buf_text(&zip->directory));
    u32(&zip->out, END);
    u16(&zip->out, 0);
    u16(&zip->out, 0);
    u16(&zip->out, (unsigned)zip->n);
    u16(&zip->out, (unsigned)zip->n);
    u32(&zip->out, (uint32_t)zip->directory.size);
    u32(&zip->out, (uint32_t)at);
    u16(&zip->out, 0);
    return buf_text(&zip->out);
}

struct text zip_name(struct arena *mem, struct text name)
{
    struct buf clean = { .mem = mem };
    struct text rest = name;
    while (rest.size) {
        const uint32_t c = utf8_next(&rest);
        const bool refused = c < 0x20 || c == 0x7F || c == 0xFFFD || (c < 0x80 && strchr("\\/:*?\"<>|", (int)c));
        utf8_add(&clean, refused ? '_' : c);
    }
    struct text out = text_trim(buf_text(&clean));
    while (out.size && (*out.at == '.' || *out.at == ' '))
        out.at++, out.size--;
    while (out.size && (out.at[out.size - 1] == '.' || out.at[out.size - 1] == ' '))
        out.size--;
    if (!out.size)
        return TEXT("_");
    if (out.size <= MOST_NAME)
        return text_copy(mem, out);
    const char *const dot = memrchr(out.at, '.', out.size);
    struct text ending = dot && out.size - (size_t)(dot - out.at) <= 8 ? (struct text){ dot, out.size - (size_t)(dot - out.at) } : TEXT("");
    size_t keep = MOST_NAME - ending.size;
    while (keep && ((unsigned char)out.at[keep] & 0xC0) == 0x80)
        keep--;
    return text_printf(mem, "%.*s%.*s", (int)keep, out.at, TEXT_ARG(ending));
}

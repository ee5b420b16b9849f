/* A picture of a school with a flag, drawn dot by dot into a PNG that is stored, not pressed. */
#include "app/demo_parts.h"

enum { WIDE = 480, HIGH = 300, ROW = 1 + 3 * WIDE, MOST_STORED = 65535 };

static void u32(struct buf *out, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_byte(out, (char)(value >> shift & 0xFF));
}

static uint32_t crc_of(struct text bytes)
{
    uint32_t crc = ~0u;
    for (size_t i = 0; i < bytes.size; i++) {
        crc ^= (unsigned char)bytes.at[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? 0xEDB88320u ^ crc >> 1 : crc >> 1;
    }
    return ~crc;
}

static void put_chunk(struct buf *out, struct arena *mem, const char *type, struct text content)
{
    const struct text whole = text_printf(mem, "%s", type);
    struct buf body = { .mem = mem };
    buf_add(&body, whole);
    buf_add(&body, content);
    u32(out, (uint32_t)content.size);
    buf_add(out, buf_text(&body));
    u32(out, crc_of(buf_text(&body)));
}

/* zlib's frame around blocks that are stored as they are. */
static struct text stored(struct arena *mem, struct text raw)
{
    struct buf out = { .mem = mem };
    uint32_t a = 1, b = 0;
    buf_add(&out, TEXT("\x78\x01"));
    for (size_t at = 0; at < raw.size; at += MOST_STORED) {
        const size_t n = raw.size - at < MOST_STORED ? raw.size - at : MOST_STORED;
        buf_byte(&out, at + n == raw.size);
        buf_byte(&out, (char)(n & 0xFF)), buf_byte(&out, (char)(n >> 8));
        buf_byte(&out, (char)(~n & 0xFF)), buf_byte(&out, (char)(~n >> 8 & 0xFF));
        buf_add(&out, (struct text){ raw.at + at, n });
    }
    for (size_t i = 0; i < raw.size; i++) {
        a = (a + (unsigned char)raw.at[i]) % 65521;
        b = (b + a) % 65521;
    }
    u32(&out, b << 16 | a);
    return buf_text(&out);
}

static uint32_t colour_at(int x, int y, unsigned shade)
{
    static const uint32_t WALLS[] = { 0xE8DCC8, 0xD9E2EC, 0xEAD7D0, 0xDCE6D8, 0xE6E0EE, 0xF0E4C4, 0xD4E4E8, 0xE4D8D8 };
    const int field = 230;
    if (y > field)
        return (x / 24 + y / 12) % 2 ? 0x9FBF8F : 0x97B787;            /* the sports field */
    if (x >= 60 && x < 64 && y > 40)
        return 0x777777;                                                /* the pole */
    if (x >= 64 && x < 104 && y >= 44 && y < 70)
        return 0xC83030;
    if (x >= 140 && x < 430 && y >= 100) {
        const bool window = (x - 140) % 36 >= 10 && (x - 140) % 36 < 28 && (y - 100) % 42 >= 12 && (y - 100) % 42 < 32;
        return window ? 0x7FA0B8 : WALLS[shade % 8];
    }
    if (x >= 130 && x < 440 && y >= 88 && y < 100)
        return 0x8A5A4A;                                                /* the roof */
    return 0xCFE3F2 + (uint32_t)(y / 12);
}

struct text demo_picture(struct arena *mem, unsigned shade)
{
    struct buf out = { .mem = mem }, head = { .mem = mem };
    char *const raw = arena_alloc(mem, (size_t)ROW * HIGH);
    for (int y = 0; y < HIGH; y++) {
        raw[y * ROW] = 0;
        for (int x = 0; x < WIDE; x++) {
            const uint32_t colour = colour_at(x, y, shade);
            for (int k = 0; k < 3; k++)
                raw[y * ROW + 1 + 3 * x + k] = (char)(colour >> (16 - 8 * k) & 0xFF);
        }
    }
    u32(&head, WIDE), u32(&head, HIGH);
    buf_add(&head, (struct text){ "\x08\x02\0\0\0", 5 });
    buf_add(&out, TEXT("\x89PNG\r\n\x1A\n"));
    put_chunk(&out, mem, "IHDR", buf_text(&head));
    put_chunk(&out, mem, "IDAT", stored(mem, (struct text){ raw, (size_t)ROW * HIGH }));
    put_chunk(&out, mem, "IEND", TEXT(""));
    return buf_text(&out);
}

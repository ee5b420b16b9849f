/* packed.h — plain values one behind the other, for a reader on this machine that trusts none of them. */
#pragma once
#include "base/text.h"
#include "base/unicode.h"

#include <stdint.h>

static inline void pack(struct buf *buf, const void *at, size_t size)
{
    buf_add(buf, (struct text){ at, size });
}
static inline void pack_u32(struct buf *buf, uint32_t value)
{
    pack(buf, &value, sizeof value);
}
static inline void pack_u64(struct buf *buf, uint64_t value)
{
    pack(buf, &value, sizeof value);
}
static inline void pack_text(struct buf *buf, struct text text)
{
    pack_u32(buf, (uint32_t)text.size);
    buf_add(buf, text);
}

/* What is left to take; `bad` once more was asked for than there was, or a text is no text. */
struct packed { struct text rest; bool bad; };

/* The next `size` bytes where they stand; NULL (and bad) when there are not so many. */
static inline const char *unpack_at(struct packed *from, uint64_t size)
{
    if (from->bad || size > from->rest.size) {
        from->bad = true;
        return NULL;
    }
    const char *const at = from->rest.at;
    from->rest.at += size;
    from->rest.size -= (size_t)size;
    return at;
}
static inline void unpack(struct packed *from, void *into, size_t size)
{
    const char *const at = unpack_at(from, size);
    if (size && at)
        memcpy(into, at, size);
    else if (size)
        memset(into, 0, size);
}
static inline uint32_t unpack_u32(struct packed *from)
{
    uint32_t value;
    unpack(from, &value, sizeof value);
    return value;
}
static inline uint64_t unpack_u64(struct packed *from)
{
    uint64_t value;
    unpack(from, &value, sizeof value);
    return value;
}
/* Points into the bytes. */
static inline struct text unpack_text(struct packed *from)
{
    const uint32_t size = unpack_u32(from);
    const char *const at = unpack_at(from, size);
    const struct text text = { at ? at : "", at ? size : 0 };
    from->bad |= !utf8_valid(text);
    return from->bad ? TEXT("") : text;
}

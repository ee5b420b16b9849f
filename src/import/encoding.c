#include "import/encoding.h"

#include "base/unicode.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

struct decoder {
    enum encoding encoding;
    iconv_t iconv; /* not for UTF-8 */
};

static const struct { const char *name; struct text sample; } KNOWN[] = {
    [ENCODING_UTF8] = { "UTF-8", TEXT("\xE5\xAD\xA6") },
    [ENCODING_GB18030] = { "GB18030", TEXT("\xD1\xA7") },
    [ENCODING_UTF16LE] = { "UTF-16LE", TEXT("\x66\x5B") },
    [ENCODING_UTF16BE] = { "UTF-16BE", TEXT("\x5B\x66") },
};

static void close_decoder(void *with)
{
    struct decoder *decoder = with;
    iconv_close(decoder->iconv);
}

struct decoder *decoder_open(enum encoding encoding, struct arena *mem, struct err *err)
{
    struct decoder *decoder = arena_make(mem, struct decoder);
    decoder->encoding = encoding;
    if (encoding == ENCODING_UTF8)
        return decoder;
    decoder->iconv = iconv_open("UTF-8", KNOWN[encoding].name);
    if (decoder->iconv == (iconv_t)-1) {
        err_set(err, ERR_OUTSIDE, "本机不支持 %s 编码的文字转换（%s）。", KNOWN[encoding].name, err_system(errno));
        err_hint(err, "请在 Excel 或 WPS 中把文件另存为“Excel 工作簿 (*.xlsx)”再用，或请管理员装全系统的 gconv 模块。");
        return NULL;
    }
    arena_defer(mem, close_decoder, decoder);
    /* The first conversion loads what opening did not. */
    bool damaged = false;
    const struct text sample = decoder_text(decoder, mem, KNOWN[encoding].sample, &damaged);
    assert(!damaged && text_equal(sample, KNOWN[ENCODING_UTF8].sample));
    return decoder;
}

static size_t count_high(struct text bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes.size; i++)
        n += (unsigned char)bytes.at[i] >> 7;
    return n;
}

static struct text checked_utf8(struct arena *mem, struct text bytes, bool *damaged_out)
{
    if (utf8_valid(bytes))
        return bytes;
    *damaged_out = true;
    struct buf out = { .mem = mem };
    while (bytes.size)
        utf8_add(&out, utf8_next(&bytes));
    return buf_text(&out);
}

struct text decoder_text(struct decoder *decoder, struct arena *mem, struct text bytes, bool *damaged_out)
{
    if (decoder->encoding == ENCODING_UTF8)
        return checked_utf8(mem, bytes, damaged_out);
    const bool wide = decoder->encoding != ENCODING_GB18030;
    const size_t high = wide ? 0 : count_high(bytes);
    if (!wide && !high)
        return bytes;
    /* At most: three bytes for a UTF-16 unit; for GB18030 three for a byte that is not ASCII. */
    const size_t room = wide ? (bytes.size + 1) / 2 * 3 : bytes.size + 2 * high;
    char *const made = arena_alloc(mem, room + 1), *to = made;
    char *from = (char *)bytes.at; /* iconv's prototype lacks the const */
    size_t left = bytes.size, free = room;
    iconv(decoder->iconv, NULL, NULL, NULL, NULL);
    while (left && iconv(decoder->iconv, &from, &left, &to, &free) == (size_t)-1) {
        assert(errno != E2BIG);
        *damaged_out = true;
        memcpy(to, "\xEF\xBF\xBD", 3);
        to += 3, free -= 3;
        const size_t skip = errno == EINVAL ? left : wide ? 2 : 1;
        from += skip, left -= skip;
    }
    return (struct text){ made, (size_t)(to - made) };
}

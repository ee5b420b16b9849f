#include "check.h"

#include "import/encoding.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static struct text decoded(struct arena *mem, enum encoding encoding, struct text bytes, bool *damaged)
{
    struct err err;
    struct decoder *decoder = decoder_open(encoding, mem, &err);
    if (!decoder)
        fail_msg("decoder_open: %s", err.what);
    *damaged = false;
    return decoder_text(decoder, mem, bytes, damaged);
}

#define CHECK_DECODED(encoding, bytes, expected, expected_damage)                        \
    do {                                                                                 \
        struct arena *mem_ = arena_new("test");                                          \
        bool damaged_;                                                                   \
        CHECK_TEXT(decoded(mem_, encoding, TEXT(bytes), &damaged_), expected);           \
        CHECK_INT(damaged_, expected_damage);                                            \
        arena_free(&mem_);                                                               \
    } while (0)

TEST(decoder, turns_gb18030_into_utf8)
{
    CHECK_DECODED(ENCODING_GB18030, "1,\xD1\xA7\xD0\xA3,5", "1,学校,5", false);
    CHECK_DECODED(ENCODING_GB18030, "\x81\x40\x95\x32\x82\x36", "丂𠀀", false); /* GBK's first; four bytes */
    CHECK_DECODED(ENCODING_GB18030, "", "", false);
}

TEST(decoder, turns_utf16_of_both_orders_into_utf8)
{
    CHECK_DECODED(ENCODING_UTF16LE, "1\0,\0\x66\x5B\x21\x68", "1,学校", false);
    CHECK_DECODED(ENCODING_UTF16BE, "\0" "1\0,\x5B\x66\x68\x21", "1,学校", false);
    CHECK_DECODED(ENCODING_UTF16LE, "\x40\xD8\x00\xDC", "𠀀", false); /* a pair of surrogates */
}

TEST(decoder, shows_what_cannot_be_decoded_and_says_so)
{
    CHECK_DECODED(ENCODING_GB18030, "a\xFF" "b\xD1,c", "a\uFFFDb\uFFFD,c", true);
    CHECK_DECODED(ENCODING_GB18030, "\xD1\xA7\xD0", "学\uFFFD", true);         /* cut */
    CHECK_DECODED(ENCODING_GB18030, "\xFF\xFF\xFF\xFF", "\uFFFD\uFFFD\uFFFD\uFFFD", true);
    CHECK_DECODED(ENCODING_UTF16LE, "\x00\xDC" "a\0b", "\uFFFD" "a\uFFFD", true); /* half a pair; an odd byte */
    CHECK_DECODED(ENCODING_UTF8, "a\xFF" "学", "a\uFFFD学", true);
}

TEST(decoder, hands_plain_text_back_without_a_copy)
{
    struct arena *mem = arena_new("test");
    bool damaged;
    const struct text ascii = TEXT("4101850001,512"), utf8 = TEXT("学校");
    CHECK(decoded(mem, ENCODING_GB18030, ascii, &damaged).at == ascii.at);
    CHECK(decoded(mem, ENCODING_UTF8, utf8, &damaged).at == utf8.at);
    arena_free(&mem);
}

TEST(decoder, can_be_used_again_after_damage)
{
    struct arena *mem = arena_new("test");
    struct err err;
    bool damaged = false;
    struct decoder *decoder = decoder_open(ENCODING_GB18030, mem, &err);
    CHECK(decoder != NULL);
    CHECK_TEXT(decoder_text(decoder, mem, TEXT("\xD1"), &damaged), "\uFFFD");
    CHECK(damaged);
    damaged = false;
    CHECK_TEXT(decoder_text(decoder, mem, TEXT("\xD1\xA7"), &damaged), "学");
    CHECK(!damaged);
    arena_free(&mem);
}

/* What the locked child must be able to do; security.md §4. */
TEST(decoder, needs_no_file_once_it_is_open)
{
    static const enum encoding ENCODINGS[] = { ENCODING_GB18030, ENCODING_UTF16LE, ENCODING_UTF16BE };
    for (size_t i = 0; i < COUNT(ENCODINGS); i++) {
        const pid_t child = fork();
        CHECK(child >= 0);
        if (child == 0) {
            struct arena *mem = arena_new("child");
            struct err err;
            struct decoder *decoder = decoder_open(ENCODINGS[i], mem, &err);
            if (!decoder || setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 0, 0 }) != 0)
                _exit(1);
            bool damaged = false;
            const struct text text = decoder_text(decoder, mem, TEXT("\xFF\xFE\xD1\xA7\xDF\x01"), &damaged);
            _exit(text.size ? 0 : 2);
        }
        int status;
        CHECK(waitpid(child, &status, 0) == child);
        CHECK_INT(status, 0);
    }
}

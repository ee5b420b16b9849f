#include "import/sniff.h"

#include <stdint.h>
#include <string.h>

/* The length of the UTF-8 character at `at`: 0 when it is none, SIZE_MAX when the end cuts it. */
static size_t utf8_size(const unsigned char *at, size_t left)
{
    const size_t size = at[0] < 0x80 ? 1 : at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : at[0] < 0xF5 ? 4 : 0;
    if (size < 2)
        return size;
    for (size_t i = 1; i < size; i++) {
        if (i == left)
            return SIZE_MAX;
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    }
    const bool shortest = !(at[0] == 0xE0 && at[1] < 0xA0) && !(at[0] == 0xF0 && at[1] < 0x90);
    const bool character = !(at[0] == 0xED && at[1] > 0x9F) && !(at[0] == 0xF4 && at[1] > 0x8F);
    return shortest && character ? size : 0;
}

/* Chinese text in GB18030 falls apart at nearly every character when read as UTF-8; a UTF-8 file
 * with a broken byte or two does not.  So a little damage leaves it UTF-8.
 *
 * A few words can be valid as both: 学校 in GB18030 reads as "ѧУ".  Chinese in UTF-8 takes three
 * bytes a character, so text of two-byte characters only, each of which GB 2312 has, is no UTF-8
 * unless all are of Latin-1 (é, ², ·). */
static bool reads_as_utf8(const unsigned char *at, size_t size)
{
    enum { ENOUGH = 64 };
    size_t good = 0, bad = 0;
    bool chinese_pairs = true, beyond_latin = false;
    while (size && bad < ENOUGH) {
        uint64_t eight;
        if (size >= sizeof eight && (memcpy(&eight, at, sizeof eight), !(eight & 0x8080808080808080u))) {
            at += sizeof eight, size -= sizeof eight;
            continue;
        }
        size_t used = utf8_size(at, size);
        if (used == SIZE_MAX)
            break;
        good += used > 1;
        chinese_pairs &= used == 1 || (used == 2 && at[1] >= 0xA1);
        beyond_latin |= used == 2 && at[0] > 0xC3;
        bad += used == 0;
        used += used == 0;
        at += used, size -= used;
    }
    return bad ? good >= 4 * bad : !(chinese_pairs && beyond_latin);
}

/* UTF-16 without BOM: commas, digits and line ends leave zeros in every other byte. */
static bool zeros_alternate(struct text bytes, enum encoding *out)
{
    enum { LOOK = 65536 };
    const size_t pairs = (bytes.size < LOOK ? bytes.size : LOOK) / 2;
    size_t even = 0, odd = 0;
    for (size_t i = 0; i < pairs; i++) {
        even += !bytes.at[2 * i];
        odd += !bytes.at[2 * i + 1];
    }
    if (odd * 20 >= pairs && odd > 10 * even && odd > 1)
        *out = ENCODING_UTF16LE;
    else if (even * 20 >= pairs && even > 10 * odd && even > 1)
        *out = ENCODING_UTF16BE;
    else
        return false;
    return true;
}

enum encoding sniff_encoding(struct text bytes, size_t *bom_out)
{
    static const struct { struct text bom; enum encoding encoding; } BOMS[] = {
        { TEXT("\xEF\xBB\xBF"), ENCODING_UTF8 },
        { TEXT("\xFF\xFE"), ENCODING_UTF16LE },
        { TEXT("\xFE\xFF"), ENCODING_UTF16BE },
        { TEXT("\x84\x31\x95\x33"), ENCODING_GB18030 },
    };
    for (size_t i = 0; i < COUNT(BOMS); i++)
        if (text_starts(bytes, BOMS[i].bom)) {
            *bom_out = BOMS[i].bom.size;
            return BOMS[i].encoding;
        }
    *bom_out = 0;
    enum encoding encoding;
    if (zeros_alternate(bytes, &encoding))
        return encoding;
    return reads_as_utf8((const unsigned char *)bytes.at, bytes.size) ? ENCODING_UTF8 : ENCODING_GB18030;
}

#include "app/mail_message.h"

#include "base/day.h"

#include <time.h>

enum {
    WORD_BYTES = 45,   /* of text in an encoded word: "=?UTF-8?B?" and "?=" around 60 characters are 72 of at most 75 */
    LINE_BYTES = 57,   /* of text in a line of base64: 76 characters */
    LABEL_MOST = 63, LOCAL_MOST = 64,
};

/* ---- addresses ---------------------------------------------------------------------------- */

static bool alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool local_right(struct text local)
{
    bool dot = true;   /* none at either end, no two in a row */
    for (size_t i = 0; i < local.size; i++) {
        const char c = local.at[i];
        if (c == '.' ? dot : !alphanumeric(c) && !(c && strchr("!#$%&'*+/=?^_`{|}~-", c)))
            return false;
        dot = c == '.';
    }
    return !dot && local.size <= LOCAL_MOST;
}

static bool host_right(struct text host)
{
    struct text label;
    size_t n = 0;
    if (!host.size || text_ends(host, TEXT(".")))
        return false;
    while (text_split(&host, '.', &label)) {
        if (!label.size || label.size > LABEL_MOST || label.at[0] == '-' || label.at[label.size - 1] == '-')
            return false;
        for (size_t i = 0; i < label.size; i++)
            if (!alphanumeric(label.at[i]) && label.at[i] != '-')
                return false;
        n++;
    }
    return n >= 2;
}

bool mail_address_right(struct text address)
{
    size_t at;
    if (address.size > MAIL_ADDRESS_MOST || !text_find(address, TEXT("@"), &at))
        return false;
    return local_right((struct text){ address.at, at }) && host_right((struct text){ address.at + at + 1, address.size - at - 1 });
}

struct text mail_address_masked(struct text address, struct arena *mem)
{
    size_t at;
    if (!text_find(address, TEXT("@"), &at) || !at)
        return TEXT("***");
    return text_printf(mem, "%c***%.*s", address.at[0], (int)(address.size - at), address.at + at);
}

bool mail_from_read(struct text typed, struct mail_from *out)
{
    size_t at;
    typed = text_trim(typed);
    *out = (struct mail_from){ .name = TEXT(""), .address = typed };
    if (text_ends(typed, TEXT(">")) && text_find(typed, TEXT("<"), &at))
        *out = (struct mail_from){ .name = text_trim((struct text){ typed.at, at }),
                                   .address = text_trim((struct text){ typed.at + at + 1, typed.size - at - 2 }) };
    return mail_address_right(out->address);
}

/* ---- headers ------------------------------------------------------------------------------ */

static void add_base64(struct buf *out, struct text bytes)
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.size; i += 3) {
        const size_t n = bytes.size - i < 3 ? bytes.size - i : 3;
        uint32_t three = 0;
        for (size_t k = 0; k < 3; k++)
            three = three << 8 | (k < n ? (unsigned char)bytes.at[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            buf_byte(out, k <= n ? DIGITS[three >> (18 - 6 * k) & 63] : '=');
    }
}

/* As many bytes of the text as fit a word without parting a character. */
static size_t piece(struct text text)
{
    size_t n = text.size < WORD_BYTES ? text.size : WORD_BYTES;
    while (n && n < text.size && ((unsigned char)text.at[n] & 0xC0) == 0x80)
        n--;
    return n ? n : text.size < WORD_BYTES ? text.size : WORD_BYTES;   /* not UTF-8: anywhere */
}

/* Always encoded: then nothing in it, a line break least of all, means anything to a mail program. */
static void add_words(struct buf *out, struct text text)
{
    for (bool first = true; text.size; first = false) {
        const size_t n = piece(text);
        buf_add(out, first ? TEXT("=?UTF-8?B?") : TEXT("\r\n =?UTF-8?B?"));
        add_base64(out, (struct text){ text.at, n });
        buf_add(out, TEXT("?="));
        text.at += n, text.size -= n;
    }
}

/* Wed, 25 Nov 2026 19:03:00 +0800 */
static void add_date(struct buf *out, int64_t at)
{
    static const char *const WEEK[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
    static const char *const MONTH[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    const struct day day = day_of(at);
    const int64_t begins = day_begins(day), second = at - begins, days = (begins + 8 * 3600) / 86400;
    buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0800\r\n", WEEK[days % 7], day.day, MONTH[day.month - 1], day.year, (int)(second / 3600),
               (int)(second / 60 % 60), (int)(second % 60));
}

static struct text host_of(struct text address)
{
    size_t at = 0;
    return text_find(address, TEXT("@"), &at) ? (struct text){ address.at + at + 1, address.size - at - 1 } : TEXT("localhost");
}

struct text mail_message_made(const struct mail_message *m, struct arena *mem)
{
    struct buf out = { .mem = mem }, lines = { .mem = mem };
    add_date(&out, m->at);
    buf_add(&out, TEXT("From: "));
    if (m->from.name.size) {
        add_words(&out, m->from.name);
        buf_add(&out, TEXT("\r\n "));
    }
    buf_printf(&out, "<%.*s>\r\nTo: <%.*s>\r\nSubject: ", TEXT_ARG(m->from.address), TEXT_ARG(m->to));
    add_words(&out, m->subject);
    buf_printf(&out, "\r\nMessage-ID: <%.*s@%.*s>\r\n", TEXT_ARG(m->id), TEXT_ARG(host_of(m->from.address)));
    buf_add(&out, TEXT("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                       "Content-Transfer-Encoding: base64\r\n\r\n"));
    /* Lines of a text end with CR LF before they are encoded (RFC 2045 §6.8). */
    for (size_t i = 0; i < m->body.size; i++) {
        if (m->body.at[i] == '\n')
            buf_byte(&lines, '\r');
        if (m->body.at[i] != '\r')
            buf_byte(&lines, m->body.at[i]);
    }
    const struct text body = buf_text(&lines);
    for (size_t i = 0; i < body.size; i += LINE_BYTES) {
        add_base64(&out, (struct text){ body.at + i, body.size - i < LINE_BYTES ? body.size - i : LINE_BYTES });
        buf_add(&out, TEXT("\r\n"));
    }
    return buf_text(&out);
}

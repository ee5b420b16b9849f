#include "web/cookie.h"

/* RFC 6265: cookie-octet; a value of ours is never quoted. */
static bool value_byte(unsigned char c)
{
    return c > ' ' && c < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

static bool name_byte(unsigned char c)
{
    return value_byte(c) && c != '=' && !strchr("()<>@:/[]?{}", c);
}

static bool all(struct text text, bool (*fits)(unsigned char))
{
    for (size_t i = 0; i < text.size; i++) {
        if (!fits((unsigned char)text.at[i]))
            return false;
    }
    return true;
}

bool cookie_get(struct text header, struct text name, struct text *value_out)
{
    *value_out = (struct text){ 0 };
    bool found = false;
    size_t n = 0;
    struct text part;
    while (text_split(&header, ';', &part)) {
        while (part.size && *part.at == ' ')
            part.at++, part.size--;
        const char *const equals = part.size ? memchr(part.at, '=', part.size) : NULL;
        if (++n > COOKIE_PAIRS)
            return *value_out = (struct text){ 0 }, false;
        if (!equals) /* other people's cookies may be odd; ours is not */
            continue;
        const size_t at = (size_t)(equals - part.at);
        const struct text value = { equals + 1, part.size - at - 1 };
        if (!text_equal((struct text){ part.at, at }, name))
            continue;
        if (!all(value, value_byte) || (found && !text_equal(value, *value_out)))
            return *value_out = (struct text){ 0 }, false;
        *value_out = value;
        found = true;
    }
    return found;
}

struct text cookie_set(struct text name, struct text value, enum cookie_life life, bool secure, struct arena *mem)
{
    if (!all(name, name_byte) || !all(value, value_byte)) /* never from a user: only tokens and our own words */
        value = (struct text){ 0 };
    static const char *const AGE[] = { [COOKIE_SESSION] = "", [COOKIE_YEAR] = "; Max-Age=31536000", [COOKIE_END] = "; Max-Age=0" };
    return text_printf(mem, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s", TEXT_ARG(name), TEXT_ARG(value),
                       secure ? "; Secure" : "", AGE[life]);
}

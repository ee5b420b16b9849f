#include "base/csv.h"

#include <string.h>

/* The end of a field that starts unquoted: separator or line end. */
static const char *plain_end(const char *at, const char *end, char separator)
{
    while (at < end && *at != separator && *at != '\n' && *at != '\r')
        at++;
    return at;
}

enum csv_status csv_next(struct csv_scanner *s, struct csv_field *fields, size_t capacity, size_t *n_out)
{
    size_t n = 0;
    const char *at = s->at;
    *n_out = 0;
    if (at >= s->end)
        return CSV_END;
    for (;;) {
        struct csv_field field = { .text = { at, 0 } };
        if (at < s->end && *at == '"') {
            field.quoted = true;
            const char *const start = ++at;
            for (;;) {
                const char *quote = at < s->end ? memchr(at, '"', (size_t)(s->end - at)) : NULL;
                if (!quote) {
                    s->at = s->end;
                    return CSV_OPEN_QUOTE;
                }
                if (quote + 1 < s->end && quote[1] == '"') {
                    field.doubled = true;
                    at = quote + 2;
                    continue;
                }
                field.text = (struct text){ start, (size_t)(quote - start) };
                at = plain_end(quote + 1, s->end, s->separator); /* what trails a quote is dropped */
                break;
            }
        } else {
            const char *const stop = plain_end(at, s->end, s->separator);
            field.text.size = (size_t)(stop - at);
            at = stop;
        }
        if (n < capacity)
            fields[n] = field;
        n++;
        if (at < s->end && *at == s->separator) {
            at++;
            continue;
        }
        break;
    }
    if (at < s->end && *at == '\r')
        at++;
    if (at < s->end && *at == '\n')
        at++;
    s->at = at;
    *n_out = n < capacity ? n : capacity;
    return n > capacity ? CSV_TOO_MANY : CSV_ROW;
}

struct text csv_value(struct arena *mem, struct csv_field field)
{
    if (!field.doubled)
        return field.text;
    char *made = arena_alloc(mem, field.text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < field.text.size; i++) {
        made[size++] = field.text.at[i];
        if (field.text.at[i] == '"')
            i++;
    }
    return (struct text){ made, size };
}

void csv_add(struct buf *buf, struct text value, char separator)
{
    bool quote = false;
    for (size_t i = 0; i < value.size && !quote; i++)
        quote = value.at[i] == separator || value.at[i] == '"' || value.at[i] == '\n' || value.at[i] == '\r';
    if (!quote) {
        buf_add(buf, value);
        return;
    }
    buf_byte(buf, '"');
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] == '"')
            buf_byte(buf, '"');
        buf_byte(buf, value.at[i]);
    }
    buf_byte(buf, '"');
}

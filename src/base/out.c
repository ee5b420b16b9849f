#include "base/out.h"
#include "base/number.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { HELD = 64 * 1024, DEEPEST = 32 };

struct out {
    int fd;                 /* −1: collects in `memory` */
    int failed;             /* errno of the first write that failed */
    size_t held;
    struct buf memory;
    unsigned depth;
    bool is_array[DEEPEST], has_member[DEEPEST];
    char bytes[HELD];
};

static void drain(struct out *out)
{
    size_t done = 0;
    while (done < out->held && !out->failed) {
        const ssize_t n = write(out->fd, out->bytes + done, out->held - done);
        if (n < 0 && errno != EINTR)
            out->failed = errno;
        else if (n > 0)
            done += (size_t)n;
    }
    out->held = 0;
}

static void drain_late(void *out)
{
    drain(out);
}

struct out *out_new(struct arena *mem, int fd)
{
    struct out *out = arena_make(mem, struct out);
    out->fd = fd;
    out->memory.mem = mem;
    arena_defer(mem, drain_late, out);
    return out;
}

struct out *out_new_memory(struct arena *mem)
{
    struct out *out = arena_make(mem, struct out);
    out->fd = -1;
    out->memory.mem = mem;
    return out;
}

struct text out_collected(struct out *out)
{
    return buf_text(&out->memory);
}

void out_text(struct out *out, struct text text)
{
    if (out->fd < 0) {
        buf_add(&out->memory, text);
        return;
    }
    while (text.size) {
        if (out->held == HELD)
            drain(out);
        const size_t room = HELD - out->held, part = text.size < room ? text.size : room;
        memcpy(out->bytes + out->held, text.at, part);
        out->held += part;
        text.at += part, text.size -= part;
    }
}

void out_string(struct out *out, const char *zero_ended)
{
    out_text(out, text_of(zero_ended));
}

void out_byte(struct out *out, char byte)
{
    if (out->fd >= 0 && out->held < HELD)
        out->bytes[out->held++] = byte;
    else
        out_text(out, (struct text){ &byte, 1 });
}

void out_printf(struct out *out, const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    const int size = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (size < 0)
        return;
    if ((size_t)size < sizeof line) {
        out_text(out, (struct text){ line, (size_t)size });
        return;
    }
    struct arena *scratch = arena_new("out_printf");
    char *longer = arena_alloc(scratch, (size_t)size + 1);
    va_start(args, format);
    vsnprintf(longer, (size_t)size + 1, format, args);
    va_end(args);
    out_text(out, (struct text){ longer, (size_t)size });
    arena_free(&scratch);
}

void out_shortest(struct out *out, double x)
{
    char number[NUMBER_SIZE];
    const size_t size = number_shortest(number, x);
    out_text(out, (struct text){ number, size });
}

bool out_flush(struct out *out, struct err *err)
{
    if (out->fd >= 0)
        drain(out);
    if (!out->failed)
        return true;
    err_set(err, ERR_OUTSIDE, "结果写不出去：%s。", err_system(out->failed));
    return err_hint(err, "请检查磁盘空间，或换一个输出位置。");
}

int out_failed(const struct out *out)
{
    return out->failed;
}

static void escape(struct out *out, struct text text)
{
    out_byte(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char c = (unsigned char)text.at[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out_text(out, (struct text){ text.at + from, i - from });
        if (c == '"' || c == '\\')
            out_printf(out, "\\%c", c);
        else if (c == '\n')
            out_string(out, "\\n");
        else
            out_printf(out, "\\u%04x", c);
        from = i + 1;
    }
    out_text(out, (struct text){ text.at + from, text.size - from });
    out_byte(out, '"');
}

static void member(struct out *out, const char *key)
{
    if (out->depth) {
        if (out->has_member[out->depth - 1])
            out_byte(out, ',');
        out->has_member[out->depth - 1] = true;
    }
    if (key) {
        escape(out, text_of(key));
        out_byte(out, ':');
    }
}

static void open(struct out *out, const char *key, bool is_array)
{
    member(out, key);
    assert(out->depth < DEEPEST);
    out->is_array[out->depth] = is_array;
    out->has_member[out->depth++] = false;
    out_byte(out, is_array ? '[' : '{');
}

void json_object(struct out *out, const char *key)
{
    open(out, key, false);
}

void json_array(struct out *out, const char *key)
{
    open(out, key, true);
}

void json_end(struct out *out)
{
    assert(out->depth);
    out_byte(out, out->is_array[--out->depth] ? ']' : '}');
}

void json_text(struct out *out, const char *key, struct text value)
{
    member(out, key);
    escape(out, value);
}

void json_number(struct out *out, const char *key, double value)
{
    member(out, key);
    if (isfinite(value))
        out_shortest(out, value);
    else
        out_string(out, "null");
}

void json_bool(struct out *out, const char *key, bool value)
{
    member(out, key);
    out_string(out, value ? "true" : "false");
}

void json_null(struct out *out, const char *key)
{
    member(out, key);
    out_string(out, "null");
}

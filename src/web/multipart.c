#include "web/multipart.h"

#include "base/unicode.h"

#include <strings.h>

enum { BOUNDARY = 70 };  /* RFC 2046 */

static bool starts_fold(struct text text, const char *with)
{
    const size_t n = strlen(with);
    return text.size >= n && strncasecmp(text.at, with, n) == 0;
}

static struct text behind(struct text text, size_t n)
{
    return (struct text){ text.at + n, text.size - n };
}

static bool boundary_byte(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c && strchr("'()+_,-./:=?", c));
}

bool multipart_boundary(struct text content_type, struct text *boundary_out)
{
    struct text part, rest = content_type;
    *boundary_out = (struct text){ 0 };
    if (!text_split(&rest, ';', &part) || part.size != strlen("multipart/form-data") || !starts_fold(part, "multipart/form-data"))
        return false;
    while (text_split(&rest, ';', &part)) {
        part = text_trim(part);
        if (!starts_fold(part, "boundary="))
            continue;
        struct text value = behind(part, strlen("boundary="));
        if (value.size >= 2 && value.at[0] == '"' && value.at[value.size - 1] == '"')
            value = (struct text){ value.at + 1, value.size - 2 };
        if (boundary_out->size || !value.size || value.size > BOUNDARY)
            return false;
        for (size_t i = 0; i < value.size; i++) {
            if (!boundary_byte((unsigned char)value.at[i]))
                return false;
        }
        *boundary_out = value;
    }
    return boundary_out->size > 0;
}

static bool malformed(struct err *err)
{
    err_set(err, ERR_USAGE, "上传的内容不完整或格式不对。");
    return err_hint(err, "请在页面上重新选文件后上传。");
}

/* ---- the head of a part ---- */

struct head { struct text field, name; bool file, has_field; };

/* One `name="value"` off the text; browsers write " as %22 and leave the rest as it is. */
static bool parameter(struct text *rest, struct text *name_out, struct text *value_out)
{
    *rest = text_trim(*rest);
    if (!rest->size || *rest->at != ';')
        return false;
    *rest = text_trim(behind(*rest, 1));
    const char *const equals = rest->size ? memchr(rest->at, '=', rest->size) : NULL;
    if (!equals)
        return false;
    *name_out = (struct text){ rest->at, (size_t)(equals - rest->at) };
    *rest = behind(*rest, name_out->size + 1);
    if (!rest->size || *rest->at != '"')
        return false;
    size_t end = 1;
    while (end < rest->size && rest->at[end] != '"')
        end += rest->at[end] == '\\' && end + 1 < rest->size ? 2 : 1; /* old browsers escape a quote so */
    if (end >= rest->size)
        return false;
    *value_out = (struct text){ rest->at + 1, end - 1 };
    *rest = behind(*rest, end + 1);
    return true;
}

/* Without folders, without what would confuse a reader or a file system. */
static struct text shown_name(struct text raw, struct arena *mem)
{
    for (size_t i = raw.size; i-- > 0;) {
        if (raw.at[i] == '/' || raw.at[i] == '\\') {
            raw = behind(raw, i + 1);
            break;
        }
    }
    struct buf buf = { .mem = mem };
    while (raw.size && buf.size < 200) {
        const uint32_t c = utf8_next(&raw);
        if (c >= 0x20 && c != 0x7F && !(c >= 0x80 && c < 0xA0) && !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069))
            utf8_add(&buf, c);
    }
    return buf_text(&buf);
}

static bool read_disposition(struct text rest, struct arena *mem, struct head *out)
{
    if (!starts_fold(rest, "form-data"))
        return false;
    rest = behind(rest, strlen("form-data"));
    while (text_trim(rest).size) {
        struct text name, value;
        if (!parameter(&rest, &name, &value))
            return false;
        if (text_equal(name, TEXT("name"))) {
            if (out->has_field || !utf8_valid(value) || !value.size || value.size > 128)
                return false;
            out->field = value;
            out->has_field = true;
        } else if (text_equal(name, TEXT("filename"))) {
            if (out->file)
                return false;
            out->file = true;
            out->name = shown_name(value, mem);
        }
    }
    return out->has_field;
}

/* Reads the header lines of a part; *rest moves behind the empty line. */
static bool read_head(struct text *rest, struct arena *mem, struct head *out)
{
    *out = (struct head){ 0 };
    bool seen = false;
    for (size_t used = 0; used < MULTIPART_HEAD;) {
        const char *const end = memmem(rest->at, rest->size, "\r\n", 2);
        if (!end)
            return false;
        const struct text line = { rest->at, (size_t)(end - rest->at) };
        used += line.size + 2;
        *rest = behind(*rest, line.size + 2);
        if (!line.size)
            return seen && used <= MULTIPART_HEAD;
        if (starts_fold(line, "content-disposition:")) {
            if (seen || !read_disposition(text_trim(behind(line, strlen("content-disposition:"))), mem, out))
                return false;
            seen = true;
        }
    }
    return false;
}

/* ---- the whole ---- */

static bool take_file(struct multipart *out, struct head head, struct text bytes, struct arena *mem, struct err *err)
{
    if (!head.name.size && !bytes.size)
        return true;
    if (out->n_files == MULTIPART_FILES)
        return err_set(err, ERR_LIMIT, "一次最多上传 %d 个文件。", MULTIPART_FILES);
    if (bytes.size > MULTIPART_FILE) {
        err_set(err, ERR_LIMIT, "文件“%.*s”有 %.1f MB，超过了 %d MB。", TEXT_ARG(head.name), (double)bytes.size / 1048576,
                MULTIPART_FILE / 1048576);
        return err_hint(err, "请删去文件里的图片，或拆成几个文件。");
    }
    if (!out->files)
        out->files = arena_array(mem, MULTIPART_FILES, struct upload);
    out->files[out->n_files++] = (struct upload){ head.field, head.name, bytes };
    return true;
}

static bool take_field(struct multipart *out, struct head head, struct text value, struct arena *mem, struct err *err)
{
    if (out->fields.n == MULTIPART_FIELDS || value.size > MULTIPART_FIELD)
        return err_set(err, ERR_LIMIT, "表单的栏目太多，或一栏的内容太长。");
    if (!utf8_valid(value) || memchr(value.at, '\0', value.size))
        return malformed(err);
    pairs_add(&out->fields, mem, head.field, value);
    return true;
}

/* The boundary that ends a part: a line of its own, not the beginning of a longer one. */
static const char *find_end(struct text rest, struct text line)
{
    for (const char *at; (at = memmem(rest.at, rest.size, line.at, line.size)); rest = behind(rest, (size_t)(at - rest.at) + 1)) {
        const struct text next = behind(rest, (size_t)(at - rest.at) + line.size);
        if (text_starts(next, TEXT("--")) || text_starts(next, TEXT("\r\n")))
            return at;
    }
    return NULL;
}

bool multipart_parse(struct text body, struct text boundary, struct arena *mem, struct multipart *out, struct err *err)
{
    *out = (struct multipart){ 0 };
    const struct text line = text_printf(mem, "\r\n--%.*s", TEXT_ARG(boundary));
    const struct text first = behind(line, 2);
    if (!text_starts(body, first))
        return malformed(err);
    struct text rest = behind(body, first.size);
    while (!text_starts(rest, TEXT("--"))) {
        struct head head;
        if (!text_starts(rest, TEXT("\r\n")))
            return malformed(err);
        rest = behind(rest, 2);
        if (!read_head(&rest, mem, &head))
            return malformed(err);
        const char *const end = find_end(rest, line);
        if (!end)
            return malformed(err);
        const struct text bytes = { rest.at, (size_t)(end - rest.at) };
        rest = behind(rest, bytes.size + line.size);
        if (!(head.file ? take_file(out, head, bytes, mem, err) : take_field(out, head, bytes, mem, err)))
            return false;
    }
    return true;
}

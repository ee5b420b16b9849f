#include "import/csv_input.h"

#include "base/unicode.h"

#include <string.h>

enum { MAX_REWRITTEN = 64 << 20 };

static bool memory_read(void *context, uint64_t at, char *into, size_t size, size_t *got_out, struct err *err)
{
    (void)err;
    const struct text *bytes = context;
    *got_out = 0;
    if (at >= bytes->size)
        return true;
    *got_out = size < bytes->size - at ? size : (size_t)(bytes->size - at);
    memcpy(into, bytes->at + at, *got_out);
    return true;
}

struct csv_input csv_input_of(struct text *bytes)
{
    return (struct csv_input){ bytes, memory_read, bytes->size };
}

bool csv_decoders_open(struct arena *mem, struct csv_decoders *out, struct err *err)
{
    for (int encoding = ENCODING_UTF8; encoding <= ENCODING_UTF16BE; encoding++)
        if (!(out->of[encoding] = decoder_open((enum encoding)encoding, mem, err)))
            return false;
    return true;
}

static bool is_ascii(struct text text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

struct text csv_utf8(const struct csv_dialect *dialect, struct csv_decoders *decoders, struct arena *mem,
                     struct text bytes, bool *damaged_out)
{
    if (is_ascii(bytes))
        return bytes;
    enum encoding encoding = dialect->encoding;
    if (encoding == ENCODING_UTF8 && dialect->guessed && decoders->of[ENCODING_GB18030] && !utf8_valid(bytes))
        encoding = ENCODING_GB18030;
    return decoder_text(decoders->of[encoding], mem, bytes, damaged_out);
}

struct text csv_unguarded(struct text text)
{
    static const struct text GUARDED[] = { TEXT("="), TEXT("+"), TEXT("-"), TEXT("@"), TEXT("\t"), TEXT("\r"), TEXT("\n"),
                                           TEXT("＝"), TEXT("＋"), TEXT("－"), TEXT("＠") };
    if (text.size < 2 || *text.at != '\'')
        return text;
    const struct text rest = { text.at + 1, text.size - 1 };
    for (size_t i = 0; i < COUNT(GUARDED); i++)
        if (text_starts(rest, GUARDED[i]))
            return rest;
    return text;
}

/* ---- encodings and line ends that no part could be read in ---- */

static bool read_all(struct arena *mem, const struct csv_input *input, struct text file, struct text *out, struct err *err)
{
    if (input->size > MAX_REWRITTEN) {
        err_set(err, ERR_LIMIT, "“%.*s”有 %llu MB，又是 UTF-16 编码或旧式换行，太大读不下。", TEXT_ARG(file), (unsigned long long)(input->size >> 20));
        return err_hint(err, "请在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”或“Excel 工作簿 (*.xlsx)”再用。");
    }
    char *bytes = arena_alloc(mem, (size_t)input->size + 1);
    size_t size = 0, got = 1;
    while (size < input->size && got) {
        if (!input->read(input->context, size, bytes + size, (size_t)input->size - size, &got, err))
            return false;
        size += got;
    }
    *out = (struct text){ bytes, size };
    return true;
}

/* CR alone becomes LF, in place. */
static void mend_line_ends(char *at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (at[i] == '\r' && (i + 1 == size || at[i + 1] != '\n'))
            at[i] = '\n';
}

/* ---- the separator ---- */

/* How many of the first records have as many fields as the most common count of two or more. */
static size_t agreement(struct text head, char separator, struct arena *scratch, size_t *fields_out)
{
    enum { RECORDS = 30, MOST = 512 };
    struct csv_scanner scanner = { head.at, head.at + head.size, separator };
    struct csv_field *fields = arena_array(scratch, MOST, struct csv_field);
    size_t counts[RECORDS], n = 0, best = 0;
    *fields_out = 0;
    while (n < RECORDS) {
        size_t found;
        const enum csv_status status = csv_next(&scanner, fields, MOST, &found);
        if (status == CSV_END || status == CSV_OPEN_QUOTE)
            break;
        if (found == 1 && !text_trim(fields[0].text).size)
            continue;
        counts[n++] = found;
    }
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        for (size_t k = 0; k < n; k++)
            same += counts[k] == counts[i];
        if (counts[i] >= 2 && (same > best || (same == best && counts[i] > *fields_out))) {
            best = same;
            *fields_out = counts[i];
        }
    }
    return best;
}

static char find_separator(struct text head, struct arena *mem)
{
    static const char SEPARATORS[] = { ',', '\t', ';' };
    char found = ',';
    size_t best = 0, widest = 0;
    for (size_t i = 0; i < COUNT(SEPARATORS); i++) {
        const struct arena_mark mark = arena_mark(mem);
        size_t fields;
        const size_t agreed = agreement(head, SEPARATORS[i], mem, &fields);
        /* Names with a comma in them agree now and then: many fields count for more. */
        if (fields >= 2 && agreed * (fields < 50 ? fields : 50) > best * (widest < 50 ? widest : 50)) {
            best = agreed;
            widest = fields;
            found = SEPARATORS[i];
        }
        arena_rewind(mem, mark);
    }
    return found;
}

/* “sep=;” as the first line: how one tells Excel. */
static bool separator_line(struct text head, char *separator_out, size_t *size_out)
{
    if (head.size < 6 || (memcmp(head.at, "sep=", 4) != 0 && memcmp(head.at, "SEP=", 4) != 0))
        return false;
    const size_t end = head.at[5] == '\r' && head.size > 6 ? 6 : 5;
    if (head.at[end] != '\n' || (head.at[4] != ',' && head.at[4] != ';' && head.at[4] != '\t'))
        return false;
    *separator_out = head.at[4];
    *size_out = end + 1;
    return true;
}

/* ---- all of it ---- */

static bool read_head(struct arena *mem, const struct csv_input *input, uint64_t at, struct text *out, struct err *err)
{
    const size_t room = input->size - at < CSV_HEAD ? (size_t)(input->size - at) : CSV_HEAD;
    char *bytes = arena_alloc(mem, room + 1);
    size_t size = 0, got = 1;
    while (size < room && got) {
        if (!input->read(input->context, at + size, bytes + size, room - size, &got, err))
            return false;
        size += got;
    }
    *out = (struct text){ bytes, size };
    return true;
}

bool csv_dialect_find(struct arena *mem, const struct csv_input *input, struct text file, struct csv_decoders *decoders,
                      struct csv_dialect *out, struct err *err)
{
    struct text head;
    size_t bom = 0;
    *out = (struct csv_dialect){ .input = *input, .separator = ',' };
    if (!read_head(mem, input, 0, &head, err))
        return false;
    out->encoding = sniff_encoding(head, &bom);
    const bool wide = out->encoding == ENCODING_UTF16LE || out->encoding == ENCODING_UTF16BE;
    if (wide || (!memchr(head.at, '\n', head.size) && memchr(head.at, '\r', head.size))) {
        struct text *all = arena_make(mem, struct text);
        bool damaged = false;
        if (!read_all(mem, input, file, all, err))
            return false;
        all->at += bom < all->size ? bom : all->size;
        all->size -= bom < all->size ? bom : all->size;
        if (wide)
            *all = decoder_text(decoders->of[out->encoding], mem, *all, &damaged);
        mend_line_ends((char *)all->at, all->size); /* memory of our own, whichever way it came */
        out->input = csv_input_of(all);
        out->rewritten = true;
        out->encoding = wide ? ENCODING_UTF8 : out->encoding;
        bom = 0;
        if (!read_head(mem, &out->input, 0, &head, err))
            return false;
    }
    out->start = bom;
    out->guessed = out->encoding == ENCODING_UTF8 && !bom && is_ascii(head);
    head.at += bom, head.size -= bom;
    size_t line;
    const bool told = separator_line(head, &out->separator, &line);
    if (told) {
        out->start += line;
        out->lines_before = 1;
        head.at += line, head.size -= line;
    }
    out->head_is_all = out->start + head.size >= out->input.size;
    if (!out->head_is_all) {
        const char *last = memrchr(head.at, '\n', head.size);
        if (!last) {
            err_set(err, ERR_LIMIT, "“%.*s”的第一行超过 %d KB，不像表头。", TEXT_ARG(file), CSV_HEAD / 1024);
            return err_hint(err, "请检查文件是不是一行一所学校的表；请在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”或 .xlsx 再用。");
        }
        head.size = (size_t)(last - head.at) + 1;
    }
    out->head = head;
    if (!told)
        out->separator = find_separator(head, mem);
    return true;
}

#include "report/xlsx_book.h"

#include "base/unicode.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { LONGEST_NAME = 31 };

static bool cannot_write(const struct xlsx_book *x, const char *why, struct err *err)
{
    err_set(err, ERR_OUTSIDE, "写不了工作簿“%s”：%s。", x->path, why);
    return err_hint(err, "请核对文件夹是否存在、是否可写、磁盘是否已满，或文件是否正被 Excel/WPS 打开。");
}

bool xlsx_path(const char *path, struct err *err)
{
    static const char END[] = ".xlsx";
    const size_t size = strlen(path), end = sizeof END - 1;
    if (size > end && strcasecmp(path + size - end, END) == 0)
        return true;
    err_set(err, ERR_USAGE, "写出的是 Excel 工作簿，文件名“%s”应以 .xlsx 结尾。", path);
    return err_hint(err, "请改用以 .xlsx 结尾的文件名，否则 Excel、WPS 打不开它。");
}

bool xlsx_begin(struct xlsx_book *x, struct arena *mem, const char *path, struct err *err)
{
    /* A fixed date of creation: else no two runs would give the same bytes. */
    lxw_doc_properties properties = { .author = (char *)"均衡 Junheng", .created = 1756684800 /* 2025-09-01 */ };
    *x = (struct xlsx_book){ .mem = mem, .path = path };
    if (!xlsx_path(path, err) || !xlsx_load(path, err))
        return false;
    x->part = arena_printf(mem, "%s.part", path);
    /* libxlsxwriter opens it only at the end, and speaks English on stderr when it cannot. */
    const int file = open(x->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0)
        return cannot_write(x, err_system(errno), err);
    close(file);
    x->book = xlsx.workbook_new(x->part);
    if (!x->book) {
        unlink(x->part);
        return cannot_write(x, "内存不足", err);
    }
    xlsx.workbook_set_properties(x->book, &properties);
    return true;
}

static bool is_taken(const struct xlsx_book *x, const char *name)
{
    for (size_t i = 0; i < x->n_names; i++)
        if (text_equal(text_fold(x->mem, text_of(x->names[i])), text_fold(x->mem, text_of(name))))
            return true;
    return false;
}

/* Names hold 31 UTF-16 units, none of []:*?/\ and no apostrophe at the ends. */
static struct text cut_name(struct arena *mem, struct text name, size_t most)
{
    struct buf fit = { .mem = mem };
    size_t units = 0;
    while (name.size) {
        uint32_t c = utf8_next(&name);
        if (c < 0x20 || c == 0x7F || c == 0xFFFE || c == 0xFFFF || (c < 0x80 && strchr("[]:*?/\\'", (int)c)))
            c = '_';
        units += c >= 0x10000 ? 2 : 1;
        if (units > most)
            break;
        utf8_add(&fit, c);
    }
    const struct text plain = text_trim(buf_text(&fit));
    return plain.size ? plain : TEXT("表");
}

static const char *fit_name(struct xlsx_book *x, struct text name)
{
    const char *made = text_string(x->mem, cut_name(x->mem, name, LONGEST_NAME));
    for (unsigned n = 2; is_taken(x, made); n++)
        made = arena_printf(x->mem, "%.*s(%u)", TEXT_ARG(cut_name(x->mem, name, LONGEST_NAME - 4)), n);
    return made;
}

lxw_worksheet *xlsx_add_sheet(struct xlsx_book *x, struct text name)
{
    if (x->n_names == COUNT(x->names)) {
        x->full = true;
        return NULL;
    }
    const char *fit = fit_name(x, name);
    x->names[x->n_names++] = fit;
    lxw_worksheet *sheet = xlsx.workbook_add_worksheet(x->book, fit);
    x->full |= sheet == NULL;
    return sheet;
}

const char *xlsx_sheet_name(const struct xlsx_book *x)
{
    return x->n_names ? x->names[x->n_names - 1] : "";
}

bool xlsx_end(struct xlsx_book *x, struct err *err)
{
    errno = 0;
    const lxw_error result = xlsx.workbook_close(x->book);
    if (result == LXW_NO_ERROR && !x->full && rename(x->part, x->path) == 0)
        return true;
    const int why = errno;
    unlink(x->part);
    if (x->full) {
        err_set(err, ERR_LIMIT, "写不了工作簿“%s”：内容超出 .xlsx 的限度（1048576 行、16384 列）。", x->path);
        return err_hint(err, "请删去多余的行列，或拆成几个文件。");
    }
    return cannot_write(x, why ? err_system(why) : xlsx.lxw_strerror(result), err);
}

const char *xlsx_text(struct arena *mem, struct text text, size_t most)
{
    struct buf fit = { .mem = mem };
    for (size_t n = 0; text.size; n++) {
        if (n == most) {
            buf_add(&fit, TEXT("…"));
            break;
        }
        const uint32_t c = utf8_next(&text);
        utf8_add(&fit, (c < 0x20 && c != '\n' && c != '\t') || c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c);
    }
    buf_byte(&fit, '\0');
    return fit.at;
}

lxw_format *xlsx_format(struct xlsx_book *x, struct xlsx_look look)
{
    lxw_format *format = xlsx.workbook_add_format(x->book);
    xlsx.format_set_font_name(format, "宋体");
    xlsx.format_set_font_size(format, look.size > 0 ? look.size : 11);
    xlsx.format_set_align(format, look.top ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
    if (look.bold)
        xlsx.format_set_bold(format);
    if (look.wrap)
        xlsx.format_set_text_wrap(format);
    if (look.centre)
        xlsx.format_set_align(format, LXW_ALIGN_CENTER);
    if (look.border) {
        xlsx.format_set_border(format, LXW_BORDER_THIN);
        xlsx.format_set_border_color(format, 0xBFBFBF);
    }
    if (look.unlocked)
        xlsx.format_set_unlocked(format);
    if (look.link)
        xlsx.format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if (look.fill)
        xlsx.format_set_bg_color(format, look.fill);
    if (look.colour)
        xlsx.format_set_font_color(format, look.colour);
    if (look.pattern)
        xlsx.format_set_num_format(format, look.pattern);
    return format;
}

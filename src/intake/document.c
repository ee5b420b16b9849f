#include "intake/document.h"

#include "import/document_text.h"
#include "import/package.h"
#include "intake/bytes.h"
#include "intake/packed.h"
#include "intake/outside.h"

#include <string.h>
#include <sys/mman.h>
#include <errno.h>

/* ---- over the pipe ---- */

void document_put(struct buf *out, const struct document *d)
{
    pack_u32(out, d->kind);
    pack_u32(out, d->state);
    pack_u32(out, d->pages);
    pack_text(out, d->text);
}

bool document_get(struct text bytes, struct document *out)
{
    struct packed from = { bytes, false };
    const uint32_t kind = unpack_u32(&from), state = unpack_u32(&from);
    *out = (struct document){ .kind = (enum document_kind)kind, .state = (enum document_state)state, .pages = unpack_u32(&from) };
    out->text = unpack_text(&from);
    return !from.bad && !from.rest.size && kind < N_DOCUMENT_KINDS && state < N_DOCUMENT_STATES && out->text.size <= DOCUMENT_MOST_TEXT &&
           !(out->text.size && state != DOCUMENT_READ);
}

/* ---- in the confined child ---- */

static bool prepare(void *context, struct arena *mem, struct err *err)
{
    (void)context, (void)mem, (void)err;
    package_prepare();
    return true;
}

/* The package's sentences speak of workbooks: a proof may be anything. */
static void reword(struct err *err, struct text name, struct arena *mem)
{
    struct buf what = { .mem = mem };
    struct text rest = text_copy(mem, text_of(err->what)), word = TEXT("工作簿");
    size_t at;
    while (text_find(rest, word, &at)) {
        buf_printf(&what, "%.*s文件", (int)at, rest.at);
        rest.at += at + word.size;
        rest.size -= at + word.size;
    }
    buf_printf(&what, "%.*s", TEXT_ARG(rest));
    const enum err_kind kind = err->kind;
    err_set(err, kind == ERR_LIMIT ? ERR_LIMIT : ERR_INPUT, "“%.*s”：%.*s", TEXT_ARG(name), TEXT_ARG(buf_text(&what)));
    err_hint(err, kind == ERR_LIMIT ? "请在原来的软件里另存为 PDF，或者拆成几个文件，再传。" : "请在 Word、Excel 或 WPS 中打开它，另存一份或存为 PDF，再传。");
}

static bool look(void *context, const struct share *share, struct arena *mem, struct channel *channel, struct err *err)
{
    const struct input *const input = &((const struct parts *)context)->input;
    struct document d = { .state = DOCUMENT_NO_TEXT, .text = TEXT("") };
    struct buf packed = { .mem = mem };
    (void)share;
    void *const at = input->size ? mmap(NULL, (size_t)input->size, PROT_READ, MAP_PRIVATE, input->fd, 0) : (void *)(uintptr_t)"";
    if (at == MAP_FAILED)
        return err_set(err, ERR_OUTSIDE, "读文件“%.*s”时出错：%s。", TEXT_ARG(input->name), err_system(errno));
    const struct text bytes = { at, (size_t)input->size };
    if (!document_kind(bytes, input->name, &d.kind, err))
        return false;
    if (document_has_text(d.kind)) {
        d.state = DOCUMENT_READ;
        if (!document_text(mem, bytes, d.kind, &d.text, &d.pages, err)) {
            reword(err, input->name, mem);
            return false;
        }
    }
    document_put(&packed, &d);
    bytes_send(channel, buf_text(&packed));
    return true;
}

/* ---- with a program of the machine's ---- */

enum { PDF_SECONDS = 15, PAGE_MOST = 8 << 20 };

/* pdftotext ends each page with a form feed. */
static uint32_t pages_of(struct text text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += text.at[i] == '\f';
    return n;
}

static void read_pdf(int fd, struct arena *mem, struct document *d)
{
    static const char *const ARGUMENTS[] = { "pdftotext", "-enc", "UTF-8", "-q", "-", "-", NULL };
    struct text out;
    struct err ignored;
    switch (outside_run("/usr/bin/pdftotext", ARGUMENTS, fd, DOCUMENT_MOST_TEXT, PDF_SECONDS, mem, &out, &ignored)) {
    case OUTSIDE_ABSENT: d->state = DOCUMENT_NO_PROGRAM; return;
    case OUTSIDE_FAILED: d->state = DOCUMENT_UNREADABLE; return;
    case OUTSIDE_DONE: break;
    }
    d->pages = pages_of(out);
    struct buf clean = { .mem = mem };
    while (out.size) { /* what it prints is not trusted to be text */
        const uint32_t c = utf8_next(&out);
        if (c && c != '\f' && (c >= 0x20 || c == '\n' || c == '\t') && clean.size + 4 <= DOCUMENT_MOST_TEXT)
            utf8_add(&clean, c);
        else if (c == '\f')
            buf_byte(&clean, '\n');
    }
    d->text = buf_text(&clean);
    d->state = DOCUMENT_READ;
}

bool intake_document(const char *name, int fd, struct arena *mem, struct document *out, struct err *err)
{
    struct parts parts;
    struct text bytes;
    const struct parts_work work = { .context = &parts, .prepare = prepare, .read = look, .part_size = 0 };
    if (!bytes_gather(&parts, name, fd, &work, mem, &bytes, err))
        return false;
    if (!document_get(bytes, out))
        return err_set(err, ERR_INPUT, "“%s”没有读出来。", name);
    if (out->kind == DOCUMENT_PDF)
        read_pdf(fd, mem, out);
    return true;
}

bool intake_pdf_page(const char *name, int fd, unsigned page, unsigned wide, struct arena *mem, struct text *png_out, struct err *err)
{
    const char *const number = arena_printf(mem, "%u", page), *const width = arena_printf(mem, "%u", wide);
    const char *const arguments[] = { "pdftoppm", "-png", "-q", "-f", number, "-l", number, "-scale-to-x", width, "-scale-to-y", "-1", "-", NULL };
    switch (outside_run("/usr/bin/pdftoppm", arguments, fd, PAGE_MOST, PDF_SECONDS, mem, png_out, err)) {
    case OUTSIDE_ABSENT:
        err_set(err, ERR_ABSENT, "这台服务器没有安装画 PDF 页面的程序（poppler-utils）。");
        return err_hint(err, "可以下载后再看；请管理员安装 poppler-utils。");
    case OUTSIDE_FAILED: return err_set(err, ERR_INPUT, "“%s”的第 %u 页画不出来。", name, page);
    case OUTSIDE_DONE: break;
    }
    return text_starts(*png_out, TEXT("\x89PNG\r\n\x1A\n")) || err_set(err, ERR_INPUT, "“%s”没有第 %u 页。", name, page);
}

#include "import/xls.h"

#include "import/gsf_late.h"
#include "import/xls_book.h"

#include <stdio.h>

static const char *const STREAMS[] = { "Workbook", "WORKBOOK" };

static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer with)
{
    (void)domain, (void)level, (void)message, (void)with;
}

/* The workbook's stream within the compound file, or NULL. */
static GsfInput *open_stream(const struct gsf_calls *gsf, struct text bytes, GsfInput **memory_out, GsfInfile **file_out)
{
    *memory_out = gsf->memory_new((guint8 const *)bytes.at, (gsf_off_t)bytes.size, FALSE);
    *file_out = *memory_out ? gsf->msole_new(*memory_out, NULL) : NULL;
    for (size_t i = 0; *file_out && i < COUNT(STREAMS); i++) {
        GsfInput *stream = gsf->child_by_name(*file_out, STREAMS[i]);
        if (stream)
            return stream;
    }
    return NULL;
}

static void close_all(const struct gsf_calls *gsf, GsfInput *stream, GsfInfile *file, GsfInput *memory)
{
    if (stream)
        gsf->unref(stream);
    if (file)
        gsf->unref(file);
    if (memory)
        gsf->unref(memory);
}

void xls_prepare(void)
{
    const struct gsf_calls *const gsf = gsf_late();
    if (!gsf)
        return; /* xls_read says so */
    gsf->init();
    gsf->set_log_handler(say_nothing, NULL);
    /* GLib registers a class when it is first made: make each once. */
    GsfInput *memory;
    GsfInfile *file;
    GsfInput *stream = open_stream(gsf, TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), &memory, &file);
    close_all(gsf, stream, file, memory);
}

bool xls_damaged(struct err *err, const char *format, ...)
{
    char why[300];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    err_set(err, ERR_INPUT, "这个 .xls 工作簿已损坏：%s。", why);
    return err_hint(err, "请重新复制或下载；如果 Excel 或 WPS 还能打开它，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”，用新存的文件。");
}

struct sheet_place { struct text name; size_t at; bool hidden; };

/* The workbook's own part of the stream: up to its EOF. */
struct globals {
    struct xls_book *book;
    struct sheet_place sheets[GRID_MAX_SHEETS];
    size_t n_sheets;
    struct number_format *formats; /* [number of the format] known to all, or told by FORMAT */
    uint16_t *styles;              /* XF: number of its format */
    size_t n_styles, styles_capacity;
};

static void *grown(struct arena *mem, void *old, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity)
        return old;
    const size_t more = *capacity ? *capacity * 2 : 64;
    old = arena_grow(mem, old, *capacity * size, more * size);
    *capacity = more;
    return old;
}

static bool read_strings(struct xls_book *book, struct xls_record record, struct err *err)
{
    struct xls_reader reader = xls_reader_of(book->stream, record, 4);
    const size_t n = xls_read_u32(&reader);
    while (book->n_shared < n && xls_reader_has_more(&reader)) { /* the count may be wrong: each use is checked */
        const size_t at = book->strings.size;
        if (!xls_read_string(&reader, false, &book->strings))
            return xls_damaged(err, "文字表不完整，应有 %zu 条，只读到 %zu 条", n, book->n_shared);
        book->shared = grown(book->mem, book->shared, book->n_shared, &book->shared_capacity, sizeof *book->shared);
        book->shared[book->n_shared++] = (struct xls_string){ (uint32_t)at, (uint32_t)(book->strings.size - at) };
    }
    return true;
}

static bool read_sheet_place(struct globals *globals, struct xls_record record, struct err *err)
{
    enum { WORKSHEET = 0, MACROS = 1 };
    struct xls_book *const book = globals->book;
    if (record.body.size < 8)
        return xls_damaged(err, "工作表目录不完整");
    const unsigned kind = (unsigned char)record.body.at[5];
    if (kind == MACROS) {
        err_set(err, ERR_INPUT, "这个 .xls 工作簿带有宏表（Excel 4.0 宏，常见于宏病毒），为安全起见不读取。");
        return err_hint(err, "请在 Excel 或 WPS 中打开它，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”（宏会去掉，数据不变），"
                             "再用新存的文件；并请查杀病毒。");
    }
    if (kind != WORKSHEET)
        return true;
    if (globals->n_sheets == GRID_MAX_SHEETS) {
        err_set(err, ERR_LIMIT, "工作簿的工作表超过 %d 张。", GRID_MAX_SHEETS);
        return err_hint(err, "请删去与填报无关的工作表，或拆成几个文件。");
    }
    struct xls_reader reader = xls_reader_of(book->stream, record, 6);
    struct buf name = { .mem = book->mem };
    if (!xls_read_string(&reader, true, &name))
        return xls_damaged(err, "第 %zu 张工作表的名称读不完整", globals->n_sheets + 1);
    globals->sheets[globals->n_sheets++] =
        (struct sheet_place){ buf_text(&name), xls_u32(record.body, 0), (record.body.at[4] & 3) != 0 };
    return true;
}

static bool read_format(struct globals *globals, struct xls_record record, struct err *err)
{
    struct xls_reader reader = xls_reader_of(globals->book->stream, record, 0);
    struct buf code = { .mem = globals->book->mem };
    const unsigned id = xls_read_u16(&reader);
    if (!xls_read_string(&reader, false, &code))
        return xls_damaged(err, "数字格式表不完整");
    globals->formats[id] = number_format_code(buf_text(&code));
    return true;
}

static void read_style(struct globals *globals, struct text body)
{
    globals->styles = grown(globals->book->mem, globals->styles, globals->n_styles, &globals->styles_capacity,
                            sizeof *globals->styles);
    globals->styles[globals->n_styles++] = body.size >= 4 ? (uint16_t)xls_u16(body, 2) : 0;
}

static bool read_global(struct globals *globals, struct xls_record record, struct err *err)
{
    switch (record.type) {
    case XLS_FILEPASS:
        err_set(err, ERR_INPUT, "这个 .xls 工作簿设了打开密码，读不了。");
        return err_hint(err, "请在 Excel 或 WPS 中用密码打开它，清空密码，再点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”；"
                             "打开时不问密码的，先撤销工作簿保护再另存。");
    case XLS_DATEMODE: globals->book->from_1904 = record.body.size >= 2 && xls_u16(record.body, 0) == 1; return true;
    case XLS_FORMAT: return read_format(globals, record, err);
    case XLS_XF: read_style(globals, record.body); return true;
    case XLS_BOUNDSHEET: return read_sheet_place(globals, record, err);
    case XLS_SST: return read_strings(globals->book, record, err);
    default: return true;
    }
}

/* Each style gets what its format makes of a number. */
static void settle_formats(struct globals *globals)
{
    struct xls_book *const book = globals->book;
    book->formats = arena_array(book->mem, globals->n_styles + 1, struct number_format);
    book->n_formats = globals->n_styles;
    for (size_t i = 0; i < globals->n_styles; i++)
        book->formats[i] = globals->formats[globals->styles[i]];
}

static bool read_globals(struct globals *globals, struct err *err)
{
    enum { BIFF8 = 0x0600, MOST_STYLES = 65536, N_FORMATS = 65536 };
    const struct text stream = globals->book->stream;
    struct xls_record record;
    size_t at = 0;
    if (!xls_next(stream, &at, &record) || record.type != XLS_BOF || record.body.size < 4)
        return xls_damaged(err, "找不到工作簿的开头");
    if (xls_u16(record.body, 0) != BIFF8) {
        err_set(err, ERR_INPUT, "这个工作簿是 Excel 5.0/95 或更早的格式，太旧，读不了。");
        return err_hint(err, "请在 Excel 或 WPS 中打开它，点“文件 → 另存为”，类型选“Excel 工作簿 (*.xlsx)”，再用新存的文件。");
    }
    globals->formats = arena_array(globals->book->mem, N_FORMATS, struct number_format);
    for (unsigned id = 0; id < N_FORMATS; id++)
        globals->formats[id] = number_format_builtin(id);
    while (xls_next(stream, &at, &record)) {
        if (record.type == XLS_EOF) {
            settle_formats(globals);
            return true;
        }
        if (!read_global(globals, record, err))
            return false;
        if (globals->n_styles > MOST_STYLES)
            return xls_damaged(err, "单元格样式多得不合常理");
    }
    return xls_damaged(err, "文件不完整，后半部分缺失");
}

static bool read_stream(struct xls_book *book, struct workbook *out, struct err *err)
{
    struct globals globals = { .book = book };
    if (!read_globals(&globals, err))
        return false;
    struct workbook workbook = { .sheets = arena_array(book->mem, globals.n_sheets + 1, struct grid *) };
    for (size_t i = 0; i < globals.n_sheets; i++) {
        const struct sheet_place place = globals.sheets[i];
        if (place.at >= book->stream.size)
            return xls_damaged(err, "工作表“%.*s”不在文件里，后半部分缺失", TEXT_ARG(place.name));
        if (!xls_is_worksheet(book, place.at))
            continue;
        struct grid *grid = grid_new(book->mem, place.name);
        grid->hidden = place.hidden;
        if (!xls_sheet(book, place.at, grid, err))
            return false;
        workbook.sheets[workbook.n++] = grid;
    }
    if (!workbook.n) {
        err_set(err, ERR_INPUT, "这个 .xls 工作簿里没有工作表（只有图表，或什么都没有）。");
        return err_hint(err, "请检查是不是选错了文件。");
    }
    *out = workbook;
    return true;
}

bool xls_read(struct arena *mem, struct text bytes, struct workbook *out, struct err *err)
{
    const struct gsf_calls *const gsf = gsf_late();
    if (!gsf) {
        err_set(err, ERR_OUTSIDE, "读 .xls 工作簿要用的 libgsf 没有安装。");
        return err_hint(err, "请安装软件包 libgsf-1-114，或用 Excel/WPS 把文件另存为“Excel 工作簿 (*.xlsx)”。");
    }
    GsfInput *memory;
    GsfInfile *file;
    GsfInput *stream = open_stream(gsf, bytes, &memory, &file);
    const gsf_off_t size = stream ? gsf->input_size(stream) : 0;
    /* A stream cannot be longer than its file: where it says so, its chain runs in a circle. */
    const guint8 *at = size > 0 && (size_t)size <= bytes.size ? gsf->input_read(stream, (size_t)size, NULL) : NULL;
    bool ok;
    if (at) {
        struct xls_book book = { .mem = mem, .stream = { (const char *)at, (size_t)size }, .strings = { .mem = mem } };
        ok = read_stream(&book, out, err);
    } else {
        ok = xls_damaged(err, "里面的工作簿数据读不出来，文件可能不完整");
    }
    close_all(gsf, stream, file, memory);
    return ok;
}

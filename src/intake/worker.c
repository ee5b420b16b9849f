#include "intake/worker.h"

#include "import/annotate.h"
#include "import/csv_read.h"
#include "import/layout.h"
#include "import/sniff.h"
#include "import/xls.h"
#include "intake/confine.h"
#include "intake/columns_work.h"
#include "intake/wire.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { UPLOAD_MAX = 20 * 1024 * 1024, UPLOAD_SECONDS = 20, UPLOAD_MEMORY = 512 * 1024 * 1024 };

struct worker {
    const struct work *work;
    struct slots *slots;
    struct arena *mem;
    const struct table *table;
    struct batch_plan plan;
    struct batch batch;
    uint32_t slot;        /* of the batch in hand */
    size_t pool_used;
    bool silent;          /* another child speaks of the header */
};

static bool begin(void *context, const struct table *table, struct err *err)
{
    (void)err;
    struct worker *const w = context;
    w->table = table;
    const uint32_t slot = slots_take(w->slots);
    wire_table(slot_at(w->slots, slot), w->slots->size, table);
    slots_tell(w->slots, MESSAGE_TABLE, slot, 0, 0);
    batch_plan(table, w->work->items, w->slots->size, &w->plan);
    return true;
}

static struct batch *room(void *context)
{
    struct worker *const w = context;
    w->slot = slots_take(w->slots);
    w->pool_used = 0;
    batch_place(&w->plan, w->table, w->work->items, slot_at(w->slots, w->slot), &w->batch);
    return &w->batch;
}

static struct text keep_text(void *context, struct batch *batch, struct text text)
{
    (void)batch;
    struct worker *const w = context;
    if (text.size > w->plan.pool_size - w->pool_used)
        return (struct text){ NULL, 0 };
    char *const at = (char *)slot_at(w->slots, w->slot) + w->plan.pool_at + w->pool_used;
    memcpy(at, text.at, text.size);
    w->pool_used += text.size;
    return (struct text){ at, text.size };
}

static bool ship(void *context, struct batch *batch, struct err *err)
{
    (void)err;
    struct worker *const w = context;
    slots_tell(w->slots, MESSAGE_BATCH, w->slot, batch->n, 0);
    return true;
}

static bool end(void *context, struct err *err)
{
    (void)err;
    slots_tell(((struct worker *)context)->slots, MESSAGE_END_TABLE, NO_SLOT, 0, 0);
    return true;
}

static void finding(void *context, const struct finding *finding)
{
    struct worker *const w = context;
    if (w->silent)
        return;
    const uint32_t slot = slots_take(w->slots);
    wire_finding(slot_at(w->slots, slot), w->slots->size, finding);
    slots_tell(w->slots, MESSAGE_FINDING, slot, 0, 0);
}

_Noreturn static void refuse(struct slots *slots, const struct err *err)
{
    const uint32_t slot = slots_take(slots);
    memcpy(slot_at(slots, slot), err, sizeof *err);
    slots_tell(slots, MESSAGE_REFUSED, slot, 0, 0);
    _exit(0);
}

/* What the whole file is, and what must be loaded before the doors close. */
struct opened {
    struct text bytes;          /* without BOM, not UTF-16 */
    bool text_file;             /* else a workbook */
    enum encoding encoding;
    struct decoder *decoder;
};

static bool open_bytes(const struct work *job, struct arena *mem, struct opened *out, struct err *err)
{
    void *const at = job->file_size ? mmap(NULL, job->file_size, PROT_READ, MAP_PRIVATE, job->fd, 0) : NULL;
    if (at == MAP_FAILED) {
        err_set(err, ERR_OUTSIDE, "文件“%.*s”读不进来：%s。", TEXT_ARG(job->name), strerror(errno));
        return err_hint(err, "请把文件拷到本机硬盘后再试。");
    }
    out->bytes = (struct text){ at ? at : "", job->file_size };
    out->text_file = !text_starts(out->bytes, TEXT("PK")) && !text_starts(out->bytes, TEXT("\xD0\xCF\x11\xE0"));
    if (!out->text_file) {
        xls_prepare();
        return true;
    }
    size_t bom;
    const struct text head = { out->bytes.at, out->bytes.size < CSV_HEAD ? out->bytes.size : CSV_HEAD };
    out->encoding = sniff_encoding(head, &bom);
    out->bytes.at += bom, out->bytes.size -= bom;
    out->decoder = decoder_open(out->encoding, mem, err);
    return out->decoder != NULL;
}

/* UTF-16 becomes UTF-8 as a whole: its separators are no single bytes. */
static bool straighten(const struct work *job, struct arena *mem, struct opened *file, struct err *err)
{
    if (file->encoding != ENCODING_UTF16LE && file->encoding != ENCODING_UTF16BE)
        return true;
    if (file->bytes.size > CSV_MAX_GRID) {
        err_set(err, ERR_LIMIT, "文件“%.*s”是 UTF-16 编码，而且超过 64 MB。", TEXT_ARG(job->name));
        return err_hint(err, "请另存为 UTF-8 编码的 CSV 后再试。");
    }
    bool damaged = false;
    file->bytes = decoder_text(file->decoder, mem, file->bytes, &damaged);
    file->encoding = ENCODING_UTF8;
    return true;
}

static bool read_chunks(struct worker *w, struct csv_file *file, const struct table_sink *sink, size_t whole, struct err *err)
{
    const struct work *const job = w->work;
    const size_t start = csv_rows_start(file), chunk = job->chunk;
    const struct table *const table = csv_table(file);
    w->silent = job->part != 0;
    csv_report_header(file, sink);
    w->silent = false;
    if (!begin(w, table, err))
        return false;
    for (size_t k = job->part; k == 0 || start + k * chunk < whole; k += job->parts) {
        const size_t nominal = start + k * chunk;
        size_t from = k == 0 ? start : csv_line_after(file, nominal - 1), behind = from;
        uint64_t rows = 0;
        slots_tell(w->slots, MESSAGE_CHUNK, NO_SLOT, from, 0);
        /* Rows are counted from the chunk's first; whoever reads adds those before it. */
        if (!csv_read_rows(file, from, nominal + chunk, k == 0 ? table->header_row + 1 : 0, sink, &behind, &rows, err))
            return false;
        slots_tell(w->slots, MESSAGE_CHUNK_END, NO_SLOT, behind, rows);
        if (k == 0 && start >= whole)
            break;
    }
    return true;
}

static bool read_text_file(struct worker *w, struct opened *file, const struct table_sink *sink, struct err *err)
{
    const struct work *const job = w->work;
    if (!straighten(job, w->mem, file, err))
        return false;
    const struct csv_request request = { .items = job->items, .file = job->name, .encoding = file->encoding,
                                         .decoder = file->decoder, .wanted = job->wanted };
    struct csv_file *csv;
    if (!csv_open(w->mem, &request, file->bytes, &csv, err))
        return false;
    if (csv_table(csv))
        return read_chunks(w, csv, sink, file->bytes.size, err);
    return job->part != 0 || csv_read(csv, sink, err);
}

static bool read_book(const struct work *job, enum file_kind kind, struct arena *mem, struct text bytes,
                      struct workbook *book, struct err *err)
{
    (void)job;
    switch (kind) {
    case FILE_XLSX: return xlsx_read(mem, bytes, book, err);
    case FILE_ODS: return ods_read(mem, bytes, book, err);
    case FILE_XLS: return xls_read(mem, bytes, book, err);
    case FILE_CSV: break;
    }
    return false;
}

static bool send_bytes(struct worker *w, struct text bytes)
{
    while (bytes.size) {
        const size_t part = bytes.size < w->slots->size ? bytes.size : w->slots->size;
        const uint32_t slot = slots_take(w->slots);
        memcpy(slot_at(w->slots, slot), bytes.at, part);
        slots_tell(w->slots, MESSAGE_BYTES, slot, part, 0);
        bytes.at += part, bytes.size -= part;
    }
    return true;
}

static bool do_work(struct worker *w, struct opened *file, struct err *err)
{
    const struct work *const job = w->work;
    const struct table_sink sink = { .context = w, .begin = begin, .room = room, .keep_text = keep_text, .ship = ship, .end = end, .finding = finding };
    enum file_kind kind;
    struct workbook book;
    if (!sniff(file->bytes, job->name, &kind, err))
        return false;
    if (job->job == WORK_COLUMNS) {
        if (kind == FILE_CSV)
            return straighten(job, w->mem, file, err) && columns_from_text(job, w->slots, w->mem, file->bytes, file->decoder, err);
        return job->part != 0 || (read_book(job, kind, w->mem, file->bytes, &book, err) && columns_from_book(job, w->slots, w->mem, &book, err));
    }
    if (job->job == WORK_ANNOTATE) {
        struct text made;
        if (kind != FILE_XLSX)
            return err_set(err, ERR_INPUT, "“%.*s”不是 .xlsx 工作簿，不能在原表上批注。", TEXT_ARG(job->name));
        return xlsx_annotate(w->mem, file->bytes, job->findings, &made, err) && send_bytes(w, made);
    }
    if (kind == FILE_CSV)
        return read_text_file(w, file, &sink, err);
    if (job->part != 0)
        return true;
    const struct layout_request request = { .items = job->items, .file = job->name };
    return read_book(job, kind, w->mem, file->bytes, &book, err) && layout_read(&book, &request, &sink, w->mem, err);
}

_Noreturn void work_in_child(const struct work *job, struct slots *slots)
{
    struct arena *const mem = arena_new("读取文件");
    struct worker worker = { .work = job, .slots = slots, .mem = mem };
    struct opened file = { 0 };
    struct err err = { 0 };
    slots_child(slots);
    bool ok = open_bytes(job, mem, &file, &err);
    if (ok && !file.text_file && job->file_size > UPLOAD_MAX) {
        err_set(&err, ERR_LIMIT, "文件“%.*s”有 %.1f MB，超过工作簿的上限 20 MB。", TEXT_ARG(job->name), (double)job->file_size / 1e6);
        ok = err_hint(&err, "请删去图片和与填报无关的工作表，或另存为 CSV 后再试。");
    }
    const struct confinement limits = { .memory = UPLOAD_MEMORY, .seconds = file.text_file ? 0 : UPLOAD_SECONDS };
    ok = ok && confine(&limits, &err) && do_work(&worker, &file, &err);
    if (!ok)
        refuse(slots, &err);
    slots_tell(slots, MESSAGE_DONE, NO_SLOT, 0, 0);
    _exit(0);
}

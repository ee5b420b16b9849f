#include "intake/handover.h"

#include "base/unicode.h"
#include "intake/cells_wire.h"
#include "intake/document.h"
#include "intake/ended.h"
#include "intake/handover_order.h"
#include "intake/handover_start.h"
#include "intake/handover_take.h"

#include <errno.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

enum { MOST_NAME = 200 /* bytes */ };

/* ---- names ---- */

struct text handover_name(struct arena *mem, struct text name)
{
    struct buf clean = { .mem = mem };
    for (size_t i = name.size; i-- > 0;)
        if (name.at[i] == '/' || name.at[i] == '\\') { /* some browsers send the folders, too */
            name = (struct text){ name.at + i + 1, name.size - i - 1 };
            break;
        }
    while (name.size) {
        const size_t before = clean.size;
        const uint32_t c = utf8_next(&name);
        if (c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
            continue; /* control characters, and those that turn the direction of reading */
        utf8_add(&clean, c);
        if (clean.size > MOST_NAME) {
            clean.size = before;
            break;
        }
    }
    const struct text trimmed = text_trim(buf_text(&clean));
    return text_copy(mem, trimmed.size ? trimmed : TEXT("未命名文件"));
}

/* ---- one process: started, listened to, ended ---- */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct listening {
    struct started started;
    struct taking taking;
    const struct handover_file *files;
    int64_t deadline;
    char *buffer;               /* of a whole frame */
    size_t held;
};

/* The file that is being read, as far as was told. */
static struct text file_now(const struct listening *l)
{
    uint64_t end = 0;
    for (size_t i = 0; i < l->taking.order->n_files; i++)
        if ((end += l->files[i].bytes.size) > l->taking.done)
            return l->taking.order->names[i];
    return l->taking.order->names[l->taking.order->n_files - 1];
}

/* Takes the whole frames there are; TAKEN when more must come. */
static enum taken take_frames(struct listening *l, struct err *err)
{
    size_t at = 0;
    enum taken taken = TAKEN;
    struct frame_head head;
    while (taken == TAKEN && l->held - at >= sizeof head) {
        memcpy(&head, l->buffer + at, sizeof head);
        if (head.size > FRAME_MOST)
            return TAKEN_NONSENSE;
        if (l->held - at - sizeof head < head.size)
            break;
        taken = take_frame(&l->taking, head.kind, (struct text){ l->buffer + at + sizeof head, head.size }, err);
        at += sizeof head + head.size;
    }
    l->held -= at;
    memmove(l->buffer, l->buffer + at, l->held);
    return taken;
}

static bool listen_to(struct listening *l, struct err *err)
{
    for (;;) {
        const int64_t left = l->deadline - now_ms();
        struct pollfd wait = { .fd = l->started.pipe, .events = POLLIN };
        if (left <= 0)
            return ended_late(file_now(l), true, err);
        if (poll(&wait, 1, (int)left) <= 0)
            continue;
        const ssize_t n = read(l->started.pipe, l->buffer + l->held, sizeof(struct frame_head) + FRAME_MOST - l->held);
        if (n == 0)
            return ended_badly(file_now(l), handover_status(&l->started), true, err);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n < 0)
            return ended_badly(file_now(l), -1, true, err);
        l->held += (size_t)n;
        switch (take_frames(l, err)) {
        case TAKEN: break;
        case TAKEN_ALL: return true;
        case TAKEN_REFUSED: return false;
        case TAKEN_NONSENSE: return ended_in_nonsense(file_now(l), err);
        }
    }
}

static bool allowed(const struct handover_file *files, const struct text *names, size_t n, struct err *err)
{
    size_t size = 0;
    if (!n || n > HANDOVER_MOST_FILES) {
        err_set(err, n ? ERR_LIMIT : ERR_USAGE, n ? "一次最多读 %d 个文件。" : "没有给出文件（一次最多 %d 个）。", HANDOVER_MOST_FILES);
        return err_hint(err, n ? "请分几次上传。" : "请选择要上传的表格文件。");
    }
    for (size_t i = 0; i < n; i++) {
        size += files[i].bytes.size;
        if (files[i].bytes.size > HANDOVER_MOST_FILE) {
            err_set(err, ERR_LIMIT, "“%.*s”有 %.1f MB，超过上传文件的上限 %d MB。", TEXT_ARG(names[i]), (double)files[i].bytes.size / 1048576.0, HANDOVER_MOST_FILE >> 20);
            return err_hint(err, "请删去图片和与填报无关的工作表，或拆成几个文件，再上传。");
        }
    }
    if (size <= HANDOVER_MOST_BYTES)
        return true;
    err_set(err, ERR_LIMIT, "%zu 个文件共有 %.1f MB，超过一次上传的上限 %d MB。", n, (double)size / 1048576.0, HANDOVER_MOST_BYTES >> 20);
    return err_hint(err, "请分几次上传。");
}

/* Does what `order` says (kind, items … are given) and takes what comes of it. */
static bool run(const struct handover_how *how, struct handover_order *order, const struct item_list *items, const struct handover_file *files,
                size_t n_files, struct arena *mem, struct findings *findings, struct taking *out, struct err *err)
{
    static const struct handover_how USUAL = { 0 };
    how = how ? how : &USUAL;
    struct text *const names = arena_array(mem, n_files + 1, struct text);
    for (size_t i = 0; i < n_files; i++)
        names[i] = handover_name(mem, files[i].name);
    if (!allowed(files, names, n_files, err))
        return false;
    order->seconds = how->seconds ? how->seconds : HANDOVER_SECONDS;
    order->names = names;
    order->n_files = n_files;
    order->items = *items;

    struct arena *scratch = arena_new("handover");
    struct buf packed = { .mem = scratch };
    struct text *const bytes = arena_array(scratch, n_files, struct text);
    struct listening l = {
        .files = files, .deadline = now_ms() + (int64_t)order->seconds * 1000,
        .taking = { .order = order, .items = items, .mem = mem, .findings = findings, .progress = how->progress, .context = how->context, .bytes.mem = mem },
    };
    for (size_t i = 0; i < n_files; i++) {
        bytes[i] = files[i].bytes;
        l.taking.total += bytes[i].size;
    }
    handover_put_order(&packed, order);
    bool ok = handover_start(how->program, buf_text(&packed), bytes, n_files, &l.started, err);
    if (ok) {
        l.buffer = arena_alloc(scratch, sizeof(struct frame_head) + FRAME_MOST);
        ok = listen_to(&l, err);
    }
    handover_end(&l.started);
    arena_free(&scratch);
    *out = l.taking;
    return ok;
}

/* ---- the kinds of work ---- */

bool handover_read(const struct handover_how *how, const struct handover_request *request, struct arena *mem,
                   struct returns **returns_out, struct findings *findings, struct err *err)
{
    struct handover_order order = { .kind = HANDOVER_READ, .county = request->county, .year = request->year };
    struct taking taking;
    if (!run(how, &order, request->items, request->files, request->n_files, mem, findings, &taking, err))
        return false;
    *returns_out = taking.returns;
    return true;
}

bool handover_cells(const struct handover_how *how, const struct handover_file *file, const struct item_list *items,
                    const struct handover_window *window, struct arena *mem, struct cell_source **sources_out, size_t *n_out,
                    struct err *err)
{
    struct handover_order order = { .kind = HANDOVER_CELLS, .every_sheet = !window->sheet, .first = window->first, .last = window->last };
    struct taking taking;
    if (window->sheet)
        order.sheet = *window->sheet;
    if (!run(how, &order, items, file, 1, mem, NULL, &taking, err))
        return false;
    *n_out = cells_get(buf_text(&taking.bytes), order.names[0], mem, sources_out);
    return true;
}

bool handover_annotate(const struct handover_how *how, const struct handover_file *file, const struct findings *findings,
                       struct arena *mem, struct text *bytes_out, struct err *err)
{
    static const struct item_list NONE = { 0 };
    struct arena *scratch = arena_new("annotate");
    struct handover_order order = { .kind = HANDOVER_ANNOTATE, .findings = findings_about(findings, handover_name(scratch, file->name), scratch) };
    struct taking taking;
    const bool ok = run(how, &order, &NONE, file, 1, mem, NULL, &taking, err);
    *bytes_out = buf_text(&taking.bytes);
    arena_free(&scratch);
    return ok;
}

bool handover_document(const struct handover_how *how, const struct handover_file *file, struct arena *mem, struct document *out,
                       struct err *err)
{
    static const struct item_list NONE = { 0 };
    struct handover_order order = { .kind = HANDOVER_DOCUMENT };
    struct taking taking;
    if (!run(how, &order, &NONE, file, 1, mem, NULL, &taking, err))
        return false;
    return document_get(buf_text(&taking.bytes), out) || ended_in_nonsense(order.names[0], err);
}

bool handover_page(const struct handover_how *how, const struct handover_file *file, unsigned page, unsigned wide, struct arena *mem,
                   struct text *png_out, struct err *err)
{
    static const struct item_list NONE = { 0 };
    struct handover_order order = { .kind = HANDOVER_PAGE, .first = page, .last = wide };
    struct taking taking;
    if (!run(how, &order, &NONE, file, 1, mem, NULL, &taking, err))
        return false;
    *png_out = buf_text(&taking.bytes);
    return true;
}

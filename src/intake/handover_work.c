/* In the process that reads for another: it was started afresh, holds the order as descriptor 0, the pipe
 * as 1 and the files from FIRST_FILE on. */
#include "intake/handover.h"

#include "base/sanitized.h"
#include "intake/cells_wire.h"
#include "intake/document.h"
#include "intake/handover_order.h"
#include "intake/handover_tell.h"
#include "intake/handover_start.h"
#include "intake/intake.h"
#include "intake/packed.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ORDER = 0, PIPE = 1, MEMORY = 2047 /* MB of address space */, GRACE = 5 /* seconds after which nobody waits any more */ };

static void at_most(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit now;
    if (getrlimit(what, &now) == 0 && now.rlim_max < most)
        most = now.rlim_max;
    setrlimit(what, &(struct rlimit){ most, most });
}

/* It parses nothing itself (its children do, under a stricter lock), yet needs little: what it cannot
 * need is given up.  Bounds that cannot be set are not worth refusing a file for. */
static void hold_back(void)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    at_most(RLIMIT_CORE, 0);
    at_most(RLIMIT_FSIZE, 0);
    if (!SANITIZED)
        at_most(RLIMIT_AS, (rlim_t)MEMORY << 20);
}

static void note_progress(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    const uint64_t both[] = { done, total };
    tell(PIPE, FRAME_PROGRESS, (struct text){ (const char *)both, sizeof both });
}

static bool keep(void *context, struct returns *returns, bool again, struct err *err)
{
    (void)again, (void)err;
    *(struct returns **)context = returns;
    return true;
}

static bool read_files(const struct handover_order *order, const char *const *names, const int *fds, struct arena *mem, uint64_t *dropped_out, struct err *err)
{
    struct findings findings = { .mem = mem };
    struct returns *returns = NULL;
    const struct intake_request request = {
        .items = &order->items, .paths = names, .fds = fds, .n_paths = order->n_files, .whole = true,
        .county = order->county, .year = order->year, .progress = note_progress,
    };
    const bool ok = intake_read(&request, mem, &findings, keep, &returns, err);
    tell_findings(PIPE, &findings, order->names, order->n_files);
    *dropped_out = findings.dropped;
    return ok && tell_returns(PIPE, returns, order->names, order->n_files, err);
}

static bool read_cells(const struct handover_order *order, const char *name, int fd, struct arena *mem, struct err *err)
{
    struct cell_source *sources;
    size_t n;
    if (!intake_cells(name, fd, &order->items, mem, &sources, &n, err))
        return false;
    struct buf out = { .mem = mem };
    for (size_t i = 0; i < n; i++) {
        if (!order->every_sheet && !text_equal(sources[i].sheet, order->sheet))
            continue;
        struct shown_cell cell;
        cells_put_sheet(&out, sources[i].sheet);
        while (sources[i].next(sources[i].context, &cell) && (!order->last || cell.row <= order->last))
            if (cell.row >= order->first)
                cells_put(&out, &cell);
    }
    tell_bytes(PIPE, buf_text(&out));
    return true;
}

static bool annotate(const struct handover_order *order, const char *name, int fd, struct arena *mem, struct err *err)
{
    struct text bytes;
    if (!intake_annotate(name, fd, &order->findings, mem, &bytes, err))
        return false;
    tell_bytes(PIPE, bytes);
    return true;
}

static bool look_into(const char *name, int fd, struct arena *mem, struct err *err)
{
    struct document document;
    struct buf packed = { .mem = mem };
    if (!intake_document(name, fd, mem, &document, err))
        return false;
    document_put(&packed, &document);
    tell_bytes(PIPE, buf_text(&packed));
    return true;
}

static bool draw_page(const struct handover_order *order, const char *name, int fd, struct arena *mem, struct err *err)
{
    struct text png;
    if (!intake_pdf_page(name, fd, order->first, order->last, mem, &png, err))
        return false;
    tell_bytes(PIPE, png);
    return true;
}

static bool work(const struct handover_order *order, struct arena *mem, uint64_t *dropped_out, struct err *err)
{
    const char **names = arena_array(mem, order->n_files, const char *);
    int *const fds = arena_array(mem, order->n_files, int);
    for (size_t i = 0; i < order->n_files; i++) {
        names[i] = text_string(mem, order->names[i]);
        fds[i] = HANDOVER_FIRST_FILE + (int)i;
    }
    switch (order->kind) {
    case HANDOVER_READ: return read_files(order, names, fds, mem, dropped_out, err);
    case HANDOVER_CELLS: return read_cells(order, names[0], fds[0], mem, err);
    case HANDOVER_ANNOTATE: return annotate(order, names[0], fds[0], mem, err);
    case HANDOVER_DOCUMENT: return look_into(names[0], fds[0], mem, err);
    case HANDOVER_PAGE: return draw_page(order, names[0], fds[0], mem, err);
    case N_HANDOVER_KINDS: break;
    }
    return false;
}

void handover_work(void)
{
    struct err err = { 0 };
    struct stat about;
    struct handover_order order;
    uint64_t dropped = 0;
    hold_back();
    struct arena *mem = arena_new("intake worker");
    const void *const at = fstat(ORDER, &about) == 0 && about.st_size > 0 ? mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, ORDER, 0) : MAP_FAILED;
    if (at == MAP_FAILED || !handover_get_order((struct text){ at, (size_t)about.st_size }, mem, &order))
        _exit(2); /* somebody typed the word at a terminal */
    at_most(RLIMIT_CPU, order.seconds + GRACE);
    alarm(order.seconds + GRACE);
    if (work(&order, mem, &dropped, &err))
        tell(PIPE, FRAME_DONE, (struct text){ (const char *)&dropped, sizeof dropped });
    else
        tell(PIPE, FRAME_REFUSED, (struct text){ (const char *)&err, sizeof err });
    _exit(0);
}

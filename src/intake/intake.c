#include "intake/intake.h"

#include "import/csv_read.h"
#include "import/layout.h"
#include "intake/collect.h"
#include "intake/parts.h"
#include "intake/receive.h"
#include "intake/send.h"

/* ---- in the child ---- */

struct tables_work {
    const struct intake_request *request;
    const struct parts *parts;
    struct input_tools tools;
};

static bool prepare(void *context, struct arena *mem, struct err *err)
{
    struct tables_work *work = context;
    return input_prepare(mem, work->parts->book, &work->tools, err);
}

/* One part after the other.  What cannot be read in parts is told by MESSAGE_TORN, and read again
 * from the start by one child, which words it by the file's own lines. */
static bool read_parts(struct csv_table *table, const struct share *share, uint64_t size, struct sender *sender,
                       const struct table_sink *sink, struct err *err)
{
    const uint64_t body = csv_table_body(table);
    for (uint64_t k = share->index; k == 0 || body + k * share->size < size; k += share->n) {
        struct csv_part part = { .from = body + k * share->size, .to = body + (k + 1) * share->size };
        /* cppcheck-suppress autoVariables — only until the part is read */
        sender->part = &part;
        if (!csv_table_read(table, &part, sink, err)) {
            channel_send(sender->channel, (struct message){ .kind = MESSAGE_TORN, .slot = NO_SLOT });
            return true;
        }
    }
    return true;
}

static bool read_text(struct tables_work *work, const struct share *share, struct arena *mem, struct sender *sender,
                      const struct table_sink *sink, struct err *err)
{
    const struct csv_input input = input_csv(&work->parts->input);
    const struct csv_request request = { .items = work->request->items, .wanted = work->request->wanted,
                                         .file = work->parts->input.name, .decoders = &work->tools.decoders };
    struct csv_table *table;
    const bool open = csv_table_open(mem, &input, &request, &table, err);
    if (share->n > 1 && open && csv_table_parts(table))
        return read_parts(table, share, input.size, sender, sink, err);
    if (share->index > 0)
        return true; /* the first child reads it all, or says why not */
    return open && csv_table_read_all(table, sink, err);
}

static bool read_tables(void *context, const struct share *share, struct arena *mem, struct channel *channel, struct err *err)
{
    struct tables_work *work = context;
    struct sender sender;
    const struct table_sink sink = sender_sink(&sender, channel, work->request->items);
    enum file_kind kind;
    struct text bytes;
    if (!input_kind(&work->parts->input, mem, &kind, &bytes, err))
        return false;
    bool ok;
    if (kind == FILE_CSV) {
        ok = read_text(work, share, mem, &sender, &sink, err);
    } else {
        struct workbook book;
        const struct layout_request layout = { .items = work->request->items, .file = work->parts->input.name };
        ok = input_workbook(mem, kind, bytes, &book, err) && layout_read(&book, &layout, &sink, mem, err);
    }
    sender_flush(&sender);
    return ok;
}

/* ---- the parent ---- */

struct reading {
    const struct intake_request *request;
    struct findings *findings;
    struct arena *mem;
    struct collect *collect;
    uint64_t done, total;   /* bytes */
};

enum read_state { READ_WELL, READ_TORN, READ_UNSORTED, READ_FAILED };

static enum read_state follow(struct reading *r, struct parts *parts, struct err *err)
{
    struct receiver receiver;
    struct parts_order order = { 0 };
    enum read_state state = READ_WELL;
    receiver_start(&receiver, r->request->items, text_copy(r->mem, parts->input.name),
                   parts->book ? GRID_MAX_ROWS : parts->input.size, r->mem, r->collect, r->findings);
    for (bool on = true; on;) {
        struct message message;
        switch (parts_next(parts, &order, &message, err)) {
        case PARTS_PASSED:
            if (!order.inside && r->request->progress)
                r->request->progress(r->request->context, r->done + order.ended, r->total);
            break;
        case PARTS_OVER: on = false; break;
        case PARTS_TORN:
            state = READ_TORN;
            on = false;
            break;
        case PARTS_FAILED:
            state = READ_FAILED;
            on = false;
            break;
        case PARTS_MESSAGE:
            switch (receiver_take(&receiver, &parts->child[order.now].channel, &message, (uint32_t)order.row_base, err)) {
            case COLLECTED:
                if (!parts_give(parts, &order, message.slot, err))
                    state = READ_FAILED;
                break;
            case COLLECT_NONSENSE:
                child_nonsense(&parts->child[order.now], err);
                state = READ_FAILED;
                break;
            case COLLECT_FAILED: state = READ_FAILED; break;
            case COLLECT_UNSORTED: state = READ_UNSORTED; break;
            }
            on = state == READ_WELL;
            break;
        }
    }
    receiver_end(&receiver);
    return state;
}

static int fd_of(const struct intake_request *request, size_t i)
{
    return request->fds ? request->fds[i] : -1;
}

static enum read_state read_file(struct reading *r, size_t i, unsigned jobs, struct err *err)
{
    struct parts parts;
    struct tables_work work = { .request = r->request, .parts = &parts };
    const struct parts_work parts_work = { .context = &work, .prepare = prepare, .read = read_tables, .part_size = 512 * 1024 };
    enum read_state state = READ_FAILED;
    if (parts_start(&parts, r->request->paths[i], fd_of(r->request, i), jobs, &parts_work, err)) {
        state = follow(r, &parts, err);
        r->done += parts.input.size;
        if (state == READ_WELL && r->request->progress)
            r->request->progress(r->request->context, r->done, r->total);
    }
    parts_end(&parts);
    return state;
}

static bool measure(const struct intake_request *request, uint64_t *total_out, bool *runs_out, struct err *err)
{
    *total_out = 0;
    *runs_out = false;
    for (size_t i = 0; i < request->n_paths; i++) {
        struct input input;
        if (!input_open(request->paths[i], fd_of(request, i), &input, err))
            return false;
        *total_out += input.size;
        *runs_out = request->n_paths == 1 && !request->whole && input.size >= LARGE_CSV && !input_is_book(&input);
        input_close(&input);
    }
    return true;
}

bool intake_read(const struct intake_request *request, struct arena *mem, struct findings *findings,
                 intake_take *take, void *context, struct err *err)
{
    struct reading r = { .request = request, .findings = findings, .mem = mem };
    struct collect_order order = { .request = request, .mem = mem, .findings = findings, .take = take, .context = context };
    unsigned jobs = request->jobs ? request->jobs : input_cores();
    if (!measure(request, &r.total, &order.runs, err))
        return false;
    const struct findings before = *findings;
    for (;;) { /* at most three times: as hoped; with one child; all at once */
        enum read_state state = READ_WELL;
        r.collect = collect_new(&order);
        r.done = 0;
        for (size_t i = 0; i < request->n_paths && state == READ_WELL; i++)
            state = read_file(&r, i, jobs, err);
        if (state == READ_WELL)
            state = collect_finish(r.collect, err) ? READ_WELL : READ_FAILED;
        order.again |= collect_handed(r.collect);
        collect_free(&r.collect);
        if (state == READ_WELL || state == READ_FAILED)
            return state == READ_WELL;
        findings->n = before.n;
        findings->dropped = before.dropped;
        if (state == READ_TORN)
            jobs = 1;
        else
            order.runs = false;
    }
}

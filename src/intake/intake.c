#include "intake/intake.h"

#include "base/file.h"
#include "intake/children.h"
#include "intake/collect.h"
#include "intake/wire.h"

#include <string.h>
#include <unistd.h>

enum { LARGE = 4 * 1024 * 1024, CHUNK = 2 * 1024 * 1024, HAND_OUT = 32 * 1024 };

/* A reading in progress. */
struct reading {
    const struct intake_request *request;
    struct arena *mem;              /* tables, findings */
    struct findings *findings;
    struct collector *collector;
    struct arena *run;              /* the collector's; mem itself unless streaming */
    bool streaming;                 /* whole counties are handed out as they come */
    bool unsorted;                  /* a county came back after it was handed out */
    bool misread;                   /* chunks did not meet: a line end inside quotes */
    intake_take *take;
    void *context;
    struct text *handed;            /* codes of counties handed out */
    size_t n_handed, handed_capacity;
    uint64_t done, total;           /* bytes */
};

/* What each child says its table is. */
struct spoken { struct table table; struct batch_plan plan; bool any; };

static bool is_handed(const struct reading *r, struct text code)
{
    if (!r->n_handed || text_compare(code, r->handed[r->n_handed - 1]) > 0)
        return false; /* sorted so far: nothing handed out comes later */
    for (size_t i = 0; i < r->n_handed; i++)
        if (text_equal(r->handed[i], code))
            return true;
    return false;
}

static void note_handed(struct reading *r, struct text code)
{
    if (r->n_handed && text_equal(r->handed[r->n_handed - 1], code))
        return;
    if (r->n_handed == r->handed_capacity) {
        const size_t more = r->handed_capacity ? r->handed_capacity * 2 : 256;
        r->handed = arena_grow(r->mem, r->handed, r->n_handed * sizeof *r->handed, more * sizeof *r->handed);
        r->handed_capacity = more;
    }
    r->handed[r->n_handed++] = text_copy(r->mem, code);
}

/* Hands out what the collector holds.  Sets r->unsorted instead when a county came back. */
static bool hand_out(struct reading *r, struct collector *collector, bool again, struct err *err)
{
    struct returns *returns;
    if (!collector_finish(collector, &returns, err))
        return false;
    for (size_t i = 0; i < returns->n_counties && r->streaming; i++)
        if (is_handed(r, returns->counties[i].code)) {
            r->unsorted = true;
            return true;
        }
    for (size_t i = 0; i < returns->n_counties && r->streaming; i++)
        note_handed(r, returns->counties[i].code);
    return r->take(r->context, returns, again, err);
}

static bool hand_out_whole_counties(struct reading *r, struct err *err)
{
    struct arena *const next = arena_new("填报数据");
    struct collector *const rest = collector_cut(r->collector, next);
    if (!rest) {
        struct arena *unused = next;
        arena_free(&unused);
        return true;
    }
    const bool ok = hand_out(r, r->collector, false, err);
    arena_free(&r->run);
    r->run = next;
    r->collector = rest;
    return ok;
}

static bool same_table(const struct table *a, const struct table *b)
{
    return a->kind == b->kind && a->down == b->down && a->header_row == b->header_row &&
           memcmp(a->place, b->place, sizeof a->place) == 0;
}

/* One message about tables and rows; `before`: rows ahead of this chunk. */
static bool hear(struct reading *r, struct children *children, unsigned which, const struct message *m, struct spoken *spoken,
                 const struct table *first, uint64_t before, struct err *err)
{
    struct slots *const slots = &children->at[which].slots;
    const unsigned char *const slot = m->slot == NO_SLOT ? NULL : slot_at(slots, m->slot);
    const struct item_list *const items = r->request->items;
    bool ok = true;
    switch (m->kind) {
    case MESSAGE_TABLE: {
        struct table *const table = arena_make(r->mem, struct table);
        if (!unwire_table(slot, slots->size, items, r->mem, table, err))
            return false;
        table->file = children->name;
        spoken->table = *table;
        spoken->any = true;
        batch_plan(&spoken->table, items, slots->size, &spoken->plan);
        if (which == 0)
            ok = collector_table(r->collector, table, err);
        else if (!first || !same_table(table, first))
            return wire_broken(err, "parts of one file disagree about its header");
        break;
    }
    case MESSAGE_BATCH: {
        if (!spoken->any)
            return wire_broken(err, "rows before their table");
        struct arena *scratch = arena_new("行");
        struct batch batch;
        ok = unwire_batch(slots, m->slot, m->a, &spoken->table, &spoken->plan, items, scratch,
                          collector_arena(r->collector), &batch, err);
        if (ok)
            collector_rows(r->collector, &batch, before);
        slots_give_back(slots, m->slot);
        arena_free(&scratch);
        if (ok && r->streaming && collector_held(r->collector) >= HAND_OUT)
            ok = hand_out_whole_counties(r, err);
        return ok;
    }
    case MESSAGE_END_TABLE: spoken->any = false; return true;
    case MESSAGE_FINDING: {
        struct finding finding;
        struct arena *scratch = arena_new("问题");
        ok = unwire_finding(slot, slots->size, &finding, scratch, err);
        finding.file = children->name;
        if (finding.row)
            finding.row += (uint32_t)before;
        if (ok)
            finding_add(r->findings, &finding);
        arena_free(&scratch);
        break;
    }
    default: return wire_broken(err, "unexpected message");
    }
    if (m->slot != NO_SLOT)
        slots_give_back(slots, m->slot);
    return ok;
}

/* Listens to the children of one file in the order of its chunks, until the first is done. */
static bool follow(struct reading *r, struct children *children, struct err *err)
{
    struct spoken *const spoken = arena_array(r->mem, children->n, struct spoken);
    uint64_t before = 0, expected = 0;
    bool in_chunk = false, any_chunk = false, expected_first = true;
    for (unsigned which = 0;;) {
        struct message m;
        if (!children_listen(children, which, &m, err))
            return false;
        switch (m.kind) {
        case MESSAGE_DONE: return in_chunk ? wire_broken(err, "done inside a chunk") : true;
        case MESSAGE_CHUNK:
            if (any_chunk && m.a != expected) {
                r->misread = true;
                return true;
            }
            in_chunk = any_chunk = true;
            break;
        case MESSAGE_CHUNK_END:
            if (!in_chunk)
                return wire_broken(err, "end of no chunk");
            in_chunk = false;
            expected = m.a;
            before += m.b + (expected_first ? spoken[0].table.header_row : 0);
            expected_first = false;
            if (r->request->progress)
                r->request->progress(r->request->context, r->done + m.a, r->total);
            which = (which + 1) % children->n;
            break;
        default:
            if (!hear(r, children, which, &m, &spoken[which], spoken[0].any ? &spoken[0].table : NULL,
                      expected_first ? 0 : before + 1, err))
                return false;
        }
        if (r->unsorted)
            return true;
    }
}

static bool read_file(struct reading *r, const char *path, unsigned jobs, struct err *err)
{
    int fd;
    size_t size;
    if (!open_input(path, &fd, &size, err))
        return false;
    const bool large = size > LARGE && jobs > 1;
    struct work work = { .job = WORK_TABLES, .name = text_copy(r->mem, file_name(path)), .items = r->request->items,
                         .wanted = r->request->wanted, .chunk = large ? CHUNK : SIZE_MAX / 4 };
    struct children children;
    work.fd = fd;
    work.file_size = size;
    bool ok = children_start(&children, &work, large ? jobs : 1, err);
    ok = ok && follow(r, &children, err);
    children_end(&children);
    r->done += size;
    return ok;
}

static bool read_all(struct reading *r, unsigned jobs, bool again, struct err *err)
{
    bool ok = true;
    r->done = 0;
    r->collector = collector_new(r->request, r->run, r->findings);
    for (size_t i = 0; i < r->request->n_paths && ok && !r->unsorted && !r->misread; i++)
        ok = read_file(r, r->request->paths[i], jobs, err);
    if (ok && !r->unsorted && !r->misread)
        ok = hand_out(r, r->collector, again, err);
    return ok;
}

bool intake_read(const struct intake_request *request, struct arena *mem, struct findings *findings,
                 intake_take *take, void *context, struct err *err)
{
    struct reading r = { .request = request, .mem = mem, .findings = findings, .take = take, .context = context };
    unsigned jobs = request->jobs ? (request->jobs < MOST_CHILDREN ? request->jobs : MOST_CHILDREN) : cores();
    for (size_t i = 0; i < request->n_paths; i++) {
        int fd;
        size_t size;
        if (!open_input(request->paths[i], &fd, &size, err))
            return false;
        close(fd);
        r.total += size;
        r.streaming = request->n_paths == 1 && size > LARGE;
    }
    bool again = false;
    for (;;) { /* at most three times: as hoped; in one piece; all at once */
        const size_t findings_before = findings->n;
        r.run = r.streaming ? arena_new("填报数据") : mem;
        bool ok = read_all(&r, jobs, again, err);
        if (r.run != mem)
            arena_free(&r.run);
        if (!ok || (!r.unsorted && !r.misread))
            return ok;
        again |= r.n_handed > 0;
        if (r.misread)
            jobs = 1;
        if (r.unsorted || r.n_handed)
            r.streaming = false;
        r.unsorted = r.misread = false;
        r.n_handed = 0;
        findings->n = findings_before;
    }
}

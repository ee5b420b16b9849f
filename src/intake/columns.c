#include "intake/intake.h"

#include "base/number.h"
#include "base/unicode.h"
#include "import/word_ids.h"
#include "intake/columns_wire.h"
#include "intake/parts.h"
#include "intake/strip.h"
#include "intake/wire.h"

#include <string.h>

enum { MOST_WORDS = 8 << 20 };

/* ---- in the child ---- */

struct columns_work {
    const struct parts *parts;
    const struct chosen *chosen;
    size_t n_chosen;
    struct input_tools tools;
};

static bool prepare(void *context, struct arena *mem, struct err *err)
{
    struct columns_work *work = context;
    return input_prepare(mem, work->parts->book, &work->tools, err);
}

static bool read_text(struct columns_work *work, const struct share *share, struct arena *mem, struct channel *channel, struct err *err)
{
    const struct csv_input input = input_csv(&work->parts->input);
    struct columns_sender sender;
    struct chosen_table *table;
    const bool open = chosen_open(mem, &input, work->parts->input.name, &work->tools.decoders, work->chosen, work->n_chosen, &table, err);
    const bool parts = open && share->n > 1 && chosen_parts(table);
    const struct chosen_sink sink = columns_sink(&sender, channel, work->chosen, work->n_chosen, parts);
    if (!parts) {
        if (share->index > 0)
            return true; /* the first child reads it all, or says why not */
        struct csv_part part = { .from = open ? chosen_body(table) : 0, .to = UINT64_MAX };
        return open && chosen_read(table, &part, &sink, err);
    }
    const uint64_t body = chosen_body(table);
    for (uint64_t k = share->index; k == 0 || body + k * share->size < input.size; k += share->n) {
        struct csv_part part = { .from = body + k * share->size, .to = body + (k + 1) * share->size };
        if (!chosen_read(table, &part, &sink, err)) {
            channel_send(channel, (struct message){ .kind = MESSAGE_TORN, .slot = NO_SLOT });
            return true;
        }
    }
    return true;
}

/* One sheet's rows under its headings. */
static void read_grid_rows(const struct columns_work *work, const struct grid *grid, uint32_t header, const size_t *place,
                           struct word_ids *words, const struct chosen_sink *sink, struct arena *scratch)
{
    struct chosen_rows *rows = NULL;
    for (size_t i = 0; i < grid->n;) {
        const struct arena_mark mark = arena_mark(scratch);
        const uint32_t row = grid->cells[i].row;
        while (i < grid->n && grid->cells[i].row == row)
            i++;
        if (row <= header)
            continue;
        rows = rows ? rows : sink->room(sink->context);
        for (size_t w = 0; w < work->n_chosen; w++) {
            const uint32_t column = (uint32_t)place[w] + 1;
            const struct cell *cell = grid_at(grid, row, column);
            const struct text shown = cell ? text_trim(grid_shown(scratch, grid, cell)) : TEXT("");
            if (!work->chosen[w].number) {
                bool is_new;
                rows->word[w][rows->n] = word_id(words, shown, &is_new);
                if (is_new)
                    sink->word(sink->context, shown.size > 512 ? TEXT("") : shown);
                continue;
            }
            bool bad = false;
            rows->number[w][rows->n] = cell && cell->kind == CELL_NUMBER ? cell->number : chosen_number(shown, scratch, &bad);
            if (bad)
                chosen_say_bad(sink, work->parts->input.name, grid->name, row, column, shown);
        }
        rows->row[rows->n] = row;
        if (++rows->n == rows->capacity) {
            sink->ship(sink->context, rows);
            rows = NULL;
        }
        arena_rewind(scratch, mark);
    }
    if (rows && rows->n)
        sink->ship(sink->context, rows);
}

/* The first sheet that has all the headings. */
static bool read_book(const struct columns_work *work, const struct workbook *book, struct arena *mem, const struct chosen_sink *sink, struct err *err)
{
    enum { HEAD_ROWS = 40, MOST_FIELDS = 1024 };
    struct text *headings = arena_array(mem, MOST_FIELDS, struct text), *first = NULL;
    size_t place[MAX_CHOSEN], missing = 0, missing_first = 0, n_first = 0;
    for (size_t s = 0; s < book->n; s++) {
        const struct grid *grid = book->sheets[s];
        for (size_t i = 0; i < grid->n && grid->cells[i].row <= HEAD_ROWS;) {
            const uint32_t row = grid->cells[i].row;
            size_t n = 0;
            memset(headings, 0, MOST_FIELDS * sizeof *headings);
            for (; i < grid->n && grid->cells[i].row == row; i++)
                if (grid->cells[i].column <= MOST_FIELDS) {
                    headings[grid->cells[i].column - 1] = text_trim(grid_shown(mem, grid, &grid->cells[i]));
                    n = grid->cells[i].column;
                }
            if (chosen_match(headings, n, work->chosen, work->n_chosen, mem, place, &missing)) {
                read_grid_rows(work, grid, row, place, word_ids_new(mem), sink, mem);
                return true;
            }
            if (!first && n) {
                first = arena_copy(mem, headings, n * sizeof *headings);
                n_first = n;
                missing_first = missing;
            }
        }
    }
    return chosen_refuse(work->parts->input.name, first, n_first, work->chosen[missing_first].name, err);
}

static bool read_columns(void *context, const struct share *share, struct arena *mem, struct channel *channel, struct err *err)
{
    struct columns_work *work = context;
    enum file_kind kind;
    struct text bytes;
    struct workbook book;
    if (!input_kind(&work->parts->input, mem, &kind, &bytes, err))
        return false;
    if (kind == FILE_CSV)
        return read_text(work, share, mem, channel, err);
    struct columns_sender sender;
    const struct chosen_sink sink = columns_sink(&sender, channel, work->chosen, work->n_chosen, false);
    const bool ok = input_workbook(mem, kind, bytes, &book, err) && read_book(work, &book, mem, &sink, err);
    columns_flush(&sender);
    return ok;
}

/* ---- the parent ---- */

struct translation { uint32_t *to; size_t n, capacity; };  /* a child's words → ours */

struct gathering {
    const struct chosen *chosen;
    size_t n_chosen;
    struct arena *mem, *scratch;
    struct chosen_plan plan;
    struct strip *rows, *columns;     /* [chosen] */
    size_t n;
    struct word_ids *words;
    struct translation translation[MAX_JOBS];
    struct findings *findings;
    struct text file;
};

static bool take_words(struct gathering *g, struct translation *t, const struct channel *channel, const struct message *message)
{
    if (message->size > channel->slot_size || message->n > MOST_WORDS - t->n)
        return false;
    const struct arena_mark mark = arena_mark(g->scratch);
    struct text rest = { arena_copy(g->scratch, channel_slot(channel, message->slot), (size_t)message->size), (size_t)message->size };
    bool ok = true;
    for (uint64_t i = 0; i < message->n && ok; i++) {
        uint32_t size;
        bool is_new;
        ok = rest.size >= WORD_HEAD;
        if (!ok)
            break;
        memcpy(&size, rest.at, WORD_HEAD);
        rest.at += WORD_HEAD, rest.size -= WORD_HEAD;
        ok = size <= rest.size && utf8_valid((struct text){ rest.at, size });
        if (!ok)
            break;
        ARENA_ROOM(g->mem, t->to, t->n, t->capacity);
        t->to[t->n++] = word_id(g->words, (struct text){ rest.at, size }, &is_new);
        rest.at += size, rest.size -= size;
    }
    arena_rewind(g->scratch, mark);
    return ok && !rest.size;
}

enum taken { TAKEN, TAKE_NONSENSE, TAKE_FAILED };

static enum taken take_rows(struct gathering *g, const struct translation *t, const char *slot, uint64_t n, uint32_t row_base, struct err *err)
{
    if (n > g->plan.capacity)
        return TAKE_NONSENSE;
    const size_t count = (size_t)n;
    if (!strip_grow(g->rows, (g->n + count) * sizeof(uint32_t), g->mem, err))
        return TAKE_FAILED;
    uint32_t *const rows = (uint32_t *)(void *)g->rows->at + g->n;
    memcpy(rows, slot + g->plan.row_at, count * sizeof *rows);
    for (size_t i = 0; i < count; i++)
        rows[i] += row_base;
    for (size_t w = 0; w < g->n_chosen; w++) {
        const char *const from = slot + g->plan.at[w];
        const size_t width = g->chosen[w].number ? sizeof(double) : sizeof(uint32_t);
        if (!strip_grow(&g->columns[w], (g->n + count) * width, g->mem, err))
            return TAKE_FAILED;
        if (g->chosen[w].number) {
            double *const to = (double *)(void *)g->columns[w].at + g->n;
            bool bad = false;
            memcpy(to, from, count * sizeof *to);
            __asm__ volatile("" ::: "memory");
            for (size_t i = 0; i < count; i++)
                bad |= __builtin_isinf(to[i]) != 0;
            if (bad)
                return TAKE_NONSENSE;
            continue;
        }
        uint32_t *const to = (uint32_t *)(void *)g->columns[w].at + g->n;
        memcpy(to, from, count * sizeof *to);
        __asm__ volatile("" ::: "memory");
        for (size_t i = 0; i < count; i++) {
            if (to[i] >= t->n)
                return TAKE_NONSENSE;
            to[i] = t->to[to[i]];
        }
    }
    g->n += count;
    return TAKEN;
}

static enum taken take(struct gathering *g, struct translation *t, const struct channel *channel, const struct message *message,
                       uint32_t row_base, uint64_t most_rows, struct err *err)
{
    if (message->slot == NO_SLOT)
        return TAKE_NONSENSE;
    const char *const slot = channel_slot(channel, message->slot);
    switch (message->kind) {
    case MESSAGE_WORDS: return take_words(g, t, channel, message) ? TAKEN : TAKE_NONSENSE;
    case MESSAGE_COLUMNS:
        return message->n <= most_rows - g->n ? take_rows(g, t, slot, message->n, row_base, err) : TAKE_NONSENSE;
    case MESSAGE_FINDINGS: {
        const struct arena_mark mark = arena_mark(g->scratch);
        const bool ok = wire_get_findings(slot, channel->slot_size, message->n, message->size, g->file, row_base, g->scratch, g->findings);
        arena_rewind(g->scratch, mark);
        g->findings->dropped += ok && message->at <= UINT32_MAX ? (size_t)message->at : 0;
        return ok ? TAKEN : TAKE_NONSENSE;
    }
    default: return TAKE_NONSENSE;
    }
}

/* True when all was read; *torn_out when one child must do it. */
static bool gather(struct gathering *g, struct parts *parts, bool *torn_out, struct err *err)
{
    struct parts_order order = { 0 };
    for (;;) {
        struct message message;
        switch (parts_next(parts, &order, &message, err)) {
        case PARTS_PASSED: break;
        case PARTS_OVER: return true;
        case PARTS_TORN: *torn_out = true; return true;
        case PARTS_FAILED: return false;
        case PARTS_MESSAGE:
            switch (take(g, &g->translation[order.now], &parts->child[order.now].channel, &message, (uint32_t)order.row_base,
                         parts->book ? GRID_MAX_ROWS : parts->input.size, err)) {
            case TAKEN: break;
            case TAKE_NONSENSE: return child_nonsense(&parts->child[order.now], err);
            case TAKE_FAILED: return false;
            }
            if (!parts_give(parts, &order, message.slot, err))
                return false;
        }
    }
}

static void hand_over(const struct gathering *g, struct read_columns *out)
{
    *out = (struct read_columns){ .n = g->n, .row = (uint32_t *)(void *)g->rows->at, .columns = arena_array(g->mem, g->n_chosen, struct read_column),
                                  .n_dictionary = word_ids_count(g->words) };
    for (size_t w = 0; w < g->n_chosen; w++)
        if (g->chosen[w].number)
            out->columns[w].number = (double *)(void *)g->columns[w].at;
        else
            out->columns[w].id = (uint32_t *)(void *)g->columns[w].at;
    out->dictionary = arena_array(g->mem, out->n_dictionary + 1, struct text);
    for (size_t i = 0; i < out->n_dictionary; i++)
        out->dictionary[i] = word_text(g->words, (uint32_t)i);
}

bool intake_columns(const char *path, const struct wanted_column *wanted, size_t n_wanted, struct arena *mem,
                    struct read_columns *out, struct findings *findings, struct err *err)
{
    struct chosen *chosen = arena_array(mem, n_wanted + 1, struct chosen);
    unsigned jobs = input_cores();
    if (n_wanted > MAX_CHOSEN) {
        err_set(err, ERR_LIMIT, "一次最多取 %d 列，要取的有 %zu 列。", MAX_CHOSEN, n_wanted);
        return err_hint(err, "请分几次读取。");
    }
    for (size_t i = 0; i < n_wanted; i++)
        chosen[i] = (struct chosen){ wanted[i].name, wanted[i].number };
    const struct findings before = *findings;
    for (bool torn = true, ok = true; torn && ok;) {
        struct parts parts;
        struct columns_work work = { .parts = &parts, .chosen = chosen, .n_chosen = n_wanted };
        const struct parts_work parts_work = { .context = &work, .prepare = prepare, .read = read_columns, .part_size = 1024 * 1024 };
        struct gathering g = { .chosen = chosen, .n_chosen = n_wanted, .mem = mem, .scratch = arena_new("columns"), .rows = arena_make(mem, struct strip),
                               .columns = arena_array(mem, n_wanted + 1, struct strip), .words = word_ids_new(mem), .findings = findings };
        torn = false;
        ok = parts_start(&parts, path, -1, jobs, &parts_work, err);
        if (ok) {
            g.plan = chosen_plan(chosen, n_wanted, parts.child[0].channel.slot_size);
            g.file = parts.input.name;
            ok = gather(&g, &parts, &torn, err);
        }
        parts_end(&parts);
        arena_free(&g.scratch);
        if (!ok)
            return false;
        if (!torn) {
            hand_over(&g, out);
            return true;
        }
        jobs = 1;
        findings->n = before.n;
        findings->dropped = before.dropped;
    }
    return false;
}

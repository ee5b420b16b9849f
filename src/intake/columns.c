#include "intake/intake.h"

#include "base/file.h"
#include "base/unicode.h"
#include "intake/children.h"
#include "intake/columns_work.h"
#include "intake/wire.h"

#include <stdlib.h>
#include <string.h>

enum { LARGE = 4 * 1024 * 1024, CHUNK = 2 * 1024 * 1024, MOST_WORDS = 4 * 1000 * 1000 };

/* One child's words → ours. */
struct translation { uint32_t *to; size_t n, capacity; };

struct gathering {
    const struct wanted_column *wanted;
    size_t n_wanted;
    struct arena *mem;
    struct read_columns *out;
    size_t capacity;
    struct findings *findings;
    struct translation child[MOST_CHILDREN];
    uint32_t *slot;              /* our words, hashed */
    size_t slots, dictionary_capacity;
};

static void rehash(struct gathering *g)
{
    g->slots = g->slots ? g->slots * 2 : 4096;
    g->slot = arena_array(g->mem, g->slots, uint32_t);
    for (size_t i = 0; i < g->out->n_dictionary; i++) {
        size_t at = text_hash(g->out->dictionary[i]) % g->slots;
        while (g->slot[at])
            at = (at + 1) % g->slots;
        g->slot[at] = (uint32_t)i + 1;
    }
}

static uint32_t our_id(struct gathering *g, struct text word)
{
    struct read_columns *const out = g->out;
    if (out->n_dictionary * 2 >= g->slots)
        rehash(g);
    size_t at = text_hash(word) % g->slots;
    for (; g->slot[at]; at = (at + 1) % g->slots)
        if (text_equal(out->dictionary[g->slot[at] - 1], word))
            return g->slot[at] - 1;
    if (out->n_dictionary == g->dictionary_capacity) {
        const size_t more = g->dictionary_capacity ? g->dictionary_capacity * 2 : 1024;
        out->dictionary = arena_grow(g->mem, out->dictionary, out->n_dictionary * sizeof *out->dictionary, more * sizeof *out->dictionary);
        g->dictionary_capacity = more;
    }
    out->dictionary[out->n_dictionary] = text_copy(g->mem, word);
    g->slot[at] = (uint32_t)out->n_dictionary + 1;
    return (uint32_t)out->n_dictionary++;
}

static bool take_words(struct gathering *g, struct translation *t, const unsigned char *slot, size_t size, uint64_t n, uint64_t used, struct err *err)
{
    size_t at = 0;
    if (used > size || t->n + n > MOST_WORDS)
        return wire_broken(err, "too many words");
    for (uint64_t i = 0; i < n; i++) {
        uint32_t length;
        if (at + sizeof length > used)
            return wire_broken(err, "words beyond their slot");
        memcpy(&length, slot + at, sizeof length);
        at += sizeof length;
        if (length > used - at)
            return wire_broken(err, "words beyond their slot");
        char copy[1024];
        if (length > sizeof copy)
            return wire_broken(err, "a word too long");
        memcpy(copy, slot + at, length);
        at += length;
        const struct text word = { copy, length };
        if (!utf8_valid(word))
            return wire_broken(err, "a word is no UTF-8");
        if (t->n == t->capacity) {
            const size_t more = t->capacity ? t->capacity * 2 : 1024;
            t->to = arena_grow(g->mem, t->to, t->n * sizeof *t->to, more * sizeof *t->to);
            t->capacity = more;
        }
        t->to[t->n++] = our_id(g, word);
    }
    return true;
}

static void widen(struct gathering *g, size_t more)
{
    struct read_columns *const out = g->out;
    if (g->capacity - out->n >= more)
        return;
    size_t capacity = g->capacity ? g->capacity * 2 : 64 * 1024;
    while (capacity - out->n < more)
        capacity *= 2;
    out->row = arena_grow(g->mem, out->row, out->n * sizeof *out->row, capacity * sizeof *out->row);
    for (size_t w = 0; w < g->n_wanted; w++) {
        struct read_column *const column = &out->columns[w];
        if (g->wanted[w].number)
            column->number = arena_grow(g->mem, column->number, out->n * sizeof(double), capacity * sizeof(double));
        else
            column->id = arena_grow(g->mem, column->id, out->n * sizeof(uint32_t), capacity * sizeof(uint32_t));
    }
    g->capacity = capacity;
}

static bool take_rows(struct gathering *g, const struct translation *t, const struct columns_plan *plan, const unsigned char *slot,
                      uint64_t n, uint64_t before, struct err *err)
{
    struct read_columns *const out = g->out;
    if (n > plan->capacity)
        return wire_broken(err, "more rows than a slot holds");
    widen(g, n);
    for (size_t w = 0; w < g->n_wanted; w++) {
        const unsigned char *const from = slot + plan->at[w];
        if (g->wanted[w].number) {
            memcpy(out->columns[w].number + out->n, from, n * sizeof(double));
            continue;
        }
        uint32_t *const ids = out->columns[w].id + out->n;
        memcpy(ids, from, n * sizeof(uint32_t));
        for (uint64_t i = 0; i < n; i++) {
            if (ids[i] >= t->n)
                return wire_broken(err, "a word that was not sent");
            ids[i] = t->to[ids[i]];
        }
    }
    const uint32_t *const rows = (const void *)(slot + plan->at[g->n_wanted]);
    for (uint64_t i = 0; i < n; i++)
        out->row[out->n + i] = (uint32_t)(rows[i] + before);
    out->n += n;
    return true;
}

/* As intake.c's follow: chunks in the order of the file; *misread when they do not meet. */
static bool follow(struct gathering *g, struct children *children, bool *misread, struct err *err)
{
    struct columns_plan plan;
    uint64_t before = 0, expected = 0;
    bool any_chunk = false, first = true;
    columns_plan(g->wanted, g->n_wanted, children->at[0].slots.size, &plan);
    for (unsigned which = 0;;) {
        struct message m;
        if (!children_listen(children, which, &m, err))
            return false;
        struct slots *const slots = &children->at[which].slots;
        const unsigned char *const slot = m.slot == NO_SLOT ? NULL : slot_at(slots, m.slot);
        bool ok = true;
        switch (m.kind) {
        case MESSAGE_DONE: return true;
        case MESSAGE_CHUNK:
            if (any_chunk && m.a != expected) {
                *misread = true;
                return true;
            }
            any_chunk = true;
            break;
        case MESSAGE_CHUNK_END:
            expected = m.a;
            before += m.b + (first ? 1 : 0);
            first = false;
            which = (which + 1) % children->n;
            break;
        case MESSAGE_WORDS: ok = take_words(g, &g->child[which], slot, slots->size, m.a, m.b, err); break;
        case MESSAGE_COLUMNS: ok = take_rows(g, &g->child[which], &plan, slot, m.a, first ? 0 : before + 1, err); break;
        case MESSAGE_FINDING: {
            struct finding finding;
            ok = unwire_finding(slot, slots->size, &finding, g->mem, err);
            finding.file = children->name;
            if (finding.row && !first)
                finding.row += (uint32_t)before + 1;
            if (ok)
                finding_add(g->findings, &finding);
            break;
        }
        default: ok = wire_broken(err, "unexpected message");
        }
        if (!ok)
            return false;
        if (m.slot != NO_SLOT)
            slots_give_back(slots, m.slot);
    }
}

bool intake_columns(const char *path, const struct wanted_column *wanted, size_t n_wanted, struct arena *mem,
                    struct read_columns *out, struct findings *findings, struct err *err)
{
    unsigned jobs = cores();
    if (n_wanted > MOST_COLUMNS)
        return err_set(err, ERR_LIMIT, "一次最多取 %d 列。", MOST_COLUMNS);
    for (;;) {
        struct gathering g = { .wanted = wanted, .n_wanted = n_wanted, .mem = mem, .out = out, .findings = findings };
        *out = (struct read_columns){ .columns = arena_array(mem, n_wanted, struct read_column) };
        struct work work = { .job = WORK_COLUMNS, .name = text_copy(mem, file_name(path)), .columns = wanted, .n_columns = n_wanted };
        struct children children;
        bool misread = false;
        const size_t findings_before = findings->n;
        if (!open_input(path, &work.fd, &work.file_size, err))
            return false;
        const bool large = work.file_size > LARGE && jobs > 1;
        work.chunk = large ? CHUNK : SIZE_MAX / 4;
        bool ok = children_start(&children, &work, large ? jobs : 1, err);
        ok = ok && follow(&g, &children, &misread, err);
        children_end(&children);
        if (!ok || !misread)
            return ok;
        jobs = 1;
        findings->n = findings_before;
    }
}

bool intake_annotate(const char *path, const struct findings *findings, struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct work work = { .job = WORK_ANNOTATE, .name = text_copy(mem, file_name(path)), .findings = findings };
    struct children children;
    struct buf bytes = { .mem = mem };
    if (!open_input(path, &work.fd, &work.file_size, err) || !children_start(&children, &work, 1, err))
        return false;
    bool ok = true;
    for (struct message m; (ok = children_listen(&children, 0, &m, err)) && m.kind != MESSAGE_DONE;) {
        if (m.kind != MESSAGE_BYTES || m.a > children.at[0].slots.size) {
            ok = wire_broken(err, "unexpected message");
            break;
        }
        buf_add(&bytes, (struct text){ (const char *)slot_at(&children.at[0].slots, m.slot), m.a });
        slots_give_back(&children.at[0].slots, m.slot);
    }
    children_end(&children);
    *bytes_out = buf_text(&bytes);
    return ok;
}

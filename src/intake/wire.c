#include "intake/wire.h"

#include "base/unicode.h"

#include <string.h>

enum { MAX_SHEET = 1024, MAX_SAID = 600 /* bytes of one text of a finding */ };

struct wire_table {
    uint32_t kind, down, value_column, header_row, sheet_size;
    uint32_t place[MAX_ITEMS];
    char sheet[MAX_SHEET];
};

/* ---- batches ---- */

void batch_plan(const struct table *table, const struct item_list *items, size_t slot_size, struct batch_plan *out)
{
    size_t row_bytes = sizeof(uint32_t), n_texts = 0, n_columns = 1;
    *out = (struct batch_plan){ 0 };
    for (size_t i = 0; i < items->n; i++)
        if (table->place[i]) {
            const bool text = items->at[i].type == ITEM_TEXT;
            row_bytes += text ? sizeof(struct text) : sizeof(double);
            n_texts += text;
            n_columns++;
        }
    const size_t slack = 16 * n_columns; /* columns start at multiples of 16 */
    if (slot_size / 2 <= slack)
        return;
    /* Half an even share for texts: codes are 6 and 10 bytes, names of schools 30. */
    size_t capacity = (slot_size - slack) / (row_bytes + 24 * n_texts);
    if (capacity > slot_size / 4 / row_bytes * 3)
        capacity = slot_size / 4 / row_bytes * 3;
    if (!capacity)
        return;
    size_t at = (capacity * sizeof(uint32_t) + 15) & ~(size_t)15;
    for (size_t i = 0; i < items->n; i++)
        if (table->place[i]) {
            out->at[i] = at;
            at += (capacity * (items->at[i].type == ITEM_TEXT ? sizeof(struct text) : sizeof(double)) + 15) & ~(size_t)15;
        }
    if (at > slot_size)
        return;
    out->capacity = capacity;
    out->pool_at = at;
    out->pool_size = slot_size - at;
}

/* Plain ASCII eight bytes at a time; anything else the careful way. */
static bool is_utf8(struct text text)
{
    size_t at = 0;
    for (; at + 8 <= text.size; at += 8) {
        uint64_t eight;
        memcpy(&eight, text.at + at, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    return utf8_valid((struct text){ text.at + at, text.size - at });
}

bool wire_get_pool(const char *slot, const struct batch_plan *plan, uint64_t size, char *into, struct pool *out)
{
    if (size > plan->pool_size)
        return false;
    if (size)
        memcpy(into, slot + plan->pool_at, (size_t)size);
    __asm__ volatile("" ::: "memory"); /* from here on the copy counts, not the slot */
    *out = (struct pool){ slot + plan->pool_at, size ? into : "", (size_t)size };
    return is_utf8((struct text){ out->at, (size_t)size });
}

/* ---- a table's head ---- */

static size_t cut(struct text text, size_t most)
{
    if (text.size <= most)
        return text.size;
    while (most && ((unsigned char)text.at[most] & 0xC0) == 0x80)
        most--;
    return most;
}

void wire_put_table(char *slot, size_t slot_size, const struct table *table)
{
    struct wire_table *wire = (struct wire_table *)(void *)slot;
    if (slot_size < sizeof *wire)
        return;
    *wire = (struct wire_table){ .kind = table->kind, .down = table->down, .value_column = table->value_column,
                                 .header_row = table->header_row, .sheet_size = (uint32_t)cut(table->sheet, MAX_SHEET) };
    memcpy(wire->place, table->place, sizeof wire->place);
    if (wire->sheet_size)
        memcpy(wire->sheet, table->sheet.at, wire->sheet_size);
}

bool wire_get_table(const char *slot, size_t slot_size, const struct item_list *items, struct text file,
                    struct arena *mem, struct table *out)
{
    struct wire_table wire;
    if (slot_size < sizeof wire)
        return false;
    memcpy(&wire, slot, sizeof wire);
    __asm__ volatile("" ::: "memory");
    if ((wire.kind != TABLE_SCHOOLS && wire.kind != TABLE_COUNTY) || wire.down > 1 || wire.sheet_size > MAX_SHEET ||
        !utf8_valid((struct text){ wire.sheet, wire.sheet_size }))
        return false;
    *out = (struct table){ .kind = (enum table_kind)wire.kind, .down = wire.down, .value_column = wire.value_column,
                           .header_row = wire.header_row, .file = file };
    for (size_t i = 0; i < MAX_ITEMS; i++) {
        if (wire.place[i] && i >= items->n)
            return false;
        out->place[i] = wire.place[i];
    }
    out->sheet = text_copy(mem, (struct text){ wire.sheet, wire.sheet_size });
    return true;
}

/* ---- findings ---- */

enum { N_TEXTS = 7 };
struct wire_finding { uint32_t level, row, column, size[N_TEXTS]; };

bool wire_put_finding(char *slot, size_t slot_size, size_t *used, const struct finding *finding)
{
    const struct text texts[N_TEXTS] = { finding->rule, finding->sheet, finding->school, finding->item,
                                         finding->read, finding->expected, finding->mend };
    struct wire_finding wire = { .level = finding->level, .row = finding->row, .column = finding->column };
    size_t size = sizeof wire;
    for (size_t i = 0; i < N_TEXTS; i++) {
        wire.size[i] = (uint32_t)cut(texts[i], MAX_SAID);
        size += wire.size[i];
    }
    if (size > slot_size - *used)
        return false;
    char *at = slot + *used;
    memcpy(at, &wire, sizeof wire);
    at += sizeof wire;
    for (size_t i = 0; i < N_TEXTS; i++) {
        if (wire.size[i])
            memcpy(at, texts[i].at, wire.size[i]);
        at += wire.size[i];
    }
    *used += size;
    return true;
}

/* One finding off *rest. */
static bool get_finding(struct text *rest, struct text file, uint32_t row_base, struct finding *out)
{
    struct wire_finding wire;
    struct text texts[N_TEXTS];
    if (rest->size < sizeof wire)
        return false;
    memcpy(&wire, rest->at, sizeof wire);
    rest->at += sizeof wire, rest->size -= sizeof wire;
    if (wire.level > FINDING_NOTE || (wire.row && row_base > UINT32_MAX - wire.row))
        return false;
    for (size_t i = 0; i < N_TEXTS; i++) {
        if (wire.size[i] > MAX_SAID || wire.size[i] > rest->size)
            return false;
        texts[i] = (struct text){ rest->at, wire.size[i] };
        if (!is_utf8(texts[i]))
            return false;
        rest->at += wire.size[i], rest->size -= wire.size[i];
    }
    *out = (struct finding){ .level = (enum finding_level)wire.level, .file = file, .row = wire.row ? wire.row + row_base : 0,
                             .column = wire.column, .rule = texts[0], .sheet = texts[1], .school = texts[2], .item = texts[3],
                             .read = texts[4], .expected = texts[5], .mend = texts[6] };
    return true;
}

bool wire_get_findings(const char *slot, size_t slot_size, uint64_t n, uint64_t size, struct text file, uint32_t row_base,
                       struct arena *scratch, struct findings *findings)
{
    if (size > slot_size)
        return false;
    struct text rest = { arena_copy(scratch, slot, (size_t)size), (size_t)size };
    __asm__ volatile("" ::: "memory");
    for (uint64_t i = 0; i < n; i++) {
        struct finding finding;
        if (!get_finding(&rest, file, row_base, &finding))
            return false;
        finding_add(findings, &finding);
    }
    return rest.size == 0;
}

/* ---- an error ---- */

bool wire_get_err(const char *at, struct err *out)
{
    memcpy(out, at, sizeof *out);
    out->what[sizeof out->what - 1] = out->detail[sizeof out->detail - 1] = out->hint[sizeof out->hint - 1] = '\0';
    return (int)out->kind > ERR_NONE && (int)out->kind <= ERR_OUTSIDE && out->what[0] && utf8_valid(text_of(out->what)) &&
           utf8_valid(text_of(out->detail)) && utf8_valid(text_of(out->hint));
}

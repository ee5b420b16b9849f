#include "intake/wire.h"

#include "base/number.h"
#include "base/unicode.h"
#include "import/grid.h"

#include <string.h>

enum { LONGEST_CELL_SHOWN = 600, MOST_ROWS = 65536 };

void batch_plan(const struct table *table, const struct item_list *items, size_t slot_size, struct batch_plan *out)
{
    size_t per_row = sizeof(uint32_t), texts = 0;
    for (size_t i = 0; i < items->n; i++) {
        if (!table->place[i])
            continue;
        const bool is_text = items->at[i].type == ITEM_TEXT;
        per_row += is_text ? sizeof(struct text) : sizeof(double);
        texts += is_text;
    }
    *out = (struct batch_plan){ .pool_size = texts ? slot_size / 4 : 0 };
    out->capacity = (slot_size - out->pool_size - 64) / per_row;
    if (out->capacity > MOST_ROWS)
        out->capacity = MOST_ROWS;
    size_t at = 16;
    for (size_t i = 0; i < items->n; i++)
        if (table->place[i]) {
            out->column_at[i] = at;
            at += out->capacity * (items->at[i].type == ITEM_TEXT ? sizeof(struct text) : sizeof(double));
        }
    out->row_at = at;
    out->pool_at = slot_size - out->pool_size;
}

void batch_place(const struct batch_plan *plan, const struct table *table, const struct item_list *items,
                 unsigned char *slot, struct batch *out)
{
    *out = (struct batch){ .table = table, .capacity = plan->capacity, .row = (uint32_t *)(void *)(slot + plan->row_at) };
    for (size_t i = 0; i < items->n; i++) {
        if (!plan->column_at[i])
            continue;
        void *const column = slot + plan->column_at[i];
        if (items->at[i].type == ITEM_TEXT)
            out->text[i] = column;
        else
            out->number[i] = column;
    }
}

bool wire_broken(struct err *err, const char *how)
{
    err_set(err, ERR_OUTSIDE, "读取文件的子进程回话不合约定，已停止读取。");
    err_detail(err, "%s", how);
    return err_hint(err, "文件可能有意损坏；请核对来源，或用 Excel/WPS 打开后另存为 .xlsx 再试。");
}

struct wired_table { struct table table; uint32_t sheet_size; char sheet[]; };

void wire_table(unsigned char *slot, size_t size, const struct table *table)
{
    struct wired_table *const wired = (void *)slot;
    wired->table = *table;
    const size_t room = size - sizeof *wired;
    wired->sheet_size = (uint32_t)(table->sheet.size < room ? table->sheet.size : 0);
    memcpy(wired->sheet, table->sheet.at, wired->sheet_size);
}

bool unwire_table(const unsigned char *slot, size_t size, const struct item_list *items, struct arena *mem,
                  struct table *out, struct err *err)
{
    const struct wired_table *const wired = (const void *)slot;
    memcpy(out, &wired->table, sizeof *out);
    const size_t sheet_size = wired->sheet_size;
    if (sheet_size > size - sizeof *wired)
        return wire_broken(err, "sheet name longer than its slot");
    out->sheet = text_copy(mem, (struct text){ wired->sheet, sheet_size });
    out->file = TEXT("");
    unsigned char down;
    memcpy(&down, &wired->table.down, 1);
    if (!utf8_valid(out->sheet) || (out->kind != TABLE_SCHOOLS && out->kind != TABLE_COUNTY) || down > 1)
        return wire_broken(err, "table header out of range");
    for (size_t i = 0; i < MAX_ITEMS; i++)
        if (out->place[i] > GRID_MAX_ROWS || (i >= items->n && out->place[i]))
            return wire_broken(err, "item place out of range");
    return true;
}

struct wired_finding { uint32_t level, row, column, size[6]; char texts[]; };

static const size_t FINDING_TEXTS[6] = {
    offsetof(struct finding, rule), offsetof(struct finding, sheet), offsetof(struct finding, item),
    offsetof(struct finding, read), offsetof(struct finding, expected), offsetof(struct finding, mend),
};

static struct text *finding_text(struct finding *finding, size_t i)
{
    return (struct text *)(void *)((char *)finding + FINDING_TEXTS[i]);
}

void wire_finding(unsigned char *slot, size_t size, const struct finding *finding)
{
    struct wired_finding *const wired = (void *)slot;
    struct finding copy = *finding;
    wired->level = (uint32_t)finding->level;
    wired->row = finding->row;
    wired->column = finding->column;
    size_t used = sizeof *wired;
    for (size_t i = 0; i < COUNT(FINDING_TEXTS); i++) {
        struct text text = *finding_text(&copy, i);
        if (text.size > LONGEST_CELL_SHOWN) { /* cut at a character */
            text.size = LONGEST_CELL_SHOWN;
            while (text.size && ((unsigned char)text.at[text.size] & 0xC0) == 0x80)
                text.size--;
        }
        if (used + text.size > size)
            text.size = 0;
        wired->size[i] = (uint32_t)text.size;
        if (text.size)
            memcpy(slot + used, text.at, text.size);
        used += text.size;
    }
}

bool unwire_finding(const unsigned char *slot, size_t size, struct finding *out, struct arena *mem, struct err *err)
{
    struct wired_finding wired;
    memcpy(&wired, slot, sizeof wired);
    if (wired.level > FINDING_NOTE || wired.row > INT32_MAX || wired.column > GRID_MAX_COLUMNS)
        return wire_broken(err, "finding out of range");
    *out = (struct finding){ .level = (enum finding_level)wired.level, .row = wired.row, .column = wired.column };
    size_t used = sizeof wired;
    for (size_t i = 0; i < COUNT(FINDING_TEXTS); i++) {
        if (wired.size[i] > LONGEST_CELL_SHOWN || used + wired.size[i] > size)
            return wire_broken(err, "finding text too long");
        const struct text text = text_copy(mem, (struct text){ (const char *)slot + used, wired.size[i] });
        if (!utf8_valid(text))
            return wire_broken(err, "finding text is no UTF-8");
        *finding_text(out, i) = text;
        used += wired.size[i];
    }
    return true;
}

static bool numbers_allowed(const struct item *item, const double *numbers, size_t n)
{
    if (item->type != ITEM_ENUM && item->type != ITEM_BOOLEAN) {
        for (size_t i = 0; i < n; i++)
            if (__builtin_isinf(numbers[i]))
                return false;
        return true;
    }
    const double first = item->type == ITEM_ENUM ? 1 : 0, last = item->type == ITEM_ENUM ? (double)item->n_values : 1;
    for (size_t i = 0; i < n; i++)
        if (!is_blank(numbers[i]) && (numbers[i] < first || numbers[i] > last || numbers[i] != (double)(int)numbers[i]))
            return false;
    return true;
}

/* Texts one after another; a text that is the very one before is the same copy. */
static bool copy_texts(const struct text *from, size_t n, const char *pool, const char *pool_end, struct arena *mem, struct text *to)
{
    struct text seen = { NULL, 0 }, kept = TEXT("");
    for (size_t i = 0; i < n; i++) {
        struct text text;
        memcpy(&text, &from[i], sizeof text); /* read once: the child may still write there */
        if (!text.size) {
            to[i] = TEXT("");
            continue;
        }
        if (text.at != seen.at || text.size != seen.size) {
            if (text.at < pool || text.at > pool_end || text.size > (size_t)(pool_end - text.at))
                return false;
            kept = text_copy(mem, text);
            if (!utf8_valid(kept))
                return false;
            seen = text;
        }
        to[i] = kept;
    }
    return true;
}

bool unwire_batch(const struct slots *slots, uint32_t slot, uint64_t n, const struct table *table, const struct batch_plan *plan,
                  const struct item_list *items, struct arena *mem, struct arena *texts, struct batch *out, struct err *err)
{
    if (n > plan->capacity)
        return wire_broken(err, "more rows than a slot holds");
    struct batch theirs;
    unsigned char *const bytes = slot_at(slots, slot);
    batch_place(plan, table, items, bytes, &theirs);
    *out = (struct batch){ .table = table, .n = (size_t)n, .capacity = (size_t)n, .row = theirs.row };
    for (size_t i = 0; i < items->n; i++) {
        if (theirs.number[i]) {
            /* An ordinal will be an index: copied, then checked.  Any other double is just a figure. */
            const bool ordinal = items->at[i].type == ITEM_ENUM || items->at[i].type == ITEM_BOOLEAN;
            out->number[i] = ordinal ? arena_copy(mem, theirs.number[i], (size_t)n * sizeof(double)) : theirs.number[i];
            if (!numbers_allowed(&items->at[i], out->number[i], (size_t)n))
                return wire_broken(err, "a figure out of range");
        }
        if (theirs.text[i]) {
            out->text[i] = arena_array(mem, (size_t)n, struct text);
            const char *const pool = (const char *)bytes + plan->pool_at;
            if (!copy_texts(theirs.text[i], (size_t)n, pool, pool + plan->pool_size, texts, out->text[i]))
                return wire_broken(err, "a text outside its pool, or no UTF-8");
        }
    }
    return true;
}

void unwire_err(const unsigned char *slot, size_t size, struct err *out)
{
    (void)size;
    memcpy(out, slot, sizeof *out);
    out->what[sizeof out->what - 1] = out->detail[sizeof out->detail - 1] = out->hint[sizeof out->hint - 1] = '\0';
    if (out->kind < ERR_USAGE || out->kind > ERR_OUTSIDE)
        out->kind = ERR_INPUT;
    if (!utf8_valid(text_of(out->what)) || !utf8_valid(text_of(out->hint)))
        (void)wire_broken(out, "refusal is no UTF-8");
}

/* Whatever the process that reads uploads tells, the server takes it as returns, findings and bytes, or
 * refuses it.  Input: a byte (what was asked for), then frames as they come by the pipe. */
#include "intake/cells_wire.h"
#include "intake/handover_take.h"
#include "intake/handover.h"
#include "base/unicode.h"

#include "../tests/import/items_for_tests.c"

#include <stdlib.h>

static void must(bool so)
{
    if (!so)
        abort();
}

static void must_be_text(struct text text)
{
    must(utf8_valid(text));
}

/* Everything the engine, the store and the pages may touch is there to be touched. */
static void walk_returns(const struct returns *r)
{
    for (size_t i = 0; i < r->n_counties; i++) {
        must(r->counties[i].code.size && (!r->counties[i].n || r->counties[i].first + r->counties[i].n <= r->n));
        must_be_text(r->counties[i].code);
        must_be_text(r->counties[i].name);
        for (uint16_t k = 0; k < r->items->n; k++) {
            must(!__builtin_isinf(returns_county_number(r, i, k)));
            must_be_text(returns_county_cell(r, i, k).sheet);
        }
    }
    for (size_t i = 0; i < r->n; i++) {
        must(r->county[i] < r->n_counties);
        must(i >= r->counties[r->county[i]].first && i < r->counties[r->county[i]].first + r->counties[r->county[i]].n);
        for (uint16_t k = 0; k < r->items->n; k++) {
            const double x = returns_number(r, i, k);
            const struct item *item = &r->items->at[k];
            must_be_text(returns_text(r, i, k));
            must(!__builtin_isinf(x) && (item->type != ITEM_ENUM || is_blank(x) || (x >= 1 && x <= (double)item->n_values)));
            if (i < 4)
                must_be_text(returns_cell(r, i, k).file);
        }
    }
}

static void walk_cells(struct text bytes, struct arena *mem)
{
    struct cell_source *sources;
    const size_t n = cells_get(bytes, TEXT("甲.csv"), mem, &sources);
    for (size_t i = 0; i < n; i++) {
        struct shown_cell cell;
        must_be_text(sources[i].sheet);
        while (sources[i].next(sources[i].context, &cell)) {
            must_be_text(cell.text);
            must(cell.row && cell.column && __builtin_isfinite(cell.number));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *kept;
    static struct item_list *items;
    static const struct text NAMES[] = { TEXT("甲.csv"), TEXT("乙.xlsx"), TEXT("丙.ods") };
    if (!items) {
        kept = arena_new("items");
        items = items_for_tests(kept);
    }
    if (!size)
        return 0;
    struct arena *mem = arena_new("fuzz");
    struct findings findings = { .mem = mem };
    const struct handover_order order = { .kind = (enum handover_kind)(data[0] % 3), .names = NAMES, .n_files = COUNT(NAMES) };
    struct taking taking = { .order = &order, .items = items, .mem = mem, .findings = order.kind == HANDOVER_READ ? &findings : NULL,
                             .total = 1000, .bytes.mem = mem };
    struct err err;
    enum taken taken = TAKEN;
    data++, size--;
    while (taken == TAKEN && size >= sizeof(struct frame_head)) {
        struct frame_head head;
        memcpy(&head, data, sizeof head);
        data += sizeof head, size -= sizeof head;
        if (head.size > size)
            break;
        taken = take_frame(&taking, head.kind, (struct text){ (const char *)data, head.size }, &err);
        data += head.size, size -= head.size;
    }
    if (taken == TAKEN_ALL && order.kind == HANDOVER_READ)
        walk_returns(taking.returns);
    else if (taken == TAKEN_ALL)
        walk_cells(buf_text(&taking.bytes), mem);
    for (size_t i = 0; i < findings.n; i++)
        must_be_text(findings.at[i].read);
    arena_free(&mem);
    return 0;
}

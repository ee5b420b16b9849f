#include "intake/handover_order.h"

#include "intake/handover.h"
#include "intake/packed.h"
#include "intake/wire.h"

enum { MOST_NAMES = 4096 /* of an item or of a value */, FINDING_ROOM = 8192 };

/* ---- items: the very list the parent has, whatever became of the folder it was read from ---- */

static void put_names(struct buf *out, const struct text *names, size_t n)
{
    pack_u32(out, (uint32_t)n);
    for (size_t i = 0; i < n; i++)
        pack_text(out, names[i]);
}

static struct text *get_names(struct packed *from, struct arena *mem, size_t *n_out)
{
    const uint32_t n = unpack_u32(from);
    *n_out = 0;
    from->bad |= n > MOST_NAMES;
    if (from->bad)
        return NULL;
    struct text *const names = arena_array(mem, n + 1, struct text);
    while (*n_out < n && !from->bad)
        names[(*n_out)++] = unpack_text(from);
    return names;
}

static void put_item(struct buf *out, const struct item *item)
{
    pack_text(out, item->code);
    pack_text(out, item->zh);
    pack_text(out, item->unit);
    pack_text(out, item->note);
    pack_u32(out, item->level);
    pack_u32(out, item->type);
    pack_u32(out, item->merge);
    put_names(out, item->aliases, item->n_aliases);
    pack_u32(out, (uint32_t)item->n_values);
    for (size_t i = 0; i < item->n_values; i++) {
        pack_text(out, item->values[i].code);
        pack_text(out, item->values[i].zh);
        put_names(out, item->values[i].names, item->values[i].n_names);
    }
}

static void get_item(struct packed *from, struct arena *mem, struct item *item)
{
    item->code = unpack_text(from);
    item->zh = unpack_text(from);
    item->unit = unpack_text(from);
    item->note = unpack_text(from);
    const uint32_t level = unpack_u32(from), type = unpack_u32(from), merge = unpack_u32(from);
    from->bad |= level > ITEM_COUNTY || type > ITEM_ENUM || merge > MERGE_MAX;
    item->level = (enum item_level)level;
    item->type = (enum item_type)type;
    item->merge = (enum item_merge)merge;
    item->aliases = get_names(from, mem, &item->n_aliases);
    const uint32_t n = unpack_u32(from);
    from->bad |= n > MOST_NAMES;
    if (from->bad)
        return;
    item->values = arena_array(mem, n + 1, struct enum_value);
    for (; item->n_values < n && !from->bad; item->n_values++) {
        struct enum_value *const value = &item->values[item->n_values];
        value->code = unpack_text(from);
        value->zh = unpack_text(from);
        value->names = get_names(from, mem, &value->n_names);
    }
}

/* ---- findings ---- */

static void put_findings(struct buf *out, const struct findings *findings)
{
    pack_u32(out, (uint32_t)findings->n);
    for (size_t i = 0; i < findings->n; i++) {
        char room[FINDING_ROOM];
        size_t size = 0;
        if (!wire_put_finding(room, sizeof room, &size, &findings->at[i]))
            size = 0; /* it always fits: long texts are cut */
        pack_text(out, (struct text){ room, size });
    }
}

static void get_findings(struct packed *from, struct text file, struct arena *mem, struct findings *out)
{
    *out = (struct findings){ .mem = mem };
    const uint32_t n = unpack_u32(from);
    from->bad |= n > MAX_FINDINGS;
    for (uint32_t i = 0; i < n && !from->bad; i++) {
        const uint32_t size = unpack_u32(from);
        const char *const at = unpack_at(from, size);
        from->bad |= !at || !wire_get_findings(at, size, 1, size, file, 0, mem, out);
    }
}

/* ---- the order ---- */

void handover_put_order(struct buf *out, const struct handover_order *order)
{
    pack_u32(out, order->kind);
    pack_u32(out, order->seconds);
    put_names(out, order->names, order->n_files);
    pack_u32(out, (uint32_t)order->items.n);
    for (size_t i = 0; i < order->items.n; i++)
        put_item(out, &order->items.at[i]);
    pack_text(out, order->county);
    pack_u32(out, (uint32_t)order->year);
    pack_u32(out, order->every_sheet);
    pack_text(out, order->sheet);
    pack_u32(out, order->first);
    pack_u32(out, order->last);
    put_findings(out, &order->findings);
}

bool handover_get_order(struct text bytes, struct arena *mem, struct handover_order *out)
{
    struct packed from = { bytes, false };
    *out = (struct handover_order){ .kind = (enum handover_kind)unpack_u32(&from) };
    out->seconds = unpack_u32(&from);
    out->names = get_names(&from, mem, &out->n_files);
    const uint32_t n = unpack_u32(&from);
    from.bad |= (unsigned)out->kind >= N_HANDOVER_KINDS || !out->n_files || out->n_files > HANDOVER_MOST_FILES || n > MAX_ITEMS;
    if (from.bad)
        return false;
    out->items.at = arena_array(mem, n + 1, struct item);
    for (; out->items.n < n && !from.bad; out->items.n++)
        get_item(&from, mem, &out->items.at[out->items.n]);
    item_list_finish(&out->items);
    out->county = unpack_text(&from);
    out->year = (int)unpack_u32(&from);
    out->every_sheet = unpack_u32(&from) != 0;
    out->sheet = unpack_text(&from);
    out->first = unpack_u32(&from);
    out->last = unpack_u32(&from);
    get_findings(&from, out->names[0], mem, &out->findings);
    return !from.bad && !from.rest.size;
}

#include "intake/handover_take.h"

#include "intake/collect_row.h"
#include "intake/handover.h"
#include "intake/packed.h"

enum { MOST_BYTES = 64 << 20, MOST_SAID = 64 << 20 /* bytes of findings */, FIRST_YEAR = 1000, LAST_YEAR = 9999 };

/* ---- the shape ---- */

static bool take_shape(struct taking *t, struct packed *from)
{
    const uint32_t rows = unpack_u32(from);
    t->counties = unpack_u32(from);
    t->sources = unpack_u32(from);
    t->others = unpack_u32(from);
    if (t->returns || from->bad || rows > HANDOVER_MOST_ROWS || t->counties > HANDOVER_MOST_COUNTIES || t->sources > HANDOVER_MOST_TABLES ||
        t->others > HANDOVER_MOST_OTHERS || (rows && (!t->counties || !t->sources)))
        return false;
    t->returns = returns_new(t->items, t->mem);
    if (rows)
        returns_room(t->returns, rows);
    t->returns->n = rows;
    return true;
}

static bool take_source(struct taking *t, struct packed *from)
{
    struct returns *const r = t->returns;
    const uint32_t file = unpack_u32(from), down = unpack_u32(from), value_column = unpack_u32(from);
    const struct text sheet = unpack_text(from);
    const uint32_t n = unpack_u32(from);
    if (from->bad || r->n_sources >= t->sources || file >= t->order->n_files || down > 1 || n > t->items->n)
        return false;
    const uint32_t at = returns_source(r, t->order->names[file], text_copy(t->mem, sheet));
    struct source *const source = &r->sources[at];
    source->down = down;
    source->value_column = value_column;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t item = unpack_u32(from), place = unpack_u32(from);
        if (from->bad || item >= t->items->n)
            return false;
        source->place[item] = place;
    }
    return true;
}

static bool take_origin(const struct taking *t, struct packed *from, struct origin *out)
{
    unpack(from, out, sizeof *out);
    return !from->bad && out->source < t->returns->n_sources;
}

/* ---- counties ---- */

static bool take_county(struct taking *t, struct packed *from)
{
    struct returns *const r = t->returns;
    const struct text code = unpack_text(from), name = unpack_text(from);
    const uint32_t year = unpack_u32(from), n = unpack_u32(from);
    if (from->bad || r->n_counties >= t->counties || !code.size || year < FIRST_YEAR || year > LAST_YEAR || n > t->items->n)
        return false;
    const uint32_t county = returns_add_county(r, code, (int)year);
    r->counties[county].name = text_copy(t->mem, name);
    for (uint32_t i = 0; i < n; i++) {
        double figure;
        struct origin origin;
        const uint32_t item = unpack_u32(from);
        unpack(from, &figure, sizeof figure);
        if (!take_origin(t, from, &origin) || item >= t->items->n || t->items->at[item].level != ITEM_COUNTY ||
            t->items->at[item].type == ITEM_TEXT || is_blank(figure) || !collect_figures_allowed(&t->items->at[item], &figure, 1))
            return false;
        returns_put_county(r, county, (uint16_t)item, figure, origin);
    }
    return true;
}

/* ---- rows ---- */

static bool take_rows(struct taking *t, struct packed *from)
{
    struct returns *const r = t->returns;
    const uint32_t n = unpack_u32(from);
    if (from->bad || n > r->n - t->rows)
        return false;
    unpack(from, r->county + t->rows, n * sizeof *r->county);
    unpack(from, r->origin + t->rows, n * sizeof *r->origin);
    for (size_t row = t->rows; row < t->rows + n && !from->bad; row++)
        from->bad = r->county[row] >= r->n_counties || r->origin[row].source >= r->n_sources;
    t->rows += n;
    return !from->bad;
}

/* The item and rows of a column's piece; its column is made when it is the first. */
static bool take_place(struct taking *t, struct packed *from, bool text, uint16_t *item_out, uint32_t *first_out, uint32_t *n_out)
{
    struct returns *const r = t->returns;
    const uint32_t item = unpack_u32(from), first = unpack_u32(from), n = unpack_u32(from);
    if (from->bad || item >= t->items->n || (t->items->at[item].type == ITEM_TEXT) != text ||
        (t->items->at[item].level != ITEM_SCHOOL && item != t->items->school_code) || !n || first > r->n || n > r->n - first)
        return false;
    if (!r->text[item] && !r->number[item] && (t->figures += r->n) > HANDOVER_MOST_FIGURES)
        return false;
    *item_out = (uint16_t)item;
    *first_out = first;
    *n_out = n;
    return true;
}

static bool take_numbers(struct taking *t, struct packed *from)
{
    uint16_t item;
    uint32_t first, n;
    if (!take_place(t, from, false, &item, &first, &n))
        return false;
    double *const column = returns_number_column(t->returns, item) + first;
    unpack(from, column, n * sizeof *column);
    for (uint32_t i = 0; i < n; i++)
        if (is_blank(column[i]))
            column[i] = BLANK; /* one blank is like another */
    return !from->bad && collect_figures_allowed(&t->items->at[item], column, n);
}

static bool take_texts(struct taking *t, struct packed *from)
{
    uint16_t item;
    uint32_t first, n;
    if (!take_place(t, from, true, &item, &first, &n))
        return false;
    const char *const sizes = unpack_at(from, n * sizeof(uint32_t));
    struct text *const column = returns_text_column(t->returns, item) + first;
    struct packed rest = { { arena_copy(t->mem, from->rest.at, from->rest.size), from->rest.size }, from->bad };
    if ((t->text += rest.rest.size) > HANDOVER_MOST_TEXT)
        return false;
    for (uint32_t i = 0; i < n && !rest.bad; i++) {
        uint32_t size;
        memcpy(&size, sizes + i * sizeof size, sizeof size);
        const char *const at = unpack_at(&rest, size);
        if (!at || !utf8_valid((struct text){ at, size }))
            return false;
        column[i] = (struct text){ size ? at : "", size };
    }
    from->rest = rest.rest;
    return !rest.bad;
}

static bool take_others(struct taking *t, struct packed *from)
{
    struct returns *const r = t->returns;
    const uint32_t n = unpack_u32(from);
    if (from->bad || n > t->others - r->n_others)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        struct origin origin;
        const uint32_t row = unpack_u32(from), item = unpack_u32(from);
        if (!take_origin(t, from, &origin) || row >= r->n || item >= t->items->n)
            return false;
        returns_note_origin(r, row, (uint16_t)item, origin);
    }
    return true;
}

/* ---- all else ---- */

static bool take_findings(struct taking *t, struct packed *from)
{
    const uint32_t file = unpack_u32(from), n = unpack_u32(from);
    if (from->bad || file >= t->order->n_files || (t->said += from->rest.size) > MOST_SAID)
        return false;
    struct arena *scratch = arena_new("findings");
    const bool ok = wire_get_findings(from->rest.at, from->rest.size, n, from->rest.size, t->order->names[file], 0, scratch, t->findings);
    arena_free(&scratch);
    from->rest.size = 0;
    return ok;
}

static bool take_bytes(struct taking *t, struct packed *from)
{
    if (t->order->kind == HANDOVER_READ || from->rest.size > MOST_BYTES - t->bytes.size)
        return false;
    buf_add(&t->bytes, from->rest);
    from->rest.size = 0;
    return true;
}

static bool take_progress(struct taking *t, struct packed *from)
{
    const uint64_t done = unpack_u64(from), total = unpack_u64(from);
    if (from->bad || total != t->total || done > total)
        return false;
    t->done = done;
    if (t->progress)
        t->progress(t->context, done, total);
    return true;
}

/* Every school stands once in its county and year, every county and year once, under a code. */
static bool is_whole(struct returns *r)
{
    const uint16_t code = r->items->school_code;
    if (r->n && (code >= r->items->n || !r->text[code]))
        return false;
    returns_arrange(r);
    for (size_t i = 1; i < r->n_counties; i++)
        if (r->counties[i].year == r->counties[i - 1].year && text_equal(r->counties[i].code, r->counties[i - 1].code))
            return false;
    for (size_t row = 0; row < r->n; row++)
        if (!r->text[code][row].size || (row && r->county[row] == r->county[row - 1] && text_equal(r->text[code][row], r->text[code][row - 1])))
            return false;
    return true;
}

static bool take_end(struct taking *t, struct packed *from)
{
    const uint64_t dropped = unpack_u64(from);
    struct returns *const r = t->returns;
    if (from->bad || dropped > UINT32_MAX)
        return false;
    if (t->findings)
        t->findings->dropped += (size_t)dropped;
    return t->order->kind != HANDOVER_READ || (r && t->rows == r->n && r->n_counties == t->counties && r->n_sources == t->sources &&
                                               r->n_others == t->others && is_whole(r));
}

enum taken take_frame(struct taking *t, uint32_t kind, struct text content, struct err *err)
{
    struct packed from = { content, false };
    const bool of_returns = kind >= FRAME_SHAPE && kind <= FRAME_FINDINGS;
    bool ok = !of_returns || (t->order->kind == HANDOVER_READ && (t->returns || kind == FRAME_SHAPE || kind == FRAME_FINDINGS));
    switch (ok ? kind : 0) {
    case FRAME_PROGRESS: ok = take_progress(t, &from); break;
    case FRAME_SHAPE: ok = take_shape(t, &from); break;
    case FRAME_SOURCE: ok = take_source(t, &from); break;
    case FRAME_COUNTY: ok = take_county(t, &from); break;
    case FRAME_ROWS: ok = take_rows(t, &from); break;
    case FRAME_NUMBERS: ok = take_numbers(t, &from); break;
    case FRAME_TEXTS: ok = take_texts(t, &from); break;
    case FRAME_OTHERS: ok = take_others(t, &from); break;
    case FRAME_FINDINGS: ok = take_findings(t, &from); break;
    case FRAME_BYTES: ok = take_bytes(t, &from); break;
    case FRAME_DONE: return take_end(t, &from) && !from.rest.size ? TAKEN_ALL : TAKEN_NONSENSE;
    case FRAME_REFUSED: return content.size == sizeof *err && wire_get_err(content.at, err) ? TAKEN_REFUSED : TAKEN_NONSENSE;
    default: ok = false; break;
    }
    return ok && !from.bad && !from.rest.size ? TAKEN : TAKEN_NONSENSE;
}

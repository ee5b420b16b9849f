#include "import/header.h"

#include "base/err.h"
#include "base/unicode.h"
#include "import/narrowing.h"
#include "import/unit_name.h"

struct name {
    struct text folded;
    uint16_t item;
};

struct item_names {
    const struct item_list *items;
    struct name *slots; /* open addressing; an empty slot has no bytes */
    size_t n_slots;     /* a power of two */
    struct name *all;   /* the same in order of the edition, for guessing */
    size_t n;
};

static struct name *slot_of(const struct item_names *names, struct text folded)
{
    size_t at = text_hash(folded) & (names->n_slots - 1);
    while (names->slots[at].folded.size && !text_equal(names->slots[at].folded, folded))
        at = (at + 1) & (names->n_slots - 1);
    return &names->slots[at];
}

/* The first to claim a name keeps it; the loader of editions refuses names claimed twice. */
static void add_name(struct item_names *names, struct text folded, uint16_t item)
{
    struct name *slot = slot_of(names, folded);
    if (!folded.size || slot->folded.size)
        return;
    *slot = (struct name){ folded, item };
    names->all[names->n++] = *slot;
}

static size_t spellings_of(const struct item *item)
{
    return 2 + item->n_aliases;
}

static struct text spelling(const struct item *item, size_t i)
{
    return i == 0 ? item->code : i == 1 ? item->zh : item->aliases[i - 2];
}

struct item_names *item_names_new(struct arena *mem, const struct item_list *items)
{
    struct item_names *names = arena_make(mem, struct item_names);
    size_t n = 0;
    for (size_t i = 0; i < items->n; i++)
        n += 2 * spellings_of(&items->at[i]);
    names->items = items;
    names->n_slots = 64;
    while (names->n_slots < 2 * n)
        names->n_slots *= 2;
    names->slots = arena_array(mem, names->n_slots, struct name);
    names->all = arena_array(mem, n + 1, struct name);
    for (size_t i = 0; i < items->n; i++)
        for (size_t s = 0; s < spellings_of(&items->at[i]); s++)
            add_name(names, text_fold(mem, spelling(&items->at[i], s)), (uint16_t)i);
    /* 教学仪器设备资产值(万元) is also called without its bracket, once all whole names stand. */
    for (size_t i = 0; i < items->n; i++)
        for (size_t s = 0; s < spellings_of(&items->at[i]); s++) {
            struct text unit;
            const struct text base = heading_without_unit(text_fold(mem, spelling(&items->at[i], s)), &unit);
            if (unit.size)
                add_name(names, base, (uint16_t)i);
        }
    return names;
}

const struct item_list *item_names_list(const struct item_names *names)
{
    return names->items;
}

uint16_t item_named_folded(const struct item_names *names, struct text folded)
{
    if (!folded.size)
        return NO_ITEM;
    const struct name *slot = slot_of(names, folded);
    return slot->folded.size ? slot->item : NO_ITEM;
}

struct text heading_trim(struct text folded)
{
    while (folded.size && (*folded.at == '*' || *folded.at == '#'))
        folded.at++, folded.size--;
    while (folded.size && (folded.at[folded.size - 1] == '*' || folded.at[folded.size - 1] == ':'))
        folded.size--;
    return folded;
}

struct text heading_without_unit(struct text folded, struct text *unit_out)
{
    static const struct {
        struct text open, close;
    } BRACKETS[] = {
        { TEXT("("), TEXT(")") },
        { TEXT("["), TEXT("]") },
        { TEXT("【"), TEXT("】") },
        { TEXT("〔"), TEXT("〕") },
    };
    struct unit_name unit;
    *unit_out = TEXT("");
    for (size_t b = 0; b < COUNT(BRACKETS); b++) {
        if (!text_ends(folded, BRACKETS[b].close))
            continue;
        const size_t end = folded.size - BRACKETS[b].close.size;
        for (size_t open = end; open-- > 1;) {
            const struct text rest = { folded.at + open, end - open };
            if (!text_starts(rest, BRACKETS[b].open))
                continue;
            struct text inner = { rest.at + BRACKETS[b].open.size, rest.size - BRACKETS[b].open.size };
            if (text_starts(inner, TEXT("单位:")))
                inner.at += TEXT("单位:").size, inner.size -= TEXT("单位:").size;
            if (unit_named(inner, &unit)) {
                *unit_out = inner;
                return (struct text){ folded.at, open };
            }
            break; /* only the last bracket, and only a whole one */
        }
    }
    return folded;
}

struct heading heading_read(const struct item_names *names, struct text heading, struct arena *scratch)
{
    struct text unit_text;
    struct unit_name unit;
    const struct text folded = heading_trim(text_fold(scratch, heading));
    uint16_t item = item_named_folded(names, folded);
    if (item != NO_ITEM)
        return (struct heading){ item, HEADING_EXACT };
    const struct text base = heading_trim(heading_without_unit(folded, &unit_text));
    if (!unit_text.size || !unit_named(unit_text, &unit))
        return (struct heading){ NO_ITEM, HEADING_UNKNOWN };
    item = item_named_folded(names, base);
    if (item == NO_ITEM)
        return (struct heading){ NO_ITEM, HEADING_UNKNOWN };
    const bool suits = unit_suits(unit, &names->items->at[item]);
    return (struct heading){ item, suits ? HEADING_EXACT : HEADING_WRONG_UNIT };
}

uint16_t item_named(const struct item_names *names, struct text heading, struct arena *scratch)
{
    const struct heading read = heading_read(names, heading, scratch);
    return read.match == HEADING_EXACT ? read.item : NO_ITEM;
}

/* How many edits a name of this length may be away: two, or a quarter of a long name, and in a
 * short one fewer, because 年级数 and 班级数 are two things. */
static size_t edits_allowed(size_t length)
{
    if (length < 4)
        return 0;
    if (length == 4)
        return 1;
    return length / 4 > 2 ? length / 4 : 2;
}

/* Whether it would do no harm to be told to call the heading by this item's name. */
static bool may_be_meant(const struct item *item, struct text base, struct text unit_text,
                         struct arena *scratch)
{
    struct unit_name unit;
    return !narrows(base, item, scratch) && !speaks_of_a_stage(base, item, scratch) &&
           !(unit_named(unit_text, &unit) && !unit_suits(unit, item));
}

uint16_t item_guess(const struct item_names *names, struct text heading, struct arena *scratch)
{
    enum { LONGEST = 64 };
    struct text unit;
    const struct text base = heading_without_unit(heading_trim(text_fold(scratch, heading)), &unit);
    const size_t length = utf8_length(base);
    if (length < 3 || length > LONGEST)
        return NO_ITEM;
    size_t nearest = edits_allowed(length) + 1, least_more = SIZE_MAX;
    uint16_t near = NO_ITEM, within = NO_ITEM;
    for (size_t i = 0; i < names->n; i++) {
        const struct name *name = &names->all[i];
        const size_t edits = text_distance(scratch, base, name->folded, nearest - 1);
        if (edits < nearest && may_be_meant(&names->items->at[name->item], base, unit, scratch)) {
            nearest = edits;
            near = name->item;
            if (nearest == 0)
                break;
        }
        if (near != NO_ITEM)
            continue;
        /* One holds the other, and is not twice as long. */
        const bool shorter = base.size < name->folded.size;
        const struct text small = shorter ? base : name->folded, large = shorter ? name->folded : base;
        if (small.size * 2 >= large.size && large.size - small.size < least_more &&
            text_find(large, small, NULL) &&
            may_be_meant(&names->items->at[name->item], base, unit, scratch)) {
            least_more = large.size - small.size;
            within = name->item;
        }
    }
    return near != NO_ITEM ? near : within;
}

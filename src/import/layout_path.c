#include "import/layout_path.h"

#include "base/err.h"
#include "base/unicode.h"
#include "import/narrowing.h"
#include "import/unit_name.h"

#include <string.h>

struct path {
    struct text part[MAX_PATH]; /* folded, without unit, blanks and repetitions dropped */
    size_t n;
    struct text unit; /* the lowest one that was written; empty when none */
    bool total;       /* the lowest part said 计 and was dropped */
};

static bool is_total(struct text folded)
{
    static const struct text WORDS[] = { TEXT("计"),   TEXT("合计"), TEXT("总计"),
                                         TEXT("小计"), TEXT("总数"), TEXT("数量") };
    for (size_t i = 0; i < COUNT(WORDS); i++)
        if (text_equal(folded, WORDS[i]))
            return true;
    return false;
}

/* Parts that only say how the ones below are ordered: “其中”, “按学历分”. */
static bool only_orders(struct text folded)
{
    return text_equal(folded, TEXT("其中")) || text_equal(folded, TEXT("其他:")) ||
           (text_starts(folded, TEXT("按")) && text_ends(folded, TEXT("分")));
}

static struct text cleaned(struct text folded)
{
    folded = heading_trim(folded);
    if (text_starts(folded, TEXT("其中")) && folded.size > TEXT("其中").size)
        folded.at += TEXT("其中").size, folded.size -= TEXT("其中").size;
    if (text_starts(folded, TEXT(":")))
        folded.at++, folded.size--;
    return folded;
}

static void path_of(const struct item_names *names, const struct text *parts, size_t n, struct path *path, struct arena *scratch)
{
    struct unit_name unit;
    *path = (struct path){ .unit = TEXT("") };
    for (size_t i = 0; i < n && i < MAX_PATH; i++) {
        struct text written, part = cleaned(text_fold(scratch, parts[i]));
        if (!part.size || only_orders(part))
            continue;
        if (unit_named(part, &unit) && item_named_folded(names, part) == NO_ITEM) { /* "year" is a unit and an item */
            path->unit = part;
            continue;
        }
        part = heading_without_unit(part, &written);
        if (written.size)
            path->unit = written;
        /* “填报单位：某小学” over a column is about the sheet, not the column. */
        if (text_find(part, TEXT(":"), NULL) || (path->n && text_equal(path->part[path->n - 1], part)))
            continue;
        path->part[path->n++] = part;
    }
    if (path->n > 1 && is_total(path->part[path->n - 1])) {
        path->n--;
        path->total = true;
    }
}

/* Whether the parents that the name does not hold leave its meaning alone. */
static bool parents_agree(const struct item_names *names, uint16_t index, struct text name,
                          const struct text *parents, size_t n, struct arena *scratch)
{
    enum { SHORT = 8 }; /* characters: 在校生数 can be narrowed, 毕业年级三年转出学生数 says all itself */
    const struct item *item = &item_names_list(names)->at[index];
    if (item->type != ITEM_INTEGER && item->type != ITEM_NUMBER)
        return true;
    for (size_t i = 0; i < n; i++)
        if (!held_by_a_name(item, parents[i], scratch) &&
            (speaks_of_a_stage(parents[i], item, scratch) ||
             (utf8_length(name) <= SHORT && narrows(parents[i], item, scratch))))
            return false;
    return true;
}

/* The item whose name these texts make one behind the other.  Built on the stack: a hostile sheet
 * has a hundred thousand headings, each joined in dozens of ways. */
static uint16_t joined(const struct item_names *names, const struct text *pieces, size_t n)
{
    char name[384];
    size_t size = 0;
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].size > sizeof name - size)
            return NO_ITEM; /* no item has so long a name */
        memcpy(name + size, pieces[i].at, pieces[i].size);
        size += pieces[i].size;
    }
    return item_named_folded(names, (struct text){ name, size });
}

/* The parts in this order, as they are and with the endings that forms leave out. */
static uint16_t in_order(const struct item_names *names, const struct text *part, const size_t *order,
                         size_t n, bool area)
{
    static const struct text ENDINGS[] = { TEXT(""), TEXT("数"), TEXT("人数"), TEXT("面积") };
    struct text pieces[MAX_PATH + 1];
    uint16_t item = NO_ITEM;
    for (size_t i = 0; i < n; i++)
        pieces[i] = part[order[i]];
    for (size_t i = 0; i < COUNT(ENDINGS) - !area && item == NO_ITEM; i++) {
        pieces[n] = ENDINGS[i];
        item = joined(names, pieces, n + 1);
    }
    return item;
}

/* 专任教师数（小学）, 县级以上骨干教师（小学） */
static uint16_t with_stage_in_brackets(const struct item_names *names, struct text whole, struct text stage)
{
    static const struct text ENDINGS[] = { TEXT(""), TEXT("数"), TEXT("人数") };
    uint16_t item = NO_ITEM;
    for (size_t i = 0; i < COUNT(ENDINGS) && item == NO_ITEM; i++)
        item = joined(names, (const struct text[]){ whole, ENDINGS[i], TEXT("("), stage, TEXT(")") }, 5);
    return item;
}

/* The item whose name these parts make together; all of them are used. */
static uint16_t named_by(const struct item_names *names, const struct text *part, size_t n, bool total,
                         bool area)
{
    static const size_t TWO[][2] = { { 0, 1 }, { 1, 0 } };
    static const size_t THREE[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 2, 0, 1 },
                                       { 1, 0, 2 }, { 1, 2, 0 }, { 2, 1, 0 } };
    static const size_t ALL[MAX_PATH] = { 0, 1, 2, 3, 4, 5 };
    uint16_t item = NO_ITEM;
    switch (n) {
    case 1: /* near but not equal is not taken: an ending only where 计 or an area above asks for it */
        item = total ? in_order(names, part, ALL, 1, area) : item_named_folded(names, part[0]);
        if (item == NO_ITEM && area)
            item = joined(names, (const struct text[]){ part[0], TEXT("面积") }, 2);
        return item;
    case 2:
        for (size_t i = 0; i < COUNT(TWO) && item == NO_ITEM; i++)
            item = in_order(names, part, TWO[i], 2, area);
        for (size_t i = 0; i < COUNT(TWO) && item == NO_ITEM; i++)
            item = with_stage_in_brackets(names, part[TWO[i][0]], part[TWO[i][1]]);
        return item;
    case 3:
        for (size_t i = 0; i < COUNT(THREE) && item == NO_ITEM; i++)
            item = in_order(names, part, THREE[i], 3, area);
        return item;
    default: return in_order(names, part, ALL, n, area);
    }
}

struct heading path_read(const struct item_names *names, const struct text *parts, size_t n,
                         struct arena *scratch)
{
    struct path path;
    struct unit_name unit;
    path_of(names, parts, n, &path, scratch);
    if (!path.n)
        return (struct heading){ NO_ITEM, HEADING_UNKNOWN };
    bool area = false;
    for (size_t i = 0; i < path.n; i++)
        area = area || (path.n > 1 && text_find(path.part[i], TEXT("面积"), NULL));
    uint16_t item = NO_ITEM;
    bool narrowed = false;
    for (size_t first = 0; first < path.n && item == NO_ITEM; first++) { /* most parts first */
        item = named_by(names, path.part + first, path.n - first, path.total, area);
        if (item != NO_ITEM)
            narrowed = !parents_agree(names, item, path.part[path.n - 1], path.part, first, scratch);
    }
    /* A whole name may hold what looked like a unit or a total. */
    if (item == NO_ITEM && n)
        item = item_named_folded(names, cleaned(text_fold(scratch, parts[n - 1])));
    if (item == NO_ITEM)
        return (struct heading){ NO_ITEM, HEADING_UNKNOWN };
    if (narrowed)
        return (struct heading){ item, HEADING_NEAR };
    if (path.unit.size && unit_named(path.unit, &unit) &&
        !unit_suits(unit, &item_names_list(names)->at[item]))
        return (struct heading){ item, HEADING_WRONG_UNIT };
    return (struct heading){ item, HEADING_EXACT };
}

struct text path_shown(struct arena *mem, const struct text *parts, size_t n)
{
    struct buf out = { .mem = mem };
    struct text before = TEXT("");
    for (size_t i = 0; i < n; i++) {
        const struct text part = text_trim(parts[i]);
        /* “填报单位：某小学” over a column is about the sheet, not the column. */
        const bool of_sheet = i + 1 < n && (text_find(part, TEXT("："), NULL) || text_find(part, TEXT(":"), NULL));
        if (!part.size || of_sheet || text_equal(part, before))
            continue;
        if (out.size)
            buf_byte(&out, '>');
        buf_add(&out, part);
        before = part;
    }
    return buf_text(&out);
}

/* header.h — names of items as people write them. */
#pragma once
#include "model/item.h"

struct item_names; /* an index of every folded code, name and alias of an edition */

struct item_names *item_names_new(struct arena *mem, const struct item_list *items);
const struct item_list *item_names_list(const struct item_names *names);
/* The item with exactly this name (folded: NFKC, spaces dropped, letters small; a bracket at the
 * end that holds only a known unit is stripped, never （小学） or （初中）); NO_ITEM when none, and
 * when the bracket holds a unit in which the item is not asked for. */
uint16_t item_named(const struct item_names *names, struct text heading, struct arena *scratch);
/* The item whose name is near but not equal, to be offered and never taken; NO_ITEM when none. */
uint16_t item_guess(const struct item_names *names, struct text heading, struct arena *scratch);

/* What a heading means. */
enum heading_match {
    HEADING_UNKNOWN,
    HEADING_EXACT,      /* item's own name: the column is taken */
    HEADING_WRONG_UNIT, /* item's own name, but with a unit the item is not asked in: 万元 against 元 */
    HEADING_NEAR,       /* item is a guess, offered and never taken */
};
struct heading {
    uint16_t item;
    enum heading_match match;
};

/* EXACT, WRONG_UNIT or UNKNOWN; does not guess. */
struct heading heading_read(const struct item_names *names, struct text heading, struct arena *scratch);

/* For layout_path: the same steps on folded texts. */
uint16_t item_named_folded(const struct item_names *names, struct text folded);
/* Cuts a bracket at the end off a folded heading if it holds only a known unit: "(万元)",
 * "(单位:人)".  The unit is handed out folded; empty when there was none. */
struct text heading_without_unit(struct text folded, struct text *unit_out);
/* Marks around a heading that mean nothing: "*" of a compulsory field, ":" at the end. */
struct text heading_trim(struct text folded);

/* scenario_typed.h — the changes of a trial as somebody puts them together: typed cell by cell, pasted as a block
 * from Excel or WPS, or all that a school lacks at once.  Texts as typed; app_try_read says what they mean. */
#pragma once
#include "app/house.h"

/* One cell of the grid; an empty school is the county's own figure.  Nothing typed: the figure stays as it is. */
struct typed_change { struct text school; uint16_t item; struct text typed; };

/* Begins as { mem }.  Each school and item stands once, in the order in which it first came. */
struct typed_changes { struct arena *mem; struct typed_change *at; size_t n, capacity; };

/* Puts a change; one of the same school and item is typed anew in its place. */
void typed_put(struct typed_changes *changes, struct typed_change change);

struct pasted_fault { size_t line; struct text words; };  /* line of the block, from 1; a sentence with its 。 */
struct pasted { size_t rows; struct pasted_fault *faults; size_t n_faults; };  /* rows: that were taken */

/* Rows of 学校<TAB>项目<TAB>值 put into the changes.  A school by code or name, an item by code, name or alias, with
 * or without its unit in brackets.  A heading row may name the columns (学校, 项目, 改为 or 值) in any order among
 * others; without one the first column is the school, the second the item, the last one the value.  What cannot be
 * taken is told by line, the rest is taken all the same. */
struct pasted app_scenario_paste(const struct snapshot *snapshot, size_t year, const struct actor *actor, struct text block,
                                 struct typed_changes *into);

/* What the school (a row) lacks on the cheapest way to pass, as changes: 缺口都补上.
 *   Returns  how many figures were put; 0: it lacks nothing, or nothing is known of it */
size_t app_scenario_fill(const struct snapshot *snapshot, size_t year, size_t row, struct typed_changes *into);

/* The item by which more of a level's resource comes: the first that its amount speaks of. */
uint16_t scenario_item_of_level(const struct edition *edition, const struct level *level);

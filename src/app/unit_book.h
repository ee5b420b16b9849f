/* unit_book.h — the tree of units as a workbook: its blank, the tree as it stands, and what a workbook that was filled in would change.
 *
 * One row a unit: 代码, 名称, 类别, 上级代码, 学区代码, 状态, 并入代码, 生效日期, 依据.  A row says how a unit is to be; what differs from how it
 * stands becomes acts (model/unit.h), in an order in which they can be done.  Units that the workbook leaves out stay as they are; so
 * what was exported and comes back as it is changes nothing. */
#pragma once
#include "app/filled_rows.h"
#include "app/units.h"

struct sheet;

enum { UNIT_BOOK_MOST = 5000 };

/* A sheet to fill in, and one that explains.   Given  rows[n]  the tree, every change; n 0: the blank */
void unit_book_sheets(const struct unit_row *rows, size_t n, struct arena *mem, struct sheet *out[2]);
/* The tree now, as the bytes of an .xlsx.  Passes through a folder of its own: not on the writer's thread.   Errors  ERR_DENIED, ERR_OUTSIDE */
bool app_unit_book(struct house *house, const struct actor *actor, struct arena *mem, struct text *bytes_out, struct err *err) MUST_CHECK;

struct unit_change { struct unit_wish wish; struct text cell, name, was, becomes; };   /* name: of the unit; was, becomes: in words */
struct unit_book {
    struct text sheet;
    size_t n_rows, n_tree;           /* rows read; rows of the tree it was compared with (app_units_apply) */
    struct unit_change *changes;
    size_t n;
    size_t of[N_UNIT_ACTS];          /* how many of each act */
    struct filled_faults faults;     /* none: the changes can be made */
};
/* Reads the first sheet with 代码 and 名称 in its head and compares it.
 *   Given    sources[n] of one file, not walked yet; rows[n_rows] the tree; day: from when on, where a row does not say it
 *   Returns  changes in the order in which they can be done, or what is wrong, each with sheet, cell and remedy */
void unit_book_read(const struct cell_source *sources, size_t n, const struct unit_row *rows, size_t n_rows, struct text day, struct arena *mem,
                    struct unit_book *out);
/* The same of a file that somebody sent, read in a process of its own.   Errors  ERR_DENIED; those of handover_cells */
bool app_unit_book_read(struct house *house, const struct actor *actor, struct text name, struct text bytes, struct text day, struct arena *mem,
                        struct unit_book *out, struct err *err) MUST_CHECK;

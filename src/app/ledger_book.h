/* ledger_book.h — the ledger as the workbook people keep (问题 依据 缺多少 措施 责任单位 责任人 经费 资金来源 时限 进展 结果 销号), and back.
 *
 * A round trip changes nothing.  Rows are known by their 编号; a row without one is a new problem of somebody's own.  What the figures say
 * (问题, 依据, 缺多少 of measured rows) and the state are only read: no row is closed by a workbook. */
#pragma once
#include "app/ledger.h"
#include "model/cells.h"

struct text ledger_book_name(const struct house *house, int64_t now, struct arena *mem);   /* 青禾县标准化建设台账 2026-11-25.xlsx */
/* All rows of a filter as a workbook, for who may export; leaves an "export.ledger" in the audit.  Slow. */
bool app_ledger_book(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct ledger_filter *filter, int64_t now,
                     struct arena *mem, struct text *xlsx_out, struct err *err) MUST_CHECK;

struct ledger_fault { struct text at, what, hint; };                       /* at: 「台账 D17」 */
struct ledger_change { struct text at, row, field, before, after; };
struct ledger_new_row { struct text at; struct ledger_row row; };
struct ledger_coming {
    struct ledger_fault *faults;
    size_t n_faults;
    struct ledger_change *changes;       /* cell by cell, in the order of the file */
    size_t n_changes, rows;              /* rows that change */
    struct ledger_new_row *added;        /* with their plan read */
    size_t n_added;
    struct ledger_cell *cells;           /* the changes, for app_ledger_edit */
    size_t n_cells;
};
/* What a workbook would do, by cell.  Findings are faults, not errors.
 *   Errors  ERR_DENIED; those of reading a file (handover_cells) */
bool app_ledger_book_look(struct house *house, const struct snapshot *snapshot, const struct actor *actor, struct text name, struct text bytes, int64_t now,
                     struct arena *mem, struct ledger_coming *out, struct err *err) MUST_CHECK;
/* Does it, inside the writer.   Errors  ERR_INPUT: there are faults; ERR_CONFLICT … */
bool app_ledger_book_take(struct house *house, struct db_session *session, const struct snapshot *snapshot, const struct actor *actor,
                     const struct ledger_coming *coming, int64_t now, struct arena *mem, struct ledger_edited *out, struct err *err) MUST_CHECK;

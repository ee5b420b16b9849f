/* account_import.h — accounts from a workbook: its blank, and reading one that was filled in.
 *
 * One row a role: 姓名, 登录名, 角色, 范围, 到期日, 邮箱.  Several rows of one 登录名 are several roles of one person. */
#pragma once
#include "app/accounts.h"
#include "app/filled_rows.h"
#include "model/sheet.h"

enum { ACCOUNT_IMPORT_MOST = 2000 };

struct account_import {
    struct account_wish *wishes;
    struct text *cells;              /* [n_wishes] "A7": where each row's 登录名 stands */
    size_t n;
    struct text sheet;
    struct filled_faults faults;     /* none: the wishes can be made */
};

/* The blank: a sheet to fill in, and one that explains. */
void account_import_template(struct arena *mem, struct sheet *out[2]);
/* Reads the first sheet whose head has 登录名.  What each cell says is checked here; whether a place or name is taken, by the act.
 *   Given  sources[n] of one file, not walked yet */
void account_import_read(const struct cell_source *sources, size_t n, int64_t now, struct arena *mem, struct account_import *out);
/* The same of a file that somebody sent, read in a process of its own.   Errors  those of handover_cells */
bool account_import_file(struct house *house, struct text name, struct text bytes, int64_t now, struct arena *mem, struct account_import *out,
                         struct err *err) MUST_CHECK;
/* A fault in row `i` that the act found. */
void account_import_fault(struct account_import *import, size_t i, const struct err *fault, struct arena *mem);

/* view_tables.h — the official tables, cell for cell. */
#pragma once
#include "web/view_frame.h"

#include <stddef.h>

struct form_part { struct text text, source; };   /* source: empty: words alone */
struct form_cell {
    struct form_part *parts;
    size_t n;
    unsigned rowspan, colspan;                     /* 1: this one alone */
    const char *class;
    bool head;                                     /* th */
    bool missing;                                  /* 缺 */
    bool changed;                                  /* since the tables were last exported */
    struct text was;                               /* what stood there then; empty where nothing did */
};
struct form_row { struct form_cell *cells; size_t n; };
struct form_tab { struct text path, name; bool current; size_t changed; };

struct view_tables {
    const struct view_frame *frame;
    struct text year, table;                       /* "2025", "表1" */
    struct text sentence;
    struct form_tab *tabs;
    size_t n_tabs;
    struct text name;                              /* 表Ⅱ-2 */
    struct form_row *head, *rows;                  /* head: repeated on every page; may be empty */
    size_t n_head, n_rows;
    bool wide;                                     /* it scrolls inside its own area */
    bool may_export;
    struct text exported;                          /* when and from which version it was last; empty: never */
    struct text changes;                           /* what has changed since; empty: never exported */
};

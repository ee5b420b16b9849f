/* view_map.h — the schools on the map, and the list beside it. */
#pragma once
#include "web/svg_map.h"
#include "web/view_frame.h"

struct map_link { struct text path, name; bool current; };
struct map_option { struct text value, name; bool chosen; };
struct map_row {
    struct text code, name, path, township;
    struct text source;                     /* where the words come from; empty: from nowhere */
    struct text words;                      /* 达标（6/7）; 「6.97 m²/生」 */
    enum state state;
};
struct map_legend { struct svg sign; struct text name; };

struct view_map {
    const struct view_frame *frame;
    struct text sentence, worst;            /* worst: which township has most below; may be empty */
    bool empty;                             /* no figures yet: nothing of what follows is there, but the outline's form */
    struct text year, stage;                /* as the address has them; may be empty */
    struct map_link stages[3];
    struct map_option *by, *townships, *kinds;
    size_t n_by, n_townships, n_kinds;
    bool filtered;
    struct text filters;                    /* for paper: what is chosen */
    struct text cleared;                    /* the address without filters */
    struct svg map;
    struct map_legend legend[N_MAP_KINDS], sizes[3];
    size_t n_legend, n_sizes;
    struct map_row *rows, *unplaced;        /* the worst first */
    size_t n, n_unplaced;
    struct text column;                     /* head of the words: 结论; 运动场地（m²/生） */
    bool outlined, may_bring, brought;      /* there are borders; the reader may bring them; he has just done so */
    struct text fault, hint;                /* why a file of borders was not taken */
};

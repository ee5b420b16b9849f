/* sheet.h — a sheet to be written: cells with a look, merged ranges, widths.  A plain value:
 * whoever composes it knows no file format, whoever writes it (report/) knows no schools. */
#pragma once
#include "base/text.h"

#include <stdint.h>

enum sheet_look {
    LOOK_PLAIN,
    LOOK_TITLE,      /* large, centred */
    LOOK_NOTE,       /* small: who filled it in, units, remarks */
    LOOK_GROUP,      /* caption over several headings */
    LOOK_HEADING,
    LOOK_TEXT,       /* a code keeps its leading zeros */
    LOOK_WHOLE,      /* 1234 */
    LOOK_DECIMAL,    /* 1234.50 */
    LOOK_THOUSANDS,  /* 1,234.5 */
    LOOK_PERCENT,    /* 0.125 is shown 12.5% */
    LOOK_DEGREES,    /* 113.01234 */
    LOOK_TOTAL,      /* bold, 1234 */
    /* Of an official form, which is printed as it was issued. */
    LOOK_FORM_TITLE, LOOK_FORM_HEAD, LOOK_FORM_CODE, LOOK_FORM_LABEL,
    LOOK_FORM_VALUE, /* a number or a word, centred */
    LOOK_FORM_TEXT,  /* sentences */
    LOOK_FORM_NOTE,  /* below the table, without a border */
    N_LOOKS
};

/* What a cell's fill says besides its words. */
enum sheet_tone { TONE_NONE, TONE_NEAR, TONE_BELOW, TONE_NO_DATA, N_TONES };

enum { DECIMALS_OF_LOOK = 0, DECIMALS_NONE = -1 /* 1234 */, DECIMALS_ALL = -2 /* as many as it has */, DECIMALS_MOST = 9 };

/* A run of a cell's text that has a lineage of its own. */
struct sheet_part { struct text text, trace; };

/* Rows and columns count from 1; a merged range names its last ones, else they are the same. */
struct sheet_cell {
    uint32_t row, column, last_row, last_column;
    enum sheet_look look;
    bool is_number;
    double number;
    int8_t decimals;      /* of a number: 1 to DECIMALS_MOST, or as above */
    enum sheet_tone tone;
    bool is_missing;      /* a figure belongs here and is not known: 缺 on a page, empty on paper */
    struct text text;
    struct text trace;    /* what the value came of, for whoever makes it a link: "level:primary:L4:2419900001:2025"; empty: nothing */
    const struct sheet_part *parts;  /* the text in its parts, where they have traces of their own; else NULL */
    size_t n_parts;
};

/* On paper: A4 landscape, as wide as one page. */
struct sheet_print {
    bool on;
    uint32_t first_repeated, last_repeated;  /* rows on every page; 0: none */
    struct text header;                      /* top right */
};

enum { SHEET_MOST_COLUMNS = 512 };

struct sheet {
    struct arena *mem;
    struct text name;
    struct sheet_cell *cells;       /* in the order of rows, then columns */
    size_t n, capacity;
    double width[SHEET_MOST_COLUMNS + 1];  /* [column] in characters; 0: as usual */
    uint32_t frozen_rows, frozen_columns;
    struct sheet_height { uint32_t row; double points; } *heights;
    size_t n_heights, heights_capacity;
    struct sheet_print print;
    struct text address;            /* before "/lineage?of=…": cells that have a trace lead there; empty: none does */
};

struct sheet *sheet_new(struct arena *mem, struct text name);
/* The cell that was put is returned, so that tone, decimals, trace can be added; it stays there until the next put. */
struct sheet_cell *sheet_put_text(struct sheet *sheet, uint32_t row, uint32_t column, enum sheet_look look, struct text text);
struct sheet_cell *sheet_put_number(struct sheet *sheet, uint32_t row, uint32_t column, enum sheet_look look, double number);
struct sheet_cell *sheet_put_merged(struct sheet *sheet, uint32_t row, uint32_t column, uint32_t last_row,
                                    uint32_t last_column, enum sheet_look look, struct text text);
void sheet_set_height(struct sheet *sheet, uint32_t row, double points);

/* ods_cell.h — one table cell of OpenDocument: its typed value, or the text of its paragraphs. */
#pragma once
#include "import/grid.h"

struct ods_value {
    bool any;               /* false: blank */
    enum cell_kind kind;
    bool percent;
    double number;
    struct text text;
};

struct ods_cell {
    unsigned depth;         /* of the cell's element; 0: none open */
    struct buf text;        /* of the paragraphs; its mem set by the owner */
    struct ods_value value; /* what the attributes tell */
    bool covered;           /* under a merged cell: not seen by anyone, not read */
    bool is_error;          /* #DIV/0! …: the text holds it */
    bool unknown;           /* a formula nobody computed: the text holds it */
    bool given;             /* the text came from an attribute: paragraphs only show it again */
    unsigned paragraph, skip;   /* depth of these elements; 0: not inside */
    bool any_paragraph, after_space;
};

void ods_cell_open(struct ods_cell *cell, unsigned depth, const char **attributes, bool covered);
void ods_cell_element(struct ods_cell *cell, unsigned depth, const char *name, const char **attributes);
void ods_cell_element_end(struct ods_cell *cell, unsigned depth);
void ods_cell_text(struct ods_cell *cell, struct text text);
/* Its texts live in mem. */
struct ods_value ods_cell_close(struct ods_cell *cell, struct arena *mem);

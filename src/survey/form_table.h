/* form_table.h — the heading row of a form's definition; the rows themselves are a model/cell_table.h. */
#pragma once
#include "model/cell_table.h"

enum form_column {
    DEF_ROW, DEF_ID, DEF_NAME, DEF_TYPE, DEF_CHOICES, DEF_UNIT, DEF_LEAST, DEF_MOST, DEF_REQUIRED, DEF_CONDITION, DEF_PROOF,
    DEF_FIGURE, DEF_SOURCE, DEF_NOTE, N_DEF_COLUMNS
};
struct form_column_info { const char *zh, *help; double width; };
const struct form_column_info *form_column_info(enum form_column column);

/* figure_row.h — one figure's number and text as they stand in a row. */
#pragma once
#include "db/db.h"
#include "model/item.h"

/* Items by code, found by halving: a county has tens of thousands of rows. */
struct item_index { const struct item_list *items; uint16_t *by_code; };
struct item_index item_index_new(const struct item_list *items, struct arena *mem);
uint16_t item_index_find(const struct item_index *index, struct text code);   /* NO_ITEM: none */

/* Enums are stored by their code, texts as they are, all else as a number; blanks as two NULLs. */
void figure_to_row(const struct item *item, double number, struct text text, struct db_value *number_out, struct db_value *text_out);
/* A choice the edition does not know is a blank. */
void figure_from_row(const struct item *item, double stored, struct text stored_text, double *number_out, struct text *text_out);

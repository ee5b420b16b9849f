/* columns_work.h — in the child: chosen columns of any table, by their headings. */
#pragma once
#include "import/encoding.h"
#include "import/grid.h"
#include "intake/worker.h"

/* Rows of a text file in MESSAGE_COLUMNS, new words in MESSAGE_WORDS; in chunks as for returns. */
bool columns_from_text(const struct work *work, struct slots *slots, struct arena *mem, struct text bytes,
                       struct decoder *decoder, struct err *err) MUST_CHECK;
bool columns_from_book(const struct work *work, struct slots *slots, struct arena *mem, const struct workbook *book,
                       struct err *err) MUST_CHECK;

/* How the columns lie in a slot: rows first, then each column (double or uint32_t). */
struct columns_plan { size_t capacity, at[64]; };
enum { MOST_COLUMNS = 16 };
void columns_plan(const struct wanted_column *wanted, size_t n, size_t slot_size, struct columns_plan *out);

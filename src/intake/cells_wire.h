/* cells_wire.h — the cells of sheets as bytes, one behind the other, from process to process. */
#pragma once
#include "model/cells.h"

void cells_put_sheet(struct buf *out, struct text name);
/* A cell of the sheet that was put last. */
void cells_put(struct buf *out, const struct shown_cell *cell);
/* The sheets in bytes that may be anything, as sources in mem that can be walked once; what makes no
 * sense ends them.  bytes must stay; file: how findings name it. */
size_t cells_get(struct text bytes, struct text file, struct arena *mem, struct cell_source **out);

/* lineage_path.h — the addresses of source chains: what every number on a page links to, with class `src`. */
#pragma once
#include "web/request.h"

/* "/lineage?of=level%3Aprimary…" */
struct text lineage_path(struct arena *mem, struct text key);
/* "/lineage/cell?…", "/lineage/row?…" */
struct text lineage_cell_path(struct arena *mem, const char *page, struct text sha256, struct text sheet, struct text cell);

struct cell_asked { struct text sha256, sheet; uint32_t row, column; };
/* Errors  ERR_USAGE */
bool lineage_cell_asked(const struct request *request, struct cell_asked *out, struct err *err) MUST_CHECK;

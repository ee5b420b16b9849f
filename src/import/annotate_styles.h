/* annotate_styles.h — the workbook's own cell styles, with a light fill added. */
#pragma once
#include "import/annotate_marks.h"
#include "import/annotate_package.h"

/* Gives each mark with a fill its marked_style, over all the sheets, and puts the styles part.
 * `path` is the styles part's; empty when the workbook has none yet, and set then. */
bool annotate_styles(struct rewrite *rewrite, struct text workbook, struct text *path, struct marks *sheets, size_t n,
                     struct err *err) MUST_CHECK;

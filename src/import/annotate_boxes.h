/* annotate_boxes.h — the boxes of comments, which workbooks keep as VML drawings. */
#pragma once
#include "import/annotate_marks.h"
#include "import/annotate_package.h"

/* Adds a hidden box for each mark without one to the drawing `path`; an empty part is begun. */
bool annotate_boxes(struct rewrite *rewrite, struct text path, const struct marks *marks, const bool *has, unsigned *block,
                    struct err *err) MUST_CHECK;

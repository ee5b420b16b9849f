/* annotate_comments.h — comments (批注) on a sheet: their texts and, apart from them, their boxes. */
#pragma once
#include "import/annotate_marks.h"
#include "import/annotate_package.h"

/* Adds a comment a mark.  A cell's own comment is kept, ours is added behind its text (one of ours
 * from an earlier round is replaced).
 *   Given    path, part  the sheet's part as it stands; block: the next free block of 1024 shape numbers
 *   Returns  in *drawing_out the id of a new relation to the boxes; NULL where the sheet has one */
bool annotate_comments(struct rewrite *rewrite, struct text path, struct text part, const struct marks *marks,
                       unsigned *block, const char **drawing_out, struct err *err) MUST_CHECK;

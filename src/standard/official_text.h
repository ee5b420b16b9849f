/* official_text.h — the text of one cell of the official tables: words, {places to fill} and
 * [parts printed only where all their places are filled]. */
#pragma once
#include "base/err.h"
#include "model/official.h"

/* Sets cell->pieces.  Figures of the form must stand already.  ERR_INPUT: what is not known. */
bool official_text_read(struct arena *mem, const struct official_form *form, struct official_cell *cell, struct text text,
                        struct err *err) MUST_CHECK;

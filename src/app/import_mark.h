/* import_mark.h — the mark that an exported workbook carries, so that it can be merged when it comes back. */
#pragma once
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct export_mark { int64_t version; struct text county; };

/* 「均衡导出　数据版本 17　县代码 419900　学年 2025」: false when the text is no such mark. */
bool export_mark_read(struct text cell, struct export_mark *out);
/* The words to write. */
struct text export_mark_words(struct arena *mem, const struct export_mark *mark, int year);

/* words_sheet.h — a list of words as a sheet for write_workbook: heads, then rows, nothing merged. */
#pragma once
#include "model/report_words.h"
#include "model/sheet.h"

struct sheet *words_sheet(struct arena *mem, struct text name, const struct word_list *list);

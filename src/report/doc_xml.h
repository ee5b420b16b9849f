/* doc_xml.h — text inside XML and HTML: for the writers of documents alone. */
#pragma once
#include "base/text.h"

/* & < > " escaped; what XML cannot hold left out. */
void xml_text(struct buf *out, struct text text);
/* The sum of a table's widths. */
struct doc_table;
double doc_table_width(const struct doc_table *table);

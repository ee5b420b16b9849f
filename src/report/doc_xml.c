#include "report/doc_xml.h"

#include "report/doc.h"

void xml_text(struct buf *out, struct text text)
{
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.at[i];
        if (c == '&')
            buf_add(out, TEXT("&amp;"));
        else if (c == '<')
            buf_add(out, TEXT("&lt;"));
        else if (c == '>')
            buf_add(out, TEXT("&gt;"));
        else if (c == '"')
            buf_add(out, TEXT("&quot;"));
        else if ((unsigned char)c >= ' ' || c == '\t' || c == '\n')
            buf_byte(out, c);
    }
}

double doc_table_width(const struct doc_table *table)
{
    double sum = 0;
    for (size_t i = 0; i < table->n_columns; i++)
        sum += table->width[i];
    return sum;
}

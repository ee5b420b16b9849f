#include "report/csv_field.h"

#include "base/err.h"

void csv_add_safely(struct buf *buf, struct text text)
{
    static const struct text DANGERS[] = { TEXT("="), TEXT("+"), TEXT("-"), TEXT("@"), TEXT("\t"), TEXT("\r"), TEXT("\n"),
                                           TEXT("＝"), TEXT("＋"), TEXT("－"), TEXT("＠") };
    for (size_t i = 0; i < COUNT(DANGERS); i++)
        if (text_starts(text, DANGERS[i])) {
            csv_add(buf, text_printf(buf->mem, "'%.*s", TEXT_ARG(text)), ',');
            return;
        }
    csv_add(buf, text, ',');
}

#include "app/import_mark.h"

#include "base/number.h"

static const struct text START = { "均衡导出", sizeof "均衡导出" - 1 };

/* The ASCII digits behind a word; empty when it is not there. */
static struct text digits_after(struct text in, struct text word)
{
    size_t at;
    if (!text_find(in, word, &at))
        return TEXT("");
    at += word.size;
    while (at < in.size && in.at[at] == ' ')
        at++;
    size_t end = at;
    while (end < in.size && in.at[end] >= '0' && in.at[end] <= '9')
        end++;
    return (struct text){ in.at + at, end - at };
}

bool export_mark_read(struct text cell, struct export_mark *out)
{
    double version;
    if (!text_starts(text_trim(cell), START))
        return false;
    const struct text number = digits_after(cell, TEXT("数据版本")), county = digits_after(cell, TEXT("县代码"));
    if (!number.size || number.size > 15 || !county.size || !number_parse(number, &version))
        return false;
    *out = (struct export_mark){ (int64_t)version, county };
    return true;
}

struct text export_mark_words(struct arena *mem, const struct export_mark *mark, int year)
{
    return text_printf(mem, "%.*s　数据版本 %lld　县代码 %.*s　学年 %d", TEXT_ARG(START), (long long)mark->version, TEXT_ARG(mark->county), year);
}

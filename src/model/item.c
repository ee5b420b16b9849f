#include "model/item.h"

uint16_t item_find(const struct item_list *items, struct text code)
{
    const char last = code.size ? code.at[code.size - 1] : '\0'; /* codes begin alike; they end differently */
    for (size_t i = 0; i < items->n; i++) {
        const struct text own = items->at[i].code;
        if (own.size == code.size && (!own.size || own.at[own.size - 1] == last) && text_equal(own, code))
            return (uint16_t)i;
    }
    return NO_ITEM;
}

void item_list_finish(struct item_list *items)
{
    items->county_code = item_find(items, TEXT("county_code"));
    items->county_name = item_find(items, TEXT("county_name"));
    items->year = item_find(items, TEXT("year"));
    items->school_code = item_find(items, TEXT("school_code"));
    items->school_name = item_find(items, TEXT("school_name"));
    items->school_type = item_find(items, TEXT("school_type"));
    items->host_school_code = item_find(items, TEXT("host_school_code"));
    items->township = item_find(items, TEXT("township"));
    items->district = item_find(items, TEXT("district"));
    items->area_kind = item_find(items, TEXT("area_kind"));
    items->ownership = item_find(items, TEXT("ownership"));
}

unsigned item_value(const struct item *item, struct text code)
{
    for (size_t i = 0; i < item->n_values; i++)
        if (text_equal(item->values[i].code, code))
            return (unsigned)i + 1;
    return 0;
}

struct text unit_zh(struct text unit)
{
    static const struct { struct text unit, zh; } NAMES[] = {
        { TEXT("persons"), TEXT("人") },         { TEXT("m2"), TEXT("平方米") },
        { TEXT("10000 yuan"), TEXT("万元") },    { TEXT("yuan"), TEXT("元") },
        { TEXT("rooms"), TEXT("间") },           { TEXT("classes"), TEXT("个班") },
        { TEXT("year"), TEXT("年") },            { TEXT("grades"), TEXT("个年级") },
        { TEXT("degree"), TEXT("度") },          { TEXT("10000 persons"), TEXT("万人") },
        { TEXT("yuan per pupil"), TEXT("元/生") }, { TEXT("cases"), TEXT("件") },
        { TEXT("books"), TEXT("册") },           { TEXT("computers"), TEXT("台") },
        { TEXT("persons/100"), TEXT("人/百名学生") }, { TEXT("rooms/100"), TEXT("间/百名学生") },
        { TEXT("computers/100"), TEXT("台/百名学生") }, { TEXT("books/pupil"), TEXT("册/生") },
        { TEXT("persons/pupil"), TEXT("人/生") }, { TEXT("schools"), TEXT("所") },
        { TEXT("m2/pupil"), TEXT("平方米/生") },  { TEXT("yuan/pupil"), TEXT("元/生") },
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        if (text_equal(unit, NAMES[i].unit))
            return NAMES[i].zh;
    return unit;
}

#include "import/unit_name.h"

#include "base/unicode.h"

/* Folded: NFKC has turned ㎡ and m² into m2, ％ into %, capitals into small letters. */
static const struct {
    struct text name;
    struct unit_name unit;
} UNITS[] = {
    { TEXT("个"), { UNIT_COUNT, 1 } },
    { TEXT("份"), { UNIT_COUNT, 1 } },
    { TEXT("所"), { UNIT_SCHOOLS, 1 } },
    { TEXT("套"), { UNIT_COUNT, 1 } },
    { TEXT("处"), { UNIT_COUNT, 1 } },
    { TEXT("座"), { UNIT_COUNT, 1 } },
    { TEXT("张"), { UNIT_COUNT, 1 } },
    { TEXT("schools"), { UNIT_SCHOOLS, 1 } },
    { TEXT("万"), { UNIT_COUNT, 1e4 } },
    { TEXT("万个"), { UNIT_COUNT, 1e4 } },
    { TEXT("人"), { UNIT_PERSONS, 1 } },
    { TEXT("名"), { UNIT_PERSONS, 1 } },
    { TEXT("位"), { UNIT_PERSONS, 1 } },
    { TEXT("人次"), { UNIT_PERSONS, 1 } },
    { TEXT("生"), { UNIT_PERSONS, 1 } },
    { TEXT("persons"), { UNIT_PERSONS, 1 } },
    { TEXT("person"), { UNIT_PERSONS, 1 } },
    { TEXT("pupils"), { UNIT_PERSONS, 1 } },
    { TEXT("千人"), { UNIT_PERSONS, 1e3 } },
    { TEXT("万人"), { UNIT_PERSONS, 1e4 } },
    { TEXT("10000persons"), { UNIT_PERSONS, 1e4 } },
    { TEXT("平方米"), { UNIT_AREA, 1 } },
    { TEXT("平米"), { UNIT_AREA, 1 } },
    { TEXT("平方"), { UNIT_AREA, 1 } },
    { TEXT("m2"), { UNIT_AREA, 1 } },
    { TEXT("sqm"), { UNIT_AREA, 1 } },
    { TEXT("万平方米"), { UNIT_AREA, 1e4 } },
    { TEXT("亩"), { UNIT_AREA, 10000.0 / 15 } },
    { TEXT("公顷"), { UNIT_AREA, 1e4 } },
    { TEXT("平方公里"), { UNIT_AREA, 1e6 } },
    { TEXT("km2"), { UNIT_AREA, 1e6 } },
    { TEXT("元"), { UNIT_MONEY, 1 } },
    { TEXT("人民币元"), { UNIT_MONEY, 1 } },
    { TEXT("元/生"), { UNIT_MONEY, 1 } },
    { TEXT("元/人"), { UNIT_MONEY, 1 } },
    { TEXT("元/年"), { UNIT_MONEY, 1 } },
    { TEXT("元/生/年"), { UNIT_MONEY, 1 } },
    { TEXT("元/生·年"), { UNIT_MONEY, 1 } },
    { TEXT("yuan"), { UNIT_MONEY, 1 } },
    { TEXT("yuanperpupil"), { UNIT_MONEY, 1 } },
    { TEXT("yuan/pupil"), { UNIT_MONEY, 1 } },
    { TEXT("rmb"), { UNIT_MONEY, 1 } },
    { TEXT("百元"), { UNIT_MONEY, 1e2 } },
    { TEXT("千元"), { UNIT_MONEY, 1e3 } },
    { TEXT("万元"), { UNIT_MONEY, 1e4 } },
    { TEXT("万元/年"), { UNIT_MONEY, 1e4 } },
    { TEXT("万元/人"), { UNIT_MONEY, 1e4 } },
    { TEXT("10000yuan"), { UNIT_MONEY, 1e4 } },
    { TEXT("10kyuan"), { UNIT_MONEY, 1e4 } },
    { TEXT("百万元"), { UNIT_MONEY, 1e6 } },
    { TEXT("亿元"), { UNIT_MONEY, 1e8 } },
    { TEXT("间"), { UNIT_ROOMS, 1 } },
    { TEXT("rooms"), { UNIT_ROOMS, 1 } },
    { TEXT("室"), { UNIT_ROOMS, 1 } },
    { TEXT("班"), { UNIT_CLASSES, 1 } },
    { TEXT("个班"), { UNIT_CLASSES, 1 } },
    { TEXT("classes"), { UNIT_CLASSES, 1 } },
    { TEXT("级"), { UNIT_GRADES, 1 } },
    { TEXT("年级"), { UNIT_GRADES, 1 } },
    { TEXT("个年级"), { UNIT_GRADES, 1 } },
    { TEXT("grades"), { UNIT_GRADES, 1 } },
    { TEXT("年"), { UNIT_YEAR, 1 } },
    { TEXT("年份"), { UNIT_YEAR, 1 } },
    { TEXT("year"), { UNIT_YEAR, 1 } },
    { TEXT("度"), { UNIT_DEGREE, 1 } },
    { TEXT("°"), { UNIT_DEGREE, 1 } },
    { TEXT("degree"), { UNIT_DEGREE, 1 } },
    { TEXT("件"), { UNIT_CASES, 1 } },
    { TEXT("起"), { UNIT_CASES, 1 } },
    { TEXT("例"), { UNIT_CASES, 1 } },
    { TEXT("次"), { UNIT_CASES, 1 } },
    { TEXT("cases"), { UNIT_CASES, 1 } },
    { TEXT("册"), { UNIT_BOOKS, 1 } },
    { TEXT("本"), { UNIT_BOOKS, 1 } },
    { TEXT("books"), { UNIT_BOOKS, 1 } },
    { TEXT("万册"), { UNIT_BOOKS, 1e4 } },
    { TEXT("台"), { UNIT_COMPUTERS, 1 } },
    { TEXT("computers"), { UNIT_COMPUTERS, 1 } },
    { TEXT("%"), { UNIT_SHARE, 0.01 } },
    { TEXT("百分比"), { UNIT_SHARE, 0.01 } },
    { TEXT("‰"), { UNIT_SHARE, 0.001 } },
    { TEXT("ratio"), { UNIT_SHARE, 1 } },
    { TEXT("share"), { UNIT_SHARE, 1 } },
};

bool unit_named(struct text folded, struct unit_name *out)
{
    enum { LONGEST = sizeof "10000persons" - 1 }; /* most headings are longer */
    for (size_t i = 0; i < sizeof UNITS / sizeof UNITS[0] && folded.size && folded.size <= LONGEST; i++)
        if (UNITS[i].name.at[0] == folded.at[0] && text_equal(folded, UNITS[i].name)) {
            *out = UNITS[i].unit;
            return true;
        }
    return false;
}

/* The item's own unit; its code is written with spaces ("10000 yuan"). */
static bool unit_of(const struct item *item, struct unit_name *out)
{
    char folded[32];
    size_t size = 0;
    for (size_t i = 0; i < item->unit.size && size < sizeof folded; i++)
        if (item->unit.at[i] != ' ')
            folded[size++] = item->unit.at[i];
    return unit_named((struct text){ folded, size }, out);
}

bool item_is_share(const struct item *item)
{
    struct unit_name own;
    return item->type == ITEM_NUMBER &&
           (item->unit.size == 0 || (unit_of(item, &own) && own.dimension == UNIT_SHARE));
}

bool item_is_year(const struct item *item)
{
    return item->type == ITEM_INTEGER &&
           (text_equal(item->unit, TEXT("year")) || text_equal(item->code, TEXT("year")));
}

bool unit_suits(struct unit_name unit, const struct item *item)
{
    struct unit_name own;
    if (item->type != ITEM_INTEGER && item->type != ITEM_NUMBER)
        return true; /* 学校代码(个) tells nothing that could be wrong by a factor */
    if (item_is_share(item))
        return unit.dimension == UNIT_SHARE && unit.scale == 1;
    if (!unit_of(item, &own)) /* a plain count, such as 乡镇数 */
        return unit.scale == 1 && unit.dimension != UNIT_AREA && unit.dimension != UNIT_MONEY &&
               unit.dimension != UNIT_SHARE;
    return unit.scale == own.scale && (unit.dimension == own.dimension || unit.dimension == UNIT_COUNT);
}

#include "check.h"

#include "base/pinyin.h"

#define FIT(name, query) pinyin_fit(TEXT(name), TEXT(query))

TEST(pinyin, finds_a_name_by_its_initials)
{
    CHECK_INT(FIT("柳林镇中心小学", "llz"), PINYIN_RUN);
    CHECK_INT(FIT("柳林镇中心小学", "zxxx"), PINYIN_RUN);
    CHECK_INT(FIT("柳林镇中心小学", "LLZ"), PINYIN_RUN);
    CHECK_INT(FIT("柳林镇中心小学", "中心"), PINYIN_RUN);
    CHECK_INT(FIT("柳林镇中心小学", "l林zzx"), PINYIN_RUN);
    CHECK_INT(FIT("柳林镇中心小学", "lzxx"), PINYIN_SCATTERED);
    CHECK_INT(FIT("柳林镇中心小学", "xxx小"), PINYIN_NONE);
    CHECK_INT(FIT("柳林镇中心小学", "q"), PINYIN_NONE);
    CHECK_INT(FIT("柳林镇中心小学", ""), PINYIN_RUN);
    CHECK_INT(FIT("青禾县第2小学（虚构）", "qhxd2xx"), PINYIN_RUN);
    CHECK_INT(FIT("东关（实验）小学", "dgsy"), PINYIN_RUN);
    CHECK_INT(FIT("东关 实验小学", "ｄｇ sy"), PINYIN_RUN);
}

/* 重 zhong, chong; 长 chang, zhang; 乐 le, yue; 单 dan, shan; 荥阳 xing; 大埔 bu; 洪洞 tong. */
TEST(pinyin, knows_every_reading_those_of_places_too)
{
    static const struct { struct text name, one, other; } CASES[] = {
        { TEXT("重阳小学"), TEXT("cyxx"), TEXT("zyxx") }, { TEXT("长葛中学"), TEXT("cgzx"), TEXT("zgzx") },
        { TEXT("乐平小学"), TEXT("lpxx"), TEXT("ypxx") }, { TEXT("单县中学"), TEXT("dxzx"), TEXT("sxzx") },
        { TEXT("荥阳小学"), TEXT("xyxx"), TEXT("yyxx") }, { TEXT("大埔小学"), TEXT("dpxx"), TEXT("dbxx") },
        { TEXT("洪洞小学"), TEXT("hdxx"), TEXT("htxx") },
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CHECK_INT(pinyin_fit(CASES[i].name, CASES[i].one), PINYIN_RUN);
        CHECK_INT(pinyin_fit(CASES[i].name, CASES[i].other), PINYIN_RUN);
    }
}

TEST(pinyin, writes_the_usual_initials)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(pinyin_initials(mem, TEXT("柳林镇中心小学")), "llzzxxx");
    CHECK_TEXT(pinyin_initials(mem, TEXT("第2小学 B区")), "d2xxbq");
    CHECK_TEXT(pinyin_initials(mem, TEXT("")), "");
    arena_free(&mem);
}

TEST(pinyin, takes_whatever_bytes_there_are)
{
    CHECK_INT(FIT("\xff\xfe柳", "l"), PINYIN_RUN);
    CHECK_INT(FIT("柳", "\xff"), PINYIN_RUN); /* nothing of the query is left */
}

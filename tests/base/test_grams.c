#include "check.h"

#include "base/grams.h"

TEST(grams, are_pairs_of_neighbouring_characters_and_whole_words_of_letters)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(grams_of(mem, TEXT("义务教育")), "义务 务教 教育 育");
    CHECK_TEXT(grams_of(mem, TEXT("2025学年 PDF，第3页")), "2025 学年 年 pdf 第 3 页");
    CHECK_TEXT(grams_of(mem, TEXT("")), "");
    CHECK_TEXT(grams_of(mem, TEXT("，。！")), "");
    arena_free(&mem);
}

TEST(grams, pass_over_line_breaks_between_chinese_characters_and_fold_full_width)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(grams_of(mem, TEXT("义务\n教 育")), "义务 务教 教育 育");
    CHECK_TEXT(grams_of(mem, TEXT("ＰＤＦ")), "pdf");
    arena_free(&mem);
}

TEST(grams, of_a_query_are_phrases_that_must_all_be_there)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(grams_query(mem, TEXT("章程")), "\"章程\"");
    CHECK_TEXT(grams_query(mem, TEXT("义务教育 章")), "\"义务 务教 教育\" AND \"章\" *");
    CHECK_TEXT(grams_query(mem, TEXT("plan")), "\"plan\" *");
    CHECK_TEXT(grams_query(mem, TEXT("教育abc")), "\"教育 育 abc\" *");
    CHECK_TEXT(grams_query(mem, TEXT("  ，\" * ( ")), "");
    arena_free(&mem);
}

TEST(grams, give_no_way_into_the_language_of_the_index)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(grams_query(mem, TEXT("\"章程\" OR name:x*")), "\"章程\" AND \"or\" * AND \"name x\" *");
    arena_free(&mem);
}

TEST(grams, tell_where_a_word_stands_whatever_breaks_the_line)
{
    size_t at, size;
    const struct text text = TEXT("第一条 坚持立\n德树人");
    CHECK(grams_place(text, TEXT("立德"), &at, &size));
    CHECK_TEXT(((struct text){ text.at + at, size }), "立\n德");
    CHECK(!grams_place(text, TEXT("章程"), &at, &size));
    CHECK(!grams_place(text, TEXT(""), &at, &size));
}

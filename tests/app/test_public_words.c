/* What the public page says about the rule is what the edition says. */
#include "check.h"

#include "app/edition.h"
#include "base/arena.h"
#include "model/edition.h"
#include "report/compose_public.h"

static struct text means(struct arena *mem, const char *edition, const char *kind, bool english)
{
    struct err err;
    const struct edition *e;
    CHECK_OK(app_edition(mem, edition, &e, &err), err);
    return public_means(public_kind(text_of(kind)), e, english, mem);
}

TEST(public_words, tell_the_thresholds_of_the_edition)
{
    struct arena *mem = arena_new("test");
    CHECK_TEXT(means(mem, "cn-2017", "passing", false), "一所学校 7 项条件里至少 6 项达到标准，其余不低于标准的85%，就算达标。");
    CHECK_TEXT(means(mem, "cn-2017", "passing", true), "A school passes when at least 6 of 7 resources reach the standard and the rest 85% of it.");
    CHECK_TEXT(means(mem, "cn-2017", "spread", false), "差异系数越小，学校之间越接近。小学不超过0.50、初中不超过0.45为达到。");
    CHECK_TEXT(means(mem, "cn-2012-basic", "spread", true), "The smaller the coefficient, the closer schools are to each other. The limits: primary 0.65, junior 0.55.");
    CHECK_TEXT(means(mem, "cn-2012-basic", "passing", false), "这一版标准不给单个学校定达标线。");
    arena_free(&mem);
}

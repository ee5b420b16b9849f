#include "check.h"

#include "app/edition.h"
#include "standard/evidence_load.h"

#define HEADS "id,indicator,who,by,by_en,zh,en,good,good_en\n"

static bool load(struct arena *mem, const char *csv, struct evidence_list *out, struct err *err)
{
    const struct edition *edition;
    CHECK_OK(app_edition(mem, NULL, &edition, err), *err);
    const struct edition_file file = { TEXT("evidence.csv"), text_of(csv) };
    return evidence_load(mem, edition, TEXT("我的标准"), &file, csv ? 1 : 0, out, err);
}

TEST(evidence_load, reads_what_is_asked_in_the_order_of_the_folders)
{
    struct arena *mem = arena_new("test");
    struct evidence_list list;
    struct err err = { 0 };
    CHECK_OK(load(mem, HEADS "G1-1,G1,county,教育局,E,规划,Plan,好,Good\nX3-1,X3,school,学校,S,编班,Classes,好,Good\n", &list, &err), err);
    CHECK_INT(list.n, 2);
    CHECK_TEXT(list.at[0].zh, "规划");
    CHECK_INT(list.at[1].who, EVIDENCE_SCHOOL);
    CHECK(evidence_asked_find(&list, TEXT("X3-1")) == &list.at[1]);
    CHECK(!evidence_asked_find(&list, TEXT("X3-2")));
    CHECK_OK(load(mem, NULL, &list, &err), err);
    CHECK_INT(list.n, 0);
    arena_free(&mem);
}

TEST(evidence_load, names_the_cell_that_is_wrong)
{
    struct arena *mem = arena_new("test");
    struct evidence_list list;
    struct err err = { 0 };
    CHECK(!load(mem, HEADS "G1-1,G99,county,教育局,E,规划,Plan,好,Good\n", &list, &err));
    CHECK_CONTAINS(text_of(err.what), "evidence.csv 第 2 行");
    CHECK_CONTAINS(text_of(err.what), "G99");
    CHECK(!load(mem, HEADS "G1-1,G1,village,教育局,E,规划,Plan,好,Good\n", &list, &err));
    CHECK(!load(mem, HEADS "G1-1,G1,county,教育局,E,,Plan,好,Good\n", &list, &err));
    CHECK(!load(mem, HEADS "G1-1,G1,county,a,E,规划,Plan,好,Good\nG1-1,G1,county,a,E,规划,Plan,好,Good\n", &list, &err));
    arena_free(&mem);
}

TEST(evidence_load, asks_proof_of_everything_that_people_judge)
{
    struct arena *mem = arena_new("test");
    const struct edition *edition;
    const struct edition_file *files;
    struct evidence_list list;
    struct err err = { 0 };
    size_t n;
    CHECK_OK(app_edition(mem, "cn-2017", &edition, &err), err);
    CHECK_OK(app_edition_files(mem, "cn-2017", &files, &n, &err), err);
    CHECK_OK(evidence_load(mem, edition, TEXT("cn-2017"), files, n, &list, &err), err);
    for (size_t i = 0; i < edition->n_rules; i++) {
        const struct rule *const rule = &edition->rules[i];
        if (rule->judged == NO_ITEM && rule->kind != RULE_VETO && rule->kind != RULE_PRECONDITION)
            continue;
        bool asked = false;
        for (size_t k = 0; k < list.n; k++)
            asked |= text_equal(list.at[k].indicator, rule->plain);
        if (!asked)
            fail_msg("nothing is asked for %.*s", TEXT_ARG(rule->id));
    }
    arena_free(&mem);
}

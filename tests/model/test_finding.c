#include "check.h"

#include "model/finding.h"

static const struct finding WRONG = { .level = FINDING_ERROR, .rule = TEXT("cell.number"), .file = TEXT("甲.csv"), .row = 2,
                                      .read = TEXT("12人"), .expected = TEXT("应为整数"), .mend = TEXT("删去“人”字") };

TEST(finding, keeps_once_what_its_neighbours_say_as_well)
{
    struct arena *mem = arena_new("test");
    struct findings findings = { .mem = mem };
    struct finding second = WRONG;
    second.read = TEXT("13人");
    finding_add(&findings, &WRONG);
    finding_add(&findings, &second);
    CHECK(findings.at[0].expected.at == findings.at[1].expected.at && findings.at[0].expected.at != WRONG.expected.at);
    CHECK(text_equal(findings.at[0].read, TEXT("12人")) && text_equal(findings.at[1].read, TEXT("13人")));
    CHECK(findings.at[0].sheet.size == 0 && findings.at[0].sheet.at != NULL);
    arena_free(&mem);
}

TEST(finding, is_counted_where_it_is_no_longer_kept)
{
    struct arena *mem = arena_new("test");
    struct findings findings = { .mem = mem, .most = 100 };
    for (uint32_t i = 0; i < 130; i++) {
        struct finding one = WRONG;
        one.row = 200 - i;
        finding_add(&findings, &one);
    }
    CHECK_INT(findings.n, 100);
    CHECK_INT(findings.dropped, 30);
    findings_sort(&findings);
    CHECK(findings.at[0].row == 101 && findings.at[99].row == 200);
    arena_free(&mem);
}

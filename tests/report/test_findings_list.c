#include "check.h"

#include "report/csv_field.h"
#include "report/write_findings_list.h"

static struct findings some(struct arena *mem, size_t n, const char *rule)
{
    struct findings findings = { .mem = mem };
    for (size_t i = 0; i < n; i++)
        finding_add(&findings, &(struct finding){ .level = FINDING_ERROR, .rule = text_of(rule), .file = TEXT("a.csv"), .sheet = TEXT(""),
                                                  .row = (uint32_t)i + 2, .column = 4, .school = TEXT(""), .item = TEXT("pupils_primary"),
                                                  .read = TEXT("12人"), .expected = TEXT("应为整数"), .mend = TEXT("删去“人”字") });
    return findings;
}

TEST(findings_list, holds_back_what_repeats)
{
    struct arena *mem = arena_new("test"), *scratch = arena_new("scratch");
    const struct findings findings = some(mem, 5, "cell.integer");
    struct out *out = out_new_memory(mem);
    findings_as_lines(out, &findings, 2, false, scratch);
    CHECK_TEXT(out_collected(out), "错误 a.csv D2 读到“12人”，应为整数。删去“人”字。\n错误 a.csv D3 读到“12人”，应为整数。删去“人”字。\n"
                                   "……另有 3 处与上面的同类；用 junheng check 逐处列出。\n");
    CHECK_TEXT(findings_tally(mem, &findings), "5 处错误");
    arena_free(&scratch);
    arena_free(&mem);
}

TEST(findings_list, tells_errors_before_warnings_before_notes)
{
    struct arena *mem = arena_new("test"), *scratch = arena_new("scratch");
    struct findings findings = { .mem = mem };
    static const enum finding_level LEVELS[] = { FINDING_NOTE, FINDING_WARNING, FINDING_ERROR };
    for (size_t i = 0; i < COUNT(LEVELS); i++)
        finding_add(&findings, &(struct finding){ .level = LEVELS[i], .rule = TEXT("a"), .file = TEXT("f"), .expected = TEXT("应为整数") });
    struct out *out = out_new_memory(mem);
    findings_as_lines(out, &findings, 9, false, scratch);
    CHECK_TEXT(out_collected(out), "错误 f 应为整数。\n提醒 f 应为整数。\n说明 f 应为整数。\n");
    CHECK_TEXT(findings_tally(mem, &findings), "1 处错误、1 处提醒、1 处说明");
    arena_free(&scratch);
    arena_free(&mem);
}

TEST(findings_list, is_an_array_of_objects_in_json_and_rows_in_csv)
{
    struct arena *mem = arena_new("test"), *scratch = arena_new("scratch");
    const struct findings findings = some(mem, 1, "cell.integer");
    struct out *json = out_new_memory(mem), *csv = out_new_memory(mem);
    findings_as_json(json, NULL, &findings, scratch);
    findings_as_csv(csv, &findings, scratch);
    CHECK_TEXT(out_collected(json), "[{\"level\":\"error\",\"rule\":\"cell.integer\",\"file\":\"a.csv\",\"sheet\":\"\",\"row\":2,\"column\":4,"
                                    "\"cell\":\"D2\",\"school\":\"\",\"item\":\"pupils_primary\",\"read\":\"12人\",\"expected\":\"应为整数\","
                                    "\"mend\":\"删去“人”字\",\"message\":\"a.csv D2 读到“12人”，应为整数。删去“人”字。\"}]");
    CHECK_TEXT(out_collected(csv), "level,rule,file,sheet,row,column,cell,school,item,read,expected,mend\n"
                                   "error,cell.integer,a.csv,,2,4,D2,,pupils_primary,12人,应为整数,删去“人”字\n");
    arena_free(&scratch);
    arena_free(&mem);
}

TEST(csv_field, keeps_texts_from_becoming_formulas)
{
    static const struct { const char *text, *field; } CASES[] = {
        { "柳林镇小学", "柳林镇小学" }, { "=1+1", "'=1+1" }, { "-5", "'-5" }, { "＠a", "'＠a" }, { "a,b", "\"a,b\"" }, { "+\"", "\"'+\"\"\"" },
    };
    struct arena *mem = arena_new("test");
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct buf buf = { .mem = mem };
        csv_add_safely(&buf, text_of(CASES[i].text));
        CHECK_TEXT(buf_text(&buf), CASES[i].field);
    }
    arena_free(&mem);
}

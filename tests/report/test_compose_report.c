#include "paged.h"

#include "report/compose_report.h"
#include "report/doc_words.h"

static struct report_request request_of(const struct paged *p)
{
    return (struct report_request){ .c = &p->c, .plan = plan_usual(), .prices = prices_usual(), .today = { 2026, 1, 11 },
                                    .address = TEXT("http://127.0.0.1:8420"), .version = TEXT("7") };
}

static struct text words_of(const struct paged *p, const struct doc *doc, const char *id)
{
    const struct doc_section *section = doc_find(doc, text_of(id));
    if (!section)
        fail_msg("no section %s", id);
    return doc_words_write(p->c.mem, section);
}

TEST(compose_report, says_the_verdict_of_a_county_first)
{
    struct paged p = paged_small();
    const struct report_request request = request_of(&p);
    const struct doc *doc = compose_report_county(&request);
    CHECK_TEXT(doc_title(doc, p.c.mem), "登封市义务教育优质均衡发展自评报告");
    CHECK_TEXT(doc->signer, "登封市人民政府");
    CHECK_TEXT(doc->date, "2026年1月11日");
    CHECK_TEXT(doc->header, "登封市　2025学年　数据第 7 版");
    CHECK_CONTAINS(words_of(&p, doc, "verdict"),
                   "2025学年，登封市还不能申报认定，差 〔2｜verdict:2025#said1〕 件事，另有 〔45｜verdict:2025#said2〕 件缺数据。\n"
                   "小学 〔5｜passing:primary:2025#units〕 所中 〔3｜passing:primary:2025〕 所达标，占 〔60.0%｜passing:primary:2025#share〕；");
    paged_free(&p);
}

TEST(compose_report, has_a_section_for_each_coefficient_indicator_and_failing_school)
{
    struct paged p = paged_small();
    const struct report_request request = request_of(&p);
    const struct doc *doc = compose_report_county(&request);
    static const char *const CHAPTERS[] = { "opening", "verdict", "basics", "dim-resource", "dim-government", "dim-quality", "dim-recognition",
                                            "dim-precondition", "dim-veto", "schools", "changes", "causes", "measures", "data" };
    size_t chapter = 0, coefficients = 0, indicators = 0, schools = 0;
    for (size_t i = 0; i < doc->n; i++) {
        const struct text id = doc->sections[i]->id;
        if (doc->sections[i]->level < 2)
            CHECK_TEXT(id, CHAPTERS[chapter++]);
        coefficients += text_starts(id, TEXT("cv-"));
        indicators += text_starts(id, TEXT("ind-G")) || text_starts(id, TEXT("ind-Q")) || text_starts(id, TEXT("ind-S"));
        schools += text_starts(id, TEXT("school-"));
    }
    CHECK_INT(chapter, COUNT(CHAPTERS));
    CHECK_INT(coefficients, 14);
    CHECK_INT(indicators, 25);
    CHECK_INT(schools, 3);   /* B and C of the primary schools, E's junior stage */
    paged_free(&p);
}

TEST(compose_report, says_what_a_failing_school_lacks_and_the_least_that_puts_it_right)
{
    struct paged p = paged_small();
    const struct report_request request = request_of(&p);
    const struct doc *doc = compose_report_county(&request);
    CHECK_TEXT(words_of(&p, doc, "school-B"),
               "位于柳林镇。小学学生 〔400｜pupils:primary:B:2025〕 名，7 项指标中 〔5｜unit:primary:B:2025#met〕 项达标，**不达标**。没有达到标准的是："
               "骨干教师 〔0.50｜level:primary:L2:B:2025〕（标准 1）；运动场地 〔6.97｜level:primary:L5:B:2025〕（标准 7.5）。"
               "要达标，最少再配 〔2｜need:primary:L2:B:2025#enough〕 名骨干教师。");
    paged_free(&p);
}

TEST(compose_report, compares_a_coefficient_with_last_year_and_bounds_one_that_lacks_data)
{
    struct paged p = paged_small();
    const struct report_request request = request_of(&p);
    const struct doc *doc = compose_report_county(&request);
    CHECK_CONTAINS(words_of(&p, doc, "cv-primary-L2"),
                   "校际差异系数 〔0.312｜cv:primary:L2:2025〕，上限 0.500，**不超限**，上年是 〔0.000｜cv:primary:L2:2024〕，"
                   "升了 〔0.312｜cv:primary:L2:2024#change〕。");
    CHECK_CONTAINS(words_of(&p, doc, "cv-primary-L7"), "在 〔0.000｜cv:primary:L7:2025#low〕 和 〔0.000｜cv:primary:L7:2025#high〕 之间（上限 0.500），"
                                                       "**缺的学校报多少都不超限**。");
    CHECK_CONTAINS(words_of(&p, doc, "changes"), "小学退回不达标的学校：柳林镇中心小学，共 〔1｜passing:primary:2025#fallen〕 所。");
    p.c.year = 0; /* the first year has none before it */
    CHECK_TEXT(words_of(&p, compose_report_county(&request), "changes"), "系统里没有上一学年的数据，无法比较。");
    paged_free(&p);
}

/* An office edits every section: what it is given must read back as it is. */
static void reads_back(const struct doc *doc, struct arena *mem)
{
    for (size_t i = 0; i < doc->n; i++) {
        struct err err = { 0 };
        struct doc_section *got;
        const struct text words = doc_words_write(mem, doc->sections[i]);
        CHECK_OK(doc_words_read(mem, words, doc->sections[i], &got, &err), err);
        CHECK(text_equal(doc_words_write(mem, got), words));
        CHECK_INT(got->n, doc->sections[i]->n);
    }
}

TEST(compose_report, gives_sections_that_can_be_edited)
{
    struct paged p = paged_sample();
    const struct report_request request = request_of(&p);
    reads_back(compose_report_county(&request), p.c.mem);
    reads_back(compose_report_school(&request, composing_county(&p.c)->stages[0].row[0]), p.c.mem);
    reads_back(compose_report_township(&request, TEXT("柳林镇")), p.c.mem);
    reads_back(compose_report_indicator(&request, TEXT("L5")), p.c.mem);
    reads_back(compose_report_indicator(&request, TEXT("G11")), p.c.mem);
    CHECK(compose_report_township(&request, TEXT("没有的镇")) == NULL);
    CHECK(compose_report_indicator(&request, TEXT("Z9")) == NULL);
    paged_free(&p);
}

TEST(compose_report, marks_fictional_data_on_every_page)
{
    struct paged p = paged_small();
    struct report_request request = request_of(&p);
    request.fictional = true;
    request.signer = TEXT("登封市教育局");
    const struct doc *doc = compose_report_county(&request);
    CHECK(text_starts(doc->header, TEXT("虚构数据")));
    CHECK_TEXT(doc->signer, "登封市教育局");
    CHECK_CONTAINS(words_of(&p, doc, "data"), "**本报告用的是虚构数据，只供演示。**");
    paged_free(&p);
}

/* Nothing of a school outside the reader's place is named in an indicator's report. */
TEST(compose_report, names_only_schools_that_may_be_seen)
{
    struct paged p = paged_small();
    const struct report_request request = request_of(&p);
    bool *visible = arena_array(p.c.mem, p.assessment->returns->n, bool);
    visible[composing_county(&p.c)->stages[0].row[0]] = true; /* 城关第一小学 */
    p.c.visible = visible;
    const struct doc *doc = compose_report_indicator(&request, TEXT("L5"));
    for (size_t i = 0; i < doc->n; i++)
        for (size_t b = 0; b < doc->sections[i]->n; b++) {
            const struct doc_table *t = doc->sections[i]->blocks[b].table;
            for (size_t c = 0; t && c < t->n_rows * t->n_columns; c++) {
                const struct text words = doc_plain(p.c.mem, &t->cells[c].spans);
                CHECK(!text_find(words, TEXT("柳林镇"), NULL) && !text_find(words, TEXT("石道"), NULL));
            }
        }
    CHECK(compose_report_township(&request, TEXT("柳林镇")) == NULL);
    paged_free(&p);
}

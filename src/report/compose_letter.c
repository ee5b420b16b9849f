#include "report/compose_letter.h"

#include "report/compose_overview.h"
#include "report/words.h"

static struct text cv_range(const struct letter_request *r, const struct overview_stage *stage)
{
    double most = 0;
    for (size_t i = 0; i < stage->n; i++)
        most = stage->rows[i].cv > most ? stage->rows[i].cv : most;
    return words_fixed(r->c->mem, most, 3);
}

static void say_stages(const struct letter_request *r, struct doc *doc, struct doc_section *section, int year)
{
    size_t n;
    const struct overview_stage *const stages = compose_stages(r->c, &n);
    struct arena *const mem = r->c->mem;
    for (size_t s = 0; s < n; s++) {
        const struct text code = stage_code(stages[s].stage);
        struct doc_spans *const p = doc_paragraph(doc, section);
        doc_sayf(mem, p, "%.*s ", TEXT_ARG(stages[s].name));
        doc_figure(mem, p, words_count(mem, (double)stages[s].units), text_printf(mem, "passing:%.*s:%d#of", TEXT_ARG(code), year));
        doc_say(mem, p, TEXT(" 所，达标 "));
        doc_figure(mem, p, words_count(mem, (double)stages[s].passing), text_printf(mem, "passing:%.*s:%d", TEXT_ARG(code), year));
        doc_sayf(mem, p, " 所；%zu 项校际差异系数中 %zu 项不超限，最大的是 %.*s。", stages[s].n, stages[s].within, TEXT_ARG(cv_range(r, &stages[s])));
    }
}

struct doc *compose_letter(const struct letter_request *r)
{
    struct arena *const mem = r->c->mem;
    const struct county_assessment *const county = composing_county(r->c);
    const struct text name = words_county(mem, county->county);
    const int year = county->county->year;
    struct doc *const doc = doc_new(mem, text_printf(mem, "%.*s关于申请义务教育优质均衡发展督导评估的函", TEXT_ARG(name)));
    doc->signer = text_printf(mem, "%.*s人民政府", TEXT_ARG(name));
    doc->date = text_printf(mem, "%d年%d月%d日", r->today.year, r->today.month, r->today.day);
    doc->header = r->fictional ? TEXT("虚构数据") : TEXT("");
    struct doc_section *const section = doc_add(doc, TEXT("letter"), 0, TEXT(""));
    doc_say(mem, doc_paragraph(doc, section), TEXT("市人民政府教育督导室："));
    doc_sayf(mem, doc_paragraph(doc, section),
             "依据《县域义务教育优质均衡发展督导评估办法》，%.*s对%d学年义务教育优质均衡发展情况逐校逐项作了自评。%s", TEXT_ARG(name), year,
             county->verdict == STATE_MET ? "自评认为各项条件都已达到，现申请督导评估。" : "本函是草稿：自评还有条件没有达到，不能据此申请。");
    say_stages(r, doc, section, year);
    doc_say(mem, doc_paragraph(doc, section), TEXT("各项数据都可以追溯到学校填报的表格；随函报送的文件见附件，清单里有每个文件的校验值。"));
    struct buf list = { .mem = mem };
    for (size_t i = 0; i < r->n_enclosed; i++)
        buf_printf(&list, "%s%zu.%.*s", i ? "；" : "附件：", i + 1, TEXT_ARG(r->enclosed[i]));
    doc_say(mem, doc_paragraph(doc, section), buf_text(&list));
    return doc;
}

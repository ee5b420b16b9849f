#include "report/report_draft.h"

#include "base/unicode.h"
#include "report/say.h"
#include "report/words.h"

#include <math.h>

/* ── the document ── */

static struct text chinese_day(struct arena *mem, struct day day)
{
    return text_printf(mem, "%d年%d月%d日", day.year, day.month, day.day);
}

struct text draft_county(const struct composing *c)
{
    const struct text name = words_county(c->mem, composing_county(c)->county), mark = TEXT("（虚构数据）");
    return text_ends(name, mark) ? (struct text){ name.at, name.size - mark.size } : name; /* it stands at the head of each page */
}

struct text draft_title(struct arena *mem, struct text subject, const char *what)
{
    enum { A_LINE = 20 }; /* characters of 22 pt */
    const bool one = utf8_length(subject) + utf8_length(text_of(what)) <= A_LINE;
    return text_printf(mem, "%.*s%s%s", TEXT_ARG(subject), one ? "" : "\n", what);
}

struct draft draft_begin(const struct report_request *request, struct text title)
{
    const struct composing *c = request->c;
    const struct county_year *county = composing_county(c)->county;
    struct draft d = { .request = request, .c = c, .mem = c->mem, .doc = doc_new(c->mem, title), .year = county->year };
    const struct text name = draft_county(c);
    struct buf header = { .mem = c->mem };
    if (request->fictional)
        buf_add(&header, TEXT("虚构数据　"));
    buf_printf(&header, "%.*s　%d学年", TEXT_ARG(name), d.year);
    if (request->version.size)
        buf_printf(&header, "　数据第 %.*s 版", TEXT_ARG(request->version));
    d.doc->header = buf_text(&header);
    d.doc->address = request->address;
    d.doc->subtitle = text_printf(c->mem, "（%d学年）", d.year);
    d.doc->signer = request->signer.size ? request->signer : text_printf(c->mem, "%.*s人民政府", TEXT_ARG(name));
    d.doc->date = chinese_day(c->mem, request->today);
    return d;
}

void draft_data(struct draft *d)
{
    const struct edition *e = d->c->assessment->edition;
    struct doc_section *s = doc_add(d->doc, TEXT("data"), 1, TEXT("数据和算法说明"));
    struct doc_spans *p = doc_paragraph(d->doc, s);
    doc_sayf(d->mem, p, "数据以%d年9月1日为准，由学校和有关部门填报", d->year);
    if (d->request->version.size)
        doc_sayf(d->mem, p, "，取自数据第 %.*s 版", TEXT_ARG(d->request->version));
    doc_sayf(d->mem, p, "。结论按《%.*s》标准（%.*s，第 %.*s 版）计算，依据是%.*s。", TEXT_ARG(e->zh), TEXT_ARG(e->id), TEXT_ARG(e->version),
             TEXT_ARG(e->documents));
    const size_t lacking = composing_county(d->c)->lacking;
    if (lacking)
        FILL(d, doc_paragraph(d->doc, s), "还有 {} 所学校的填报没有审定，本报告没有算进它们的数，因此还不能下全县的结论。",
             fig(count_words(d, lacking), key_verdict(d, d->year, "lacking-schools")));
    p = doc_paragraph(d->doc, s);
    doc_say(d->mem, p, TEXT("达标与否按未四舍五入的数判定，四舍五入只用于书写。没有填报的数写作“缺”，不当作 0，也不算达标。经费是按单价估算的，"
                            "写作“估算”，不是预算。"));
    p = doc_paragraph(d->doc, s);
    doc_say(d->mem, p, TEXT("文中每个数都有来源：在电子文本里点这个数，可以看到它的算法、原始填报表和填报的格。"));
    if (d->request->fictional)
        doc_strong(d->mem, doc_paragraph(d->doc, s), TEXT("本报告用的是虚构数据，只供演示。"));
}

/* ── keys ── */

/* A ':' or '%' inside a part is written %3A, %25, as in app/lineage_key.h. */
static void add_part(struct buf *out, struct text part)
{
    buf_byte(out, ':');
    for (size_t i = 0; i < part.size; i++)
        if (part.at[i] == ':' || part.at[i] == '%')
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)part.at[i]);
        else
            buf_byte(out, part.at[i]);
}

static struct text key_of(const struct draft *d, const char *kind, const struct text *parts, size_t n, int year, const char *facet)
{
    struct buf out = { .mem = d->mem };
    buf_add(&out, text_of(kind));
    for (size_t i = 0; i < n; i++)
        add_part(&out, parts[i]);
    buf_printf(&out, ":%d", year);
    if (facet)
        buf_printf(&out, "#%s", facet);
    return buf_text(&out);
}

struct text key_stage(const struct draft *d, const char *kind, enum stage stage, int year, const char *facet)
{
    return key_of(d, kind, (const struct text[]){ stage_code(stage) }, 1, year, facet);
}

struct text key_level(const struct draft *d, const char *kind, enum stage stage, struct text id, int year, const char *facet)
{
    return key_of(d, kind, (const struct text[]){ stage_code(stage), id }, 2, year, facet);
}

struct text key_count(const struct draft *d, enum stage stage, struct text id, enum state state, int year)
{
    return key_of(d, "count", (const struct text[]){ stage_code(stage), id, state_code(state) }, 3, year, NULL);
}

struct text key_unit(const struct draft *d, const char *kind, enum stage stage, struct text id, struct text school, int year, const char *facet)
{
    return key_of(d, kind, (const struct text[]){ stage_code(stage), id, school }, 3, year, facet);
}

struct text key_school(const struct draft *d, const char *kind, enum stage stage, struct text school, int year, const char *facet)
{
    return key_of(d, kind, (const struct text[]){ stage_code(stage), school }, 2, year, facet);
}

struct text key_rule(const struct draft *d, struct text id, int year, const char *facet)
{
    return key_of(d, "rule", &id, 1, year, facet);
}

struct text key_rule_school(const struct draft *d, struct text id, struct text school, int year, const char *facet)
{
    return key_of(d, "rule", (const struct text[]){ id, school }, 2, year, facet);
}

struct text key_verdict(const struct draft *d, int year, const char *facet)
{
    return key_of(d, "verdict", NULL, 0, year, facet);
}

struct text key_item(const struct draft *d, struct text school, struct text item, int year)
{
    return key_of(d, "school", (const struct text[]){ school, item }, 2, year, NULL);
}

/* ── sentences ── */

void draft_fill(struct draft *d, struct doc_spans *into, const char *pattern, const struct doc_span *spans, size_t n)
{
    struct text rest = text_of(pattern);
    for (size_t i = 0, at; i < n && text_find(rest, TEXT("{}"), &at); i++) {
        doc_say(d->mem, into, (struct text){ rest.at, at });
        if (spans[i].kind == DOC_FIGURE)
            doc_figure(d->mem, into, spans[i].text, spans[i].key);
        else if (spans[i].kind == DOC_STRONG)
            doc_strong(d->mem, into, spans[i].text);
        else
            doc_say(d->mem, into, spans[i].text);
        rest = (struct text){ rest.at + at + 2, rest.size - at - 2 };
    }
    doc_say(d->mem, into, rest);
}

struct text count_words(const struct draft *d, size_t n)
{
    return words_count(d->mem, (double)n);
}

struct doc_span stage_count(const struct draft *d, size_t n, enum stage stage, const char *facet)
{
    return fig(count_words(d, n), key_stage(d, "passing", stage, d->year, facet));
}

void draft_change(struct draft *d, struct doc_spans *into, double now, double before, int decimals, struct text key_before)
{
    if (is_blank(now) || is_blank(before))
        return;
    const double change = number_round(now, decimals) - number_round(before, decimals);
    const struct text words = words_fixed(d->mem, before, decimals);
    if (fabs(change) < 1e-9)
        FILL(d, into, "，与上年的 {} 相同", fig(words, key_before));
    else
        FILL(d, into, "，上年是 {}，{}了 {}", fig(words, key_before), said(change > 0 ? TEXT("升") : TEXT("降")),
             fig(words_fixed(d->mem, fabs(change), decimals), text_printf(d->mem, "%.*s%s", TEXT_ARG(key_before), text_find(key_before, TEXT("#"), NULL) ? "-change" : "#change")));
}

void draft_heads(struct draft *d, struct doc_table *table, const char *heads)
{
    struct text rest = text_of(heads), head;
    for (size_t i = 0; i < table->n_columns && text_split(&rest, '|', &head); i++)
        doc_put(d->mem, table, 0, i, DOC_CENTRE, head);
}

void draft_widths(struct doc_table *table, const double *widths)
{
    for (size_t i = 0; i < table->n_columns; i++)
        table->width[i] = widths[i];
}

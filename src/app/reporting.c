#include "app/reporting.h"

#include "report/compose_report.h"
#include "report/write_doc.h"

/* ---- which report --------------------------------------------------------------------------- */

static const struct text KINDS[] = {
    [REPORT_COUNTY] = TEXT("county"), [REPORT_SCHOOL] = TEXT("school"), [REPORT_TOWNSHIP] = TEXT("township"), [REPORT_INDICATOR] = TEXT("indicator"),
};

bool report_of_words(struct text words, struct report_of *out, struct err *err)
{
    struct text rest = words, kind;
    if (text_split(&rest, ':', &kind))
        for (size_t i = 0; i < COUNT(KINDS); i++)
            if (text_equal(kind, KINDS[i]) && (i == REPORT_COUNTY) == !rest.size) {
                *out = (struct report_of){ (enum report_kind)i, rest };
                return true;
            }
    err_set(err, ERR_USAGE, "没有“%.*s”这种报告。", (int)(words.size < 80 ? words.size : 80), words.at);
    return err_hint(err, "可以是 county、school:学校代码、township:乡镇、indicator:指标编号（L4、G11、Q1 …）。");
}

struct text report_of_word(const struct report_of *of, struct arena *mem)
{
    return of->which.size ? text_printf(mem, "%.*s:%.*s", TEXT_ARG(KINDS[of->kind]), TEXT_ARG(of->which)) : KINDS[of->kind];
}

/* ---- the draft -------------------------------------------------------------------------------- */

static bool draft_school(const struct snapshot *s, const struct actor *actor, size_t year, const struct report_request *request, struct text code,
                         struct doc **out, struct err *err)
{
    const size_t row = snapshot_school(s, year, code, actor);
    if (row == SIZE_MAX) {
        err_set(err, ERR_ABSENT, "%d学年没有代码为“%.*s”的学校，或者不在您管的范围里。", s->years[year], (int)(code.size < 80 ? code.size : 80), code.at);
        return err_hint(err, "请在学校列表里核对学校代码。");
    }
    *out = compose_report_school(request, (uint32_t)row);
    return true;
}

static bool absent(struct err *err, const char *what, struct text which, const char *hint)
{
    err_set(err, ERR_ABSENT, "没有%s“%.*s”的报告。", what, (int)(which.size < 80 ? which.size : 80), which.at);
    return err_hint(err, "%s", hint);
}

static bool draft(const struct snapshot *s, const struct actor *actor, size_t year, const struct report_of *of, const struct report_request *request,
                  struct doc **out, struct err *err)
{
    switch (of->kind) {
    case REPORT_COUNTY:
        if (!actor_covers_county(actor)) {
            err_set(err, ERR_DENIED, "全县的报告要由管全县的人来看。");
            return err_hint(err, "您可以看自己学校或乡镇的报告。");
        }
        *out = compose_report_county(request);
        return true;
    case REPORT_SCHOOL: return draft_school(s, actor, year, request, of->which, out, err);
    case REPORT_TOWNSHIP:
        *out = compose_report_township(request, of->which);
        return *out || absent(err, "乡镇", of->which, "请照填报表的写法写乡镇的名字。");
    case REPORT_INDICATOR: break;
    }
    *out = compose_report_indicator(request, of->which);
    return *out || absent(err, "指标", of->which, "请用 junheng standard list 看有哪些指标编号。");
}

bool app_report_draft(const struct snapshot *s, const struct actor *actor, size_t year, const struct report_of *of, const struct report_terms *terms,
                      struct arena *mem, struct doc **out, struct err *err)
{
    if (!actor_may(actor, MAY_SEE, err))
        return false;
    if (year >= s->n_years) {
        err_set(err, ERR_ABSENT, "还没有这个学年的数据，写不了报告。");
        return err_hint(err, "请先导入工作簿，或请学校填报。");
    }
    bool *visible = NULL;
    if (!actor_covers_county(actor)) {
        visible = arena_array(mem, s->returns->n, bool);
        for (size_t row = 0; row < s->returns->n; row++)
            visible[row] = snapshot_visible(s, row, actor);
    }
    const struct composing composing = { .mem = mem, .assessment = s->assessment, .needs = s->needs, .year = year, .visible = visible };
    const struct report_request request = { .c = &composing, .plan = plan_usual(), .prices = prices_usual(), .today = terms->today,
                                            .address = terms->address, .version = text_printf(mem, "%llu", (unsigned long long)s->version),
                                            .signer = terms->signer, .fictional = s->fictional };
    return draft(s, actor, year, of, &request, out, err);
}

/* ---- as a file ---------------------------------------------------------------------------------- */

static const struct { struct text ending, type; } FORMS[N_REPORT_FORMS] = {
    [REPORT_DOCX] = { TEXT(".docx"), TEXT("application/vnd.openxmlformats-officedocument.wordprocessingml.document") },
    [REPORT_PDF] = { TEXT(".pdf"), TEXT("application/pdf") },
    [REPORT_HTML] = { TEXT(".html"), TEXT("text/html; charset=utf-8") },
};

struct text report_form_type(enum report_form form)
{
    return FORMS[form].type;
}

enum report_form report_form_of(struct text file_name)
{
    for (unsigned i = 0; i < N_REPORT_FORMS; i++)
        if (text_ends(file_name, FORMS[i].ending))
            return (enum report_form)i;
    return N_REPORT_FORMS;
}

bool app_report_write(const struct doc *doc, enum report_form form, struct arena *mem, struct text *bytes_out, struct err *err)
{
    switch (form) {
    case REPORT_DOCX: return write_docx(doc, mem, bytes_out, err);
    case REPORT_PDF: return write_pdf(doc, mem, bytes_out, err);
    case REPORT_HTML:
    case N_REPORT_FORMS: break;
    }
    *bytes_out = write_doc_html(doc, mem);
    return true;
}

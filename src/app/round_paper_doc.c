/* The words of an inspection round's papers. */
#include "app/round_finding.h"
#include "app/round_paper_inside.h"
#include "base/day.h"
#include "report/words.h"
#include "work/task_state.h"

#define SAYF(f, section, ...) doc_sayf((f)->mem, doc_paragraph(doc, section), __VA_ARGS__)

static struct text long_day(const struct paper_facts *f, struct text day)
{
    struct day d;
    return day_read(day, &d) ? text_printf(f->mem, "%d年%d月%d日", d.year, d.month, d.day) : day;
}

static struct text days(const struct paper_facts *f)
{
    return text_printf(f->mem, "%.*s至%.*s", TEXT_ARG(long_day(f, f->round->row.first_day)), TEXT_ARG(long_day(f, f->round->row.last_day)));
}

static struct doc *begun(const struct paper_facts *f, struct text title, struct text signer)
{
    struct doc *const doc = doc_new(f->mem, title);
    doc->subtitle = f->added->number;
    doc->address = f->address;
    doc->header = f->s->fictional ? TEXT("虚构数据") : TEXT("");
    doc->signer = signer;
    doc->date = f->added->signed_on.size ? long_day(f, f->added->signed_on) : TEXT("");
    return doc;
}

/* What the office wrote, a paragraph a line. */
static void put_words(const struct paper_facts *f, struct doc *doc, const char *heading)
{
    if (!f->added->words.size)
        return;
    struct doc_section *const s = doc_add(doc, TEXT("words"), 1, text_of(heading));
    for (struct text rest = f->added->words, line; text_split(&rest, '\n', &line);)
        if (text_trim(line).size)
            doc_say(f->mem, doc_paragraph(doc, s), text_trim(line));
}

static struct doc_table *table_of(struct doc *doc, struct doc_section *s, const char *id, const char *caption, const char *const *heads, const double *widths,
                                  size_t n_columns, size_t rows)
{
    struct doc_table *const table = doc_table(doc, s, text_of(id), text_of(caption), n_columns, rows + 1, 1);
    for (size_t c = 0; c < n_columns; c++) {
        table->width[c] = widths[c];
        doc_put(doc->mem, table, 0, c, DOC_CENTRE, text_of(heads[c]));
    }
    return table;
}

static struct text number(const struct paper_facts *f, size_t n)
{
    return text_printf(f->mem, "%zu", n);
}

/* ---- 通知 ------------------------------------------------------------------------------------ */

static void put_team(const struct paper_facts *f, struct doc *doc)
{
    static const char *const HEADS[] = { "组内", "姓名", "单位和职务" };
    static const double WIDTHS[] = { 6, 8, 24 };
    size_t n = 0, row = 1;
    for (size_t i = 0; i < f->round->n_members; i++)
        n += !f->round->members[i].left_at;
    if (!n)
        return;
    struct doc_section *const s = doc_add(doc, TEXT("team"), 1, TEXT("督导组"));
    struct doc_table *const t = table_of(doc, s, "team", "督导组成员", HEADS, WIDTHS, COUNT(HEADS), n);
    for (size_t i = 0; i < f->round->n_members; i++) {
        const struct round_member *const m = &f->round->members[i];
        if (m->left_at)
            continue;
        doc_put(f->mem, t, row, 0, DOC_CENTRE, round_duty_zh(m->duty));
        doc_put(f->mem, t, row, 1, DOC_CENTRE, m->name);
        doc_put(f->mem, t, row++, 2, DOC_LEFT, m->unit);
    }
}

static void put_places(const struct paper_facts *f, struct doc *doc)
{
    static const char *const HEADS[] = { "序号", "单位", "乡镇（街道）", "日期", "怎样确定" };
    static const double WIDTHS[] = { 4, 16, 8, 8, 8 };
    struct doc_section *const s = doc_add(doc, TEXT("places"), 1, TEXT("日程和单位"));
    SAYF(f, s, "查访从%.*s，共 %zu 个单位。没有写日期的，到校前一天通知。", TEXT_ARG(days(f)), f->round->n_visited);
    struct doc_table *const t = table_of(doc, s, "places", "要去的单位", HEADS, WIDTHS, COUNT(HEADS), f->round->n_visited);
    for (size_t i = 0; i < f->round->n_visited; i++) {
        const struct round_place *const p = &f->round->places[i];
        doc_put(f->mem, t, i + 1, 0, DOC_CENTRE, number(f, i + 1));
        doc_put(f->mem, t, i + 1, 1, DOC_LEFT, p->shown);
        doc_put(f->mem, t, i + 1, 2, DOC_LEFT, p->township);
        doc_put(f->mem, t, i + 1, 3, DOC_CENTRE, p->visit_day);
        doc_put(f->mem, t, i + 1, 4, DOC_LEFT, p->draw_no ? TEXT("抽样") : TEXT("指定"));
    }
}

static void put_draw(const struct paper_facts *f, struct doc *doc)
{
    struct draw_again again;
    struct err none;
    if (!f->round->n_draws || !app_round_draw_again(f->round, 0, f->mem, &again, &none))
        return;
    struct doc_section *const s = doc_add(doc, TEXT("draw"), 1, TEXT("抽样办法"));
    SAYF(f, s, "从 %zu 所学校中分 %zu 层抽取 %zu 所。种子是“%.*s”，%.*s抽取。", again.draw.n, again.draw.n_strata, again.draw.n_taken, TEXT_ARG(again.row->seed),
         TEXT_ARG(long_day(f, day_shown(again.row->by.at, f->mem))));
    SAYF(f, s, "每所学校计算“种子|学校代码”（UTF-8，不带换行）的 SHA-256，写成小写十六进制，各层由小到大排列，取排在前面的。每层先给 1 个名额，余下的名额逐个给“学校数÷（2×已有名额＋1）”最大的层，"
               "相等的给层名按字节在前的。任何人都可以照此重算：printf '%%s|%%s' '种子' 学校代码 | sha256sum。");
    if (f->address.size)
        SAYF(f, s, "名单和每所学校的计算结果见 %.*s/rounds/%.*s/draw。", TEXT_ARG(f->address), TEXT_ARG(f->round->row.id));
}

static struct doc *notice(const struct paper_facts *f)
{
    const struct round_row *const r = &f->round->row;
    struct doc *const doc = begun(f, text_printf(f->mem, "关于开展%.*s的通知", TEXT_ARG(r->title)), r->organiser);
    struct doc_section *const top = doc_add(doc, TEXT("to"), 0, TEXT(""));
    doc_say(f->mem, doc_paragraph(doc, top), TEXT("各有关乡镇（街道）、部门、学校："));
    SAYF(f, top, "%.*s定于%.*s开展%.*s（%.*s）。现将有关事项通知如下。", TEXT_ARG(r->organiser), TEXT_ARG(days(f)), TEXT_ARG(r->title), TEXT_ARG(round_kind_zh(f->round->kind)));
    struct doc_section *const scope = doc_add(doc, TEXT("scope"), 1, TEXT("范围和内容"));
    doc_say(f->mem, doc_paragraph(doc, scope), r->scope);
    SAYF(f, scope, "所看数据是%.*s的填报数。", TEXT_ARG(words_year(f->mem, r->year)));
    if (f->form) {
        struct buf parts = { .mem = f->mem };
        for (size_t i = 0; i < f->form->n_sections; i++)
            buf_printf(&parts, "%s%.*s %zu 项", i ? "，" : "", TEXT_ARG(f->form->sections[i].name), f->form->sections[i].n);
        SAYF(f, scope, "到校按《%.*s》逐项查看：%.*s。只看原始凭证和现场，不要为督导另做材料、另写汇报。", TEXT_ARG(f->form->title), TEXT_ARG(buf_text(&parts)));
    }
    put_team(f, doc);
    put_places(f, doc);
    put_draw(f, doc);
    put_words(f, doc, "其他事项");
    return doc;
}

/* ---- findings in tables ---------------------------------------------------------------------- */

static bool counts(const struct finding_row *finding, const struct round_spot *at)
{
    return !text_equal(finding->state, finding_state_word(FINDING_DROPPED)) &&
           (!at || (text_equal(finding->spot.kind, at->kind) && text_equal(finding->spot.name, at->name)));
}

static size_t how_many(const struct paper_facts *f, const struct round_spot *at, int grade)
{
    size_t n = 0;
    for (size_t i = 0; i < f->round->n_findings; i++) {
        enum finding_grade of;
        n += counts(&f->round->findings[i], at) && (grade < 0 || (finding_grade_of(f->round->findings[i].grade, &of) && (int)of == grade));
    }
    return n;
}

static struct text grade_said(const struct finding_row *finding)
{
    enum finding_grade grade;
    return finding_grade_of(finding->grade, &grade) ? finding_grade_zh(grade) : TEXT("");
}

static struct text subject_said(const struct paper_facts *f, const struct finding_row *finding)
{
    return round_subject_shown(f->s->edition, finding->subject, f->mem);
}

static struct text by_grades(const struct paper_facts *f, const struct round_spot *at)
{
    return text_printf(f->mem, "严重 %zu 个、较重 %zu 个、一般 %zu 个", how_many(f, at, GRADE_SEVERE), how_many(f, at, GRADE_MAJOR), how_many(f, at, GRADE_MINOR));
}

/* The gravest first: calls for each finding that counts. */
static void each(const struct paper_facts *f, const struct round_spot *at, void (*row)(const struct paper_facts *, struct doc_table *, size_t, const struct finding_row *),
                 struct doc_table *table)
{
    size_t line = 1;
    for (int grade = N_FINDING_GRADES - 1; grade >= 0; grade--)
        for (size_t i = 0; i < f->round->n_findings; i++) {
            enum finding_grade of;
            if (counts(&f->round->findings[i], at) && finding_grade_of(f->round->findings[i].grade, &of) && (int)of == grade) {
                doc_put(f->mem, table, line, 0, DOC_CENTRE, number(f, line));
                row(f, table, line++, &f->round->findings[i]);
            }
        }
}

/* ---- 督导意见书 ------------------------------------------------------------------------------- */

static void opinion_row(const struct paper_facts *f, struct doc_table *t, size_t line, const struct finding_row *one)
{
    doc_put(f->mem, t, line, 1, DOC_LEFT, subject_said(f, one));
    doc_put(f->mem, t, line, 2, DOC_CENTRE, grade_said(one));
    doc_put(f->mem, t, line, 3, DOC_LEFT, one->advice.size ? text_printf(f->mem, "%.*s 建议：%.*s", TEXT_ARG(one->what), TEXT_ARG(one->advice)) : one->what);
    doc_put(f->mem, t, line, 4, DOC_LEFT, one->owner_shown);
    doc_put(f->mem, t, line, 5, DOC_CENTRE, one->due);
}

static size_t answered(const struct round_sheet *sheet, struct text value)
{
    size_t n = 0;
    for (size_t i = 0; i < sheet->info.form->n_questions; i++)
        n += text_equal(answer_value(&sheet->answers, sheet->info.form->questions[i].id), value);
    return n;
}

/* What is computed of a place on the questions that failed: each figure leads to its source. */
static void put_figures(const struct paper_facts *f, struct doc *doc, struct doc_section *s)
{
    const struct form *const form = f->sheet->info.form;
    for (size_t i = 0; i < form->n_questions; i++) {
        if (!round_answer_fails(answer_value(&f->sheet->answers, form->questions[i].id)))
            continue;
        for (size_t k = 0; k < 2; k++) {
            const struct round_figure *const figure = &f->figures[2 * i + k];
            if (!figure->words.size)
                continue;
            struct doc_spans *const p = doc_paragraph(doc, s);
            doc_sayf(f->mem, p, "%.*s的填报数：%.*s ", TEXT_ARG(words_year(f->mem, f->round->row.year)), TEXT_ARG(figure->title));
            doc_figure(f->mem, p, figure->words, figure->key);
            doc_say(f->mem, p, TEXT("。"));
        }
    }
}

static void put_praise(const struct paper_facts *f, struct doc *doc)
{
    const struct form *const form = f->sheet->info.form;
    struct doc_section *s = NULL;
    for (size_t i = 0; i < form->n_questions; i++) {
        const struct text said = answer_value(&f->sheet->answers, form->questions[i].id);
        if (form->questions[i].type != ASK_LONG || !said.size)
            continue;
        if (!s)
            s = doc_add(doc, TEXT("praise"), 1, TEXT("值得肯定的"));
        doc_say(f->mem, doc_paragraph(doc, s), said);
    }
}

static struct doc *opinion(const struct paper_facts *f)
{
    static const char *const HEADS[] = { "序号", "指标", "轻重", "问题和建议", "责任单位", "期限" };
    static const double WIDTHS[] = { 4, 8, 4, 20, 8, 8 };
    const struct round_place *const place = f->sheet->place;
    const size_t n = how_many(f, &place->spot, -1);
    struct doc *const doc = begun(f, TEXT("督导意见书"), f->round->row.organiser);
    struct doc_section *const top = doc_add(doc, TEXT("to"), 0, TEXT(""));
    SAYF(f, top, "%.*s：", TEXT_ARG(place->shown));
    const struct text day = place->visit_day.size ? long_day(f, place->visit_day) : place->done.at ? long_day(f, day_shown(place->done.at, f->mem)) : days(f);
    SAYF(f, top, "%.*s，%.*s督导组到你单位开展%.*s，按《%.*s》查看：符合 %zu 项，不符合 %zu 项，不适用 %zu 项。现将督导意见通知如下。", TEXT_ARG(day),
         TEXT_ARG(f->round->row.organiser), TEXT_ARG(f->round->row.title), TEXT_ARG(f->sheet->info.form->title), answered(f->sheet, TEXT("符合")),
         answered(f->sheet, TEXT("不符合")), answered(f->sheet, TEXT("不适用")));
    put_praise(f, doc);
    struct doc_section *const s = doc_add(doc, TEXT("findings"), 1, TEXT("存在的问题"));
    if (n) {
        SAYF(f, s, "共 %zu 个问题：%.*s。", n, TEXT_ARG(by_grades(f, &place->spot)));
        put_figures(f, doc, s);
        each(f, &place->spot, opinion_row, table_of(doc, s, "findings", "问题、责任单位和期限", HEADS, WIDTHS, COUNT(HEADS), n));
    } else {
        doc_say(f->mem, doc_paragraph(doc, s), place->done.at ? TEXT("没有发现不符合的。") : TEXT("检查表还没有交。"));
    }
    put_words(f, doc, "督导意见");
    struct doc_section *const demand = doc_add(doc, TEXT("demand"), 1, TEXT("整改要求"));
    doc_say(f->mem, doc_paragraph(doc, demand), n ? TEXT("请对照上列问题先答复整改措施（做什么、谁来做、哪天前），按期整改并报告结果、附佐证；由另一人到现场复查，通过后销号。")
                                                  : TEXT("请保持。"));
    return doc;
}

/* ---- 反馈意见 --------------------------------------------------------------------------------- */

static void feedback_row(const struct paper_facts *f, struct doc_table *t, size_t line, const struct finding_row *one)
{
    doc_put(f->mem, t, line, 1, DOC_LEFT, one->shown);
    doc_put(f->mem, t, line, 2, DOC_LEFT, subject_said(f, one));
    doc_put(f->mem, t, line, 3, DOC_CENTRE, grade_said(one));
    doc_put(f->mem, t, line, 4, DOC_LEFT, one->advice.size ? text_printf(f->mem, "%.*s 建议：%.*s", TEXT_ARG(one->what), TEXT_ARG(one->advice)) : one->what);
}

/* Which subjects came up most: the first of each is where it is counted. */
static struct text by_subject(const struct paper_facts *f)
{
    struct buf said = { .mem = f->mem };
    for (size_t i = 0; i < f->round->n_findings; i++) {
        const struct finding_row *const one = &f->round->findings[i];
        size_t n = 0;
        bool first = counts(one, NULL);
        for (size_t k = 0; k < f->round->n_findings; k++) {
            const bool same = counts(&f->round->findings[k], NULL) && text_equal(f->round->findings[k].subject, one->subject);
            n += same;
            first &= !(same && k < i);
        }
        if (first)
            buf_printf(&said, "%s%.*s %zu 个", said.size ? "，" : "", TEXT_ARG(subject_said(f, one)), n);
    }
    return buf_text(&said);
}

static struct doc *feedback(const struct paper_facts *f)
{
    static const char *const HEADS[] = { "序号", "单位", "指标", "轻重", "问题和建议" };
    static const double WIDTHS[] = { 4, 10, 8, 4, 22 };
    const struct round_row *const r = &f->round->row;
    const size_t n = how_many(f, NULL, -1);
    size_t done = 0, schools = 0, drawn = 0;
    for (size_t i = 0; i < f->round->n_visited; i++) {
        done += f->round->places[i].done.at != 0;
        schools += text_equal(f->round->places[i].spot.kind, TEXT("school"));
        drawn += f->round->places[i].draw_no != 0;
    }
    struct doc *const doc = begun(f, text_printf(f->mem, "%.*s反馈意见", TEXT_ARG(r->title)), r->organiser);
    struct doc_section *const top = doc_add(doc, TEXT("to"), 0, TEXT(""));
    SAYF(f, top, "%.*s人民政府：", TEXT_ARG(f->s->county_name));
    SAYF(f, top, "%.*s，%.*s对你县开展了%.*s。现反馈如下。", TEXT_ARG(days(f)), TEXT_ARG(r->organiser), TEXT_ARG(r->title));
    struct doc_section *const base = doc_add(doc, TEXT("base"), 1, TEXT("基本情况"));
    SAYF(f, base, "督导组去了 %zu 个单位，其中学校 %zu 所，抽样确定 %zu 所；收回检查表 %zu 份。%.*s", f->round->n_visited, schools, drawn, done, TEXT_ARG(r->scope));
    struct doc_section *const s = doc_add(doc, TEXT("findings"), 1, TEXT("发现的问题"));
    if (n) {
        SAYF(f, s, "共 %zu 个问题：%.*s。", n, TEXT_ARG(by_grades(f, NULL)));
        SAYF(f, s, "按指标：%.*s。", TEXT_ARG(by_subject(f)));
        each(f, NULL, feedback_row, table_of(doc, s, "findings", "问题清单", HEADS, WIDTHS, COUNT(HEADS), n));
    } else {
        doc_say(f->mem, doc_paragraph(doc, s), TEXT("没有发现问题。"));
    }
    put_words(f, doc, "意见和建议");
    struct doc_section *const demand = doc_add(doc, TEXT("demand"), 1, TEXT("整改要求"));
    doc_say(f->mem, doc_paragraph(doc, demand), TEXT("请逐条制定整改方案，明确责任单位、责任人、措施和期限；整改结果逐条附佐证，经复查销号后报送整改情况报告。"));
    return doc;
}

/* ---- 整改方案, 整改情况报告 --------------------------------------------------------------------- */

static void plan_row(const struct paper_facts *f, struct doc_table *t, size_t line, const struct finding_row *one)
{
    doc_put(f->mem, t, line, 1, DOC_LEFT, text_printf(f->mem, "%.*s（%.*s）：%.*s", TEXT_ARG(one->shown), TEXT_ARG(subject_said(f, one)), TEXT_ARG(one->what)));
    doc_put(f->mem, t, line, 2, DOC_CENTRE, grade_said(one));
    doc_put(f->mem, t, line, 3, DOC_LEFT, one->measures.size ? one->measures : one->task ? TEXT("待答复") : TEXT("待交办"));
    doc_put(f->mem, t, line, 4, DOC_LEFT, one->person.size ? text_printf(f->mem, "%.*s %.*s", TEXT_ARG(one->owner_shown), TEXT_ARG(one->person)) : one->owner_shown);
    doc_put(f->mem, t, line, 5, DOC_CENTRE, one->due);
}

static struct doc *plan(const struct paper_facts *f)
{
    static const char *const HEADS[] = { "序号", "问题", "轻重", "措施", "责任单位、责任人", "期限" };
    static const double WIDTHS[] = { 4, 14, 4, 14, 9, 8 };
    const size_t n = how_many(f, NULL, -1);
    size_t lacking = 0;
    for (size_t i = 0; i < f->round->n_findings; i++)
        lacking += counts(&f->round->findings[i], NULL) && !f->round->findings[i].measures.size;
    struct doc *const doc = begun(f, text_printf(f->mem, "%.*s整改方案", TEXT_ARG(f->round->row.title)), text_printf(f->mem, "%.*s人民政府", TEXT_ARG(f->s->county_name)));
    struct doc_section *const top = doc_add(doc, TEXT("to"), 0, TEXT(""));
    SAYF(f, top, "针对%.*s%.*s反馈的 %zu 个问题（%.*s），逐条制定整改方案。", TEXT_ARG(f->round->row.organiser), TEXT_ARG(f->round->row.title), n, TEXT_ARG(by_grades(f, NULL)));
    struct doc_section *const s = doc_add(doc, TEXT("list"), 1, TEXT("整改任务清单"));
    if (n)
        each(f, NULL, plan_row, table_of(doc, s, "list", "问题、措施、责任和期限", HEADS, WIDTHS, COUNT(HEADS), n));
    if (lacking)
        SAYF(f, s, "还有 %zu 个问题没有答复措施。", lacking);
    struct doc_section *const how = doc_add(doc, TEXT("how"), 1, TEXT("怎样落实"));
    doc_say(f->mem, doc_paragraph(doc, how), TEXT("每个问题由责任单位答复措施、报告结果并附佐证；报结果的人以外的另一人到现场复查，通过后销号，不通过的退回重做。"));
    doc_say(f->mem, doc_paragraph(doc, how), TEXT("延期须在到期之前说明理由，由上一级同意；逾期的逐级通报到县领导小组。"));
    put_words(f, doc, "组织保障");
    return doc;
}

static struct text state_said(const struct finding_row *one)
{
    enum task_state state;
    return one->task && task_state_of(one->task_state, &state) ? task_state_zh(TASK_CHECKED, state) : TEXT("待交办");
}

static void report_row(const struct paper_facts *f, struct doc_table *t, size_t line, const struct finding_row *one)
{
    doc_put(f->mem, t, line, 1, DOC_LEFT, text_printf(f->mem, "%.*s：%.*s", TEXT_ARG(one->shown), TEXT_ARG(one->what)));
    doc_put(f->mem, t, line, 2, DOC_LEFT, one->measures);
    doc_put(f->mem, t, line, 3, DOC_LEFT, one->result);
    doc_put(f->mem, t, line, 4, DOC_CENTRE, one->closed_on.size ? one->closed_on : one->done_on);
    doc_put(f->mem, t, line, 5, DOC_CENTRE, state_said(one));
}

static struct doc *report(const struct paper_facts *f)
{
    static const char *const HEADS[] = { "序号", "问题", "措施", "结果", "完成", "状态" };
    static const double WIDTHS[] = { 4, 14, 12, 12, 7, 6 };
    const size_t n = how_many(f, NULL, -1);
    size_t closed = 0, proved = 0, late = 0;
    for (size_t i = 0; i < f->round->n_findings; i++) {
        const struct finding_row *const one = &f->round->findings[i];
        enum task_state state;
        if (!counts(one, NULL) || !one->task || !task_state_of(one->task_state, &state))
            continue;
        closed += state == TASK_CLOSED;
        proved += state == TASK_PROVED;
        late += task_with_owner(state) && text_compare(one->due, f->today) < 0;
    }
    struct doc *const doc = begun(f, text_printf(f->mem, "%.*s整改情况报告", TEXT_ARG(f->round->row.title)), text_printf(f->mem, "%.*s人民政府", TEXT_ARG(f->s->county_name)));
    struct doc_section *const top = doc_add(doc, TEXT("to"), 0, TEXT(""));
    SAYF(f, top, "%.*s：", TEXT_ARG(f->round->row.organiser));
    SAYF(f, top, "%.*s反馈的 %zu 个问题，截至%.*s：已销号 %zu 个，已报结果待复查 %zu 个，其余 %zu 个正在整改，其中逾期 %zu 个。", TEXT_ARG(f->round->row.title), n,
         TEXT_ARG(long_day(f, f->today)), closed, proved, n - closed - proved, late);
    struct doc_section *const s = doc_add(doc, TEXT("list"), 1, TEXT("逐条整改情况"));
    if (n)
        each(f, NULL, report_row, table_of(doc, s, "list", "整改情况", HEADS, WIDTHS, COUNT(HEADS), n));
    if (closed < n) {
        struct doc_section *const open = doc_add(doc, TEXT("open"), 1, TEXT("没有销号的"));
        for (size_t i = 0; i < f->round->n_findings; i++) {
            const struct finding_row *const one = &f->round->findings[i];
            enum task_state state;
            if (counts(one, NULL) && !(one->task && task_state_of(one->task_state, &state) && state == TASK_CLOSED))
                SAYF(f, open, "%.*s，%.*s：责任单位%.*s，期限%.*s，%.*s。", TEXT_ARG(one->shown), TEXT_ARG(subject_said(f, one)),
                     TEXT_ARG(one->owner_shown.size ? one->owner_shown : TEXT("未定")), TEXT_ARG(one->due.size ? one->due : TEXT("未定")), TEXT_ARG(state_said(one)));
        }
    }
    put_words(f, doc, "下一步打算");
    return doc;
}

/* ---- 检查表 ----------------------------------------------------------------------------------- */

static void put_section(const struct paper_facts *f, struct doc *doc, const struct form_section *section)
{
    static const char *const HEADS[] = { "编号", "项目", "结论", "看到了什么", "照片" };
    static const double WIDTHS[] = { 4, 18, 6, 16, 4 };
    const struct form *const form = f->sheet->info.form;
    struct doc_section *const s = doc_add(doc, section->id, 1, section->name);
    struct doc_table *const t = table_of(doc, s, "answers", text_string(f->mem, section->name), HEADS, WIDTHS, COUNT(HEADS), section->n);
    for (size_t i = 0; i < section->n; i++) {
        const size_t at = section->first + i;
        const struct form_question *const q = &form->questions[at];
        const struct text value = answer_value(&f->sheet->answers, q->id), note = answer_value(&f->sheet->answers, text_printf(f->mem, "%.*s.note", TEXT_ARG(q->id)));
        const bool in_words = q->type == ASK_LONG || q->type == ASK_LINE;
        doc_put(f->mem, t, i + 1, 0, DOC_CENTRE, q->id);
        doc_put(f->mem, t, i + 1, 1, DOC_LEFT, q->name);
        doc_put(f->mem, t, i + 1, 2, DOC_CENTRE, in_words ? TEXT("") : value.size ? answer_shown(q, N_FORM_PARTS, value, f->mem) : TEXT("□"));
        doc_put(f->mem, t, i + 1, 3, DOC_LEFT, in_words ? value : note);
        doc_put(f->mem, t, i + 1, 4, DOC_CENTRE, f->sheet->photo_counts[at] ? text_printf(f->mem, "%zu 张", f->sheet->photo_counts[at]) : TEXT(""));
    }
}

static struct doc *sheet(const struct paper_facts *f)
{
    const struct round_place *const place = f->sheet->place;
    struct doc *const doc = begun(f, f->sheet->info.form->title, f->round->row.organiser);
    doc->subtitle = place->shown;
    struct doc_section *const top = doc_add(doc, TEXT("head"), 0, TEXT(""));
    SAYF(f, top, "%.*s，%.*s。%.*s", TEXT_ARG(f->round->row.title), TEXT_ARG(place->visit_day.size ? long_day(f, place->visit_day) : days(f)),
         TEXT_ARG(place->done.at ? text_printf(f->mem, "%.*s %.*s 填好。", TEXT_ARG(place->done.who), TEXT_ARG(day_shown(place->done.at, f->mem))) : TEXT("没有交。")));
    for (size_t i = 0; i < f->sheet->info.form->n_sections; i++)
        put_section(f, doc, &f->sheet->info.form->sections[i]);
    return doc;
}

struct doc *round_paper_compose(enum round_paper paper, const struct paper_facts *facts)
{
    static struct doc *(*const PAPERS[N_ROUND_PAPERS])(const struct paper_facts *) = { notice, sheet, opinion, feedback, plan, report };
    return PAPERS[paper](facts);
}

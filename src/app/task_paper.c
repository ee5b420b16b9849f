/* An order as a paper: 整改通知; a task: 任务交办单. */
#include "app/task_export.h"

#include "app/audit.h"
#include "app/place_names.h"
#include "base/day.h"
#include "report/words.h"

struct paper { struct doc *doc; const struct task_one *one; const struct place_names *places; const struct task_measured *measured; struct arena *mem; };

static void put_problem(const struct paper *p)
{
    const struct task *const t = &p->one->view.task;
    struct doc_section *const s = doc_add(p->doc, TEXT("problem"), 1, t->kind == TASK_ORDER ? TEXT("问题") : TEXT("任务"));
    doc_say(p->mem, doc_paragraph(p->doc, s), t->title);
    for (struct text rest = t->text, line; text_split(&rest, '\n', &line);)
        if (text_trim(line).size)
            doc_say(p->mem, doc_paragraph(p->doc, s), text_trim(line));
    if (!p->measured->there || !p->measured->value.size)
        return;
    struct doc_spans *const spans = doc_paragraph(p->doc, s);
    doc_sayf(p->mem, spans, "按%d学年的数据，%.*s%s", p->measured->year, TEXT_ARG(t->subject), "为 ");
    doc_figure(p->mem, spans, p->measured->value, p->measured->key);
    doc_say(p->mem, spans, p->measured->missing.size ? text_printf(p->mem, "，还差 %.*s。", TEXT_ARG(p->measured->missing)) : TEXT("。"));
}

static void put_demand(const struct paper *p)
{
    const struct task *const t = &p->one->view.task;
    struct doc_section *const s = doc_add(p->doc, TEXT("demand"), 1, TEXT("要求"));
    struct buf helpers = { .mem = p->mem };
    for (size_t i = 0; i < p->one->n_helpers; i++)
        buf_printf(&helpers, "%s%.*s", i ? "、" : "", TEXT_ARG(place_name(p->places, p->one->helpers[i])));
    const struct { const char *name; struct text value; } rows[] = {
        { "责任单位", place_name(p->places, p->one->view.owner) }, { "责任人", t->person }, { "协办单位", buf_text(&helpers) },
        { "涉及单位", p->one->view.about.kind == PLACE_COUNTY ? TEXT("") : place_name(p->places, p->one->view.about) },
        { "时限", t->due }, { "成果", t->product_name },
    };
    size_t n = 0, at = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        n += rows[i].value.size != 0;
    struct doc_table *const table = doc_table(p->doc, s, TEXT("demand"), TEXT("责任和时限"), 2, n, 0);
    table->width[0] = 10, table->width[1] = 30;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!rows[i].value.size)
            continue;
        doc_put(p->mem, table, at, 0, DOC_LEFT, text_of(rows[i].name));
        doc_put(p->mem, table, at++, 1, DOC_LEFT, rows[i].value);
    }
    if (t->kind != TASK_ORDER)
        return;
    doc_say(p->mem, doc_paragraph(p->doc, s),
            p->one->view.way == TASK_MEASURED
                ? TEXT("收到本通知后，先答复整改措施（做什么、谁来做、哪天前、经费从哪里来），同意后按措施整改；完成后报告结果并附佐证。数据重新测算达标、并由另一人现场核验后，台账销号，本通知随之销号。")
                : TEXT("收到本通知后，先答复整改措施（做什么、谁来做、哪天前、经费从哪里来），同意后按措施整改；完成后报告结果并附佐证，由另一人到现场复查，通过后销号。"));
    doc_say(p->mem, doc_paragraph(p->doc, s), TEXT("不能按期完成的，在到期之前申请延期并说明理由；逾期的逐级通报。"));
}

/* A step that a person took; reminders stay off the paper. */
static bool is_step(const struct talk_line *line)
{
    return line->kind == TALK_STEP && (line->by.account || line->role.size || !text_equal(line->by.who, TEXT("系统")));
}

static void put_history(const struct paper *p, const struct talk_line *lines, size_t n)
{
    size_t steps = 0, at = 1;
    for (size_t i = 0; i < n; i++)
        steps += is_step(&lines[i]);
    if (steps < 2)
        return;
    struct doc_section *const s = doc_add(p->doc, TEXT("history"), 1, TEXT("办理经过"));
    struct doc_table *const table = doc_table(p->doc, s, TEXT("history"), TEXT("办理经过"), 4, steps + 1, 1);
    static const char *const HEADS[] = { "日期", "步骤", "经办", "内容" };
    static const double WIDTHS[] = { 7, 9, 7, 24 };
    for (size_t c = 0; c < COUNT(HEADS); c++) {
        table->width[c] = WIDTHS[c];
        doc_put(p->mem, table, 0, c, DOC_CENTRE, text_of(HEADS[c]));
    }
    for (size_t i = n; i > 0; i--) {
        const struct talk_line *const l = &lines[i - 1];
        if (!is_step(l))
            continue;
        doc_put(p->mem, table, at, 0, DOC_LEFT, day_shown(l->by.at, p->mem));
        doc_put(p->mem, table, at, 1, DOC_LEFT, l->new_);
        doc_put(p->mem, table, at, 2, DOC_LEFT, l->by.who);
        doc_put(p->mem, table, at++, 3, DOC_LEFT, l->said);
    }
}

static struct doc *compose(const struct snapshot *s, struct paper *p, const struct talk_line *lines, size_t n, struct text address)
{
    const struct task *const t = &p->one->view.task;
    const struct day day = day_of(t->issued.at);
    p->doc = doc_new(p->mem, t->kind == TASK_ORDER ? TEXT("整改通知") : TEXT("任务交办单"));
    p->doc->subtitle = text_printf(p->mem, "编号：%d-%lld", day.year, (long long)t->id);
    p->doc->address = address;
    p->doc->header = s->fictional ? TEXT("虚构数据") : TEXT("");
    p->doc->signer = text_printf(p->mem, "%.*s优质均衡发展领导小组办公室", TEXT_ARG(s->county_name));
    p->doc->date = text_printf(p->mem, "%d年%d月%d日", day.year, day.month, day.day);
    struct doc_section *const top = doc_add(p->doc, TEXT("to"), 0, TEXT(""));
    doc_sayf(p->mem, doc_paragraph(p->doc, top), "%.*s：", TEXT_ARG(place_name(p->places, p->one->view.owner)));
    doc_sayf(p->mem, doc_paragraph(p->doc, top), t->kind == TASK_ORDER ? "下列问题来自%.*s，现下达你单位整改。" : "下列任务来自%.*s，现交你单位办理。",
             TEXT_ARG(task_origin_zh(t->origin)));
    put_problem(p);
    put_demand(p);
    put_history(p, lines, n);
    return p->doc;
}

struct noting { const struct actor *actor; int64_t id, now; struct text as; struct arena *mem; };
static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, "export.task", text_printf(n->mem, "task/%lld", (long long)n->id), n->as, n->now, err);
}

bool app_task_paper(struct house *house, const struct snapshot *snapshot, const struct actor *actor, int64_t id, struct text as, struct text address,
                    int64_t now, struct arena *mem, struct report_file *out, struct err *err)
{
    const enum report_form form = report_form_of(text_printf(mem, ".%.*s", TEXT_ARG(as)));
    const struct talk_on on = { TEXT("task"), text_printf(mem, "%lld", (long long)id) };
    struct task_one one;
    struct task_measured measured;
    struct place_names places;
    struct talk_line *lines;
    size_t n;
    if (form != REPORT_DOCX && form != REPORT_PDF) {
        err_set(err, ERR_USAGE, "整改通知不能写成“%.*s”。", (int)(as.size > 20 ? 20 : as.size), as.at);
        return err_hint(err, "可以是 docx、pdf。");
    }
    if (!app_task(house, actor, id, now, mem, &one, err) || !app_task_measured(house, snapshot, &one.view, mem, &measured, err) ||
        !app_talk(house, snapshot, actor, &on, mem, &lines, &n, err))
        return false;
    place_names_of(snapshot, now, mem, &places);
    struct paper paper = { .one = &one, .places = &places, .measured = &measured, .mem = mem };
    struct doc *const doc = compose(snapshot, &paper, lines, n, address);
    out->type = report_form_type(form);
    out->name = text_printf(mem, "%.*s%lld-%.*s.%.*s", TEXT_ARG(doc->title), (long long)id, TEXT_ARG(one.view.task.title), TEXT_ARG(as));
    struct noting noting = { actor, id, now, as, mem };
    return app_report_write(doc, form, mem, &out->bytes, err) && db_write(house_db(house), note, &noting, err);
}

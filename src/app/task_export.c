/* The list of tasks as a workbook; what is measured of a thing. */
#include "app/task_export.h"

#include "app/audit.h"
#include "app/ledger.h"
#include "app/lineage_key.h"
#include "app/place_names.h"
#include "app/written.h"
#include "base/day.h"
#include "model/sheet.h"
#include "report/words.h"
#include "report/write_workbook.h"

enum { MOST = 100000 };

/* ---- the workbook ------------------------------------------------------------------------------ */

static const struct { const char *name; double width; } COLUMNS[] = {
    { "编号", 8 },  { "种类", 10 },     { "事项", 40 }, { "内容", 40 },     { "责任单位", 22 },   { "责任人", 10 },   { "涉及单位", 22 },
    { "来源", 10 }, { "指标", 12 },     { "学段", 8 },  { "时限", 12 },     { "原定时限", 12 },   { "状态", 10 },     { "逾期天数", 10 },
    { "整改措施", 40 }, { "结果", 40 }, { "成果", 24 }, { "报结果日期", 12 }, { "办结日期", 12 }, { "交办人", 10 },   { "下达日期", 12 },
};

static struct text stage_said(struct text stage)
{
    return text_equal(stage, TEXT("primary")) ? TEXT("小学") : text_equal(stage, TEXT("junior")) ? TEXT("初中") : TEXT("");
}

static void put_row(struct sheet *sheet, uint32_t row, const struct place_names *places, const struct task_view *v, struct arena *mem)
{
    const struct task *const t = &v->task;
    const struct text cells[COUNT(COLUMNS)] = {
        TEXT(""), task_kind_zh(t->kind), t->title, t->text, place_name(places, v->owner), t->person,
        v->about.kind == PLACE_COUNTY ? TEXT("") : place_name(places, v->about), task_origin_zh(t->origin),
        text_equal(t->subject, TEXT("other")) ? TEXT("") : t->subject, stage_said(t->stage), t->due, t->first_due, task_state_zh(v->way, v->state), TEXT(""),
        t->measures, t->result, t->product_name, t->done_on, t->closed_on, t->issued.who, day_shown(t->issued.at, mem),
    };
    for (uint32_t c = 0; c < COUNT(COLUMNS); c++)
        if (cells[c].size)
            sheet_put_text(sheet, row, c + 1, LOOK_TEXT, cells[c]);
        else if (c == 0)
            sheet_put_number(sheet, row, 1, LOOK_WHOLE, (double)t->id);
        else if (c == 13 && v->late)
            sheet_put_number(sheet, row, 14, LOOK_WHOLE, (double)-v->days_left)->tone = TONE_BELOW;
}

static bool write_one(const char *path, void *context, struct err *err)
{
    struct sheet *sheet = context;
    return write_workbook(path, &sheet, 1, err);
}

struct noting { const struct actor *actor; struct text object, detail; int64_t now; };
static bool note(void *context, struct db_session *session, struct err *err)
{
    const struct noting *const n = context;
    return audit_write(session, n->actor, "export.task", n->object, n->detail, n->now, err);
}

bool app_tasks_export(struct house *house, const struct snapshot *snapshot, const struct actor *actor, const struct task_filter *filter, bool mine,
                      enum task_order order, struct text said, int64_t now, struct arena *mem, struct text *bytes_out, struct err *err)
{
    struct task_view *views;
    struct place_names places;
    size_t n;
    if (!actor_may(actor, MAY_EXPORT, err) || !app_tasks(house, NULL, actor, filter, mine, order, 0, MOST + 1, now, mem, &views, &n, err))
        return false;
    if (n > MOST) {
        err_set(err, ERR_LIMIT, "一次最多导出 %d 件。", MOST);
        return err_hint(err, "请先用责任单位、来源或时限筛选。");
    }
    struct sheet *const sheet = sheet_new(mem, TEXT("任务和整改"));
    place_names_of(snapshot, now, mem, &places);
    sheet_put_merged(sheet, 1, 1, 1, COUNT(COLUMNS), LOOK_TITLE,
                     text_printf(mem, "%.*s任务和整改清单%s", TEXT_ARG(snapshot->county_name), snapshot->fictional ? "（虚构数据）" : ""));
    sheet_put_merged(sheet, 2, 1, 2, COUNT(COLUMNS), LOOK_NOTE,
                     text_printf(mem, "%.*s，共 %zu 件。%.*s", TEXT_ARG(day_shown(now, mem)), n, TEXT_ARG(said)));
    for (uint32_t c = 0; c < COUNT(COLUMNS); c++) {
        sheet_put_text(sheet, 3, c + 1, LOOK_HEADING, text_of(COLUMNS[c].name));
        sheet->width[c + 1] = COLUMNS[c].width;
    }
    for (size_t i = 0; i < n; i++)
        put_row(sheet, (uint32_t)i + 4, &places, &views[i], mem);
    sheet->frozen_rows = 3, sheet->frozen_columns = 3;
    sheet->print = (struct sheet_print){ .on = true, .first_repeated = 3, .last_repeated = 3 };
    struct noting noting = { actor, TEXT("tasks"), text_printf(mem, "rows=%zu", n), now };
    return app_written(write_one, sheet, mem, bytes_out, err) && db_write(house_db(house), note, &noting, err);
}

/* ---- what is measured ------------------------------------------------------------------------------ */

static struct text key_of(const struct ledger_row *row, struct arena *mem)
{
    struct lineage_key key = { .year = row->now.year, .id = row->of.subject };
    const bool school = text_equal(row->of.place_kind, TEXT("school")), junior = text_equal(row->of.stage, TEXT("junior"));
    key.stage = junior ? STAGE_JUNIOR : STAGE_PRIMARY;
    switch (row->kind) {
    case LEDGER_LEVEL: key.of = LINEAGE_OF_LEVEL, key.school = row->of.place_name; break;
    case LEDGER_CV: key.of = LINEAGE_OF_CV, key.id = (struct text){ row->of.subject.at + 3, row->of.subject.size - 3 }; break;
    case LEDGER_GOVERNMENT: case LEDGER_QUALITY: case LEDGER_RECOGNITION: case LEDGER_VETO: case LEDGER_PRECONDITION:
        key.of = LINEAGE_OF_RULE, key.school = school ? row->of.place_name : TEXT("");
        break;
    default: return TEXT("");
    }
    return row->now.year ? lineage_key_format(mem, &key) : TEXT("");
}

bool app_task_measured(struct house *house, const struct snapshot *snapshot, const struct task_view *view, struct arena *mem,
                       struct task_measured *out, struct err *err)
{
    const struct task *const t = &view->task;
    const struct ledger_identity of = { t->about_kind, t->about_name, t->stage, t->subject };
    struct db_session *session;
    struct ledger_row row;
    bool found = false;
    *out = (struct task_measured){ .there = false };
    (void)snapshot;
    if (text_equal(t->subject, TEXT("other")) || !db_read_begin(house_db(house), &session, err))
        return text_equal(t->subject, TEXT("other"));
    const bool ok = app_ledger_find(house, session, &of, mem, &row, &found, err);
    db_read_end(&session);
    if (!ok || !found || !row.now.year)
        return ok;
    *out = (struct task_measured){ .there = true, .year = row.now.year, .ledger = row.id, .key = key_of(&row, mem) };
    out->value = is_blank(row.now.value) ? TEXT("") : text_printf(mem, "%.*s %.*s", TEXT_ARG(words_fixed(mem, row.now.value, row.kind == LEDGER_CV ? 3 : 2)), TEXT_ARG(row.now.unit));
    out->missing = row.now.passes || is_blank(row.now.missing) || row.now.missing <= 0 ? TEXT("") : words_quantity(mem, row.now.quantity, row.now.missing);
    return true;
}

#include "import/bind.h"

#include "base/unicode.h"

/* ---- what is said about headings ---- */

static void report_heading(const struct binding *binding, const struct bound *bound,
                           const struct item_list *items, const struct table_sink *sink,
                           struct arena *scratch)
{
    const bool down = binding->table.down;
    struct finding finding = {
        .file = binding->table.file,
        .sheet = binding->table.sheet,
        .row = bound->row,
        .column = bound->column,
        .read = bound->shown,
        .item = bound->item == NO_ITEM ? TEXT("") : items->at[bound->item].code,
        .school = TEXT(""),
        .level = FINDING_NOTE,
        .mend = TEXT(""),
    };
    const struct text zh = bound->item == NO_ITEM ? TEXT("") : items->at[bound->item].zh;
    char at[16];
    switch (bound->state) {
    case BOUND_TAKEN: return;
    case BOUND_UNUSED:
        finding.rule = TEXT("header.unused");
        finding.expected = down ? TEXT("这一行不是指标，没有读取") : TEXT("这一列不是指标，没有读取");
        break;
    case BOUND_GUESS:
        finding.rule = TEXT("header.guess");
        finding.expected = text_printf(scratch, "与指标“%.*s”相近但不相同，没有读取", TEXT_ARG(zh));
        finding.mend = text_printf(scratch, "如果就是这一项，把名称改为“%.*s”", TEXT_ARG(zh));
        break;
    case BOUND_UNIT: {
        const struct text unit = unit_zh(items->at[bound->item].unit);
        finding.rule = TEXT("header.unit");
        finding.level = FINDING_ERROR;
        if (unit.size) {
            finding.expected =
                text_printf(scratch, "“%.*s”应以“%.*s”为单位，没有读取", TEXT_ARG(zh), TEXT_ARG(unit));
            finding.mend =
                text_printf(scratch, "把数换算成“%.*s”，并把名称改为“%.*s”", TEXT_ARG(unit), TEXT_ARG(zh));
        } else {
            finding.expected = text_printf(scratch, "“%.*s”不用这个单位，没有读取", TEXT_ARG(zh));
            finding.mend = text_printf(scratch, "填 0 到 1 之间的小数（12%% 写作 0.12），并把名称改为“%.*s”",
                                       TEXT_ARG(zh));
            if (items->at[bound->item].type == ITEM_INTEGER)
                finding.mend = text_printf(scratch, "换算后填写，并把名称改为“%.*s”", TEXT_ARG(zh));
        }
        break;
    }
    case BOUND_TWICE:
        finding.rule = TEXT("header.twice");
        finding.level = FINDING_ERROR;
        cell_name(at, down ? binding->table.place[bound->item] : bound->row,
                  down ? bound->column : binding->table.place[bound->item]);
        finding.expected = text_printf(scratch, "“%.*s”已在 %s 出现过，只读了前面的", TEXT_ARG(zh), at);
        finding.mend = down ? TEXT("删去或改名其中一行") : TEXT("删去或改名其中一列");
        break;
    case BOUND_OTHER_LEVEL:
        finding.rule = TEXT("header.unused");
        finding.expected = text_printf(scratch, "“%.*s”要按学校填报，这张表没有学校，没有读取", TEXT_ARG(zh));
        break;
    }
    sink->finding(sink->context, &finding);
}

void bind_report(const struct binding *binding, const struct bind_request *request,
                 const struct table_sink *sink, struct arena *scratch)
{
    for (size_t i = 0; i < binding->n_bound; i++) {
        const struct arena_mark mark = arena_mark(scratch);
        report_heading(binding, &binding->bound[i], item_names_list(request->names), sink, scratch);
        arena_rewind(scratch, mark);
    }
}

/* ---- rows that are no school ---- */

static bool is_total(struct text text, struct arena *scratch)
{
    static const struct text ENDS[] = { TEXT("合计"), TEXT("总计"),   TEXT("小计"),   TEXT("累计"),
                                        TEXT("平均"), TEXT("平均值"), TEXT("平均数"), TEXT("均值") };
    static const struct text WHOLE[] = { TEXT("计"),   TEXT("总数"),  TEXT("全县"),   TEXT("全市"),
                                         TEXT("全区"), TEXT("total"), TEXT("average") };
    if (text.size > 90)
        return false;
    const struct text folded = text_fold(scratch, text);
    for (size_t i = 0; i < COUNT(ENDS); i++)
        if (text_ends(folded, ENDS[i]))
            return true;
    for (size_t i = 0; i < COUNT(WHOLE); i++)
        if (text_equal(folded, WHOLE[i]))
            return true;
    return false;
}

static bool is_note(struct text text, struct arena *scratch)
{
    static const struct text STARTS[] = {
        TEXT("注:"),      TEXT("注1"),        TEXT("注释"),     TEXT("说明:"),    TEXT("备注:"),
        TEXT("填表说明"), TEXT("填报说明"),   TEXT("填表人"),   TEXT("填报人"),   TEXT("制表"),
        TEXT("审核"),     TEXT("单位负责人"), TEXT("负责人"),   TEXT("联系电话"), TEXT("联系人"),
        TEXT("填报单位"), TEXT("填报日期"),   TEXT("填表日期"), TEXT("统计时间"), TEXT("数据来源"),
        TEXT("打印日期"), TEXT("*注"),        TEXT("※"),
    };
    const struct text folded = text_fold(scratch, text.size > 120 ? (struct text){ text.at, 120 } : text);
    for (size_t i = 0; i < COUNT(STARTS); i++)
        if (text_starts(folded, STARTS[i]))
            return true;
    return false;
}

static struct text field_of(const struct binding *binding, uint16_t item, const struct text *fields, size_t n)
{
    const uint32_t place = item == NO_ITEM ? 0 : binding->table.place[item];
    return place && place <= n ? text_trim(fields[place - 1]) : TEXT("");
}

enum row_kind bind_row(const struct binding *binding, const struct bind_request *request,
                       const struct text *fields, size_t n, struct arena *scratch)
{
    const struct item_list *items = item_names_list(request->names);
    const bool schools = binding->table.kind == TABLE_SCHOOLS;
    const struct text code = field_of(binding, schools ? items->school_code : items->county_code, fields, n);
    if (code.size && *code.at >= '0' && *code.at <= '9')
        return ROW_DATA;
    const struct arena_mark mark = arena_mark(scratch);
    enum row_kind kind = ROW_BLANK;
    size_t repeated = 0;
    struct text first = TEXT("");
    for (size_t i = 0; i < n && !first.size; i++)
        first = text_trim(fields[i]);
    for (size_t i = 0; i < items->n && binding->n_bound; i++) {
        const struct text field = field_of(binding, (uint16_t)i, fields, n);
        if (!field.size)
            continue;
        if (i != items->county_code && i != items->year && i != items->county_name)
            kind = ROW_DATA;
        if (field.size < 200 && (field.at[0] < '0' || field.at[0] > '9') && repeated < 2)
            repeated += item_named(request->names, field, scratch) == i;
    }
    const uint16_t told_in[] = { items->school_code, items->school_name, items->school_type, items->township,
                                 items->district,    items->county_code, items->county_name };
    if (repeated >= 2)
        kind = ROW_HEADER;
    else if (is_note(first, scratch))
        kind = ROW_NOTE;
    else if (kind == ROW_DATA && (!code.size || is_total(code, scratch))) {
        bool total = is_total(first, scratch);
        for (size_t i = 0; i < COUNT(told_in) && !total; i++)
            total = is_total(field_of(binding, told_in[i], fields, n), scratch);
        if (total)
            kind = ROW_TOTAL;
    }
    arena_rewind(scratch, mark);
    return kind;
}

void bind_report_row(const struct binding *binding, uint32_t row, enum row_kind kind, struct text shown,
                     const struct table_sink *sink)
{
    struct finding finding = {
        .file = binding->table.file,
        .sheet = binding->table.sheet,
        .row = row,
        .read = shown,
        .school = TEXT(""),
        .item = TEXT(""),
        .mend = TEXT(""),
        .level = FINDING_NOTE,
    };
    switch (kind) {
    case ROW_DATA:
    case ROW_BLANK: return;
    case ROW_TOTAL:
        finding.rule = TEXT("row.total");
        finding.expected = TEXT("合计行不是学校，没有读取");
        if (binding->table.kind == TABLE_COUNTY)
            finding.expected = TEXT("合计行不是区县，没有读取");
        break;
    case ROW_NOTE:
        finding.rule = TEXT("row.note");
        finding.expected = TEXT("说明文字，没有读取");
        break;
    case ROW_HEADER:
        finding.rule = TEXT("row.header");
        finding.expected = TEXT("重复的表头，没有读取");
        break;
    }
    sink->finding(sink->context, &finding);
}
